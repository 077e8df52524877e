//! Editions: items with topics of their own, stories in slot order, numbers, neighbours, and those that are composed.

use crate::site_test::{
    SiteTest, article, articles, assert_in_order, attributes, between, describe, headlines, png, short,
};

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
        ["2023-10-18", "2023-w41", "2023-w42"],
        "an edition of a day stands beside that of its week"
    );
    assert_eq!(editions[1].1, ["sunday"]);
    assert!(!editions[2].1.is_empty());
}

#[test]
fn a_file_named_after_its_week_takes_the_place_of_what_is_composed() {
    let literal = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nbriefings: weekly\n".to_owned()
        + &articles(&[("monday", "2023-10-16", ""), ("tuesday", "2023-10-17", "")])
        + "-- content/briefings/2023-w42.md --\n---\ntitle: Our week\ndate: 2023-10-17\n---\nText.\n"
        + "-- content/briefings/2023-10-16.md --\n---\ntitle: Our Monday\n---\nText.\n";
    let site = SiteTest::new(literal);
    let output = site.build_clean();
    assert!(output.main("/briefings/2023-w42/").contains("Our week"));
    assert!(output.main("/briefings/2023-10-16/").contains("Our Monday"));
    site.remove("content/briefings/2023-w42.md");
    let output = site.build_and_compare();
    assert!(output.main("/briefings/2023-w42/").contains("Title of monday"));
    assert!(output.main("/briefings/2023-10-16/").contains("Our Monday"));
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
    let told = edition("## A {#a topics=ICC, Energy exports}");
    let help = "put topics with a space into quotation marks: `{#id topics=\"icc, energy exports\"}`";
    assert_eq!(
        told,
        [
            format!("error unknown-key content/briefings/2023-10-17.md:4:22 {help}"),
            format!("error unknown-key content/briefings/2023-10-17.md:4:29 {help}")
        ]
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
    site.write("content/briefings/port.png", png(512, 256));
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

/// The numbers and titles of an edition's items, as its page shows them.
fn entries(page: &str) -> Vec<String> {
    page.split("<span class=\"item-number\">")
        .skip(1)
        .map(|rest| {
            let (number, rest) = rest.split_once("</span>").expect("a number");
            let title = rest.split_once("\">").and_then(|(_, rest)| rest.split_once("</span>")).expect("a title").0;
            format!("{number} {title}")
        })
        .collect()
}

fn edition_of(head: &str, body: &str) -> String {
    format!("-- content/briefings/2023-10-17.md --\n---\n{head}---\n{body}")
}

const PLACED: &str = "Hello.\n\n## [[second]]\n\n## Own one {#one}\n\nA text.\n\n## [[first]]\n\n## Own two\n\nA text.\n\n## [[fourth]]\n";

fn with_email(literal: String) -> SiteTest {
    let site = SiteTest::new(literal);
    site.write(
        "dateline.yaml",
        "title: The Test\nbase_url: https://test.example\nemail: {from: desk@test.example, list_unsubscribe: \"https://mail.example/x\", address: A}\n",
    );
    site
}

fn mail(site: &SiteTest, edition: &str, file: &str) -> String {
    let path = site.public().join(format!(".dateline/private/briefings/{edition}/{file}"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_editor_decides_the_order_of_items_and_stories() {
    let stories = articles(&[
        ("first", "2023-10-16", ""),
        ("second", "2023-10-15", "summary: Of the second."),
        ("third", "2023-10-14", ""),
        ("fourth", "2023-10-13", ""),
    ]);
    let mut site = with_email(stories.clone() + &edition_of("stories: [first, third]\n", PLACED));
    let output = site.build_clean();
    let expected =
        ["1 Title of second", "2 Own one", "3 Title of first", "4 Own two", "5 Title of fourth", "6 Title of third"];
    let page = output.main("/briefings/2023-10-17/");
    assert_eq!(entries(&page), expected);
    assert_in_order(
        &page,
        &["id=\"story-1\"", "Of the second.", "id=\"one\"", "id=\"story-3\"", "id=\"own-two\"", "id=\"story-5\""],
    );
    let text = mail(&site, "2023-10-17", "email.txt");
    assert_in_order(&text, &expected.map(|title| title.replacen(' ', ". ", 1)).each_ref().map(String::as_str));
    assert_in_order(
        &output.file("/briefings/feed.xml"),
        &["Title of second", "Own one", "Title of first", "Own two", "Title of fourth", "Title of third"],
    );
    assert!(page.contains("Own one"));
    // A placed story is no item: its article stands in lists.
    assert!(!output.main("/").contains("#second"));

    site.write_all(&article("second", "date: 2023-10-15\nembargo: 2033-01-01", "Secret."));
    let report = site.try_build().report;
    let told: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(told, ["withheld-link content/briefings/2023-10-17.md:6:1"], "{}", describe(&report));
    let output = site.build_and_compare();
    assert_eq!(entries(&output.main("/briefings/2023-10-17/"))[..2], ["1 Own one", "2 Title of first"]);
    assert!(!output.main("/briefings/2023-10-17/").contains("…"), "no trace of it");
    site.set_now("2033-01-02");
    assert_eq!(entries(&site.build_and_compare().main("/briefings/2023-10-17/"))[0], "1 Title of second");
}

#[test]
fn a_placed_story_that_cannot_be_has_its_message() {
    let stories = articles(&[("first", "2023-10-16", ""), ("second", "2023-10-15", "")]);
    let told = |body: &str| {
        let site = SiteTest::new(stories.clone() + &edition_of("date: 2023-10-17\n", body));
        let report = site.try_build().report;
        let told = report.diagnostics().iter().map(|problem| format!("{} {}", short(problem), problem.message));
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        told("## [[nowhere]]\n"),
        ["unknown-story content/briefings/2023-10-17.md:4:1 `nowhere` is not a story of this site"]
    );
    assert_eq!(
        told("## [[first]]\n\n## Own\n\nText.\n\n## [[first]]\n"),
        ["repeated-story content/briefings/2023-10-17.md:10:1 `first` is placed twice"]
    );
    assert_eq!(
        told("## [[first]] {#one topics=icc}\n"),
        [
            "unknown-key content/briefings/2023-10-17.md:4:1 a heading that places a story has no anchor and no topics of its own"
        ]
    );
    // With a text, it is an item of its own.
    assert_eq!(told("## [[first]] {#one topics=icc}\n\nText.\n"), [""; 0]);
}

#[test]
fn a_correction_of_an_item_stands_in_the_item_and_goes_out_with_the_next_mail() {
    let day = |day: &str, head: &str, body: &str| format!("-- content/briefings/{day}.md --\n---\n{head}---\n{body}");
    let log = "updates:\n  - at: 2023-10-17 19:00\n    kind: correction\n    item: court\n    text: There are 123 members.\n  - {at: 2023-10-17 18:00, kind: clarification, text: Of the whole.}\n";
    let items = "Hello.\n\n## The court {#court topics=icc}\n\nIt has 123 members.\n\n## Oil {#oil}\n\nText.\n";
    let mut site = with_email(
        day("2023-10-16", "title: Monday\n", "Text.\n")
            + &day("2023-10-17", &format!("title: Tuesday\n{log}"), items)
            + &day("2023-10-18", "title: Wednesday\n", "Text.\n"),
    );
    site.set_now("2023-10-18T12:00:00Z");
    let output = site.build_clean();
    let page = output.main("/briefings/2023-10-17/");
    let item = between(&page, "id=\"court\"", "id=\"oil\"");
    assert_in_order(item, &["id=\"correction-20231017T190000Z\"", "There are 123 members.", "It has 123 members."]);
    assert_eq!(page.matches("There are 123 members.").count(), 1, "in the item alone");
    let topic = output.main("/topics/icc/");
    assert!(topic.contains("#court") && topic.contains("Updated"), "its row says so: {topic}");
    assert!(page.contains("Of the whole."));
    let list = output.main("/corrections/");
    assert_in_order(
        &list,
        &["/briefings/2023-10-17/#correction-20231017T190000Z\">Tuesday</a>", "The court", "There are 123 members."],
    );
    let feed = output.file("/corrections/feed.xml");
    assert!(feed.contains("Correction: Tuesday: The court"), "{feed}");
    let feed = output.file("/briefings/feed.xml");
    assert!(feed.contains("/briefings/2023-10-17/#court"), "{feed}");
    let json = output.file("/briefings/2023-10-17/");
    assert!(
        json.contains("\"text\":\"There are 123 members.\",\"datePublished\":\"2023-10-17T19:00:00Z\",\"about\":{\"@type\":\"CreativeWork\",\"url\":\"https://test.example/briefings/2023-10-17/#court\"}"),
        "{json}"
    );
    assert_in_order(
        &mail(&site, "2023-10-18", "email.txt"),
        &[
            "Corrected in yesterday’s edition",
            "Correction: Tuesday: The court\nThere are 123 members.\nhttps://test.example/briefings/2023-10-17/#correction-20231017T190000Z",
            "Clarification: Tuesday\nOf the whole.",
        ],
    );
    let html = mail(&site, "2023-10-18", "email.html");
    assert!(html.contains("Corrected in yesterday’s edition") && html.contains("There are 123 members."), "{html}");
    for own in ["2023-10-16", "2023-10-17"] {
        assert!(!mail(&site, own, "email.txt").contains("Corrected in"), "{own}");
    }

    // What was said later goes out later, and a withdrawn story of an edition does too.
    site.write_all(&article("visit", "date: 2023-10-16", "Text."));
    site.write_all(&day("2023-10-16", "title: Monday\nstories: [visit]\n", "Text.\n"));
    site.write_all(&day("2023-10-19", "title: Thursday\ndate: 2023-10-19 07:00\n", "Text.\n"));
    site.set_now("2023-10-19T12:00:00Z");
    let withdrawn = "date: 2023-10-16\nupdates: [{at: 2023-10-18 20:00, kind: withdrawn, text: It was wrong.}]";
    site.write_all(&article("visit", withdrawn, "Text."));
    site.build_and_compare();
    let text = mail(&site, "2023-10-19", "email.txt");
    assert_in_order(&text, &["Corrected in earlier editions", "Withdrawn: Title of visit\nIt was wrong."]);
    assert!(!text.contains("There are 123 members."), "it has gone out: {text}");

    site.write_all(&day(
        "2023-10-17",
        &format!("title: Tuesday\n{}", log.replace("item: court", "item: cuort")),
        items,
    ));
    let report = site.try_build().report;
    let told: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(told, ["broken-anchor content/briefings/2023-10-17.md:6:11"], "{}", describe(&report));
    assert_eq!(report.diagnostics()[0].help.as_deref(), Some("did you mean `court`?"));
}

#[test]
fn an_article_without_entries_has_none_to_correct() {
    let site = SiteTest::new(article("a", "date: 2023-10-17\nupdates: [{at: 2023-10-18, text: X, item: court}]", "T."));
    assert_eq!(site.problems(), ["broken-anchor content/articles/a.md:4:43"]);
}

#[test]
fn items_stand_on_the_pages_of_who_wrote_their_edition() {
    let literal = edition_of("title: T\nauthors: [Lin Wei]\n", "## The court {#court}\n\nText.\n")
        + "-- content/people/lin-wei.md --\n---\nname: Lin Wei\n---\nBio.\n";
    let site = SiteTest::new(literal);
    let output = site.build_clean();
    assert_eq!(headlines(&output.main("/people/lin-wei/")), ["/briefings/2023-10-17/#court The court"]);
}

#[test]
fn a_story_of_a_composed_edition_is_corrected_in_the_next_days_mail() {
    let log = "updates: [{at: 2023-10-17 06:00, kind: correction, text: It was a fifth.}]";
    let mut site = with_email(articles(&[
        ("monday", "2023-10-16 09:00", log),
        ("tuesday", "2023-10-17 07:00", ""),
        ("wednesday", "2023-10-18 07:00", ""),
    ]));
    let config = std::fs::read_to_string(site.root().join("dateline.yaml")).expect("it is there");
    site.write("dateline.yaml", config + "briefings: daily\n");
    site.set_now("2023-10-18T12:00:00Z");
    site.build_clean();
    assert_in_order(
        &mail(&site, "2023-10-17", "email.txt"),
        &["1. Title of tuesday", "Corrected in yesterday’s edition", "Correction: Title of monday\nIt was a fifth."],
    );
    for other in ["2023-10-16", "2023-10-18"] {
        assert!(!mail(&site, other, "email.txt").contains("It was a fifth."), "{other}");
    }
    // A correction of another day than the one before names no day.
    let later = "updates: [{at: 2023-10-18 08:00, kind: correction, text: It was a fifth.}]";
    site.write_all(&article("monday", &format!("date: 2023-10-16 09:00\n{later}"), "Text."));
    site.build_and_compare();
    assert!(mail(&site, "2023-10-18", "email.txt").contains("Corrected in earlier editions"));
    assert!(!mail(&site, "2023-10-17", "email.txt").contains("It was a fifth."));
}
