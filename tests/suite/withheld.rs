//! Withheld is withheld: no byte of the output knows of a draft, or of what is under embargo, in the future or expired.

use dateline::base::date::{Moment, Zone};
use dateline::pipeline;
use dateline::site::{Preview, WithheldReason};

use crate::site_test::{SiteTest, article, assert_in_order, describe, short};

/// An article that is marked wherever it could leave a trace: file, title, summary, text, topics, people, thread,
/// alias, picture, anchor.
fn marked(mark: &str, head: &str) -> String {
    format!(
        "-- content/articles/{mark}/index.md --\n---\ntitle: Title {mark}\nsummary: Summary {mark}\nslug: slug-{mark}\n{head}\n\
         section: Section {mark}\ntopics: [Topic {mark}, ICC]\nauthors: [Author {mark}]\nthread: Thread {mark}\naliases: [/alias-{mark}/]\n\
         key_points: [Point {mark}]\nimage: {{src: {mark}.svg, alt: Alt {mark}}}\nextra: {{key: {mark}}}\n---\n## Heading {mark}\n\nBody {mark}.\n\
         -- content/articles/{mark}/{mark}.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>{mark}</desc></svg>\n"
    )
}

const SHOWN: &str = "-- content/articles/shown.md --\n---\ntitle: Shown\ndate: 2023-10-17\ntopics: [ICC]\nauthors: [World desk]\n---\nText.\n";

/// Fails when a file of the output, or its name, contains `mark` in any case.
#[track_caller]
fn assert_no_trace(site: &SiteTest, mark: &str) {
    for (file, bytes) in site.tree() {
        assert!(!file.to_lowercase().contains(mark), "{file}");
        assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains(mark), "{file} knows of {mark}");
    }
}

#[test]
fn no_byte_of_the_output_knows_of_what_is_withheld() {
    let marks = [
        ("markdraft", "date: 2023-10-16\ndraft: true", WithheldReason::Draft),
        ("markembargo", "date: 2023-10-16\nembargo: 2023-10-18T12:00:01Z", WithheldReason::Embargoed),
        ("markfuture", "date: 2023-10-18T12:00:01Z", WithheldReason::Scheduled),
        ("markexpired", "date: 2023-10-16\nexpires: 2023-10-18T12:00:00Z", WithheldReason::Expired),
    ];
    let site = SiteTest::new(SHOWN);
    for (mark, head, _) in marks {
        site.write_all(&marked(mark, head));
    }
    site.write_all(
        "-- content/briefings/2023-10-18.md --\n---\ntitle: Title markedition\ndate: 2023-10-18\ndraft: true\n---\nIntro markedition.\n\n## Item markedition {topics=markedition}\n\nText markedition.\n\
         -- content/briefings/2023-10-19.md --\n---\ntitle: Title markedition\ndate: 2023-10-17\nembargo: 2023-10-19\n---\nIntro markedition.\n\
         -- content/pages/markpage.md --\n---\ntitle: Title markpage\ndraft: true\n---\nText markpage.\n",
    );
    let output = site.build_clean();
    for mark in marks.map(|(mark, ..)| mark).into_iter().chain(["markedition", "markpage"]) {
        assert_no_trace(&site, mark);
    }
    let prepared = output.built.prepared.as_ref().expect("it was built");
    let mut said: Vec<_> = prepared
        .site()
        .withheld
        .iter()
        .filter(|w| w.path.starts_with("content/articles/"))
        .map(|w| (w.title.as_str(), w.reason))
        .collect();
    said.sort_unstable();
    let mut expected = marks.map(|(mark, _, reason)| (format!("Title {mark}"), reason));
    expected.sort();
    assert_eq!(said, expected.each_ref().map(|(title, reason)| (title.as_str(), *reason)));
    // The marks are where they are looked for: shown, each is in many files.
    let shown = site.at("2023-10-18T12:00:00Z").previewing(true, true);
    shown.build();
    for mark in ["markdraft", "markembargo", "markfuture", "markedition", "markpage"] {
        let tree = shown.tree();
        let holding = tree.values().filter(|bytes| String::from_utf8_lossy(bytes).contains(mark)).count();
        assert!(holding >= if mark == "markpage" { 2 } else { 3 }, "{mark} is in {holding} files");
    }
    assert_no_trace(&shown, "markexpired");
    // And gone again, the preview leaves nothing.
    let site = shown.previewing(false, false);
    site.build_and_compare();
    for (mark, ..) in marks {
        assert_no_trace(&site, mark);
    }
}

#[test]
fn what_waits_appears_in_its_very_second_and_what_expires_goes_in_its_own() {
    for (head, live, gone) in [
        ("date: 2023-10-18 06:00", "2023-10-18T06:00:00+08:00", None),
        ("date: 2023-10-18", "2023-10-18T00:00:00+08:00", None),
        ("date: 2023-10-17\nembargo: 2023-10-18T06:00:00+02:00", "2023-10-18T12:00:00+08:00", None),
        ("date: 2023-10-18 09:00\nembargo: 2023-10-18 06:00", "2023-10-18T09:00:00+08:00", None),
        ("date: 2023-10-18 06:00\nexpires: 2023-10-19", "2023-10-18T06:00:00+08:00", Some("2023-10-19T00:00:00+08:00")),
    ] {
        let mut site = SiteTest::new(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Asia/Shanghai\n".to_owned()
                + &article("visit", head, "MARK"),
        );
        let route = if head.contains("2023-10-17") { "/2023/10/17/visit/" } else { "/2023/10/18/visit/" };
        let mut look = |at: &str, seconds: i64, is_there: bool| {
            let at =
                Moment::parse(at, &Zone::utc()).expect("a date").instant() + jiff::SignedDuration::from_secs(seconds);
            site.set_now(&at.to_string());
            let output = site.build();
            assert_eq!(output.exists(route), is_there, "{head} at {at}");
            let known = site.tree().values().any(|bytes| String::from_utf8_lossy(bytes).contains("/visit/"));
            assert_eq!(known, is_there, "{head} at {at}");
        };
        look(live, -1, false);
        look(live, 0, true);
        look(live, 1, true);
        if let Some(gone) = gone {
            look(gone, -1, true);
            look(gone, 0, false);
        }
    }
}

#[test]
fn a_link_to_what_is_withheld_is_plain_text_with_a_warning_until_it_is_live() {
    let mut site = SiteTest::new(
        article("visit", "date: 2023-10-17", "See [the *talks*](talks.md#where), [[talks]], [[talks|these]] and ![map](map.md).\n\nSee [the map](/2023/10/19/talks/).")
            .replace(" and ![map](map.md)", "")
            + &article("talks", "date: 2023-10-19", "## Where\n\nText."),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        [
            "withheld-link content/articles/visit.md:5:5",
            "withheld-link content/articles/visit.md:5:36",
            "withheld-link content/articles/visit.md:5:47",
            "withheld-link content/articles/visit.md:7:5",
        ],
        "{}",
        describe(&output.built.report)
    );
    let main = output.main("/2023/10/17/visit/");
    assert_in_order(&main, &["<p>See the <em>talks</em>, …, these.</p>"]);
    assert_in_order(&main, &["<p>See the map.</p>"]);
    assert!(
        !main.contains("Title of talks") && !main.contains("/talks/"),
        "a withheld headline is withheld, and its address"
    );
    assert!(!main.contains("withheld"), "and that there is something to come");
    site.set_now("2023-10-19T00:00:00Z");
    let output = site.build_clean();
    assert_in_order(
        &output.main("/2023/10/17/visit/"),
        &[
            "<a href=\"/2023/10/19/talks/#where\">the <em>talks</em></a>",
            "<a href=\"/2023/10/19/talks/\">Title of talks</a>",
            "<a href=\"/2023/10/19/talks/\">these</a>",
        ],
    );
}

#[test]
fn files_beside_a_withheld_story_wait_with_it() {
    let mut site = SiteTest::new(SHOWN.to_owned() + &marked("markfuture", "date: 2023-10-19"));
    site.write("content/articles/markfuture/data/table.csv", "markfuture");
    assert_no_trace(
        &{
            site.build_clean();
            site
        },
        "markfuture",
    );
    site = SiteTest::new(SHOWN.to_owned() + &marked("markfuture", "date: 2023-10-19")).at("2023-10-19T00:00:00Z");
    site.write("content/articles/markfuture/data/table.csv", "a,b");
    let output = site.build_clean();
    assert!(output.exists("/2023/10/19/slug-markfuture/markfuture.svg"));
    assert_eq!(output.file("/2023/10/19/slug-markfuture/data/table.csv"), "a,b");
}

/// When a site says that it next changes by itself.
fn next_change(literal: &str) -> Option<String> {
    let site = SiteTest::new(literal);
    let built = site.build().built;
    built.prepared.expect("it was built").site().next_change().map(|at| at.instant().to_string())
}

#[test]
fn the_next_change_is_the_first_instant_at_which_something_appears_or_goes() {
    assert_eq!(next_change(SHOWN), None);
    assert_eq!(next_change(&article("a", "date: 2023-10-20", "")).as_deref(), Some("2023-10-20T00:00:00Z"));
    assert_eq!(next_change(&article("a", "date: 2023-10-20\ndraft: true", "")), None, "a draft waits for its author");
    assert_eq!(
        next_change(&article("a", "date: 2023-10-17\nexpires: 2023-10-21", "")).as_deref(),
        Some("2023-10-21T00:00:00Z")
    );
    assert_eq!(next_change(&article("a", "date: 2023-10-17\nexpires: 2023-10-18", "")), None, "it is gone already");
    let two = article("a", "date: 2023-10-17\nembargo: 2023-10-25 06:00", "")
        + &article("b", "date: 2023-10-24\nexpires: 2023-10-30", "");
    assert_eq!(next_change(&two).as_deref(), Some("2023-10-24T00:00:00Z"));
    let later = article("a", "date: 2023-10-20\nembargo: 2023-10-25", "");
    assert_eq!(next_change(&later).as_deref(), Some("2023-10-25T00:00:00Z"), "nothing changes on the day of its date");
    let edition = "-- content/briefings/2023-10-19.md --\n---\ndate: 2023-10-19 07:00\n---\nText.\n";
    assert_eq!(next_change(edition).as_deref(), Some("2023-10-19T07:00:00Z"));
}

#[test]
fn a_preview_shows_what_it_is_asked_for_and_marks_it() {
    let literal = SHOWN.to_owned()
        + &article("a-draft", "date: 2023-10-16\ndraft: true\ntopics: [ICC]", "Text.")
        + &article("scheduled", "date: 2033-10-16\ntopics: [ICC]", "Text.")
        + &article("embargoed", "date: 2023-10-16\nembargo: 2033-10-16\ntopics: [ICC]", "Text.")
        + &article("draft-too", "date: 2033-10-16\ndraft: true\ntopics: [ICC]", "Text.");
    let slugs = |drafts: bool, future: bool| {
        let site = SiteTest::new(&literal).previewing(drafts, future);
        let output = site.build_clean();
        let mut slugs: Vec<String> = output
            .headlines("/topics/icc/")
            .iter()
            .map(|line| line.split('/').nth(4).expect("a slug").to_owned())
            .collect();
        slugs.sort();
        let site = output.built.prepared.as_ref().expect("it was built").site();
        let marks: Vec<_> = site.articles.iter().filter_map(|article| article.preview).collect();
        (slugs, marks, output.file("/topics/icc/"))
    };
    assert_eq!(slugs(false, false).0, ["shown"]);
    let (drafts, marks, _) = slugs(true, false);
    assert_eq!(drafts, ["a-draft", "draft-too", "shown"]);
    assert_eq!(marks, [Preview::Draft, Preview::Draft]);
    let (future, marks, _) = slugs(false, true);
    assert_eq!(future, ["embargoed", "scheduled", "shown"]);
    assert_eq!(marks, [Preview::Embargoed, Preview::Scheduled], "of one instant, by address");
    let (all, _, list) = slugs(true, true);
    assert_eq!(all, ["a-draft", "draft-too", "embargoed", "scheduled", "shown"]);
    assert_eq!(list.matches("<span class=\"mark-preview\">").count(), 4);
    let site = SiteTest::new(&literal).previewing(true, true);
    let page = site.build_clean().main("/2023/10/16/embargoed/");
    assert_in_order(
        &page,
        &["<strong>Embargoed.</strong> You are looking at a preview.", "<span class=\"mark-preview\">Embargoed</span>"],
    );
}

#[test]
fn a_story_leaves_no_trace_once_it_is_withheld_again() {
    let site = SiteTest::new(SHOWN.to_owned() + &marked("markdraft", "date: 2023-10-16"));
    site.build_clean();
    site.write_all(&marked("markdraft", "date: 2023-10-16\ndraft: true"));
    let (_, _, removed) = site.build_and_compare().changes();
    assert_no_trace(&site, "markdraft");
    for route in [
        "/2023/10/16/slug-markdraft/",
        "/2023/10/16/slug-markdraft/markdraft.svg",
        "/alias-markdraft/",
        "/topics/topic-markdraft/",
    ] {
        assert!(removed.iter().any(|gone| gone == route), "{route}");
    }
}

#[test]
fn nothing_is_published_when_something_is_withheld_and_that_is_denied() {
    let site = SiteTest::new(SHOWN.to_owned() + &marked("markdraft", "date: 2023-10-16\ndraft: true"));
    let mut how = site.how(site.public());
    how.deny.withheld = true;
    let built = pipeline::build(&site.request(), &how);
    assert!(built.summary.is_none() && !site.public().exists());
}

/// All files of the output with their bytes: the private ones too.
fn everything(site: &SiteTest) -> Vec<(String, Vec<u8>)> {
    let private = crate::site_test::tree(&site.public().join(".dateline/private"));
    site.tree().into_iter().chain(private).collect()
}

#[test]
fn an_embargo_holds_to_the_second_in_every_output_there_is() {
    let config = "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nmarkdown_twins: true\nbriefings: daily\nfeeds: {formats: [atom, rss, json]}\n";
    let head = "date: 2023-10-18T01:00:00Z\nembargo: 2023-10-18T06:00:00Z\nupdates: [{at: 2023-10-18T02:00:00Z, kind: correction, text: Fix markembargo}]\naudio: markembargo.mp3";
    let mut site = SiteTest::new(config.to_owned() + SHOWN + &marked("markembargo", head));
    site.write("content/articles/markembargo/markembargo.mp3", "markembargo");
    site.write(
        "content/briefings/2023-10-17.md",
        "---\ndate: 2023-10-17\nstories: [../articles/markembargo/index.md]\n---\nIntro, see [[slug-markembargo]].\n",
    );
    site.set_now("2023-10-18T05:59:59Z");
    site.build();
    pipeline::lock(&site.request());
    let lock = std::fs::read_to_string(site.root().join("urls.lock")).expect("it was written");
    assert!(!lock.contains("markembargo"), "{lock}");
    site.build_and_compare();
    for (file, bytes) in everything(&site) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!file.contains("markembargo") && !text.contains("markembargo"), "{file} is too early");
    }
    site.set_now("2023-10-18T06:00:00Z");
    site.build_and_compare();
    let told: Vec<String> = everything(&site)
        .into_iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("slug-markembargo"))
        .map(|(file, _)| file)
        .collect();
    for file in [
        "index.html",
        "2023/10/18/slug-markembargo/index.html",
        "2023/10/18/slug-markembargo/index.md",
        "feed.xml",
        "rss.xml",
        "feed.json",
        "topics/icc/index.html",
        "topics/icc/feed.json",
        "threads/thread-markembargo/feed.xml",
        "briefings/2023-10-17/index.html",
        "briefings/2023-10-18/index.html",
        "briefings/feed.xml",
        "archive/2023/10/index.html",
        "corrections/index.html",
        "corrections/feed.xml",
        "news-sitemap.xml",
        "sitemap-2023.xml",
        "llms.txt",
        "_redirects",
        "hosting/nginx.conf",
        "hosting/Caddyfile",
    ] {
        assert!(told.iter().any(|name| name == file), "{file} in {told:#?}");
    }
}

#[test]
fn the_audit_finds_what_other_stories_and_templates_tell() {
    let secret = "-- content/articles/deal.md --\n---\ntitle: Ministers sign the secret deal\nslug: the-secret-deal\ndate: 2023-10-17\nembargo: 2099-01-01\n---\nText.\n";
    let teller = article("teller", "date: 2023-10-16", "Soon: “Ministers sign the secret deal”.");
    let site = SiteTest::new(secret.to_owned() + &teller);
    // What an author of something public has typed is a warning, there.
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["withheld-leak content/articles/teller.md:5:8"]);
    let message = &output.built.report.diagnostics()[0].message;
    assert!(message.contains("`content/articles/deal.md`") && message.contains("embargoed"), "{message}");
    assert_eq!(site.problems(), ["withheld-leak content/articles/teller.md:5:8"], "`check` finds it too");
    // A template that prints it.
    site.write_all(&article("teller", "date: 2023-10-16", "Text."));
    site.write(
        "templates/page.html",
        "{% extends \"builtin/page.html\" %}{% block main %}the-secret-deal{% endblock main %}",
    );
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    let built = site.try_build();
    assert_eq!(
        built.report.diagnostics().iter().map(short).collect::<Vec<_>>(),
        ["withheld-leak templates/page.html:1:50"]
    );
    assert!(built.summary.is_none(), "nothing is published");
    // A static file.
    site.remove("templates/page.html");
    site.write("static/note.txt", "Yes,\nsee /2023/10/17/the-secret-deal/");
    assert_eq!(site.build_and_compare().problems(), ["withheld-leak static/note.txt:2:5"]);
    site.remove("static/note.txt");
    site.build_clean();
}

#[test]
fn what_stands_is_searched_again_when_something_else_is_withheld() {
    let site = SiteTest::new(
        article("teller", "date: 2023-10-16", "Soon: “Ministers sign the secret deal”.")
            + &article("other", "date: 2023-10-15", "T."),
    );
    site.build_clean();
    site.write(
        "content/articles/deal.md",
        "---\ntitle: Ministers sign the secret deal\ndate: 2023-10-17\ndraft: true\n---\nText.\n",
    );
    let output = site.build_and_compare();
    let told = ["withheld-leak content/articles/teller.md:5:8"];
    assert_eq!(output.problems(), told, "although the page that tells it is not made again");
    site.write("content/articles/other.md", "---\ntitle: Other words\ndate: 2023-10-15\n---\nText.\n");
    assert_eq!(site.build_and_compare().problems(), told, "and again, when nothing of it has changed");
    // A short headline may be a coincidence.
    site.write("content/articles/deal.md", "---\ntitle: secret deal\ndate: 2023-10-17\ndraft: true\n---\nText.\n");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["withheld-leak content/articles/teller.md:5:27"]);
    // What is public under the same name is no secret.
    site.write("content/articles/other.md", "---\ntitle: The secret deal explained\ndate: 2023-10-15\n---\nText.\n");
    site.build_clean();
}

/// A site with one embargoed story, and the text of a public one.
fn telling(title: &str, body: &str) -> SiteTest {
    SiteTest::new(format!(
        "-- content/articles/deal.md --\n---\ntitle: {title}\nslug: the-secret-deal\ndate: 2023-10-17\nembargo: 2099-01-01\n---\nText.\n\
         -- content/articles/teller.md --\n---\ntitle: Teller\nsummary: Summary.\ndate: 2023-10-16\n---\n\n\n{body}\n"
    ))
}

#[test]
fn no_spelling_of_a_withheld_headline_escapes_the_audit() {
    let title = "'Minister''s “letter” -- closes Übersee port...'";
    for body in [
        "Minister's \"letter\" -- closes Übersee port...",
        "minister’s letter – closes übersee port…",
        "MINISTER'S LETTER CLOSES ÜBERSEE PORT",
        "Minister's  letter closes\nÜbersee port",
        "Minister's\u{a0}letter closes U\u{308}bersee port",
        "Minister's *letter* closes **Übersee** port",
        "Minister's [letter](https://x.example/) closes &Uuml;bersee port",
        "Mini\u{ad}ster&rsquo;s letter <em>closes</em> Übersee p<b>or</b>t",
        "> Minister's letter\n> closes Übersee port",
    ] {
        let site = telling(title, body);
        let told: Vec<String> = site.build_and_compare().problems();
        assert_eq!(told.len(), 1, "{body}: {told:?}");
        assert!(told[0].starts_with("withheld-leak content/articles/teller.md:8:"), "{body}: {told:?}");
    }
    for body in ["The minister's letter opens Übersee port", "Minister's letter, which closes Übersee port"] {
        assert_eq!(telling(title, body).build_and_compare().problems(), [""; 0], "{body}");
    }
}

#[test]
fn what_the_desk_typed_for_all_pages_is_an_error_whoever_else_typed_it() {
    let words = "Ministers sign the secret deal";
    let site = telling(words, &format!("Soon: {words}."));
    site.write("templates/base.html", format!(
        "{{% extends \"builtin/base.html\" %}}\n{{# {words} #}}\n{{% block footer %}}<p>{words}</p>{{% endblock footer %}}"
    ));
    let config = "title: The Test\nbase_url: https://test.example\n";
    site.write("dateline.yaml", format!("{config}# {words}\ndescription: \"Today: {words}\"\n"));
    let built = site.try_build();
    assert!(built.summary.is_none(), "nothing is published");
    let told: Vec<_> =
        built.report.diagnostics().iter().map(|problem| (problem.severity.to_string(), short(problem))).collect();
    assert_eq!(
        told,
        [
            ("warning".to_owned(), "withheld-leak content/articles/teller.md:8:7".to_owned()),
            ("error".to_owned(), "withheld-leak dateline.yaml:4:22".to_owned()),
            ("error".to_owned(), "withheld-leak templates/base.html:3:22".to_owned()),
        ]
    );
}

#[test]
fn a_short_headline_hides_no_long_one_that_begins_with_it() {
    let site =
        telling("Port talks collapse after minister resigns", "We tell: Port talks collapse after minister resigns.");
    site.write_all("-- content/articles/a.md --\n---\ntitle: Port talks\ndate: 2023-10-01\ndraft: true\n---\nText.\n");
    let output = site.build_and_compare();
    let told: Vec<&str> = output.built.report.diagnostics().iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "this names the headline of `content/articles/a.md`, which is withheld (draft): `Port talks`",
            "this names the headline of `content/articles/deal.md`, which is withheld (embargoed): `Port talks collapse after minister resigns`",
        ]
    );
    // The same from a template is the program's own, and an error.
    site.write("content/articles/teller.md", "---\ntitle: Teller\ndate: 2023-10-16\n---\nText.\n");
    site.write(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}{% block main %}Port <i>talks</i> collapse\nafter minister resigns{% endblock main %}",
    );
    let report = site.try_build().report;
    let told: Vec<_> =
        report.diagnostics().iter().map(|problem| (problem.severity.to_string(), short(problem))).collect();
    assert_eq!(
        told,
        [
            ("warning".to_owned(), "withheld-leak templates/article.html:1:53".to_owned()),
            ("error".to_owned(), "withheld-leak templates/article.html:1:53".to_owned()),
        ]
    );
}

#[test]
fn other_addresses_and_longer_names_are_no_mention() {
    for body in [
        "<https://other.example/2023/10/17/the-secret-deal/>",
        "See https://other.example/the-secret-deal and other.example/the-secret-deal/.",
        "Mail the-secret-deal@other.example or [him](mailto:the-secret-deal@other.example).",
        "`not-the-secret-deal` and the-secret-deal-2, the-secret-deals.",
        "## The secret deal\n\nSee [above](#the-secret-deal).",
        "Text {#the-secret-deal}",
        "<https://other.example/2023/ministers-sign-it-at-last/>",
        "[Them](//other.example/ministers_sign_it_at_last.html), other.example/x/ministers-sign-it-at-last",
    ] {
        assert_eq!(telling("Ministers sign it at last", body).build_and_compare().problems(), [""; 0], "{body}");
    }
    let mentions = "The-secret-deal is at `https://test.example/2023/10/17/the-secret-deal/` and \n`/2023/10/17/the-secret-deal/`.";
    let site = telling("Ministers sign it at last", mentions);
    let output = site.build_and_compare();
    assert_eq!(output.problems(), ["withheld-leak content/articles/teller.md:8:1"], "one for the pair");
    let problem = &output.built.report.diagnostics()[0];
    assert!(problem.message.starts_with("this names the address and the name in addresses of"), "{}", problem.message);
    assert!(problem.help.as_ref().is_some_and(|help| help.contains("also at 8:44, 9:2")), "{:?}", problem.help);
    // What is said to another host is said by this site.
    let shared = "[Share](https://other.example/share?text=Ministers+sign+it+at+last)";
    assert_eq!(telling("Ministers sign it at last", shared).build_and_compare().problems().len(), 1);
    // References are the program's to resolve.
    let site =
        telling("Ministers sign it at last", "See [[the-secret-deal]], [[the-secret-deal|it]] and [it](deal.md).");
    assert!(site.build_and_compare().problems().iter().all(|problem| problem.starts_with("withheld-link")));
}

#[test]
fn what_authors_typed_stops_a_build_where_that_is_asked_for() {
    let site = telling("Ministers sign the secret deal", "Soon: ministers sign the secret deal.");
    let publish = |withheld: bool, mentions: bool| {
        let mut how = site.how(site.public());
        (how.deny.withheld, how.deny.mentions) = (withheld, mentions);
        pipeline::build(&site.request(), &how)
    };
    for (withheld, mentions) in [(true, false), (false, true)] {
        let built = publish(withheld, mentions);
        assert!(built.report.has_errors() && built.summary.is_none());
        assert_eq!(short(&built.report.diagnostics()[0]), "withheld-leak content/articles/teller.md:8:7");
    }
    assert!(publish(false, false).summary.is_some());
    site.write_all(&article("teller", "date: 2023-10-16", "Text."));
    let built = publish(false, true);
    assert!(built.summary.is_some() && built.report.is_empty(), "that something is withheld is no mention");
}

#[test]
fn large_static_files_are_searched_whole() {
    let site = telling("Ministers sign the secret deal", "Text.");
    let mut large = vec![b'x'; 262_144 - 9];
    large.extend_from_slice(b" ministers sign the\nsecret deal");
    large.resize(700_000, b' ');
    site.write("static/large.bin", &large);
    assert_eq!(site.build_and_compare().problems(), ["withheld-leak static/large.bin:1:262137"]);
    site.write("static/large.bin", vec![0xff; 700_000]);
    site.build_clean();
}

#[test]
fn static_files_are_searched_in_any_encoding() {
    let site = telling("Ministers sign the secret café deal", "Text.");
    let text = "One.\nMinisters sign the secret café deal.\n";
    let units = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let marked = format!("\u{feff}{text}");
    for bytes in [units(&marked, false), units(&marked, true), units(text, false), units(text, true)] {
        site.write("static/note.html", bytes);
        assert_eq!(site.build_and_compare().problems(), ["withheld-leak static/note.html:2:1"]);
    }
    // Across the border of two windows, of which only the first has the mark.
    let long = format!("\u{feff}{}{text}", "x ".repeat(65_530));
    site.write("static/note.html", units(&long, true));
    assert_eq!(site.build_and_compare().problems(), ["withheld-leak static/note.html:2:1"]);
    // Windows-1252, whose places cannot be counted in characters.
    site.write("static/note.html", b"Ministers sign the secret caf\xe9 deal".as_slice());
    assert_eq!(site.build_and_compare().problems(), ["withheld-leak static/note.html"]);
    site.write("static/note.html", units("Ministers sign the café deal", false));
    site.build_clean();
}

#[test]
fn a_story_that_expires_stops_no_build() {
    let config =
        "title: The Test\nbase_url: https://test.example\nnavigation: [{title: Visit, url: /2023/10/17/visit/}]\n";
    let mut site = SiteTest::new(article("visit", "date: 2023-10-17\nexpires: 2023-10-20", "Text.") + SHOWN);
    site.write("dateline.yaml", config);
    site.write("static/note.txt", "/2023/10/17/visit/");
    site.build_clean();
    site.set_now("2023-10-21");
    let mut problems = site.build_and_compare().problems();
    problems.sort();
    assert_eq!(problems, ["withheld-leak dateline.yaml:3:34"], "a warning, and of two reasons the better");
}

#[test]
fn pictures_and_sound_of_a_withdrawn_story_go_unless_another_shows_them() {
    let head = "title: Visit\ndate: 2023-10-16\nimage: {src: p.svg, alt: P}\naudio: s.mp3";
    let story = |more: &str| format!("---\n{head}\n{more}---\nText ![q](q.svg).\n");
    let site = SiteTest::new(SHOWN);
    for file in ["p.svg", "q.svg", "s.mp3", "notes.csv"] {
        site.write(&format!("content/articles/visit/{file}"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    site.write("content/articles/visit/index.md", story(""));
    site.write("content/articles/other.md", "---\ntitle: Other\ndate: 2023-10-15\n---\n![q](visit/q.svg)\n");
    let files = |site: &SiteTest| -> Vec<String> {
        site.tree().into_keys().filter(|file| file.starts_with("2023/10/1") && !file.ends_with("/index.html")).collect()
    };
    site.build();
    assert_eq!(files(&site).len(), 5, "{:?}", files(&site));
    let withdrawn = "updates: [{at: 2023-10-17, kind: withdrawn, text: Not true.}]\n";
    site.write("content/articles/visit/index.md", story(withdrawn));
    let output = site.build_and_compare();
    assert_eq!(files(&site), ["2023/10/15/other/visit/q.svg"]);
    let notice = output.file("/2023/10/16/visit/");
    let picture = ["p.svg", "q.svg", "s.mp3"].into_iter().find(|file| notice.contains(file));
    assert!(notice.contains("Not true.") && picture.is_none(), "{picture:?} in {notice}");
}

/// A site with a folder of its own under embargo, and a public story with `body` beside it.
fn beside(head: &str, body: &str) -> SiteTest {
    SiteTest::new(format!(
        "-- content/articles/the-secret-deal/index.md --\n---\ntitle: Ministers sign it at last\ndate: 2023-10-17\nembargo: 2099-01-01\naliases: [/old/plain-alias/, /früher/]\n---\nText.\n\
         -- content/articles/the-secret-deal/plan.pdf --\nplan\n\
         -- content/articles/the-secret-deal/p.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n\
         -- content/articles/the-secret-deal/s.mp3 --\nsound\n\
         -- content/articles/teller.md --\n---\ntitle: Teller\nsummary: Summary.\ndate: 2023-10-16\n{head}---\n{body}\n"
    ))
}

#[test]
fn files_beside_a_withheld_story_are_published_by_no_other() {
    for (head, body) in [
        ("", "[y](the-secret-deal/plan.pdf)"),
        ("", "![x](the-secret-deal/p.svg)"),
        ("", "<img src=\"the-secret-deal/p.svg\" alt=\"x\"> <a href=\"the-secret-deal/plan.pdf\">y</a>"),
        ("", "![x](/2023/10/17/the-secret-deal/p.svg)"),
        ("image: {src: the-secret-deal/p.svg, alt: x}\n", "Text."),
        ("audio: the-secret-deal/s.mp3\n", "Text."),
    ] {
        let site = beside(head, body);
        let output = site.build_and_compare();
        let told = output.problems();
        assert!(
            !told.is_empty()
                && told.iter().all(|problem| problem.starts_with("withheld-link content/articles/teller.md:")),
            "{body}: {told:?}"
        );
        assert_no_trace(&site, "secret-deal");
    }
}

#[test]
fn no_form_of_a_link_leads_to_a_withheld_story() {
    for link in [
        "[x](/2023/10/17/the-secret-deal)",
        "[x](/2023/10/17/the-secret-deal/index.html)",
        "[x](/2023/10/17/the-secret-deal?x=1#y)",
        "[x](/2023/10/17/the-secret-deal/p.svg)",
        "[x](/2023/10/17/%74he-secret-deal/)",
        "[x](/old/plain%2Dalias/)",
        "[x](/old/plain-alias)",
        "[x](/fru\u{308}her/)",
        "[x](/fr%C3%BCher/)",
        "[x](../../17/the-secret-deal/)",
        "[x](https://test.example/2023/10/17/the-secret-deal)",
        "[x](http://test.example/2023/10/17/the-secret-deal/)",
        "[x](HTTPS://Test.Example:443/2023/10/17/the-secret-deal/)",
        "[x](https://test.example./2023/10/17/the-secret-deal/)",
        "[x](//test.example/2023/10/17/the-secret-deal/)",
        "<a href=\"/2023/10/17/the-secret-deal\">x</a>",
        "<a href=\"../../17/the-secret-deal/\">x</a>",
    ] {
        let site = beside("", link);
        let told = site.build_and_compare().problems();
        assert_eq!(told.len(), 1, "{link}: {told:?}");
        assert!(told[0].starts_with("withheld-link content/articles/teller.md:6:"), "{link}: {told:?}");
        assert_no_trace(&site, "secret-deal");
        assert_no_trace(&site, "plain-alias");
    }
    // What is public answers although it looks like a part.
    let site = beside("", "[x](/2023/10/17/the-secret-deal/open.txt)");
    site.write("static/2023/10/17/the-secret-deal/open.txt", "open");
    let told = site.build_and_compare().problems();
    assert!(told.iter().all(|problem| !problem.starts_with("withheld-link")), "{told:?}");
}

#[test]
fn what_a_desk_wrote_for_hosts_is_typed_by_its_author() {
    for (file, text) in [
        ("_redirects", "/x /2023/10/17/the-secret-deal/ 301\n"),
        ("_headers", "/2023/10/17/the-secret-deal/\n  X-A: b\n"),
    ] {
        let site = beside("", "Text.");
        site.write(&format!("static/{file}"), text);
        let output = site.build_and_compare();
        let told = output.problems();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(&format!("withheld-leak static/{file}:1:")), "{told:?}");
        assert!(!output.built.report.has_errors());
    }
}

#[test]
fn a_file_that_is_called_as_a_withheld_story_tells_its_name() {
    for (file, body) in [
        ("static/the-secret-deal.svg", "Text."),
        ("static/img/the-secret-deal.v2.pdf", "Text."),
        ("content/articles/the-secret-deal.csv", "[x](the-secret-deal.csv)"),
    ] {
        let site = telling("Ministers sign it at last", body);
        site.write(file, "x");
        let output = site.build();
        assert!(!output.built.report.has_errors());
        let told = output.problems();
        assert!(told.contains(&format!("withheld-leak {file}")), "{file}: {told:?}");
    }
    let site = telling("Ministers sign it at last", "Text.");
    site.write("static/not-the-secret-deal.svg", "x").write("static/the-secret-deal-2.svg", "x");
    site.build_clean();
}

#[test]
fn headings_of_a_withheld_edition_are_secrets_and_rubrics_are_not() {
    let edition = |day: &str, head: &str, items: &str| {
        format!("-- content/briefings/{day}.md --\n---\ndate: {day}\n{head}---\nIntro.\n\n{items}")
    };
    let rubric = "## What to watch in the week ahead\n\nText.\n\n";
    let news = "## Ministers sign the secret harbour deal\n\nText.\n\n## Weather\n\nText.\n";
    let site = SiteTest::new(edition("2023-10-17", "", rubric));
    site.write_all(&edition("2023-10-18", "draft: true\n", &format!("{rubric}{news}")));
    let text = "Weather: rain. What to watch in the week ahead: more.";
    site.write_all(&article("a", "date: 2023-10-17", text));
    site.build_clean();
    site.write_all(&article(
        "a",
        "date: 2023-10-17",
        &format!("{text} Will ministers sign “the secret harbour deal”?"),
    ));
    let output = site.build();
    let said = describe(&output.built.report);
    assert!(said.contains("this names the heading of an item of `content/briefings/2023-10-18.md`"), "{said}");
    assert!(output.problems().iter().all(|problem| problem.starts_with("withheld-leak content/articles/a.md:5:")));
    // What the program would tell by itself is an error.
    site.write_all(&article("a", "date: 2023-10-17", text));
    site.write("templates/404.html", "Ministers sign the secret harbour deal");
    assert!(site.problems().iter().all(|problem| problem.starts_with("withheld-leak templates/404.html:1:")));
    assert!(site.try_build().report.has_errors());
}

#[test]
fn of_a_link_that_tells_its_target_one_problem_is_said() {
    for (body, expected) in [
        ("[Ministers sign it at last](deal.md)", "withheld-leak content/articles/teller.md:8:2"),
        ("[[the-secret-deal|Ministers sign it at last]]", "withheld-leak content/articles/teller.md:8:19"),
        ("<https://test.example/2023/10/17/the-secret-deal/>", "withheld-leak content/articles/teller.md:8:22"),
        ("[it](/2023/10/17/the-secret-deal/)", "withheld-link content/articles/teller.md:8:1"),
    ] {
        let site = telling("Ministers sign it at last", body);
        assert_eq!(site.build_and_compare().problems(), [expected], "{body}");
        assert_eq!(site.problems(), [expected], "{body}");
    }
    // What is left out of a text may stand in its description.
    let site = telling("Ministers sign it at last", "Text.");
    site.write(
        "content/articles/teller.md",
        "---\ntitle: T\ndate: 2023-10-16\n---\n<div>\n<!-- never\n\nThe-secret-deal.\n",
    );
    let expected = ["html-left-out content/articles/teller.md:6:1", "withheld-leak content/articles/teller.md:8:1"];
    assert_eq!(site.build_and_compare().problems(), expected);
    // That another author tells it makes no teller of one whose link is left out.
    let site = telling("Ministers sign it at last", "[it](/2023/10/17/the-secret-deal/)");
    site.write_all(&article("other", "date: 2023-10-16", "The-secret-deal is near."));
    site.write_all(
        "-- content/people/x.md --\n---\nname: X\nlinks: [{name: it, url: /2023/10/17/the-secret-deal/}]\n---\n",
    );
    assert_eq!(
        site.build_and_compare().problems(),
        [
            "withheld-leak content/articles/other.md:5:1",
            "withheld-link content/articles/teller.md:8:1",
            "withheld-link content/people/x.md:3:25",
        ]
    );
}

#[test]
fn an_author_who_typed_the_same_words_hides_nothing_that_stands_where_they_cannot_come_from_him() {
    let words = "Ministers sign the secret deal";
    // The template composes the words: they stand nowhere as such.
    let template = "{% extends \"builtin/page.html\" %}{% block main %}{{ \"Ministers sign the sec\" ~ \"ret deal\" }}{% endblock main %}";
    let told = |site: &SiteTest| -> Vec<String> {
        let report = site.try_build().report;
        report.diagnostics().iter().map(|problem| format!("{} {}", problem.severity, short(problem))).collect()
    };
    let warning = |line: u32| format!("warning withheld-leak content/articles/teller.md:{line}");
    let site = telling(words, &format!("Soon: {words}."));
    assert_eq!(told(&site), [warning(8) + ":7"], "the feed, the page and its twin are his");
    site.write("templates/404.html", template);
    assert_eq!(told(&site), ["error withheld-leak content/articles/deal.md".to_owned(), warning(8) + ":7"]);
    // Lists show what stands in the front matter.
    site.write(
        "content/articles/teller.md",
        format!("---\ntitle: Teller\nsummary: \"Soon: {words}\"\ndate: 2023-10-16\n---\nText.\n"),
    );
    assert_eq!(told(&site), ["error withheld-leak content/articles/deal.md".to_owned(), warning(3) + ":17"]);
    site.write("templates/404.html", "Nothing.");
    assert_eq!(told(&site), [warning(3) + ":17"]);
    // Where no such list stands, his words in the front matter are no excuse.
    let composed = "{{ \"Ministers sign the sec\" ~ \"ret deal\" }}";
    let error = || "error withheld-leak content/articles/deal.md".to_owned();
    for head in ["summary: \"Soon: WORDS\"", "summary: WORDS", "key_points: [WORDS]", "extra: {note: WORDS}", "# WORDS"]
    {
        let site = telling(words, "Text.");
        let head = head.replace("WORDS", words);
        site.write("content/articles/teller.md", format!("---\ntitle: Teller\n{head}\ndate: 2023-10-16\n---\nText.\n"));
        site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
        let before = told(&site);
        assert!(
            before.iter().all(|one| one.starts_with("warning withheld-leak content/articles/teller.md:3")),
            "{head}: {before:?}"
        );
        site.write(
            "templates/page.html",
            format!("{{% extends \"builtin/page.html\" %}}{{% block main %}}{composed}{{% endblock main %}}"),
        );
        let expected: Vec<String> = std::iter::once(error()).chain(before).collect();
        assert_eq!(told(&site), expected, "{head}");
    }
    // A template may ask for his story, on whatever page.
    let site = telling(words, "Text.");
    site.write(
        "content/articles/teller.md",
        format!("---\ntitle: Teller\nsummary: {words}\ndate: 2023-10-16\n---\nText.\n"),
    );
    site.write("templates/404.html", "{% for story in stories(limit=5) %}<a href=\"{{ story.url }}\">{{ story.title }}</a> {{ story.summary }}{% endfor %}");
    assert_eq!(told(&site), [warning(3) + ":10"]);
}

/// A page that is a draft.
fn draft_page(path: &str, aliases: &str) -> String {
    format!("-- content/pages/{path}.md --\n---\ntitle: Draft of {path}\ndraft: true\naliases: {aliases}\n---\nText.\n")
}

#[test]
fn tags_and_the_words_of_formats_are_no_addresses() {
    let words = [
        "docs",
        "link",
        "category",
        "content",
        "description",
        "language",
        "updated",
        "published",
        "item",
        "name",
        "id",
        "url",
        "uri",
        "author",
        "entry",
        "channel",
        "guid",
        "generator",
        "lastmod",
        "loc",
        "urlset",
        "sitemap",
        "feed",
        "rss",
        "files",
        "video",
        "code",
        "ifmodule",
        "filesmatch",
        "content-security-policy",
        "cache-control",
        "referrer-policy",
        "frame-ancestors",
        "x-content-type-options",
        "atom",
        "summary",
        "title",
        "image",
    ];
    let site = SiteTest::new(
        article(
            "story",
            "date: 2023-10-17\naliases: [/old.php]",
            "See `</code>` and `<video></video>`.\n\n    </docs>",
        ) + "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nmarkdown_twins: true\n",
    );
    for word in words {
        site.write_all(&draft_page(word, "[]"));
    }
    assert_eq!(site.problems(), [""; 0]);
    // Their addresses are still searched for.
    site.write("content/pages/open.md", "---\ntitle: Open\n---\nSee /docs/ and `/feed`.\n");
    assert_eq!(
        site.problems(),
        ["withheld-leak content/pages/open.md:4:5", "withheld-leak content/pages/open.md:4:17"]
    );
}

#[test]
fn a_withheld_page_is_not_told_by_a_public_page_in_its_folder() {
    let site = SiteTest::new(
        draft_page("guide", "[/manual/]")
            + &article("story", "date: 2023-10-17", "Text.")
            + "-- content/pages/guide/install.md --\n---\ntitle: Install\naliases: [/guide/setup/, /manual/one.html]\n---\n## Part\n\n\
               [Here](/guide/install/#part), [there](/guide/setup/), https://test.example/guide/install.\n\
               -- static/guide/plan.txt --\nSee /guide/plan.txt.\n\
               -- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nnavigation: [{title: Install, url: /guide/install/}]\n\
               gone: [/guide/past/]\nredirects: {/guide/feed/: /feed.xml}\n",
    );
    assert_eq!(site.problems(), [""; 0]);
    let output = site.build_and_compare();
    assert!(output.exists("/guide/install/") && !output.exists("/guide/"));
    assert!(output.main("/guide/install/").contains("<a href=\"/guide/setup/\">there</a>"));
    // Its own address tells, and so do files that would be its own.
    for told in ["/guide/", "/guide", "/guide/plan.pdf", "/manual/", "https://test.example/guide/#a"] {
        site.write("content/pages/open.md", format!("---\ntitle: Open\n---\nSee `{told}`.\n"));
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "{told}: {problems:?}");
        assert!(problems[0].starts_with("withheld-leak content/pages/open.md:4:"), "{told}: {problems:?}");
    }
    // With no public page in the folder, an address below it tells of it.
    site.remove("content/pages/guide/install.md");
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\n");
    site.remove("static/guide/plan.txt");
    site.write("content/pages/open.md", "---\ntitle: Open\n---\nSee `/guide/install/`.\n");
    assert_eq!(site.problems(), ["withheld-leak content/pages/open.md:4:6"]);
}
