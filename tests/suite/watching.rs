//! `watch`: one build for each batch of saves, right after whatever editors and version control do.

use std::fs;
#[cfg(unix)]
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::Duration;

use dateline::pipeline::{self, Request};
use dateline::watch::{self, Cause, Stopper, Watch, WatchOptions};
use jiff::Timestamp;

use crate::site_test::{SiteTest, tree, try_tree};

/// A build must come within this time.
const DEADLINE: Duration = Duration::from_secs(20);

#[cfg(unix)]
const CONFIG: &str = "title: The Test\nbase_url: https://test.example\n";

/// A site that is watched in another thread.
struct Watched {
    site: SiteTest,
    built: Receiver<(Cause, bool)>,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl Watched {
    fn new(site: SiteTest, how: WatchOptions) -> Self {
        Self::with_clock(site, how, None::<fn() -> Timestamp>)
    }

    fn with_clock(site: SiteTest, how: WatchOptions, clock: Option<impl Fn() -> Timestamp + Send + 'static>) -> Self {
        let (request, publish) = (site.request(), site.how(site.public()));
        let (mut watch, warning) = Watch::start(&request, how).unwrap_or_else(|problem| panic!("{}", problem.message));
        assert!(warning.is_none(), "{warning:?}");
        let stopper = watch.stopper();
        let (sender, built) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let clock = clock.as_ref().map(|clock| clock as &dyn Fn() -> Timestamp);
            watch::keep(request, clock, &mut watch, |request: &Request, memory, cause| {
                let built = pipeline::build_again(request, &publish, memory);
                let _ = sender.send((cause.clone(), !built.report.has_errors()));
                built.overview?.next_change
            });
        });
        let watched = Self { site, built, stopper, thread: Some(thread) };
        assert_eq!(watched.next(), (Cause::Start, true));
        watched
    }

    /// The next build.
    fn next(&self) -> (Cause, bool) {
        self.built.recv_timeout(DEADLINE).expect("a build within the time")
    }

    /// Waits until the output is what a clean build makes.
    #[track_caller]
    fn settles(&self) {
        let fresh = self.site.fresh_tree();
        // A tree that a build is changing is no answer yet; that build's message follows.
        while try_tree(&self.site.public()).ok().as_ref() != Some(&fresh) {
            self.built.recv_timeout(DEADLINE).expect("the output becomes that of a clean build");
        }
        // What was built meanwhile is no news any more.
        while self.built.recv_timeout(Duration::from_millis(150)).is_ok() {}
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it ends when it is stopped");
        }
    }
}

const fn how(quiet: u64) -> WatchOptions {
    WatchOptions { quiet: Duration::from_millis(quiet), poll: None }
}

fn article(title: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2023-10-17\ntopics: [ICC]\n---\nText.\n")
}

fn site() -> SiteTest {
    let site = SiteTest::new("");
    site.write("content/articles/2023/a.md", article("First"));
    site.write("content/articles/2023/b.md", article("Second"));
    site.write("content/topics/icc.md", "---\ntitle: ICC\n---\nThe court.\n");
    site
}

#[test]
fn saves_of_all_editors_are_seen() {
    let watched = Watched::new(site(), how(30));
    let folder = watched.site.root().join("content/articles/2023");
    let at = |name: &str| folder.join(name);
    // VS Code and nano write into the file.
    fs::write(at("a.md"), article("Written over")).expect("written");
    watched.settles();
    // vim moves the old file away, writes a new one, and deletes the old one.
    fs::rename(at("a.md"), at("a.md~")).expect("moved");
    fs::write(at("a.md"), article("By vim")).expect("written");
    fs::remove_file(at("a.md~")).expect("removed");
    watched.settles();
    // emacs puts a lock beside the file and writes over it.
    #[cfg(unix)]
    std::os::unix::fs::symlink("desk@host.1", at(".#a.md")).expect("linked");
    fs::write(at("#a.md#"), article("Not yet")).expect("written");
    fs::write(at("a.md"), article("By emacs")).expect("written");
    let _ = fs::remove_file(at(".#a.md"));
    fs::remove_file(at("#a.md#")).expect("removed");
    watched.settles();
    // `sed -i`, and many editors, write a new file and move it into the place of the old one.
    fs::write(at("sedXy12"), article("By sed")).expect("written");
    fs::rename(at("sedXy12"), at("a.md")).expect("moved");
    watched.settles();
}

#[test]
fn the_host_of_a_language_is_watched_by_itself() {
    let mut site = site();
    site.write("content/articles/2023/a.ar.md", article("أول"));
    site.write(
        "dateline.yaml",
        "title: T\nbase_url: https://test.example\nlanguages: {ar: {title: المكتب, base_url: \"https://ar.test.example\"}}\n",
    );
    site.set_language(Some("ar"));
    let watched = Watched::new(site, how(30));
    for (name, title) in [("a.ar.md", "ثان"), ("a.md", "Third"), ("b.ar.md", "رابع"), ("a.ar.md", "خامس")] {
        watched.site.write(&format!("content/articles/2023/{name}"), article(title));
        watched.settles();
    }
    let page = fs::read_to_string(watched.site.public().join("2023/10/17/a/index.html")).expect("a page");
    assert!(page.contains("خامس") && page.contains("https://test.example/2023/10/17/a/"), "{page}");
}

#[test]
fn entries_of_live_coverage_are_seen_as_their_files_come_and_go() {
    let site = site();
    let folder = "content/articles/forum";
    site.write(&format!("{folder}/index.md"), "---\ntitle: F\nkind: live\ndate: 2023-10-17\n---\nText.\n");
    let watched = Watched::new(site, how(30));
    let page = "2023/10/17/forum/index.html";
    for (name, text, is_there) in [
        ("a.md", "---\ndate: 2023-10-17 14:05\n---\nOne entry.\n", true),
        ("b/index.md", "---\ndate: 2023-10-17 14:06\n---\nAnother entry.\n", true),
        ("a.md", "---\ndate: 2023-10-17 14:05\n---\nOther words.\n", true),
        ("a.md", "", false),
    ] {
        let path = format!("{folder}/entries/{name}");
        if is_there {
            watched.site.write(&path, text)
        } else {
            watched.site.remove(&path)
        };
        watched.settles();
        let html = fs::read_to_string(watched.site.public().join(page)).expect("a page");
        assert_eq!(html.contains("id=\"a\""), is_there, "{name}");
    }
    assert!(fs::read_to_string(watched.site.public().join(page)).expect("a page").contains("Another entry."));
}

#[test]
fn files_and_folders_that_move_are_followed() {
    let watched = Watched::new(site(), how(30));
    let root = watched.site.root();
    let rename = |from: &str, to: &str| fs::rename(root.join(from), root.join(to)).expect("moved");
    rename("content/articles/2023/a.md", "content/articles/2023/renamed.md");
    watched.settles();
    rename("content/articles/2023", "content/articles/old");
    watched.site.write("content/articles/old/b.md", article("In the folder's new place"));
    watched.settles();
    // Moved in from elsewhere, with folders below it.
    let outside = watched.site.root().join("../outside/below");
    fs::create_dir_all(&outside).expect("a folder");
    fs::write(outside.join("c.md"), article("Third")).expect("written");
    rename("../outside", "content/articles/moved");
    watched.settles();
    watched.site.write("content/articles/moved/below/c.md", article("Third, again"));
    watched.settles();
    fs::remove_dir_all(root.join("content/articles/old")).expect("removed");
    watched.settles();
    // A topic's file is renamed, then the folder of topics is gone.
    rename("content/topics/icc.md", "content/topics/court.md");
    watched.site.write("content/topics/court.md", "---\ntitle: The Court\naliases: [ICC]\n---\n");
    watched.settles();
    fs::remove_dir_all(root.join("content/topics")).expect("removed");
    watched.settles();
}

#[test]
fn templates_settings_and_static_files_are_sources_too() {
    let watched = Watched::new(site(), how(30));
    // Folders that were not there when it began.
    watched.site.write("templates/404.html", "Nothing here.");
    watched.settles();
    watched.site.write("static/fonts/a.woff2", "font");
    watched.settles();
    watched.site.write("static/fonts/a.woff2", "other");
    watched.settles();
    watched.site.write("dateline.yaml", "title: Another\nbase_url: https://test.example\n");
    watched.settles();
    watched.site.remove("templates/404.html");
    watched.settles();
}

#[test]
fn many_files_at_once_are_one_build() {
    let site = site();
    for number in 0..500 {
        site.write(&format!("content/articles/many/{number}.md"), article("Before"));
    }
    // A machine under load may stop for a while between two files.
    let watched = Watched::new(site, how(1500));
    for number in 0..500 {
        watched.site.write(&format!("content/articles/many/{number}.md"), article("After"));
    }
    let (cause, fine) = watched.next();
    let Cause::Changed(paths) = cause else { panic!("files have changed") };
    assert!(fine && paths.len() == 500, "{} files", paths.len());
    assert!(tree(&watched.site.public()) == watched.site.fresh_tree());
}

#[test]
fn with_errors_the_last_good_output_stays_and_then_heals() {
    let watched = Watched::new(site(), how(30));
    let good = tree(&watched.site.public());
    watched.site.write("content/articles/2023/a.md", "---\ntitel: First\n---\n");
    assert!(!watched.next().1);
    assert!(tree(&watched.site.public()) == good);
    // While one file is broken, another is saved.
    watched.site.write("content/articles/2023/b.md", article("Meanwhile"));
    assert!(!watched.next().1);
    watched.site.write("dateline.yaml", "title: [");
    assert!(!watched.next().1);
    // It is looked at as soon as there is a configuration to read it with.
    watched.site.write("content/articles/2023/c.md", article("While nothing could be read"));
    watched.site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\n");
    assert!(!watched.next().1);
    assert!(tree(&watched.site.public()) == good);
    watched.site.write("content/articles/2023/a.md", article("First"));
    watched.settles();
}

#[test]
fn files_can_be_looked_at_instead_of_waiting_for_events() {
    let poll = WatchOptions { quiet: Duration::from_millis(1), poll: Some(Duration::from_millis(30)) };
    let watched = Watched::new(site(), poll);
    watched.site.write("content/articles/2023/a.md", article("Found"));
    watched.settles();
    watched.site.write("dateline.yaml", "title: Another\nbase_url: https://test.example\n");
    watched.settles();
    // Looking finds nothing, so nothing is built.
    assert!(watched.built.recv_timeout(Duration::from_millis(200)).is_err());
}

#[cfg(unix)]
#[test]
fn a_linked_content_folder_is_watched() {
    let site = site();
    let elsewhere = site.root().join("../elsewhere");
    fs::rename(site.root().join("content"), &elsewhere).expect("moved");
    std::os::unix::fs::symlink(Path::new("../elsewhere"), site.root().join("content")).expect("linked");
    site.write("dateline.yaml", format!("{CONFIG}follow_links: [../elsewhere, ../other]\n"));
    let watched = Watched::new(site, how(30));
    fs::write(elsewhere.join("articles/2023/a.md"), article("Behind the link")).expect("written");
    watched.settles();
    fs::create_dir_all(elsewhere.join("articles/new")).expect("a folder");
    fs::write(elsewhere.join("articles/new/c.md"), article("In a new folder")).expect("written");
    watched.settles();
    // Linked to another place.
    let other = watched.site.root().join("../other");
    fs::create_dir_all(other.join("articles")).expect("a folder");
    fs::write(other.join("articles/z.md"), article("Elsewhere")).expect("written");
    fs::remove_file(watched.site.root().join("content")).expect("removed");
    std::os::unix::fs::symlink(Path::new("../other"), watched.site.root().join("content")).expect("linked");
    watched.settles();
    fs::write(other.join("articles/z.md"), article("Elsewhere, again")).expect("written");
    watched.settles();
}

/// A link, in the place of what may stand there.
#[cfg(unix)]
fn link(target: &str, link: &Path) {
    let _ = fs::remove_file(link);
    std::os::unix::fs::symlink(target, link).expect("linked");
}

#[cfg(unix)]
#[test]
fn what_linked_files_lead_to_is_watched() {
    let site = site();
    site.write("dateline.yaml", format!("{CONFIG}follow_links: [../shared]\n"));
    let (root, shared) = (site.root(), site.root().join("../shared"));
    fs::create_dir_all(shared.join("below")).expect("a folder");
    site.write("desk/inside.md", article("Inside"));
    fs::write(shared.join("real.md"), article("Outside")).expect("written");
    link("real.md", &shared.join("current.md"));
    link("../../desk/inside.md", &root.join("content/articles/inside.md"));
    link("../../../shared/current.md", &root.join("content/articles/outside.md"));
    let watched = Watched::new(site, how(30));
    // Written over, and replaced by another file.
    watched.site.write("desk/inside.md", article("Inside, again"));
    watched.settles();
    fs::write(shared.join("draft"), article("Outside, moved in")).expect("written");
    fs::rename(shared.join("draft"), shared.join("real.md")).expect("moved");
    watched.settles();
    // The link between leads elsewhere, then nowhere; the story returns with what it leads to.
    fs::write(shared.join("below/other.md"), article("By another way")).expect("written");
    link("below/other.md", &shared.join("current.md"));
    watched.settles();
    fs::write(shared.join("below/other.md"), article("By another way, again")).expect("written");
    watched.settles();
    fs::remove_dir_all(shared.join("below")).expect("removed");
    assert!(!watched.next().1, "a link that leads nowhere is an error");
    fs::create_dir_all(shared.join("below")).expect("a folder");
    fs::write(shared.join("below/other.md"), article("Returned")).expect("written");
    watched.settles();
    // A link that comes later; a chain; a circle, and its end.
    fs::write(shared.join("late.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("written");
    link("../../shared/late.svg", &root.join("desk/late.svg"));
    watched.site.write("static/x.txt", "x");
    watched.settles();
    link("../desk/late.svg", &root.join("static/late.svg"));
    watched.settles();
    fs::write(shared.join("late.svg"), "<svg/>").expect("written");
    watched.settles();
    link("../static/late.svg", &root.join("desk/late.svg"));
    assert!(!watched.next().1, "a circle is an error");
    link("../../shared/late.svg", &root.join("desk/late.svg"));
    watched.settles();
}

#[cfg(unix)]
#[test]
fn what_a_linked_configuration_leads_to_is_watched() {
    let site = site();
    let root = site.root();
    site.write("conf/one.yaml", CONFIG);
    link("conf/one.yaml", &root.join("dateline.yaml"));
    let watched = Watched::new(site, how(30));
    watched.site.write("conf/one.yaml", CONFIG.replace("title: ", "title: New "));
    watched.settles();
    // Replaced by another file, as editors save, and linked to another one.
    watched.site.write("conf/draft", CONFIG.replace("title: ", "title: Newer "));
    fs::rename(root.join("conf/draft"), root.join("conf/one.yaml")).expect("moved");
    watched.settles();
    watched.site.write("other/two.yaml", CONFIG.replace("title: ", "title: Other "));
    link("other/two.yaml", &root.join("dateline.yaml"));
    watched.settles();
    watched.site.write("other/two.yaml", CONFIG.replace("title: ", "title: Last "));
    watched.settles();
    assert!(fs::read_to_string(watched.site.public().join("index.html")).expect("it is there").contains("Last "));
}

#[cfg(unix)]
#[test]
fn a_folder_of_the_site_with_two_names_is_watched_under_both() {
    let site = site();
    let root = site.root();
    site.write("content/articles/map/index.md", "---\ntitle: Map\ndate: 2023-10-17\n---\n![map](map.svg)\n");
    site.write("content/articles/map/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    fs::create_dir_all(root.join("static")).expect("a folder");
    link("../content/articles/map", &root.join("static/pics"));
    let watched = Watched::new(site, how(30));
    for number in 0..3 {
        watched.site.write("content/articles/map/index.md", article(&format!("Map {number}")));
        watched.settles();
        watched.site.write("content/articles/map/map.svg", format!("<svg id='a{number}'/>"));
        watched.settles();
    }
    // The link goes; the folder stays.
    fs::remove_file(root.join("static/pics")).expect("removed");
    watched.settles();
    watched.site.write("content/articles/map/index.md", article("After the link"));
    watched.settles();
    // Back under another name, from another folder, and the folder is replaced.
    link("../content/articles/map", &root.join("static/maps"));
    watched.settles();
    fs::remove_dir_all(root.join("content/articles/map")).expect("removed");
    watched.site.write("content/articles/map/new.md", article("In a new folder"));
    watched.settles();
    watched.site.write("content/articles/map/new.md", article("In a new folder, again"));
    watched.settles();
}

#[test]
fn an_embargo_lifts_by_itself() {
    let mut site = site();
    site.write(
        "content/articles/later.md",
        "---\ntitle: Later\ndate: 2023-10-17\nembargo: 2023-10-18T22:00:00Z\n---\nText.\n",
    );
    let before: Timestamp = "2023-10-18T21:59:59.700Z".parse().expect("a time");
    // Each time it is read, this clock is a fifth of a second further.
    let read = AtomicU32::new(0);
    let clock = move || before + Duration::from_millis(200) * read.fetch_add(1, Ordering::SeqCst);
    site.set_now("2023-10-18T21:59:59Z");
    let watched = Watched::with_clock(site, how(30), Some(clock));
    assert_eq!(watched.next(), (Cause::Due, true));
    assert!(watched.site.public().join("2023/10/17/later/index.html").exists());
}
