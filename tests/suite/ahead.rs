//! What will be wrong when a withheld story appears is told before: nobody watches the build of six in the morning.

use dateline::base::report::{Report, Severity};
use dateline::pipeline;

use crate::site_test::{SiteTest, article, describe, short};

/// The problems with their severity, as `warning: code path:line:column`.
fn problems(report: &Report) -> Vec<String> {
    report.diagnostics().iter().map(|problem| format!("{}: {}", problem.severity, short(problem))).collect()
}

/// What is said while a story waits until the 19th is what is said then, and that it will be.
#[track_caller]
fn assert_foretold(literal: &str, expected: &[&str]) {
    let mut site = SiteTest::new(literal);
    let waiting = site.build_and_compare().built.report;
    assert_eq!(problems(&waiting), expected.iter().map(|short| format!("warning: {short}")).collect::<Vec<_>>());
    let checked = pipeline::check(&site.request()).1;
    assert_eq!(describe(&checked), describe(&waiting), "`check` says what `build` says");
    site.set_now("2023-10-19T00:00:00Z");
    let then = site.try_build().report;
    assert_eq!(then.diagnostics().iter().map(short).collect::<Vec<_>>(), expected, "{}", describe(&then));
    for (before, after) in waiting.diagnostics().iter().zip(then.diagnostics()) {
        let what = if after.severity == Severity::Error { "an error" } else { "a warning" };
        let (start, end) =
            (format!("{}; when ", after.message), format!("(2023-10-19 00:00 +00:00), this will be {what}"));
        assert!(before.message.starts_with(&start) && before.message.ends_with(&end), "{}", before.message);
        assert_eq!((&before.place, &before.help), (&after.place, &after.help));
    }
}

const LATER: &str = "date: 2023-10-16\nembargo: 2023-10-19";

#[test]
fn what_will_collide_is_told_while_it_is_withheld() {
    let live = article("live", "date: 2023-10-16\nslug: talks\naliases: [/old/]", "Text.");
    assert_foretold(
        &(live.clone() + &article("late", &format!("{LATER}\nslug: talks"), "Text.")),
        &["route-conflict content/articles/live.md:4:7"],
    );
    assert_foretold(
        &(live + &article("late", &format!("{LATER}\naliases: [/older/, /old/]"), "Text.")),
        &["alias-conflict content/articles/live.md:5:11"],
    );
    assert_foretold(
        "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 7\n---\nText.\n\
         -- content/briefings/2023-10-19.md --\n---\ndate: 2023-10-19\nnumber: 7\n---\nText.\n",
        &["edition-number content/briefings/2023-10-19.md:3:9"],
    );
}

#[test]
fn what_is_broken_in_it_is_told_while_it_is_withheld() {
    let all = "[a](nowhere.md), [b](/nowhere/), [[nobody]], ![c](c.png)";
    assert_foretold(
        &article("late", LATER, all),
        &[
            "broken-link content/articles/late.md:6:1",
            "dead-path content/articles/late.md:6:18",
            "broken-link content/articles/late.md:6:34",
            "missing-image content/articles/late.md:6:46",
        ],
    );
    assert_foretold(
        &article("late", &format!("{LATER}\nimage: {{src: c.png, alt: c}}\ntranslation_of: nobody"), "Text."),
        &["missing-image content/articles/late.md:5:8", "translation content/articles/late.md:6:17"],
    );
    assert_foretold(
        &(article("live", "date: 2023-10-16", "Text.")
            + &article("late", &format!("{LATER}\ntranslation_of: live"), "Text.")),
        &["translation content/articles/late.md:5:17"],
    );
    let closed = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntopics: closed\n";
    assert_foretold(
        &(closed.to_owned() + &article("late", &format!("{LATER}\ntopics: [ICC]"), "Text.")),
        &["unknown-topic content/articles/late.md:5:10"],
    );
    assert_foretold(
        "-- content/briefings/2023-10-19.md --\n---\ndate: 2023-10-19\nstories: [nobody]\n---\nText.\n",
        &["unknown-story content/briefings/2023-10-19.md:3:11"],
    );
    assert_foretold(
        &(article("live", "date: 2023-10-16\nextra: {place: Xi’an}", "Text.")
            + &article("late", LATER, "Text.")
            + "-- templates/article.html --\n<p>{{ article.extra.place }}\n"),
        &["template-render templates/article.html:1:21"],
    );
    assert_foretold(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nemail: {from: desk@test.example}\n\
         -- content/briefings/2023-10-19.md --\n---\ndate: 2023-10-19\n---\nText.\n\
         -- templates/email.html --\n<p>{{ nothing }}\n",
        &["template-render templates/email.html:1:7"],
    );
}

#[test]
fn stories_that_never_meet_are_no_alarm_and_the_later_of_two_gives_the_date() {
    let first = "date: 2023-10-16\nslug: talks\nexpires: 2023-10-19";
    let site = SiteTest::new(article("a", first, "Text.") + &article("b", &format!("{LATER}\nslug: talks"), "Text."));
    site.build_clean();
    let site = SiteTest::new(
        article("a", "date: 2023-10-16\nslug: talks\nembargo: 2023-10-19\nexpires: 2023-10-21", "Text.")
            + &article("b", "date: 2023-10-16\nslug: talks\nembargo: 2023-10-20 06:00", "Text.")
            + &article("c", "date: 2023-10-16\nembargo: 2023-10-25", "Text."),
    );
    let report = site.build_and_compare().built.report;
    assert_eq!(problems(&report), ["warning: route-conflict content/articles/a.md:4:7"], "b will be the newer one");
    let message = &report.diagnostics()[0].message;
    let ends = "when `content/articles/b.md` appears (2023-10-20 06:00 +00:00), this will be an error";
    assert!(message.ends_with(ends), "{message}");
    // One that is shown in a preview already.
    let preview = SiteTest::new(article("a", LATER, "[a](nowhere.md)")).previewing(false, true);
    assert_eq!(problems(&preview.try_build().report), ["error: broken-link content/articles/a.md:6:1"]);
}

#[test]
fn what_is_wrong_now_and_then_is_said_once() {
    let site = SiteTest::new(
        article("live", "date: 2023-10-16", "[a](nowhere.md)") + &article("late", LATER, "[a](nowhere.md)"),
    );
    assert_eq!(
        problems(&site.try_build().report),
        ["warning: broken-link content/articles/late.md:6:1", "error: broken-link content/articles/live.md:5:1"]
    );
}

#[test]
fn drafts_are_noted_by_check_alone_and_of_errors_alone() {
    let site = SiteTest::new(
        article("live", "date: 2023-10-16\nslug: talks", "Text.")
            + &article("draft", "date: 2023-10-16\ndraft: true\nslug: talks", "[a](nowhere.md) and ![c](c.png)"),
    );
    site.build_clean();
    let report = pipeline::check(&site.request()).1;
    assert_eq!(
        problems(&report),
        [
            "note: broken-link content/articles/draft.md:7:1",
            "note: missing-image content/articles/draft.md:7:21",
            "note: route-conflict content/articles/live.md:4:7",
        ]
    );
    assert!(report.diagnostics()[0].message.ends_with("; when the draft is published, this will be an error"));
}

#[test]
fn an_address_that_will_be_lost_is_told_while_it_is_answered() {
    let daily = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nbriefings: daily\n";
    let special = |head: &str| {
        format!("-- content/briefings/2023-10-16-special.md --\n---\ndate: 2023-10-16\n{head}---\nText.\n")
    };
    // A written edition of its own name takes the place of a composed one.
    let mut site = SiteTest::new(daily.to_owned() + &article("live", "date: 2023-10-16", "Text."));
    pipeline::lock(&site.request()).0.expect("a list");
    site.write_all(&special("embargo: 2023-10-19\n"));
    let waiting = site.build_and_compare().built.report;
    assert_eq!(problems(&waiting), ["warning: lost-url urls.lock:9:1"], "{}", describe(&waiting));
    let message = &waiting.diagnostics()[0].message;
    let end =
        "; when `content/briefings/2023-10-16-special.md` appears (2023-10-19 00:00 +00:00), this will be an error";
    assert!(message.starts_with("`/briefings/2023-10-16/` was published") && message.ends_with(end), "{message}");
    site.set_now("2023-10-19T00:00:00Z");
    assert_eq!(problems(&site.try_build().report), ["error: lost-url urls.lock:9:1"]);
    // An edition that a story fills until it expires keeps its address without it.
    let mut site = SiteTest::new(
        daily.to_owned()
            + &article("live", "date: 2023-10-16\nexpires: 2023-10-19", "Text.")
            + &article("other", "date: 2023-10-15", "Text."),
    );
    pipeline::lock(&site.request()).0.expect("a list");
    site.write_all(&special("draft: true\n"));
    for now in ["2023-10-18T12:00:00Z", "2023-10-19T00:00:00Z"] {
        site.set_now(now);
        assert_eq!(site.build_and_compare().problems(), [""; 0], "{now}");
    }
    assert!(site.build().main("/briefings/2023-10-16/").contains("There are no stories here"));
}
