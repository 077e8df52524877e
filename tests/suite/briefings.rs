//! Editions: items with topics of their own, stories in slot order, numbers, neighbours, and those that are composed.

use crate::site_test::{SiteTest, article, articles, assert_in_order, attributes, between, describe, headlines, short};

const EDITION: &str = r#"
-- content/briefings/2023-10-17.md --
---
title: Putin arrives
date: 2023-10-17 12:30
number: 216
summary: Three things.
editors: [Night desk]
topics: [Russia]
stories: [second, ../articles/first.md]
---
Good afternoon.

## The court {#court topics="ICC, International law"}

Its warrant binds members.

## Two lists {topics=icc,energy-exports}

One list is long.

### A heading within

More.

## No topics of its own

Text.
"#;

#[test]
fn an_edition_has_its_introduction_its_items_and_then_stories_in_slot_order() {
    let site = SiteTest::new(
        articles(&[("first", "2023-10-16", "summary: Of the first."), ("second", "2023-10-15", "")]) + EDITION,
    );
    let output = site.build_clean();
    let main = output.main("/briefings/2023-10-17/");
    assert_in_order(
        &main,
        &[
            "No. 216",
            "<h1 class=\"headline\">Putin arrives</h1>",
            "<p class=\"dek\">Three things.</p>",
            "Tuesday, 17 October 2023, 12:30",
            "<li><a href=\"#court\">The court</a></li>",
            "<li><a href=\"#two-lists\">Two lists</a></li>",
            "<li><a href=\"#no-topics-of-its-own\">No topics of its own</a></li>",
            "<li><a href=\"#story-4\">Title of second</a></li>",
            "<li><a href=\"#story-5\">Title of first</a></li>",
            "<p>Good afternoon.</p>",
            "<section class=\"item\" id=\"court\"",
            "<span class=\"item-number\">1</span>",
            "<li><a href=\"/topics/icc/\">ICC</a></li>",
            "<li><a href=\"/topics/international-law/\">International law</a></li>",
            "Its warrant binds members.",
            "<section class=\"item\" id=\"two-lists\"",
            "<h3 id=\"two-lists-a-heading-within\"",
            "<section class=\"item\" id=\"no-topics-of-its-own\"",
            "<li><a href=\"/topics/russia/\">Russia</a></li>",
            "<section class=\"item\" id=\"story-4\"",
            "Full story: <a href=\"/2023/10/15/second/\">Title of second</a>",
            "<section class=\"item\" id=\"story-5\"",
            "<p>Of the first.</p>",
        ],
    );
    assert_eq!(
        headlines(&output.main("/topics/russia/")),
        ["/briefings/2023-10-17/#no-topics-of-its-own No topics of its own"]
    );
    assert_eq!(headlines(&output.main("/topics/energy-exports/")), ["/briefings/2023-10-17/#two-lists Two lists"]);
    let ids = attributes(&main, "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
}

#[test]
fn editions_lead_to_their_neighbours_and_latest_leads_to_the_newest() {
    let edition = |day: u8| {
        format!("-- content/briefings/2023-10-{day}.md --\n---\ndate: 2023-10-{day}\nnumber: {day}\n---\nText.\n")
    };
    let site = SiteTest::new(edition(14) + &edition(15) + &edition(16));
    let output = site.build_clean();
    let around = |day: u8| {
        let main = output.main(&format!("/briefings/2023-10-{day}/"));
        let nav = between(&main, "<nav class=\"neighbours\"", "</nav>").to_owned();
        attributes(&nav, "rel")
            .into_iter()
            .zip(attributes(&nav, "href"))
            .map(|(rel, href)| format!("{rel} {href}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(around(14), ["next /briefings/2023-10-15/"]);
    assert_eq!(around(15), ["prev /briefings/2023-10-14/", "next /briefings/2023-10-16/"]);
    assert_eq!(around(16), ["prev /briefings/2023-10-15/"]);
    assert!(output.file("/briefings/latest/").contains("url=/briefings/2023-10-16/\""));
    assert_eq!(output.file("/_redirects"), "/briefings/latest/ /briefings/2023-10-16/ 302\n", "for now, not for good");
    assert_in_order(
        &output.main("/briefings/"),
        &["/briefings/2023-10-16/", "/briefings/2023-10-15/", "/briefings/2023-10-14/"],
    );
    site.write_all(&edition(17));
    let (added, changed, removed) = site.build_and_compare().changes();
    assert_eq!(added, ["/briefings/2023-10-17/"]);
    assert_eq!(
        changed,
        [
            "/",
            "/.dateline/private/hosting/Caddyfile",
            "/.dateline/private/hosting/htaccess",
            "/.dateline/private/hosting/lighttpd.conf",
            "/.dateline/private/hosting/nginx.conf",
            "/_redirects",
            "/briefings/",
            "/briefings/2023-10-16/",
            "/briefings/feed.xml",
            "/briefings/latest/",
            "/llms.txt",
            "/sitemap-pages.xml"
        ]
    );
    assert_eq!(removed, Vec::<String>::new());
}

#[test]
fn an_edition_without_a_title_is_called_by_its_day() {
    let site = SiteTest::new("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\nText.\n");
    assert!(site.build_clean().main("/briefings/2023-10-17/").contains("Briefing of 17 October 2023</h1>"));
}

#[test]
fn the_address_is_the_day_whatever_the_files_name_and_a_second_edition_keeps_its_own() {
    let site = SiteTest::new(
        "-- content/briefings/first.md --\n---\ndate: 2023-10-16\n---\nText.\n\
         -- content/briefings/2023-10-17-evening.md --\n---\ndate: 2023-10-17 18:00\n---\nText.\n\
         -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\nText.\n",
    );
    let output = site.build_clean();
    for route in ["/briefings/2023-10-16/", "/briefings/2023-10-17/", "/briefings/2023-10-17-evening/"] {
        assert!(output.exists(route), "{route}");
    }
    assert!(output.file("/briefings/latest/").contains("url=/briefings/2023-10-17-evening/\""));
}

#[test]
fn numbers_that_do_not_rise_and_stories_that_are_not_there_are_reported() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\nnumber: 5\nstories:\n  - nowhere\n  - ../articles/visti.md\n  - visit\n---\nText.\n\
         -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 5\n---\nText.\n"
            .to_owned()
            + &articles(&[("visit", "2023-10-16", "")]),
    );
    assert_eq!(
        site.problems(),
        [
            "unknown-story content/briefings/2023-10-16.md:5:5",
            "unknown-story content/briefings/2023-10-16.md:6:5",
            "edition-number content/briefings/2023-10-17.md:3:9",
        ]
    );
}

#[test]
fn a_story_that_is_listed_twice_is_reported_and_shown_once() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\nstories: [visit, talks, ../articles/visit.md, talks]\n---\nText.\n"
            .to_owned()
            + &articles(&[("visit", "2023-10-16", ""), ("talks", "2023-10-16", "")]),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        ["repeated-story content/briefings/2023-10-16.md:3:25", "repeated-story content/briefings/2023-10-16.md:3:47",]
    );
    let report = describe(&output.built.report);
    assert!(report.contains("`../articles/visit.md` is listed already, as `visit`"), "{report}");
    assert!(report.contains("`talks` is listed twice"), "{report}");
    let page = output.main("/briefings/2023-10-16/");
    for story in ["visit", "talks"] {
        assert_eq!(page.matches(&format!("href=\"/2023/10/16/{story}/\"")).count(), 1, "{page}");
    }
}

#[test]
fn a_withheld_story_of_an_edition_waits_with_a_warning() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\nstories: [visit, later]\n---\nText.\n"
            .to_owned()
            + &articles(&[("visit", "2023-10-16", ""), ("later", "2033-10-16", "")]),
    );
    let output = site.build();
    assert_eq!(output.problems(), ["withheld-link content/briefings/2023-10-16.md:3:18"]);
    assert!(!output.main("/briefings/2023-10-16/").contains("later"));
}

/// Which editions there are, and the stories of each, for articles at the edges of days and of weeks.
fn composed(kind: &str) -> Vec<(String, Vec<String>)> {
    let site = SiteTest::new(
        format!(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Asia/Shanghai\nbriefings: {kind}\n"
        ) + &articles(&[
            ("sunday", "2023-10-15 23:59:59", ""),
            ("monday", "2023-10-16 00:00", ""),
            ("late", "2023-10-16 23:30", ""),
            ("lead", "2023-10-17 09:00", "priority: 1"),
            ("utc", "2023-10-17T15:30:00Z", ""),
            ("taken", "2023-10-18 10:00", ""),
        ]) + "-- content/briefings/2023-10-18.md --\n---\ndate: 2023-10-18\n---\nBy hand.\n",
    );
    let output = site.build_clean();
    let editions = site
        .tree()
        .into_keys()
        .filter_map(|file| Some(file.strip_prefix("briefings/")?.strip_suffix("/index.html")?.to_owned()))
        .filter(|name| name != "latest");
    editions
        .map(|name| {
            let main = output.main(&format!("/briefings/{name}/"));
            let stories = main
                .split("Full story: <a href=\"")
                .skip(1)
                .map(|rest| rest.split('/').nth(4).expect("a slug").to_owned());
            (name, stories.collect())
        })
        .collect()
}

#[test]
fn a_day_without_a_file_is_composed_of_its_stories_in_the_desks_zone() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        composed("daily"),
        [
            ("2023-10-15".to_owned(), texts(&["sunday"])),
            ("2023-10-16".to_owned(), texts(&["late", "monday"])),
            ("2023-10-17".to_owned(), texts(&["lead", "utc"])),
            ("2023-10-18".to_owned(), texts(&[])),
        ]
    );
}

#[test]
fn a_week_without_a_file_is_composed_from_monday_to_sunday() {
    let editions = composed("weekly");
    assert_eq!(
        editions.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["2023-10-18", "2023-w41"],
        "the file takes its week"
    );
    assert_eq!(editions[1].1, ["sunday"]);
}

#[test]
fn a_composed_edition_says_so_and_its_stories_are_listed_once() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nbriefings: daily\n\
         -- templates/briefing.html --\n<main>{{ briefing.composed }} {{ briefing.title }} {{ briefing.items | length }}</main>\n"
            .to_owned()
            + &article("visit", "date: 2023-10-16\ntopics: [ICC]\nsummary: Of it.", "Text."),
    );
    let output = site.build_clean();
    assert_eq!(output.main("/briefings/2023-10-16/"), "<main>true Briefing of 16 October 2023 1");
    assert_eq!(
        headlines(&output.main("/topics/icc/")),
        ["/2023/10/16/visit/ Title of visit"],
        "the article, not the edition"
    );
}

#[test]
fn attributes_of_headings_that_mean_nothing_are_reported() {
    let edition = |heading: &str| {
        let site = SiteTest::new(format!(
            "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n{heading}\n\nText.\n"
        ));
        let report = site.try_build().report;
        let told = report.diagnostics().iter().map(|problem| {
            format!("{} {} {}", problem.severity, short(problem), problem.help.as_deref().unwrap_or_default())
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(edition("## A {#a topics=\"icc, gas\"}"), [""; 0]);
    let told = edition("## A {#a topic=icc}");
    assert_eq!(
        told,
        ["error unknown-key content/briefings/2023-10-17.md:4:10 did you mean `topics=icc,energy-exports`?"]
    );
    assert!(
        edition("## A {tags=\"icc, gas\"}")[0].starts_with("error unknown-key content/briefings/2023-10-17.md:4:7")
    );
    assert!(edition("## A {.lead}")[0].starts_with("warning unknown-key content/briefings/2023-10-17.md:4:7"));
    assert!(
        edition("## A\n\n### B {topics=icc .x}")[0]
            .starts_with("warning unknown-key content/briefings/2023-10-17.md:6:8")
    );
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "## Part {#a .b topics=icc}"));
    assert_eq!(site.problems(), ["unknown-key content/articles/visit.md:5:16"]);
}

/// An edition with further front matter.
fn edition(head: &str) -> String {
    format!("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n{head}---\n\n## One\n\nText.\n")
}

#[test]
fn an_edition_has_a_by_line_and_a_picture_as_articles_do() {
    let head = "authors: [Ada Byron, Night desk]\nimage: {src: port.png, alt: The port, credit: Harbor Wire}\n";
    let site = SiteTest::new(edition(head) + "-- content/people/ada.md --\n---\nname: Ada Byron\n---\nText.\n");
    site.write("content/briefings/port.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\0\x08\x06\0\0\0");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    let main = output.main("/briefings/2023-10-17/");
    assert_in_order(
        &main,
        &[
            "<h1",
            "href=\"/people/ada-byron/\"",
            "Night desk",
            "/briefings/2023-10-17/port.png",
            "Harbor Wire",
            "id=\"one\"",
        ],
    );
    let page = output.file("/briefings/2023-10-17/");
    let linked = between(&page, "<script type=\"application/ld+json\">", "</script>");
    assert!(linked.contains("\"author\":[{\"@type\":\"Person\",\"name\":\"Ada Byron\",\"url\":\"https://test.example/people/ada-byron/\"}"), "{linked}");
    assert!(
        page.contains("<meta property=\"og:image\" content=\"https://test.example/briefings/2023-10-17/port.png\">")
    );
    let feed = output.file("/briefings/feed.xml");
    assert!(
        feed.contains("<name>Ada Byron</name>") && feed.contains("https://test.example/briefings/2023-10-17/port.png"),
        "{feed}"
    );
    site.remove("content/briefings/port.png");
    assert_eq!(site.problems(), ["missing-image content/briefings/2023-10-17.md:4:8"]);
}

#[test]
fn an_edition_can_have_a_name_in_its_address_and_be_left_out_of_search() {
    let site = SiteTest::new(edition("slug: morning\nnoindex: true\naliases: [/briefings/2023-10-17/]\n"));
    site.write("content/briefings/2023-10-17-evening.md", "---\nstories: []\n---\n\n## Two\n\nText.\n");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    assert!(output.file("/briefings/morning/").contains("<meta name=\"robots\" content=\"noindex"));
    assert!(output.file("/_redirects").contains("/briefings/2023-10-17/ /briefings/morning/ 301\n"));
    let map = output.file("/sitemap-pages.xml");
    assert!(map.contains("/briefings/2023-10-17-evening/") && !map.contains("/briefings/morning/"), "{map}");
    assert!(output.file("/briefings/").contains("/briefings/morning/"), "readers find it");
    site.write("content/briefings/2023-10-17-evening.md", "---\nslug: morning\n---\n\n## Two\n\nText.\n");
    assert_eq!(site.problems(), ["route-conflict content/briefings/2023-10-17.md:3:7"]);
}

#[test]
fn an_edition_expires_and_its_day_stays_empty() {
    let mut site = SiteTest::new(edition("expires: 2023-10-20\n") + &article("a", "date: 2023-10-17", "Text."));
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\nbriefings: daily\n");
    assert!(site.build_and_compare().main("/briefings/2023-10-17/").contains("id=\"one\""));
    assert!(dateline::pipeline::lock(&site.request()).0.is_some());
    site.set_now("2023-10-21");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    assert!(!output.exists("/briefings/2023-10-17/"));
    assert!(output.file("/_redirects").contains("/briefings/2023-10-17/ /404.html 410\n"));
    assert!(output.main("/briefings/").contains("There are no stories here at present."));
    site.write_all(&edition("embargo: 2023-10-20\nexpires: 2023-10-19\n"));
    assert_eq!(site.problems(), ["conflict content/briefings/2023-10-17.md:4:10"]);
}
