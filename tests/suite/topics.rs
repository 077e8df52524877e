//! Topics: one for each name whatever its spelling, in any script, with all that is about it.

use crate::site_test::{SiteTest, article, articles, assert_in_order, between};

/// Addresses of all topic fronts of an output.
fn topics(site: &SiteTest) -> Vec<String> {
    site.tree()
        .into_keys()
        .filter_map(|file| Some(file.strip_prefix("topics/")?.strip_suffix("/index.html")?.to_owned()))
        .filter(|slug| !slug.contains("/page/"))
        .collect()
}

#[test]
fn spellings_of_a_name_are_one_topic_called_as_most_stories_do() {
    let site = SiteTest::new(articles(&[
        ("a", "2023-10-01", "topics: [icc]"),
        ("b", "2023-10-02", "topics: [I.C.C.]"),
        ("c", "2023-10-03", "topics: [ICC]"),
        ("d", "2023-10-04", "topics: [ICC, icc, I.C.C.]"),
        ("e", "2023-10-05", "topics: ICC"),
        ("f", "2023-10-06", "topics: [Oil & gas]"),
        ("g", "2023-10-07", "topics: [oil and gas]"),
        ("h", "2023-10-08", "topics: [2023]"),
    ]));
    let output = site.build_clean();
    assert_eq!(topics(&site), ["2023", "icc", "oil-and-gas"]);
    assert!(output.main("/topics/icc/").contains("<h1>ICC</h1>"));
    let order = ["e", "d", "c", "b", "a"].map(str::to_owned);
    let listed: Vec<String> = output
        .headlines("/topics/icc/")
        .iter()
        .map(|line| line.rsplit(' ').next().expect("a word").to_owned())
        .collect();
    assert_eq!(listed, order, "each once, newest first");
    assert_in_order(&output.main("/topics/icc/"), &["<dt>Coverage</dt><dd>5 stories</dd>"]);
    assert!(output.main("/2023/10/02/b/").contains("<a href=\"/topics/icc/\">ICC</a>"), "the same name everywhere");
}

#[test]
fn a_topics_name_is_never_re_cased() {
    let site = SiteTest::new(
        articles(&[("a", "2023-10-01", "topics: [iPhone, eSwatini]"), ("b", "2023-10-02", "topics: [Bri, BRI]")])
            + "-- content/topics/bri.md --\n---\ntitle: the Belt and Road\naliases: [BRI]\n---\n",
    );
    let output = site.build_clean();
    for (slug, name) in [("iphone", "iPhone"), ("eswatini", "eSwatini"), ("the-belt-and-road", "the Belt and Road")] {
        assert!(output.main(&format!("/topics/{slug}/")).contains(&format!("<h1>{name}</h1>")), "{slug}");
    }
}

#[test]
fn what_is_withheld_has_no_say_in_a_topics_name() {
    let site = SiteTest::new(articles(&[
        ("shown", "2023-10-01", "topics: [icc]"),
        ("draft", "2023-10-02", "draft: true\ntopics: [ICC-Draft, ICC]"),
        ("future", "2033-10-02", "topics: [ICC]"),
    ]));
    let output = site.build_clean();
    assert_eq!(topics(&site), ["icc"]);
    assert!(output.main("/topics/icc/").contains("<h1>icc</h1>"), "the only spelling that readers may know of");
}

#[test]
fn slugs_are_readable_and_unique_in_every_script() {
    let names = [
        "Łódź",
        "Lodz",
        "C",
        "C++",
        "C#",
        "北京",
        "背景",
        "Россия",
        "مصر",
        "🙂",
        "☃☃",
        "Oil/Gas",
        "a.b",
        "中国",
        "Zhong Guo",
    ];
    let site = SiteTest::new("");
    for (index, name) in names.iter().enumerate() {
        site.write_all(&articles(&[(&format!("story-{index}"), "2023-10-01", &format!("topics: [\"{name}\"]"))]));
    }
    let output = site.build();
    let shared = output.problems();
    assert!(shared.len() == 3 && shared.iter().all(|problem| problem.starts_with("shared-slug ")), "{shared:?}");
    let slugs = topics(&site);
    assert_eq!(slugs.len(), names.len(), "{slugs:?}");
    let mut found: Vec<String> = slugs
        .iter()
        .map(|slug| between(&output.main(&format!("/topics/{slug}/")), "<h1>", "</h1>").to_owned())
        .collect();
    found.sort();
    let mut expected = names.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
    for (slug, name) in [
        ("c", "C"),
        ("cplusplus", "C++"),
        ("lodz", "Lodz"),
        ("oil-gas", "Oil/Gas"),
        ("rossiia", "Россия"),
        ("zhong-guo", "Zhong Guo"),
    ] {
        if slug != "cplusplus" && slug != "rossiia" {
            assert!(output.main(&format!("/topics/{slug}/")).contains(&format!("<h1>{name}</h1>")), "{slug}");
        }
    }
    assert!(
        slugs.iter().all(|slug| slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')),
        "{slugs:?}"
    );
    // A new topic moves no old one.
    site.write_all(&articles(&[("late", "2023-10-02", "topics: [Lódź, Beijing]")]));
    site.build();
    assert!(slugs.iter().all(|slug| topics(&site).contains(slug)));
}

#[test]
fn a_file_gives_a_topic_its_name_aliases_kind_and_introduction() {
    let site = SiteTest::new(
        articles(&[
            ("a", "2023-10-01", "topics: [International Criminal Court]"),
            ("b", "2023-10-02", "topics: [i.c.c.]"),
            ("c", "2023-10-03", "topics: [Ukraine]"),
        ]) + "-- content/topics/court.md --\n---\ntitle: ICC\naliases: [International Criminal Court]\nkind: organisation\nsummary: A court.\nsee_also: [Ukraine]\ncodes: {wikidata: Q47488}\nextra: {colour: red}\n---\nIt sits in [The Hague](../articles/a.md).\n",
    );
    let output = site.build_clean();
    assert_eq!(topics(&site), ["icc", "international-criminal-court", "ukraine"]);
    assert_in_order(
        &output.main("/topics/icc/"),
        &[
            "<span class=\"mark-kind\">Organisation</span>",
            "<h1>ICC</h1>",
            "Also: International Criminal Court",
            "<p class=\"dek\">A court.</p>",
            "It sits in <a href=\"/2023/10/01/a/\">The Hague</a>.",
            "/2023/10/02/b/",
            "/2023/10/01/a/",
            "See also",
            "<a href=\"/topics/ukraine/\">Ukraine</a>",
        ],
    );
    assert_in_order(&output.main("/topics/"), &["Topics", "/topics/ukraine/", "Organisations", "/topics/icc/"]);
}

#[test]
fn a_story_about_a_child_counts_under_all_its_parents_once() {
    let site = SiteTest::new(
        articles(&[
            ("child", "2023-10-01", "topics: [Pipelines]"),
            ("both", "2023-10-02", "topics: [Pipelines, Energy]"),
            ("parent", "2023-10-03", "topics: [Energy]"),
        ]) + "-- content/topics/pipelines.md --\n---\ntitle: Pipelines\nparents: [Gas, Infrastructure]\n---\n\
              -- content/topics/gas.md --\n---\ntitle: Gas\nparents: [Energy]\n---\n",
    );
    let output = site.build_clean();
    let (child, both, parent) =
        ("/2023/10/01/child/ Title of child", "/2023/10/02/both/ Title of both", "/2023/10/03/parent/ Title of parent");
    assert_eq!(output.headlines("/topics/pipelines/"), [both, child]);
    assert_eq!(output.headlines("/topics/gas/"), [both, child]);
    assert_eq!(output.headlines("/topics/infrastructure/"), [both, child]);
    assert_eq!(output.headlines("/topics/energy/"), [parent, both, child]);
    assert_in_order(
        &output.main("/topics/pipelines/"),
        &["/topics/\">Topics</a>", "/topics/energy/\">Energy</a>", "/topics/gas/\">Gas</a>", "<h1>Pipelines</h1>"],
    );
    assert_in_order(
        &output.main("/topics/energy/"),
        &["Narrower topics", "<a href=\"/topics/gas/\">Gas</a> <span class=\"count\">2</span>"],
    );
    assert!(
        !output.main("/2023/10/01/child/").contains("/topics/energy/\">Energy</a></li>\n      <li>"),
        "a story shows what it names"
    );
}

#[test]
fn parents_that_lead_back_are_reported_and_do_no_harm() {
    let site = SiteTest::new(
        "-- content/topics/a.md --\n---\ntitle: A\nparents: [B]\n---\n\
         -- content/topics/b.md --\n---\ntitle: B\nparents: [C]\n---\n\
         -- content/topics/c.md --\n---\ntitle: C\nparents: [X, A]\n---\n\
         -- content/topics/d.md --\n---\ntitle: D\nparents: D\n---\n",
    );
    assert_eq!(site.problems(), ["topic-conflict content/topics/c.md:3:14", "topic-conflict content/topics/d.md:3:10"]);
}

#[test]
fn two_files_cannot_have_one_name() {
    let site = SiteTest::new(
        "-- content/topics/court.md --\n---\ntitle: Court\naliases: [ICC]\n---\n\
         -- content/topics/icc.md --\n---\ntitle: I.C.C.\n---\n\
         -- content/topics/other.md --\n---\ntitle: Other\naliases: [The Hague, court]\n---\n",
    );
    assert_eq!(
        site.problems(),
        ["topic-conflict content/topics/court.md:3:11", "topic-conflict content/topics/other.md:3:22"]
    );
}

#[test]
fn two_files_cannot_have_one_slug() {
    let site = SiteTest::new(
        "-- content/topics/a.md --\n---\ntitle: A\nslug: same\n---\n-- content/topics/b.md --\n---\ntitle: B\nslug: same\n---\n",
    );
    assert_eq!(site.problems(), ["topic-conflict content/topics/b.md:3:7"]);
}

#[test]
fn where_topics_are_closed_each_unknown_one_is_reported_with_the_nearest() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntopics: closed\n\
         -- content/topics/energy.md --\n---\ntitle: Energy exports\naliases: [Oil trade]\nparents: [Trade]\n---\n\
         -- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-17\nsection: Wrold\ntopics:\n  - Enegry exports\n  - energy EXPORTS\n  - Oil traed\n---\nText.\n\
         -- content/articles/draft.md --\n---\ntitle: A\ndate: 2023-10-17\ndraft: true\ntopics: [Enegry exports]\n---\nText.\n\
         -- content/briefings/b.md --\n---\ndate: 2023-10-17\ntopics: [Unheard of]\n---\n\n## One {topics=\"Energy exports, Moon\"}\n\nText.\n",
    );
    assert_eq!(
        site.problems(),
        [
            "unknown-topic content/articles/a.md:4:10",
            "unknown-topic content/articles/a.md:6:5",
            "unknown-topic content/articles/a.md:8:5",
            "unknown-topic content/articles/draft.md:5:10",
            "unknown-topic content/briefings/b.md:3:10",
            "unknown-topic content/briefings/b.md:6:1",
            "unknown-topic content/topics/energy.md:4:11",
        ]
    );
    let report = site.try_build().report;
    let helps: Vec<_> = report
        .diagnostics()
        .iter()
        .filter_map(|d| d.help.as_deref())
        .filter(|help| help.starts_with("did you mean"))
        .collect();
    assert_eq!(
        helps,
        ["did you mean `Energy exports`?", "did you mean `Oil trade`?"],
        "by the names as they are written"
    );
}

#[test]
fn pages_are_cut_from_the_oldest_and_do_not_move() {
    let site = SiteTest::new("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\npage_size: 2\n");
    for day in 1..=7 {
        site.write_all(&articles(&[(&format!("s{day}"), &format!("2023-10-0{day}"), "topics: [ICC]")]));
    }
    let output = site.build_clean();
    let page = |path: &str| {
        output
            .headlines(path)
            .iter()
            .map(|line| line.rsplit(' ').next().expect("a word").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(page("/topics/icc/page/1/"), ["s2", "s1"]);
    assert_eq!(page("/topics/icc/page/2/"), ["s4", "s3"]);
    assert_eq!(page("/topics/icc/"), ["s7", "s6", "s5"], "at least a whole page's worth");
    assert!(!output.exists("/topics/icc/page/3/"));
    let pager = |path: &str| {
        output
            .main(path)
            .split("<nav class=\"pager\"")
            .nth(1)
            .unwrap_or("")
            .split("</nav>")
            .next()
            .expect("a part")
            .to_owned()
    };
    assert_in_order(&pager("/topics/icc/"), &["rel=\"next\" href=\"/topics/icc/page/2/\""]);
    assert_in_order(
        &pager("/topics/icc/page/2/"),
        &["rel=\"prev\" href=\"/topics/icc/\"", "Page 2", "rel=\"next\" href=\"/topics/icc/page/1/\""],
    );
    assert_in_order(&pager("/topics/icc/page/1/"), &["rel=\"prev\" href=\"/topics/icc/page/2/\"", "Page 1"]);
    assert!(!pager("/topics/icc/page/1/").contains("rel=\"next\""));
    let before = site.tree();
    site.write_all(&articles(&[("s8", "2023-10-08", "topics: [ICC]")]));
    site.build_and_compare();
    assert!(site.tree().contains_key("topics/icc/page/3/index.html"));
    let after = site.tree();
    assert_eq!(after["topics/icc/page/1/index.html"], before["topics/icc/page/1/index.html"]);
    site.write_all(&articles(&[("s9", "2023-10-09", "topics: [ICC]")]));
    site.build_and_compare();
    for page in ["1", "2", "3"] {
        let file = format!("topics/icc/page/{page}/index.html");
        assert_eq!(site.tree()[&file], after[&file], "a full page is final");
    }
}

#[test]
fn a_topic_lists_articles_and_items_of_briefings_which_it_links_deep() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-16", "topics: [ICC]")])
            + "-- content/briefings/2023-10-17.md --\n---\nnumber: 3\ndate: 2023-10-17 12:00\ntopics: [World]\n---\nIntro.\n\n## The court {#court topics=icc}\n\nOf the court.\n\n## Another thing\n\nOf the world.\n",
    );
    let output = site.build_clean();
    assert_eq!(
        output.headlines("/topics/icc/"),
        ["/briefings/2023-10-17/#court The court", "/2023/10/16/visit/ Title of visit"]
    );
    assert_eq!(
        output.headlines("/topics/world/"),
        ["/briefings/2023-10-17/#another-thing Another thing"],
        "of the edition's topics"
    );
    assert_in_order(
        &output.main("/topics/icc/"),
        &["From the briefing", "Of the court.", "<a href=\"/briefings/2023-10-17/\">No. 3</a>"],
    );
    assert!(output.main("/briefings/2023-10-17/").contains("<section class=\"item\" id=\"court\""));
}

#[test]
fn topics_of_the_same_stories_are_related_with_how_many_they_share() {
    let site = SiteTest::new(articles(&[
        ("a", "2023-10-01", "topics: [ICC, Russia, Oil]"),
        ("b", "2023-10-02", "topics: [ICC, Russia]"),
        ("c", "2023-10-03", "topics: [ICC, Russia]"),
        ("d", "2023-10-04", "topics: [ICC, Oil]"),
        ("e", "2023-10-05", "topics: [ICC, Gas]"),
    ]));
    let output = site.build_clean();
    let related = between(&output.main("/topics/icc/"), "Often covered together", "</ul>").to_owned();
    assert_in_order(&related, &["Russia</a> <span class=\"count\">3</span>", "Oil</a> <span class=\"count\">2</span>"]);
    assert!(!related.contains("Gas"), "once is chance");
}

#[test]
fn the_index_has_every_topic_once_by_kind_and_letter_with_its_count() {
    let site = SiteTest::new(
        articles(&[
            ("a", "2023-10-01", "section: World\ntopics: [oil, Ärzte, Zebra, 北京]"),
            ("b", "2023-10-02", "topics: [oil]"),
        ]) + "-- content/topics/empty.md --\n---\ntitle: Nothing yet\nkind: place\n---\n",
    );
    let output = site.build_clean();
    let main = output.main("/topics/");
    for slug in topics(&site).iter().filter(|slug| !slug.is_empty()) {
        assert_eq!(main.matches(&format!("href=\"/topics/{slug}/\"")).count(), 1, "{slug}");
    }
    assert_in_order(
        &main,
        &["Topics", "Ärzte", "北京", "oil</a>", "2", "Zebra", "Sections", "World", "Places", "Nothing yet"],
    );
    assert!(output.main("/topics/nothing-yet/").contains("Nothing has been published here yet."));
}

/// Twelve stories: three are about both ICC and Belt and Road, one of them by an alias.
fn twelve() -> String {
    let mut all = Vec::new();
    for day in 1..=12 {
        let topics = match day {
            2 => "topics: [ICC, Belt and Road, Ukraine]",
            5 => "topics: [belt and road, I.C.C.]",
            9 => "topics: [BRI, ICC, Courts]",
            10 => "section: World\ntopics: [Ukraine]",
            11 | 12 | 1 => "section: World\ntopics: [ICC, Courts]",
            _ => "topics: [Ukraine]",
        };
        all.push((format!("s{day:02}"), format!("2023-10-{day:02}"), topics));
    }
    let all: Vec<_> = all.iter().map(|(slug, date, head)| (slug.as_str(), date.as_str(), *head)).collect();
    articles(&all)
        + "-- content/topics/bri.md --\n---\ntitle: Belt and Road\naliases: [BRI]\n---\n\
           -- content/topics/icc.md --\n---\ntitle: ICC\nparents: [Courts]\n---\n"
}

fn with_pairs(least: usize, more: &str) -> String {
    format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/x\ntopic_pairs: {least}\n{more}")
}

#[test]
fn two_topics_of_enough_stories_have_a_page_together() {
    let site = SiteTest::new(twelve());
    site.write_all(&with_pairs(3, ""));
    let output = site.build_clean();
    let page = "/topics/belt-and-road/with/icc/";
    let listed =
        ["/x/2023/10/09/s09/ Title of s09", "/x/2023/10/05/s05/ Title of s05", "/x/2023/10/02/s02/ Title of s02"];
    assert_eq!(output.headlines(page), listed);
    let pairs: Vec<_> = site.tree().into_keys().filter(|file| file.contains("/with/") || file.contains('+')).collect();
    assert_eq!(
        pairs,
        [
            "topics/belt-and-road+icc/index.html",
            "topics/belt-and-road/with/icc/index.html",
            "topics/icc+belt-and-road/index.html",
            "topics/icc/with/belt-and-road/index.html",
        ],
        "neither a section nor a topic above the other makes a pair"
    );
    let redirects = output.file("/_redirects");
    for former in ["belt-and-road+icc", "icc+belt-and-road", "icc/with/belt-and-road"] {
        let line = format!("/x/topics/{former}/ /x/topics/belt-and-road/with/icc/ 301\n");
        assert!(redirects.contains(&line), "{redirects}");
    }
    assert_in_order(
        &output.main(page),
        &[
            "href=\"/x/topics/\"",
            "href=\"/x/topics/belt-and-road/\"",
            "href=\"/x/topics/icc/\"",
            "<h1>Belt and Road + ICC</h1>",
            "3 stories about both",
        ],
    );
    let link =
        |name: &str| format!("<a href=\"/x/topics/belt-and-road/with/icc/\">{name}</a> <span class=\"count\">3</span>");
    assert!(output.main("/topics/icc/").contains(&link("Belt and Road")));
    assert!(output.main("/topics/belt-and-road/").contains(&link("ICC")));
    assert!(
        output.file("/sitemap-pages.xml").contains("<loc>https://test.example/x/topics/belt-and-road/with/icc/</loc>")
    );
    site.write_all(&with_pairs(4, ""));
    let output = site.build_and_compare();
    assert!(!output.exists(page) && !output.main("/topics/icc/").contains("/with/"));
    site.write_all("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/x\n");
    assert!(!site.build_and_compare().exists(page));
}

#[test]
fn a_pairs_page_comes_and_goes_with_its_stories_and_its_older_pages_stay() {
    let mut site = SiteTest::new(twelve());
    site.write_all(&with_pairs(3, "page_size: 2\n"));
    site.build_and_compare();
    let page = "/topics/belt-and-road/with/icc/";
    site.write_all(&articles(&[("s05", "2023-10-05", "topics: [ICC]")]));
    let output = site.build_and_compare();
    assert!(!output.exists(page) && output.changes().2.contains(&page.to_owned()));
    site.write_all(&articles(&[
        ("s05", "2023-10-05", "topics: [ICC, BRI]"),
        ("late", "2023-10-13", "topics: [BRI, ICC]\nembargo: 2023-10-19"),
    ]));
    let output = site.build_and_compare();
    assert_eq!(output.headlines(page).len(), 3);
    assert!(!output.main(page).contains("late"), "what is withheld is in no pair");
    site.set_now("2023-10-19T12:00:00Z");
    let output = site.build_and_compare();
    assert_eq!(output.headlines(page).len(), 2);
    let first = "/topics/belt-and-road/with/icc/page/1/";
    assert_in_order(&output.main(first), &["Belt and Road + ICC, page 1", "s05", "s02", "rel=\"prev\""]);
    assert!(!output.file("/sitemap-pages.xml").contains("/page/1/"));
    let before = output.file(first);
    site.write_all(&articles(&[("later", "2023-10-18", "topics: [ICC, Belt and Road]")]));
    let output = site.build_and_compare();
    assert_eq!((output.headlines(page).len(), output.file(first)), (3, before), "a full page is final");
}

#[test]
fn the_first_mention_of_a_topic_is_linked_where_the_site_asks_for_it() {
    let config = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/x\n";
    let body = "## The ICC ruling\n\n> ICC said the court.\n\nICCs and the I**CC** and A & B, the Belt and Road\nInitiative, with `ICC` [ICC](https://a.example) in it.\n\n\
                Oil & gas for the ICC’s and the ICC and eu and EU and Belt and Road and rare Earths. Oil and Gas. Kept [here](../topics/kept.md), Kept.\n\n\
                ![A court](/a.svg \"Ukraine\")\n\nRare earths from Ukraine.";
    let site = SiteTest::new(
        article("a", "date: 2023-10-01\ntopics: [Ukraine, Belt and Road, oil & gas, eu]", body)
            + &articles(&[("b", "2023-10-02", "topics: [amp, rare earths]")])
            + "-- content/topics/bri.md --\n---\ntitle: Belt and Road Initiative\n---\n\
               -- content/topics/kept.md --\n---\ntitle: Kept\n---\n\
               -- content/topics/icc.md --\n---\ntitle: International Criminal Court\nslug: icc\naliases: [ICC, IC]\n---\n\
               -- static/a.svg --\n<svg/>\n",
    );
    site.write_all(config);
    let plain = site.build_clean();
    assert!(!between(&plain.main("/2023/10/01/a/"), "The ICC ruling", "Rare earths").contains("/x/topics/icc/"));
    site.write_all(&format!("{config}auto_link_topics: true\n"));
    let output = site.build_and_compare();
    assert!(output.built.report.is_empty());
    let main = output.main("/2023/10/01/a/");
    let text =
        &main[main.find("The ICC ruling").expect("it is there")..main.find("Rare earths from").expect("it is there")];
    assert_in_order(
        text,
        &[
            "The ICC ruling",
            "<p>ICC said the court.</p>",
            "<p>ICCs and the I<strong>CC</strong> and A &amp; B, the <a href=\"/x/topics/belt-and-road-initiative/\">Belt and Road\nInitiative</a>, with",
            "<code>ICC</code>",
            "<a href=\"/x/topics/oil-and-gas/\">Oil &amp; gas</a> for the <a href=\"/x/topics/icc/\">ICC</a>’s and the ICC and eu and EU and <a href=\"/x/topics/belt-and-road/\">Belt and Road</a> and <a href=\"/x/topics/rare-earths/\">rare Earths</a>. Oil and Gas.",
            "<a href=\"/x/topics/kept/\">here</a>, Kept.",
        ],
    );
    assert_eq!(text.matches("/x/topics/").count(), 6, "{text}");
    assert!(main.contains("Rare earths from <a href=\"/x/topics/ukraine/\">Ukraine</a>."));
    assert!(output.file("/rss.xml").contains("the <a href=\"https://test.example/x/topics/icc/\">ICC</a>’s"));
    // A topic that comes or goes changes the texts that name it, and those alone.
    site.write_all(&articles(&[("c", "2023-09-01", "topics: [Initiative, Gas]")]));
    let (_, changed, _) = site.build_and_compare().changes();
    assert!(!changed.contains(&"/2023/10/02/b/".to_owned()), "{changed:?}");
    site.remove("content/topics/bri.md");
    let main = site.build_and_compare().main("/2023/10/01/a/");
    assert!(main.contains(
        "the <a href=\"/x/topics/belt-and-road/\">Belt and Road</a>\n<a href=\"/x/topics/initiative/\">Initiative</a>,"
    ));
}

#[test]
fn other_names_of_a_topic_lead_to_its_page_and_a_closed_vocabulary_says_what_was_meant() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\ntopics: closed\n".to_owned()
            + &article("a", "date: 2023-10-17\ntopics: [\"ICCs\", \"belt & rode\"]", "T.")
            + "-- content/topics/icc.md --\n---\ntitle: ICC\naliases: [International Criminal Court, I.C.C.]\n---\n"
            + "-- content/topics/br.md --\n---\ntitle: Belt and Road\naliases: [Belt & Road]\n---\n",
    );
    let (_, report) = dateline::pipeline::check(&site.request());
    let helps: Vec<_> = report.diagnostics().iter().filter_map(|problem| problem.help.as_deref()).collect();
    assert_eq!(helps, ["did you mean `ICC`?", "did you mean `Belt and Road`?"]);
    site.write_all(&article("a", "date: 2023-10-17\ntopics: [I.C.C., belt & road]", "T."));
    let output = site.build_clean();
    let redirects = output.file("/_redirects");
    assert!(redirects.contains("/topics/i-c-c/ /topics/icc/ 301\n"), "{redirects}");
    assert!(redirects.contains("/topics/international-criminal-court/ /topics/icc/ 301\n"), "{redirects}");
    assert!(output.file("/topics/i-c-c/").contains("url=/topics/icc/"));
    let pages: Vec<String> =
        site.tree().into_keys().filter(|file| file.starts_with("topics/") && file.ends_with("feed.xml")).collect();
    assert_eq!(pages, ["topics/belt-and-road/feed.xml", "topics/icc/feed.xml"], "one page each");
    // A topic of that very name keeps its page.
    site.write(
        "content/topics/other.md",
        "---\ntitle: International Criminal Courts\nslug: international-criminal-court\n---\n",
    );
    assert!(!site.build_clean().file("/_redirects").contains("/topics/international-criminal-court/"));
}

#[test]
fn a_trail_names_the_nearest_parents_of_a_deep_hierarchy() {
    let site = SiteTest::new(articles(&[("a", "2023-10-01", "topics: [level 0]")]));
    for level in 0..20 {
        let parents = if level == 19 { String::new() } else { format!("parents: [level {}]\n", level + 1) };
        site.write(&format!("content/topics/level-{level}.md"), format!("---\ntitle: level {level}\n{parents}---\n"));
    }
    let output = site.build_clean();
    let page = output.file("/topics/level-0/index.html");
    let named = |level: usize| page.contains(&format!("<li><a href=\"/topics/level-{level}/\">"));
    assert!((1..=12).all(named), "{page}");
    assert!(!(13..20).any(named), "{page}");
}

#[test]
fn a_topic_takes_former_addresses_beside_other_names() {
    let stories = article("a", "date: 2023-10-16\ntopics: [Energy exports, Oil]", "Text.");
    let site = SiteTest::new(stories);
    let topic = |head: &str| {
        site.write("content/topics/energy.md", format!("---\ntitle: Energy exports\n{head}---\n"));
    };
    topic("aliases: [Gas]\nredirect_from: [/topics/fuel/, /tags/fuel]\n");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    let redirects = output.file("/_redirects");
    for from in ["/topics/fuel/", "/tags/fuel/", "/topics/gas/"] {
        assert!(redirects.contains(&format!("{from} /topics/energy-exports/ 301\n")), "{from} in {redirects}");
    }
    assert!(redirects.contains("/topics/fuel/feed.xml /topics/energy-exports/feed.xml 301\n"), "{redirects}");
    assert!(!redirects.contains("/tags/fuel/feed.xml"), "nobody knows of a feed there");
    // It is no name: a story that names it names another topic.
    site.write_all(&article("b", "date: 2023-10-16\ntopics: [Fuel]", "Text."));
    assert_eq!(site.problems(), ["alias-conflict content/topics/energy.md:4:17"]);
    site.remove("content/articles/b.md");
    topic("redirect_from: [/topics/oil/]\n");
    assert_eq!(site.problems(), ["alias-conflict content/topics/energy.md:3:17"]);
    topic("redirect_from: [topics/fuel]\n");
    assert_eq!(site.problems(), ["bad-value content/topics/energy.md:3:17"]);
    topic("redirects: [/topics/fuel/]\n");
    let report = site.try_build().report;
    assert_eq!(report.diagnostics()[0].help.as_deref(), Some("did you mean `redirect_from`?"));
    topic("aliases: [/topics/fuel/]\n");
    let report = site.try_build().report;
    assert_eq!(
        report.diagnostics()[0].help.as_deref(),
        Some("write `redirect_from: [/topics/fuel/]` to lead a former address to this topic")
    );
    topic("redirect_from: [/topics/energy-exports/]\n");
    assert_eq!(site.problems(), [""; 0], "its own address leads nowhere else");
}
