//! `dateline publish`: a draft is released, and no byte changes that need not.

use std::fs;

use dateline::base::report::Diagnostic;
use dateline::release::{self, Release};
use dateline::{actions, pipeline};

use crate::site_test::{SiteTest, article, short};

fn plan(site: &SiteTest, paths: &[&str]) -> (Vec<Release>, Vec<String>) {
    let (assembled, _) = pipeline::assemble(&site.request());
    let paths: Vec<String> = paths.iter().map(|path| format!("content/{path}")).collect();
    let (releases, report) = release::plan(&site.root(), &assembled.expect("a site"), &paths);
    let problem = |problem: &Diagnostic| {
        let Diagnostic { message, help, .. } = problem;
        format!("{}: {message} ({})", short(problem), help.as_deref().unwrap_or_default())
    };
    (releases, report.diagnostics().iter().map(problem).collect())
}

/// Releases files, and returns the text of the first.
#[track_caller]
fn released(site: &SiteTest, paths: &[&str]) -> String {
    let (releases, problems) = plan(site, paths);
    assert_eq!(problems, [""; 0]);
    let (done, report) = release::write(&releases);
    assert_eq!((done, report.is_empty()), (paths.len(), true));
    fs::read_to_string(site.root().join("content").join(paths[0])).expect("it is there")
}

#[track_caller]
fn refused(site: &SiteTest, path: &str) -> String {
    let (releases, problems) = plan(site, &[path]);
    assert!(releases.is_empty() && problems.len() == 1, "{problems:?}");
    problems.into_iter().next().expect("one")
}

#[test]
fn a_draft_gets_the_present_and_nothing_else_changes() {
    let site = SiteTest::new("").at("2023-10-19 09:30:15");
    site.write(
        "dateline.yaml",
        "title: The Test\nbase_url: https://test.example\ntimezone: Europe/Berlin\nbriefings: daily\n",
    );
    let text = |date: &str, draft: &str| {
        format!(
            "\u{feff}---\r\ntitle:   \"A\" # draft: true\r\n# when\r\ndate: {date}   # the day\r\n{draft}topics:\r\n- B\r\n---\r\n\r\ndraft: true\r\n"
        )
    };
    site.write("content/articles/a.md", text("'2023-10-16'", "draft:  true # Lin reads it\r\n"));
    site.write("content/articles/2023-10-16-b.md", "---\ntitle: B\ndraft: true\n---\nText.\n");
    let path = "articles/a.md";
    let now = "2023-10-19T09:30:15+02:00";
    assert_eq!(released(&site, &[path, "articles/2023-10-16-b.md"]), text(now, ""));
    let other = fs::read_to_string(site.root().join("content/articles/2023-10-16-b.md")).expect("a file");
    assert_eq!(other, format!("---\ntitle: B\ndate: {now}\n---\nText.\n"), "the name's day is of the draft");
    let output = site.build_clean();
    let edition = output.main("/briefings/2023-10-19/");
    assert!(edition.contains("/2023/10/19/a/") && edition.contains("/2023/10/19/b/"), "{edition}");
    assert_eq!(
        refused(&site, path),
        "not-released content/articles/a.md: this is no draft, and stays as it is (`dateline list drafts` lists what can be released)"
    );
}

#[test]
fn what_waits_for_its_time_still_waits() {
    let draft = |head: &str| SiteTest::new(article("a", &format!("{head}\ndraft: true"), "Text."));
    let path = "articles/a.md";
    let ahead = draft("date: 2023-10-20 06:00");
    assert!(released(&ahead, &[path]).contains("date: 2023-10-20 06:00\n---"));
    assert_eq!(ahead.build_clean().built.summary.map(|summary| summary.added.is_empty()), Some(false));
    assert!(!ahead.public().join("2023/10/20/a/index.html").exists());
    let held = draft("date: 2023-10-16\nembargo: 2023-10-20 06:00");
    let (releases, _) = plan(&held, &[path]);
    assert!(releases[0].until.is_some());
    assert!(released(&held, &[path]).contains("date: 2023-10-18T12:00:00Z\nembargo: 2023-10-20 06:00\n---"));
    let message = "not-released content/articles/a.md: this is not a draft: it appears by itself when its embargo ends, 2023-10-20 06:00 +00:00 (to publish it now, take `embargo` away)";
    assert_eq!(refused(&held, path), message);
}

#[test]
fn an_edition_keeps_its_day_and_a_page_has_none() {
    let site = SiteTest::new("-- content/pages/about.md --\n---\ntitle: About\ndraft: true\n---\nText.\n");
    let edition = |draft: &str| format!("---\ndate: 2023-10-17\n{draft}---\n\n## A\n\nText.\n");
    site.write("content/briefings/2023-10-17.md", edition("draft: true\n"));
    assert_eq!(released(&site, &["briefings/2023-10-17.md"]), edition(""));
    assert_eq!(released(&site, &["pages/about.md"]), "---\ntitle: About\n---\nText.\n");
}

#[test]
fn a_story_that_readers_had_before_keeps_its_date() {
    let site = SiteTest::new(article("a", "date: 2023-10-16", "Text."));
    assert!(pipeline::lock(&site.request()).0.is_some());
    site.write_all(&article("a", "date: 2023-10-16\ndraft: true", "Text."));
    assert!(released(&site, &["articles/a.md"]).contains("date: 2023-10-16\n---"));
    assert_eq!(site.build_clean().problems(), [""; 0]);
}

#[test]
fn what_cannot_be_released_is_said_and_nothing_is_written() {
    let site = SiteTest::new(
        "-- content/topics/t.md --\n---\ntitle: T\n---\n".to_owned()
            + &article("ends", "date: 2023-10-16\nexpires: 2023-10-17\ndraft: true", "Text.")
            + &article("draft", "date: 2023-10-16\ndraft: true", "Text."),
    );
    site.write("content/articles/braces.md", "---\n{title: A, date: 2023-10-16, draft: true}\n---\nText.\n");
    site.write("content/articles/wrong.md", "---\ntitle: A\ndate: 2023-10-16\ndraft: true\nsumary: x\n---\nText.\n");
    for (path, part) in [
        (
            "articles/drafd.md",
            "no content file is called `content/articles/drafd.md` (did you mean `content/articles/draft.md`?)",
        ),
        ("dateline.yaml", "no content file is called"),
        ("topics/t.md", "topics and people are no drafts"),
        ("articles/ends.md", "this has expired: `expires` is 2023-10-17"),
        ("articles/braces.md", "no program can edit safely (take `draft` away by hand"),
        ("articles/wrong.md", "unknown-key content/articles/wrong.md:5:1"),
    ] {
        let message = refused(&site, path);
        assert!(message.contains(part), "{path}: {message}");
    }
    let (releases, problems) = plan(&site, &["articles/draft.md", "articles/draft.md", "articles/ends.md"]);
    assert_eq!((releases.len(), problems.len()), (1, 1));
}

#[test]
fn a_draft_that_would_stop_the_build_is_not_released_until_it_is_mended() {
    let site = SiteTest::new(
        article("sound", "date: 2023-10-16\ndraft: true", "Text.")
            + &article("broken", "date: 2023-10-16\ndraft: true\ntranslation_of: nobody", "Text.")
            + &article("other-error", "date: 2023-10-16\ntranslation_of: nobody", "Text."),
    );
    let paths = ["content/articles/sound.md", "content/articles/broken.md"].map(str::to_owned);
    let texts = || paths.clone().map(|path| fs::read_to_string(site.root().join(path)).expect("a file"));
    let before = texts();
    let done = actions::publish(&site.request(), &paths);
    assert_eq!(done.closing.as_deref(), Some("nothing was released"));
    let said: Vec<String> = done.report.diagnostics().iter().map(short).collect();
    assert_eq!(said, ["translation content/articles/broken.md:5:17"], "what is wrong elsewhere hinders nothing");
    assert_eq!(texts(), before);
    site.write_all(&article("broken", "date: 2023-10-16\ndraft: true", "Text."));
    assert_eq!(actions::publish(&site.request(), &paths[1..]).files, paths[1..]);
    let done = actions::publish(&site.request(), &paths);
    assert_eq!((done.files, done.report.has_errors()), (paths[..1].to_vec(), false), "the rest, the second time");
    let after = texts();
    let done = actions::publish(&site.request(), &paths);
    assert_eq!((done.closing.as_deref(), texts()), (Some("nothing to release"), after));
}
