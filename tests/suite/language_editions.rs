//! Several languages: each is an edition of its own, with its front page, lists and feeds below a path.

use std::sync::Arc;

use dateline::base::disk::Rescan;
use dateline::pipeline;

use crate::site_test::{SiteTest, article, assert_in_order, assert_same, attributes, between};

const CONFIG: &str = "-- dateline.yaml --\ntitle: The Desk\nbase_url: https://test.example/news\nbriefings: daily\n\
    topic_pairs: 2\nemail: {from: desk@test.example}\nlanguages:\n  ar: {title: المكتب}\n  zh-Hans: {path: /zh/, title: 新闻台}\n";

/// Stories in three languages: one in all of them, each language with one of its own.
fn site() -> SiteTest {
    let head = |date: &str, more: &str| format!("date: {date}\nsummary: Words.\n{more}");
    SiteTest::new(
        CONFIG.to_owned()
            + &article(
                "talks",
                &head("2023-10-16 09:00", "topics: [ICC, Trade]\nsection: World\nthread: Summit\nauthors: Lin Wei"),
                "See [[gas]].",
            )
            + &article("gas", &head("2023-10-17 09:00", "topics: [ICC, Trade]\nsection: World\nauthors: Ada"), "Gas.")
            + &article(
                "talks-ar",
                &head(
                    "2023-10-16 10:00",
                    "lang: ar\nslug: talks\ntranslation_of: talks\ntopics: [ICC, تجارة]\nthread: قمة\nauthors: Lin Wei",
                ),
                "انظر [[gas]] و [[talks]].",
            )
            + &article("port-ar", &head("2023-10-17 10:00", "lang: AR\ntopics: [ICC]"), "ميناء. [[talks]]")
            + &article(
                "talks-zh",
                &head(
                    "2023-10-16 11:00",
                    "lang: zh-Hans\nslug: talks\ntranslation_of: talks.md\ntopics: [国际刑事法院]",
                ),
                "会谈。",
            )
            + "-- content/topics/icc.md --\n---\ntitle: International Criminal Court\naliases: [ICC]\nslug: icc\nsummary: The court.\n---\nThe court in The Hague.\n"
            + "-- content/topics/icc-zh.md --\n---\ntitle: 国际刑事法院\nlang: zh-Hans\nslug: icc\ntranslation_of: icc.md\n---\n法院。\n"
            + "-- content/people/lin-wei.md --\n---\nname: Lin Wei\n---\nReporter.\n-- content/people/ada.md --\n---\nname: Ada\n---\nReporter.\n"
            + "-- content/pages/about.md --\n---\ntitle: About\n---\nWords.\n-- content/pages/about-zh.md --\n---\ntitle: 关于\nlang: zh-Hans\nslug: about\n---\n我们。\n",
    )
}

#[test]
fn each_language_has_its_front_lists_and_feeds() {
    let site = site();
    let output = site.build_and_compare();
    assert!(output.problems().is_empty(), "{:?}", output.problems());
    let stories = |page: &str| {
        attributes(&output.main(page), "href")
            .into_iter()
            .filter(|to| to.contains("/2023/10/1"))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let english = ["/news/2023/10/16/talks/", "/news/2023/10/17/gas/"].map(str::to_owned);
    let arabic = ["/news/ar/2023/10/16/talks/", "/news/ar/2023/10/17/port-ar/"].map(str::to_owned);
    assert_eq!(stories("/"), english.clone().into());
    assert_eq!(stories("/ar/"), arabic.clone().into());
    assert_eq!(stories("/topics/icc/"), english.into(), "a topic of two languages has a page in each");
    assert_eq!(stories("/ar/topics/icc/"), arabic.into());
    let feed = output.file("/ar/feed.xml");
    assert_in_order(
        &feed,
        &["xml:lang=\"ar\"", "<title>المكتب</title>", "https://test.example/news/ar/2023/10/17/port-ar/"],
    );
    assert!(!feed.contains("<id>https://test.example/news/2023/"));
    for there in [
        "/ar/archive/2023/10/",
        "/ar/briefings/2023-10-17/",
        "/ar/threads/qm/",
        "/ar/404.html",
        "/ar/sitemap.xml",
        "/zh/about/",
        "/zh/topics/icc/",
    ] {
        assert!(output.exists(there), "{there}");
    }
    for missing in [
        "/ar/robots.txt",
        "/ar/style.css",
        "/ar/people/ada/",
        "/ar/topics/trade/",
        "/ar/about/",
        "/threads/qm/",
        "/zh/threads/",
        "/ar/_headers",
    ] {
        assert!(!output.exists(missing), "{missing}");
    }
    let topic = output.file("/ar/topics/icc/");
    assert!(
        !topic.contains("The court in The Hague") && topic.contains("dir=\"rtl\""),
        "a text is shown in its own language alone"
    );
    assert!(output.file("/zh/topics/icc/").contains("法院。"));
    let robots = output.file("/robots.txt");
    for sitemap in ["/sitemap.xml", "/ar/sitemap.xml", "/zh/sitemap.xml", "/zh/news-sitemap.xml"] {
        assert!(robots.contains(&format!("https://test.example/news{sitemap}\n")), "{sitemap}");
    }
    assert!(!output.file("/sitemap-pages.xml").contains("/ar/"));
    assert!(output.file("/ar/sitemap-2023.xml").contains("/news/ar/2023/10/17/port-ar/"));
}

#[test]
fn what_stands_in_several_languages_leads_to_the_others() {
    let site = site();
    let output = site.build();
    let of = |page: &str| {
        let page = output.file(page);
        let links = page.lines().filter(|line| line.starts_with("<link rel=\"alternate\" hreflang="));
        links
            .map(|line| {
                format!("{} {}", between(line, "hreflang=\"", "\""), between(line, "https://test.example/news", "\""))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(of("/zh/"), ["en /", "ar /ar/", "zh-Hans /zh/", "x-default /"]);
    assert_eq!(
        of("/topics/icc/"),
        ["en /topics/icc/", "ar /ar/topics/icc/", "zh-Hans /zh/topics/icc/", "x-default /topics/icc/"]
    );
    let all = [
        "ar /ar/2023/10/16/talks/",
        "en /2023/10/16/talks/",
        "zh-Hans /zh/2023/10/16/talks/",
        "x-default /2023/10/16/talks/",
    ];
    for page in ["/2023/10/16/talks/", "/ar/2023/10/16/talks/", "/zh/2023/10/16/talks/"] {
        assert_eq!(of(page), all, "{page}");
    }
    assert_eq!(of("/2023/10/17/gas/"), <[&str; 0]>::default());
    let story = output.main("/ar/2023/10/16/talks/");
    assert_in_order(
        &story,
        &["بلغات أخرى", "hreflang=\"en\"", ">English</a>", "hreflang=\"zh-Hans\"", ">简体中文</a>"],
    );
    let masthead = output.file("/ar/topics/icc/");
    assert_in_order(
        between(&masthead, "<header", "</header>"),
        &[
            "\"/news/\" hreflang=\"en\"",
            "\"/news/ar/\" hreflang=\"ar\"",
            "aria-current=\"true\">العربية",
            "\"/news/zh/\"",
        ],
    );
}

#[test]
fn a_slug_means_the_story_in_the_own_language_first() {
    let site = site();
    let output = site.build();
    let links = |page: &str| attributes(between(&output.main(page), "<div class=\"prose\">", "</div>"), "href");
    assert_eq!(links("/ar/2023/10/17/port-ar/"), ["/news/ar/2023/10/16/talks/"]);
    assert_eq!(
        links("/ar/2023/10/16/talks/"),
        ["/news/2023/10/17/gas/", "/news/ar/2023/10/16/talks/"],
        "else that in the main one"
    );
    let related = output.main("/2023/10/16/talks/");
    assert!(!related.contains("/ar/2023/10/17/"), "neighbours and related stories are in the language of the story");
}

#[test]
fn a_withheld_story_is_in_no_edition_of_any_language() {
    let mut site = site();
    site.write_all(&article("secret-visit", "date: 2023-10-17 12:00\nlang: ar\nembargo: 2023-10-19\nsummary: A visit that nobody may know of yet.\ntopics: [ICC, Hidden]", "نص."));
    site.write_all(&article("open", "date: 2023-10-17 13:00\nsummary: W.", "See [the visit](secret-visit.md)."));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["withheld-link content/articles/open.md:6:5"]);
    let tree = site.tree();
    assert!(tree.iter().all(
        |(name, bytes)| !name.contains("secret-visit") && !String::from_utf8_lossy(bytes).contains("secret-visit")
    ));
    site.set_now("2023-10-19T12:00:00Z");
    let output = site.build_and_compare();
    assert!(
        output.main("/ar/").contains("/news/ar/2023/10/17/secret-visit/") && !output.main("/").contains("secret-visit")
    );
    assert!(output.main("/2023/10/17/open/").contains("href=\"/news/ar/2023/10/17/secret-visit/\""));
    assert!(output.exists("/ar/topics/hidden/"));
}

#[test]
fn the_list_of_addresses_is_one_for_all_languages() {
    let site = site();
    site.build();
    let (prepared, _) = pipeline::prepare(&site.request());
    let prepared = prepared.expect("a site");
    let list = dateline::plan::addresses::urls_lock::locked(&prepared.context, &prepared.plan);
    site.write("urls.lock", list.text());
    assert_eq!(site.build_and_compare().problems(), <[&str; 0]>::default());
    // The only story of a thread and of a topic expires, and both addresses stay.
    let file = site.root().join("content/articles/talks-ar.md");
    let text = std::fs::read_to_string(&file).expect("a story");
    site.write("content/articles/talks-ar.md", text.replacen("lang: ar", "lang: ar\nexpires: 2023-10-18", 1));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["withheld-link content/articles/port-ar.md:8:8"]);
    let empty = output.file("/ar/threads/qm/");
    assert!(empty.contains("noindex") && empty.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(output.file("/_redirects").contains("/news/ar/2023/10/16/talks/ /news/ar/404.html 410"));
    // A story that is removed is missed at its address.
    site.remove("content/articles/port-ar.md");
    let problems = site.problems();
    assert!(problems.iter().any(|problem| problem.starts_with("lost-url urls.lock")), "{problems:?}");
}

#[test]
fn paths_are_those_of_the_whole_site_in_every_language() {
    let site = site();
    site.write("static/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write_all(&article(
        "paths",
        "date: 2023-10-17\nlang: ar\nsummary: W.\naliases: [/old/, /ar/older/]",
        "![A](/a.svg) [up](/ar/topics/) [about](/about/) [none](/topics/none/)",
    ));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["dead-path content/articles/paths.md:8:49"]);
    let text = output.main("/ar/2023/10/17/paths/");
    for there in ["src=\"/news/a.svg\"", "href=\"/news/ar/topics/\"", "href=\"/news/about/\""] {
        assert!(text.contains(there), "{there}");
    }
    let redirects = output.file("/_redirects");
    for from in ["/news/old/ ", "/news/ar/older/ "] {
        assert_in_order(&redirects, &[from, "/news/ar/2023/10/17/paths/"]);
    }
}

#[test]
fn mistakes_across_languages_are_reported_where_they_are() {
    let site = site();
    site.write_all(&article("twice", "date: 2023-10-17\nlang: ar\nslug: port-ar\nsummary: W.", "W."));
    site.write_all(
        "-- content/briefings/2023-10-15.md --\n---\ndate: 2023-10-15\nstories: [../articles/talks-zh.md]\n---\nW.\n",
    );
    site.write_all("-- content/pages/ar/index.md --\n---\ntitle: A page\n---\nW.\n");
    let problems = site.problems();
    for expected in
        ["route-conflict content/articles/twice.md:5:7", "unknown-story content/briefings/2023-10-15.md:3:11"]
    {
        assert!(problems.iter().any(|problem| problem == expected), "{expected}: {problems:?}");
    }
    assert!(
        problems.iter().any(|problem| problem.starts_with("route-conflict content/pages/ar/index.md")),
        "{problems:?}"
    );
}

#[test]
fn the_name_of_a_file_tells_its_language() {
    let site = SiteTest::new(CONFIG);
    site.write_all(&article("talks", "date: 2023-10-17\nsummary: W.\ntopics: [ICC]", "W."));
    site.write_all(&article("talks.ar", "date: 2023-10-17\nsummary: W.\ntopics: [ICC]", "[[talks]]"));
    site.write_all(&article("talks.zh-hans", "date: 2023-10-17\nsummary: W.\ntopics: [法院]", "W."));
    site.write_all(&article("v1.2", "date: 2023-10-17\nsummary: W.\ntopics: [ICC]", "W."));
    site.write_all("-- content/topics/icc.md --\n---\ntitle: ICC\n---\n-- content/topics/icc.zh-Hans.md --\n---\ntitle: 法院\n---\n法院文\n");
    site.write_all("-- content/briefings/2023-10-17.ar.md --\n---\ndate: 2023-10-17\nstories: [talks]\n---\n-- content/pages/about.ar.md --\n---\ntitle: About\n---\nW.\n");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), <[&str; 0]>::default());
    for there in [
        "/ar/2023/10/17/talks/",
        "/zh/2023/10/17/talks/",
        "/2023/10/17/v1-2/",
        "/ar/briefings/2023-10-17/",
        "/ar/about/",
    ] {
        assert!(output.exists(there), "{there}");
    }
    let page = output.file("/2023/10/17/talks/");
    for other in [
        "hreflang=\"ar\" href=\"https://test.example/news/ar/2023",
        "hreflang=\"zh-Hans\" href=\"https://test.example/news/zh/2023",
    ] {
        assert!(page.contains(other), "{other}");
    }
    assert!(output.main("/ar/briefings/2023-10-17/").contains("/news/ar/2023/10/17/talks/"));
    let topic = output.file("/zh/topics/fa-yuan/");
    assert!(
        topic.contains("法院文") && topic.contains("hreflang=\"en\" href=\"https://test.example/news/topics/icc/\"")
    );
}

#[test]
fn a_desk_arranges_the_front_of_each_language() {
    let site = site();
    let front = |front: &str| {
        site.write("dateline.yaml", format!("title: The Desk\nbase_url: https://test.example\nlanguages:\n  ar: {{front: {{{front}}}}}\n  zh-Hans: {{path: /zh/}}\n"))
    };
    front("lead: talks");
    let output = site.build_and_compare();
    assert!(
        output.headlines("/ar/")[0].starts_with("/ar/2023/10/16/talks/")
            && output.headlines("/")[0].starts_with("/2023/10/17/gas/")
    );
    front("lead: talks.md");
    assert_eq!(site.problems(), ["unknown-story dateline.yaml:4:22"]);
    front("lead: articles/talks.md");
    assert_eq!(site.problems(), ["unknown-story dateline.yaml:4:22"], "it is in another language");
    front("lead: nobody, sections: [Nothing]");
    assert_eq!(site.problems(), ["unknown-story dateline.yaml:4:22", "bad-value dateline.yaml:4:41"]);
}

#[test]
fn a_topic_that_moves_leads_on_in_its_language() {
    let site = site();
    let (prepared, _) = pipeline::prepare(&site.request());
    let prepared = prepared.expect("a site");
    site.write("urls.lock", dateline::plan::addresses::urls_lock::locked(&prepared.context, &prepared.plan).text());
    site.write_all("-- content/topics/trade.ar.md --\n---\ntitle: تجارة\nslug: tijara\n---\n");
    let lost: Vec<String> =
        site.try_build().report.diagnostics().iter().filter_map(|problem| problem.help.clone()).collect();
    assert!(lost.iter().any(|help| help.contains("`redirect_from: [/ar/topics/tjr/]`")), "{lost:?}");
    site.write_all(
        "-- content/topics/trade.ar.md --\n---\ntitle: تجارة\nslug: tijara\nredirect_from: [/ar/topics/tjr/]\n---\n",
    );
    let output = site.build_and_compare();
    assert_eq!(output.problems(), <[&str; 0]>::default());
    let redirects = output.file("/_redirects");
    for (from, to) in [
        ("/news/ar/topics/tjr/ ", "/news/ar/topics/tijara/"),
        ("/news/ar/topics/tjr/feed.xml ", "/news/ar/topics/tijara/feed.xml"),
    ] {
        assert_in_order(&redirects, &[from, to]);
    }
}

#[test]
fn a_file_that_one_language_uses_is_used() {
    let site = site();
    site.write("content/articles/bridge.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("content/articles/unused.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write_all(&article("bridge", "date: 2023-10-17\nsummary: W.", "![A bridge](bridge.svg)"));
    assert_eq!(site.build_and_compare().problems(), ["unused-file content/articles/unused.svg"]);
    site.write_all(&article("bridge", "date: 2023-10-17\nlang: ar\nsummary: W.", "![A bridge](bridge.svg)"));
    assert_eq!(site.build_and_compare().problems(), ["unused-file content/articles/unused.svg"]);
}

#[test]
fn an_edit_of_words_keeps_the_sites_of_all_languages() {
    let site = site();
    let (request, how) = (site.request(), site.how(site.public()));
    let mut cache = pipeline::BuildCache::load(&request);
    let mut build = |changed: Option<&str>| {
        if changed.is_some() {
            cache.touch(Rescan::All);
        }
        let built = pipeline::build_again(&request, &how, &mut cache);
        assert!(!built.report.has_errors(), "{:?}", built.report);
        built.prepared.expect("a site")
    };
    let topics =
        |prepared: &pipeline::Prepared| prepared.sites().map(|site| Arc::clone(&site.topics)).collect::<Vec<_>>();
    let mut last = topics(&build(None));
    for (file, words, is_kept) in [
        ("port-ar", "ميناء", true),
        ("gas", "Gas.", true),
        ("talks-zh", "会谈。", true),
        ("talks-ar", "[[gas]]", false),
    ] {
        let file = format!("content/articles/{file}.md");
        let text = std::fs::read_to_string(site.root().join(&file)).expect("a story");
        site.write(&file, text.replacen(words, "Other words", 1));
        let now = topics(&build(Some(&file)));
        let is_same = last.len() == 3 && last.iter().zip(&now).all(|(last, now)| Arc::ptr_eq(last, now));
        assert_eq!(is_same, is_kept, "{file}");
        assert_same(&site.tree(), &site.fresh_tree());
        last = now;
    }
}
