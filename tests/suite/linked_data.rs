//! JSON-LD, and what pages, feeds and sitemaps say of one story: the same.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::site_test::{Output, SiteTest, article, attributes, between, is_page};

/// The nodes of a page, parsed strictly.
#[track_caller]
fn nodes(page: &str) -> Vec<Value> {
    let scripts = page.split("<script type=\"application/ld+json\">").skip(1);
    scripts
        .map(|rest| {
            let text = rest.split("</script>").next().expect("a first part");
            assert!(!text.contains('<'), "nothing may look like a tag: {text}");
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
        })
        .collect()
}

#[track_caller]
fn node(output: &Output, route: &str, kind: &str) -> Value {
    let nodes = nodes(&output.file(route));
    let found: Vec<&Value> = nodes.iter().filter(|node| node["@type"] == kind).collect();
    assert_eq!(found.len(), 1, "{kind} on {route}: {nodes:#?}");
    found[0].clone()
}

fn site() -> SiteTest {
    SiteTest::new(literal())
}

fn literal() -> String {
    "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\ntimezone: Asia/Shanghai\nlanguage: en-GB\nimage: /share.png\npublisher: {name: Test Press, logo: /logo.svg, url: https://press.example/, ethics: /ethics/, corrections: /policy/, ownership: /owners/, profiles: [\"https://social.example/@test\"]}\n".to_owned()
            + &article(
                "visit",
                "date: 2023-10-17 10:45\nshort_title: Visit\nsummary: \"Dek </script> & \\\"more\\\"\"\ndateline: BEIJING/MOSCOW, Oct 17 (Wire)\nauthors: [Ann Lee, World desk]\ncontributors: [Bo Dahl]\neditors: [Cy Moss]\nsection: World\ntopics: [ICC, China]\nkind: analysis\nstatus: developing\nthread: The trip\nexpires: 2030-01-01\nsources: [{name: A ruling, url: \"https://court.example/1\"}, Interviews]\nimage: {src: map.svg, alt: A map, credit: Desk}\nupdates: [{at: 2023-10-17 19:05, kind: correction, text: Not Tuesday.}, {at: 2023-10-17 20:00, kind: refile, text: Spelling.}]",
                "Five words of text here.",
            )
            + &article("plain", "date: 2023-10-16", "Text.")
            + &article("live", "date: 2023-10-15\nkind: live\nupdates: [{at: 2023-10-15 10:00, kind: update, text: It begins.}]", "Text.")
            + "-- content/articles/map.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"></svg>\n"
            + "-- content/topics/icc.md --\n---\ntitle: ICC\nkind: organisation\ncodes: {wikidata: Q47488, media_topic: \"medtop:20000128\"}\n---\nThe court.\n"
            + "-- content/people/ann.md --\n---\nname: Ann Lee\nrole: Reporter\nlinks: [{name: Elsewhere, url: \"https://ann.example/\"}]\n---\nShe reports.\n"
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 7\nstories: [visit]\n---\n## An item {#item topics=icc}\n\nText.\n"
            + "-- static/logo.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n-- static/share.png --\nx\n"
}

const VISIT: &str = "/2023/10/17/visit/";

#[test]
fn an_article_says_all_that_its_front_matter_says() {
    let site = site();
    let output = site.build();
    let node = node(&output, VISIT, "AnalysisNewsArticle");
    let address = "https://test.example/2023/10/17/visit/";
    let same = |path: &str, value: Value| assert_eq!(node.pointer(path).unwrap_or(&Value::Null), &value, "{path}");
    same("/headline", "Title of visit".into());
    same("/alternativeHeadline", "Visit".into());
    same("/description", "Dek </script> & “more”".into());
    same("/url", address.into());
    same("/mainEntityOfPage/@id", address.into());
    same("/datePublished", "2023-10-17T10:45:00+08:00".into());
    same("/dateModified", "2023-10-17T19:05:00+08:00".into());
    same("/dateline", "BEIJING/MOSCOW, Oct 17".into());
    same("/locationCreated/1/name", "MOSCOW".into());
    same("/sourceOrganization/name", "Wire".into());
    same(
        "/author",
        serde_json::json!([
            {"@type": "Person", "name": "Ann Lee", "url": "https://test.example/people/ann-lee/"},
            {"@type": "Organization", "name": "World desk"}
        ]),
    );
    same("/contributor/0/name", "Bo Dahl".into());
    same("/editor/0/name", "Cy Moss".into());
    same("/articleSection", "World".into());
    same("/keywords", serde_json::json!(["ICC", "China"]));
    same("/about/0/@type", "Organization".into());
    same(
        "/about/0/sameAs",
        serde_json::json!([
            "https://www.wikidata.org/entity/Q47488",
            "http://cv.iptc.org/newscodes/mediatopic/20000128"
        ]),
    );
    same(
        "/isPartOf",
        serde_json::json!({
            "@type": "CreativeWorkSeries", "name": "The trip", "url": "https://test.example/threads/the-trip/"
        }),
    );
    same("/citation/0/url", "https://court.example/1".into());
    same("/citation/1", serde_json::json!({"@type": "CreativeWork", "name": "Interviews"}));
    same(
        "/correction",
        serde_json::json!([
            {"@type": "CorrectionComment", "text": "Not Tuesday.", "datePublished": "2023-10-17T19:05:00+08:00"}
        ]),
    );
    same("/publishingPrinciples", "https://test.example/ethics/".into());
    same("/publisher/name", "Test Press".into());
    same("/publisher/logo/url", "https://test.example/logo.svg".into());
    same("/publisher/ownershipFundingInfo", "https://test.example/owners/".into());
    same("/version", 3.into());
    same("/creativeWorkStatus", "Developing".into());
    same("/expires", "2030-01-01T00:00:00+08:00".into());
    same("/isAccessibleForFree", true.into());
    same("/inLanguage", "en-GB".into());
    same("/wordCount", 5.into());
    same("/image/url", "https://test.example/2023/10/17/visit/map.svg".into());
    let crumbs = self::node(&output, VISIT, "BreadcrumbList");
    let names: Vec<&str> =
        crumbs["itemListElement"].as_array().expect("a list").iter().filter_map(|step| step["name"].as_str()).collect();
    assert_eq!(names, ["The Test", "World", "Title of visit"]);
}

#[test]
fn what_is_not_said_is_left_out_and_the_publisher_signs_what_nobody_does() {
    let site = site();
    let output = site.build();
    let plain = node(&output, "/2023/10/16/plain/", "NewsArticle");
    for missing in ["dateline", "editor", "correction", "citation", "isPartOf", "expires", "articleSection"] {
        assert!(plain.get(missing).is_none(), "{missing}");
    }
    assert_eq!(plain["author"][0]["name"], "Test Press");
    assert_eq!(plain["image"]["url"], "https://test.example/share.png", "the site’s own picture stands in");
    let live = node(&output, "/2023/10/15/live/", "LiveBlogPosting");
    assert_eq!(live["liveBlogUpdate"][0]["articleBody"], "It begins.");
    assert_eq!(live["liveBlogUpdate"][0]["url"], "https://test.example/2023/10/15/live/#update-20231015T020000Z");
    assert!(output.file("/2023/10/15/live/").contains("id=\"update-20231015T020000Z\""), "the anchor is there");
}

#[test]
fn every_page_has_a_node_and_each_can_be_read() {
    let site = site();
    let output = site.build();
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes);
        if is_page(&file) && !text.contains("http-equiv=\"refresh\"") {
            assert!(!nodes(&text).is_empty(), "{file} says nothing");
        }
    }
    let topic = node(&output, "/topics/icc/", "CollectionPage");
    assert_eq!(topic["about"]["sameAs"][0], "https://www.wikidata.org/entity/Q47488");
    let listed = topic["mainEntity"]["itemListElement"].as_array().expect("a list");
    assert_eq!(listed[1]["url"], "https://test.example/briefings/2023-10-17/#item", "items are deep-linked");
    assert_eq!((&listed[0]["position"], topic["mainEntity"]["numberOfItems"].as_u64()), (&1.into(), Some(2)));
    let person = node(&output, "/people/ann-lee/", "ProfilePage");
    assert_eq!(person["mainEntity"]["jobTitle"], "Reporter");
    assert_eq!(person["mainEntity"]["sameAs"][0], "https://ann.example/");
    let edition = node(&output, "/briefings/2023-10-17/", "CollectionPage");
    assert_eq!(edition["isPartOf"]["issueNumber"], 7);
    let publisher = node(&output, "/", "NewsMediaOrganization");
    assert_eq!(publisher["correctionsPolicy"], "https://test.example/policy/");
    assert_eq!(publisher["sameAs"][0], "https://social.example/@test");
}

#[test]
fn a_withdrawn_story_says_so_and_no_more() {
    let site = SiteTest::new(article(
        "visit",
        "date: 2023-10-17\nsummary: SUMMARYMARK\nupdates: [{at: 2023-10-18, kind: withdrawn, text: It was wrong.}]",
        "BODYMARK",
    ));
    let node = node(&site.build(), VISIT, "NewsArticle");
    assert_eq!((&node["headline"], &node["creativeWorkStatus"]), (&"Story withdrawn".into(), &"Withdrawn".into()));
    assert!(node.get("description").is_none() && node.get("wordCount").is_none());
}

#[test]
fn all_outputs_agree_on_a_storys_address_and_dates() {
    let site = site();
    let output = site.build();
    let page = output.file(VISIT);
    let node = node(&output, VISIT, "AnalysisNewsArticle");
    let address = "https://test.example/2023/10/17/visit/";
    let (published, modified) = ("2023-10-17T10:45:00+08:00", "2023-10-17T19:05:00+08:00");
    assert_eq!(between(&page, "<link rel=\"canonical\" href=\"", "\""), address);
    assert_eq!(between(&page, "<meta property=\"og:url\" content=\"", "\""), address);
    assert_eq!(node["url"], address);
    assert_eq!(between(&page, "article:published_time\" content=\"", "\""), published);
    assert_eq!(between(&page, "article:modified_time\" content=\"", "\""), modified);
    assert!(attributes(&page, "datetime").iter().any(|at| at == modified), "readers see the same");
    let sitemap = output.file("/sitemap-2023.xml");
    assert_eq!(between(&sitemap, &format!("<loc>{address}</loc>\n  <lastmod>"), "<"), modified);
    let json: Value = serde_json::from_str(&output.file("/feed.json")).expect("JSON");
    let item = json["items"].as_array().expect("a list").iter().find(|item| item["url"] == address).expect("listed");
    assert_eq!(
        (&item["id"], &item["date_published"], &item["date_modified"]),
        (&address.into(), &published.into(), &modified.into())
    );
    assert_eq!(item["_news"]["corrections"][0]["text"], "Not Tuesday.");
    assert_eq!(item["_news"]["mediatopics"], serde_json::json!(["20000128"]));
    for feed in ["/feed.xml", "/rss.xml"] {
        assert!(output.file(feed).contains(address), "{feed}");
    }
}

#[test]
fn tags_for_networks_stand_once_each_and_their_pictures_are_there() {
    let site = site();
    let output = site.build();
    let page = output.file(VISIT);
    for (tag, value) in [
        ("og:type", "article"),
        ("og:title", "Title of visit"),
        ("og:site_name", "The Test"),
        ("og:locale", "en_GB"),
        ("og:image", "https://test.example/2023/10/17/visit/map.svg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "A map"),
        ("article:section", "World"),
        ("article:author", "https://test.example/people/ann-lee/"),
        ("article:expiration_time", "2030-01-01T00:00:00+08:00"),
    ] {
        let found: Vec<&str> = page
            .split(&format!("<meta property=\"{tag}\" content=\""))
            .skip(1)
            .map(|rest| rest.split('"').next().expect("a first part"))
            .collect();
        assert_eq!(found, [value], "{tag}");
    }
    assert!(page.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    assert!(output.exists("/2023/10/17/visit/map.svg") && output.exists("/share.png"));
}

/// What all pages of a site say to machines, by file.
fn said(site: &SiteTest) -> BTreeMap<String, Vec<Value>> {
    let pages = site.tree().into_iter().filter(|(file, _)| is_page(file));
    pages.map(|(file, bytes)| (file, nodes(&String::from_utf8_lossy(&bytes)))).collect()
}

/// Edits of the site, each of something that linked data shows: what stands there, and what comes in its place.
const EDITS: [(&str, &str); 43] = [
    // The configuration.
    ("title: The Test", "title: The Other Test"),
    ("base_url: https://test.example", "base_url: https://test.example/news"),
    ("timezone: Asia/Shanghai", "timezone: Europe/London"),
    ("language: en-GB", "language: de\ndescription: All the news."),
    ("image: /share.png", ""),
    ("name: Test Press", "name: Other Press"),
    ("logo: /logo.svg, ", ""),
    ("url: https://press.example/", "url: /about-us/"),
    ("ethics: /ethics/", "ethics: /values/"),
    ("corrections: /policy/", "corrections: /mistakes/"),
    ("ownership: /owners/", "ownership: /money/"),
    ("https://social.example/@test", "https://social.example/@other"),
    // A topic.
    ("title: ICC\n", "title: The Court\naliases: [ICC]\n"),
    ("kind: organisation", "kind: place"),
    ("wikidata: Q47488", "wikidata: Q1"),
    ("medtop:20000128", "medtop:20000129"),
    ("codes: {wikidata: Q47488, media_topic: \"medtop:20000128\"}", "parents: [World]"),
    ("The court.", ""),
    // People.
    ("name: Ann Lee", "name: Anna Lee\naliases: [Ann Lee]"),
    ("name: Ann Lee", "name: Somebody Else"),
    ("role: Reporter", "role: Editor"),
    ("https://ann.example/", "https://ann.example/2"),
    // A briefing.
    ("number: 7", "number: 8"),
    ("## An item {#item", "## Another item {#item"),
    ("{#item topics=icc}", "{#it topics=icc}"),
    // An article.
    ("title: Title of visit", "title: Another title"),
    ("short_title: Visit", "short_title: Trip"),
    ("summary: \"Dek", "summary: \"Other dek"),
    ("BEIJING/MOSCOW, Oct 17 (Wire)", "BEIJING, Oct 18 (Agency)"),
    ("World desk]", "Bo Dahl]"),
    ("editors: [Cy Moss]", "editors: [Ann Lee]"),
    ("section: World", "section: China"),
    ("topics: [ICC, China]", "topics: [China, Oil]"),
    ("kind: analysis", "kind: explainer"),
    ("status: developing", "status: final\naudio: https://sound.example/1.mp3"),
    ("thread: The trip", "thread: The other trip"),
    ("expires: 2030-01-01", "expires: 2031-01-01"),
    ("https://court.example/1", "https://court.example/2"),
    ("credit: Desk", "credit: Agency, caption: Where"),
    ("text: Not Tuesday.", "text: Not Wednesday."),
    ("kind: refile, text: Spelling.", "kind: withdrawn, text: It was wrong."),
    ("Five words of text here.", "Six words of text are here."),
    ("kind: update, text: It begins.", "kind: update, text: It ends."),
];

#[test]
fn whatever_linked_data_shows_makes_pages_stale() {
    let literal = literal();
    let site = SiteTest::new(&literal);
    site.build_and_compare();
    let before = said(&site);
    for (there, instead) in EDITS {
        let edited = literal.replacen(there, instead, 1);
        assert_ne!(edited, literal, "`{there}` is not there");
        // Over what stands there, which is the site with the edit before this one undone in the same build.
        site.write_all(&edited).build_and_compare();
        assert!(said(&site) != before, "linked data shows nothing of `{instead}`");
    }
    site.write_all(&literal).build_and_compare();
    assert!(said(&site) == before, "what was undone is as it was");
}

#[test]
fn a_page_is_kept_when_nothing_that_it_shows_has_changed() {
    let site = site();
    site.build();
    // The same documents, once out of the head cache and once compiled again, have the same keys.
    site.write(
        "content/articles/plain.md",
        "---\ntitle: Title of plain\ndate: 2023-10-16\n---\nText, and more of it.\n",
    );
    let made = |output: &Output| output.built.summary.as_ref().expect("published").reasons.values().sum::<usize>();
    let few = made(&site.build_and_compare());
    assert!(few < 12, "{few} pages were made again");
    site.write("static/robots.txt", "User-agent: *\n");
    std::fs::remove_dir_all(site.root().join(".dateline")).expect("the head cache is there");
    assert!(made(&site.build_and_compare()) < 4, "documents that are compiled again are the same");
}
