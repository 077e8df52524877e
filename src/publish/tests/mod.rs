//! Tests of publications: sites as maps from route to text, published into one folder again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::layout::*;
use super::transaction::commit::{self, Steps};
use super::*;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;
use crate::base::route::Route;

/// The route of an output that is never deployed.
const PRIVATE: &str = "/.dateline/private/briefings/2023-10-17/email.html";

type Site = BTreeMap<&'static str, &'static str>;

fn site(pages: &[(&'static str, &'static str)]) -> Site {
    pages.iter().copied().collect()
}

fn route(text: &str) -> Route {
    Route::read_back(text).expect("a route")
}

/// The rank that the pipeline would give to a route.
fn rank(route: &str) -> Rank {
    if route == PRIVATE {
        return Rank::Machine;
    }
    match route.rsplit('/').next() {
        Some("feed.xml") => Rank::Feed,
        Some("sitemap.xml") => Rank::Machine,
        Some("site.css" | "photo.png") => Rank::Asset,
        _ if route == "/" => Rank::Front,
        _ if route.contains("/page/") => Rank::List,
        _ => Rank::Story,
    }
}

fn open(output: &Path) -> Result<Publication, Diagnostic> {
    Publication::open(output, &[], PublishOptions { command: "dateline build".into(), ..PublishOptions::default() })
}

fn fill(publication: &Publication, site: &Site) -> Result<(), Diagnostic> {
    for (path, text) in site {
        let key = Digest::of(text.as_bytes());
        let questions = vec![("stories(limit=5)".to_owned(), key)];
        publication.put(&route(path), rank(path), key, "page", questions, Content::Bytes(text.as_bytes()))?;
    }
    Ok(())
}

fn publish(output: &Path, site: &Site) -> Result<Summary, Diagnostic> {
    let publication = open(output)?;
    fill(&publication, site)?;
    publication.commit()
}

/// The files below `output`, each with its text and time; of our private folder, only the private outputs.
fn tree(output: &Path) -> BTreeMap<String, (String, FileKind)> {
    let private = output.join(OWN).join("private");
    let private = if disk::exists(&private) { disk::contents(&private, "") } else { Vec::new() };
    let private = private.into_iter().map(|path| format!("{OWN}/private/{path}"));
    let all = disk::contents(output, OWN).into_iter().chain(private);
    all.map(|path| {
        let file = disk::join(output, &path);
        let text = disk::read_to_string(&file).expect("readable");
        (path, (text, disk::stat(&file).expect("there")))
    })
    .collect()
}

fn texts(output: &Path) -> BTreeMap<String, String> {
    tree(output).into_iter().map(|(path, (text, _))| (path, text)).collect()
}

fn expected(site: &Site, foreign: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = site.iter().map(|(path, text)| (route(path).file(), (*text).to_owned()));
    own.chain(foreign.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))).collect()
}

fn place(output: &Path, path: &str, text: &str) {
    let file = disk::join(output, path);
    disk::create_dir_all(file.parent().expect("it has one")).expect("made");
    disk::write(&file, text.as_bytes()).expect("written");
}

/// The routes as strings, for assertions.
fn routes(list: &[Route]) -> Vec<&str> {
    list.iter().map(Route::as_str).collect()
}

struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn at(&self, path: &str) -> PathBuf {
        disk::join(self.folder.path(), path)
    }

    fn output(&self) -> PathBuf {
        self.at("public")
    }
}

fn first() -> Site {
    site(&[
        ("/", "home"),
        ("/2023/10/17/court/", "court"),
        ("/2023/10/17/court/photo.png", "pixels"),
        ("/2023/10/18/gas/", "gas"),
        ("/topics/icc/", "icc"),
        ("/topics/icc/feed.xml", "<icc/>"),
        ("/topics/icc/page/2/", "older"),
        ("/old", "a file"),
        ("/about/", "a folder"),
        ("/site.css", "css"),
        ("/sitemap.xml", "<map/>"),
        (PRIVATE, "<p>court</p>"),
        ("/.dateline/private/briefings/2023-10-17/email.txt", "court"),
    ])
}

/// A second site in which `/old` becomes a folder, `/about/` a file, and some pages change, appear or disappear.
fn second() -> Site {
    site(&[
        ("/", "home, later"),
        ("/2023/10/17/court/", "court"),
        ("/2023/10/19/oil/", "oil"),
        ("/2023/10/19/oil/photo.png", "more pixels"),
        ("/topics/icc/", "icc, later"),
        ("/topics/icc/feed.xml", "<icc/>"),
        ("/topics/icc/page/2/", "older"),
        ("/topics/oil/", "oil"),
        ("/old/", "a folder"),
        ("/old/deep/er/", "deeper"),
        ("/about", "a file"),
        ("/site.css", "css"),
        ("/sitemap.xml", "<map>later</map>"),
        (PRIVATE, "<p>court, later</p>"),
        ("/.dateline/private/briefings/2023-10-19/email.html", "<p>oil</p>"),
    ])
}

#[test]
fn what_is_put_is_what_stands_there() {
    let sandbox = Sandbox::new();
    let summary = publish(&sandbox.output(), &first()).expect("published");
    assert_eq!(texts(&sandbox.output()), expected(&first(), &[]));
    assert_eq!((summary.added.len(), summary.unchanged), (first().len(), 0));

    let summary = publish(&sandbox.output(), &second()).expect("published");
    assert_eq!(texts(&sandbox.output()), expected(&second(), &[]));
    assert_eq!(routes(&summary.changed), ["/", PRIVATE, "/sitemap.xml", "/topics/icc/"]);
    assert_eq!(
        routes(&summary.added),
        [
            "/.dateline/private/briefings/2023-10-19/email.html",
            "/2023/10/19/oil/",
            "/2023/10/19/oil/photo.png",
            "/about",
            "/old/",
            "/old/deep/er/",
            "/topics/oil/"
        ]
    );
    assert_eq!(
        routes(&summary.removed),
        [
            "/.dateline/private/briefings/2023-10-17/email.txt",
            "/2023/10/17/court/photo.png",
            "/2023/10/18/gas/",
            "/about/",
            "/old"
        ]
    );
    assert_eq!(summary.unchanged, 4);
    assert!(!disk::exists(&sandbox.at("public/2023/10/18")), "a folder that became empty goes");
    assert_eq!(names(&sandbox.at("public/.dateline")), [".htaccess", "foreign", "ledger", "lock", "private"]);
}

fn names(folder: &Path) -> Vec<String> {
    let list = disk::list(folder).expect("a folder");
    list.into_iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
}

#[test]
fn a_second_publication_of_the_same_touches_nothing() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    let (before, ledger) =
        (tree(&sandbox.output()), disk::stat(&sandbox.at("public/.dateline/ledger")).expect("there"));
    for clean in [false, true] {
        let publication =
            Publication::open(&sandbox.output(), &[], PublishOptions { clean, ..PublishOptions::default() })
                .expect("opened");
        fill(&publication, &first()).expect("put");
        let summary = publication.commit().expect("published");
        assert_eq!(summary, Summary { unchanged: first().len(), ..Summary::default() });
    }
    assert_eq!(tree(&sandbox.output()), before);
    assert_eq!(disk::stat(&sandbox.at("public/.dateline/ledger")).expect("there"), ledger);
}

#[test]
fn the_record_of_an_output_is_kept_and_carried_over() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    let publication = open(&sandbox.output()).expect("opened");
    let entry = publication.recorded(&Route::own("/topics/icc/")).expect("recorded").clone();
    assert_eq!((entry.key, &*entry.family, entry.rank), (Digest::of(b"icc"), "page", Rank::Story));
    assert_eq!(entry.questions, [("stories(limit=5)".to_owned(), Digest::of(b"icc"))]);
    for path in first().keys() {
        assert!(publication.keep(&route(path)));
    }
    assert!(!publication.keep(&Route::own("/nothing/")));
    assert_eq!(publication.commit().expect("published").unchanged, first().len());
    let ledger = Ledger::of_folder(&sandbox.output()).expect("a ledger");
    assert_eq!(ledger.get("/topics/icc/"), Some(&entry));

    // A file that was edited by hand is not kept, and with `--clean` none is.
    place(&sandbox.output(), "about/index.html", "edited by hand");
    let publication = open(&sandbox.output()).expect("opened");
    assert!(!publication.keep(&Route::own("/about/")));
    drop(publication);
    let publication =
        Publication::open(&sandbox.output(), &[], PublishOptions { clean: true, ..PublishOptions::default() })
            .expect("opened");
    assert!(publication.recorded(&Route::own("/")).is_none() && !publication.keep(&Route::own("/")));
}

#[test]
fn files_are_copied_and_not_rewritten_when_they_are_the_same() {
    let sandbox = Sandbox::new();
    place(&sandbox.at("static"), "photo.png", "pixels");
    let put = |source: &str| {
        let publication = open(&sandbox.output())?;
        let source = sandbox.at(source);
        let route = Route::own("/photo.png");
        let digest = disk::digest(&source).unwrap_or(Digest::of(b""));
        publication.put(&route, Rank::Asset, digest, "static", vec![], Content::File(&source, digest))?;
        publication.commit()
    };
    assert_eq!(put("static/photo.png").expect("published").added.len(), 1);
    let before = tree(&sandbox.output());
    assert_eq!(put("static/photo.png").expect("published").unchanged, 1);
    assert_eq!(tree(&sandbox.output()), before);
    place(&sandbox.at("static"), "photo.png", "other pixels");
    assert_eq!(put("static/photo.png").expect("published").changed.len(), 1);
    assert_eq!(texts(&sandbox.output()), expected(&site(&[("/photo.png", "other pixels")]), &[]));
    let missing = put("static/none.png").expect_err("it is not there");
    assert_eq!(missing.code, codes::VANISHED);
    assert!(missing.message.contains("none.png"), "{}", missing.message);
    let (publication, photo) = (open(&sandbox.output()).expect("opened"), sandbox.at("static/photo.png"));
    let before = Content::File(&photo, Digest::of(b"pixels"));
    let changed = publication.put(&Route::own("/photo.png"), Rank::Asset, Digest::of(b""), "static", vec![], before);
    assert_eq!(changed.map_err(|problem| problem.code), Err(codes::CHANGING), "what went out is what was read");
    publication.abandon();
    assert_eq!(texts(&sandbox.output()).len(), 1);
}

#[test]
fn what_was_edited_or_removed_by_hand_is_written_again() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    place(&sandbox.output(), "index.html", "by hand");
    disk::remove_file(&sandbox.at("public/site.css")).expect("removed");
    // Only the modification time differs, so nothing is written but the ledger.
    place(&sandbox.output(), "about/index.html", "a folder");
    let summary = publish(&sandbox.output(), &first()).expect("published");
    assert_eq!(routes(&summary.changed), ["/", "/site.css"]);
    assert_eq!(texts(&sandbox.output()), expected(&first(), &[]));
    assert_eq!(publish(&sandbox.output(), &first()).expect("published").unchanged, first().len());
}

#[test]
fn foreign_files_stay_and_are_listed() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    let foreign = [(".nojekyll", ""), ("2023/10/18/gas/notes.txt", "mine"), ("CNAME", "a.example")];
    for (path, text) in foreign {
        place(&sandbox.output(), path, text);
    }
    let summary = publish(&sandbox.output(), &second()).expect("published");
    assert_eq!(summary.foreign, foreign.map(|(path, _)| path));
    assert_eq!(texts(&sandbox.output()), expected(&second(), &foreign));
    let cleaned = clean(&sandbox.output(), "dateline clean").expect("cleaned");
    assert_eq!((cleaned.removed, cleaned.foreign.len()), (second().len(), 3));
    assert_eq!(texts(&sandbox.output()), expected(&Site::new(), &foreign));
    assert!(!disk::exists(&sandbox.at("public/.dateline")) && !disk::exists(&sandbox.at("public/topics")));
    assert_eq!(open(&sandbox.output()).err().expect("refused").code, codes::OUTPUT_REFUSED);
}

#[test]
fn cleaning_leaves_nothing_and_needs_a_record() {
    let sandbox = Sandbox::new();
    assert_eq!(clean(&sandbox.output(), "").expect("nothing there"), Cleaned::default());
    publish(&sandbox.output(), &first()).expect("published");
    clean(&sandbox.output(), "").expect("cleaned");
    assert!(!disk::exists(&sandbox.output()));
    place(&sandbox.output(), "mine.txt", "mine");
    assert_eq!(clean(&sandbox.output(), "").expect_err("refused").code, codes::OUTPUT_REFUSED);
    place(&sandbox.output(), ".dateline/ledger", "nonsense");
    assert_eq!(clean(&sandbox.output(), "").expect_err("refused").code, codes::OUTPUT_REFUSED);
    assert_eq!(texts(&sandbox.output()), expected(&Site::new(), &[("mine.txt", "mine")]));
}

#[test]
fn a_foreign_file_in_the_way_is_adopted_when_equal_and_else_refused() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    place(&sandbox.output(), "topics/oil/index.html", "oil");
    let adopted = publish(&sandbox.output(), &second()).expect("published");
    assert!(adopted.foreign.is_empty() && !routes(&adopted.added).contains(&"/topics/oil/"));

    let mut third = second();
    third.insert("/news/", "news");
    let refused = |what: &str| {
        let before = tree(&sandbox.output());
        let refusal = publish(&sandbox.output(), &third).expect_err("refused");
        assert_eq!(refusal.code, codes::OUTPUT_REFUSED);
        assert!(refusal.message.contains(what) && refusal.help.is_some(), "{}", refusal.message);
        assert_eq!(tree(&sandbox.output()), before);
    };
    place(&sandbox.output(), "news/index.html", "someone else's");
    refused("public/news/index.html` was not written");
    disk::remove_dir_all(&sandbox.at("public/news")).expect("removed");
    place(&sandbox.output(), "news", "a file where a folder must go");
    refused("public/news` was not written");
    disk::remove_file(&sandbox.at("public/news")).expect("removed");
    place(&sandbox.output(), "news/index.html/x", "a folder where a file must go");
    refused("public/news/index.html/x` was not written");
}

#[test]
fn foreign_files_are_found_wherever_they_come_from() {
    let sandbox = Sandbox::new();
    let output = sandbox.output();
    publish(&output, &first()).expect("published");
    let mut site = first();
    let check = |site: &Site, foreign: &[&str]| {
        assert_eq!(publish(&output, site).expect("published").foreign, foreign);
        // Two runs are compared: the first lists the folders, the second reads the cache.
        assert_eq!(publish(&output, site).expect("published").foreign, foreign);
    };
    check(&site, &[]);
    place(&sandbox.output(), "topics/icc/page/2/x", "");
    check(&site, &["topics/icc/page/2/x"]);
    place(&sandbox.output(), "mine/deep/x", "");
    check(&site, &["mine/deep/x", "topics/icc/page/2/x"]);
    // A file is added inside a foreign folder.
    place(&sandbox.output(), "mine/deep/y", "");
    disk::remove_file(&sandbox.at("public/mine/deep/x")).expect("removed");
    check(&site, &["mine/deep/y", "topics/icc/page/2/x"]);
    // A folder of ours becomes foreign, with a file that was added just before.
    place(&sandbox.output(), "2023/10/18/gas/x", "");
    site.remove("/2023/10/18/gas/");
    check(&site, &["2023/10/18/gas/x", "mine/deep/y", "topics/icc/page/2/x"]);
    // A foreign file is adopted as an output.
    place(&sandbox.output(), "mine/index.html", "mine");
    check(&site, &["2023/10/18/gas/x", "mine/deep/y", "mine/index.html", "topics/icc/page/2/x"]);
    site.insert("/mine/", "mine");
    check(&site, &["2023/10/18/gas/x", "mine/deep/y", "topics/icc/page/2/x"]);
    disk::remove_dir_all(&sandbox.at("public/2023/10/18")).expect("removed");
    check(&site, &["mine/deep/y", "topics/icc/page/2/x"]);
    // A damaged cache is ignored.
    for damage in ["", "dateline foreign 1\nnonsense", "dateline foreign 2\n\n0\n0\n"] {
        place(&sandbox.output(), ".dateline/foreign", damage);
        check(&site, &["mine/deep/y", "topics/icc/page/2/x"]);
    }
}

/// macOS and Windows have one file under both names; a hard link has the same effect here.
#[test]
fn a_file_that_changes_its_capitals_alone_stays_where_the_disk_makes_no_difference() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &site(&[("/Logo.svg", "same"), ("/Map.svg", "old"), ("/x.svg", "x")]))
        .expect("published");
    for (old, new) in [("Logo.svg", "logo.svg"), ("Map.svg", "map.svg")] {
        disk::hard_link(&sandbox.output().join(old), &sandbox.output().join(new)).expect("linked");
    }
    let after = site(&[("/logo.svg", "same"), ("/map.svg", "new")]);
    let summary = publish(&sandbox.output(), &after).expect("neither is in the way of itself");
    assert_eq!(summary.removed, [route("/Logo.svg"), route("/Map.svg"), route("/x.svg")]);
    assert_eq!(
        disk::contents(&sandbox.output(), OWN),
        ["Logo.svg", "Map.svg", "logo.svg", "map.svg"],
        "the old name is that of the new file, and x.svg is gone"
    );
    assert_eq!(disk::read_to_string(&sandbox.output().join("map.svg")).expect("there"), "new");
}

#[cfg(unix)]
#[test]
fn links_in_the_output_lead_nothing_out_of_it() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    place(&sandbox.at("elsewhere"), "icc/index.html", "icc");
    place(&sandbox.at("elsewhere"), "icc/feed.xml", "precious");
    disk::remove_dir_all(&sandbox.at("public/topics")).expect("removed");
    std::os::unix::fs::symlink(sandbox.at("elsewhere"), sandbox.at("public/topics")).expect("linked");
    let refusal = publish(&sandbox.output(), &second()).expect_err("refused");
    assert!(refusal.message.contains("public/topics` was not written"), "{}", refusal.message);
    // Deletions do not follow the link either.
    publish(&sandbox.output(), &site(&[("/", "home")])).expect("published");
    clean(&sandbox.output(), "").expect("cleaned");
    assert_eq!(texts(&sandbox.at("elsewhere")).len(), 2);
}

#[cfg(unix)]
#[test]
fn the_output_folder_itself_may_be_a_link() {
    let sandbox = Sandbox::new();
    disk::create_dir_all(&sandbox.at("disk/site")).expect("made");
    std::os::unix::fs::symlink(sandbox.at("disk/site"), sandbox.output()).expect("linked");
    publish(&sandbox.output(), &first()).expect("published");
    assert_eq!(texts(&sandbox.at("disk/site")), expected(&first(), &[]));
    let sources = [sandbox.at("disk")];
    let refusal = Publication::open(&sandbox.output(), &sources, PublishOptions::default()).err().expect("refused");
    assert_eq!(refusal.code, codes::OUTPUT_REFUSED);
}

#[test]
fn dangerous_folders_are_refused_and_nothing_is_made() {
    let sandbox = Sandbox::new();
    for file in ["site/dateline.yaml", "site/content/a.md", "repository/.git/HEAD", "full/x", "plain"] {
        place(sandbox.folder.path(), file, "");
    }
    let sources = [
        sandbox.at("site/content"),
        sandbox.at("site/templates"),
        sandbox.at("site/static"),
        sandbox.at("site/dateline.yaml"),
    ];
    let options = PublishOptions { protected: vec![sandbox.at("home")], clean: true, ..PublishOptions::default() };
    disk::create_dir_all(&sandbox.at("home")).expect("made");
    let before = disk::contents(sandbox.folder.path(), "");
    for (output, why) in [
        ("", "holds the sources"),
        ("site", "holds the sources"),
        ("site/content", "is a folder of sources"),
        ("site/content/public", "lies inside"),
        ("site/templates/new/public", "lies inside"),
        ("site/x/../static", "is a folder of sources"),
        ("repository", "holds `.git`"),
        ("full", "is not empty, and Dateline did not make it"),
        ("plain", "is not a folder"),
        ("home", "is a folder of yours"),
    ] {
        let refusal = Publication::open(&sandbox.at(output), &sources, options.clone()).err().expect(output);
        assert_eq!(refusal.code, codes::OUTPUT_REFUSED, "{output}");
        assert!(refusal.message.contains(why) && refusal.help.is_some(), "{output}: {}", refusal.message);
    }
    let root = Publication::open(Path::new("/"), &[], PublishOptions::default()).err().expect("refused");
    assert_eq!(root.code, codes::OUTPUT_REFUSED);
    assert_eq!(disk::contents(sandbox.folder.path(), ""), before);
    // `publicity` shares a prefix with `public`, but is no part of it.
    let near = [sandbox.at("public/../publicity")];
    Publication::open(&sandbox.output(), &near, PublishOptions::default()).expect("fine");
}

#[test]
fn a_failed_publication_leaves_no_trace() {
    let sandbox = Sandbox::new();
    let output = sandbox.at("new/folder/public");
    let publication = open(&output).expect("opened");
    fill(&publication, &first()).expect("put");
    publication.abandon();
    assert!(!disk::exists(&sandbox.at("new")));

    publish(&output, &first()).expect("published");
    let before = tree(&output);
    let publication = open(&output).expect("opened");
    fill(&publication, &second()).expect("put");
    drop(publication);
    assert_eq!(tree(&output), before);
    assert_eq!(names(&output.join(OWN)), [".htaccess", "foreign", "ledger", "lock", "private"]);
}

#[test]
fn two_outputs_for_one_file_are_an_error() {
    for (one, other) in [("/a/", "/a/index.html"), ("/a", "/a/"), ("/a/b/c/", "/a"), ("/a", "/a")] {
        for (first, second) in [(one, other), (other, one)] {
            for ranks in [[Rank::Story, Rank::Story], [Rank::Story, Rank::Feed]] {
                let sandbox = Sandbox::new();
                let publication = open(&sandbox.output()).expect("opened");
                let put = |route: &str, rank| {
                    publication.put(&Route::own(route), rank, Digest::of(b""), "", vec![], Content::Bytes(b""))
                };
                put("/a-b/", Rank::Story).expect("put");
                let result = put(first, ranks[0]).and_then(|()| put(second, ranks[1]));
                let result = result.and_then(|()| publication.commit().map(drop));
                assert_eq!(result.expect_err("a clash").code, codes::ROUTE_CONFLICT, "{first} {second}");
                assert!(!disk::exists(&sandbox.output()));
            }
        }
    }
}

#[test]
fn a_second_command_is_told_who_writes() {
    let sandbox = Sandbox::new();
    let publication = open(&sandbox.output()).expect("opened");
    let locked = open(&sandbox.output()).err().expect("locked");
    assert_eq!(locked.code, codes::OUTPUT_LOCKED);
    if cfg!(unix) {
        let holder = format!("`dateline build` (process {})", std::process::id());
        assert!(locked.message.contains(&holder), "{}", locked.message);
    }
    assert_eq!(clean(&sandbox.output(), "").expect_err("locked").code, codes::OUTPUT_LOCKED);
    drop(publication);
    // The text that a killed command leaves in the lock file has no effect.
    place(&sandbox.output(), ".dateline/lock", "process 1\nhost elsewhere\ncommand dateline watch\n");
    publish(&sandbox.output(), &first()).expect("published");
}

#[test]
fn a_lost_ledger_costs_no_page_and_no_foreign_file() {
    let other_version = |text: String| text.replacen("dateline ledger ", "dateline ledger 9", 1);
    let cut = |text: String| text[..text.len() / 2].to_owned();
    for damage in [other_version as fn(String) -> String, cut, |_| String::new()] {
        let sandbox = Sandbox::new();
        publish(&sandbox.output(), &first()).expect("published");
        place(&sandbox.output(), "CNAME", "a.example");
        let ledger = sandbox.at("public/.dateline/ledger");
        let damaged = damage(disk::read_to_string(&ledger).expect("read"));
        if damaged.is_empty() {
            disk::remove_file(&ledger).expect("removed");
        } else {
            disk::write(&ledger, damaged.as_bytes()).expect("written");
        }
        let before = tree(&sandbox.output());
        let mut next = first();
        next.insert("/", "home, later");
        next.remove("/2023/10/18/gas/");
        let summary = publish(&sandbox.output(), &next).expect("published");
        assert_eq!(summary.foreign, ["2023/10/18/gas/index.html", "CNAME"]);
        assert_eq!(texts(&sandbox.output())["index.html"], "home, later");
        for (path, file) in tree(&sandbox.output()) {
            assert!(path == "index.html" || before[&path] == file, "{path} was touched");
        }
    }
}

/// Runs a commit to `after` that ends after `steps` operations. Returns `None` when it completed before that.
fn interrupted(output: &Path, after: &Site, steps: usize) -> Option<()> {
    let publication = open(output).expect("opened");
    fill(&publication, after).expect("put");
    publication.commit_in(Steps::only(steps)).err().map(|error| assert_eq!(error.code, codes::IO))
}

#[test]
fn a_commit_that_ends_anywhere_is_completed_or_undone() {
    let foreign = [("CNAME", "a.example"), ("2023/10/17/court/notes.txt", "mine"), ("free/x", "")];
    for begins_empty in [true, false] {
        for steps in 0.. {
            let sandbox = Sandbox::new();
            let output = sandbox.output();
            if !begins_empty {
                publish(&output, &first()).expect("published");
                for (path, text) in foreign {
                    place(&output, path, text);
                }
            }
            let foreign = if begins_empty { &[][..] } else { &foreign[..] };
            let stopped = interrupted(&output, &second(), steps);
            let before = if begins_empty { Site::new() } else { first() };
            if disk::exists(&output.join(OWN).join(JOURNAL)) {
                // The next command is interrupted, too.
                let _ = commit::recover(&output, &mut Steps::only(steps % 5));
                let publication = open(&output).expect("opened");
                assert!(publication.recovered() || !disk::exists(&output.join(OWN).join(JOURNAL)));
                drop(publication);
                assert_eq!(texts(&output), expected(&second(), foreign), "after {steps} steps");
            } else if stopped.is_some() && !disk::exists(&output.join(OWN).join(LEDGER)) {
                assert!(begins_empty && !disk::exists(&output), "after {steps} steps");
            } else if steps < 2 {
                assert_eq!(texts(&output), expected(&before, foreign), "after {steps} steps");
            }
            let summary = publish(&output, &second()).expect("published");
            assert_eq!(texts(&output), expected(&second(), foreign), "after {steps} steps");
            assert_eq!(summary.foreign.len(), foreign.len());
            if steps >= 2 {
                assert_eq!(summary.unchanged, second().len(), "after {steps} steps");
            }
            assert_eq!(names(&output.join(OWN)), [".htaccess", "foreign", "ledger", "lock", "private"]);
            if stopped.is_none() {
                assert!(steps > 10, "a commit has more steps than {steps}");
                break;
            }
        }
    }
}

/// A `kill -9` can leave staged drafts, and a new ledger without a journal.
#[test]
fn drafts_without_a_journal_are_thrown_away() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    let before = tree(&sandbox.output());
    place(&sandbox.output(), ".dateline/staging/1-story/about/index.html", "half a dra");
    place(&sandbox.output(), ".dateline/staging/3-front/index.html", "half a dra");
    place(&sandbox.output(), ".dateline/ledger.next", "half a ledger");
    drop(open(&sandbox.output()).expect("opened"));
    assert_eq!(tree(&sandbox.output()), before);
    assert_eq!(names(&sandbox.at("public/.dateline")), [".htaccess", "foreign", "ledger", "lock", "private"]);

    // The same holds in a folder without a publication.
    let fresh = sandbox.at("fresh");
    place(&fresh, ".dateline/staging/1-story/about/index.html", "half a dra");
    place(&fresh, ".dateline/lock", "process 1\n");
    publish(&fresh, &first()).expect("published");
    assert_eq!(texts(&fresh), expected(&first(), &[]));
}

/// After a power cut the journal may stand without a whole ledger beside it.
#[test]
fn a_journal_that_cannot_be_carried_out_costs_only_time() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    place(&sandbox.output(), "CNAME", "a.example");
    // The commit that was cut off has moved this file already.
    place(&sandbox.output(), "topics/oil/index.html", "oil, as it was then");
    place(&sandbox.output(), ".dateline/journal", "dateline journal 1\n0\n");
    place(&sandbox.output(), ".dateline/ledger.next", "half a ledger");
    let publication = open(&sandbox.output()).expect("opened");
    assert!(!publication.recovered());
    fill(&publication, &second()).expect("put");
    let summary = publication.commit().expect("published");
    assert_eq!(summary.foreign, ["CNAME"]);
    assert_eq!(texts(&sandbox.output()), expected(&second(), &[("CNAME", "a.example")]));
}

#[test]
fn what_others_point_to_moves_first() {
    let sandbox = Sandbox::new();
    let output = sandbox.output();
    publish(&output, &first()).expect("published");
    let mut seen = Vec::new();
    for steps in 2.. {
        let at = Sandbox::new();
        publish(&at.output(), &first()).expect("published");
        let done = interrupted(&at.output(), &second(), steps).is_none();
        let new = |path: &str, text: &str| {
            disk::read_to_string(&disk::join(&at.output(), path)).is_ok_and(|found| found == text)
        };
        seen.push([
            new("2023/10/19/oil/photo.png", "more pixels"),
            new("2023/10/19/oil/index.html", "oil"),
            new("index.html", "home, later"),
            new("sitemap.xml", "<map>later</map>"),
            !disk::exists(&at.at("public/2023/10/18/gas/index.html")),
        ]);
        if done {
            break;
        }
    }
    for moment in &seen {
        assert!(moment.is_sorted_by(|earlier, later| earlier >= later), "{seen:?}");
    }
    assert_eq!((seen[0], seen[seen.len() - 1]), ([false; 5], [true; 5]));
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_reported_with_its_name() {
    let sandbox = Sandbox::new();
    place(sandbox.folder.path(), "plain", "");
    let error = open(&sandbox.at("plain/public")).err().expect("an error");
    assert_eq!(error.code, codes::IO);
    assert!(error.message.contains("plain/public"), "{}", error.message);
    let error = open(Path::new("/proc/public")).err().expect("an error");
    assert_eq!(error.code, codes::IO);
    assert!(error.message.contains("/proc/public"), "{}", error.message);
}

const ROUTES: [&str; 14] = [
    "/",
    "/a",
    "/a/",
    "/a/b",
    "/a/b/",
    "/a/b/c/",
    "/a-b/",
    "/feed.xml",
    "/2023/10/17/x/",
    "/2023/10/17/y/",
    "/2023/10/17/y/photo.png",
    "/topics/icc/page/2/",
    PRIVATE,
    "/.dateline/private/x",
];
/// Paths of the user's own files: in folders that are ours sometimes, always or never.
const NOTES: [&str; 6] =
    ["note", "2023/10/17/x/note", "2023/10/17/y/deep/note", "topics/icc/note", "topics/mine/note", "a-b/c/note"];
const TEXTS: [&str; 4] = ["one", "two", "six", "longer"];

/// Sites without clashes: of routes that exclude each other, such as `/a` and `/a/b`, the first in `ROUTES` is kept.
fn sites() -> impl Strategy<Value = Site> {
    prop::collection::btree_map(0..ROUTES.len(), 0..TEXTS.len(), 0..ROUTES.len()).prop_map(|pages| {
        let mut site = Site::new();
        for (route, text) in pages {
            let file = self::route(ROUTES[route]).file();
            let clashes = site.keys().any(|other| {
                let other = self::route(other).file();
                let inside = |one: &str, two: &str| one.strip_prefix(two).is_some_and(|rest| rest.starts_with('/'));
                inside(&file, &other) || inside(&other, &file)
            });
            if !clashes {
                site.insert(ROUTES[route], TEXTS[text]);
            }
        }
        site
    })
}

/// The number of random cases. The default is low, since each publication waits for the disk; `PROPTEST_CASES` raises
/// it.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the history of a folder, including interruptions, lost records and the user's own files, it ends with
    /// the last publication beside the user's files.
    #[test]
    fn any_history_ends_with_the_last_site(
        history in prop::collection::vec((sites(), 0..8_u8, 0..40_usize, 0..NOTES.len()), 1..9),
    ) {
        let sandbox = Sandbox::new();
        let output = sandbox.output();
        let mut notes = BTreeMap::from([("CNAME", "mine")]);
        publish(&output, &Site::new()).expect("published");
        place(&output, "CNAME", "mine");
        for (site, event, steps, note) in &history {
            // A user's file is added or removed; its folder stays until a publication finds it empty.
            let note = NOTES[*note];
            if notes.remove(note).is_some() {
                disk::remove_file(&disk::join(&output, note)).expect("removed");
            } else {
                place(&output, note, "mine");
                notes.insert(note, "mine");
            }
            if *event == 0 {
                interrupted(&output, site, *steps);
                continue;
            }
            if *event == 1 && texts(&output).contains_key("index.html") {
                place(&output, "index.html", "by hand");
            }
            drop(open(&output).expect("opened"));
            let before = tree(&output);
            let publication =
                Publication::open(&output, &[], PublishOptions { clean: *event == 2, ..PublishOptions::default() }).expect("opened");
            for (path, text) in site {
                let (route, key) = (route(path), Digest::of(text.as_bytes()));
                let up_to_date = publication.recorded(&route).is_some_and(|entry| entry.key == key);
                if !(up_to_date && publication.keep(&route)) {
                    publication
                        .put(&route, rank(route.as_str()), key, "page", vec![], Content::Bytes(text.as_bytes()))
                        .expect("put");
                }
            }
            let summary = publication.commit().expect("published");
            let foreign: Vec<_> = notes.iter().map(|(path, text)| (*path, *text)).collect();
            prop_assert_eq!(texts(&output), expected(site, &foreign));
            prop_assert_eq!(summary.foreign, notes.keys().map(|path| (*path).to_owned()).collect::<Vec<_>>());
            prop_assert_eq!(summary.added.len() + summary.changed.len() + summary.unchanged, site.len());
            for (path, (text, found)) in tree(&output) {
                if let Some((text_before, found_before)) = before.get(&path) && *text_before == text {
                    prop_assert_eq!(found, *found_before, "{} has not changed", path);
                }
            }
        }
    }
}
