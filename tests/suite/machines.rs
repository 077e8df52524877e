//! Files for machines and hosts: the news sitemap, `robots.txt`, `trust.txt`, `security.txt`, twins, headers, corrections.

use crate::site_test::{SiteTest, article, articles, assert_in_order};

#[test]
fn the_news_sitemap_has_the_last_two_days_to_the_second() {
    let literal = articles(&[("edge", "2023-10-16T12:00:00Z", "")])
        + &article("hidden", "date: 2023-10-18T01:00:00Z\nnoindex: true", "Text.")
        + &article("other", "date: 2023-10-18T02:00:00Z\ncanonical: https://other.example/x/", "Text.")
        + "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nlanguage: en-GB\n";
    let mut site = SiteTest::new(literal).at("2023-10-18T11:59:59Z");
    let news = site.build().file("/news-sitemap.xml");
    assert_in_order(
        &news,
        &[
            "<loc>https://test.example/2023/10/16/edge/</loc>",
            "<news:name>The Test</news:name>",
            "<news:language>en</news:language>",
            "<news:publication_date>2023-10-16T12:00:00Z</news:publication_date>",
            "<news:title>Title of edge</news:title>",
        ],
    );
    assert!(!news.contains("/hidden/") && !news.contains("/other/"));
    // Nothing but time has changed: the next build must notice all the same.
    site.set_now("2023-10-18T12:00:00Z");
    let news = site.build_and_compare().file("/news-sitemap.xml");
    assert!(news.contains("<loc>https://test.example/</loc>") && !news.contains("news:news"), "{news}");
}

#[test]
fn a_news_sitemap_is_full_with_a_thousand_articles() {
    let many: String =
        (0..1001).map(|n| article(&format!("story-{n:04}"), "date: 2023-10-18T06:00:00Z", "Text.")).collect();
    let site = SiteTest::new(many);
    let output = site.build();
    let count = |file: &str| output.file(file).matches("<news:news>").count();
    assert_eq!((count("/news-sitemap.xml"), count("/news-sitemap-2.xml")), (1000, 1));
    assert_in_order(&output.file("/robots.txt"), &["/news-sitemap-2.xml", "/news-sitemap.xml"]);
}

#[test]
fn crawlers_are_told_what_the_configuration_says() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nrobots: {block: [GPTBot, CCBot]}\ntrust: {belongto: \"https://assoc.example/\", contact: desk@test.example, datatrainingallowed: false}\nsecurity: {contact: [\"mailto:security@test.example\"], expires: 2024-06-01, policy: /security/}\nhosting: {cname: news.test.example, nojekyll: true}\n-- content/pages/security.md --\n---\ntitle: Security\n---\nText.\n",
    );
    let output = site.build();
    assert!(
        output
            .file("/robots.txt")
            .starts_with("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    );
    let trust = "belongto=https://assoc.example/\ncontact=desk@test.example\ndatatrainingallowed=no\n";
    assert_eq!((output.file("/trust.txt").as_str(), output.file("/.well-known/trust.txt").as_str()), (trust, trust));
    assert_eq!(
        output.file("/.well-known/security.txt"),
        "Contact: mailto:security@test.example\nPolicy: https://test.example/security/\nExpires: 2024-06-01T00:00:00Z\nCanonical: https://test.example/.well-known/security.txt\n"
    );
    assert_eq!((output.file("/CNAME").as_str(), output.file("/.nojekyll").as_str()), ("news.test.example\n", ""));
    assert_eq!(output.problems(), [""; 0]);
    let empty = SiteTest::new("");
    let plain = empty.build();
    for file in ["/trust.txt", "/.well-known/security.txt", "/CNAME", "/.nojekyll"] {
        assert!(!plain.exists(file), "{file}");
    }
}

#[test]
fn what_contradicts_itself_or_ends_soon_is_said() {
    let mut site = SiteTest::new(
        "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nrobots: {block: GPTBot}\ntrust: {datatrainingallowed: true}\nsecurity: {contact: \"mailto:a@test.example\", expires: 2023-11-20}\n",
    );
    assert_eq!(site.problems(), ["conflict dateline.yaml:4:30"], "more than 30 days are left");
    site.build();
    site.set_now("2023-10-21T00:00:01Z");
    assert_eq!(site.problems(), ["conflict dateline.yaml:4:30", "bad-value dateline.yaml:5:55"]);
    assert_eq!(
        site.build().problems(),
        ["conflict dateline.yaml:4:30", "bad-value dateline.yaml:5:55"],
        "a build says so too"
    );
    site.write("dateline.yaml", "title: T\nbase_url: https://t.example\nsecurity: {contact: a@t.example, expires: never}\nrobots: {block: \"Bad bot\"}\ntrust: {member: nobody}\nhosting: {cname: x}\nfeeds: {hub: hub.example}\n");
    assert_eq!(
        site.problems(),
        [
            "bad-value dateline.yaml:3:21",
            "bad-date dateline.yaml:3:43",
            "bad-value dateline.yaml:4:17",
            "bad-value dateline.yaml:5:17",
            "bad-value dateline.yaml:6:18",
            "bad-value dateline.yaml:7:14"
        ]
    );
}

#[test]
fn a_twin_is_the_article_as_markdown_with_absolute_links() {
    let config = "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nmarkdown_twins: true\n";
    let site = SiteTest::new(
        config.to_owned()
            + &article(
                "visit",
                "date: 2023-10-17\nsummary: The dek.\ntopics: [ICC]\nauthors: [Ann Lee]",
                "See **[before](before.md)** and [later](later.md).\n\n## Part\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            )
            + &article(
                "before",
                "date: 2023-10-16\nupdates: [{at: 2023-10-17, kind: withdrawn, text: Wrong.}]",
                "Text.",
            )
            + &article("later", "date: 2023-10-15\nembargo: 2099-01-01", "Text."),
    );
    let output = site.build();
    let twin = output.file("/2023/10/17/visit/index.md");
    assert_in_order(
        &twin,
        &[
            "---\ntitle: \"Title of visit\"\nurl: \"https://test.example/2023/10/17/visit/\"\ndate: \"2023-10-17T00:00:00Z\"",
            "authors: [\"Ann Lee\"]\ntopics: [\"ICC\"]\n---\n\n# Title of visit\n\n**The dek.**\n",
            "See **[before](https://test.example/2023/10/16/before/)** and later.",
            "## ",
            "one",
            "| a ",
        ],
    );
    assert!(!output.exists("/2023/10/16/before/index.md"), "a withdrawn story has none");
    assert!(
        output
            .file("/2023/10/17/visit/")
            .contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"/2023/10/17/visit/index.md\">")
    );
    assert!(!SiteTest::new(article("a", "date: 2023-10-17", "T.")).build().exists("/2023/10/17/a/index.md"));
}

#[test]
fn headers_keep_fingerprinted_files_for_ever_and_pages_for_minutes() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "T.") + "-- static/app.js --\n1;\n");
    let output = site.build();
    let headers = output.file("/_headers");
    assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'none'; "), "{headers}");
    let rule = |path: &str| {
        headers.split(&format!("\n{path}\n")).nth(1).and_then(|rest| rest.lines().next()).map(str::to_owned)
    };
    assert_eq!(rule("/2023/*").as_deref(), Some("  Cache-Control: public, max-age=300"));
    let script = headers.lines().find(|line| line.starts_with("/app.")).expect("a rule");
    assert_eq!(rule(script).as_deref(), Some("  Cache-Control: public, max-age=31536000, immutable"));
    assert!(output.exists(script), "{script}");
    assert_eq!(rule("/app.js"), None, "its plain name may change");
    assert_eq!(rule("/:folder/:name/feed.xml").as_deref(), Some("  Content-Type: application/atom+xml; charset=utf-8"));
}

#[test]
fn corrections_are_gathered_newest_first_and_have_a_feed() {
    let site = SiteTest::new(
        article(
            "a",
            "date: 2023-10-16\nupdates: [{at: 2023-10-17, kind: correction, text: It was five.}, {at: 2023-10-18, kind: update, text: More.}]",
            "T.",
        ) + &article(
            "b",
            "date: 2023-10-15\nupdates: [{at: 2023-10-18 08:00, kind: clarification, text: Not all of them.}]",
            "T.",
        ) + &article("c", "date: 2023-10-14\nupdates: [{at: 2023-10-18, kind: refile}]", "T."),
    );
    let output = site.build_clean();
    assert_in_order(
        &output.main("/corrections/"),
        &[
            "Clarification",
            "/2023/10/15/b/#clarification-20231018T080000Z",
            "Not all of them.",
            "Correction",
            "/2023/10/16/a/#correction-20231017T000000Z",
            "It was five.",
        ],
    );
    assert!(!output.main("/corrections/").contains("More."));
    assert!(output.main("/2023/10/16/a/").contains("id=\"correction-20231017T000000Z\""));
    assert_in_order(
        &output.file("/corrections/feed.xml"),
        &[
            "<updated>2023-10-18T08:00:00Z</updated>",
            "<id>https://test.example/2023/10/15/b/#clarification-20231018T080000Z</id>",
            "<title>Clarification: Title of b</title>",
        ],
    );
    assert!(
        output.file("/feed.xml").contains("&lt;strong&gt;Correction&lt;/strong&gt; (17 October 2023): It was five.")
    );
    assert!(output.file("/").contains("href=\"/corrections/\""));
    // A desk that has a page of its own there keeps it.
    site.write("content/pages/corrections.md", "---\ntitle: Ours\n---\nText.\n");
    assert!(site.build_clean().main("/corrections/").contains("Ours"));
}

#[test]
fn feeds_have_the_formats_and_the_hub_of_the_configuration() {
    let config = "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nfeeds: {formats: [json, rss, atom], hub: \"https://hub.example/\"}\n";
    let site = SiteTest::new(
        config.to_owned()
            + &article("a", "date: 2023-10-17\ntopics: [ICC]\nthread: The trip\naudio: talk.mp3", "T.")
            + "-- content/articles/talk.mp3 --\n12345678\n"
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 3\nstories: [a]\n---\nIntro.\n\n## Item {#x}\n\nSee [a](../articles/a.md).\n",
    );
    let output = site.build_clean();
    for folder in ["/", "/topics/icc/", "/threads/the-trip/", "/briefings/"] {
        for (file, hub) in [
            ("feed.xml", "<link rel=\"hub\" href=\"https://hub.example/\"/>"),
            ("rss.xml", "<atom:link rel=\"hub\" href=\"https://hub.example/\"/>"),
            ("feed.json", "\"type\": \"WebSub\""),
        ] {
            assert!(output.file(&format!("{folder}{file}")).contains(hub), "{folder}{file}");
        }
    }
    let alternates =
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"The Test: ICC\" href=\"/topics/icc/rss.xml\">";
    assert!(output.file("/topics/icc/").contains(alternates));
    let sound = "https://test.example/2023/10/17/a/talk.mp3";
    assert!(
        output.file("/rss.xml").contains(&format!("<enclosure url=\"{sound}\" length=\"9\" type=\"audio/mpeg\"/>"))
    );
    assert!(
        output
            .file("/feed.xml")
            .contains(&format!("<link rel=\"enclosure\" type=\"audio/mpeg\" href=\"{sound}\" length=\"9\"/>"))
    );
    assert!(output.file("/feed.json").contains("\"size_in_bytes\": 9"));
    let edition = output.file("/briefings/feed.json");
    assert_in_order(
        &edition,
        &[
            "\"id\": \"https://test.example/briefings/2023-10-17/\"",
            "<h2><a href=\\\"https://test.example/briefings/2023-10-17/#x\\\">Item</a></h2>",
            "https://test.example/2023/10/17/a/",
            "\"edition\": 3",
        ],
    );
}

#[test]
fn a_file_of_the_desks_own_takes_the_place_of_a_built_one() {
    let site = SiteTest::new("-- static/_headers --\n/*\n  X-Own: yes\n-- static/robots.txt --\nUser-agent: *\n");
    let output = site.build_clean();
    assert!(output.file("/_headers").starts_with("/*\n  X-Own: yes\n  Content-Security-Policy: "));
    assert_eq!(output.file("/robots.txt"), "User-agent: *\n");
}

#[test]
fn an_entry_of_the_change_log_keeps_its_address_whatever_is_entered_later() {
    let log = |more: &str| {
        format!(
            "date: 2023-10-16\nupdates: [{more}{{at: 2023-10-17, kind: correction, text: A.}}, {{at: 2023-10-17, kind: correction, text: B.}}]"
        )
    };
    let site = SiteTest::new(article("a", &log(""), "T."));
    let ids = |feed: &str| {
        let ids = feed.split("<id>").skip(2).map(|rest| rest.split("</id>").next().expect("a part").to_owned());
        ids.collect::<Vec<_>>()
    };
    let before = ids(&site.build_clean().file("/corrections/feed.xml"));
    let at = |end: &str| format!("https://test.example/2023/10/16/a/#{end}");
    assert_eq!(before, [at("correction-20231017T000000Z"), at("correction-20231017T000000Z-2")]);
    let earlier = "{at: 2023-10-16 08:00, kind: correction, text: C.}, {at: 2023-10-17, text: U.}, {at: 2023-10-17, kind: clarification, text: D.}, ";
    site.write_all(&article("a", &log(earlier), "T."));
    let after = ids(&site.build_and_compare().file("/corrections/feed.xml"));
    assert_eq!(after.len(), 4);
    assert!(before.iter().all(|id| after.contains(id)), "{after:?}");
}
