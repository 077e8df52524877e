//! What published stories say otherwise, without a word: compared with a revision, and with what was deployed.

use std::fs;
use std::io::{Read, Write};
use std::time::Duration;

use dateline::check::{CheckOptions, Deployed};
use dateline::deploy::{self, DeployBuild, DeployOptions};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;

use crate::checking::{codes, commit, file, git, look, repository, since};
use crate::site_test::{SiteTest, describe};

const HEAD: &str = "title: Putin lands in Beijing
date: 2023-10-17 09:30
summary: He came with 123 guests.
topics: [Ports]
sources: [Harbor Wire, {name: The port, url: \"https://port.example/\"}]
authors: [Lin Wei]
key_points:
  - The court has 123 members.
  - China is not one.
facts:
  - {label: Members, value: 123, source: The court}
image:
  src: /port.svg
  alt: A grey port.
  caption: The port at 6 a.m.
  credit: Harbor Wire
";
const BODY: &str = "The first of two paragraphs.\n\n![A crane.](/port.svg \"A crane. Photo: HW\")\n\nThe second says that the port has 12 cranes, and 12 ships.\n";
const EDITION: &str = "title: The morning\ndate: 2023-10-17\nsummary: S\n";
const ITEMS: &str = "Good morning.\n\n## The court {#court}\n\nIt has 123 members.\n\n## Oil {#oil}\n\nA third goes to *China*, they say.\n";

fn site() -> String {
    story(HEAD, BODY) + &file("briefings/2023-10-17.md", EDITION, ITEMS) + PORT
}

const PORT: &str = "-- static/port.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>\n";

fn story(head: &str, body: &str) -> String {
    file("articles/visit.md", head, body)
}

/// The findings about history, as `code line:column message`.
fn findings(site: &SiteTest, ask: &CheckOptions) -> Vec<String> {
    let report = look(site, ask).report;
    let codes = ["silent-change", "correction-removed", "moved-story", "removed-story", "lost-url"];
    let ours = report.diagnostics().iter().filter(|problem| codes.contains(&problem.code.0));
    let line = |place: &dateline::base::report::Place| {
        let line = if place.line > 0 { place.text.trim().chars().take(30).collect() } else { String::new() };
        format!("{}:{}:{} `{line}`", place.file.trim_start_matches("content/"), place.line, place.column)
    };
    ours.map(|problem| {
        let place = problem.place.as_ref().map(line).unwrap_or_default();
        format!("{} {place} {}", problem.code.0, problem.message)
    })
    .collect()
}

#[test]
fn each_thing_that_readers_see_is_compared_at_its_line() {
    for (was, is, expected) in [
        (
            "Putin lands",
            "Putin flees",
            "2:8 `title: Putin flees in Beijing` this headline was published and has changed from “lands” to “flees”",
        ),
        (
            "came with 123",
            "came with 99",
            "4:10 `summary: He came with 99 guest` this summary was published and has changed from “123” to “99”",
        ),
        (
            "has 123 members.",
            "has 132 members.",
            "9:5 `- The court has 132 members.` this key point was published and has changed from “123” to “132”",
        ),
        (
            "value: 123",
            "value: 99",
            "12:29 `- {label: Members, value: 99, ` this fact was published and has changed from “123” to “99”",
        ),
        (
            "A grey port",
            "A green port",
            "15:8 `alt: A green port.` this description of a picture was published and has changed from “grey” to “green”",
        ),
        (
            "6 a.m.",
            "7 a.m.",
            "16:12 `caption: The port at 7 a.m.` this caption was published and has changed from “6” to “7”",
        ),
        (
            "credit: Harbor Wire",
            "credit: Jo Pe",
            "17:11 `credit: Jo Pe` this credit of a picture was published and has changed from “Harbor Wire” to “Jo Pe”",
        ),
        (
            "[Lin Wei]",
            "[Ada Okafor]",
            "7:11 `authors: [Ada Okafor]` this by-line was published and has changed from “Lin Wei” to “Ada Okafor”",
        ),
        (
            "The port, url",
            "A port, url",
            "6:31 `sources: [Harbor Wire, {name: ` this source was published and has changed from “The” to “A”",
        ),
        (
            "  - China is not one.\n",
            "",
            "9:3 `- The court has 123 members.` a key point was published and is gone, “China is not one.”",
        ),
        (
            "  - China is not one.\n",
            "  - China is not one.\n  - Nor is Russia.\n",
            "11:5 `- Nor is Russia.` this key point is new in a published story, “Nor is Russia.”",
        ),
        (
            "2023-10-17 09:30",
            "2023-10-17 08:30",
            "3:7 `date: 2023-10-17 08:30` this date was published and has changed from “2023-10-17T09:30:00Z” to “2023-10-17T08:30:00Z”",
        ),
        (
            "and 12 ships",
            "and 13 ships",
            "24:50 `The second says that the port ` this text was published and has changed from “12” to “13”",
        ),
        (
            "![A crane.]",
            "![Two cranes.]",
            "22:1 `![Two cranes.](/port.svg \"A cr` this text was published and has changed from “A crane.” to “Two cranes.”",
        ),
        (
            "first of two",
            "first",
            "20:11 `The first paragraphs.` this text was published and has changed: “of two” is gone",
        ),
    ] {
        let site = repository(&site());
        let text = format!("---\n{HEAD}---\n\n{BODY}");
        assert!(text.contains(was), "{was}");
        site.write("content/articles/visit.md", text.replacen(was, is, 1));
        let expected = format!("silent-change articles/visit.md:{expected}: nothing says so");
        assert_eq!(findings(&site, &since("HEAD")), [expected], "{was}");
        let said =
            text.replacen(was, is, 1).replacen("topics:", "updates: [{at: 2023-10-18, kind: refile}]\ntopics:", 1);
        site.write("content/articles/visit.md", said);
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{was}");
    }
}

#[test]
fn typography_and_order_are_no_change() {
    let site = repository(&site());
    let text = format!("---\n{HEAD}---\n\n{BODY}")
        .replace(
            "  - The court has 123 members.\n  - China is not one.",
            "  - China  is not one.\n  - The court has 123 members.",
        )
        .replace("title: Putin lands in Beijing", "title: 'Putin lands in Beijing'")
        .replace("of two paragraphs.\n\n", "of *two*\nparagraphs.\n\n");
    site.write("content/articles/visit.md", text);
    assert_eq!(findings(&site, &since("HEAD")), [""; 0]);
}

#[test]
fn an_item_of_an_edition_is_compared_at_its_line() {
    for (was, is, expected) in [
        (
            "A third",
            "A fifth",
            "15:3 `A fifth goes to *China*, they ` this text of an item was published and has changed from “third” to “fifth”",
        ),
        (
            "## The court",
            "## The judges",
            "9:1 `## The judges {#court}` this heading of an item was published and has changed from “court” to “judges”",
        ),
        (
            "Good morning",
            "Good evening",
            "7:6 `Good evening.` this text was published and has changed from “morning.” to “evening.”",
        ),
        ("summary: S", "summary: T", "4:10 `summary: T` this summary was published and has changed from “S” to “T”"),
        (
            "## Oil {#oil}\n\nA third goes to *China*, they say.\n",
            "",
            "1:1 `---` an item was published and is gone, “Oil A third goes to China, they say.”",
        ),
    ] {
        let site = repository(&site());
        let text = format!("---\n{EDITION}---\n\n{ITEMS}").replacen(was, is, 1);
        site.write("content/briefings/2023-10-17.md", &text);
        let expected = format!("silent-change briefings/2023-10-17.md:{expected}: nothing says so");
        assert_eq!(findings(&site, &since("HEAD")), [expected], "{was}");
        site.write("content/briefings/2023-10-17.md", text.replacen("summary:", "updated: 2023-10-18\nsummary:", 1));
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{was}");
    }
}

#[test]
fn a_story_that_moves_leads_on_and_one_that_goes_says_so() {
    let was = "`/2023/10/17/visit/`";
    for (key, value, at, is) in [
        ("topics:", "slug: arrival\ntopics:", "5:7 `slug: arrival`", "`/2023/10/17/arrival/`; put `slug` back"),
        (
            "2023-10-17 09:30",
            "2023-10-16 09:30",
            "3:7 `date: 2023-10-16 09:30`",
            "`/2023/10/16/visit/`; put `date` back",
        ),
    ] {
        let site = repository(&site());
        let moved = HEAD.replacen(key, value, 1);
        site.write_all(&story(&moved, BODY));
        let (address, help) = is.split_once("; ").expect("two parts");
        let message = format!("readers had this story at {was}, and nothing leads from there to {address}");
        assert_eq!(findings(&site, &since("HEAD")), [format!("moved-story articles/visit.md:{at} {message}")]);
        let report = look(&site, &since("HEAD")).report;
        let helps: Vec<_> = report.diagnostics().iter().filter_map(|problem| problem.help.as_deref()).collect();
        assert_eq!(helps, [format!("{help}, or add `aliases: [/2023/10/17/visit/]`")]);
        site.write_all(&story(&format!("aliases: [/2023/10/17/visit/]\n{moved}"), BODY));
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{key}");
    }

    let site = repository(&site());
    site.remove("content/articles/visit.md");
    let gone = format!("removed-story articles/visit.md:0:0 `` readers had this story at {was}, and its file is gone");
    assert_eq!(findings(&site, &since("HEAD")), [gone.as_str()]);
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\ngone: [/2023/10/17/visit/]\n");
    assert_eq!(findings(&site, &since("HEAD")), [""; 0], "the desk has said so");
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\n");
    // Written anew, so that git sees no renaming: the address is the same.
    site.write_all(&file(
        "articles/2023/visit.md",
        "title: Other\ndate: 2023-10-17\nsummary: S\ntopics: [A]\nsources: [B]",
        "New.",
    ));
    assert!(
        findings(&site, &since("HEAD")).iter().all(|found| found.starts_with("silent-change articles/2023/visit.md"))
    );
    assert!(!findings(&site, &since("HEAD")).is_empty());
    site.write("urls.lock", "# dateline urls 3\n/2023/10/17/visit/\t\t\t2023-10-17\n");
    site.remove("content/articles/2023/visit.md");
    let codes: Vec<_> = findings(&site, &since("HEAD")).iter().map(|found| found[..8].to_owned()).collect();
    assert_eq!(codes, ["lost-url"], "one problem is told once");
}

#[test]
fn what_was_not_public_at_the_revision_may_change_move_and_go() {
    for held in ["draft: true", "embargo: 2023-10-18T12:30:00Z", "expires: 2023-10-18T11:00:00Z"] {
        let site = repository(&(story(&format!("{held}\n{HEAD}"), BODY) + PORT));
        site.write_all(&story(&HEAD.replace("lands", "flees"), "Other."));
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{held}");
        site.write_all(&story(&HEAD.replace("topics:", "slug: other\ntopics:"), BODY));
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{held}");
        site.remove("content/articles/visit.md");
        assert_eq!(findings(&site, &since("HEAD")), [""; 0], "{held}");
    }
}

#[test]
fn all_changes_of_all_files_are_told_in_one_run() {
    let site = repository(&site());
    site.write_all(&story(&HEAD.replace("lands", "flees").replace("123", "99"), BODY));
    site.write_all(&file("briefings/2023-10-17.md", EDITION, &ITEMS.replace("123", "99").replace("third", "fifth")));
    commit(&site);
    let places: Vec<String> = codes(&site, &since("HEAD~1"));
    assert_eq!(
        places,
        [
            "silent-change content/articles/visit.md:2:8",
            "silent-change content/articles/visit.md:4:10",
            "silent-change content/articles/visit.md:9:5",
            "silent-change content/articles/visit.md:12:29",
            "silent-change content/briefings/2023-10-17.md:10:8",
            "silent-change content/briefings/2023-10-17.md:14:3",
        ]
    );
    git(&site, &["status", "--short"]);
}

const DEPLOYED: &str = "title: T\nbase_url: https://test.example\ndeploy: {www: {to: ../www}}\n";

fn deploy(site: &SiteTest) {
    let options = DeployOptions {
        dry_run: false,
        max_deletes: None,
        keep: None,
        patience: Duration::from_secs(1),
        environment: std::collections::BTreeMap::new(),
        home: None,
        now: Timestamp::from_second(1_697_600_000).expect("a time"),
        stop: &|| false,
        show: &|_, _| {},
    };
    let build = &site.how(site.public());
    let deployment = deploy::deploy(&site.request(), None, DeployBuild { output: None, publish: build }, &options);
    assert!(deployment.done.is_some(), "{}", describe(&deployment.report));
}

/// The findings without a revision.
fn since_deployed(site: &SiteTest) -> Vec<String> {
    let deployed = deploy::deployed(&site.request()).map(|(target, stories)| Deployed { target, stories });
    findings(site, &CheckOptions { deployed, ..CheckOptions::default() })
}

#[test]
fn without_a_revision_stories_are_compared_with_what_was_deployed() {
    let site =
        SiteTest::new(site() + &file("articles/held.md", "title: Held\ndate: 2023-10-17\nembargo: 2033-01-01", "A."));
    site.write("dateline.yaml", DEPLOYED);
    site.write_all(&story(&HEAD.replace("lands", "flees"), BODY));
    assert_eq!(since_deployed(&site), [""; 0], "nothing was deployed");
    site.write_all(&story(HEAD, BODY));
    deploy(&site);
    assert_eq!(since_deployed(&site), [""; 0]);

    site.write_all(&story(
        &HEAD.replace("lands", "flees").replace("value: 123", "value: 99"),
        &BODY.replace("second", "last"),
    ));
    site.write_all(&file("briefings/2023-10-17.md", EDITION, &ITEMS.replace("third", "fifth")));
    site.write_all(&file("articles/held.md", "title: Other\ndate: 2023-10-17\nembargo: 2033-01-01", "B."));
    let expected = [
        "silent-change articles/visit.md:2:8 `title: Putin flees in Beijing` this headline has changed since it was deployed to `www`: nothing says so",
        "silent-change articles/visit.md:12:29 `- {label: Members, value: 99, ` this fact has changed since it was deployed to `www`: nothing says so",
        "silent-change articles/visit.md:23:1 `The last says that the port ha` this text has changed since it was deployed to `www`: nothing says so",
        "silent-change briefings/2023-10-17.md:12:1 `## Oil {#oil}` this text of an item has changed since it was deployed to `www`: nothing says so",
    ];
    let found = since_deployed(&site);
    assert_eq!(found, expected);
    // A deployment makes it the state that readers have.
    deploy(&site);
    assert_eq!(since_deployed(&site), [""; 0]);

    site.remove("content/articles/visit.md");
    site.remove("content/articles/held.md");
    let lost: Vec<String> = since_deployed(&site).iter().map(|found| found[..8].to_owned()).collect();
    assert!(!lost.is_empty() && lost.iter().all(|code| code == "lost-url"), "`deploy` has written the list: {lost:?}");
    fs::remove_file(site.root().join("urls.lock")).expect("a list");
    assert_eq!(
        since_deployed(&site),
        ["removed-story articles/visit.md:0:0 `` readers had this story at `/2023/10/17/visit/`, and its file is gone"]
    );
}

/// A manifest as earlier versions have written it.
fn without_stories(manifest: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    GzDecoder::new(manifest).read_to_string(&mut text).expect("it is text");
    let is_older =
        |line: &&str| !line.starts_with("story") && !line.starts_with("dateline") && !line.starts_with("end");
    let objects: Vec<&str> = text.lines().filter(is_older).collect();
    let text = format!("dateline manifest 1\n{}\nend\t{}\n", objects.join("\n"), objects.len());
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn a_deployment_of_an_earlier_version_is_no_reason_for_findings() {
    let site = SiteTest::new(site());
    site.write("dateline.yaml", DEPLOYED);
    deploy(&site);
    let releases = site.root().join("../www/releases");
    let release = fs::read_dir(&releases).expect("releases").next().expect("a release").expect("a folder").path();
    let manifest = release.join("manifest");
    let with_stories = fs::read(&manifest).expect("a manifest");
    fs::write(&manifest, without_stories(&with_stories)).expect("it can be written");
    site.write_all(&story(&HEAD.replace("lands", "flees"), BODY));
    assert_eq!(since_deployed(&site), [""; 0]);
    // The next deployment adds what it lacks, also when nothing else has changed.
    site.write_all(&story(HEAD, BODY));
    deploy(&site);
    assert_eq!(fs::read(&manifest).expect("a manifest"), with_stories);
    site.write_all(&story(&HEAD.replace("lands", "flees"), BODY));
    assert_eq!(since_deployed(&site).len(), 1);
}
