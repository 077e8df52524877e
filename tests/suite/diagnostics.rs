//! Every problem that a site can have: its code, at its file, line and column, all in one run.

use std::fmt::Write as _;

use dateline::base::report::Diagnostic;

use crate::site_test::{SiteTest, article, describe};

/// The problems of a site with one article with this front matter.
fn of_head(head: &str) -> Vec<String> {
    let problems = SiteTest::new(format!("-- content/articles/a.md --\n---\n{head}\n---\nText.\n")).problems();
    problems.into_iter().map(|problem| problem.replace(" content/articles/a.md", "")).collect()
}

/// All helps of a site with one article with this front matter.
fn help(head: &str) -> Vec<String> {
    let report = SiteTest::new(format!("-- content/articles/a.md --\n---\n{head}\n---\nText.\n")).try_build().report;
    report.diagnostics().iter().filter_map(|problem| problem.help.clone()).collect()
}

#[test]
fn entries_after_an_empty_one_are_named_where_they_stand() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntopics: closed\n\
         -- content/topics/icc.md --\n---\ntitle: ICC\n---\n\
         -- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\ntopics:\n  - ''\n  - ~\n  - ICC\n  - Nope\naliases: ['', /ok/, '/a?b']\n\
         updates:\n  - {at: 2099-01-01, text: Ahead.}\n  - {at: 2023-10-18, text: Past.}\n---\nText.\n",
    );
    let said = describe(&site.try_build().report);
    for place in ["5:5", "6:5", "9:11", "9:21"] {
        assert!(said.contains(&format!("bad-value content/articles/a.md:{place}")), "{place}: {said}");
    }
    site.write_all(
        "-- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\ntopics:\n  - ''\n  - ~\n  - ICC\n  - Nope\n\
         updates:\n  - {at: 2099-01-01, text: Ahead.}\n  - {at: 2023-10-18, text: Past.}\n---\nText.\n",
    );
    let said = describe(&site.try_build().report);
    assert!(said.contains("unknown-topic content/articles/a.md:8:5"), "{said}");
    assert!(said.contains("bad-value content/articles/a.md:10:10"), "{said}");
}

const ALL: &str = r"
-- content/articles/alias-1.md --
---
title: One
date: 2023-10-10
aliases: [/old/, /topics/]
---
Text.
-- content/articles/alias-2.md --
---
title: Two
date: 2023-10-11
aliases:
  - /old
---
Text.
-- content/articles/bad-value.md --
---
title: Bad
date: 2023-10-17
kind: analisys
draft: yes
priority: high
---
Text.
-- content/articles/broken.md --
---
title: Broken
date: 2023-02-30
tpoics: [ICC]
title: Again
---
[x](nowhere.md)
-- content/articles/conflict.md --
---
title: C
date: 2023-10-17
embargo: 2023-10-20
expires: 2023-10-19
---
Text.
-- content/articles/empty.md --
---
---
Text.
-- content/articles/missing.md --
Text without front matter.
-- content/articles/open.md --
---
title: Open

Text.
-- content/articles/same-1.md --
---
title: S
date: 2023-10-12
slug: same
---
Text.
-- content/articles/same-2.md --
---
title: S
date: 2023-10-12
slug: same
---
Text.
-- content/articles/syntax.md --
---
title: A: B
date: 2023-10-17
---
Text.
-- content/articles/translation.md --
---
title: T
date: 2023-10-17
translation_of: nowhere
---
Text.
-- content/artciles/stray.md --
---
title: Stray
date: 2023-10-17
---
Text.
-- content/briefings/notes.txt --
Nobody reads this.
";

#[test]
fn all_problems_come_in_one_run_each_at_its_place() {
    let site = SiteTest::new(ALL);
    site.write("content/articles/latin.md", b"---\ntitle: Caf\xe9\ndate: 2023-10-17\n---\n");
    assert_eq!(
        site.problems(),
        [
            "unused-file content/artciles/stray.md",
            "alias-conflict content/articles/alias-1.md:4:11",
            "alias-conflict content/articles/alias-1.md:4:18",
            "bad-value content/articles/bad-value.md:4:7",
            "wrong-type content/articles/bad-value.md:5:8",
            "wrong-type content/articles/bad-value.md:6:11",
            "bad-date content/articles/broken.md:3:7",
            "unknown-key content/articles/broken.md:4:1",
            "duplicate-key content/articles/broken.md:5:1",
            "broken-link content/articles/broken.md:7:1",
            "conflict content/articles/conflict.md:5:10",
            "missing-key content/articles/empty.md:1:1",
            "missing-key content/articles/empty.md:1:1",
            "not-utf8 content/articles/latin.md:2:11",
            "front-matter-missing content/articles/missing.md:1:1",
            "front-matter-open content/articles/open.md:1:1",
            "route-conflict content/articles/same-2.md:4:7",
            "yaml-syntax content/articles/syntax.md:2:8",
            "translation content/articles/translation.md:4:17",
            "unused-file content/briefings/notes.txt",
        ],
        "{}",
        describe(&site.try_build().report)
    );
    assert!(!site.public().exists(), "nothing is written as long as there is an error");
}

#[test]
fn an_unknown_key_comes_with_the_one_that_was_meant() {
    for (written, meant) in [
        ("sumary", "summary"),
        ("tpoics", "topics"),
        ("tags", "topics"),
        ("byline", "authors"),
        ("lastmod", "updated"),
        ("Title", "title"),
        ("embargoed", "embargo"),
        ("redirect_from", "aliases"),
    ] {
        let head = format!("title: A\ndate: 2023-10-17\n{written}: x");
        assert_eq!(of_head(&head), ["unknown-key:4:1"], "{written}");
        assert!(help(&head)[0].contains(&format!("`{meant}`")), "{written}: {:?}", help(&head));
    }
    let report = SiteTest::new("-- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\nsumary: x\n---\n")
        .try_build()
        .report;
    let problem = &report.diagnostics()[0];
    let place = problem.place.as_ref().expect("a place");
    assert_eq!((place.column, place.end_column, place.text.as_str()), (1, 7, "sumary: x"));
    assert_eq!(problem.replacement.as_deref(), Some("summary"));
    assert_eq!(of_head("title: A\ndate: 2023-10-17\nextra: {anything: {at: [all]}}"), Vec::<String>::new());
}

#[test]
fn a_key_that_stands_twice_names_both_lines_at_every_depth() {
    assert_eq!(of_head("title: A\ndate: 2023-10-17\ntopics: [a]\nsummary: x\ntopics: [b]"), ["duplicate-key:6:1"]);
    assert_eq!(of_head("title: A\ndate: 2023-10-17\nfacts: [{label: a, value: b, label: c}]"), ["duplicate-key:4:30"]);
    assert_eq!(of_head("title: A\ndate: 2023-10-17\nextra:\n  a: 1\n  b: 2\n  a: 3"), ["duplicate-key:7:3"]);
    let report = SiteTest::new("-- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\ntitle: B\n---\n")
        .try_build()
        .report;
    assert!(describe(&report).contains("line 2"), "{}", describe(&report));
}

#[test]
fn title_and_date_are_required_and_the_day_may_stand_in_the_name() {
    assert_eq!(of_head("summary: x"), ["missing-key:1:1", "missing-key:1:1"]);
    assert_eq!(of_head("title: \"\"\ndate: 2023-10-17"), ["missing-key:2:8"]);
    for empty in ["date:", "date: ", "date: \"\"", "date: ~"] {
        assert_eq!(of_head(&format!("title: A\n{empty}")), ["missing-key:3:1"], "{empty}");
    }
    let named = SiteTest::new("-- content/articles/2023-10-16-visit.md --\n---\ntitle: A\n---\nText.\n");
    assert!(named.build_clean().exists("/2023/10/16/visit/"));
    for (folder, key) in [("topics", "title"), ("people", "name"), ("pages", "title"), ("briefings", "date")] {
        let site = SiteTest::new(format!("-- content/{folder}/a.md --\n---\nextra: {{}}\n---\n"));
        assert_eq!(site.problems(), [format!("missing-key content/{folder}/a.md:1:1")]);
        assert!(describe(&site.try_build().report).contains(&format!("`{key}`")), "{folder}");
    }
    for (config, missing) in [("title: T\n", "base_url"), ("base_url: https://x.example\n", "title")] {
        let site = SiteTest::new(format!("-- dateline.yaml --\n{config}"));
        assert_eq!(site.problems(), ["missing-key dateline.yaml:1:1"]);
        assert!(describe(&site.try_build().report).contains(&format!("`{missing}`")));
    }
}

#[test]
fn every_documented_form_of_a_date_is_read_and_no_other() {
    for date in [
        "2023-10-17",
        "2023-10-17 09:30",
        "2023-10-17 09:30:15",
        "2023-10-17 09:30 +0800",
        "2023-10-17 09:30 +08:00",
        "2023-10-17T09:30:00+08:00",
        "2023-10-17T01:30:00Z",
        "\"2023-10-17\"",
        "2023-10-17T09:30+08:00",
    ] {
        assert_eq!(of_head(&format!("title: A\ndate: {date}")), Vec::<String>::new(), "{date}");
    }
    for date in [
        "2023-02-30",
        "2023-13-01",
        "17.10.2023",
        "2023-10-17 25:00",
        "October 17, 2023",
        "yesterday",
        "20231017",
        "2023-10-17 09:30 CST",
    ] {
        assert_eq!(of_head(&format!("title: A\ndate: {date}")), ["bad-date:3:7"], "{date}");
    }
    assert_eq!(
        of_head(
            "title: A\ndate: 2023-10-17\nembargo: soon\nexpires: never\nupdates:\n- {at: x, kind: update}\n- {at: 2023-10-16}"
        ),
        ["bad-date:4:10", "bad-date:5:10", "bad-date:7:8", "bad-value:8:8"],
        "an entry before the story is no entry"
    );
    let head = "title: A\ndate: 2023-10-17\nupdates:\n- {at: 2023-10-18, kind: update}\n- {at: 2023-10-19}";
    assert_eq!(of_head(head), ["bad-value:6:8"], "nor is one in the future");
    let waits = head.replace("date: 2023-10-17", "date: 2023-10-17\nembargo: 2023-10-20");
    assert_eq!(of_head(&waits), Vec::<String>::new(), "a story that waits may have it");
}

#[test]
fn windows_files_are_read_and_problems_in_them_have_the_right_place() {
    let site = SiteTest::new("");
    site.write(
        "content/articles/a.md",
        "\u{feff}---\r\ntitle: Visit\r\ndate: 2023-10-17\r\n---\r\nOne.\r\n\r\nTwo.\r\n",
    );
    let output = site.build_clean();
    let main = output.main("/2023/10/17/a/");
    assert!(main.contains("<p>One.</p>\n<p>Two.</p>") && main.contains(">Visit</h1>"), "{main}");
    site.write(
        "content/articles/a.md",
        "\u{feff}---\r\ntitle: Visit\r\ndate: 2023-10-17\r\nsumary: x\r\n---\r\nOne.\r\n\r\nTwo [x](no.md).\r\n",
    );
    assert_eq!(site.problems(), ["unknown-key content/articles/a.md:4:1", "broken-link content/articles/a.md:8:5"]);
    let report = site.try_build().report;
    let lines: Vec<&str> = report.diagnostics().iter().filter_map(|d| Some(d.place.as_ref()?.text.as_str())).collect();
    assert_eq!(lines, ["sumary: x", "Two [x](no.md)."], "the source line has no line ending");
    site.write("dateline.yaml", "\u{feff}title: T\r\nbase_url: https://x.example\r\n");
    site.write("content/articles/a.md", "\u{feff}---\r\ntitle: Visit\r\ndate: 2023-10-17\r\n---\r\n");
    site.build_clean();
}

#[test]
fn front_matter_of_unreasonable_size_depth_or_expansion_is_refused_in_reasonable_time() {
    let long = format!("title: A\ndate: 2023-10-17\nsummary: {}", "x".repeat(1024 * 1024));
    assert_eq!(of_head(&long), ["yaml-limit:1:1"]);
    let fits = format!("title: A\ndate: 2023-10-17\nextra: {{a: {}}}", "x".repeat(900 * 1024));
    assert_eq!(of_head(&fits), Vec::<String>::new());
    let deep = format!("title: A\ndate: 2023-10-17\nextra: {}{}", "[".repeat(5000), "]".repeat(5000));
    let found = of_head(&deep);
    assert!(found.len() == 1 && found[0].starts_with("yaml-limit:4:"), "{found:?}");
    let mut bomb = String::from("title: A\ndate: 2023-10-17\nextra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "  a{level}: &a{level} [{inner}]").expect("writing to a string does not fail");
    }
    let found = of_head(bomb.trim_end());
    assert!(found.len() == 1 && found[0].starts_with("yaml-limit:"), "{found:?}");
}

#[test]
fn a_body_of_ten_megabytes_is_built() {
    let paragraph = "The forum opens with *two* [links](https://x.example) and \"quotes\", as it has each year; `{{ code }}` stays.\n\n";
    let site =
        SiteTest::new(article("long", "date: 2023-10-17", &paragraph.repeat(10 * 1024 * 1024 / paragraph.len())));
    let output = site.build_clean();
    assert!(output.file("/2023/10/17/long/").len() > 10 * 1024 * 1024);
}

#[test]
fn no_text_takes_more_than_its_share_of_time() {
    let site = SiteTest::new("");
    for nasty in ["[", "*", "> ", "`", "<", "![", "[^1]", "&", "- ", "[[", "<b>", "|"] {
        site.write_all(&article("long", "date: 2023-10-17", &nasty.repeat(20_000 / nasty.len())));
        // Some of it is nested without end, which is an error.
        site.try_build();
    }
}

#[cfg(unix)]
#[test]
fn links_that_loop_or_lead_nowhere_and_what_cannot_be_read_are_reported() {
    use std::os::unix::fs::symlink;
    let site = SiteTest::new(article("fine", "date: 2023-10-17", "Text."));
    let articles = site.root().join("content/articles");
    symlink(&articles, articles.join("loop")).expect("a link");
    symlink("nowhere.md", articles.join("dangling.md")).expect("a link");
    symlink("fine.md", articles.join("followed.md")).expect("a link");
    std::fs::create_dir(articles.join("folder.md")).expect("a folder");
    assert_eq!(
        site.problems(),
        ["unreadable content/articles/dangling.md", "link-loop content/articles/loop"],
        "{}",
        describe(&site.try_build().report)
    );
    std::fs::remove_file(articles.join("loop")).expect("it is there");
    std::fs::remove_file(articles.join("dangling.md")).expect("it is there");
    let output = site.build_clean();
    assert!(output.exists("/2023/10/17/followed/") && output.exists("/2023/10/17/fine/"));
}

#[test]
fn a_missing_configuration_is_a_problem_of_its_own() {
    let site = SiteTest::new("");
    site.remove("dateline.yaml");
    assert_eq!(site.problems().len(), 1);
    assert!(site.problems()[0].starts_with("config-missing"), "{:?}", site.problems());
}

#[test]
fn the_configuration_is_checked_key_by_key() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: test.example\ntimezone: Asia/Shanghia\nlanguage: x\npermalink: /{year}/\ntopics: shut\n\
         briefings: hourly\nhtml: no\npage_size: 0\nnavgation: []\npublisher: {logo: x}\ngone: [a]\n",
    );
    assert_eq!(
        site.problems(),
        [
            "bad-value dateline.yaml:2:11",
            "bad-value dateline.yaml:3:11",
            "bad-value dateline.yaml:4:11",
            "bad-value dateline.yaml:5:12",
            "bad-value dateline.yaml:6:9",
            "bad-value dateline.yaml:7:12",
            "bad-value dateline.yaml:8:7",
            "bad-value dateline.yaml:9:12",
            "unknown-key dateline.yaml:10:1",
            "missing-key dateline.yaml:11:1",
            "bad-value dateline.yaml:12:8",
        ],
        "{}",
        describe(&site.try_build().report)
    );
}

#[test]
fn settings_of_later_versions_are_noted() {
    let site = SiteTest::new("-- dateline.yaml --\ntitle: T\nbase_url: https://x.example\nsearch: true\n");
    assert_eq!(site.build().problems(), ["not-yet dateline.yaml:3:1"]);
    assert!(site.public().exists(), "a note stops nothing");
}

#[test]
fn templates_that_cannot_be_parsed_are_all_reported_with_their_lines() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17", "[x](no.md)")
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}\n{% if article.title %}\n{% endblock story_end %}\n\
               -- templates/topic.html --\n<p>{{ topic.title</p>\n-- templates/extra/more.html --\n{{ stories() | nosuchfilter }}\n",
    );
    let problems = site.problems();
    assert_eq!(
        problems,
        [
            "broken-link content/articles/visit.md:4:1".replace(":4:", ":5:"),
            "template-syntax templates/article.html:4:4".to_owned(),
            "template-syntax templates/extra/more.html:1:16".to_owned(),
            "template-syntax templates/topic.html:1:18".to_owned(),
        ],
        "{}",
        describe(&site.try_build().report)
    );
}

#[test]
fn a_template_that_fails_on_many_pages_is_one_problem_with_its_line_and_the_nearest_name() {
    let site = SiteTest::new(
        article("a", "date: 2023-10-17", "Text.")
            + &article("b", "date: 2023-10-16", "Text.")
            + &article("c", "date: 2023-10-15", "Text.")
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}\n  {{ article.sumary }}\n{% endblock story_end %}\n",
    );
    let report = site.try_build().report;
    assert_eq!(site.problems(), ["template-render templates/article.html:3:14"], "{}", describe(&report));
    let help = report.diagnostics()[0].help.clone().expect("a way out");
    assert!(help.starts_with("did you mean `summary`?"), "{help}");
    assert!(help.ends_with("it happens on `/2023/10/15/c/` and 2 other pages"), "{help}");
    for (template, line, column) in [
        ("{{ nosuch }}", 1, 4),
        ("x\n{{ asset(path=\"nope.css\") }}", 2, 4),
        ("\n\n{{ stories(topic=\"never heard of\") | length }}", 3, 4),
        ("{{ 1 / 0 }}", 1, 8),
    ] {
        let site = SiteTest::new(format!("-- templates/404.html --\n{template}\n"));
        assert_eq!(
            site.problems(),
            [format!("template-render templates/404.html:{line}:{column}")],
            "{template}: {}",
            describe(&site.try_build().report)
        );
    }
}

#[test]
fn a_folder_takes_the_place_of_no_file_and_two_sources_of_no_route() {
    let site = SiteTest::new(
        article("same", "date: 2023-10-17", "Text.")
            + "-- dateline.yaml --\ntitle: T\nbase_url: https://x.example\npermalink: /{slug}/\n\
               -- content/pages/same.md --\n---\ntitle: P\n---\n-- content/pages/topics.md --\n---\ntitle: P\n---\n\
               -- static/archive --\nA file where a folder must be.\n-- static/Feed.xml --\n<x/>\n",
    );
    assert_eq!(
        site.problems(),
        [
            "route-conflict content/pages/same.md",
            "route-conflict content/pages/topics.md",
            "route-conflict static/Feed.xml",
            "route-conflict static/archive",
        ],
        "many disks know no case: {}",
        describe(&site.try_build().report)
    );
}

#[test]
fn whatever_stands_in_a_file_nothing_panics() {
    for text in [
        "",
        "---",
        "---\n",
        "---\n---",
        "---\n---\n",
        "\u{feff}",
        "---\n\0\n---\n",
        "---\n- a\n---\n",
        "---\ntext\n---\n",
        "---\n? x\n---\n",
        "---\n&a *a\n---\n",
        "---\n!!binary x\n---\n",
        "---\ntitle: !x y\ndate: 2023-10-17\n---\n",
        "---\n{}\n---\n",
        "---\n\t\n---\n",
        "---\ntitle: |\n---\n",
        "---\n%YAML 9.9\n---\n",
        "---\ntitle: a\ndate: 9999-12-31\n---\n",
        "---\ntitle: a\ndate: -9999-01-01\n---\n",
        "---\ntitle: a\ndate: 0000-00-00\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\nslug: ../../x\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\nslug: \"\"\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\naliases: [\"\", \"x\", \"/../x\", \"/\"]\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\ntopics: [\"\", \" \", \".\", null, {}, [a]]\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\npriority: 99999999999999999999\n---\n",
        "---\ntitle: a\ndate: 2023-10-17\nlang: \"\\u0000\"\n---\n",
    ] {
        for folder in ["articles", "briefings", "topics", "people", "pages"] {
            let site = SiteTest::new("");
            site.write(&format!("content/{folder}/a.md"), text);
            site.try_build();
        }
        let site = SiteTest::new("");
        site.write("dateline.yaml", text);
        site.try_build();
    }
}

#[test]
fn of_a_very_long_line_a_problem_keeps_the_part_around_its_place() {
    let body: String = (0..2000).map(|number| format!("[t][l{number}] ")).collect();
    let site = SiteTest::new(article("a", "date: 2023-10-17", &body));
    let report = site.try_build().report;
    let kept: usize =
        report.diagnostics().iter().filter_map(|problem| problem.place.as_ref()).map(|p| p.text.len()).sum();
    // 501 problems, each with no more of the line than a terminal shows; the others are counted.
    assert_eq!(report.diagnostics().len(), 501);
    assert!(kept <= 501 * 400, "{kept}");
    assert_eq!(report.count(dateline::base::report::Severity::Warning), 2000);
    let last = report.diagnostics().last().expect("there are some");
    assert_eq!(last.message, "1500 more problems of `undefined-reference` in this file");
    let place = report.diagnostics()[400].place.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (5, body.find("[t][l400]").expect("it is there") as u32 + 1));
    let marked: String = place.text.chars().skip(place.marked().start).take(place.marked().len()).collect();
    assert_eq!(marked, "[t][l400]");
    let shown =
        dateline::base::report::print::text(&report.diagnostics()[400], dateline::base::report::print::Format::PLAIN);
    assert!(shown.contains(&format!("content/articles/a.md:5:{}", place.column)), "{shown}");
}

#[test]
fn an_entry_that_is_refused_moves_no_other() {
    let config = "title: T\nbase_url: https://test.example\ntopics: closed\n\
                  gone: [nope, \"\", /a/b/, /2023/10/16/live/]\n\
                  elsewhere: [nope, \"\", /2023/10/16/live/]\n\
                  robots: {block: [\"\", GPTBot, \"a b\"]}\n\
                  publisher: {name: P, profiles: [\"\", nope]}\n";
    let site = SiteTest::new("");
    site.write("dateline.yaml", config);
    site.write_all(
        "-- content/articles/live.md --\n---\ntitle: L\ndate: 2023-10-16\naliases: [/taken/]\n---\nText.\n\
         -- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-16\n\
         aliases: [/a?b, \"\", [x], /taken/]\n\
         topics: [\"\", One, [x], Two]\n\
         sources: [\"\", {name: \"\", url: /b/}, {name: x, url: [y]}, {name: y, url: /nowhere/}]\n\
         updates: [{at: \"\"}, {at: nope}, {at: 2023-10-17, kind: x}, {at: 2023-10-19}]\n---\nText.\n\
         -- content/briefings/2023-10-17.md --\n---\nstories: [\"\", [x], nobody]\n---\nText.\n\
         -- content/topics/t.md --\n---\ntitle: T\naliases: [\"\", T2]\nparents: [\"\", [x], Nope]\nsee_also: [[x], Nope]\n---\n\
         -- content/topics/u.md --\n---\ntitle: U\naliases: [\"\", [x], T2]\n---\n\
         -- content/people/p.md --\n---\nname: P\nlinks: [{name: \"\", url: /b/}, [x], {name: b, url: /nowhere/}]\n---\n\
         -- content/people/q.md --\n---\nname: Q\naliases: [\"\", [x], P]\n---\n",
    );
    let report = site.try_build().report;
    let at = |code: &str, wanted: &str| -> Vec<String> {
        let found = report.diagnostics().iter().filter(|problem| problem.code.0 == code);
        let place = |problem: &Diagnostic| {
            let place = problem.place.as_ref().expect("a place");
            let chars: Vec<char> = place.text.chars().collect();
            chars[place.column as usize - 1..(place.end_column as usize - 1).min(chars.len())]
                .iter()
                .collect::<String>()
        };
        found.filter(|problem| problem.message.contains(wanted)).map(place).collect()
    };
    for (code, message, places) in [
        ("alias-conflict", "taken", &["/taken/"][..]),
        ("unknown-topic", "", &["One", "Two", "Nope", "Nope"]),
        ("dead-path", "", &["/nowhere/", "/nowhere/"]),
        ("bad-value", "in the future", &["2023-10-19"]),
        ("unknown-story", "nobody", &["nobody"]),
        ("topic-conflict", "T2", &["T2"]),
        ("conflict", "already the name", &["P"]),
        ("not-gone", "", &["/2023/10/16/live/"]),
        ("route-conflict", "elsewhere", &["/2023/10/16/live/"]),
        ("bad-value", "name of a crawler", &["\"a b\""]),
        ("bad-value", "of a profile", &["nope"]),
    ] {
        assert_eq!(at(code, message), places, "{code} {message}: {}", describe(&report));
    }
    // The one that holds the alias is named with its line.
    assert!(describe(&report).contains("belongs to `aliases` in `content/articles/a.md`, line 4 already"));
}

/// The problems of a site with their messages and ways out, as one text.
fn said(site: &SiteTest) -> String {
    describe(&site.try_build().report)
}

#[test]
fn a_character_in_two_halves_comes_whole() {
    let of = |title: &str| {
        let site = SiteTest::new(format!("-- content/articles/a.md --\n---\ntitle: {title}\ndate: 2023-10-17\n---\n"));
        let report = site.try_build().report;
        let problem = report.diagnostics()[0].clone();
        let place = problem.place.expect("a place");
        (problem.message, (place.line, place.column, place.end_column), problem.replacement)
    };
    let message = "`\\ud83d\\ude42` is one character in two halves, which YAML does not know".to_owned();
    assert_eq!(of("\"So \\ud83d\\ude42!\""), (message, (2, 12, 24), Some("🙂".to_owned())));
    for lone in ["\"So \\ud83d!\"", "\"So \\ude42\\ud83d!\"", "\"So \\ud83d\\u0041!\""] {
        let (message, place, replacement) = of(lone);
        assert!(message.ends_with("is not a character") && replacement.is_none(), "{lone}: {message}");
        assert_eq!((place.0, place.1), (2, 12), "{lone}");
    }
}

#[test]
fn an_empty_value_is_none_where_none_is_needed() {
    let empty =
        "title: A\ndate: 2023-10-17\nshort_title: \"\"\nsummary: \"\"\nslug: \"\"\nsection: \"\"\nembargo: \"\"";
    assert_eq!(of_head(empty), Vec::<String>::new());
    let edition = SiteTest::new("-- content/briefings/2023-10-17.md --\n---\ntitle: \"\"\n---\nText.\n");
    edition.build_clean();
}

#[test]
fn a_slug_that_cannot_be_is_one_problem() {
    let slug = |slug: &str| article("a", &format!("date: 2023-10-17\nslug: {slug}"), "Text.");
    let links = "[[Bad Slug]], [[bad-slug]], [[Bad Slug|x]] and [y](/2023/10/17/bad-slug/)";
    let site = SiteTest::new(slug("Bad Slug") + &article("b", "date: 2023-10-16", links));
    assert_eq!(site.problems(), ["bad-value content/articles/a.md:4:7"]);
    site.write_all(&slug("\"Bad Slug\""));
    assert_eq!(site.problems(), ["bad-value content/articles/a.md:4:7"]);
}

#[test]
fn two_editions_of_one_day_are_one_problem_with_a_way_out() {
    let edition = "---\ndate: 2023-10-17\n---\nText.\n";
    let site = SiteTest::new(format!(
        "-- content/briefings/2023-10-17.md --\n{edition}-- content/briefings/evening.md --\n{edition}"
    ));
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nemail: {from: desk@test.example}\n");
    assert_eq!(site.problems(), ["route-conflict content/briefings/evening.md"]);
    assert!(
        said(&site).contains("`/briefings/2023-10-17/`") && said(&site).contains("such as `2023-10-17-evening.md`")
    );
    site.remove("content/briefings/evening.md");
    site.write("content/briefings/2023-10-17-evening.md", edition);
    site.build_clean();
}

#[test]
fn a_folder_that_links_may_lead_into_must_be_there() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "Text."));
    site.write("../brand/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nfollow_links: [\"\", ../brand, ../brnad]\n");
    assert_eq!(site.build_and_compare().problems(), ["bad-value dateline.yaml:3:30"]);
    site.write("../brnad/logo.svg", "");
    assert_eq!(site.build_and_compare().problems(), [""; 0]);
}

#[test]
fn what_was_meant_is_found_by_its_last_part() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17", "Text.")
            + &article(
                "links",
                "date: 2023-10-16",
                "[a](/2023/10/17/visti/), [b](/2022/01/02/visit/), [c](/2023/10/17/storm/), [d](../pages/visti.md), [e](storm.md)",
            ),
    );
    let report = site.try_build().report;
    let helps: Vec<&str> = report.diagnostics().iter().filter_map(|problem| problem.help.as_deref()).collect();
    let meant = |help: &&str| help.strip_prefix("did you mean `").map(|rest| rest.trim_end_matches("`?").to_owned());
    let found: Vec<Option<String>> = helps.iter().map(meant).collect();
    let page = Some("/2023/10/17/visit/".to_owned());
    assert_eq!(found, [page.clone(), page, None, Some("content/articles/visit.md".to_owned()), None], "{helps:?}");
}

#[test]
fn the_navigation_to_what_is_withheld_is_one_problem_however_short_its_address() {
    let page = |name: &str| format!("-- content/pages/{name}.md --\n---\ntitle: Page\ndraft: true\n---\nText.\n");
    let site = SiteTest::new(page("x") + &page("about-the-paper"));
    for url in ["/x/", "/x", "https://test.example/x/", "/x/?a=b", "/x/index.html", "/about-the-paper/"] {
        let config = format!("title: T\nbase_url: https://test.example\nnavigation: [{{title: X, url: \"{url}\"}}]\n");
        site.write("dateline.yaml", config);
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "{url}: {problems:?}");
        assert!(problems[0].starts_with("withheld-leak dateline.yaml:3:"), "{url}: {problems:?}");
    }
}

#[test]
fn pictures_that_the_configuration_names_are_missed_at_their_line() {
    let site = SiteTest::new("");
    site.write(
        "dateline.yaml",
        "title: T\nbase_url: https://test.example\nimage: /none.png\npublisher:\n  name: P\n  logo: /no.svg\n",
    );
    assert_eq!(site.problems(), ["missing-image dateline.yaml:3:8", "missing-image dateline.yaml:6:9"]);
}

#[test]
fn a_configuration_that_went_away_is_missed_by_its_name() {
    let site = SiteTest::new("");
    site.build_clean();
    site.remove("dateline.yaml");
    let report = site.try_build().report;
    let problem = &report.diagnostics()[0];
    assert_eq!(report.diagnostics().len(), 1, "{}", describe(&report));
    assert_eq!((problem.code.0, problem.message.as_str()), ("config-missing", "there is no `dateline.yaml` any more"));
    assert!(problem.help.as_deref().is_some_and(|help| help.starts_with("put it back")));
}

#[test]
fn an_article_without_a_usable_date_or_title_shows_its_other_problems_too() {
    let body = "[A](nope.md) [[zz]] ![P](no.png) [N](/nope) [own](b.md)\n\n<a href=\"there\">x</a>";
    let rest = "translation_of: nope.md\nsources: [{name: S, url: /gone/}]\nimage: {src: lost.png, alt: A}";
    let others = [
        "broken-link 9:1",
        "broken-link 9:14",
        "dead-path 6:26",
        "dead-path 9:34",
        "missing-image 7:8",
        "missing-image 9:21",
        "translation 5:17",
    ];
    let of = |date: &str, title: &str| {
        let site = SiteTest::new(
            format!("-- content/articles/a.md --\n---\n{title}\n{date}\nlang: fr\n{rest}\n---\n{body}\n")
                + &article("b", "date: 2023-10-17", "[A](a.md) [[a]]"),
        );
        let mut told: Vec<String> =
            site.problems().into_iter().map(|problem| problem.replace(" content/articles/a.md:", " ")).collect();
        told.sort();
        told
    };
    let with = |more: &str| {
        let mut all: Vec<String> = others.iter().map(ToString::to_string).chain([more.to_owned()]).collect();
        all.sort();
        all
    };
    assert_eq!(of("date: 2023-02-30", "title: A"), with("bad-date 3:7"));
    assert_eq!(of("date: 2023-02-20", "title: ''"), with("missing-key 2:8"));
    assert_eq!(of("kind: nonsense\ndate: 2023-02-20", "title: A").len(), 9, "with a dead path of the raw HTML");
}
