//! When a story first appeared: the later of `date` and `embargo`, which `urls.lock` remembers.

use dateline::pipeline;

use crate::site_test::{Output, SiteTest, article, assert_in_order, assert_same, attributes, between, short};

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\nbriefings: daily\nemail: {from: a@test.example}\n\
     archive: /{year}/{month}/{day}/\nfeeds: {formats: [atom, rss, json]}\nmarkdown_twins: true\n";

/// A story of the evening before, and one that was written then and is under embargo until the morning.
fn site() -> SiteTest {
    let site = SiteTest::new(
        article("old", "date: 2023-10-18 20:00\nsummary: S.\nthread: Talks", "Text.")
            + &article(
                "secret",
                "date: 2023-10-18 18:00\nembargo: 2023-10-19 06:00\nsummary: S.\nthread: Talks\n\
                 updates: [{at: 2023-10-18 22:00, text: New.}]",
                "Text.",
            ),
    );
    site.write("dateline.yaml", CONFIG);
    site.at("2023-10-19 12:00")
}

fn lock(site: &SiteTest) -> String {
    let (locked, report) = pipeline::lock(&site.request());
    assert!(locked.is_some(), "{report:?}");
    std::fs::read_to_string(site.root().join("urls.lock")).expect("it was written")
}

/// The line of an address in `urls.lock`.
fn line<'l>(list: &'l str, route: &str) -> &'l str {
    list.lines().find(|line| line.split('\t').next() == Some(route)).unwrap_or_default()
}

/// What an edition lists.
fn edition(output: &Output, day: &str) -> Vec<String> {
    let links = attributes(&output.main(&format!("/briefings/{day}/")), "href");
    let mut stories: Vec<String> =
        links.into_iter().filter(|link| link.starts_with("/2023/") && link.len() > 12).collect();
    stories.dedup();
    stories
}

#[test]
fn a_story_appears_when_its_embargo_ends_wherever_that_shows() {
    let mut site = site();
    site.set_now("2023-10-18 23:00");
    assert_eq!(edition(&site.build_and_compare(), "2023-10-18"), ["/2023/10/18/old/"]);
    site.set_now("2023-10-19 12:00");
    let output = site.build_and_compare();
    assert_eq!(edition(&output, "2023-10-18"), ["/2023/10/18/old/"], "it was sent without it");
    assert_eq!(edition(&output, "2023-10-19"), ["/2023/10/18/secret/"]);
    let letter = output.file(".dateline/private/briefings/2023-10-19/email.txt");
    assert!(letter.contains("Title of secret") && !letter.contains("Title of old"), "{letter}");

    let page = output.file("/2023/10/18/secret/");
    let linked = between(&page, "<script type=\"application/ld+json\">", "</script>");
    assert!(linked.contains("\"datePublished\":\"2023-10-19T06:00:00Z\""), "{linked}");
    assert!(linked.contains("\"dateModified\":\"2023-10-19T06:00:00Z\""), "an update before it is no change: {linked}");
    let main = output.main("/2023/10/18/secret/");
    assert!(main.contains("19 October 2023") && !main.contains("18 October 2023, 18:00"), "{main}");
    assert_in_order(&output.file("/feed.xml"), &["Title of secret", "<published>2023-10-19T06:00:00Z", "Title of old"]);
    assert_in_order(&output.file("/rss.xml"), &["Title of secret", "Thu, 19 Oct 2023 06:00:00", "Title of old"]);
    assert_in_order(&output.file("/feed.json"), &["Title of secret", "2023-10-19T06:00:00Z", "Title of old"]);
    assert_in_order(&output.file("/news-sitemap.xml"), &["/secret/", "2023-10-19T06:00:00Z", "/old/"]);
    assert_in_order(&output.file("/sitemap-2023.xml"), &["/secret/", "2023-10-19T06:00:00Z", "/old/"]);
    assert!(output.file("/2023/10/18/secret/index.md").contains("2023-10-19T06:00:00Z"));
    assert_eq!(output.headlines("/2023/10/19/"), ["/2023/10/18/secret/ Title of secret"], "the archive's day");
    assert_eq!(output.headlines("/2023/10/18/"), ["/2023/10/18/old/ Title of old"]);
    assert_in_order(&output.main("/threads/talks/"), &["Title of old", "Title of secret", "2023-10-19T06:00:00Z"]);
    assert_eq!(attributes(&output.main("/2023/10/18/secret/"), "rel"), ["prev"], "it is the newest");
}

#[test]
fn an_edition_and_its_items_appear_when_its_embargo_ends() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-19.md --\n---\ndate: 2023-10-18 20:00\nembargo: 2023-10-19 06:00\n---\n## Ministers sign\n\nText.\n",
    )
    .at("2023-10-19 12:00");
    site.write(
        "content/briefings/2023-10-19.md",
        "---\ndate: 2023-10-19\nembargo: 2023-10-19 06:00\ntopics: [Trade]\n---\n\n## Ministers sign\n\nText.\n",
    );
    let output = site.build_and_compare();
    assert!(output.file("/briefings/2023-10-19/").contains("\"datePublished\":\"2023-10-19T06:00:00Z\""));
    assert!(output.file("/topics/trade/feed.xml").contains("<published>2023-10-19T06:00:00Z"));
    let list = lock(&site);
    assert_eq!(line(&list, "/briefings/2023-10-19/"), "/briefings/2023-10-19/\t\t\t2023-10-19T06:00:00Z");
}

#[test]
fn the_lock_remembers_the_first_appearance_whatever_is_edited() {
    let mut site = site();
    let list = lock(&site);
    assert!(list.starts_with("# dateline urls 3:"), "{list}");
    assert_eq!(line(&list, "/2023/10/18/secret/"), "/2023/10/18/secret/\t\t\t2023-10-19T06:00:00Z");
    assert_eq!(line(&list, "/briefings/2023-10-19/"), "/briefings/2023-10-19/", "it goes by its stories");
    let before = site.build_and_compare().file("/briefings/2023-10-19/");
    let rest = "summary: S.\nthread: Talks\nupdates: [{at: 2023-10-18 22:00, text: New.}]";
    for edit in [
        "date: 2023-10-18 18:00",
        "date: 2023-10-18 01:00",
        "date: 2023-10-18\nembargo: 2023-10-19 11:00",
        "date: 2023-09-02\nslug: moved\naliases: [/2023/10/18/secret/]",
    ] {
        site.write_all(&article("secret", &format!("{edit}\n{rest}"), "Text."));
        let output = site.build_and_compare();
        assert_eq!(output.problems(), [""; 0], "{edit}");
        assert_eq!(edition(&output, "2023-10-19").len(), 1, "{edit}");
        assert!(output.file("/feed.xml").contains("<published>2023-10-19T06:00:00Z"), "{edit}");
        let page = if edit.contains("moved") { "/2023/09/02/moved/" } else { "/2023/10/18/secret/" };
        assert!(output.main(page).contains("19 October 2023"), "{edit}");
    }
    assert_eq!(
        line(&lock(&site), "/2023/09/02/moved/"),
        "/2023/09/02/moved/\t/2023/10/18/secret/\t\t2023-10-19T06:00:00Z"
    );

    // Pulled back for weeks, and returned.
    site.write_all(&article("secret", &format!("date: 2023-10-18 18:00\nembargo: 2023-12-01\n{rest}"), "Text."));
    std::fs::write(site.root().join("urls.lock"), &list).expect("a file");
    site.set_now("2023-11-05");
    let away = site.build_and_compare();
    assert_eq!((away.problems(), away.exists("/briefings/2023-10-19/")), (Vec::new(), false));
    assert_eq!(lock(&site), list, "nothing is said of it meanwhile");
    site.set_now("2023-12-02");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    assert_eq!(output.file("/briefings/2023-10-19/"), before, "the edition is what it was");
    assert!(!output.exists("/archive/2023/12/") && !output.exists("/2023/12/"));
    assert_eq!(lock(&site), list);
}

#[test]
fn an_old_list_keeps_stories_under_their_dates_and_is_filled_when_it_is_written() {
    let site = site();
    let old = "# dateline urls 2: every address.\n@https://test.example\n/\n/2023/10/18/\n/2023/10/18/old/\n/2023/10/18/secret/\n/briefings/2023-10-18/\n";
    site.write("urls.lock", old);
    let output = site.build_and_compare();
    assert_eq!(edition(&output, "2023-10-18").len(), 2, "where an earlier version had put it");
    let list = lock(&site);
    assert_eq!(line(&list, "/2023/10/18/secret/"), "/2023/10/18/secret/\t\t\t2023-10-18T18:00:00Z");
    assert_eq!(edition(&site.build_and_compare(), "2023-10-18").len(), 2);
    // The desk corrects the record.
    site.write("urls.lock", list.replace("2023-10-18T18:00:00Z", "2023-10-19T06:00:00Z"));
    assert_eq!(edition(&site.build_and_compare(), "2023-10-19").len(), 1);
    site.write("urls.lock", list.replace("2023-10-18T18:00:00Z", "yesterday"));
    let (_, report) = pipeline::check(&site.request());
    let problem = &report.diagnostics()[0];
    assert_eq!(short(problem), "bad-value urls.lock:8:1");
    assert!(problem.message.contains("`yesterday` is not a date"), "{}", problem.message);
}

#[test]
fn a_withheld_story_leaves_nothing_in_the_list() {
    let mut site = site();
    site.set_now("2023-10-18 23:00");
    let list = lock(&site);
    assert!(!list.contains("secret") && !list.contains("2023-10-19"), "{list}");
    assert_eq!(line(&list, "/2023/10/18/old/"), "/2023/10/18/old/\t\t\t2023-10-18T20:00:00Z");
}

#[test]
fn a_record_counts_from_its_instant_on() {
    let mut site = site();
    site.write("urls.lock", "# dateline urls 3\n/2023/10/18/secret/\t\t\t2023-10-19T06:00:00Z\n");
    site.write_all(&article("secret", "date: 2023-10-18 18:00\nsummary: S.\nthread: Talks", "Text."));
    site.set_now("2023-10-19 01:00");
    let output = site.build_and_compare();
    assert_eq!(edition(&output, "2023-10-18").len(), 2, "at one o'clock nobody can know that it took until six");
    site.set_now("2023-10-19 07:00");
    assert_eq!(edition(&site.build_and_compare(), "2023-10-19").len(), 1);
}

#[test]
fn a_day_in_the_list_is_one_of_the_sites_time_zone() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    let config = |zone: &str| format!("title: The Test\nbase_url: https://test.example\ntimezone: {zone}\n");
    site.write("dateline.yaml", config("Asia/Shanghai"));
    let before = site.build_and_compare();
    assert!(line(&lock(&site), "/2023/10/17/visit/").ends_with("\t2023-10-17"));
    assert_same(&site.fresh_tree(), &site.tree());
    assert!(before.file("/feed.xml").contains("<published>2023-10-17T00:00:00+08:00"));
    site.write("dateline.yaml", config("America/New_York"));
    assert!(site.build_and_compare().file("/feed.xml").contains("<published>2023-10-17T00:00:00-04:00"));
}
