//! `dateline topics merge`: one topic becomes part of another, and no byte changes that is not a name.

use std::fs;

use dateline::base::report::Report;
use dateline::merge::{self, FileEdit, Merging};
use dateline::pipeline;

use crate::site_test::SiteTest;

const COURT: &str = "-- content/topics/court.md --\n---\ntitle: International Criminal Court\n---\n\nA court.\n";

fn plan(site: &SiteTest, from: &str, into: &str) -> (Option<Merging>, Report) {
    let (config, _) = pipeline::configure(&site.request());
    merge::plan(&site.root(), &config.expect("a sound configuration"), from, into)
}

/// Merges, and returns the messages of the report.
#[track_caller]
fn merged(site: &SiteTest, from: &str, into: &str) -> Vec<String> {
    let (merging, report) = plan(site, from, into);
    let merging = merging.unwrap_or_else(|| panic!("{:?}", messages(&report)));
    let (done, written) = merge::write(&merging);
    assert_eq!((done, written.is_empty()), (merging.changes.len(), true));
    messages(&report)
}

fn messages(report: &Report) -> Vec<String> {
    report.diagnostics().iter().map(|problem| problem.message.clone()).collect()
}

fn read(site: &SiteTest, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).expect("it is there")
}

/// Merges `ICC` into a topic with a file, in an article with this front matter after its title and date.
#[track_caller]
fn article(before: &str, after: &str) {
    let eol = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let whole = |keys: &str| {
        let text = format!("---\ntitle: ICC, ICC  # ICC\ndate: 2023-10-16\n{keys}---\n\nThe ICC, topics: [ICC].\n");
        if eol == "\n" { text } else { text.replace("\r\n", "\n").replace('\n', "\r\n") }
    };
    let site = SiteTest::new(COURT);
    site.write("content/articles/a.md", whole(before));
    assert_eq!(merged(&site, "ICC", "International Criminal Court"), Vec::<String>::new());
    assert_eq!(read(&site, "content/articles/a.md"), whole(after));
}

#[test]
fn lists_in_brackets_keep_their_form() {
    article("topics: [Oil, ICC , Gas] # why\n", "topics: [Oil, International Criminal Court , Gas] # why\n");
    article("topics: [ \"I.C.C.\", 'Gas' ]\n", "topics: [ \"International Criminal Court\", 'Gas' ]\n");
    article("topics: ['icc']\n", "topics: ['International Criminal Court']\n");
    article(
        "topics: [\n  ICC, # the court\n  Gas,\n]\nsection: icc\n",
        "topics: [\n  International Criminal Court, # the court\n  Gas,\n]\nsection: International Criminal Court\n",
    );
}

#[test]
fn lists_with_dashes_keep_their_comments() {
    article(
        "topics: # all\n  # first\n  - Oil\n  - icc   # the court\n  # last\n  -   \"Gas\"\n",
        "topics: # all\n  # first\n  - Oil\n  - International Criminal Court   # the court\n  # last\n  -   \"Gas\"\n",
    );
    article("topics:\n- I.C.C.\n", "topics:\n- International Criminal Court\n");
}

#[test]
fn a_single_name_stays_a_single_name() {
    article(
        "topics: ICC # one\nsection: \"ICC\"\n",
        "topics: International Criminal Court # one\nsection: \"International Criminal Court\"\n",
    );
}

#[test]
fn line_ends_of_windows_stay() {
    article(
        "topics:\r\n  - ICC\r\n  - Gas\r\n  - icc\r\nsection: ICC\r\n",
        "topics:\r\n  - International Criminal Court\r\n  - Gas\r\nsection: International Criminal Court\r\n",
    );
    article("topics: [Gas, ICC]\r\n", "topics: [Gas, International Criminal Court]\r\n");
}

#[test]
fn a_name_that_stands_there_already_is_not_written_twice() {
    let court = "International Criminal Court";
    for (before, after) in [
        ("[ICC, international criminal court, Gas]", "[international criminal court, Gas]"),
        ("[International Criminal Court, ICC, Gas]", "[International Criminal Court, Gas]"),
        ("[International Criminal Court, Gas, ICC]", "[International Criminal Court, Gas]"),
        ("[ICC, icc, I.C.C.]", "[International Criminal Court]"),
        ("[\n  Gas,\n  ICC,\n  International Criminal Court\n]", "[\n  Gas,\n  International Criminal Court\n]"),
        ("[\n  International Criminal Court,\n  ICC\n]", "[\n  International Criminal Court\n]"),
    ] {
        article(&format!("topics: {before}\n"), &format!("topics: {after}\n"));
    }
    for (before, after) in [
        (format!("  - ICC # c\n  # kept\n  - {court}\n  - Gas\n"), format!("  # kept\n  - {court}\n  - Gas\n")),
        (format!("  - {court}\n  - ICC\n  - Gas\n"), format!("  - {court}\n  - Gas\n")),
        (format!("  - Gas\n  - {court}\n  - 'ICC'\n"), format!("  - Gas\n  - {court}\n")),
    ] {
        article(&format!("topics:\n{before}draft: true\n"), &format!("topics:\n{after}draft: true\n"));
    }
}

#[test]
fn a_name_gets_the_quotes_that_it_needs() {
    let site = SiteTest::new(
        "-- content/articles/a.md --\n---\ntitle: A\ndate: 2023-10-16\ntopics: [Oil, Gas]\nsection: Oil\n---\nOil.\n",
    );
    merged(&site, "oil", "Oil, coal: all");
    assert_eq!(
        read(&site, "content/articles/a.md"),
        "---\ntitle: A\ndate: 2023-10-16\ntopics: [\"Oil, coal: all\", Gas]\nsection: \"Oil, coal: all\"\n---\nOil.\n"
    );
}

#[test]
fn headings_of_items_name_the_other_topic() {
    let before = "---\ntopics: [ICC]\n---\nAn ICC day.\n\n## ICC rules {#icc topics=icc,gas}\n\nA.\n\n## Two {topics=\"Gas, I.C.C.\" #two}\n\nB. {topics=icc}\n\n## Three {topics=icc,international-criminal-court}\n\n```\n## Code {topics=icc}\n```\n\n## Four {topics=gas}\n";
    let after = "---\ntopics: [International Criminal Court]\n---\nAn ICC day.\n\n## ICC rules {#icc topics=international-criminal-court,gas}\n\nA.\n\n## Two {topics=\"Gas, International Criminal Court\" #two}\n\nB. {topics=icc}\n\n## Three {topics=international-criminal-court}\n\n```\n## Code {topics=icc}\n```\n\n## Four {topics=gas}\n";
    for windows in [false, true] {
        let form = |text: &str| if windows { text.replace('\n', "\r\n") } else { text.to_owned() };
        let site = SiteTest::new(COURT);
        site.write("content/briefings/2023-10-16.md", form(before));
        assert_eq!(merged(&site, "ICC", "International Criminal Court"), Vec::<String>::new());
        assert_eq!(read(&site, "content/briefings/2023-10-16.md"), form(after));
    }
}

#[test]
fn the_file_of_the_old_topic_becomes_aliases() {
    let site = SiteTest::new(
        "-- content/topics/icc.md --
---
title: ICC
aliases: [The Hague court, International Criminal Court (ICC)]
---
-- content/topics/court.md --
---
title: International Criminal Court
aliases:
  - Peace Palace # its seat
  - World court
see_also: [ICC, Gas]
---

A court.
-- content/topics/judges.md --
---
title: Judges
parents: ICC
see_also:
  - Gas
  - The Hague court
---
-- content/articles/a.md --
---
title: A
date: 2023-10-16
topics: [international criminal court icc, The Hague court]
---
A.
",
    );
    assert_eq!(merged(&site, "ICC", "world court"), Vec::<String>::new());
    assert!(!site.root().join("content/topics/icc.md").exists());
    assert_eq!(
        read(&site, "content/topics/court.md"),
        "---\ntitle: International Criminal Court\naliases:\n  - Peace Palace # its seat\n  - World court\n  - ICC\n  - The Hague court\n  - International Criminal Court (ICC)\nsee_also: [Gas]\n---\n\nA court.\n"
    );
    assert_eq!(
        read(&site, "content/topics/judges.md"),
        "---\ntitle: Judges\nparents: International Criminal Court\nsee_also:\n  - Gas\n  - International Criminal Court\n---\n"
    );
    assert!(read(&site, "content/articles/a.md").contains("topics: [International Criminal Court]\n"));
    site.build();
}

#[test]
fn a_merger_that_was_broken_off_can_be_finished() {
    let site = SiteTest::new("-- content/topics/icc.md --\n---\ntitle: ICC\n---\n");
    let court = "---\ntitle: Court\naliases: [ICC]\n---\n";
    site.write("content/topics/court.md", court);
    merged(&site, "ICC", "Court");
    assert_eq!(read(&site, "content/topics/court.md"), court);
    assert!(!site.root().join("content/topics/icc.md").exists());
}

#[test]
fn aliases_are_added_to_whatever_stands_there() {
    for (before, after) in [
        ("title: Court # it\r\nkind: topic\r\n", "title: Court # it\r\naliases: [ICC]\r\nkind: topic\r\n"),
        ("title: Court\naliases:\nkind: topic\n", "title: Court\naliases: [ICC]\nkind: topic\n"),
        ("title: Court\naliases: []\n", "title: Court\naliases: [ICC]\n"),
        ("title: Court\naliases: World court # one\n", "title: Court\naliases: [World court, ICC] # one\n"),
        ("title: Court\naliases: [\"World court\"]\n", "title: Court\naliases: [\"World court\", ICC]\n"),
    ] {
        let site = SiteTest::new("");
        let eol = if before.contains("\r\n") { "\r\n" } else { "\n" };
        site.write("content/topics/court.md", format!("---{eol}{before}---{eol}"));
        site.write("content/topics/icc.md", "---\ntitle: ICC\n---\n");
        merged(&site, "ICC", "Court");
        assert_eq!(read(&site, "content/topics/court.md"), format!("---{eol}{after}---{eol}"));
    }
}

#[test]
fn a_file_is_made_for_the_aliases_when_there_is_none() {
    let site = SiteTest::new("-- content/topics/icc.md --\n---\ntitle: ICC\naliases: I.C.C\nsummary: A court.\n---\n");
    let said = merged(&site, "icc", "World: court");
    assert_eq!(said, ["`content/topics/icc.md` is deleted, and with it its `summary`"]);
    assert_eq!(read(&site, "content/topics/world-court.md"), "---\ntitle: \"World: court\"\naliases: [ICC]\n---\n");
    assert!(!site.root().join("content/topics/icc.md").exists());
    site.build();
}

#[test]
fn a_topic_file_with_a_text_stays_and_says_why() {
    let icc = "---\ntitle: ICC\n---\n\nWritten with care.\n";
    let site = SiteTest::new(COURT);
    site.write("content/topics/icc.md", icc);
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2023-10-16\ntopics: ICC\n---\nA.\n");
    let court = read(&site, "content/topics/court.md");
    let said = merged(&site, "ICC", "International Criminal Court");
    assert!(said[0].starts_with("this file has a text, so it stays"), "{said:?}");
    assert_eq!((read(&site, "content/topics/icc.md"), read(&site, "content/topics/court.md")), (icc.to_owned(), court));
    assert!(read(&site, "content/articles/a.md").contains("topics: International Criminal Court\n"));
    site.write("content/topics/icc.md", "---\ntitle: ICC\n---\n");
    merged(&site, "ICC", "International Criminal Court");
    assert!(read(&site, "content/topics/court.md").contains("aliases: [ICC]\n"));
}

#[test]
fn what_cannot_be_edited_safely_is_left() {
    let odd = "---\ntitle: A\ndate: 2023-10-16\ntopics: &t [ICC]\nextra: {same: *t}\n---\nA.\n";
    let site = SiteTest::new(COURT);
    site.write("content/articles/odd.md", odd);
    site.write("content/articles/sound.md", "---\ntitle: B\ndate: 2023-10-16\ntopics: ICC\n---\nB.\n");
    let said = merged(&site, "ICC", "International Criminal Court");
    assert_eq!(said, ["this file is written in a way that no program can edit safely"]);
    assert_eq!(read(&site, "content/articles/odd.md"), odd);
    assert!(read(&site, "content/articles/sound.md").contains("topics: International"));
}

#[test]
fn a_plan_changes_nothing_and_names_every_change() {
    let site = SiteTest::new(COURT);
    let text = "---\ntitle: A\ndate: 2023-10-16\ntopics: [ICC]\nsection: ICC\n---\nA.\n";
    site.write("content/articles/a.md", text);
    let (merging, report) = plan(&site, "icc", "International criminal court");
    let merging = merging.expect("two topics");
    assert!(report.is_empty());
    assert_eq!((merging.from.as_str(), merging.into.as_str()), ("ICC", "International Criminal Court"));
    let changes: Vec<_> = merging.changes.iter().map(|change| (change.path.as_str(), &change.edit)).collect();
    assert!(
        matches!(&changes[..], [
            ("content/articles/a.md", FileEdit::Edit { keys, .. }),
            ("content/topics/court.md", FileEdit::Edit { keys: more, .. })
        ] if keys[..] == ["section", "topics"] && more[..] == ["aliases"]),
        "{changes:?}"
    );
    assert_eq!(read(&site, "content/articles/a.md"), text);
    assert!(!read(&site, "content/topics/court.md").contains("aliases"));
}

#[test]
fn names_that_cannot_be_merged_are_refused() {
    let site = SiteTest::new(COURT);
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2023-10-16\ntopics: [Energy exports]\n---\nA.\n");
    let (none, report) = plan(&site, "energy export", "Gas");
    assert!(none.is_none());
    assert_eq!(messages(&report), ["no topic is called `energy export`"]);
    assert_eq!(report.diagnostics()[0].help.as_deref(), Some("did you mean `Energy exports`?"));
    let (none, report) = plan(&site, "energy exports", "Energy Exports");
    assert!(none.is_none() && messages(&report)[0].ends_with("are one topic already"));
    site.write("content/articles/b.md", "no front matter\n");
    let (none, report) = plan(&site, "energy exports", "Gas");
    assert!(none.is_none() && report.has_errors());
}

/// A site with a topic of this name in two stories, one of them with a partner, and its list of addresses.
fn locked(literal: &str) -> SiteTest {
    let site = SiteTest::new(literal);
    site.write(
        "dateline.yaml",
        "title: The Test\nbase_url: https://test.example\nfeeds: {formats: [atom, rss]}\npage_size: 2\ntopic_pairs: 2\n",
    );
    for day in 10..16 {
        let topics = if day % 2 == 0 { "[Gas, Oil]" } else { "[Gas, Energy exports]" };
        let text = format!("---\ntitle: A{day}\ndate: 2023-10-{day}\ntopics: {topics}\n---\nText.\n");
        site.write(&format!("content/articles/a{day}.md"), text);
    }
    site.write("content/articles/b.md", "---\ntitle: B\ndate: 2023-10-16\ntopics: [Energy exports, Oil]\n---\nText.\n");
    site.build();
    assert!(pipeline::lock(&site.request()).0.is_some());
    site
}

#[test]
fn readers_of_the_old_topic_are_led_to_the_new_one_where_the_list_knows_its_addresses() {
    let file = "-- content/topics/energy.md --\n---\ntitle: Energy exports # kept\n---\n\nA text.\n";
    let slugged = "-- content/topics/gas.md --\n---\ntitle: Gas\nslug: natural-gas\nredirect_from: [/tags/gas/]\n---\n";
    for (literal, path, head) in [
        ("", "energy-exports", "title: Energy exports\naliases: [Gas]\nredirect_from: [/topics/gas/]\n"),
        (file, "energy", "title: Energy exports # kept\nredirect_from: [/topics/gas/]\naliases: [Gas]\n"),
        (
            slugged,
            "energy-exports",
            "title: Energy exports\naliases: [Gas]\nredirect_from: [/tags/gas/, /topics/natural-gas/]\n",
        ),
    ] {
        let site = locked(literal);
        let list = read(&site, "urls.lock");
        let page = if literal.contains("slug") { "/topics/natural-gas/" } else { "/topics/gas/" };
        for address in [page.to_owned(), format!("{page}feed.xml"), format!("{page}page/1/")] {
            assert!(list.lines().any(|line| line.split('\t').next() == Some(&address)), "{address} in {list}");
        }
        assert!(list.contains("/with/"), "{list}");
        merged(&site, "Gas", "Energy exports");
        assert!(read(&site, &format!("content/topics/{path}.md")).starts_with(&format!("---\n{head}---\n")));
        let output = site.build_and_compare();
        assert_eq!(output.problems(), [""; 0], "{literal}");
        let redirects = output.file("/_redirects");
        assert!(redirects.contains(&format!("{page} /topics/energy-exports/ 301\n")), "{redirects}");
        assert!(redirects.contains(&format!("{page}feed.xml /topics/energy-exports/feed.xml 301\n")), "{redirects}");
        assert!(redirects.contains(&format!("{page}page/1/ /topics/energy-exports/page/1/ 301\n")), "{redirects}");
        for server in ["nginx.conf", "Caddyfile", "lighttpd.conf"] {
            assert!(output.file(&format!(".dateline/private/hosting/{server}")).contains(page), "{server}");
        }
        let copy = output.file(&format!("{page}rss.xml"));
        assert_eq!(copy, output.file("/topics/energy-exports/rss.xml"), "a host without redirects serves it");
        // What was led on is on the list too, and stays.
        assert!(pipeline::lock(&site.request()).0.is_some());
        assert_eq!(site.build_and_compare().problems(), [""; 0]);
    }
}

#[test]
fn without_a_list_a_name_alone_needs_no_file() {
    let site = SiteTest::new("");
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2023-10-16\ntopics: [Gas]\n---\nA.\n");
    merged(&site, "Gas", "Energy exports");
    assert!(!site.root().join("content/topics").exists());
}
