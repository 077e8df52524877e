//! The archive, people, threads, standing pages, and the page for addresses that lead nowhere.

use crate::site_test::{SiteTest, article, articles, assert_in_order, attributes, between};

#[test]
fn the_archive_counts_years_and_months_and_leads_to_each_story() {
    let site = SiteTest::new(
        articles(&[
            ("new", "2023-10-17 09:00", ""),
            ("same-day", "2023-10-17 08:00", ""),
            ("older", "2023-10-02", ""),
            ("summer", "2023-07-31", ""),
            ("past", "2021-12-31", ""),
        ]) + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n\n## An item\n\nText.\n",
    );
    let output = site.build_clean();
    assert_in_order(
        &output.main("/archive/"),
        &[
            "/archive/2023/\">2023</a>",
            "5 stories",
            "/archive/2023/07/",
            "/archive/2023/10/",
            "/archive/2021/\">2021</a>",
            "1 story",
            "/archive/2021/12/",
        ],
    );
    assert_eq!(
        output.headlines("/archive/2023/10/"),
        [
            "/2023/10/17/new/ Title of new",
            "/2023/10/17/same-day/ Title of same-day",
            "/briefings/2023-10-17/#an-item An item",
            "/2023/10/02/older/ Title of older",
        ]
    );
    let ids = attributes(&output.main("/archive/2023/10/"), "id");
    assert!(ids.contains(&"d17".to_owned()) && ids.contains(&"d02".to_owned()), "{ids:?}");
    assert_in_order(
        &output.main("/archive/2023/"),
        &[
            "/archive/2023/07/",
            "/archive/2023/07/#d31",
            "/archive/2023/10/",
            "/archive/2023/10/#d02",
            "/archive/2023/10/#d17",
        ],
    );
    let links = attributes(&output.main("/archive/2023/10/"), "href");
    assert!(links.contains(&"/archive/2023/07/".to_owned()), "the month before that has stories: {links:?}");
    assert!(attributes(&output.main("/archive/2023/07/"), "href").contains(&"/archive/2021/12/".to_owned()));
    assert!(attributes(&output.main("/archive/2023/"), "href").contains(&"/archive/2021/".to_owned()));
    for empty in ["/archive/2022/", "/archive/2023/08/", "/archive/2023/09/"] {
        assert!(!output.exists(empty), "{empty}");
    }
}

#[test]
fn an_empty_site_is_built_and_says_that_there_is_nothing_yet() {
    let site = SiteTest::new("");
    let output = site.build_clean();
    let files: Vec<String> =
        site.tree().into_keys().filter(|file| !file.starts_with("style.") && !file.starts_with("embed.")).collect();
    assert_eq!(
        files,
        [
            "404.html",
            "_headers",
            "_redirects",
            "archive/index.html",
            "favicon.svg",
            "index.html",
            "llms.txt",
            "news-sitemap.xml",
            "robots.txt",
            "sitemap-pages.xml",
            "sitemap.xml",
            "topics/index.html"
        ]
    );
    for page in ["/", "/archive/", "/topics/"] {
        assert!(output.main(page).contains("Nothing has been published here yet."), "{page}: {}", output.main(page));
    }
}

#[test]
fn a_person_has_a_page_with_all_that_bears_their_name() {
    let site = SiteTest::new(
        articles(&[
            ("a", "2023-10-01", "authors: [Ann Lee]"),
            ("b", "2023-10-02", "authors: [A. Lee, Bo Dee]"),
            ("c", "2023-10-03", "contributors: [ann lee]"),
            ("d", "2023-10-04", "editors: [Ann Lee]\nauthors: [Bo Dee]"),
        ]) + "-- content/people/lee.md --\n---\nname: Ann Lee\naliases: [A. Lee]\nrole: Energy\nemail: lee@test.example\nlinks: [{name: Elsewhere, url: \"https://lee.example/\"}]\nimage: {src: lee.svg, alt: Ann Lee}\n---\nShe writes on [oil](../articles/a.md).\n\
              -- content/people/lee.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"></svg>\n",
    );
    let output = site.build_clean();
    assert_in_order(
        &output.main("/people/ann-lee/"),
        &[
            "<img src=\"/people/ann-lee/lee.svg\" alt=\"Ann Lee\" width=\"10\" height=\"20\"",
            "<h1>Ann Lee</h1>",
            "Energy",
            "She writes on <a href=\"/2023/10/01/a/\">oil</a>.",
        ],
    );
    assert!(output.main("/people/ann-lee/").contains("href=\"mailto:lee@test.example\""));
    assert!(output.main("/people/ann-lee/").contains("href=\"https://lee.example/\""));
    assert!(output.exists("/people/ann-lee/lee.svg"));
    assert_eq!(
        output.headlines("/people/ann-lee/"),
        ["/2023/10/03/c/ Title of c", "/2023/10/02/b/ Title of b", "/2023/10/01/a/ Title of a"],
        "who edits is not who writes"
    );
    assert_in_order(&output.main("/people/"), &["<a href=\"/people/ann-lee/\">Ann Lee</a>", "Energy"]);
    assert!(!output.exists("/people/bo-dee/"), "a name without a file is a name");
    assert!(
        output.main("/2023/10/02/b/").contains("By <a href=\"/people/ann-lee/\">A. Lee</a> and Bo Dee"),
        "as it was signed"
    );
}

#[test]
fn two_people_cannot_answer_to_one_name() {
    let site = SiteTest::new(
        "-- content/people/a.md --\n---\nname: Ann Lee\naliases: [A. Lee]\n---\n-- content/people/b.md --\n---\nrole: Desk\nname: Art Lee\naliases: [Artie, A Lee]\n---\n",
    );
    assert_eq!(site.problems(), ["conflict content/people/b.md:4:18"]);
}

#[test]
fn a_thread_tells_its_story_from_the_start_and_each_part_knows_its_place() {
    let site = SiteTest::new(articles(&[
        ("third", "2023-10-17", "thread: the trip"),
        ("first", "2023-10-15", "thread: The Trip"),
        ("second", "2023-10-16", "thread: The Trip\nshort_title: Short"),
        ("lone", "2023-10-10", "thread: Another"),
    ]));
    let output = site.build_clean();
    assert_eq!(
        output.headlines("/threads/the-trip/"),
        ["/2023/10/15/first/ Title of first", "/2023/10/16/second/ Short", "/2023/10/17/third/ Title of third"]
    );
    assert!(output.main("/threads/the-trip/").contains("The Trip</h1>"));
    assert_in_order(&output.main("/threads/"), &["/threads/the-trip/", "The Trip", "/threads/another/", "Another"]);
    let aside = between(&output.main("/2023/10/16/second/"), "<ol class=\"timeline\">", "</ol>").to_owned();
    assert_in_order(
        &aside,
        &[
            "<a href=\"/2023/10/15/first/\">",
            "<li class=\"current\">",
            "<strong aria-current=\"true\">Title of second</strong>",
            "<a href=\"/2023/10/17/third/\">",
        ],
    );
    assert_eq!(aside.matches("class=\"current\"").count(), 1);
}

#[test]
fn standing_pages_live_at_their_path() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nnavigation: [{title: About us, url: /about/, place: footer}, {title: Elsewhere, url: \"https://x.example/\", place: footer}]\n\
         -- content/pages/about.md --\n---\ntitle: About\nsummary: Who we are.\nupdated: 2023-10-17\naliases: [/who/]\n---\nWe are [here](house/rules.md#first).\n\
         -- content/pages/house/rules.md --\n---\ntitle: Rules\nlang: de\n---\n## First\n\nText.\n\
         -- content/pages/house/index.md --\n---\ntitle: House\nnoindex: true\n---\nText.\n\
         -- content/pages/contact.md --\n---\ntitle: Contact\nslug: write-to-us\ntemplate: contact.html\nextra: {room: 12}\n---\nText.\n\
         -- templates/contact.html --\n{% extends \"page.html\" %}{% block main %}<p>Room {{ content.extra.room }}</p>{{ super() }}{% endblock main %}\n",
    );
    let output = site.build_clean();
    assert_in_order(
        &output.main("/about/"),
        &[
            "<h1 class=\"headline\">About</h1>",
            "Who we are.",
            "<time datetime=\"2023-10-17\">",
            "We are <a href=\"/house/rules/#first\">here</a>.",
        ],
    );
    assert!(output.file("/house/rules/").contains("<html lang=\"de\" dir=\"ltr\">"));
    assert_in_order(&output.main("/write-to-us/"), &["<p>Room 12</p>", "Contact"]);
    assert!(output.file("/who/").contains("url=/about/\""));
    assert!(output.file("/house/").contains("noindex"));
    let sitemap = output.file("/sitemap-pages.xml");
    for (path, listed) in [("/about/", true), ("/house/rules/", true), ("/house/", false), ("/write-to-us/", true)] {
        assert_eq!(sitemap.contains(&format!("<loc>https://test.example{path}</loc>")), listed, "{path}");
    }
    let footer = output.file("/").split("<footer").nth(1).expect("a footer").to_owned();
    assert_in_order(&footer, &["<a href=\"/about/\">About us</a>", "<a href=\"https://x.example/\">Elsewhere</a>"]);
}

#[test]
fn a_page_for_addresses_that_lead_nowhere_is_there_and_not_indexed() {
    let site = SiteTest::new("");
    let output = site.build_clean();
    assert!(output.file("/404.html").contains("<meta name=\"robots\" content=\"noindex, "));
    assert!(!output.file("/sitemap-pages.xml").contains("404"));
}

#[test]
fn what_is_gone_is_answered_as_gone() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/briefing\ngone: [/2023/10/12/retired/]\n"
            .to_owned()
            + &article("visit", "date: 2023-10-17\naliases: [/old/]", "Text."),
    );
    let output = site.build_clean();
    assert_eq!(
        output.file("/_redirects"),
        "/briefing/old/ /briefing/2023/10/17/visit/ 301\n/briefing/2023/10/12/retired/ /briefing/404.html 410\n"
    );
}
