//! Outputs that are put stand in the folder, and foreign files stay.

use super::*;

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
