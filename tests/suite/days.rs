//! Pages of days, with months and years at the same addresses.

use dateline::pipeline;

use crate::site_test::{SiteTest, article, articles, assert_in_order, attributes, between};

const DAYS: &str =
    "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example/desk\narchive: /{year}/{month}/{day}/\n";

fn site() -> SiteTest {
    SiteTest::new(
        DAYS.to_owned()
            + &articles(&[
                ("evening", "2023-10-17 18:00", ""),
                ("morning", "2023-10-17 08:00", ""),
                ("second", "2023-10-02", ""),
                ("newyear", "2022-12-31", ""),
                ("held", "2023-10-05", "embargo: 2099-01-01"),
            ])
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\ntitle: The long day\n---\n\n## An item\n\nText.\n",
    )
}

#[test]
fn a_day_has_a_page_with_all_its_stories_its_edition_and_its_neighbours() {
    let site = site();
    let output = site.build_and_compare();
    let day = output.file("/2023/10/17/");
    assert!(day.contains("<title>17 October 2023 | The Test</title>"), "{day}");
    assert!(day.contains("<body class=\"page-day\">"), "{day}");
    assert_in_order(
        &output.main("/2023/10/17/"),
        &[
            "<h1><time datetime=\"2023-10-17\">Tuesday, 17 October 2023</time></h1>",
            "3 stories",
            "The briefing: <a href=\"/desk/briefings/2023-10-17/\">The long day</a>",
        ],
    );
    assert_eq!(
        output.headlines("/2023/10/17/"),
        [
            "/desk/2023/10/17/evening/ Title of evening",
            "/desk/2023/10/17/morning/ Title of morning",
            "/desk/briefings/2023-10-17/#an-item An item",
        ]
    );
    // The nearest days with stories, across months and years; a day that has only a withheld story is none.
    let neighbours = |path: &str| {
        let main = output.main(path);
        let nav = main.rfind("<nav class=\"pager\"").map_or("", |at| &main[at..]);
        attributes(nav, "href")
    };
    assert_eq!(neighbours("/2023/10/17/"), ["/desk/2023/10/02/"]);
    assert_eq!(neighbours("/2023/10/02/"), ["/desk/2023/10/17/", "/desk/2022/12/31/"]);
    assert_eq!(neighbours("/2022/12/31/"), ["/desk/2023/10/02/"]);
    for none in ["/2023/10/05/", "/2023/10/03/", "/2023/11/", "/archive/2023/", "/archive/2023/10/17/"] {
        assert!(!output.exists(none), "{none}");
    }
    let trail = between(&day, "<nav class=\"breadcrumbs\"", "</nav>");
    assert_in_order(
        trail,
        &["\"/desk/archive/\">Archive<", "\"/desk/2023/\">2023<", "\"/desk/2023/10/\">October 2023<"],
    );
    assert_in_order(
        &day,
        &[
            "\"@type\":\"CollectionPage\",\"name\":\"17 October 2023\",\"url\":\"https://test.example/desk/2023/10/17/\"",
            "\"numberOfItems\":3",
            "\"@type\":\"BreadcrumbList\"",
        ],
    );
    // Years, months and the front lead to days, and sitemaps list them.
    assert!(attributes(&output.main("/2023/"), "href").contains(&"/desk/2023/10/17/".to_owned()));
    assert!(output.main("/2023/10/").contains("<a href=\"/desk/2023/10/17/\"><time datetime=\"2023-10-17\">"));
    let pages = output.file("/sitemap-pages.xml");
    for listed in ["2023", "2023/10", "2023/10/17", "2022/12/31"] {
        assert!(pages.contains(&format!("<loc>https://test.example/desk/{listed}/</loc>")), "{listed} in {pages}");
    }
}

#[test]
fn days_are_rendered_again_when_their_stories_or_neighbours_change_and_not_otherwise() {
    let site = site();
    site.build_clean();
    site.write_all(&article("between", "date: 2023-10-10", "Text."));
    let (added, changed, _) = site.build_and_compare().changes();
    assert_eq!(added, ["/2023/10/10/", "/2023/10/10/between/"]);
    let days = |routes: &[String]| -> Vec<String> {
        routes.iter().filter(|route| route.split('/').count() == 5 && route.starts_with("/20")).cloned().collect()
    };
    assert_eq!(days(&changed), ["/2023/10/02/", "/2023/10/17/"], "{changed:?}");
    site.remove("content/articles/between.md");
    let (_, changed, removed) = site.build_and_compare().changes();
    assert_eq!(removed, ["/2023/10/10/", "/2023/10/10/between/"]);
    assert_eq!(days(&changed), ["/2023/10/02/", "/2023/10/17/"], "{changed:?}");
}

#[test]
fn a_day_whose_last_story_is_pulled_back_is_gone_and_former_addresses_of_the_archive_lead_on() {
    let site = site();
    let lock = |site: &SiteTest| {
        let (_, report) = pipeline::lock(&site.request());
        assert!(!report.has_errors(), "{report:?}");
    };
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example/desk\n");
    site.build_clean();
    lock(&site);
    site.write_all(DAYS);
    lock(&site);
    let output = site.build_and_compare();
    let moved = output.file("/_redirects");
    for (from, to) in [("/archive/2023/10/", "/2023/10/"), ("/archive/2022/", "/2022/")] {
        assert!(moved.contains(&format!("/desk{from} /desk{to} 301\n")), "{from} in {moved}");
    }
    assert!(!moved.contains("/archive/2023/10/02/"), "days had no pages there: {moved}");
    site.write_all(&article("second", "date: 2023-10-02\ndraft: true", "Text."));
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    let gone = output.file("/_redirects");
    assert!(gone.contains("/desk/2023/10/02/ /desk/404.html 410\n"), "{gone}");
    assert!(!output.exists("/2023/10/02/") && output.exists("/2023/10/"));
}

#[test]
fn addresses_of_days_meet_no_other_address_but_one_that_is_the_same() {
    let with = |config: &str, story: &str| {
        SiteTest::new(
            format!("-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\n{config}\n")
                + &article("a", story, "Text."),
        )
    };
    for config in [
        "archive: /{year}/{month}/{day}/\npermalink: /{slug}/",
        "archive: /{year}/{month}/{day}/\npermalink: /news/{year}/{slug}.html",
        "archive: /{year}/{month}/{day}/\npermalink: /{year}/{month}/{day}/{slug}.html",
        "archive: /days/{year}/{month}/{day}/\npermalink: /{year}/{month}/{slug}/",
    ] {
        assert_eq!(with(config, "date: 2023-10-17\nslug: \"17\"").problems(), [""; 0], "{config}");
    }
    let same =
        with("archive: /{year}/{month}/{day}/\npermalink: /{year}/{month}/{slug}/", "date: 2023-10-17\nslug: \"17\"");
    let built = same.try_build();
    let problem = built.report.diagnostics().first().expect("a conflict");
    assert_eq!(
        problem.message,
        "`slug` in `content/articles/a.md`, line 4 and the archive of 2023-10-17 both want the address `/2023/10/17/`"
    );
    for pattern in
        ["/{year}/", "{year}/{month}/", "/{slug}/{year}/{month}/", "/a{year}/{month}/", "/{year}/{day}/{month}/"]
    {
        let site = with(&format!("archive: \"{pattern}\""), "date: 2023-10-17");
        assert_eq!(site.problems(), ["bad-value dateline.yaml:3:10"], "{pattern}");
    }
}
