//! Publishing: all or nothing, nothing written that is the same, and nothing deleted that is not Dateline's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use dateline::base::digest::Digest;
use dateline::base::route::Route;
use dateline::pipeline;
use dateline::plan::{Output, OutputKind, Plan, TextKind};
use dateline::publish::{self, Content, Publication, Rank};

use crate::site_test::{SiteTest, article, articles, assert_same, describe, short, tree};

/// All files below a folder with their times, Dateline's own too.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    tree(folder)
        .into_keys()
        .map(|file| (file.clone(), fs::metadata(folder.join(&file)).and_then(|m| m.modified()).expect("a time")))
        .collect()
}

fn two() -> SiteTest {
    SiteTest::new(articles(&[("a", "2023-10-16", "topics: [ICC]"), ("b", "2023-10-17", "topics: [ICC]")]))
}

#[test]
fn a_build_with_nothing_changed_touches_nothing() {
    let site = two();
    site.build_clean();
    let before = times(&site.public());
    let (added, changed, removed) = site.build_clean().changes();
    assert_eq!((added.len(), changed.len(), removed.len()), (0, 0, 0));
    assert_eq!(times(&site.public()), before);
    let trusting_nothing = site.without_records();
    trusting_nothing.build_clean();
    assert_eq!(times(&trusting_nothing.public()), before, "not even without the records");
}

#[test]
fn an_edit_touches_only_what_shows_it() {
    let site = two();
    site.build_clean();
    let before = times(&site.public());
    site.write_all(&article("a", "date: 2023-10-16\ntopics: [ICC]", "Other text."));
    let (added, changed, removed) = site.build_and_compare().changes();
    assert_eq!(changed, ["/2023/10/16/a/", "/feed.json", "/feed.xml", "/rss.xml", "/topics/icc/feed.xml"]);
    assert!(added.is_empty() && removed.is_empty());
    let moved: Vec<String> = times(&site.public())
        .into_iter()
        .filter(|(file, time)| before.get(file) != Some(time))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(moved, ["2023/10/16/a/index.html", "feed.json", "feed.xml", "rss.xml", "topics/icc/feed.xml"]);
}

#[test]
fn an_error_anywhere_leaves_every_byte_as_it_was() {
    let site = two();
    site.build_clean();
    let (before, before_times) = (tree(&site.public()), times(&site.public()));
    for (path, text) in [
        ("templates/topic.html", "{% if %}"),
        ("templates/topic.html", "{{ nosuch }}"),
        ("content/articles/c.md", "---\ntitle: C\n---\n"),
        ("content/articles/c.md", "no front matter"),
        ("content/topics/x.md", "---\ntitle: [\n---\n"),
        ("content/briefings/2023-10-17.md", "---\ndate: 2023-10-17\nstories: [nowhere]\n---\n"),
        ("dateline.yaml", "title: T\n"),
    ] {
        let was = fs::read(site.root().join(path)).ok();
        site.write_all(&article("a", "date: 2023-10-16\ntopics: [ICC]", "Other text."));
        site.write(path, text);
        let built = site.try_build();
        assert!(built.report.has_errors() && built.summary.is_none(), "{path}: {text}");
        assert_same(&tree(&site.public()), &before);
        assert_eq!(times(&site.public()), before_times, "{path}: {text}");
        match was {
            Some(was) => site.write(path, was),
            None => site.remove(path),
        };
        site.write_all(&articles(&[("a", "2023-10-16", "topics: [ICC]")]));
    }
    let (added, changed, removed) = site.build_clean().changes();
    assert_eq!((added.len(), changed.len(), removed.len()), (0, 0, 0), "and once it is mended all is as before");
}

#[test]
fn what_a_source_no_longer_makes_is_removed_with_its_folders() {
    let site = two();
    site.build_clean();
    site.remove("content/articles/b.md");
    let (_, _, removed) = site.build_and_compare().changes();
    assert_eq!(removed, ["/2023/10/17/b/"]);
    assert!(!site.public().join("2023/10/17").exists(), "empty folders go too");
    site.remove("content/articles/a.md");
    site.build_and_compare();
    assert!(
        !site.public().join("2023").exists()
            && !site.public().join("archive/2023").exists()
            && !site.public().join("topics/icc").exists()
    );
}

#[test]
fn files_of_others_stay_and_are_named() {
    let site = two();
    site.build_clean();
    for file in ["CNAME", "2023/notes.txt", "own/deep/file.bin"] {
        let path = site.public().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "mine").expect("a file");
    }
    site.remove("content/articles/b.md");
    let output = site.build();
    let summary = output.built.summary.as_ref().expect("published");
    assert_eq!(summary.foreign, ["2023/notes.txt", "CNAME", "own/deep/file.bin"]);
    for file in &summary.foreign {
        assert_eq!(output.file(file), "mine");
    }
}

#[test]
fn a_file_of_others_in_the_way_of_a_page_is_refused() {
    let site = two();
    site.build_clean();
    let before = site.tree();
    fs::create_dir_all(site.public().join("2023/10/18/c")).expect("a folder");
    fs::write(site.public().join("2023/10/18/c/index.html"), "mine").expect("a file");
    site.write_all(&articles(&[("c", "2023-10-18", "")]));
    let built = site.try_build();
    assert_eq!(
        built.report.diagnostics().iter().map(short).collect::<Vec<_>>(),
        ["output-refused"],
        "{}",
        describe(&built.report)
    );
    fs::remove_dir_all(site.public().join("2023/10/18")).expect("it is there");
    assert_same(&site.tree(), &before);
}

#[test]
fn folders_that_are_not_for_output_are_refused_with_a_way_out() {
    let site = two();
    fs::create_dir_all(site.root().join("full")).expect("a folder");
    fs::write(site.root().join("full/file"), "mine").expect("a file");
    fs::write(site.root().join("file"), "mine").expect("a file");
    let home = site.root().parent().expect("a parent").join("home");
    fs::create_dir_all(&home).expect("a folder");
    let before = tree(site.root().parent().expect("a parent"));
    for (output, why) in [
        (site.root(), "holds"),
        (site.root().join("content"), "is a folder of sources"),
        (site.root().join("content/articles/out"), "lies inside"),
        (site.root().join("templates"), "is a folder of sources"),
        (site.root().join("static/out"), "lies inside"),
        (site.root().join("full"), "is not empty, and Dateline did not make it"),
        (site.root().join("file"), "is not a folder"),
        (site.root().join("public/../content"), "is a folder of sources"),
        (site.root().parent().expect("a parent").to_owned(), "holds"),
        ("/".into(), "is the root of the disk"),
        (home.clone(), "is a folder of yours"),
    ] {
        let mut how = site.how(output.clone());
        how.protected = vec![home.clone()];
        let report = pipeline::build(&site.request(), &how).report;
        let problems: Vec<String> = report.diagnostics().iter().map(short).collect();
        assert_eq!(problems, ["output-refused"], "{}: {}", output.display(), describe(&report));
        assert!(report.diagnostics()[0].message.contains(why), "{}: {}", output.display(), describe(&report));
        assert!(report.diagnostics()[0].help.is_some());
    }
    assert_same(&tree(site.root().parent().expect("a parent")), &before);
    let inside = site.how(site.root().join("public"));
    assert!(pipeline::build(&site.request(), &inside).summary.is_some(), "beside the sources is the usual place");
}

#[test]
fn an_output_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let site = two();
    fs::write(site.root().parent().expect("a parent").join("file"), "mine").expect("a file");
    let how = site.how(site.root().parent().expect("a parent").join("file/public"));
    let report = pipeline::build(&site.request(), &how).report;
    assert_eq!(report.diagnostics().len(), 1, "{}", describe(&report));
    assert!(describe(&report).contains("file/public") || describe(&report).contains("file`"), "{}", describe(&report));
    assert!(report.has_errors());
}

#[test]
fn warnings_stop_a_build_that_denies_them() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "[x](/nowhere/)"));
    let mut how = site.how(site.public());
    how.deny.warnings = true;
    assert!(pipeline::build(&site.request(), &how).summary.is_none());
    assert!(!site.public().exists());
    site.write_all(&article("a", "date: 2023-10-17", "[x](/topics/)"));
    assert!(pipeline::build(&site.request(), &how).summary.is_some());
}

#[test]
fn a_page_that_someone_changed_or_removed_is_put_right() {
    let site = two();
    site.build_clean();
    let before = site.tree();
    fs::write(site.public().join("index.html"), "changed").expect("a file");
    fs::remove_file(site.public().join("404.html")).expect("it is there");
    let (_, changed, _) = site.build_clean().changes();
    assert_eq!(changed, ["/", "/404.html"]);
    assert_same(&site.tree(), &before);
}

#[test]
fn a_lost_or_damaged_ledger_costs_no_page() {
    for damage in [None, Some("rubbish"), Some("dateline ledger 999\n")] {
        let site = two();
        site.build_clean();
        let before = site.tree();
        let ledger = site.public().join(".dateline/ledger");
        match damage {
            Some(text) => fs::write(&ledger, text).expect("a file"),
            None => fs::remove_file(&ledger).expect("it is there"),
        }
        site.build_clean();
        assert_same(&site.tree(), &before);
        site.remove("content/articles/b.md");
        site.build();
        assert!(!site.public().join("2023/10/17/b/index.html").exists(), "the new ledger knows what is Dateline's");
    }
}

/// Publishes these routes, each with its own text.
fn put(output: &Path, routes: &[Route]) -> publish::Summary {
    let publication = Publication::open(output, &[], publish::PublishOptions::default()).expect("opened");
    for route in routes {
        let key = Digest::of(route.as_str().as_bytes());
        if publication.stale(route, key, |_| true).is_some() {
            let content = Content::Bytes(route.as_str().as_bytes());
            publication.put(route, Rank::Machine, key, "email", Vec::new(), content).expect("put");
        }
    }
    publication.commit().expect("published")
}

#[test]
fn private_outputs_are_published_where_nothing_is_deployed_or_foreign() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    let (first, second) = (Route::private("/briefings/1/email.html"), Route::private("/briefings/2/email.html"));
    let summary = put(&output, &[Route::own("/"), first.clone(), second.clone()]);
    assert_eq!(summary.added.len(), 3);
    let file = output.join(".dateline/private/briefings/1/email.html");
    assert_eq!(fs::read_to_string(&file).expect("there"), first.as_str());
    fs::write(output.join(".dateline/private/briefings/note"), "mine").expect("a file");
    fs::write(output.join("CNAME"), "mine").expect("a file");

    let summary = put(&output, &[Route::own("/"), first.clone(), second.clone()]);
    assert_eq!((summary.unchanged, &summary.foreign[..]), (3, &["CNAME".to_owned()][..]), "{summary:?}");
    fs::write(&file, "by hand").expect("a file");
    assert_eq!(put(&output, &[Route::own("/"), first.clone(), second.clone()]).changed, vec![first.clone()]);

    fs::remove_file(output.join(".dateline/private/briefings/note")).expect("it is there");
    let summary = put(&output, &[Route::own("/"), second.clone()]);
    assert_eq!((summary.removed, summary.foreign), (vec![first.clone()], vec!["CNAME".to_owned()]));
    assert!(!file.parent().expect("a folder").exists(), "its folder is empty and goes too");
    let wrong = publish::compare(&output, &first, &Content::Bytes(b"")).expect_err("it is gone");
    assert!(wrong.message.contains(first.as_str()), "{}", wrong.message);

    let cleaned = publish::clean(&output, "clean").expect("cleaned");
    assert_eq!((cleaned.removed, &cleaned.foreign[..]), (2, &["CNAME".to_owned()][..]));
    let left: Vec<_> = fs::read_dir(&output).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["CNAME"], "our own folder has gone");
}

#[test]
fn no_address_of_the_site_is_answered_by_a_private_output() {
    let route = Route::private("/briefings/1/email.html");
    let plan = Plan {
        unfiled: Vec::new(),
        outputs: vec![Output {
            route: route.clone(),
            kind: OutputKind::Text(TextKind::Machine(dateline::plan::TextFile::Robots)),
            doc: None,
        }],
        gone: Vec::new(),
    };
    assert!(plan.find(route.as_str()).is_none() && plan.find("/briefings/1/email.html").is_none());
    for known in [route.as_str(), "/briefings/1/email.html"] {
        assert_eq!(plan.find_private(known).map(|output| &output.route), Some(&route), "`why` finds it under {known}");
    }
}

#[test]
fn a_record_of_another_build_stops_nothing_and_a_folder_in_its_place_is_named() {
    let one = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    let two = SiteTest::new(article("talks", "date: 2023-10-16", "Other."));
    one.build_clean();
    two.build_clean();
    let ledger = |site: &SiteTest| site.public().join(".dateline/ledger");
    // A cache has put the record of one build beside the outputs of another, older one.
    fs::copy(ledger(&one), ledger(&two)).expect("copied");
    for file in two.tree().keys() {
        fs::write(two.public().join(file), "of another build").expect("written");
    }
    assert!(two.build().file("/2023/10/16/talks/").contains("Other."));
    // A folder stands in the place of the record.
    fs::remove_file(ledger(&two)).expect("removed");
    fs::create_dir(ledger(&two)).expect("made");
    two.build();
    fs::remove_file(ledger(&two)).expect("removed");
    fs::create_dir_all(ledger(&two).join("x")).expect("made");
    let report = two.try_build().report;
    assert_eq!(report.diagnostics().iter().map(short).collect::<Vec<_>>(), ["output-refused"]);
    assert!(report.diagnostics()[0].message.contains(".dateline/ledger"), "{}", report.diagnostics()[0].message);
}

#[cfg(unix)]
#[test]
fn pipes_are_named_and_never_waited_for() {
    let pipe = |file: &Path| {
        let made = std::process::Command::new("mkfifo").arg(file).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo {}", file.display());
    };
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    site.write("static/x.txt", "x");
    for path in ["content/articles/p.md", "static/p"] {
        pipe(&site.root().join(path));
    }
    assert_eq!(site.build_and_compare().problems(), ["unused-file content/articles/p.md", "unused-file static/p"]);
    fs::remove_file(site.public().join(".dateline/ledger")).expect("removed");
    pipe(&site.public().join(".dateline/ledger"));
    site.build();
    pipe(&site.root().join("urls.lock"));
    assert!(site.problems().contains(&"unreadable urls.lock".to_owned()));
    site.remove("urls.lock").remove("dateline.yaml");
    pipe(&site.root().join("dateline.yaml"));
    assert_eq!(site.problems(), ["config-missing dateline.yaml"]);
}

#[test]
fn a_setting_says_the_same_after_each_build() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    let config = "title: The Test\nbase_url: https://test.example\n";
    site.build_clean();
    site.write("dateline.yaml", format!("{config}search: true\n"));
    let told = site.build_and_compare().problems();
    assert!(told.len() == 1 && told[0].starts_with("not-yet dateline.yaml:3"), "{told:?}");
    site.write("dateline.yaml", config);
    assert_eq!(site.build_and_compare().problems(), [""; 0]);
}

#[test]
fn messages_name_the_configuration_that_was_read() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    let config = "title: The Test\nbase_url: https://test.example\ngone: [/2023/10/17/visit/]\n";
    site.write("site.yaml", config);
    let request = pipeline::Request { config: site.root().join("site.yaml"), ..site.request() };
    let told = || pipeline::check(&request).1.diagnostics().iter().map(short).collect::<Vec<_>>();
    assert_eq!(told(), ["not-gone site.yaml:3:8"]);
    site.write("site.yaml", format!("{config}navgation: []\n"));
    let (_, report) = pipeline::check(&request);
    let problem = report.diagnostics().last().expect("there is one");
    assert_eq!(short(problem), "unknown-key site.yaml:4:1");
    assert_eq!(problem.kind, dateline::base::codes::ExitKind::Usage);
}
