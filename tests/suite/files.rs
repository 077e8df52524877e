//! Files as a disk has them: links, names, and what comes and goes while a site is made.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::site_test::{SiteTest, article, articles, describe};

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\n";

/// A site with a story, and a folder `shared` beside it.
#[cfg(unix)]
fn beside() -> SiteTest {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    for (file, text) in [
        ("../shared/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("../shared/story.md", "---\ntitle: Shared\ndate: 2023-10-16\n---\nText.\n"),
        ("../shared/404.html", "Nothing here."),
        ("../shared/.env", "TOKEN=1"),
        (".git/config", "[remote]"),
        ("desk/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("static/x.txt", "x"),
        ("templates/x.html", "x"),
    ] {
        site.write(file, text);
    }
    site
}

#[cfg(unix)]
fn link(site: &SiteTest, target: &str, link: &str) {
    std::os::unix::fs::symlink(target, site.root().join(link)).expect("linked");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_site_are_errors_unless_a_setting_names_where_to() {
    let site = beside();
    let before = site.build_clean().file("/2023/10/17/visit/");
    // Within the site, any link is followed.
    link(&site, "../desk/logo.svg", "static/logo.svg");
    site.build_clean();
    link(&site, "../../shared", "static/all");
    link(&site, "../../shared/logo.svg", "static/outside.svg");
    link(&site, "../../../shared/story.md", "content/articles/story.md");
    link(&site, "../../../shared", "content/articles/all");
    link(&site, "../../shared/404.html", "templates/404.html");
    link(&site, "../.git/config", "static/config.txt");
    link(&site, "../static/outside.svg", "desk/chain.svg");
    link(&site, "../desk/chain.svg", "static/chain.svg");
    let all = [
        "link-outside content/articles/all",
        "link-outside content/articles/story.md",
        "link-outside static/all",
        "link-outside static/chain.svg",
        "link-outside static/config.txt",
        "link-outside static/outside.svg",
        "link-outside templates/404.html",
    ];
    assert_eq!(site.problems(), all, "{}", describe(&site.try_build().report));
    assert!(site.try_build().summary.is_none());
    assert_eq!(fs::read_to_string(site.public().join("2023/10/17/visit/index.html")).expect("there"), before);
    site.write("dateline.yaml", format!("{CONFIG}follow_links: [../shared]\n")).remove("content/articles/all");
    assert!(
        site.problems().contains(&"link-outside static/config.txt".to_owned()),
        "nor does a setting lead to what is hidden"
    );
    site.remove("static/config.txt");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["unused-file static/all/.env"], "a hidden file of a linked folder is not published");
    for route in ["/outside.svg", "/chain.svg", "/all/logo.svg", "/2023/10/16/story/"] {
        assert!(output.exists(route), "{route}");
    }
    assert_eq!(output.file("/404.html"), "Nothing here.");
    // The setting goes, and so do the files.
    site.write("dateline.yaml", CONFIG);
    assert_eq!(site.problems().len(), 5);
}

#[cfg(unix)]
#[test]
fn a_folder_of_sources_that_is_a_link_stays_within_bounds_too() {
    for name in ["content", "static", "templates"] {
        let site = beside();
        fs::rename(site.root().join(name), site.root().join("../elsewhere")).expect("moved");
        link(&site, "../elsewhere", name);
        assert_eq!(site.problems(), [format!("link-outside {name}")]);
        site.write("dateline.yaml", format!("{CONFIG}follow_links:\n  - ../elsewhere\n"));
        site.build_clean();
    }
}

/// Does something over and over while a site is made.
fn meanwhile(churn: impl Fn(usize) + Sync, make: impl FnOnce()) {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| (0..).take_while(|_| !done.load(Ordering::Relaxed)).for_each(&churn));
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(make));
        done.store(true, Ordering::Relaxed);
        made.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

#[test]
fn files_that_come_and_go_stop_no_build() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", ""), ("b", "2023-10-17", "")]));
    site.write("content/articles/map/index.md", "---\ntitle: Map\ndate: 2023-10-17\n---\n![map](map.svg)\n");
    site.write("content/articles/map/map.svg", "<svg/>");
    let root = site.root();
    let write = |path: &str| {
        let file = root.join(path);
        let draft = file.with_extension("draft");
        // As programs save: a draft is moved into the file's place. Now and then the file is gone.
        let _ = fs::create_dir_all(file.parent().expect("it has one"));
        let _ = fs::write(&draft, "x").and_then(|()| fs::rename(&draft, &file));
        let _ = fs::remove_file(&file);
    };
    let churn = |number: usize| {
        for path in ["static/app.css", "static/sub/font.woff2", "content/articles/map/extra.png", "templates/own.html"]
        {
            write(path);
        }
        if number % 16 == 0 {
            let _ = fs::remove_dir_all(root.join("static/sub"));
        }
    };
    meanwhile(churn, || {
        for _ in 0..30 {
            let built = site.try_build();
            assert!(!built.report.has_errors() && built.summary.is_some(), "{}", describe(&built.report));
        }
    });
    fs::remove_dir_all(root.join("static")).expect("removed");
    site.build_and_compare();
    assert!(site.problems().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_named_and_nothing_is_published() {
    // Reading fails there whoever reads.
    let unreadable = "/proc/self/mem";
    if fs::read(unreadable).is_ok() || !Path::new(unreadable).exists() {
        return;
    }
    for path in
        ["static/x.bin", "static/_headers", "content/articles/x.md", "content/articles/x.png", "templates/x.html"]
    {
        let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
        site.write("dateline.yaml", format!("{CONFIG}follow_links: [/proc]\n"))
            .write("static/y", "")
            .write("templates/y", "");
        site.build_clean();
        let before = site.tree();
        link(&site, unreadable, path);
        assert_eq!(site.problems(), [format!("unreadable {path}")]);
        assert!(site.try_build().summary.is_none());
        assert_eq!(site.tree(), before);
        site.remove(path);
        site.build_and_compare();
    }
}
