//! Files as a disk has them: links, names, and what comes and goes while a site is made.

use std::fs;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline::pipeline::{self, BuildCache, BuildOptions};

use crate::site_test::{SiteTest, article, articles, describe, short};

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
        scope.spawn(|| {
            let mut number = 0;
            while !done.load(Ordering::Relaxed) {
                churn(number);
                number += 1;
            }
        });
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(make));
        done.store(true, Ordering::Relaxed);
        result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
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
        if number.is_multiple_of(16) {
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

#[test]
fn an_address_that_no_file_can_have_is_a_problem_where_its_name_comes_from() {
    let (long, slug) = (format!("{} b", "a".repeat(300)), "a".repeat(300));
    let article = |head: &str| format!("---\ntitle: T\ndate: 2023-10-17\n{head}\n---\nText.\n");
    let deep = vec!["d".repeat(200); 6].join("/");
    for (path, text, place) in [
        ("content/articles/a.md", article(&format!("slug: {slug}")), "content/articles/a.md:4:7"),
        ("content/articles/a.md", article(&format!("aliases: [/b/, /{slug}/]")), "content/articles/a.md:4:16"),
        ("content/articles/a.md", article(&format!("aliases: [/x/{slug}.html]")), "content/articles/a.md:4:11"),
        ("content/articles/a.md", article(&format!("aliases: [/{deep}/]")), "content/articles/a.md:4:11"),
        ("content/articles/a.md", article(&format!("topics: [ICC, {long}]")), "content/articles/a.md:4:15"),
        ("content/articles/a.md", article(&format!("section: {long}")), "content/articles/a.md:4:10"),
        ("content/articles/a.md", article(&format!("thread: {long}")), "content/articles/a.md:4:9"),
        ("content/topics/t.md", format!("---\ntitle: {long}\n---\n"), "content/topics/t.md:2:8"),
        ("content/topics/t.md", format!("---\ntitle: T\nslug: {slug}\n---\n"), "content/topics/t.md:3:7"),
        ("content/people/p.md", format!("---\nname: {long}\n---\n"), "content/people/p.md"),
        ("content/pages/p.md", format!("---\ntitle: P\nslug: {slug}\n---\n"), "content/pages/p.md:3:7"),
        // A short name of many letters that are long in ASCII.
        (
            &format!("content/articles/{}.md", "京".repeat(70)),
            article(""),
            &format!("content/articles/{}.md", "京".repeat(70)),
        ),
        (
            "content/briefings/2023-10-17.md",
            format!("---\ndate: 2023-10-17\n---\n\n## Item {{#item topics=\"{long}\"}}\n\nText.\n"),
            "content/briefings/2023-10-17.md:5:1",
        ),
    ] {
        let site = SiteTest::new(articles(&[("fine", "2023-10-16", "")]));
        site.build_clean();
        let before = site.tree();
        site.write(path, &text);
        assert_eq!(site.problems(), [format!("long-address {place}")], "{}", describe(&site.try_build().report));
        assert!(site.try_build().summary.is_none());
        assert_eq!(site.tree(), before);
    }
    let site = SiteTest::new(articles(&[("fine", "2023-10-16", "")]));
    site.write("dateline.yaml", format!("{CONFIG}redirects:\n  /b/: /\n  /{slug}/: /\n"));
    assert_eq!(site.problems(), ["long-address dateline.yaml:5:3"]);
    site.write("dateline.yaml", format!("{CONFIG}permalink: /{slug}/{{slug}}/\n"));
    assert_eq!(site.problems(), ["bad-value dateline.yaml:3:12"]);
    // Other names of a topic make no page; a headline and a heading make no file.
    site.write("dateline.yaml", CONFIG);
    site.write("content/articles/a.md", format!("---\ntitle: {long}\ndate: 2023-10-17\n---\n\n## {long}\n\nText.\n"));
    site.write("content/articles/b.md", article(&format!("slug: {}", "a".repeat(255))));
    site.write("content/topics/t.md", format!("---\ntitle: T\naliases: [Tee, {long}]\n---\n"));
    assert!(site.build_clean().exists("/topics/tee/"));
}

#[test]
fn aliases_in_two_forms_of_one_letter_are_one() {
    let site = SiteTest::new(articles(&[
        ("a", "2023-10-16", "aliases: [\"/caf\u{e9}/\", \"/cafe\u{301}/\"]"),
        ("b", "2023-10-17", ""),
    ]));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    assert!(output.file("/_redirects").lines().filter(|line| line.contains("caf")).count() <= 2);
    assert!(output.exists("/caf\u{e9}/"));
    site.write("content/articles/b.md", "---\ntitle: B\ndate: 2023-10-10\naliases: [\"/cafe\u{301}/\"]\n---\n");
    assert_eq!(site.problems(), ["alias-conflict content/articles/b.md:4:11"]);
}

#[test]
fn a_time_that_clocks_skip_or_show_twice_is_noted() {
    let site = SiteTest::new("");
    site.write("dateline.yaml", format!("{CONFIG}timezone: Europe/Berlin\n"));
    for (head, problems) in [
        ("embargo: 2023-03-26 02:30", &["clock-change content/articles/a.md:4:10"][..]),
        ("embargo: 2022-10-30 02:30", &["clock-change content/articles/a.md:4:10"]),
        ("embargo: 2023-03-26 02:30 +01:00", &[]),
        ("embargo: 2023-03-26 03:00", &[]),
        ("expires: 2030-03-31 02:00", &["clock-change content/articles/a.md:4:10"]),
        ("expires: 2030-10-27 02:30", &[]),
        ("updates: [{at: 2023-03-26 02:59, text: More.}]", &["clock-change content/articles/a.md:4:16"]),
    ] {
        site.write("content/articles/a.md", format!("---\ntitle: A\ndate: 2022-10-17\n{head}\n---\nText.\n"));
        assert_eq!(site.problems(), problems, "{head}");
        assert!(!site.try_build().report.has_errors());
    }
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2022-10-17\nembargo: 2022-10-30 02:30\n---\n");
    let report = site.try_build().report;
    let message =
        "a time that the clocks of Europe/Berlin show twice: `2022-10-30 02:30` counts as 2022-10-30 02:30 +01:00";
    assert_eq!(report.diagnostics()[0].message, message);
}

#[cfg(unix)]
#[test]
fn a_limit_of_the_size_of_files_is_an_error_and_the_old_site_stays() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", "")]));
    site.build_clean();
    let before = site.tree();
    site.write("static/large.bin", vec![b'x'; 300_000]);
    let run = std::process::Command::new("sh")
        .args([
            "-c",
            "ulimit -f 200; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_dateline"),
            "build",
            "--now",
            "2023-10-18",
        ])
        .arg("--root")
        .arg(site.root())
        .arg("-o")
        .arg(site.public())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("error[io]: cannot write") && said.contains("ulimit -f"), "{said}");
    assert_eq!(site.tree(), before);
    assert!(site.build_and_compare().exists("/large.bin"));
}

/// Builds with what `cache` knows of the sources, which are not looked at again: whatever has changed since then counts as
/// changed between reading and copying.
#[track_caller]
fn build_of(site: &SiteTest, how: &BuildOptions, cache: &mut BuildCache) {
    let built = pipeline::build_again(&site.request(), how, cache);
    assert!(built.report.is_empty(), "{}", describe(&built.report));
}

#[test]
fn a_file_that_changes_or_goes_between_reading_and_copying_goes_out_as_it_is_now() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "![Quay](quay.svg)"));
    let picture = |width: u32| format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='9'/>");
    site.write("static/desk.css", "a{color:red}").write("content/articles/quay.svg", picture(5));
    let mut cache = BuildCache::default();
    build_of(&site, &site.how(site.public()), &mut cache);
    site.write("static/desk.css", "a{color:teal}").write("content/articles/quay.svg", picture(77));
    let public = site.root().join("other");
    build_of(&site, &site.how(public.clone()), &mut cache);
    let page = fs::read_to_string(public.join("2023/10/17/visit/index.html")).expect("there");
    assert!(page.contains("width=\"77\""), "what pages say of a file is true of the one that goes out");
    let names = site.build_clean();
    assert_eq!(fs::read_to_string(public.join("desk.css")).expect("there"), "a{color:teal}");
    assert_eq!(names.file("/2023/10/17/visit/"), page);
    // Whoever verifies a site meets the same.
    build_of(&site, &site.how(site.public()), &mut cache);
    site.remove("static/desk.css");
    build_of(&site, &BuildOptions { verify: true, ..site.how(site.public()) }, &mut cache);
    assert!(!site.public().join("desk.css").exists(), "it is not there, and that is no fault");
}

#[cfg(target_os = "linux")]
#[test]
fn of_a_file_that_is_other_at_each_look_no_build_makes_a_mixture() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    let before = site.build_clean().file("/2023/10/17/visit/");
    site.write("dateline.yaml", format!("{CONFIG}follow_links: [/proc/sys/kernel/random]\n"));
    site.write("static/x.txt", "x").write("content/articles/visit.md", "---\ntitle: B\ndate: 2023-10-17\n---\nNew.\n");
    link(&site, "/proc/sys/kernel/random/uuid", "static/number.txt");
    let built = site.try_build();
    assert!(built.summary.is_none());
    assert_eq!(built.report.diagnostics().iter().map(short).collect::<Vec<_>>(), ["changing static/number.txt"]);
    assert_eq!(fs::read_to_string(site.public().join("2023/10/17/visit/index.html")).expect("there"), before);
}

#[test]
fn two_files_at_one_address_are_a_conflict() {
    let story = |name: &str, picture: &str| {
        format!(
            "-- content/articles/{name}/index.md --\n---\ntitle: Story {name}\ndate: 2023-10-17\n---\n![A]({picture})\n"
        )
    };
    let svg = |name: &str| {
        format!(
            "-- content/articles/{name}/p.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>{name}</desc></svg>\n"
        )
    };
    let flat = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\npermalink: /{slug}.html\n";
    let site = SiteTest::new(flat.to_owned() + &story("b1", "p.svg") + &svg("b1") + &story("b2", "p.svg") + &svg("b2"));
    let report = site.try_build().report;
    let told: Vec<_> = report.diagnostics().iter().map(|problem| (short(problem), problem.message.clone())).collect();
    assert_eq!(
        told,
        [(
            "route-conflict content/articles/b2/p.svg".to_owned(),
            "`content/articles/b1/p.svg` and `content/articles/b2/p.svg` both want the address `/p.svg`".to_owned()
        )]
    );
    // One file that two stories show is one file.
    site.remove("content/articles/b2/p.svg");
    site.write_all(&story("b2", "../b1/p.svg"));
    assert!(site.build_clean().file("/p.svg").contains("b1"));
    // A file of the story's folder, and one from elsewhere that would be beside it.
    let site =
        SiteTest::new(story("b1", "p.svg") + &svg("b1") + &svg("b1/inner") + &story("b2", "../b1/p.svg") + &svg("b2"));
    assert_eq!(site.problems(), ["route-conflict content/articles/b2/p.svg"]);
}

#[test]
fn two_files_whose_names_differ_in_the_form_of_a_letter_are_a_conflict() {
    let site = SiteTest::new(article("x", "date: 2023-10-17", "T."));
    site.write("content/articles/s/index.md", "---\ntitle: S\ndate: 2023-10-17\n---\n![A](\u{e9}.txt)\n");
    site.write("content/articles/s/\u{e9}.txt", "1");
    site.write("content/articles/s/e\u{301}.txt", "2");
    if fs::read_dir(site.root().join("content/articles/s")).expect("it is there").count() < 3 {
        return; // This disk makes no difference between them.
    }
    let report = site.try_build().report;
    let told: Vec<_> = report.diagnostics().iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("(Unicode forms NFC and NFD)") && told[0].contains("`/2023/10/17/s/\u{e9}.txt`"),
        "{told:?}"
    );
}

#[test]
fn a_file_with_a_hidden_name_is_said_to_be_hidden() {
    let site = SiteTest::new(
        "-- content/articles/b/index.md --\n---\ntitle: B\ndate: 2023-10-17\n---\n![x](.p.svg) [y](.y.pdf) [z](.z.md)\n\
         -- content/articles/b/.p.svg --\n<svg/>\n-- content/articles/b/.z.md --\n---\ntitle: Z\ndate: 2023-10-17\n---\nText.\n",
    );
    let report = site.try_build().report;
    let (notes, problems): (Vec<_>, Vec<_>) =
        report.diagnostics().iter().partition(|problem| problem.message.ends_with("hidden, and is not read"));
    assert_eq!(notes.into_iter().map(short).collect::<Vec<_>>(), ["unused-file content/articles/b/.z.md"]);
    let told: Vec<String> = problems
        .into_iter()
        .map(|problem| format!("{} {}", short(problem), problem.help.as_deref().unwrap_or_default()))
        .collect();
    let help = "give the file, and the folders that it is in, names without a dot at their start and `~` at their end";
    assert_eq!(
        told,
        ["missing-image", "dead-path", "broken-link"]
            .iter()
            .zip(["1", "14", "26"])
            .map(|(code, column)| { format!("{code} content/articles/b/index.md:5:{column} {help}") })
            .collect::<Vec<_>>()
    );
}

#[test]
fn hidden_stories_are_noted() {
    let story = "---\ntitle: A\ndate: 2023-10-17\n---\nText.\n";
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "T."));
    for path in
        ["content/articles/.x.md", "content/articles/.y/z.md", "content/articles/._w.md", "content/.tool/a.json"]
    {
        site.write(path, story);
    }
    let output = site.build();
    let told: Vec<_> = output
        .built
        .report
        .diagnostics()
        .iter()
        .map(|problem| (problem.severity.to_string(), short(problem)))
        .collect();
    let note = |path: &str| ("note".to_owned(), format!("unused-file content/articles/{path}"));
    assert_eq!(told, [note(".x.md"), note(".y")]);
    // A tool that leaves files in such a folder makes no noise, and nothing is read again for them.
    assert!(site.build_and_compare().built.report.diagnostics().len() == 2);
}
