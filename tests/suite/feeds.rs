//! Feeds and sitemaps, read by a real XML parser.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use crate::site_test::{SiteTest, article, articles, assert_in_order, is_page};

/// An element as read.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    #[track_caller]
    fn one(&self, name: &str) -> &Self {
        let found: Vec<&Self> = self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {}", self.name);
        found[0]
    }

    fn texts(&self, name: &str) -> Vec<&str> {
        self.children.iter().filter(|child| child.name == name).map(|child| child.text.as_str()).collect()
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Parses XML; fails when it is not well-formed. Gives the root.
#[track_caller]
fn parse(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in:\n{xml}"));
        let element = |start: &quick_xml::events::BytesStart<'_>| Element {
            name: start.name().as_ref().to_owned(),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.expect("a sound attribute");
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("a sound value");
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                })
                .collect(),
            ..Element::default()
        };
        let top = open.last_mut().expect("the document");
        match event {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => top.children.push(element(&start)),
            Event::End(_) => {
                let done = open.pop().expect("it was opened");
                open.last_mut().expect("the document").children.push(done);
            }
            Event::Text(text) => top.text.push_str(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => top.text.push_str(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) => match name.resolve_char_ref().expect("a sound reference") {
                Some(character) => top.text.push(character),
                None => top.text.push_str(match name.xml_content(XmlVersion::Implicit1_0).as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("&{other}; is not XML's"),
                }),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "something is left open");
    let mut document = open.pop().expect("the document");
    assert_eq!(document.children.len(), 1, "one root");
    document.children.pop().expect("the root")
}

const CONFIG: &str =
    "-- dateline.yaml --\ntitle: \"Q & A <news>\"\nbase_url: https://test.example/briefing\ntimezone: Asia/Shanghai\n";

fn site() -> SiteTest {
    SiteTest::new(
        CONFIG.to_owned()
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17 12:30\n---\nIntro.\n\n## An item {#item topics=icc}\n\nOf [it](/topics/)[^1].\n\n[^1]: Note.\n"
            + &article(
                "visit",
                "date: 2023-10-17 10:45\nsummary: \"A < B & C\"\ndateline: BEIJING\nauthors: [Ann Lee, \"B & C\"]\nsection: World\ntopics: [ICC]\nupdates: [{at: 2023-10-17 19:05, kind: correction, text: Mended.}]",
                "See [before](before.md), [here](#part) and ![map](/map.svg).\n\n## Part\n\n`]]>` & <b>bold</b>\n",
            )
            + &article("before", "date: 2023-10-16\nlang: zh-Hans\ntopics: [Oil]", "文字。")
            + "-- static/map.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"></svg>\n",
    )
}

#[test]
fn the_atom_feed_has_every_story_with_its_dates_people_topics_and_whole_text() {
    let feed = parse(&site().build_clean().file("/feed.xml"));
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), "http://www.w3.org/2005/Atom");
    assert_eq!(feed.one("title").text, "Q & A <news>");
    assert_eq!(feed.one("updated").text, "2023-10-17T19:05:00+08:00", "the newest change of any entry");
    let links: Vec<(&str, &str)> =
        feed.all("link").map(|link| (link.attribute("rel"), link.attribute("href"))).collect();
    assert_eq!(
        links,
        [("self", "https://test.example/briefing/feed.xml"), ("alternate", "https://test.example/briefing/")]
    );
    let entries: Vec<&Element> = feed.all("entry").collect();
    let addresses: Vec<&str> = entries.iter().map(|entry| entry.one("link").attribute("href")).collect();
    assert_eq!(
        addresses,
        [
            "https://test.example/briefing/briefings/2023-10-17/#item",
            "https://test.example/briefing/2023/10/17/visit/",
            "https://test.example/briefing/2023/10/16/before/",
        ]
    );
    let visit = entries[1];
    assert_eq!(visit.one("id").text, "https://test.example/briefing/2023/10/17/visit/");
    assert_eq!(visit.one("title").text, "Title of visit");
    assert_eq!(visit.one("published").text, "2023-10-17T10:45:00+08:00");
    assert_eq!(visit.one("updated").text, "2023-10-17T19:05:00+08:00");
    assert_eq!(visit.one("summary").text, "A < B & C");
    assert_eq!(
        visit.all("author").map(|author| author.one("name").text.as_str()).collect::<Vec<_>>(),
        ["Ann Lee", "B & C"]
    );
    assert_eq!(visit.all("category").map(|category| category.attribute("term")).collect::<Vec<_>>(), ["World", "ICC"]);
    let content = visit.one("content");
    assert_eq!(content.attribute("type"), "html");
    assert!(
        content.text.starts_with(
            "<p><strong>Correction</strong> (17 October 2023): Mended.</p>\n<p><span class=\"dateline\">BEIJING</span>"
        ),
        "{}",
        content.text
    );
    for piece in [
        "<a href=\"https://test.example/briefing/2023/10/16/before/\">before</a>",
        "<a href=\"https://test.example/briefing/2023/10/17/visit/#part\">here</a>",
        "<img src=\"https://test.example/briefing/map.svg\"",
        "<code>]]&gt;</code> &amp; <b>bold</b>",
    ] {
        assert!(content.text.contains(piece), "{piece} in {}", content.text);
    }
    assert_eq!(entries[2].attribute("xml:lang"), "zh-Hans");
    assert_eq!(entries[1].attribute("xml:lang"), "");
}

#[test]
fn the_rss_feed_and_the_json_feed_say_the_same() {
    let site = site();
    let output = site.build_clean();
    let channel = parse(&output.file("/rss.xml"));
    let channel = channel.one("channel");
    assert_eq!(channel.one("link").text, "https://test.example/briefing/");
    assert_eq!(channel.one("atom:link").attribute("href"), "https://test.example/briefing/rss.xml");
    let items: Vec<&Element> = channel.all("item").collect();
    assert_eq!(items.len(), 3);
    assert_eq!(items[1].one("pubDate").text, "Tue, 17 Oct 2023 10:45:00 +0800");
    assert_eq!(items[1].one("guid").text, "https://test.example/briefing/2023/10/17/visit/");
    assert_eq!(items[1].one("guid").attribute("isPermaLink"), "true");
    assert_eq!(items[1].texts("dc:creator"), ["Ann Lee", "B & C"]);
    assert_eq!(items[1].texts("category"), ["World", "ICC"]);
    let atom = parse(&output.file("/feed.xml"));
    let json: serde_json::Value = serde_json::from_str(&output.file("/feed.json")).expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://test.example/briefing/feed.json");
    for (at, entry) in atom.all("entry").enumerate() {
        let content = &entry.one("content").text;
        assert_eq!(&items[at].one("content:encoded").text, content);
        assert_eq!(json["items"][at]["content_html"], *content);
        assert_eq!(json["items"][at]["id"], entry.one("id").text);
        assert_eq!(json["items"][at]["date_published"], entry.one("published").text);
        assert_eq!(json["items"][at]["date_modified"], entry.one("updated").text);
        assert_eq!(items[at].one("link").text, entry.one("link").attribute("href"));
    }
}

#[test]
fn topics_and_people_have_feeds_of_their_own_with_their_own_page() {
    let site = site();
    site.write("content/people/lee.md", "---\nname: Ann Lee\n---\n");
    let output = site.build_clean();
    for (path, stories) in [("/topics/icc/", 2), ("/topics/oil/", 1), ("/people/ann-lee/", 1), ("/topics/world/", 1)] {
        let feed = parse(&output.file(&format!("{path}feed.xml")));
        let page = feed.all("link").find(|link| link.attribute("rel") == "alternate").expect("a page");
        assert_eq!(page.attribute("href"), format!("https://test.example/briefing{path}"));
        assert_eq!(feed.one("id").text, format!("https://test.example/briefing{path}feed.xml"));
        assert_eq!(feed.all("entry").count(), stories, "{path}");
    }
}

#[test]
fn a_storys_identity_survives_its_move() {
    let ids = |head: &str| {
        let site = SiteTest::new(article("visit", &format!("date: 2023-10-17\n{head}"), "Text."));
        let output = site.build_clean();
        let entry = parse(&output.file("/feed.xml"));
        let entry = entry.one("entry");
        (entry.one("id").text.clone(), entry.one("link").attribute("href").to_owned())
    };
    let here = "https://test.example/2023/10/17/visit/".to_owned();
    assert_eq!(ids(""), (here.clone(), here.clone()));
    let moved = "https://test.example/2023/10/17/moved/".to_owned();
    assert_eq!(ids("slug: moved\naliases: [/2023/10/17/visit/]"), (here.clone(), moved.clone()));
    assert_eq!(
        ids("slug: moved\naliases: [/2023/10/17/visit]"),
        (here.clone(), moved.clone()),
        "with or without the slash"
    );
    assert_eq!(ids("slug: moved\naliases: [/2023/10/17/visit/, /2023/10/17/second/]"), (here, moved));
}

/// A feed as RSS, the items by their ids.
fn items(channel: &Element) -> std::collections::BTreeMap<String, &Element> {
    channel.all("item").map(|item| (item.one("guid").text.clone(), item)).collect()
}

#[test]
fn readers_of_every_feed_learn_that_a_story_was_withdrawn() {
    let gone = "date: 2023-10-16\ntopics: [Tribunal]\nthread: The trip\nauthors: [A. Lee]\n";
    let withdrawn = "updates: [{at: 2023-10-17, kind: correction, text: Mended.}, {at: 2023-10-18 09:00, kind: withdrawn, text: \"Not <so>.\"}]";
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {items: 2, formats: [atom, rss, json]}\npublisher: {name: The House}\n"
            .to_owned()
            + "-- content/topics/icc.md --\n---\ntitle: ICC\naliases: [Tribunal]\nparents: [Law]\n---\n"
            + "-- content/people/lee.md --\n---\nname: Ann Lee\naliases: [A. Lee]\n---\n"
            + "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16 20:00\nstories: [gone, stays]\n---\nIntro.\n"
            + &article("stays", "date: 2023-10-15\ntopics: [Oil]\nthread: The trip", "Text.")
            + &article("newer", "date: 2023-10-17", "Text.")
            + &article("newest", "date: 2023-10-18", "Text.")
            + &article("gone", gone, "BODYMARK"),
    );
    site.build();
    site.write_all(&article("gone", &format!("{gone}{withdrawn}"), "BODYMARK"));
    let output = site.build_and_compare();
    let id = "https://test.example/2023/10/16/gone/";
    // The site's feed has room for two, and tells of it all the same: it was withdrawn after they came out.
    for folder in ["/", "/topics/icc/", "/topics/law/", "/people/ann-lee/", "/threads/the-trip/", "/briefings/"] {
        let atom = parse(&output.file(&format!("{folder}feed.xml")));
        let tombstone = atom.one("at:deleted-entry");
        assert_eq!((tombstone.attribute("ref"), tombstone.attribute("when")), (id, "2023-10-18T09:00:00Z"), "{folder}");
        assert_eq!(atom.one("updated").text, "2023-10-18T09:00:00Z", "{folder}");
        assert!(atom.all("entry").all(|entry| entry.one("id").text != id), "{folder}");
        let rss = parse(&output.file(&format!("{folder}rss.xml")));
        let item = items(rss.one("channel"))[id];
        assert_eq!(item.one("title").text, "Withdrawn: Title of gone");
        assert_eq!(item.one("description").text, "Not &lt;so&gt;.");
        assert_eq!(item.texts("dc:creator"), ["The House"], "a notice is the publisher's");
        assert_eq!(
            item.one("content:encoded").text,
            "<p><strong>Withdrawn</strong> (18 October 2023): Not &lt;so&gt;.</p>\n"
        );
        let json: serde_json::Value = serde_json::from_str(&output.file(&format!("{folder}feed.json"))).expect("JSON");
        let item = json["items"].as_array().expect("items").iter().find(|item| item["id"] == id).expect("the notice");
        assert_eq!((&item["title"], &item["summary"]), (&"Withdrawn: Title of gone".into(), &"Not <so>.".into()));
        assert_eq!(
            (&item["date_modified"], &item["_news"]["status"]),
            (&"2023-10-18T09:00:00Z".into(), &"withdrawn".into())
        );
    }
    assert!(!output.file("/topics/oil/rss.xml").contains("gone"), "it never had it");
    let ledger = output.main("/corrections/");
    assert_in_order(
        &ledger,
        &[
            "Withdrawn",
            "/2023/10/16/gone/#withdrawn-20231018T090000Z",
            "Not &lt;so&gt;.",
            "Correction",
            "/2023/10/16/gone/#correction-20231017T000000Z",
        ],
    );
    let page = output.main("/2023/10/16/gone/");
    for anchor in ["correction-20231017T000000Z", "withdrawn-20231018T090000Z"] {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "what the ledger links to is there");
    }
    let corrections = parse(&output.file("/corrections/rss.xml"));
    let item = items(corrections.one("channel"))["https://test.example/2023/10/16/gone/#withdrawn-20231018T090000Z"];
    assert_eq!(
        (&*item.one("title").text, &*item.one("description").text),
        ("Withdrawn: Title of gone", "Not &lt;so&gt;.")
    );
}

#[test]
fn a_story_that_was_withdrawn_without_a_word_and_is_the_only_one_is_told_of() {
    let site = SiteTest::new(article(
        "gone",
        "date: 2023-10-16\nlang: ar\nupdates: [{at: 2023-10-18, kind: withdrawn}]",
        "BODYMARK",
    ));
    let output = site.build_clean();
    assert_eq!(parse(&output.file("/feed.xml")).all("at:deleted-entry").count(), 1);
    let rss = parse(&output.file("/rss.xml"));
    assert_eq!(
        rss.one("channel").one("item").one("description").text,
        "It did not meet our standards and should not be relied on.",
        "in the language of the words, not of the story"
    );
    assert!(output.main("/corrections/").contains("It did not meet our standards"));
}

#[test]
fn descriptions_in_rss_are_html_and_every_item_has_an_author() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ndescription: \"Q & <A>\"\n".to_owned()
            + &article(
                "one",
                "date: 2023-10-17\nsummary: \"Shares of <Acme> fell & rose.\"",
                "## Head\n\nText[^1] [there](#head).\n\n[^1]: Note.\n",
            )
            + &article("wire", "date: 2023-10-16\ndateline: \"BEIJING (Xinhua)\"", "Text.")
            + "-- content/briefings/2023-10-15.md --\n---\ndate: 2023-10-15\n---\n## Item\n\n### Part\n\nText.\n",
    );
    let output = site.build_clean();
    let channel = parse(&output.file("/rss.xml"));
    let channel = channel.one("channel");
    assert_eq!(channel.one("description").text, "Q &amp; &lt;A&gt;");
    let found = items(channel);
    let one = found["https://test.example/2023/10/17/one/"];
    assert_eq!(one.one("description").text, "Shares of &lt;Acme&gt; fell &amp; rose.");
    assert_eq!(one.texts("dc:creator"), ["T"]);
    assert_eq!(found["https://test.example/2023/10/16/wire/"].texts("dc:creator"), ["Xinhua"]);
    assert!(channel.all("item").all(|item| item.all("dc:creator").count() == 1));
    let page = "https://test.example/2023/10/17/one/";
    let content = &one.one("content:encoded").text;
    assert!(
        content.starts_with("<h2 id=\"head\">Head</h2>"),
        "a link of a heading to itself is none elsewhere: {content}"
    );
    for fragment in ["#fn-one-1", "#fnref-one-1", "#head"] {
        assert!(content.contains(&format!("href=\"{page}{fragment}\"")), "{fragment} in {content}");
    }
    for file in ["/feed.xml", "/rss.xml", "/feed.json", "/briefings/feed.xml"] {
        let text = output.file(file);
        assert!(!text.contains(">#<") && !text.contains("gt;#&lt;") && !text.contains("\"anchor"), "{file}: {text}");
        assert!(!text.contains("href=\"#") && !text.contains("href=\\\"#") && !text.contains("href=&quot;#"), "{file}");
    }
}

#[test]
fn characters_that_xml_forbids_are_dropped_and_all_others_kept() {
    let site = SiteTest::new("");
    site.write(
        "content/articles/odd.md",
        "---\ntitle: \"Bell\\a & vertical\\v <tab>\\t 🙂 \\uFFFE end\"\ndate: 2023-10-17\nsummary: \"\\e[31mred\"\ntopics: [\"a\\x01b\"]\n---\nForm\u{c}feed \u{b}\u{1}\u{1b}[31m \u{fffe}and 🙂 ]]> text.\n",
    );
    let output = site.build_clean();
    for path in ["/feed.xml", "/rss.xml", "/sitemap.xml", "/sitemap-2023.xml", "/sitemap-pages.xml"] {
        let text = output.file(path);
        let is_legal =
            |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(text.chars().all(is_legal), "{path}");
        parse(&text);
    }
    let title = parse(&output.file("/feed.xml")).one("entry").one("title").text.clone();
    assert_eq!(title.split_whitespace().collect::<Vec<_>>().join(" "), "Bell & vertical <tab> 🙂 end");
}

#[test]
fn feeds_carry_as_much_as_the_site_says() {
    let many: String = (1..=25)
        .map(|day| articles(&[(&format!("s{day:02}"), &format!("2023-09-{day:02}"), "summary: Short.")]))
        .collect();
    let with = |feeds: &str| {
        let site =
            SiteTest::new(format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\n{feeds}\n") + &many);
        let output = site.build();
        parse(&output.file("/feed.xml"))
    };
    let usual = with("");
    assert_eq!(usual.all("entry").count(), 20);
    assert_eq!(usual.all("entry").next().expect("an entry").one("title").text, "Title of s25");
    let short = with("feeds: {items: 3, content: summary}");
    assert_eq!(short.all("entry").count(), 3);
    assert!(short.all("entry").all(|entry| entry.all("content").count() == 0 && entry.one("summary").text == "Short."));
}

#[test]
fn the_whole_text_stands_in_the_feed_of_the_site_and_not_again_in_those_of_its_parts() {
    let stories = "-- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\ntopics: [Oil]\nauthors: Ann Lee\nthread: talks\nsummary: Short.\n---\nThe whole text of A.\n\
        -- content/articles/b.md --\n---\ntitle: B\ndate: 2023-10-18\ntopics: [Oil]\nauthors: Ann Lee\nthread: talks\n---\nThe beginning of B, which has no dek.\n\
        -- content/articles/c.md --\n---\ntitle: C\ndate: 2023-10-16\ntopics: [Oil]\nupdates: [{kind: withdrawn, at: 2023-10-18}]\n---\nWhat was withdrawn.\n\
        -- content/people/ann-lee.md --\n---\nname: Ann Lee\n---\n\
        -- content/briefings/2023-10-18.md --\n---\ntitle: Day\ndate: 2023-10-18\n---\n## One\n\nThe text of an item.\n";
    let with = |feeds: &str| {
        let config = format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\n{feeds}\n");
        SiteTest::new(config + stories)
    };
    let parts = ["/topics/oil/feed.xml", "/people/ann-lee/feed.xml", "/threads/talks/feed.xml"];
    let (site, whole) = (with(""), with("feeds: {content: full}"));
    let usual = site.build();
    assert!(usual.file("/feed.xml").contains("The whole text of A."));
    assert!(usual.file("/briefings/feed.xml").contains("The text of an item."));
    for part in parts {
        let text = usual.file(part);
        let feed = parse(&text);
        let of = |title: &str| {
            feed.all("entry")
                .find(|entry| entry.one("title").text == title)
                .unwrap_or_else(|| panic!("{title} in {part}"))
        };
        assert_eq!((of("A").one("summary").text.as_str(), of("A").all("content").count()), ("Short.", 0), "{part}");
        assert_eq!(of("B").one("summary").text, "The beginning of B, which has no dek.", "{part}");
        assert!(!text.contains("What was withdrawn"), "{part}");
    }
    let full = whole.build();
    assert!(parts.iter().all(|part| full.file(part).contains("The whole text of A.")));
}

#[test]
fn sitemaps_list_every_page_once_with_the_day_it_changed() {
    let site = SiteTest::new(
        articles(&[
            ("a", "2021-05-01", "topics: [ICC]"),
            ("b", "2023-10-17 10:00", "updated: 2023-10-18 09:00"),
            ("hidden", "2023-10-16", "noindex: true"),
            ("elsewhere", "2023-10-15", "canonical: https://other.example/x/"),
        ]) + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    let output = site.build_clean();
    let index = parse(&output.file("/sitemap.xml"));
    assert_eq!(index.name, "sitemapindex");
    let shards: Vec<String> = index.all("sitemap").map(|map| map.one("loc").text.clone()).collect();
    assert_eq!(
        shards,
        [
            "https://test.example/sitemap-2021.xml",
            "https://test.example/sitemap-2023.xml",
            "https://test.example/sitemap-pages.xml"
        ]
    );
    let mut listed: Vec<String> = Vec::new();
    for shard in &shards {
        let set = parse(&output.file(shard.strip_prefix("https://test.example").expect("it is of this site")));
        assert_eq!(
            (set.name.as_str(), set.attribute("xmlns")),
            ("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9")
        );
        for url in set.all("url") {
            let address = url.one("loc").text.strip_prefix("https://test.example").expect("absolute").to_owned();
            assert!(output.exists(&address), "{address}");
            if address.ends_with("/b/") {
                assert_eq!(url.one("lastmod").text, "2023-10-18T09:00:00Z");
            }
            listed.push(address);
        }
    }
    listed.sort();
    assert_eq!(
        listed,
        [
            "/",
            "/2021/05/01/a/",
            "/2023/10/17/b/",
            "/about/",
            "/archive/",
            "/archive/2021/",
            "/archive/2021/05/",
            "/archive/2023/",
            "/archive/2023/10/",
            "/topics/",
        ],
        "a topic with one story and no text of its own is left out"
    );
}

#[test]
fn a_site_without_a_story_has_no_feed_unless_readers_have_it() {
    let site = SiteTest::new(
        article("later", "date: 2023-10-16\nembargo: 2024-01-01", "Text.")
            + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    let output = site.build();
    for (path, bytes) in site.tree() {
        assert!(!path.ends_with("feed.xml") && !path.ends_with("rss.xml") && !path.ends_with("feed.json"), "{path}");
        let names_feeds = is_page(&path) || path == "llms.txt";
        assert!(!names_feeds || !String::from_utf8_lossy(&bytes).contains("/feed.xml"), "{path} names no feed");
    }
    assert!(output.exists("/llms.txt"));
    site.write("urls.lock", "# dateline urls 1\n/feed.xml\n/rss.xml\n");
    let output = site.build();
    let rss = output.file("/rss.xml");
    assert!(!rss.contains("1970") && !rss.contains("pubDate") && !rss.contains("lastBuildDate"), "{rss}");
    // Atom wants a date: that of the newest address that readers have, or of what else is dated.
    site.write(
        "urls.lock",
        "# dateline urls 1\n/2023/09/30/x/\n/2023/10/02/gone/\n/feed.xml\n/rss.xml\n/topics/2024/\n",
    );
    let config = "title: The Test\nbase_url: https://test.example\n";
    site.write("dateline.yaml", format!("{config}gone: [/2023/09/30/x/, /2023/10/02/gone/, /topics/2024/]\n"));
    assert!(site.build().file("/feed.xml").contains("<updated>2023-10-02T00:00:00Z</updated>"));
    site.write("content/briefings/2023-10-05.md", "---\ndate: 2023-10-05T06:00:00Z\n---\nWords.\n");
    assert!(site.build().file("/feed.xml").contains("<updated>2023-10-05T06:00:00Z</updated>"));
    site.write("dateline.yaml", config);
    site.remove("content/briefings/2023-10-05.md").write("urls.lock", "# dateline urls 1\n/feed.xml\n/rss.xml\n");
    assert!(output.file("/").contains("/feed.xml"));
    site.write_all(&article("now", "date: 2023-10-17", "Text."));
    let output = site.build_and_compare();
    assert!(output.file("/rss.xml").contains("<lastBuildDate>Tue, 17 Oct 2023"));
    // A story that was there and is withheld has a date that has passed.
    let feed = |literal: &str| {
        let site = SiteTest::new(literal);
        let lock = "/feed.xml\n/people/x/feed.xml\n/topics/gas/feed.xml\n";
        site.write("urls.lock", format!("# dateline urls 1\n{lock}"));
        let gone = lock.trim_end().replace('\n', ", ");
        site.write(
            "dateline.yaml",
            format!("title: T\nbase_url: https://test.example\npermalink: /{{slug}}/\ngone: [{gone}]\n"),
        );
        site.write("content/people/x.md", "---\nname: X\n---\n")
            .write("content/topics/gas.md", "---\ntitle: Gas\n---\n");
        site.try_build();
        for (path, bytes) in site.tree() {
            assert!(!String::from_utf8_lossy(&bytes).contains("1970"), "{path}");
        }
        site.tree().get("feed.xml").map(|feed| String::from_utf8_lossy(feed).into_owned()).unwrap_or_default()
    };
    for (head, updated) in [
        ("date: 2023-10-16\nexpires: 2023-10-17", Some("2023-10-17T00:00:00Z")),
        ("date: 2023-10-16\ndraft: true", Some("2023-10-16T00:00:00Z")),
        ("date: 2099-01-01", None),
    ] {
        let feed = feed(&article("one", head, "Text."));
        assert_eq!(feed.contains("<updated>"), updated.is_some(), "{head}: {feed}");
        assert!(updated.is_none_or(|at| feed.contains(&format!("<updated>{at}</updated>"))), "{head}: {feed}");
    }
    assert_eq!(feed(""), "", "nothing ever was");
}
