//! Entries of live coverage in files of their own, which several people write at once: they are in their story as those in its
//! text are, each problem is at its own file, and what is withheld is nowhere.

use dateline::check::CheckOptions;
use serde_json::Value;

use crate::checking::{commit, git, look, repository, since};
use crate::site_test::{SiteTest, article, assert_in_order, attributes, between, describe};

const CONFIG: &str = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Europe/Berlin\n";
const PEOPLE: &str = "-- content/people/ada.md --\n---\nname: Ada Okafor\n---\nBio.\n";
const HEAD: &str =
    "title: Forum\nkind: live\nstatus: developing\ndate: 2023-10-17 08:00\nauthors: [Lin Wei]\nsummary: The day.";
const PAGE: &str = "/2023/10/17/forum/";
const FOLDER: &str = "content/articles/forum";

/// The literal of a file.
fn file(path: &str, head: &str, text: &str) -> String {
    format!("-- {path} --\n---\n{head}\n---\n{text}\n")
}

/// The literal of an entry.
fn entry(name: &str, head: &str, text: &str) -> String {
    file(&format!("{FOLDER}/entries/{name}"), head, text)
}

/// The literal of a live story.
fn story(more: &str, text: &str) -> String {
    CONFIG.to_owned() + PEOPLE + &file(&format!("{FOLDER}/index.md"), &format!("{HEAD}\n{more}"), text)
}

fn forum() -> String {
    story("", "Leaders meet.\n\n## 14:05 Talks begin {#talks}\n\nThe talks begin.\n")
        + &entry(
            "0905-delegations.md",
            "title: Delegations arrive\ndate: 2023-10-17 09:05\nauthors: [Ada Okafor]",
            "They [arrive](../index.md#talks)[^1].\n\n### In the hall\n\nIt is full.\n\n[^1]: The hall is new.",
        )
        + &entry(
            "2023-10-18-0005-end.md",
            "title: Talks \"end\"\nkey: true\nanchor: end",
            "After [the arrival](0905-delegations.md).\n\n### In the hall\n\nIt is empty.\n\n![A map](map.svg)",
        )
        + &entry("1500.md", "date: 2023-10-17 15:00", "An entry without a heading.")
        + "-- content/articles/forum/entries/map.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"
}

#[test]
fn entries_of_files_and_of_the_text_are_in_one_order() {
    let site = SiteTest::new(forum());
    let output = site.build_and_compare();
    assert!(output.problems().is_empty(), "{}", describe(&output.built.report));
    let main = output.main(PAGE);
    assert_in_order(
        &main,
        &[
            "Updated <time datetime=\"2023-10-18T00:05:00+02:00\">",
            "Key events",
            "<a href=\"#end\">Talks “end”</a>",
            "Live updates",
            "id=\"end\"",
            "After <a href=\"/2023/10/17/forum/#0905-delegations\">the arrival</a>",
            "<h4 id=\"end-in-the-hall\">",
            "src=\"/2023/10/17/forum/entries/map.svg\"",
            "id=\"1500\"",
            "An entry without a heading.",
            "id=\"talks\"",
            "id=\"0905-delegations\"",
            "<span>Delegations arrive</span>",
            "They <a href=\"/2023/10/17/forum/#talks\">arrive</a>",
            "<h4 id=\"0905-delegations-in-the-hall\">",
            "By <a href=\"/people/ada-okafor/\">Ada Okafor</a>",
        ],
    );
    let ids = attributes(&main, "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    assert!(output.exists("/live.js") && output.exists("/2023/10/17/forum/entries/map.svg"));
    assert!(!output.exists("/2023/10/17/forum/map.svg"));
    assert!(output.main("/people/ada-okafor/").contains(PAGE));

    assert_in_order(
        &output.file("/2023/10/17/forum/feed.xml"),
        &["forum/#end</id>", "<title>Talks “end”</title>", "#1500<", "#talks<", "#0905-delegations<", "Ada Okafor"],
    );
    let page = output.file(PAGE);
    let node: Value =
        serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).expect("JSON");
    assert_eq!(node["@type"], "LiveBlogPosting");
    let updates = node["liveBlogUpdate"].as_array().expect("a list");
    assert_eq!(updates.len(), 4);
    assert_eq!(updates[3]["author"][0]["url"], "https://test.example/people/ada-okafor/");
    let listing: Value = serde_json::from_str(&output.file("/2023/10/17/forum/live.json")).expect("JSON");
    let ids: Vec<&str> =
        listing["entries"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, ["end", "1500", "talks", "0905-delegations"]);

    site.write_all(&forum().replace("summary: The day.", "summary: The day.\nlive: {order: oldest}"));
    assert_in_order(&site.build_and_compare().main(PAGE), &["id=\"0905-delegations\"", "id=\"talks\"", "id=\"end\""]);
}

/// The problems of a site, each with its message and help.
fn said(literal: &str) -> String {
    describe(&SiteTest::new(literal).try_build().report)
}

#[test]
fn what_is_wrong_with_an_entry_is_said_at_its_own_file() {
    let own = "content/articles/forum/entries/a.md";
    for (head, text, wanted) in [
        ("title: A", "T.", format!("missing-key {own}:1:1: `date` is missing: every entry has a time")),
        (
            "date: 2023-10-17",
            "T.",
            format!("live-entry {own}:2:7: `2023-10-17` has no time (Some(\"write the time too, as `2023-10-17 14:05`"),
        ),
        ("date: 2023-10-17 25:05", "T.", format!("bad-date {own}:2:7: ")),
        (
            "date: 2023-10-16 14:05",
            "T.",
            format!("live-entry {own}:2:7: the entry of 2023-10-16 14:05 is older than the story, of 2023-10-17 08:00"),
        ),
        ("date: 2023-10-17 14:05\nsection: World", "T.", format!("unknown-key {own}:3:1: ")),
        (
            "date: 2023-10-17 14:05\nanchor: talks",
            "T.",
            format!("duplicate-anchor {own}:3:9: the anchor `talks` occurs twice in `content/articles/forum/index.md`"),
        ),
        (
            "date: 2023-10-17 14:05\nanchor: Talks Begin",
            "T.",
            format!("bad-value {own}:3:9: `Talks Begin` cannot be an anchor"),
        ),
        ("date: 2023-10-17 14:05\nanchor: main", "T.", format!("reserved-anchor {own}:3:9: ")),
        (
            "date: 2023-10-17 14:05\nupdates: [{at: 2023-10-17 15:00, kind: correction, text: It was so., item: talks}]",
            "T.",
            format!("conflict {own}:3:76: a note in the file of an entry is about that entry"),
        ),
        (
            "date: 2023-10-17 14:05\nupdates: [{at: 2023-10-17 15:00, kind: withdrawn}]",
            "T.",
            format!("conflict {own}:3:40: an entry is not withdrawn by itself"),
        ),
        ("date: 2023-10-17 14:05", "See [it](nowhere.md).", format!("broken-link {own}:4:5: ")),
        ("date: 2023-10-17 14:05", "![A map](nowhere.svg)", format!("missing-image {own}:4:1: ")),
        ("date: 2023-10-17 14:05", "See [it](#nowhere).", format!("broken-anchor {own}:4:5: ")),
        ("date: 2023-10-17 14:05", "See[^1].", format!("footnote {own}:4:4: ")),
    ] {
        let found =
            said(&(story("", "Leaders meet.\n\n## 14:05 Talks begin {#talks}\n\nT.\n") + &entry("a.md", head, text)));
        assert!(found.contains(&wanted), "{head}: {wanted} is not in {found}");
        let problems = found.lines().filter(|line| !line.starts_with("note: "));
        assert_eq!(problems.count(), 1, "{head}: {found}");
    }
}

#[test]
fn an_entry_needs_a_story_of_live_coverage() {
    let a = entry("a.md", "date: 2023-10-17 14:05", "T.");
    let found = said(&(CONFIG.to_owned() + &a + &entry("b.md", "date: 2023-10-17 14:06", "T.")));
    let wanted = "live-entry content/articles/forum/entries/a.md: there is no `content/articles/forum/index.md` that this could be an entry of";
    assert!(found.contains(wanted) && found.lines().count() == 1, "{found}");
    let flat = story("", "T.").replace("forum/index.md", "forum.md");
    let wanted = "Some(\"move `content/articles/forum.md` there: a story whose entries are files is a folder\")";
    assert!(said(&(flat + &a)).contains(wanted), "{}", said(&a));
    let found = said(&(story("", "T.").replace("kind: live\n", "") + &a));
    let wanted = "entries/a.md: `content/articles/forum/index.md` is no live coverage, and has no entries (Some(\"add `kind: live` to it\"))";
    assert!(found.contains(wanted), "{found}");
    // What is wrong with the story is said there, and no more.
    let found = said(&(story("", "T.").replace("date: 2023-10-17 08:00", "date: soon") + &a));
    assert!(
        found.starts_with("error: bad-date content/articles/forum/index.md") && found.lines().count() == 1,
        "{found}"
    );
}

const LATER: &str = "Marklater text with a [link](marklater.svg), long enough to be found by the search for what is withheld.\n\n![Marklater](marklater.svg)\n";

#[test]
fn an_entry_of_a_time_to_come_or_a_draft_is_nowhere() {
    let picture = "-- content/articles/forum/entries/marklater.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    let by = "title: Marklater agreement signed\nauthors: [Marklater Author]\nkey: true";
    for (head, problems, next) in [
        (
            "date: 2023-10-18 15:00",
            &["live-entry content/articles/forum/entries/marklater-anchor.md:5:7"][..],
            Some("2023-10-18T13:00:00Z"),
        ),
        (
            "date: 2023-10-17 14:05\nembargo: 2023-10-18 15:00",
            &["live-entry content/articles/forum/entries/marklater-anchor.md:6:10"],
            Some("2023-10-18T13:00:00Z"),
        ),
        ("date: 2023-10-17 14:05\ndraft: true", &[], None),
    ] {
        let now = entry("0905.md", "date: 2023-10-17 09:05\ntitle: Delegations arrive", "They arrive.");
        let later = entry("marklater-anchor.md", &format!("{by}\n{head}"), LATER);
        let mut site = SiteTest::new(story("", "Leaders meet.") + &now + &later + picture).at("2023-10-18T12:59:59Z");
        let output = site.build_and_compare();
        assert_eq!(output.problems(), problems, "{}", describe(&output.built.report));
        for (file, bytes) in site.tree() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("marklater") && !file.contains("marklater"), "{file}");
            assert!(!text.contains("15:00"), "{file}");
        }
        let prepared = output.built.prepared.as_ref().expect("it was built");
        let change = prepared.site().next_change().map(|at| at.instant().to_string());
        assert_eq!(change.as_deref(), next, "{head}");
        let titles: Vec<&str> = prepared.site().withheld.iter().map(|held| held.title.as_str()).collect();
        assert_eq!(titles, ["Forum: Marklater agreement signed"]);
        let secrets: Vec<String> = prepared.site().secrets().into_iter().map(|secret| secret.text).collect();
        assert!(secrets.iter().any(|text| text == "Marklater agreement signed"), "{secrets:?}");
        assert!(secrets.iter().any(|text| text.starts_with("Marklater text with a link")), "{secrets:?}");

        // A template that lets it out is found.
        site.write("templates/404.html", "<p>Marklater agreement signed</p>");
        assert!(describe(&site.try_build().report).contains("withheld-leak"));
        site.remove("templates/404.html");
        if next.is_some() {
            site.set_now("2023-10-18T13:00:00Z");
        } else {
            site.write_all(&later.replace("\ndraft: true", ""));
        }
        let output = site.build_and_compare();
        assert!(output.problems().is_empty(), "{}", describe(&output.built.report));
        assert_in_order(
            &output.main(PAGE),
            &["#marklater-anchor", "Marklater agreement", "Marklater text", "Delegations"],
        );
        assert!(output.exists("/2023/10/17/forum/entries/marklater.svg"));
    }
}

#[test]
fn entries_wait_with_their_story_and_a_preview_shows_both() {
    let own = entry("0905.md", "date: 2023-10-17 09:05\ntitle: Marklater delegations arrive", LATER)
        .replace("](marklater.svg)", "](../index.md)")
        .replace("![", "[");
    let other = article("other", "date: 2023-10-17", "See [it](forum/entries/0905.md).");
    for (head, is_preview) in [("draft: true", (true, false)), ("embargo: 2023-10-20", (false, true))] {
        let site = SiteTest::new(story(head, "Leaders meet.") + &own + &other).at("2023-10-18T12:00:00Z");
        let output = site.build_and_compare();
        assert_eq!(output.problems(), ["withheld-link content/articles/other.md:5:5"], "{head}");
        for (file, bytes) in site.tree() {
            assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("marklater"), "{file}");
        }
        let prepared = output.built.prepared.as_ref().expect("it was built");
        assert_eq!(prepared.site().withheld.len(), 1, "the story is listed, and not each entry of it");
        let secrets: Vec<String> = prepared.site().secrets().into_iter().map(|secret| secret.text).collect();
        assert!(secrets.iter().any(|text| text == "Marklater delegations arrive"), "{secrets:?}");
        let preview = site.previewing(is_preview.0, is_preview.1);
        let output = preview.build();
        assert!(output.main(PAGE).contains("Marklater delegations"));
        assert!(output.main("/2023/10/17/other/").contains("<a href=\"/2023/10/17/forum/#0905\">it</a>"));
    }
}

/// What happens to a site, in words and in deed.
type Step<'s> = (&'s str, Box<dyn Fn(&SiteTest) + 's>);

#[test]
fn files_come_and_go_and_a_build_upon_another_is_the_same_as_a_clean_one() {
    let site = SiteTest::new(forum());
    site.build_clean();
    let added = entry("1600.md", "date: 2023-10-17 16:00\ntitle: More", "More is said by [Ada](/people/ada-okafor/).");
    let steps: [Step<'_>; 7] = [
        (
            "an entry is new",
            Box::new(|site| {
                site.write_all(&added);
            }),
        ),
        (
            "its text changes",
            Box::new(|site| {
                site.write_all(&added.replace("said", "told"));
            }),
        ),
        (
            "its time changes",
            Box::new(|site| {
                site.write_all(&added.replace("16:00", "08:30"));
            }),
        ),
        (
            "its file has another name",
            Box::new(|site| {
                site.remove("content/articles/forum/entries/1600.md").write_all(&added.replace("/1600.md", "/0830.md"));
            }),
        ),
        (
            "the text of the story changes",
            Box::new(|site| {
                let path = "content/articles/forum/index.md";
                let text = std::fs::read_to_string(site.root().join(path)).expect("it is there");
                site.write(path, text.replace("Leaders meet.", "Leaders talk."));
            }),
        ),
        (
            "it has an error, and then none",
            Box::new(|site| {
                site.write("content/articles/forum/entries/0830.md", "---\ndate: soon\n---\nT.\n");
                assert!(site.try_build().report.has_errors());
                site.write_all(&added.replace("/1600.md", "/0830.md"));
            }),
        ),
        (
            "it is gone",
            Box::new(|site| {
                site.remove("content/articles/forum/entries/0830.md");
            }),
        ),
    ];
    for (what, step) in &steps {
        step(&site);
        let output = site.build_and_compare();
        assert!(output.problems().is_empty(), "{what}: {}", describe(&output.built.report));
    }
    assert!(site.build_and_compare().main(PAGE).contains("Leaders talk."));
}

#[test]
fn an_entry_has_a_change_log_of_its_own() {
    let log = "updates: [{at: 2023-10-18 09:00, kind: correction, text: It was nine.}]";
    let site = SiteTest::new(forum().replace("anchor: end", &format!("anchor: end\n{log}")));
    let output = site.build_and_compare();
    assert_in_order(&output.main(PAGE), &["id=\"end\"", "It was nine.", "After <a"]);
    assert_eq!(output.main(PAGE).matches("It was nine.").count(), 1);
    assert_in_order(&output.main("/corrections/"), &["Forum", "Talks “end”", "It was nine."]);
    // The change log of the story may speak of it too.
    let log = "updates: [{at: 2023-10-18 09:00, kind: correction, text: It was ten., item: 0905-delegations}]";
    let site = SiteTest::new(forum().replace("summary: The day.", &format!("summary: The day.\n{log}")));
    assert_in_order(&site.build_and_compare().main(PAGE), &["id=\"0905-delegations\"", "It was ten.", "They <a"]);
    let site = SiteTest::new(forum().replace("anchor: end", "anchor: end\nupdates: [{at: 2030-10-18, text: Soon.}]"));
    assert_eq!(site.build().problems(), ["bad-value content/articles/forum/entries/2023-10-18-0005-end.md:5:16"]);
}

#[test]
fn twins_and_the_feed_of_the_site_have_the_entries() {
    let site = SiteTest::new(forum().replace("timezone:", "markdown_twins: true\ntimezone:"));
    let output = site.build_clean();
    assert_in_order(
        &output.file("/2023/10/17/forum/index.md"),
        &[
            "Leaders meet.",
            "18 October 2023 00:05 Talks “end”",
            "14:05 Talks begin",
            "09:05 Delegations",
            "### In the hall",
        ],
    );
    assert_in_order(&output.file("/feed.xml"), &["Leaders meet.", "#end", "#1500", "#talks", "They"]);
}

#[test]
fn entries_are_in_the_language_of_their_story() {
    let config = "title: T\nlanguages:\n  ar: {title: المكتب}\n";
    let arabic = file("content/articles/forum/index.ar.md", HEAD, "النص.");
    let arabic = arabic + &entry("0905.ar.md", "date: 2023-10-17 09:05\ntitle: وصل الوفود", "وصلوا.");
    let literal = forum().replace("title: T\n", config) + &arabic;
    let site = SiteTest::new(literal);
    let output = site.build_and_compare();
    let page = output.main("/ar/2023/10/17/forum/");
    assert!(page.contains("id=\"0905\"") && page.contains("وصل الوفود") && !page.contains("Delegations"), "{page}");
    let page = output.main(PAGE);
    assert!(page.contains("Delegations") && !page.contains("وصل الوفود"), "{page}");
    // One that says its language in its front matter has entries whose names need not.
    let site = SiteTest::new(forum().replace("title: T\n", config).replace("kind: live", "kind: live\nlang: ar"));
    let output = site.build_and_compare();
    assert!(output.main("/ar/2023/10/17/forum/").contains("Delegations"));
    assert!(!output.exists(PAGE));
}

/// The messages of a rule of `check`, each with its place.
fn found(site: &SiteTest, ask: &CheckOptions, rule: &str) -> Vec<String> {
    let report = look(site, ask).report;
    let found = report.diagnostics().iter().filter(|problem| problem.code.0 == rule);
    let place = |problem: &dateline::base::report::Diagnostic| {
        let place = problem.place.as_ref().expect("a place");
        format!("{}:{}:{}: {}", place.file, place.line, place.column, problem.message)
    };
    found.map(place).collect()
}

#[test]
fn a_new_entry_is_no_silent_change_and_an_edited_or_lost_one_is() {
    const RULE: &str = "silent-change";
    let site = repository(&forum());
    let own = format!("{FOLDER}/entries/0905-delegations.md");
    let text = std::fs::read_to_string(site.root().join(&own)).expect("it is there");
    let changes = || found(&site, &since("HEAD"), RULE);
    site.write_all(&entry("1600.md", "date: 2023-10-17 16:00\ntitle: More", "More."));
    assert!(changes().is_empty());
    for (from, to, wanted) in [
        (
            "It is full",
            "It is empty",
            ":10:7: this text was published and has changed from “full.” to “empty.”: nothing says so",
        ),
        (
            "09:05",
            "09:15",
            ":3:7: this date was published and has changed from “2023-10-17T07:05:00Z” to “2023-10-17T07:15:00Z”: nothing says so",
        ),
        (
            "title: Delegations arrive",
            "title: Delegations leave",
            ":2:8: this headline was published and has changed from “arrive” to “leave”: nothing says so",
        ),
        (
            "[Ada Okafor]",
            "[Ada Okafor]\nanchor: arrival",
            ":5:9: this anchor of an entry was published and has changed from “0905-delegations” to “arrival”: nothing says so",
        ),
    ] {
        site.write(&own, text.replace(from, to));
        assert_eq!(changes(), [format!("{own}{wanted}")], "{to}");
        let log = "updates: [{at: 2023-10-18 09:00, kind: correction, text: It was so.}]\ndate: 20";
        site.write(&own, text.replace(from, to).replace("date: 20", log));
        assert!(changes().is_empty(), "{to}: its change log says so");
    }
    site.remove(&own);
    let gone = "an entry was published and is gone, “Delegations arrive”: nothing says so";
    assert_eq!(changes(), [format!("{own}:0:0: {gone}")]);
    let log = "summary: The day.\nupdates: [{at: 2023-10-18 09:00, kind: correction, text: It did not happen.}]";
    site.write_all(&forum().replace("summary: The day.", log)).remove(&own);
    assert!(changes().is_empty(), "the change log of the story says so");
    // What was a draft, or of a time to come, was not published.
    for head in ["draft: true", "embargo: 2099-01-01"] {
        site.write(&own, text.replace("authors:", &format!("{head}\nauthors:")));
        commit(&site);
        site.write(&own, text.replace("It is full", "It is empty"));
        assert!(changes().is_empty(), "{head}");
    }
    git(&site, &["checkout", "-q", "."]);
}

#[test]
fn the_rules_of_check_read_entries() {
    let head = "date: 2023-10-17 16:00\nauthors: [Ada Okafor and Lin Wei]\ntitle: TK heading";
    let site = SiteTest::new(story("", "Leaders meet.") + &entry("a.md", head, "The the talks. TK more."));
    let place = |at: &str| format!("{FOLDER}/entries/a.md:{at}: ");
    let plain = CheckOptions::default();
    assert_eq!(found(&site, &plain, "several-names"), [place("3:11") + "`Ada Okafor and Lin Wei` counts as one name"]);
    assert_eq!(found(&site, &plain, "doubled-word").len(), 1);
    assert_eq!(
        found(&site, &plain, "tk-left"),
        [place("4:8") + "`TK` is left in the text", place("6:16") + "`TK` is left in the text"]
    );
    site.write_all(&entry("a.md", &format!("{head}\nwaive: {{tk-left: it is meant}}"), "The the talks. TK more."));
    assert!(found(&site, &plain, "tk-left").is_empty());
    // The last entry tells whether coverage goes on.
    let mut site = site;
    site.write_all(&story("", "T.").replace("status: developing\n", ""));
    site.set_now("2023-10-24T12:00:00Z");
    assert!(found(&site, &plain, "stale-developing").is_empty());
    site.set_now("2023-10-26T12:00:00Z");
    assert_eq!(
        found(&site, &plain, "stale-developing"),
        ["content/articles/forum/index.md:3:7: this live coverage has not ended, and has not changed for 8 days"]
    );
}

#[test]
fn what_an_entry_will_break_is_foretold_and_what_it_mentions_is_told() {
    let head = "date: 2023-10-19 10:00\ntitle: Two";
    let site = SiteTest::new(story("", "T.") + &entry("a.md", head, "See [it](/nowhere/).")).at("2023-10-18T12:00:00Z");
    let report = describe(&site.build().built.report);
    let wanted = "when this file appears (2023-10-19 10:00 +02:00), this will be a warning";
    assert!(
        report.contains("dead-path content/articles/forum/entries/a.md:5:5") && report.contains(wanted),
        "{report}"
    );
    let soon = story("embargo: 2023-10-20 10:00", "T.");
    let site = SiteTest::new(soon + &entry("a.md", &head.replace("19", "17"), "See [it](/nowhere/)."))
        .at("2023-10-18T12:00:00Z");
    let report = describe(&site.build().built.report);
    assert!(report.contains("dead-path content/articles/forum/entries/a.md:5:5"), "{report}");

    // An entry that speaks of a story that is withheld is told as such, and no page is blamed on the program.
    let secret = article("secret", "date: 2023-10-17\ndraft: true", "Text.")
        .replace("Title of secret", "Minister resigns over the deal");
    let site = SiteTest::new(
        story("", "T.")
            + &secret
            + &entry("a.md", "date: 2023-10-17 10:00", "“Minister resigns over the deal”, they say."),
    );
    let report = describe(&site.try_build().report);
    assert!(report.starts_with("warning: withheld-leak content/articles/forum/entries/a.md:4:2"), "{report}");
    assert!(report.contains("its author wrote so") && report.lines().count() == 1, "{report}");
}

#[test]
fn a_draft_of_an_entry_is_released_as_a_story_is() {
    let site = SiteTest::new(forum() + &entry("1600.md", "date: 2023-10-17 16:00\ntitle: More\ndraft: true", "More."))
        .at("2023-10-18T12:00:00Z");
    let (found, report) = dateline::pipeline::assemble(&site.request());
    assert!(!report.has_errors());
    let path = format!("{FOLDER}/entries/1600.md");
    let (releases, report) =
        dateline::release::plan(&site.root(), &found.expect("a site"), std::slice::from_ref(&path));
    assert!(report.is_empty(), "{}", describe(&report));
    dateline::release::write(&releases);
    let text = std::fs::read_to_string(site.root().join(path)).expect("it is there");
    assert_eq!(text, "---\ndate: 2023-10-18T14:00:00+02:00\ntitle: More\n---\nMore.\n");
    assert!(site.build_and_compare().main(PAGE).contains("id=\"1600\""));
}

#[test]
fn an_entry_may_be_a_folder_with_its_pictures_which_wait_with_it() {
    let svg = "-- content/articles/forum/entries/1500/marklater.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    let own = entry("1500/index.md", "date: 2023-10-17 15:00\ntitle: A map", "![A map](marklater.svg)");
    let site = SiteTest::new(story("", "T.") + &own + svg);
    let output = site.build_and_compare();
    assert!(output.main(PAGE).contains("id=\"1500\""));
    assert!(output.main(PAGE).contains("src=\"/2023/10/17/forum/entries/1500/marklater.svg\""));
    // Nothing refers to the picture any more; it is still beside a draft.
    site.write_all(&entry("1500/index.md", "date: 2023-10-17 15:00\ndraft: true", "T."));
    let output = site.build_and_compare();
    assert!(output.problems().is_empty(), "{}", describe(&output.built.report));
    assert!(site.tree().keys().all(|file| !file.contains("marklater")));
}

#[test]
fn the_folder_of_a_withheld_story_inside_another_one_does_not_go_out() {
    let site = SiteTest::new(
        file("content/articles/a/index.md", "title: A\ndate: 2023-10-17", "T.")
            + &file("content/articles/a/b/index.md", "title: B\ndate: 2023-10-17\ndraft: true", "T.")
            + "-- content/articles/a/b/marklater.txt --\nT.\n-- content/articles/a/c/open.txt --\nT.\n",
    );
    let output = site.build_and_compare();
    assert!(output.exists("/2023/10/17/a/c/open.txt"));
    assert!(site.tree().keys().all(|file| !file.contains("marklater")));
}
