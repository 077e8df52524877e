//! Editions that change after they are out, and threads that grow.

use dateline::base::codes;

use crate::site_test::{SiteTest, article, articles, between};

fn times(feed: &str) -> (String, String) {
    let entry = between(feed, "<entry>", "</entry>");
    (between(entry, "<published>", "<").to_owned(), between(entry, "<updated>", "<").to_owned())
}

#[test]
fn a_composed_edition_is_published_with_its_first_story_and_updated_with_its_last() {
    let mut site = SiteTest::new(articles(&[
        ("morning", "2023-10-17 09:00", "priority: 1"),
        ("held", "2023-10-17 08:00", "embargo: 2023-10-17 12:00"),
        ("afternoon", "2023-10-17 15:00", ""),
        (
            "put-right",
            "2023-10-17 09:30",
            "updates: [{at: 2023-10-17 16:00, kind: correction, text: No.}, {at: 2023-10-17 18:00, kind: refile}]",
        ),
    ]));
    let config = |policy: &str| {
        format!(
            "title: The Test\nbase_url: https://test.example\nbriefings: {policy}\nfeeds: {{formats: [atom, rss, json]}}\nemail: {{from: desk@test.example, list_unsubscribe: \"https://test.example/x\", address: A Street}}\n"
        )
    };
    site.write("dateline.yaml", config("daily"));
    let first = "2023-10-17T09:00:00Z";
    for (now, updated, rfc822) in [
        ("2023-10-17T09:10:00Z", first, "Tue, 17 Oct 2023 09:00:00 +0000"),
        ("2023-10-17T12:30:00Z", "2023-10-17T16:00:00Z", "Tue, 17 Oct 2023 16:00:00 +0000"),
        ("2023-10-17T20:00:00Z", "2023-10-17T16:00:00Z", "Tue, 17 Oct 2023 16:00:00 +0000"),
    ] {
        site.set_now(now);
        let output = site.build();
        let (published, changed) = times(&output.file("/briefings/feed.xml"));
        assert_eq!((published.as_str(), changed.as_str()), (first, updated), "{now}");
        let json = output.file("/briefings/feed.json");
        assert!(json.contains(&format!("\"date_published\": \"{first}\"")), "{json}");
        assert!(json.contains(&format!("\"date_modified\": \"{updated}\"")), "{json}");
        let rss = output.file("/briefings/rss.xml");
        assert!(rss.contains("<pubDate>Tue, 17 Oct 2023 09:00:00 +0000</pubDate>"), "{rss}");
        assert!(rss.contains(&format!("<lastBuildDate>{rfc822}</lastBuildDate>")), "{rss}");
        let page = output.file("/briefings/2023-10-17/");
        assert!(page.contains(&format!("\"datePublished\":\"{first}\"")), "{page}");
        assert_eq!(page.contains(&format!("\"dateModified\":\"{updated}\"")), updated != first, "{page}");
        let mail = std::fs::read_to_string(site.public().join(".dateline/private/briefings/2023-10-17/edition.eml"));
        assert!(mail.expect("an e-mail").contains(&format!("Date: {rfc822}")), "{now}");
    }
    site.write("dateline.yaml", config("weekly"));
    site.write_all(&articles(&[("friday", "2023-10-20 10:00", "")]));
    for (now, updated) in
        [("2023-10-18T12:00:00Z", "2023-10-17T16:00:00Z"), ("2023-10-20T12:00:00Z", "2023-10-20T10:00:00Z")]
    {
        site.set_now(now);
        let output = site.build_and_compare();
        let (published, changed) = times(&output.file("/briefings/feed.xml"));
        assert_eq!((published.as_str(), changed.as_str()), (first, updated), "a week, {now}");
        let page = output.file("/briefings/2023-w42/");
        assert!(page.contains(&format!("\"datePublished\":\"{first}\"")), "{page}");
    }
}

#[test]
fn a_composed_edition_that_loses_its_first_story_was_published_when_it_was() {
    for ending in
        ["expires: 2023-10-17 11:00", "updates: [{at: 2023-10-17 11:00, kind: withdrawn, text: It was wrong.}]"]
    {
        let mut site =
            SiteTest::new(articles(&[("first", "2023-10-17 08:00", ending), ("second", "2023-10-17 09:00", "")]));
        site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\nbriefings: daily\n");
        for (now, updated) in [("2023-10-17T10:00:00Z", "09"), ("2023-10-17T12:00:00Z", "11")] {
            // A withdrawal is written when it happens.
            if ending.starts_with("updates") && updated == "09" {
                continue;
            }
            site.set_now(now);
            let (published, changed) = times(&site.build_and_compare().file("/briefings/feed.xml"));
            assert_eq!(published, "2023-10-17T08:00:00Z", "{ending}, {now}");
            assert_eq!(changed, format!("2023-10-17T{updated}:00:00Z"), "{ending}, {now}");
        }
    }
}

#[test]
fn what_was_put_right_in_an_edition_is_told_as_for_articles() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-17.md --
---
number: 7
updates:
  - {at: 2023-10-18 09:00, kind: correction, text: The court sits in The Hague.}
  - {at: 2023-10-18 08:00, kind: update, text: The ruling is in.}
  - {at: 2023-10-18 07:00, kind: clarification, text: It was the first chamber.}
---
Intro.

## Ruling

Text.
",
    );
    let output = site.build_clean();
    let page = output.main("/briefings/2023-10-17/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("The court sits") < at("Intro."), "a correction stands above the text");
    assert!(at("It was the first chamber.") > at("<p>Text.</p>") && at("The ruling is in.") > at("<p>Text.</p>"));
    let whole = output.file("/briefings/2023-10-17/");
    assert!(whole.contains("\"dateModified\":\"2023-10-18T09:00:00Z\""), "{whole}");
    assert!(whole.contains("{\"@type\":\"CorrectionComment\",\"text\":\"The court sits in The Hague.\""), "{whole}");
    let feed = output.file("/briefings/feed.xml");
    assert_eq!(times(&feed), ("2023-10-17T00:00:00Z".to_owned(), "2023-10-18T09:00:00Z".to_owned()));
    assert!(feed.contains("The court sits in The Hague."), "{feed}");
    let list = output.main("/corrections/");
    assert!(list.contains("href=\"/briefings/2023-10-17/#correction-20231018T090000Z\""), "{list}");
    assert!(
        list.contains("href=\"/briefings/2023-10-17/#clarification-20231018T070000Z\"")
            && !list.contains("The ruling is in."),
        "{list}"
    );
    assert!(page.contains("id=\"correction-20231018T090000Z\""), "{page}");
    let feed = output.file("/corrections/feed.xml");
    assert!(feed.contains("<id>https://test.example/briefings/2023-10-17/#correction-20231018T090000Z</id>"), "{feed}");
    site.write("content/briefings/2023-10-17.md", "---\nupdates: [{at: 2023-10-18, kind: withdrawn}]\n---\nText.\n");
    assert_eq!(site.problems(), ["bad-value content/briefings/2023-10-17.md:2:34"]);
    site.write(
        "content/briefings/2023-10-17.md",
        "---\nupdates: [{at: 2023-10-19, kind: update, text: X.}]\n---\nText.\n",
    );
    assert_eq!(site.problems(), ["bad-value content/briefings/2023-10-17.md:2:16"], "an update that is ahead");
}

#[test]
fn one_more_part_of_a_long_thread_changes_tens_of_outputs() {
    let part = |at: usize| {
        article(
            &format!("p{at}"),
            &format!("date: 2023-10-{:02} {:02}:00\nthread: Trip", at / 20 + 1, at % 20),
            "Text.",
        )
    };
    let site = SiteTest::new((0..100).map(part).collect::<String>());
    let output = site.build_clean();
    let page = output.main("/2023/10/03/p50/");
    let timeline = between(&page, "<ol class=\"timeline\">", "</ol>");
    let parts: Vec<&str> =
        timeline.split("Title of ").skip(1).map(|rest| rest.split('<').next().unwrap_or("")).collect();
    assert_eq!(parts, ["p46", "p47", "p48", "p49", "p50", "p51"]);
    assert!(page.contains("href=\"/threads/trip/\""));
    assert_eq!(output.main("/threads/trip/").matches("Title of p").count(), 100, "its own page has all");
    site.write_all(&part(100));
    let (added, changed, removed) = site.build_and_compare().changes();
    let articles: Vec<&String> = changed.iter().filter(|route| route.contains("/p")).collect();
    assert_eq!(articles, ["/2023/10/05/p99/"], "the part before it");
    assert!(added.len() + changed.len() < 30 && removed.is_empty(), "{added:?} {changed:?}");
}

#[test]
fn who_only_edits_and_what_has_no_story_has_no_feed() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17\nauthors: [Ann]\neditors: [Ed]", "Text.")
            + "-- content/people/ann.md --\n---\nname: Ann\n---\n-- content/people/ed.md --\n---\nname: Ed\n---\n"
            + "-- content/topics/icc.md --\n---\ntitle: ICC\n---\n",
    );
    let output = site.build_clean();
    assert!(output.exists("/people/ann/feed.xml") && !output.exists("/people/ed/feed.xml"));
    assert!(!output.exists("/topics/icc/feed.xml"));
    for page in ["/people/ed/", "/topics/icc/"] {
        assert!(!output.file(page).contains(&format!("{page}feed.xml")), "{page}");
    }
    assert!(site.tree().values().all(|bytes| !String::from_utf8_lossy(bytes).contains("1970-")));
    // A feed that was published stays, and is as old as the site.
    let (locked, _) = dateline::pipeline::lock(&site.request());
    assert!(locked.is_some());
    site.write_all(&article("visit", "date: 2023-10-17\nauthors: [Ed]", "Text."));
    let feed = site.build().file("/people/ann/feed.xml");
    assert!(feed.contains("<updated>2023-10-17T00:00:00Z</updated>") && !feed.contains("<entry>"), "{feed}");
}

#[test]
fn an_embargo_in_a_doubled_hour_holds_until_the_second() {
    let mut site = SiteTest::new(
        article("held", "date: 2023-10-28\nembargo: 2023-10-29 02:30", "Text.")
            + &article("dated", "date: 2023-10-29 02:30", "Text.")
            + &article("gap", "date: 2023-03-26 02:30", "Text."),
    );
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\ntimezone: Europe/Berlin\n");
    site.set_now("2023-10-29T00:45:00Z");
    let output = site.build();
    assert!(output.problems().iter().all(|problem| problem.starts_with("clock-change ")), "{:?}", output.problems());
    assert!(output.exists("/2023/10/29/dated/") && !output.exists("/2023/10/28/held/"));
    assert!(output.file("/2023/10/29/dated/").contains("2023-10-29T02:30:00+02:00"));
    assert!(output.file("/2023/03/26/gap/").contains("2023-03-26T03:30:00+02:00"));
    site.set_now("2023-10-29T01:30:00Z");
    assert!(site.build_and_compare().exists("/2023/10/28/held/"));
    for (date, fix) in [
        ("date: 2023-10-17T24:00", Some("2023-10-18 00:00")),
        ("date: 2023-10-17T10:00+25:00", None),
        ("date: 2023-10-17\npriority: 010", Some("10")),
    ] {
        site.write_all(&article("held", date, "Text."));
        let (_, report) = dateline::pipeline::check(&site.request());
        let told: Vec<_> = report.diagnostics().iter().filter(|problem| problem.code != codes::CLOCK_CHANGE).collect();
        assert_eq!(told.len(), 1, "{date}: {report:?}");
        assert_eq!(told[0].replacement.as_deref(), fix, "{date}");
    }
}
