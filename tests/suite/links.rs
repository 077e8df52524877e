//! Links between stories and to everything else, checked at their place; and pictures with their size.

use crate::site_test::{SiteTest, article, articles, assert_in_order, attributes, between, describe, is_page, png};

#[test]
fn links_reach_every_kind_of_content_by_the_path_of_its_file() {
    let site = SiteTest::new(
        article(
            "2023/10/visit",
            "date: 2023-10-17",
            "[article](../09/before.md), [its part](../09/before.md#who-must-act), [edition](../../../briefings/2023-10-16.md),\n\
             [item](../../../briefings/2023-10-16.md#court), [topic](../../../topics/icc.md), [person](../../../people/desk.md),\n\
             [page](../../../pages/about.md), [spaces](<../09/with space.md>), [encoded](../09/with%20space.md), [self](visit.md#here), [own](#here).\n\n## Here\n",
        ) + &article("2023/09/before", "date: 2023-09-01", "## Who must act\n\nText.")
            + &article("2023/09/with space", "date: 2023-09-02", "Text.")
            + "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\n---\n\n## The court {#court}\n\nText.\n\
               -- content/topics/icc.md --\n---\ntitle: ICC\n---\n-- content/people/desk.md --\n---\nname: World desk\n---\n\
               -- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    let output = site.build_clean();
    let main = output.main("/2023/10/17/visit/");
    let prose =
        main.split("<div class=\"prose\">").nth(1).expect("a body").split("<h2").next().expect("a part").to_owned();
    assert_eq!(
        attributes(&prose, "href"),
        [
            "/2023/09/01/before/",
            "/2023/09/01/before/#who-must-act",
            "/briefings/2023-10-16/",
            "/briefings/2023-10-16/#court",
            "/topics/icc/",
            "/people/world-desk/",
            "/about/",
            "/2023/09/02/with-space/",
            "/2023/09/02/with-space/",
            "/2023/10/17/visit/#here",
            "#here",
        ]
    );
}

#[test]
fn a_slug_in_double_brackets_reads_as_the_headline() {
    let site = SiteTest::new(
        article(
            "visit",
            "date: 2023-10-17",
            "[[before]] and [[before#who]] and [[before|these *words*]], [[2023-10-16]], [[about]].",
        ) + &article("before", "date: 2023-09-01", "## Who\n\nText.")
            .replace("Title of before", "'Q & A: what \"before\" means'")
            + "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\ntitle: An edition\n---\n\
               -- content/pages/about.md --\n---\ntitle: About us\n---\nText.\n",
    );
    let main = site.build_clean().main("/2023/10/17/visit/");
    let headline = "Q &amp; A: what “before” means";
    assert_in_order(
        &main,
        &[
            &format!("<a href=\"/2023/09/01/before/\">{headline}</a> and "),
            &format!("<a href=\"/2023/09/01/before/#who\">{headline}</a> and "),
            "<a href=\"/2023/09/01/before/\">these *words*</a>, ",
            "<a href=\"/briefings/2023-10-16/\">An edition</a>, ",
            "<a href=\"/about/\">About us</a>.",
        ],
    );
    let site_of = |title: &str| {
        site.write_all(&article("before", "date: 2023-09-01", "## Who\n\nText.").replace("Title of before", title))
            .build_and_compare()
            .changes()
            .1
    };
    assert!(site_of("Renamed").contains(&"/2023/10/17/visit/".to_owned()), "it follows the headline");
}

#[test]
fn every_broken_link_is_reported_at_its_line_and_column() {
    let site = SiteTest::new(
        "-- content/articles/visit.md --\n---\ntitle: Visit\ndate: 2023-10-17\n---\n\
         Good, then [a](visti.md) and [b](other.md#nope).\n\
         \n\
         > Übermäßig [[visti]], and\n\
         > [c](/abuot/) [d](#none)\n\
         \n\
         - [e](page.html) ![f](map.png)\n\
         - [g][label] and [h](javascript:alert%281%29)\n\
         - [i](../../../../etc/passwd.md) [j](www.example.org/x)\n\
         - [k](/topics/icc/#x) and [[twice]]\n"
            .to_owned()
            + &article("other", "date: 2023-10-16\ntopics: [ICC]", "## Nape\n\nText.")
            + &article("a/twice", "date: 2023-10-15", "Text.")
            + &article("b/twice", "date: 2023-10-14", "Text.")
            + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    assert_eq!(
        site.problems(),
        [
            "broken-link content/articles/visit.md:5:12",
            "broken-anchor content/articles/visit.md:5:30",
            "broken-link content/articles/visit.md:7:13",
            "dead-path content/articles/visit.md:8:3",
            "broken-anchor content/articles/visit.md:8:16",
            "dead-path content/articles/visit.md:10:3",
            "missing-image content/articles/visit.md:10:18",
            "undefined-reference content/articles/visit.md:11:3",
            "unsafe-link content/articles/visit.md:11:18",
            "broken-link content/articles/visit.md:12:3",
            "dead-path content/articles/visit.md:12:34",
            "ambiguous-link content/articles/visit.md:13:27",
        ],
        "{}",
        describe(&site.try_build().report)
    );
    let report = site.try_build().report;
    let help = |at: usize| report.diagnostics()[at].help.clone().unwrap_or_default();
    assert_eq!(help(0), "did you mean `content/articles/b/twice.md`?".replace("b/twice", "visit"));
    assert_eq!(help(1), "did you mean `#nape`?");
    assert_eq!(help(2), "did you mean `[[visit]]`?");
    assert_eq!(help(3), "did you mean `/about/`?");
    assert_eq!(help(10), "if it is an address, write `https://www.example.org/x`");
    let quoted = report.diagnostics()[2].place.as_ref().expect("a place");
    assert_eq!((quoted.text.as_str(), quoted.end_column), ("> Übermäßig [[visti]], and", 22));
}

#[test]
fn a_misspelt_scheme_is_told_from_one_that_runs_code() {
    let text = "[a](ttps://b.example/) and [b](spotify:track:1), [c](javascript:alert), [d](file:///home/x).";
    let other = "date: 2023-10-17\ncanonical: htp://b.example/\nsources:\n  - {name: B, url: 'htps://b.example/'}";
    let visit = article("visit", "date: 2023-10-17", &format!("{text}\n\n![e](hhttps://b.example/p.png)"));
    let site = SiteTest::new(visit + &article("other", other, "Text."));
    let problems = |site: &SiteTest| -> Vec<(String, String)> {
        let report = site.try_build().report;
        let helps = report.diagnostics().iter();
        helps.map(|problem| (problem.code.0.to_owned(), problem.help.clone().unwrap_or_default())).collect()
    };
    let said = |problems: &[(String, String)], code: &str, help: &str| {
        problems.iter().filter(|(known, said)| known == code && said.starts_with(help)).count()
    };
    let found = problems(&site);
    assert_eq!(said(&found, "bad-value", "did you mean `http://b.example/`?"), 1, "{found:?}");
    assert_eq!(said(&found, "bad-value", "did you mean `https://b.example/`?"), 1, "{found:?}");
    assert_eq!(said(&found, "unknown-scheme", "did you mean `https`?"), 2, "{found:?}");
    assert_eq!(said(&found, "unknown-scheme", "write an address"), 1, "{found:?}");
    assert_eq!(said(&found, "unknown-scheme", "put the file beside"), 1, "{found:?}");
    assert_eq!(said(&found, "unsafe-link", ""), 1, "{found:?}");
    let site = SiteTest::new(article("visit", "date: 2023-10-17", text));
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nhtml: trust\n");
    let found = problems(&site);
    assert_eq!(said(&found, "unknown-scheme", ""), 1, "{found:?}");
    assert!(site.build().file("2023/10/17/visit/index.html").contains("<a href=\"spotify:track:1\">"));
}

/// Issue 2: links in front of other problems must be checked all the same, so that one run finds all.
#[test]
fn broken_links_are_reported_in_every_kind_of_content() {
    let site = SiteTest::new("");
    for (path, head) in [
        ("briefings/2023-10-17.md", "date: 2023-10-17"),
        ("topics/icc.md", "title: ICC"),
        ("people/desk.md", "name: Desk"),
        ("pages/about.md", "title: About"),
        ("articles/a.md", "title: A\ndate: 2023-10-17"),
    ] {
        site.write(&format!("content/{path}"), format!("---\n{head}\n---\n[x](nowhere.md)\n"));
    }
    site.write(
        "content/briefings/2023-10-18.md",
        "---\ndate: 2023-10-18\n---\n\n## One\n\n[x](nowhere.md)\n\n## Two\n\nText [x](nowhere.md)\n",
    );
    assert_eq!(
        site.problems(),
        [
            "broken-link content/articles/a.md:5:1",
            "broken-link content/briefings/2023-10-17.md:4:1",
            "broken-link content/briefings/2023-10-18.md:7:1",
            "broken-link content/briefings/2023-10-18.md:11:6",
            "broken-link content/pages/about.md:4:1",
            "broken-link content/people/desk.md:4:1",
            "broken-link content/topics/icc.md:4:1",
        ]
    );
}

#[test]
fn under_a_base_path_no_link_of_any_file_is_without_it() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/briefing\npage_size: 1\nnavigation: [{title: About, url: /about/}]\n\
         publisher: {name: P, ethics: /about/, corrections: /about/, logo: /images/map.svg}\n\
         -- static/images/map.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"></svg>\n\
         -- content/pages/about.md --\n---\ntitle: About\naliases: [/who/]\n---\nText.\n\
         -- content/people/desk.md --\n---\nname: World desk\n---\n[x](../articles/visit.md)\n\
         -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nstories: [visit]\n---\n\n## One {topics=icc}\n\n[x](/about/)\n"
            .to_owned()
            + &article(
                "visit",
                "date: 2023-10-17\nauthors: [World desk]\ntopics: [ICC]\nsection: World\nthread: Trip\nimage: {src: /images/map.svg, alt: A}\naudio: /images/map.svg",
                "[a](before.md), [b](/about/), [c](https://test.example/briefing/about/), <a href=\"/about/\">d</a>, ![e](/images/map.svg), <img src=\"/images/map.svg\" alt=\"f\">",
            )
            + &article("before", "date: 2023-10-16\ntopics: [ICC]\nthread: Trip\naliases: [/old/]", "Text."),
    );
    let output = site.build_clean();
    let mut seen = 0;
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_page(&file) {
            for address in attributes(&text, "href").into_iter().chain(attributes(&text, "src")) {
                assert!(!address.starts_with('/') || address.starts_with("/briefing/"), "{file}: {address}");
                assert!(
                    !address.starts_with("https://test.example")
                        || address.starts_with("https://test.example/briefing/"),
                    "{file}: {address}"
                );
                seen += usize::from(address.starts_with('/'));
            }
            assert!(!text.contains("url=/") || text.contains("url=/briefing/"), "{file}");
        } else if !file.contains("style") && !file.contains("map.svg") {
            assert!(!text.replace("https://test.example/briefing/", "").contains("test.example"), "{file}: {text}");
            assert!(!text.contains("=\"/") && !text.contains(">/") && !text.contains(": \"/"), "{file}: {text}");
        }
    }
    assert!(seen > 300, "{seen}");
    for line in output.file("/_redirects").lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        assert!(parts[0].starts_with("/briefing/") && parts[1].starts_with("/briefing/"), "{line}");
    }
    assert_eq!(
        output.file("/robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://test.example/briefing/sitemap.xml\nSitemap: https://test.example/briefing/news-sitemap.xml\n"
    );
}

#[test]
fn links_to_other_sites_are_marked_and_those_to_this_one_are_not() {
    let site = SiteTest::new(article(
        "visit",
        "date: 2023-10-17",
        "[a](https://other.example/x) [b](https://test.example/topics/) <https://plain.example> <desk@test.example> [c](mailto:desk@test.example)",
    ));
    let main = site.build_clean().main("/2023/10/17/visit/");
    assert_in_order(
        &main,
        &[
            "<a href=\"https://other.example/x\" class=\"external\" rel=\"external noopener\">a</a>",
            "<a href=\"/topics/\">b</a>",
            "<a href=\"https://plain.example\" class=\"external\" rel=\"external noopener\">https://plain.example</a>",
            "<a href=\"mailto:desk@test.example\">desk@test.example</a>",
            "<a href=\"mailto:desk@test.example\">c</a>",
        ],
    );
}

#[test]
fn pictures_keep_their_room_and_load_late_and_the_files_go_with_the_story() {
    let png = png(512, 256);
    let site = SiteTest::new(
        "-- content/articles/map/index.md --\n---\ntitle: Map\ndate: 2023-10-17\nimage: {src: lead.png, alt: Lead}\n---\n\
         ![Belt & \"road\"](sub/belt.png \"The belt.\")\n\nIn a line ![x](/pic.png) of text, and [the data](data.csv#row), and ![far](https://far.example/x.png).\n",
    );
    site.write("content/articles/map/lead.png", &png)
        .write("content/articles/map/sub/belt.png", &png)
        .write("static/pic.png", &png);
    site.write("content/articles/map/data.csv", "a,b\n").write("content/articles/map/unnamed.txt", "goes along");
    let output = site.build_clean();
    assert_in_order(
        &output.main("/2023/10/17/map/"),
        &[
            "<img src=\"/2023/10/17/map/lead.png\" alt=\"Lead\" width=\"512\" height=\"256\" fetchpriority=\"high\" decoding=\"async\">",
            "<figure class=\"image\">",
            "<img src=\"/2023/10/17/map/sub/belt.png\" alt=\"Belt &amp; “road”\" width=\"512\" height=\"256\" loading=\"lazy\" decoding=\"async\">",
            "The belt.",
            "<img src=\"/pic.png\" alt=\"x\" width=\"512\" height=\"256\" loading=\"lazy\" decoding=\"async\"> of text",
            "<a href=\"/2023/10/17/map/data.csv#row\">the data</a>",
            "<img src=\"https://far.example/x.png\" alt=\"far\" loading=\"lazy\" decoding=\"async\">",
        ],
    );
    let files = site.tree().into_keys().filter(|file| file.starts_with("2023/") || file.starts_with("renditions/"));
    let (scaled, files): (Vec<String>, Vec<String>) = files.partition(|file| file.starts_with("renditions/"));
    assert_eq!(scaled.len(), 4, "two widths of each picture: {scaled:?}");
    assert_eq!(
        files,
        [
            "2023/10/17/map/data.csv",
            "2023/10/17/map/index.html",
            "2023/10/17/map/lead.png",
            "2023/10/17/map/sub/belt.png",
            "2023/10/17/map/unnamed.txt"
        ]
    );
    assert_eq!(site.tree()["2023/10/17/map/lead.png"], png);
}

#[test]
fn a_link_follows_its_target_when_the_target_moves() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17", "[x](before.md)") + &articles(&[("before", "2023-10-16", "")]),
    );
    site.build_clean();
    site.write_all(&articles(&[("before", "2023-10-16", "slug: moved\naliases: [/2023/10/16/before/]")]));
    let output = site.build_and_compare();
    assert!(output.main("/2023/10/17/visit/").contains("<a href=\"/2023/10/16/moved/\">x</a>"));
    assert!(output.file("/2023/10/16/before/").contains("url=/2023/10/16/moved/\""));
}

#[test]
fn sources_and_pages_of_people_are_links_like_all_others() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://t.example/sub\npublisher: {name: P, url: /about/, ownership: /about/}\n"
            .to_owned()
            + &article(
                "visit",
                "date: 2023-10-17\nauthors: [Ann Lee]\nsources: [{name: Ours, url: /topics/}, {name: Whole, url: \"https://t.example/sub/about/\"}, {name: Gone, url: /nope/}, {name: Waits, url: /2023/10/16/later/}, {name: Beside, url: \"https://t.example/other/\"}, Words]",
                "Text.",
            )
            + &article("later", "date: 2023-10-16\nembargo: 2024-01-01", "Text.")
            + "-- content/people/ann.md --\n---\nname: Ann Lee\nlinks: [{name: Ours, url: /topics/}, {name: Gone, url: /nope/}]\n---\nText.\n\
               -- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    let output = site.build_and_compare();
    let found = |page: &str, node: &str, key: &str| {
        let page = output.file(page);
        let json = between(&page, &format!("{{\"@context\":\"https://schema.org\",\"@type\":\"{node}\""), "</script>");
        between(json, &format!("\"{key}\":["), "]").to_owned()
    };
    let page = output.main("/2023/10/17/visit/");
    let list = between(&page, "<section class=\"sources\"", "</section>");
    assert_eq!(
        attributes(list, "href"),
        ["/sub/topics/", "/sub/about/", "/sub/nope/", "https://t.example/other/"],
        "one to a story that is withheld is none"
    );
    assert!(list.contains("<li>Waits</li>") && list.contains("<li>Words</li>"), "{list}");
    let citation = found("/2023/10/17/visit/", "NewsArticle", "citation");
    assert_in_order(
        &citation,
        &[
            "\"name\":\"Ours\",\"url\":\"https://t.example/sub/topics/\"",
            "/sub/about/\"",
            "{\"@type\":\"CreativeWork\",\"name\":\"Waits\"}",
        ],
    );
    let same = found("/people/ann-lee/", "ProfilePage", "sameAs");
    assert_eq!(same, "\"https://t.example/sub/topics/\",\"https://t.example/sub/nope/\"");
    assert!(output.main("/people/ann-lee/").contains("href=\"/sub/topics/\""));
    let column = |text: &str, what: &str| text.find(what).map_or(0, |at| at + 1);
    let sources = std::fs::read_to_string(site.root().join("content/articles/visit.md")).expect("a file");
    let line = sources.lines().find(|line| line.starts_with("sources")).expect("a line");
    assert_eq!(
        output.problems(),
        [
            format!("dead-path content/articles/visit.md:5:{}", column(line, "/nope/")),
            format!("withheld-link content/articles/visit.md:5:{}", column(line, "/2023/10/16/later/")),
            "dead-path content/people/ann.md:3:56".to_owned(),
        ]
    );
}

#[test]
fn only_what_a_page_shows_has_anchors() {
    let site = SiteTest::new(
        article(
            "visit",
            "date: 2023-10-17",
            "[h](gone.md#whead), [w](gone.md#withdrawn-20231018T090000Z), [c](gone.md#correction-20231017T000000Z), [u](gone.md#update-20231017T000000Z), [k](kept.md#update-20231017T000000Z).",
        ) + &article(
            "gone",
            "date: 2023-10-16\nsources: [{name: S, url: \"https://s.example/\"}]\nupdates: [{at: 2023-10-17, kind: correction, text: C.}, {at: 2023-10-17, text: U.}, {at: 2023-10-18 09:00, kind: withdrawn}]",
            "## Whead\n\nText.",
        ) + &article("kept", "date: 2023-10-16\nupdates: [{at: 2023-10-17, text: U.}]", "Text."),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        ["broken-anchor content/articles/visit.md:5:1", "broken-anchor content/articles/visit.md:5:104"]
    );
    let page = output.file("/2023/10/16/gone/");
    assert!(page.contains("id=\"withdrawn-20231018T090000Z\"") && page.contains("id=\"correction-20231017T000000Z\""));
    assert!(output.main("/2023/10/16/kept/").contains("id=\"update-20231017T000000Z\""));
    assert!(!page.contains("citation") && !page.contains("s.example"), "{page}");
}
