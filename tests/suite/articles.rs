//! Articles: addresses, everything in the front matter that readers see, neighbours, related stories, translations.

use crate::site_test::{SiteTest, article, articles, assert_in_order, attributes, between};

#[test]
fn the_address_follows_the_pattern_and_the_date_in_the_desks_zone() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Asia/Shanghai\npermalink: /news/{year}/{month}/{slug}.html\n\
         -- content/articles/late.md --\n---\ntitle: Late\ndate: 2023-09-30T16:30:00Z\n---\nText.\n",
    );
    let output = site.build_clean();
    assert!(output.exists("/news/2023/10/late.html"), "half past midnight of 1 October in Shanghai");
    assert_eq!(
        attributes(&output.file("/news/2023/10/late.html"), "content")
            .iter()
            .filter(|c| c.ends_with("/news/2023/10/late.html"))
            .count(),
        1
    );
    assert_eq!(output.headlines("/archive/2023/10/"), ["/news/2023/10/late.html Late"]);
    assert!(!output.exists("/archive/2023/09/"));
}

#[test]
fn the_slug_is_given_or_comes_from_the_file_or_its_folder_without_a_date() {
    let head = "---\ntitle: T\ndate: 2023-10-17\n---\nText.\n";
    let site = SiteTest::new("");
    for path in
        ["2023-10-16-the-visit.md", "2023/10/Oil & Gas.md", "map/index.md", "2023-10-15-folder/index.md", "北京.md"]
    {
        site.write(&format!("content/articles/{path}"), head);
    }
    site.write("content/articles/other-name.md", "---\ntitle: T\ndate: 2023-10-17\nslug: given\n---\nText.\n");
    let output = site.build_clean();
    for slug in ["the-visit", "oil-and-gas", "map", "folder", "bei-jing", "given"] {
        assert!(output.exists(&format!("/2023/10/17/{slug}/")), "{slug}");
    }
    assert_eq!(site.tree().keys().filter(|file| file.starts_with("2023/10/17/")).count(), 6);
}

#[test]
fn everything_in_the_front_matter_that_is_for_readers_is_on_the_page() {
    let site = SiteTest::new(
        r#"
-- dateline.yaml --
title: The Test
base_url: https://test.example
timezone: Asia/Shanghai
-- static/images/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"></svg>
-- content/people/desk.md --
---
name: World desk
---
-- content/articles/visit.md --
---
title: "Putin & Xi <meet>"
short_title: Short one
summary: The dek of it.
date: 2023-10-17 10:45
dateline: BEIJING/HONG KONG, Oct 17 (Agency)
authors: [World desk, Ann Lee]
contributors: [Bo Dee]
editors: [Cy Fox]
kind: analysis
status: developing
section: World
topics: [ICC, Oil]
thread: The trip
key_points: [First point, Second point]
facts:
  - {label: Members, value: "123", source: The court}
  - {label: Barrels, value: 2 million, source: "https://oil.example/"}
sources:
  - {name: Customs, url: "https://customs.example/"}
  - Rome Statute
image: {src: /images/map.svg, alt: A map, caption: The map, credit: Desk graphics}
audio: https://audio.example/visit.mp3
canonical: https://origin.example/visit/
noindex: true
extra: {print_page: A3}
---
First paragraph.

Second paragraph.
"#,
    );
    let output = site.build_clean();
    let page = output.file("/2023/10/17/visit/");
    let main = output.main("/2023/10/17/visit/");
    assert_in_order(
        &main,
        &[
            "<span class=\"mark-developing\">Developing</span>",
            "<span class=\"mark-kind\">Analysis</span>",
            "<a href=\"/topics/world/\">World</a>",
            "<h1 class=\"headline\">Putin &amp; Xi &lt;meet&gt;</h1>",
            "<p class=\"dek\">The dek of it.</p>",
            "By <a href=\"/people/world-desk/\">World desk</a> and Ann Lee</p>",
            "<time datetime=\"2023-10-17T10:45:00+08:00\">17 October 2023, 10:45 UTC+08:00</time>",
            "This is a developing story.",
            "<li>First point</li>",
            "<li>Second point</li>",
            "<img src=\"/images/map.svg\" alt=\"A map\" width=\"640\" height=\"480\"",
            "<span class=\"caption\">The map</span>",
            "<span class=\"credit\">Desk graphics</span>",
            "<source src=\"https://audio.example/visit.mp3\" type=\"audio/mpeg\">",
            "<p><span class=\"dateline\">BEIJING/HONG KONG, Oct 17 (Agency)</span> <span class=\"dateline-rule\" aria-hidden=\"true\">—</span> First paragraph.</p>",
            "<p>Second paragraph.</p>",
            "Additional reporting by Bo Dee. Editing by Cy Fox.",
            "First published at <a href=\"https://origin.example/visit/\">https://origin.example/visit/</a>",
            "<a href=\"https://customs.example/\">Customs</a>",
            "<li>Rome Statute</li>",
            "<li><a href=\"/topics/icc/\">ICC</a></li>",
            "<li><a href=\"/topics/oil/\">Oil</a></li>",
            "<dt>Members</dt>",
            "<dd>123 <span class=\"fact-source\">Source: The court</span></dd>",
            "<dd>2 million <span class=\"fact-source\"><a href=\"https://oil.example/\">Source</a></span></dd>",
            "<a href=\"/threads/the-trip/\">The trip</a>",
        ],
    );
    assert_in_order(
        &page,
        &[
            "<title>Putin &amp; Xi &lt;meet&gt; | The Test</title>",
            "<meta name=\"description\" content=\"The dek of it.\">",
            "<link rel=\"canonical\" href=\"https://origin.example/visit/\">",
            "<meta name=\"robots\" content=\"noindex, ",
            "<meta property=\"og:type\" content=\"article\">",
            "<meta property=\"og:image\" content=\"https://test.example/images/map.svg\">",
            "<meta property=\"og:image:width\" content=\"640\">",
            "<meta property=\"article:published_time\" content=\"2023-10-17T10:45:00+08:00\">",
            "<meta property=\"article:section\" content=\"World\">",
            "<meta property=\"article:tag\" content=\"ICC\">",
            "<meta property=\"article:author\" content=\"https://test.example/people/world-desk/\">",
        ],
    );
    assert_eq!(output.headlines("/topics/icc/"), ["/2023/10/17/visit/ Short one"], "lists are narrow");
    assert!(output.headlines("/")[0].ends_with(" Putin &amp; Xi &lt;meet&gt;"), "the lead is not");
    assert!(!output.file("/sitemap-pages.xml").contains("/visit/"), "it is asked not to be indexed");
    assert!(!output.exists("/sitemap-2023.xml"), "nothing of that year is left");
}

#[test]
fn the_dateline_runs_into_the_first_paragraph_and_else_stands_above() {
    let site = SiteTest::new(
        [
            article(
                "list-first",
                "date: 2023-10-17\ndateline: {places: [Beijing, The Hague], date: 2023-10-17, agency: Meridian}",
                "- a list",
            ),
            article("plain", "date: 2023-10-17\ndateline: TULSA, Oklahoma", "*Emphasis* first."),
        ]
        .concat(),
    );
    let output = site.build_clean();
    let rule = "<span class=\"dateline-rule\" aria-hidden=\"true\">—</span>";
    let prose = |slug: &str| {
        between(&output.main(&format!("/2023/10/17/{slug}/")), "<div class=\"prose\">\n", "</div>")
            .trim_end()
            .to_owned()
    };
    assert_eq!(
        prose("plain"),
        format!("<p><span class=\"dateline\">TULSA, Oklahoma</span> {rule} <em>Emphasis</em> first.</p>")
    );
    assert_eq!(
        prose("list-first"),
        format!(
            "<p><span class=\"dateline\">BEIJING/THE HAGUE, Oct 17 (Meridian)</span> {rule}</p>\n<ul>\n<li>a list</li>\n</ul>"
        )
    );
}

#[test]
fn previous_and_next_go_by_time_and_skip_what_was_withdrawn() {
    let site = SiteTest::new(articles(&[
        ("third", "2023-10-17 09:00", ""),
        ("first", "2023-10-15", ""),
        ("gone", "2023-10-16 12:00", "updates: [{at: 2023-10-17, kind: withdrawn, text: It was wrong.}]"),
        ("second", "2023-10-16", ""),
    ]));
    let output = site.build_clean();
    let neighbours = |path: &str| {
        let main = output.main(path);
        let around = main.split("<nav class=\"neighbours\"").nth(1).unwrap_or("").to_owned();
        attributes(&around, "rel")
            .into_iter()
            .zip(attributes(&around, "href"))
            .map(|(rel, href)| format!("{rel} {href}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(neighbours("/2023/10/15/first/"), ["next /2023/10/16/second/"]);
    assert_eq!(neighbours("/2023/10/16/second/"), ["prev /2023/10/15/first/", "next /2023/10/17/third/"]);
    assert_eq!(neighbours("/2023/10/17/third/"), ["prev /2023/10/16/second/"]);
    assert_eq!(neighbours("/2023/10/16/gone/"), Vec::<String>::new());
}

#[test]
fn related_stories_are_older_and_share_the_rarest_topics_first() {
    let site = SiteTest::new(articles(&[
        ("common-1", "2023-10-10", "topics: [Russia]"),
        ("common-2", "2023-10-11", "topics: [Russia]"),
        ("rare", "2023-10-09", "topics: [Russia, Kyrgyzstan]"),
        ("nothing-shared", "2023-10-12", "topics: [Oil]"),
        ("subject", "2023-10-13", "topics: [Kyrgyzstan, Russia]"),
        ("later", "2023-10-14", "topics: [Kyrgyzstan, Russia]"),
    ]));
    let output = site.build_clean();
    let related = |path: &str| {
        let main = output.main(path);
        crate::site_test::headlines(main.split("class=\"related\"").nth(1).unwrap_or(""))
    };
    assert_eq!(
        related("/2023/10/13/subject/"),
        [
            "/2023/10/09/rare/ Title of rare",
            "/2023/10/11/common-2/ Title of common-2",
            "/2023/10/10/common-1/ Title of common-1"
        ]
    );
    assert_eq!(related("/2023/10/09/rare/"), Vec::<String>::new(), "nothing is older");
    assert_in_order(
        &output.main("/2023/10/13/subject/"),
        &[
            "/rare/",
            "<p class=\"why\">On <a href=\"/topics/kyrgyzstan/\">Kyrgyzstan</a>, <a href=\"/topics/russia/\">Russia</a></p>",
        ],
    );
    let before = site.tree()["2023/10/10/common-1/index.html"].clone();
    site.write_all(&articles(&[("newest", "2023-10-17", "topics: [Russia]")]));
    let (_, changed, _) = site.build_and_compare().changes();
    assert_eq!(site.tree()["2023/10/10/common-1/index.html"], before);
    assert_eq!(
        changed.iter().filter(|route| route.starts_with("/2023/")).collect::<Vec<_>>(),
        ["/2023/10/14/later/"],
        "of all articles only the neighbour of the new one"
    );
}

#[test]
fn changes_are_told_by_their_kind() {
    let site = SiteTest::new(article(
        "visit",
        "date: 2023-10-17 08:00\nupdates:\n\
         - {at: 2023-10-17 12:00, kind: correction, text: It said a third.}\n\
         - {at: 2023-10-17 09:00, kind: update, text: He has landed.}\n\
         - {at: 2023-10-17 10:00, kind: clarification, text: Crude only.}\n\
         - {at: 2023-10-17 11:00, kind: editors-note, text: On our sources.}\n\
         - {at: 2023-10-18 07:00, kind: refile, text: Spelling.}\n",
        "The body.",
    ));
    let output = site.build_clean();
    let main = output.main("/2023/10/17/visit/");
    assert_in_order(
        &main,
        &[
            "Updated <time datetime=\"2023-10-17T12:00:00Z\">",
            "notes-above",
            "note-editors-note",
            "Editor’s note",
            "On our sources.",
            "note-correction",
            ">Correction<",
            "12:00",
            "It said a third.",
            "The body.",
            "notes-below",
            "note-clarification",
            ">Clarification<",
            "Crude only.",
            "How this story changed",
            "He has landed.",
        ],
    );
    assert!(!main.contains("Spelling."), "a refile is not told");
    assert_in_order(
        &output.file("/sitemap-2023.xml"),
        &["/2023/10/17/visit/</loc>", "<lastmod>2023-10-17T12:00:00Z</lastmod>"],
    );
    assert_in_order(&output.file("/feed.xml"), &["<entry>", "<updated>2023-10-17T12:00:00Z</updated>"]);
}

#[test]
fn updated_alone_is_an_update_without_a_text() {
    let site = SiteTest::new(articles(&[("visit", "2023-10-17", "updated: 2023-10-18 06:10")]));
    let output = site.build_clean();
    let main = output.main("/2023/10/17/visit/");
    assert_in_order(&main, &["Updated <time datetime=\"2023-10-18T06:10:00Z\">"]);
    assert!(!main.contains("How this story changed"));
}

#[test]
fn a_withdrawn_story_keeps_its_address_and_leaves_every_list() {
    let site = SiteTest::new(
        &(articles(&[("stays", "2023-10-16", "topics: [ICC]\nauthors: [World desk]")])
            + &article(
                "visit",
                "date: 2023-10-17\ntopics: [ICC]\nthread: The trip\nauthors: [World desk]\nsummary: SUMMARYMARK\nupdates: [{at: 2023-10-18, kind: withdrawn, text: Its source was not who he said.}]",
                "BODYMARK",
            )
            + "-- content/people/desk.md --\n---\nname: World desk\n---\n"
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nstories: [visit, stays]\n---\nIntro.\n"),
    );
    let output = site.build_clean();
    let page = output.file("/2023/10/17/visit/");
    assert_in_order(
        &page,
        &[
            "noindex",
            "<h1 class=\"headline\">Title of visit</h1>",
            "This story has been withdrawn",
            "Its source was not who he said.",
        ],
    );
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("BODYMARK") && !text.contains("SUMMARYMARK"), "{file}");
        if matches!(&*file, "feed.xml" | "topics/icc/feed.xml" | "people/world-desk/feed.xml" | "briefings/feed.xml") {
            assert!(text.contains(
                "<at:deleted-entry ref=\"https://test.example/2023/10/17/visit/\" when=\"2023-10-18T00:00:00Z\"/>"
            ));
            assert_eq!(
                text.matches("/visit/").count(),
                1,
                "its readers are told that it no longer stands, and nothing else"
            );
        } else if matches!(&*file, "rss.xml" | "feed.json" | "corrections/feed.xml" | "corrections/index.html") {
            assert!(text.contains("/visit/") && text.contains("Its source was not who he said."), "{file} tells of it");
        } else if file != "2023/10/17/visit/index.html" {
            assert!(!text.contains("/visit/") && !text.contains("Title of visit"), "{file} lists a withdrawn story");
        }
    }
    site.write_all(&article("linker", "date: 2023-10-16", "It [was](visit.md) so."));
    let linker = site.build_clean().main("/2023/10/16/linker/");
    assert!(linker.contains("It <a href=\"/2023/10/17/visit/\">was</a> so."), "links to it still lead there");
    assert!(output.exists("/topics/icc/") && !output.exists("/threads/the-trip/"));
}

#[test]
fn translations_name_each_other_and_each_page_is_in_its_own_language() {
    let site = SiteTest::new(
        [
            article("visit", "date: 2023-10-17", "Text."),
            article("zh/visit-zh", "date: 2023-10-17\nlang: zh-Hans\ntranslation_of: ../visit.md", "文字。"),
            article("visit-ar", "date: 2023-10-17\nlang: ar\ntranslation_of: visit", "نص."),
        ]
        .concat(),
    );
    let output = site.build_clean();
    let alternates = [
        ("ar", "https://test.example/2023/10/17/visit-ar/"),
        ("en", "https://test.example/2023/10/17/visit/"),
        ("zh-Hans", "https://test.example/2023/10/17/visit-zh/"),
        ("x-default", "https://test.example/2023/10/17/visit/"),
    ];
    let expected: String =
        alternates.map(|(lang, url)| format!("\n<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{url}\">")).concat();
    for (slug, lang, dir) in [("visit", "en", "ltr"), ("visit-zh", "zh-Hans", "ltr"), ("visit-ar", "ar", "rtl")] {
        let page = output.file(&format!("/2023/10/17/{slug}/"));
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")), "{slug}");
        assert!(page.contains(&expected), "{slug}: {page}");
        let main = output.main(&format!("/2023/10/17/{slug}/"));
        assert_eq!(main.matches("hreflang=").count(), 2, "{slug} names the others, not itself");
        assert_eq!(page.matches("hreflang=\"x-default\"").count(), 1);
    }
    assert_in_order(
        &output.main("/2023/10/17/visit-ar/"),
        &[
            "Also in",
            "href=\"/2023/10/17/visit/\" hreflang=\"en\" lang=\"en\"",
            "href=\"/2023/10/17/visit-zh/\" hreflang=\"zh-Hans\"",
        ],
    );
    assert!(
        output
            .main("/archive/2023/10/")
            .contains("<a href=\"/2023/10/17/visit-ar/\" lang=\"ar\" dir=\"rtl\">Title of visit-ar</a>")
    );
}

#[test]
fn a_site_may_run_from_right_to_left() {
    let site = SiteTest::new(
        &("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nlanguage: ar\n".to_owned()
            + &articles(&[("visit", "2023-10-17", "topics: [ICC]")])),
    );
    let output = site.build_clean();
    for page in ["/", "/2023/10/17/visit/", "/topics/icc/", "/archive/", "/404.html"] {
        assert!(output.file(page).contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    }
    assert!(output.main("/2023/10/17/visit/").contains("أكتوبر"), "dates are in the site's language");
}

#[test]
fn an_alias_leads_on_by_page_and_by_redirect() {
    let site = SiteTest::new(articles(&[("visit", "2023-10-17", "aliases: [/old/visit/, /older, /ancient.html]")]));
    let output = site.build_clean();
    for alias in ["/old/visit/", "/older/", "/ancient.html"] {
        let page = output.file(alias);
        assert!(
            page.contains("<meta http-equiv=\"refresh\" content=\"0; url=/2023/10/17/visit/\">"),
            "{alias}: {page}"
        );
        assert!(page.contains("<link rel=\"canonical\" href=\"https://test.example/2023/10/17/visit/\">"), "{alias}");
    }
    assert_eq!(
        output.file("/_redirects"),
        "/ancient.html /2023/10/17/visit/ 301\n/old/visit/ /2023/10/17/visit/ 301\n/older/ /2023/10/17/visit/ 301\n"
    );
    assert!(!output.file("/sitemap-pages.xml").contains("/old"), "former addresses are for nobody's index");
}

#[test]
fn the_front_is_led_by_priority_while_it_is_fresh_and_then_by_time() {
    let mut site = SiteTest::new(articles(&[
        ("big", "2023-10-14", "priority: 3"),
        ("new", "2023-10-16 12:00", ""),
        ("low", "2023-10-16 13:00", "priority: -1"),
    ]));
    let leads = |site: &SiteTest| site.build().headlines("/")[0].clone();
    assert_eq!(leads(&site), "/2023/10/14/big/ Title of big");
    site.write_all(&articles(&[("newer", "2023-10-17 12:00", "")]));
    assert_eq!(leads(&site), "/2023/10/17/newer/ Title of newer", "after three days priority counts no more");
    site.set_now("2023-10-16T18:00:00Z");
    assert_eq!(leads(&site), "/2023/10/14/big/ Title of big");
}
