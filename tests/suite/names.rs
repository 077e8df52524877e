//! One name, one thing: whatever its letters are made of, wherever it stands, and as long as its address is published.

use dateline::content::markdown::decode;
use dateline::pipeline;

use crate::site_test::{SiteTest, article, articles, attributes, between, describe};

#[track_caller]
fn lock(site: &SiteTest) -> String {
    let (locked, report) = pipeline::lock(&site.request());
    assert!(locked.is_some(), "{report:?}");
    std::fs::read_to_string(site.root().join("urls.lock")).expect("it was written")
}

/// The title of a page's Atom feed.
fn feed_title(site: &SiteTest, folder: &str) -> String {
    let feed = site.build().file(&format!("{folder}feed.xml"));
    between(&feed, "<title>", "</title>").to_owned()
}

#[test]
fn a_published_address_stays_with_its_topic_whoever_else_wants_it() {
    for (old, new, folder) in [
        ("São Paulo", "Sao Paulo", "/topics/sao-paulo/"),
        ("中國", "中国", "/topics/zhong-guo/"),
        ("Straße", "Strasse", "/topics/strasse/"),
        ("Türkiye", "Turkiye", "/topics/turkiye/"),
        ("\u{fb01}nance", "finance", "/topics/finance/"),
    ] {
        let site = SiteTest::new(articles(&[("old", "2023-10-16", &format!("topics: [{old}]"))]));
        assert_eq!(feed_title(&site, folder), format!("The Test: {old}"));
        let first = lock(&site);
        site.write_all(&articles(&[("new", "2023-10-17", &format!("topics: [{new}]"))]));
        let built = site.build_and_compare();
        assert_eq!(built.problems(), ["shared-slug content/articles/new.md:4:10"], "{new}");
        let message = describe(&built.built.report);
        assert!(message.contains(&format!("`{new}` and `{old}` want one address")), "{message}");
        assert_eq!(feed_title(&site, folder), format!("The Test: {old}"), "{new} takes another address");
        // A list of addresses that names nobody, as an older program wrote it, belongs to whoever was there first.
        let plain: String = first
            .lines()
            .filter(|line| !line.starts_with('@'))
            .map(|line| line.split('\t').next().unwrap_or("").replace("urls 2", "urls 1") + "\n")
            .collect();
        site.write("urls.lock", plain);
        assert_eq!(feed_title(&site, folder), format!("The Test: {old}"));
        // The newcomer keeps its own address when it is alone.
        lock(&site);
        site.remove("content/articles/old.md");
        let marked = site.problems();
        assert!(marked.iter().all(|problem| problem.starts_with("lost-url")) && !marked.is_empty(), "{marked:?}");
        let (prepared, _) = pipeline::check(&site.request());
        let prepared = prepared.expect("a site");
        let slug = &prepared.site().topics[0].slug;
        assert_ne!(format!("/topics/{slug}/"), folder, "no address moves because another is free");
    }
}

#[test]
fn without_a_list_of_addresses_two_names_of_one_slug_are_reported_and_the_rule_is_fixed() {
    let site = SiteTest::new(articles(&[
        ("a", "2023-10-16", "topics: [São Paulo]"),
        ("b", "2023-10-17", "topics: [Sao Paulo]\nthread: Zürich trial"),
        ("c", "2023-10-17", "thread: Zurich trial"),
    ]));
    let output = site.build();
    assert_eq!(output.problems(), ["shared-slug content/articles/a.md:4:10", "shared-slug content/articles/b.md:5:9"]);
    assert!(output.main("/topics/sao-paulo/").contains("<h1>Sao Paulo</h1>"));
    assert!(output.main("/threads/zurich-trial/").contains("<h1>Zurich trial</h1>"));
}

#[test]
fn many_names_of_one_slug_are_one_message() {
    let names = ["Sao", "São", "Sáo", "Sâo", "Säo"];
    let site = SiteTest::new(articles(&[("a", "2023-10-16", &format!("topics: [{}]", names.join(", ")))]));
    let output = site.build();
    assert_eq!(output.problems(), ["shared-slug content/articles/a.md:4:20"]);
    let message = describe(&output.built.report);
    assert!(
        message.contains("`Sáo` and 3 other names want the address of `Sao`: it keeps `/topics/sao/`"),
        "{message}"
    );
}

#[test]
fn a_threads_address_stays_with_it() {
    let site = SiteTest::new(articles(&[("old", "2023-10-16", "thread: Zürich trial")]));
    lock(&site);
    site.write_all(&articles(&[("new", "2023-10-17", "thread: Zurich trial")]));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["shared-slug content/articles/new.md:4:9"]);
    assert!(output.main("/threads/zurich-trial/").contains("<h1>Zürich trial</h1>"));
}

/// A site with each name once composed and once decomposed.
fn both_forms() -> SiteTest {
    let composed = "topics: [Caf\u{e9}]\nsection: Ann\u{e9}e\nauthors: [Andr\u{e9}]\nthread: Z\u{fc}rich";
    let decomposed = "topics: [Cafe\u{301}]\nsection: Anne\u{301}e\nauthors: [Andre\u{301}]\nthread: Zu\u{308}rich";
    SiteTest::new(
        article(
            "nfc",
            &format!("date: 2023-10-17\n{composed}"),
            "![A](/images/zu\u{308}rich.svg) [x](../pages/u\u{308}ber.md)",
        ) + &article(
            "nfd",
            &format!("date: 2023-10-16\n{decomposed}\naliases: [/fru\u{308}her/]"),
            "[[u\u{308}ber]] [[\u{fc}ber]] ![B](ka\u{308}fer.svg) [p](/u%CC%88ber.txt)",
        ) + "-- content/pages/\u{fc}ber.md --\n---\ntitle: About\n---\nText.\n"
            + "-- content/topics/cafe.md --\n---\ntitle: Cafe\u{301}\naliases: [Kaffeeha\u{308}user]\n---\nText.\n"
            + "-- content/topics/annee.md --\n---\ntitle: Ann\u{e9}e\nparents: [Kaffeeh\u{e4}user]\n---\n"
            + "-- content/people/andre.md --\n---\nname: Andr\u{e9}\n---\n"
            + "-- content/articles/k\u{e4}fer.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\n"
            + "-- static/images/z\u{fc}rich.svg --\n<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>\n"
            + "-- static/u\u{308}ber.txt --\nText\n"
            + "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\ntopics: closed\nimage: /images/zu\u{308}rich.svg\n",
    )
}

#[test]
fn letters_made_of_one_character_or_of_two_are_the_same_letters() {
    let site = both_forms();
    let output = site.build_clean();
    let pages = site.tree();
    let topics: Vec<&String> =
        pages.keys().filter(|file| file.starts_with("topics/") && file.ends_with("index.html")).collect();
    let lists = ["topics/annee/index.html", "topics/cafe/index.html", "topics/index.html"];
    assert_eq!(topics[..3], lists);
    assert_eq!(topics[3..], ["topics/kaffeehauser/index.html"], "the other name leads to the topic");
    for list in ["/topics/cafe/", "/topics/annee/", "/threads/zurich/", "/people/andre/"] {
        let feed = output.file(&format!("{list}feed.xml"));
        assert_eq!(feed.matches("<entry>").count(), 2, "{list}");
    }
    let main = |page: &str| decode(&output.main(page));
    let (nfc, nfd) = (main("/2023/10/17/nfc/"), main("/2023/10/16/nfd/"));
    assert!(nfd.contains("href=\"/people/andre/\""), "{nfd}");
    assert_eq!(nfd.matches("href=\"/uber/\"").count(), 2, "{nfd}");
    assert_eq!(attributes(&nfc, "src"), ["/images/z\u{fc}rich.svg"]);
    assert_eq!(attributes(&nfd, "src"), ["/2023/10/16/nfd/k\u{e4}fer.svg"]);
    assert!(nfd.contains("href=\"/\u{fc}ber.txt\""), "{nfd}");
    for file in ["images/z\u{fc}rich.svg", "2023/10/16/nfd/k\u{e4}fer.svg", "\u{fc}ber.txt"] {
        assert!(pages.contains_key(file), "{file}: {:?}", pages.keys());
    }
    let card = "property=\"og:image\" content=\"https://test.example/images/z%C3%BCrich.svg\"";
    assert!(output.file("/").contains(card), "{}", output.file("/"));
    let redirects = output.file("/_redirects");
    assert!(redirects.contains("/fr\u{fc}her/ ") || redirects.contains("/fr%C3%BCher/ "), "{redirects}");
}

#[test]
fn a_name_that_fits_two_files_is_the_same_error_wherever_it_stands() {
    let twice = "-- content/articles/a/visit.md --\n---\ntitle: First\ndate: 2023-10-16\n---\nText.\n-- content/articles/b/visit.md --\n---\ntitle: Second\ndate: 2023-10-17\n---\nText.\n";
    let site = SiteTest::new(
        twice.to_owned()
            + &article("link", "date: 2023-10-17", "[[visit]]")
            + &article("german", "date: 2023-10-17\nlang: de\ntranslation_of: visit", "Text.")
            + "-- content/briefings/2023-10-17.md --\n---\nstories: [visit]\n---\nText.\n",
    );
    assert_eq!(
        site.problems(),
        [
            "ambiguous-link content/articles/german.md:5:17",
            "ambiguous-link content/articles/link.md:5:1",
            "ambiguous-link content/briefings/2023-10-17.md:2:11",
        ]
    );
    let (_, report) = pipeline::check(&site.request());
    for problem in report.diagnostics() {
        let help = problem.help.as_deref().unwrap_or("");
        assert!(help.ends_with("content/articles/a/visit.md, content/articles/b/visit.md"), "{help}");
    }
    // A page of that name is no story, so that the name of the only story is enough.
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17", "Text.")
            + "-- content/pages/visit.md --\n---\ntitle: Visit\n---\n"
            + "-- content/briefings/2023-10-17.md --\n---\nstories: [visit]\n---\nText.\n",
    );
    assert!(site.build_clean().main("/briefings/2023-10-17/").contains("Title of visit"));
    site.write("content/briefings/2023-10-17.md", "---\nstories: [../pages/visit.md]\n---\nText.\n");
    assert_eq!(site.problems(), ["unknown-story content/briefings/2023-10-17.md:2:11"]);
}

/// The languages that a page names.
fn languages(page: &str) -> Vec<String> {
    let head = page.split("</head>").next().expect("a head");
    attributes(head, "hreflang")
}

#[test]
fn translations_of_translations_name_each_other() {
    let site = SiteTest::new(articles(&[
        ("en", "2023-10-10", ""),
        ("ar", "2023-10-10", "lang: ar\ntranslation_of: en"),
        ("he", "2023-10-10", "lang: he\ntranslation_of: ar"),
        ("fr", "2023-10-10", "lang: fr\ntranslation_of: en.md"),
    ]));
    let output = site.build_clean();
    for page in ["en", "ar", "he", "fr"] {
        let html = output.file(&format!("/2023/10/10/{page}/"));
        assert_eq!(languages(&html), ["ar", "en", "fr", "he", "x-default"], "{page}");
        assert!(html.contains("hreflang=\"x-default\" href=\"https://test.example/2023/10/10/en/\""), "{page}");
    }
    // The middle of the chain is withheld, and joins the others all the same.
    for held in ["draft: true", "embargo: 2099-01-01", "expires: 2023-10-12"] {
        let head = format!("lang: ar\ntranslation_of: en\n{held}");
        site.write_all(&articles(&[("ar", "2023-10-10", &head)]));
        let output = site.build_and_compare();
        for page in ["en", "he", "fr"] {
            let html = output.file(&format!("/2023/10/10/{page}/"));
            assert_eq!(languages(&html), ["en", "fr", "he", "x-default"], "{page}: {held}");
        }
    }
    site.write_all(&articles(&[("ar", "2023-10-10", "lang: ar\ntranslation_of: en")]));
    // Where none is in the site's language, the original is for everybody else; what is withheld only joins.
    site.write_all(&articles(&[
        ("en", "2023-10-10", "draft: true"),
        ("fr", "2023-10-10", "lang: fr\ntranslation_of: en.md"),
    ]));
    let output = site.build();
    assert_eq!(languages(&output.file("/2023/10/10/he/")), ["ar", "fr", "he"]);
    site.write_all(&articles(&[
        ("fr", "2023-10-10", "lang: fr"),
        ("ar", "2023-10-10", "lang: ar\ntranslation_of: fr"),
    ]));
    let output = site.build_and_compare();
    assert_eq!(languages(&output.file("/2023/10/10/he/")), ["ar", "fr", "he", "x-default"]);
    assert!(
        output.file("/2023/10/10/he/").contains("hreflang=\"x-default\" href=\"https://test.example/2023/10/10/fr/\"")
    );
    site.write_all(&articles(&[("he", "2023-10-10", "lang: FR\ntranslation_of: ar")]));
    assert_eq!(site.problems(), ["translation content/articles/he.md:5:17"]);
    site.write_all(&articles(&[("he", "2023-10-10", "lang: he\ntranslation_of: he")]));
    assert_eq!(site.problems(), ["translation content/articles/he.md:5:17"]);
}

#[test]
fn feed_ids_outlive_a_new_address_of_the_site_where_there_is_a_list() {
    let site = SiteTest::new(articles(&[("old", "2023-10-16", "topics: [ICC]")]));
    lock(&site);
    let ids = |site: &SiteTest, file: &str| -> Vec<String> {
        let feed = site.build_clean().file(file);
        feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap_or("").to_owned()).collect()
    };
    let before = ids(&site, "/topics/icc/feed.xml");
    assert_eq!(before, ["https://test.example/topics/icc/feed.xml", "https://test.example/2023/10/16/old/"]);
    site.write("dateline.yaml", "title: The Test\nbase_url: https://new.example/briefing\n");
    assert_eq!(ids(&site, "/topics/icc/feed.xml"), before);
    assert!(site.build().file("/feed.json").contains("\"id\": \"https://test.example/2023/10/16/old/\""));
    site.write_all(&articles(&[("new", "2023-10-17", "topics: [ICC]")]));
    let new = "https://new.example/briefing/2023/10/17/new/";
    assert_eq!(ids(&site, "/topics/icc/feed.xml"), [&before[0], new, &before[1]]);
    let text = lock(&site);
    assert!(
        text.contains(&format!("\n/2023/10/17/new/\t{new}\t\t2023-10-17\n"))
            && text.contains("\n@https://test.example\n"),
        "{text}"
    );
    assert_eq!(ids(&site, "/topics/icc/feed.xml"), [&before[0], new, &before[1]], "the list changes no identity");
    site.write("dateline.yaml", "title: The Test\nbase_url: https://third.example\n");
    assert_eq!(ids(&site, "/topics/icc/feed.xml"), [&before[0], new, &before[1]]);
    assert_eq!(lock(&site), text);
}

#[test]
fn parents_in_a_lattice_are_walked_once_and_each_circle_is_reported_once() {
    let mut literal = String::new();
    for level in 0..60 {
        for side in ["a", "b"] {
            let parents = if level == 0 { String::new() } else { format!("parents: [T{0}a, T{0}b]\n", level - 1) };
            literal += &format!("-- content/topics/t{level}{side}.md --\n---\ntitle: T{level}{side}\n{parents}---\n");
        }
    }
    let site = SiteTest::new(literal + &article("deep", "date: 2023-10-17\ntopics: [T59a]", "Text."));
    let output = site.build_clean();
    assert!(output.main("/topics/t0b/").contains("Title of deep"));
    let circle: String = (0..50)
        .map(|at| format!("-- content/topics/c{at}.md --\n---\ntitle: C{at}\nparents: [C{}]\n---\n", (at + 1) % 50))
        .collect();
    site.write_all(&circle);
    assert_eq!(site.problems(), ["topic-conflict content/topics/c49.md:3:11"]);
}

#[test]
fn a_story_with_more_topics_than_a_reader_holds_makes_no_pairs_of_them() {
    let names = |count: usize| (0..count).map(|at| format!("Subject {at}")).collect::<Vec<_>>().join(", ");
    let site = SiteTest::new(articles(&[
        ("a", "2023-10-16", &format!("topics: [{}]", names(65))),
        ("b", "2023-10-17", &format!("topics: [{}]", names(65))),
        ("c", "2023-10-17", "topics: [Subject 1, Subject 2]"),
        ("d", "2023-10-17", "topics: [Subject 1, Subject 2]"),
    ]));
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\ntopic_pairs: 2\n");
    let output = site.build();
    assert_eq!(output.problems(), ["bad-value content/articles/a.md:4:9", "bad-value content/articles/b.md:4:9"]);
    let pairs: Vec<String> = site.tree().into_keys().filter(|file| file.contains("/with/")).collect();
    assert_eq!(pairs, ["topics/subject-1/with/subject-2/index.html", "topics/subject-2/with/subject-1/index.html"]);
}
