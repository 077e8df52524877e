//! Live coverage: entries with times in the text of a story of `kind: live`, their page, feed, linked data, and the file that
//! open pages ask for; and that an entry of a time to come is nowhere.

use dateline::check::CheckOptions;
use serde_json::Value;

use crate::checking::{look, repository, since};
use crate::site_test::{SiteTest, article, assert_in_order, attributes, between, describe};

const CONFIG: &str = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Europe/Berlin\n";
const PERSON: &str = "-- content/people/ada.md --\n---\nname: Ada Okafor\n---\nBio.\n";
const HEAD: &str = "kind: live\nstatus: developing\ndate: 2023-10-17 08:00\nauthors: [Lin Wei]\nsummary: The day.";
const PAGE: &str = "/2023/10/17/forum/";

/// The literal of a live story.
fn live(more: &str, text: &str) -> String {
    CONFIG.to_owned() + PERSON + &article("forum", &format!("{HEAD}\n{more}"), text)
}

const TEXT: &str = r#"Leaders meet.

## What we know

Nine states meet.

## 9:05 Delegations arrive {by="Ada Okafor, Lin Wei"}

They [arrive](#talks)[^1].

[^1]: The hall is new.

## 14:05 Talks begin {#talks .key}

The talks begin.

### In the hall

It is full.

## 14:05

A second entry of that minute.

::: pullquote
Nine states.
:::

## 2023-10-18 00:05 – Talks end {.key}

They end after midnight.
"#;

#[test]
fn a_page_has_its_introduction_key_events_and_entries_with_the_newest_first() {
    let site = SiteTest::new(live("", TEXT));
    let output = site.build_clean();
    let main = output.main(PAGE);
    assert_in_order(
        &main,
        &[
            "Published <time datetime=\"2023-10-17T08:00:00+02:00\">",
            "Updated <time datetime=\"2023-10-18T00:05:00+02:00\">",
            "<p>Leaders meet.</p>",
            "<h2 id=\"what-we-know\">",
            "data-live=\"/2023/10/17/forum/live.json\"",
            "Key events",
            "18 Oct, 00:05</time> <a href=\"#2023-10-18-0005\">Talks end</a>",
            "14:05</time> <a href=\"#talks\">Talks begin</a>",
            "Live updates",
            "id=\"2023-10-18-0005\"",
            "Wednesday, 18 October 2023",
            "<span>Talks end</span>",
            "They end after midnight.",
            "id=\"2023-10-17-1405\"",
            "Tuesday, 17 October 2023",
            "A second entry of that minute.",
            "<figure class=\"pullquote\">",
            "id=\"talks\"",
            "<h4 id=\"talks-in-the-hall\">",
            "id=\"2023-10-17-0905\"",
            "09:05</time></a> <span>Delegations arrive</span>",
            "They <a href=\"#talks\">arrive</a>",
            "By <a href=\"/people/ada-okafor/\">Ada Okafor</a> and Lin Wei",
            "<a href=\"/2023/10/17/forum/feed.xml\">Feed</a>",
        ],
    );
    let ids = attributes(&main, "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    assert!(output.file(PAGE).contains("<script type=\"module\" src=\"/live."), "the script is loaded");
    assert!(output.exists("/live.js"));

    let site = SiteTest::new(live("live: {order: oldest}", TEXT));
    assert_in_order(&site.build_clean().main(PAGE), &["Delegations arrive", "Talks begin", "Talks end"]);
}

#[test]
fn both_orders_of_a_file_make_the_same_page() {
    let (intro, entries) =
        ("Leaders meet.\n\n", ["## 9:05 One\n\nA.\n\n", "## 9:05\n\nB.\n\n", "## 14:05 Two\n\nC.\n\n"]);
    let page =
        |entries: &[&str]| SiteTest::new(live("", &(intro.to_owned() + &entries.concat()))).build_clean().file(PAGE);
    let [one, two, three] = entries;
    assert_eq!(page(&[one, two, three]), page(&[three, two, one]));
}

#[test]
fn a_story_without_entries_is_as_before_and_its_site_has_no_script() {
    let log = "updates: [{at: 2023-10-18 09:00, text: It begins.}]";
    let site = SiteTest::new(live(log, "Text.\n\n## What we know\n\nMore."));
    let output = site.build_clean();
    assert!(!output.main(PAGE).contains("class=\"live\""));
    assert!(!output.exists("/live.js") && !output.exists("/2023/10/17/forum/live.json"));
    assert!(output.file(PAGE).contains("\"@type\":\"LiveBlogPosting\""));
    // A report with times in its headings is no live coverage.
    let report = CONFIG.to_owned() + &article("forum", "date: 2023-10-17", "Text.\n\n## 25:05 Heading\n\nText.");
    SiteTest::new(report).build_clean();
}

#[test]
fn feeds_linked_data_and_the_file_for_open_pages_have_the_entries() {
    let site = SiteTest::new(live("live: {ends: 2023-10-18 20:00}", TEXT));
    let output = site.build_clean();
    let feed = output.file("/2023/10/17/forum/feed.xml");
    assert_in_order(
        &feed,
        &[
            "<updated>2023-10-18T00:05:00+02:00</updated>",
            "<id>https://test.example/2023/10/17/forum/#2023-10-18-0005</id>",
            "<title>Talks end</title>",
            "<id>https://test.example/2023/10/17/forum/#2023-10-17-1405</id>",
            "<title>A second entry of that minute.</title>",
            "<published>2023-10-17T14:05:00+02:00</published>",
            "<id>https://test.example/2023/10/17/forum/#talks</id>",
            "<title>Delegations arrive</title>",
            "<name>Ada Okafor</name>",
            "href=&quot;https://test.example/2023/10/17/forum/#talks&quot;",
        ],
    );
    assert_in_order(
        &output.file("/feed.xml"),
        &["Leaders meet.", "#2023-10-18-0005", "They end after midnight.", "#talks"],
    );
    assert!(output.file("/sitemap-2023.xml").contains("<lastmod>2023-10-18T00:05:00+02:00</lastmod>"));

    let page = output.file(PAGE);
    let node: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).expect("JSON");
    assert_eq!(node["@type"], "LiveBlogPosting");
    assert_eq!(node["coverageStartTime"], "2023-10-17T08:00:00+02:00");
    assert_eq!(node["coverageEndTime"], "2023-10-18T20:00:00+02:00");
    assert_eq!(node["dateModified"], "2023-10-18T00:05:00+02:00");
    let updates = node["liveBlogUpdate"].as_array().expect("a list");
    assert_eq!(updates.len(), 4);
    let told = |update: &Value| (update["headline"].clone(), update["articleBody"].clone());
    assert_eq!(told(&updates[2]), ("Talks begin".into(), "The talks begin. In the hall It is full.".into()));
    assert_eq!(told(&updates[3]), ("Delegations arrive".into(), "They arrive. The hall is new.".into()));
    assert_eq!(updates[3]["author"][0]["url"], "https://test.example/people/ada-okafor/");
    assert_eq!(updates[0]["url"], "https://test.example/2023/10/17/forum/#2023-10-18-0005");

    let listing: Value = serde_json::from_str(&output.file("/2023/10/17/forum/live.json")).expect("JSON");
    assert_eq!((&listing["version"], &listing["ended"]), (&1.into(), &false.into()));
    assert_eq!(listing["ends"], "2023-10-18T20:00:00+02:00");
    let ids: Vec<&str> =
        listing["entries"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, ["2023-10-18-0005", "2023-10-17-1405", "talks", "2023-10-17-0905"]);
}

#[test]
fn coverage_that_has_ended_asks_for_nothing() {
    let site = SiteTest::new(live("", TEXT).replace("status: developing", "status: final"));
    let output = site.build_clean();
    assert!(output.main(PAGE).contains("Coverage has ended"));
    assert!(!output.file(PAGE).contains("live.js") && !output.main(PAGE).contains("data-live="));
    assert!(output.file("/2023/10/17/forum/live.json").contains("\"ended\":true"), "pages that are open learn of it");
    assert!(output.file(PAGE).contains("\"coverageEndTime\":\"2023-10-18T00:05:00+02:00\""));
}

#[test]
fn an_entry_keeps_its_anchor_when_its_words_change_and_when_others_are_added() {
    let site = SiteTest::new(live("", "## 9:05 One\n\nA.\n\n## 9:05 Two\n\nB.\n"));
    let ids = |site: &SiteTest| {
        let main = site.build_and_compare().main(PAGE);
        let ids = attributes(&main, "id").into_iter().filter(|id| id.starts_with("2023-"));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(&site), ["2023-10-17-0905-2", "2023-10-17-0905"]);
    site.write_all(&live("", "## 9:05 Another heading\n\nA.\n\n## 9:05 Two\n\nB.\n\n## 9:05 Three\n\nC.\n"));
    assert_eq!(ids(&site), ["2023-10-17-0905-3", "2023-10-17-0905-2", "2023-10-17-0905"]);
}

/// The problems of a live story, each with its message and help.
fn said(text: &str) -> String {
    let site = SiteTest::new(live("", text));
    describe(&site.try_build().report)
}

#[test]
fn what_is_wrong_with_an_entry_is_said_at_its_line() {
    for (text, wanted) in [
        (
            "## 25:05 Talks\n",
            "live-entry content/articles/forum.md:10:4: `25:05` is not a time (Some(\"write it as `14:05`",
        ),
        ("## 2:05 pm Talks\n", "10:4: `2:05 pm` is not a time (Some(\"write it as `14:05`"),
        ("## 14.05 Talks\n", "10:4: `14.05` is not a time"),
        ("## 2023-02-30 14:05 Talks\n", "10:4: `2023-02-30 14:05` is on no calendar"),
        (
            "## 14:05 One\n\n## Background\n",
            "12:4: this heading of live coverage has no time (Some(\"start it with its time, as in `## 14:05 Heading`; within an entry, write `###`\"))",
        ),
        (
            "## 14:05 One\n\n## 13:50 Two\n\n## 14:10 Three\n",
            "12:4: `13:50` stands below `14:05`, and this file has its oldest entry first (Some(\"move the entry, or write its day if it is another: `## 2023-10-18 13:50`\"))",
        ),
        (
            "## 14:05 One\n\n## 14:30 Two\n\n## 13:50 Three\n",
            "12:4: `14:30` stands below `14:05`, and this file has its newest entry first",
        ),
        (
            "## 2023-10-18 00:05 Four\n\n## 23:50 Three\n\n## 14:05 Two\n\n## 9:05 One\n",
            "12:4: `23:50` stands below `2023-10-18 00:05`, and this file has its newest entry first (Some(\"move the entry, or write its day if it is another: `## 2023-10-17 23:50`\"))",
        ),
        (
            "## 23:50 One\n\n## 00:05 Two\n",
            "12:4: the entry of 2023-10-17 00:05 is older than the story, of 2023-10-17 08:00 (Some(\"if it is of another day, write that too: `## 2023-10-18 00:05`; else correct its time, or say when coverage began: `live: {starts: …}`\"))",
        ),
        (
            "## 9:05 One\n\n## 23:50 Two\n\n## 00:05 Three\n",
            "14:4: the entry of 2023-10-17 00:05 is older than the story",
        ),
        ("## 2023-10-16 14:05 One\n", "10:4: the entry of 2023-10-16 14:05 is older than the story"),
        (
            "## 14:05 One {.kye}\n",
            "unknown-key content/articles/forum.md:10:15: unknown class `kye` of an entry (Some(\"did you mean `.key`?\"))",
        ),
        (
            "## 14:05 One {author=Ada}\n",
            "10:15: unknown attribute `author` of an entry (Some(\"did you mean `by=\\\"Name of the author\\\"`?\"))",
        ),
        (
            "## 14:05 One {by=Ada Okafor}\n",
            "10:22: unknown attribute `Okafor` of an entry (Some(\"put a name with a space into quotation marks",
        ),
        ("## 14:05 One {topics=icc}\n", "10:15: unknown attribute `topics` of an entry (Some(\"an entry has an id"),
        (
            "## 14:05 One {#a}\n\n## 14:06 Two {#a}\n",
            "duplicate-anchor content/articles/forum.md:12:1: the anchor `a` occurs twice in this story",
        ),
        (
            "## 14:05 One {#main}\n",
            "reserved-anchor content/articles/forum.md:10:1: the page itself has the anchor `main`",
        ),
        (
            "## 14:05 One[^1]\n\nText.[^1]\n\n[^1]: Note.\n",
            "footnote content/articles/forum.md:10:13: a footnote in the heading of an entry",
        ),
    ] {
        let found = said(text);
        assert!(found.contains(wanted), "{text}: {wanted} is not in {found}");
        let problems = found.lines().filter(|line| !line.starts_with("note: "));
        assert_eq!(problems.count(), 1, "{text}: {found}");
    }
}

#[test]
fn times_that_clocks_skip_or_repeat_are_told_and_may_have_an_offset() {
    let site = |text: &str| {
        let literal = CONFIG.to_owned() + &article("forum", "kind: live\ndate: 2023-03-26", text);
        SiteTest::new(literal)
    };
    let found = describe(&site("## 02:30 One\n").try_build().report);
    let wanted = "a time that the clocks of Europe/Berlin never show: `02:30` counts as 2023-03-26 03:30 +02:00 (Some(\"write the offset: `## 2023-03-26 03:30+02:00`\"))";
    assert!(found.contains(wanted), "{found}");
    let autumn = CONFIG.to_owned()
        + &article("forum", "kind: live\ndate: 2022-10-30", "## 02:30+02:00 One\n\nA.\n\n## 02:10+01:00 Two\n\nB.\n");
    let site = SiteTest::new(autumn);
    let output = site.build_clean();
    assert_in_order(&output.main("/2022/10/30/forum/"), &["2022-10-30T02:10:00+01:00", "2022-10-30T02:30:00+02:00"]);
}

const LATER: &str = "## 9:05 Delegations arrive\n\nThey arrive.\n\n## 2023-10-18 15:00 Marklater agreement signed {#marklater-anchor .key by=\"Marklater Author\"}\n\nMarklater text with a [link](marklater.svg), long enough to be found by the search for what is withheld.\n\n![Marklater](marklater.svg)\n";

#[test]
fn an_entry_of_a_time_to_come_is_nowhere_until_its_very_second() {
    let literal = CONFIG.to_owned()
        + &format!("-- content/articles/forum/index.md --\n---\ntitle: Forum\n{HEAD}\n---\n{LATER}")
        + "-- content/articles/forum/marklater.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    let mut site = SiteTest::new(literal).at("2023-10-18T12:59:59Z");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["live-entry content/articles/forum/index.md:13:1"]);
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("marklater") && !file.contains("marklater"), "{file}");
        assert!(!text.contains("15:00"), "{file}");
    }
    let prepared = output.built.prepared.as_ref().expect("it was built");
    let next = prepared.site().next_change().expect("something changes").instant().to_string();
    assert_eq!(next, "2023-10-18T13:00:00Z");
    let secrets: Vec<String> = prepared.site().secrets().into_iter().map(|secret| secret.text).collect();
    assert!(secrets.iter().any(|text| text == "Marklater agreement signed"), "{secrets:?}");
    assert!(secrets.iter().any(|text| text.starts_with("Marklater text with a link")), "{secrets:?}");

    site.set_now("2023-10-18T13:00:00Z");
    let output = site.build_and_compare();
    assert!(output.problems().is_empty(), "{:?}", output.problems());
    assert_in_order(&output.main(PAGE), &["#marklater-anchor", "Marklater agreement", "Marklater text", "Delegations"]);

    // A preview shows what is to come, and asks for nothing.
    let site = site.at("2023-10-18T12:00:00Z").previewing(false, true);
    assert!(site.build().main(PAGE).contains("Marklater agreement"));
}

#[test]
fn a_template_that_lets_out_an_entry_of_a_time_to_come_is_found() {
    let site = SiteTest::new(live("", &LATER.replace("(marklater.svg)", "(/)").replace("![Marklater](/)", "")))
        .at("2023-10-18T12:00:00Z");
    site.write("templates/404.html", "<p>Marklater agreement signed</p>");
    let built = site.try_build();
    assert!(describe(&built.report).contains("withheld-leak"), "{}", describe(&built.report));
}

#[test]
fn headings_of_entries_in_a_withheld_story_are_secrets_too() {
    let site = SiteTest::new(live("draft: true", TEXT) + &article("other", "date: 2023-10-17", "Text."));
    let output = site.build_clean();
    let secrets = output.built.prepared.as_ref().expect("it was built").site().secrets();
    assert!(secrets.iter().any(|secret| secret.text == "Delegations arrive"));
    assert!(!output.exists("/2023/10/17/forum/live.json"));
}

#[test]
fn a_new_entry_changes_its_story_and_what_dates_it_and_little_else() {
    let mut literal = live("", TEXT);
    for number in 0..30 {
        literal.push_str(&article(&format!("other-{number}"), "date: 2023-10-16\ntopics: [ICC]", "Text."));
    }
    let site = SiteTest::new(literal);
    site.build_clean();
    site.write_all(&live("", &(TEXT.to_owned() + "\n## 09:30 Afterwards\n\nMore.\n")));
    let (added, mut changed, removed) = site.build_and_compare().changes();
    assert!(added.is_empty() && removed.is_empty(), "{added:?} {removed:?}");
    changed.retain(|route| route.starts_with("/2023/"));
    assert_eq!(changed, ["/2023/10/17/forum/", "/2023/10/17/forum/feed.xml", "/2023/10/17/forum/live.json"]);
    // And one is gone again.
    site.write_all(&live("", TEXT));
    site.build_and_compare();
    site.write_all(&live("", "Leaders meet."));
    let (_, _, removed) = site.build_and_compare().changes();
    assert_eq!(removed[..2], ["/2023/10/17/forum/feed.xml", "/2023/10/17/forum/live.json"]);
    let is_theirs = |route: &String| route.starts_with("/live.") || route == "/people/ada-okafor/feed.xml";
    assert!(removed[2..].iter().all(is_theirs), "{removed:?}");
}

#[test]
fn a_correction_may_be_about_an_entry() {
    let log =
        |item: &str| format!("updates: [{{at: 2023-10-18 09:00, kind: correction, text: It was nine., item: {item}}}]");
    let site = SiteTest::new(live(&log("talks"), TEXT));
    let output = site.build_clean();
    assert_in_order(&output.main(PAGE), &["id=\"talks\"", "It was nine.", "The talks begin."]);
    assert_eq!(output.main(PAGE).matches("It was nine.").count(), 1);
    assert_in_order(&output.main("/corrections/"), &["Title of forum", "Talks begin", "It was nine."]);
    assert!(
        output.file(PAGE).contains(
            "\"about\":{\"@type\":\"CreativeWork\",\"url\":\"https://test.example/2023/10/17/forum/#talks\"}"
        )
    );
    let problem = describe(&SiteTest::new(live(&log("talk"), TEXT)).try_build().report);
    assert!(problem.contains("this story has no entry `talk` (Some(\"did you mean `talks`?\"))"), "{problem}");
}

#[test]
fn the_key_live_is_for_live_coverage() {
    let literal = article("a", "date: 2023-10-17\nlive: {order: oldest}", "T.")
        + &article("b", "date: 2023-10-17\nkind: live\nlive: {order: first, ends: 2023-10-16}", "T.");
    let problems = SiteTest::new(literal).problems();
    assert_eq!(
        problems,
        [
            "conflict content/articles/a.md:4:1",
            "bad-value content/articles/b.md:5:15",
            "conflict content/articles/b.md:5:28"
        ]
    );
    // With the key, a page asks for entries before there is one.
    let site = SiteTest::new(live("live: {}", "Soon."));
    let output = site.build_clean();
    assert!(output.main(PAGE).contains("data-live=") && output.exists("/2023/10/17/forum/feed.xml"));
}

#[test]
fn a_live_story_may_expire_or_be_withdrawn_after_its_addresses_are_recorded() {
    for (head, at) in [
        ("expires: 2023-10-20", "2023-10-21T12:00:00Z"),
        ("updates: [{at: 2023-10-20, kind: withdrawn}]", "2023-10-21T12:00:00Z"),
    ] {
        let mut site = SiteTest::new(live("", TEXT));
        let (locked, report) = dateline::pipeline::lock(&site.request());
        assert!(locked.is_some(), "{report:?}");
        let lock = std::fs::read_to_string(site.root().join("urls.lock")).expect("it was written");
        assert!(lock.contains("/2023/10/17/forum/feed.xml") && !lock.contains("live.json"), "{lock}");
        site.write_all(&live(head, TEXT));
        site.set_now(at);
        let output = site.build_and_compare();
        assert!(
            !output.exists("/2023/10/17/forum/live.json") && !output.exists("/2023/10/17/forum/feed.xml"),
            "{head}"
        );
    }
}

#[test]
fn the_markdown_twin_has_the_entries() {
    let site = SiteTest::new(live("", TEXT).replace("timezone:", "markdown_twins: true\ntimezone:"));
    let twin = site.build_clean().file("/2023/10/17/forum/index.md");
    assert_in_order(
        &twin,
        &[
            "Leaders meet.",
            "18 October 2023 00:05 Talks end",
            "14:05 Talks begin",
            "### In the hall",
            "09:05 Delegations",
        ],
    );
}

#[test]
fn a_new_entry_is_no_silent_change_and_an_edited_or_lost_one_is() {
    let site = repository(&live("", TEXT));
    let changes = |text: &str| {
        site.write_all(&live("", text));
        let found = look(&site, &since("HEAD")).report;
        let found = found.diagnostics().iter().filter(|problem| problem.code.0 == "silent-change");
        found.map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert!(changes(&(TEXT.to_owned() + "\n## 09:30 Afterwards\n\nMore.\n")).is_empty());
    assert_eq!(
        changes(&TEXT.replace("after midnight", "at midnight")),
        ["this text of an entry was published and has changed from “after” to “at”: nothing says so"]
    );
    assert_eq!(changes(&TEXT.replace("9:05", "9:15")).len(), 1);
    assert_eq!(changes(TEXT.split("## 2023").next().expect("a start")).len(), 1);
}

#[test]
fn an_arabic_story_runs_from_right_to_left() {
    let site = SiteTest::new(live("lang: ar", "## 9:05 وصل الوفود\n\nوصلوا.\n"));
    let page = site.build_clean().file(PAGE);
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert_in_order(&page, &["lang=\"en\" dir=\"ltr\">Live updates", "<span>وصل الوفود</span>"]);
}

#[test]
fn what_an_entry_of_a_time_to_come_will_break_is_foretold() {
    let entry = "## 9:05 One\n\nA.\n\n## 2023-10-19 10:00 Two\n\nSee [it](/nowhere/).\n";
    let found = describe(&SiteTest::new(live("", entry)).build().built.report);
    let wanted = "when this file appears (2023-10-19 10:00 +02:00), this will be a warning";
    assert!(found.contains("dead-path content/articles/forum.md:16:5") && found.contains(wanted), "{found}");
}

#[test]
fn live_coverage_is_as_new_as_its_last_entry_until_it_has_ended() {
    let newer = article("newer", "date: 2023-10-17 20:00", "Text.");
    let lead = |head: &str| {
        let site = SiteTest::new(live(head, TEXT).replace("status: developing\n", "") + &newer);
        site.build_clean().headlines("/")[0].clone()
    };
    assert_eq!(lead(""), "/2023/10/17/forum/ Title of forum");
    assert_eq!(lead("status: final"), "/2023/10/17/newer/ Title of newer");
}

#[test]
fn only_coverage_that_goes_on_is_labelled() {
    let site = SiteTest::new(live("", TEXT));
    assert!(site.build_clean().main(PAGE).contains("class=\"mark-kind\">Live<"));
    site.write_all(&live("", TEXT).replace("status: developing", "status: final"));
    assert!(!site.build_and_compare().main(PAGE).contains("mark-kind"));
}

#[test]
fn several_authors_of_an_entry_have_commas_between_them() {
    let site = SiteTest::new(live("", "## 9:05 One {by=\"Ada Okafor and Lin Wei\"}\n\nA.\n"));
    let report = look(&site, &CheckOptions::default()).report;
    let found = describe(&report);
    assert!(found.contains("several-names content/articles/forum.md:10:1: `Ada Okafor and Lin Wei` counts as one name (Some(\"put commas between them, if they are several: `by=\\\"Ada Okafor, Lin Wei\\\"`\"))"), "{found}");
}

#[test]
fn coverage_that_is_silent_for_a_week_is_told_to_end() {
    let mut site = SiteTest::new(live("", TEXT).replace("status: developing\n", ""));
    let found = |site: &SiteTest| {
        let report = look(site, &CheckOptions::default()).report;
        let found = report.diagnostics().iter().filter(|problem| problem.code.0 == "stale-developing");
        found.map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    site.set_now("2023-10-24T12:00:00Z");
    assert!(found(&site).is_empty(), "the last entry is of the 18th");
    site.set_now("2023-10-26T12:00:00Z");
    assert_eq!(found(&site), ["this live coverage has not ended, and has not changed for 8 days"]);
    site.write_all(&live("", TEXT).replace("status: developing", "status: final"));
    assert!(found(&site).is_empty());
}

#[test]
fn an_edition_in_a_further_language_has_live_coverage_of_its_own() {
    let text = format!("{LATER}\n").replace("![Marklater](marklater.svg)", "").replace("(marklater.svg)", "(/)");
    let literal = (live("lang: ar", &text) + &article("other", "date: 2023-10-17", "Text."))
        .replace("title: T\n", "title: T\nlanguages:\n  ar: {title: المكتب}\n");
    let site = SiteTest::new(literal).at("2023-10-18T12:00:00Z");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["live-entry content/articles/forum.md:14:1"], "{}", describe(&output.built.report));
    for (file, bytes) in site.tree() {
        assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("marklater"), "{file}");
    }
    assert!(output.exists("/live.js"));
    let page = site.tree().into_keys().find(|file| file.ends_with("/forum/live.json")).expect("it is there");
    let main = output.main(&format!("/{}", page.trim_end_matches("live.json")));
    assert!(main.contains(&format!("data-live=\"/{page}\"")), "{main}");
    let site = site.at("2023-10-18T13:00:00Z");
    assert!(site.build_and_compare().main(&format!("/{}", page.trim_end_matches("live.json"))).contains("Marklater"));
}

#[test]
fn entries_may_be_from_the_hours_before_their_story_was_published() {
    for text in [
        "## 7:10 One\n\n## 9:05 Two\n",
        "## 7:10 One\n\n## 7:20 Two\n",
        "## 9:10 Four\n\n## 9:05 Three\n\n## 7:20 Two\n\n## 7:10 One\n",
        "## 7:10 One\n\n## 7:20 Two\n\n## 9:05 Three\n\n## 9:10 Four\n",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
    let early = live("live: {starts: 2023-10-16}", "## 2023-10-16 14:05 One\n\nA.\n");
    SiteTest::new(early).build_clean();
}

#[test]
fn a_story_is_on_the_pages_of_those_who_wrote_an_entry() {
    let site = SiteTest::new(live("", "## 9:05 One {by=\"Ada Okafor\"}\n\nA.\n"));
    assert!(site.build_and_compare().main("/people/ada-okafor/").contains("/2023/10/17/forum/"));
    site.write_all(&live("", "## 9:05 One\n\nA.\n"));
    assert!(!site.build_and_compare().main("/people/ada-okafor/").contains("/2023/10/17/forum/"));
}
