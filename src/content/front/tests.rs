//! Tests of all kinds of front matter through their public functions.

use super::*;
use crate::base::date::Zone;
use crate::base::report::print::{self, Format};
use crate::base::report::{Diagnostic, Report};
use crate::config::{BaseUrl, Config};
use crate::content::head::{ArticleHead, Dateline, Status, StoryKind, TopicKind, UpdateKind};

const PATH: &str = "content/articles/visit.md";

fn config() -> Config {
    let mut config = Config::minimal("x", BaseUrl::new("https://a.example", ""));
    config.zone = Zone::new("Asia/Shanghai").expect("bundled");
    config
}

fn read(text: &str) -> (Option<ArticleHead>, Report) {
    let (head, report) = article(PATH, &split(PATH, text).expect("parts"), &config());
    (head.map(|(head, _)| head), report)
}

fn head(front: &str) -> ArticleHead {
    let (head, report) = read(&format!("---\ntitle: T\ndate: 2023-10-17\n{front}\n---\n"));
    assert!(report.is_empty(), "{front}: {:?}", lines(&report));
    head.expect("a head")
}

fn lines(report: &Report) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let place = problem.place.as_ref().expect("a place");
        let fix = problem.replacement.as_ref().map(|fix| format!(" → {fix}")).unwrap_or_default();
        format!("{}:{} {} {}{fix}", place.line, place.column, problem.code, problem.message)
    };
    report.diagnostics().iter().map(line).collect()
}

/// The problems of an article with a title and a date on lines 2 and 3.
fn problems(front: &str) -> Vec<String> {
    lines(&read(&format!("---\ntitle: T\ndate: 2023-10-17\n{front}\n---\n")).1)
}

#[test]
fn every_key_of_an_article_is_read() {
    let head = head(
        "short_title: S\nsummary: >\n  Two\n  lines.\nupdates:\n  - {at: 2023-10-18 09:30, kind: correction, text: Was wrong.}\n  - at: 2023-10-17 23:00\nupdated: 2023-10-19\nslug: a-b\ndateline: BEIJING, Oct 17 (Agency)\nauthors: Jane Roe\neditors: [A, B]\ncontributors:\n  - C\nkind: analysis\nsection: World\ntopics: [ICC, 2026, true, 1.10]\nstatus: developing\npriority: -3\nkey_points: [One, Two]\nfacts: [{label: Tons, value: 3.50, source: Port}]\nsources: [A paper, {name: B, url: \"https://b.example\"}, \"https://c.example/x\"]\nimage: {src: a.jpg, alt: A ship, credit: X}\naudio: a.mp3\nthread: talks\nembargo: 2023-10-17T06:00:00+02:00\nexpires: 2024-01-01\ndraft: true\ncanonical: https://o.example/x\nnoindex: true\naliases: [/old/, \"https://a.example/older.html\"]\nlang: pt-BR\ntranslation_of: ../x.md\nextra: {a: [1]}",
    );
    assert_eq!(head.summary.as_deref(), Some("Two lines."));
    let updates: Vec<_> =
        head.updates.iter().map(|u| (u.at.plain(&config().zone), u.kind, u.text.as_deref())).collect();
    assert_eq!(
        updates,
        [
            ("2023-10-17 23:00 +08:00".to_owned(), UpdateKind::Update, None),
            ("2023-10-18 09:30 +08:00".to_owned(), UpdateKind::Correction, Some("Was wrong.")),
            ("2023-10-19 00:00 +08:00".to_owned(), UpdateKind::Update, None),
        ]
    );
    assert_eq!(head.topics, ["ICC", "2026", "true", "1.10"]);
    assert_eq!((head.kind, head.status, head.priority), (StoryKind::Analysis, Some(Status::Developing), -3));
    assert_eq!(head.facts[0].value, "3.50");
    assert_eq!(head.sources[2].url.as_deref(), Some("https://c.example/x"));
    assert_eq!(head.aliases.iter().map(ToString::to_string).collect::<Vec<_>>(), ["/old/", "/older.html"]);
    assert_eq!(head.authors, ["Jane Roe"]);
    assert_eq!(head.extra["a"][0], 1);
    assert!(head.draft && head.noindex);
}

#[test]
fn loose_forms_are_read() {
    assert_eq!(head("topics: oil, gas").topics, ["oil, gas"], "one string is one topic");
    assert_eq!(head("topics: 2026").topics, ["2026"]);
    assert_eq!(head("topics: 2.50").topics, ["2.50"]);
    assert_eq!(head("topics:").topics, Vec::<String>::new());
    assert_eq!(head("description: D").summary.as_deref(), Some("D"));
    assert_eq!(head("summary: D\ndescription: D").summary.as_deref(), Some("D"));
    assert_eq!(head("draft:\nlang: ~").lang, None);
    let dateline = |places: &[&str], date: Option<&str>| {
        let places = places.iter().map(ToString::to_string).collect();
        Some(Dateline { places, region: None, date: date.map(str::to_owned), agency: None })
    };
    assert_eq!(head("dateline: {places: [A, B], date: 2023-10-07}").dateline, dateline(&["A", "B"], Some("Oct 7")));
    assert_eq!(head("dateline: {places: A, date: 2023-10-07}\nlang: de").dateline, dateline(&["A"], Some("7. Okt.")));
    assert_eq!(head("dateline: A/B, Sept. 4").dateline, dateline(&["A", "B"], Some("Sept. 4")));
    assert_eq!(head("dateline: \"\"").dateline, None);
    let (head, report) =
        read("---\ntitle: 2026\ndate: &d 2023-10-17\nupdates: {at: *d}\nextra: {n: .nan, 1: ~}\n---\n");
    assert!(report.is_empty(), "{:?}", lines(&report));
    let head = head.expect("a head");
    assert_eq!((head.title.as_str(), head.updates.len()), ("2026", 1));
    assert_eq!(head.extra, serde_json::json!({"n": "NaN", "1": null}));
}

#[test]
fn the_file_name_can_give_the_date() {
    let parts = split(PATH, "---\ntitle: T\n---\n").expect("parts");
    let (head, report) = article("content/articles/2023-10-17-visit/index.md", &parts, &config());
    assert!(report.is_empty());
    assert_eq!(head.map(|(head, _)| head.date.rfc3339(&config().zone)).as_deref(), Some("2023-10-17T00:00:00+08:00"));
    let parts = split(PATH, "---\n---\n").expect("parts");
    let (head, report) = briefing("content/briefings/2023-10-17.md", &parts, &config());
    assert!(report.is_empty(), "{:?}", lines(&report));
    assert!(head.expect("a head").0.date.is_day_only());
    let (head, report) = briefing("content/briefings/special.md", &parts, &config());
    assert_eq!(head.expect("a head").0.date, NO_DATE, "the rest is checked all the same");
    assert_eq!(lines(&report), ["1:1 missing-key `date` is missing"]);
}

#[test]
fn wrong_values_are_said_at_their_place() {
    for (front, line) in [
        ("tpoics: x", "4:1 unknown-key unknown key `tpoics` → topics"),
        ("tags: x", "4:1 unknown-key unknown key `tags` → topics"),
        ("Author: x", "4:1 unknown-key unknown key `Author` → authors"),
        ("short-title: x", "4:1 unknown-key unknown key `short-title` → short_title"),
        ("title: again", "4:1 duplicate-key `title` occurs twice"),
        ("extra: {a: 1, b: {c: 1, c: 2}}", "4:25 duplicate-key `c` occurs twice"),
        ("kind: analisys", "4:7 bad-value `kind` cannot be `analisys` → analysis"),
        ("kind: 7", "4:7 bad-value `kind` cannot be `7`"),
        ("status: [final]", "4:9 wrong-type `status` must be `developing` or `final`, not a list"),
        ("draft: yes", "4:8 wrong-type `draft` must be `true` or `false`, not the text `yes` → true"),
        ("priority: high", "4:11 wrong-type `priority` must be a whole number, not the text `high`"),
        ("priority: \"3\"", "4:11 wrong-type `priority` must be a whole number, not the text `3` → 3"),
        ("topics: {a: b}", "4:9 wrong-type `topics` must be a text or a list, not a map"),
        ("topics:\n  - a\n  - {b: c}", "6:5 wrong-type an entry of `topics` must be a text, not a map"),
        ("topics:\n  - a\n  -", "6:4 bad-value an entry of `topics` is empty"),
        ("updates:\n  - at: 2023-10-18\n    kind: fix", "6:11 bad-value `kind` cannot be `fix`"),
        ("updates:\n  - kind: update", "5:5 missing-key an entry of `updates` has no `at`"),
        (
            "updates: 2023-10-18",
            "4:10 wrong-type `updates` must be a map of `at`, `kind`, `text` and `item` or a list, not the text `2023-10-18`",
        ),
        ("updates:\n  - at: 2023-10-18\n  - at: soon", "6:9 bad-date `soon` is not a date"),
        ("updates:\n  - at: 2023-10-16", "5:9 bad-value an update is earlier than `date`"),
        ("updates: [{at: 2023-10-18, kind: correction}]", "4:34 missing-key a correction has no `text`"),
        ("embargo: 2023/10/18", "4:10 bad-date `2023/10/18` is not a date → 2023-10-18"),
        ("embargo: 2023-10-18\nexpires: 2023-10-18", "5:10 conflict `expires` is not later than `embargo`"),
        ("expires: 2023-10-16", "4:10 conflict `expires` is not later than `date`"),
        ("summary: a\ndescription: b", "5:1 conflict `summary` and `description` say different things"),
        ("aliases: old/", "4:10 bad-value `old/` cannot be an alias: it must start with `/` → /old/"),
        (
            "aliases:\n  - /a/\n  - /?p=1",
            "6:5 bad-value `/?p=1` cannot be an alias: static hosts answer paths, without a query or an anchor",
        ),
        (
            "slug: Öl & Gas",
            "4:7 bad-value `Öl & Gas` cannot be a slug: it is made of `a` to `z`, `0` to `9`, `-`, `_` and `.` → ol-and-gas",
        ),
        (
            "slug: /2023/visit/",
            "4:7 bad-value `/2023/visit/` cannot be a slug: it is made of `a` to `z`, `0` to `9`, `-`, `_` and `.` → visit",
        ),
        (
            "slug: .dateline",
            "4:7 bad-value `.dateline` cannot be a slug: it is made of `a` to `z`, `0` to `9`, `-`, `_` and `.` → dateline",
        ),
        ("lang: pt_BR", "4:7 bad-value `pt_BR` is not a language tag → pt-BR"),
        ("canonical: /x/", "4:12 bad-value `/x/` is not an absolute address"),
        ("sources: [{name: a, url: \"javascript:x\"}]", "4:26 bad-value `javascript:x` is not an address"),
        ("sources: [{url: \"https://a.example\"}]", "4:11 missing-key an entry of `sources` has no `name`"),
        ("image: a.jpg", "4:1 missing-key `image` has no `alt`"),
        ("image: {alt: x}", "4:1 missing-key `image` has no `src`"),
        ("image: {src: x, alt: x, captoin: x}", "4:25 unknown-key unknown key `captoin` → caption"),
        ("dateline: {city: X}", "4:12 unknown-key unknown key `city` → places"),
        ("facts: [{label: a}]", "4:9 missing-key an entry of `facts` has no `value`"),
        ("extra: 3", "4:8 wrong-type `extra` must be a map, not `3`"),
        ("updates:\n  - at: &a 2023-10-18\n  - {at: *a, *a : x}", "5:12 unknown-key unknown key `2023-10-18`"),
        ("<<: {a: b}", "4:1 unknown-key merge keys (`<<`) are not read"),
        (
            "summary: Beijing: a visit",
            "4:10 yaml-syntax a colon with a space after it, in a value without quotes, starts a map → \"Beijing: a visit\"",
        ),
    ] {
        assert_eq!(problems(front), [line], "{front}");
    }
}

#[test]
fn titles_and_dates_must_be_there() {
    for (text, expected) in [
        ("---\n---\n", &["1:1 missing-key `date` is missing", "1:1 missing-key `title` is missing"][..]),
        ("---\ntitle: \" \"\ndate:\n---\n", &["2:8 missing-key `title` is empty", "3:1 missing-key `date` is empty"]),
        ("---\ntitle:\ndate: 2023-10-17\n---\n", &["2:1 missing-key `title` is empty"]),
        (
            "---\ntitel: x\ndate: 2023-02-30\nslug: A\n---\n",
            &[
                "2:1 unknown-key unknown key `titel` → title",
                "3:7 bad-date `2023-02-30` is on no calendar",
                "4:7 bad-value `A` cannot be a slug: it is made of `a` to `z`, `0` to `9`, `-`, `_` and `.` → a",
            ],
        ),
        ("---\ntitle: x\ndat: 2023-10-17\n---\n", &["3:1 unknown-key unknown key `dat` → date"]),
        ("---\ntitle: x\ndate: [2023-10-17]\n---\n", &["3:7 wrong-type `date` must be a text, not a list"]),
        ("---\n- x\n---\n", &["2:1 wrong-type this must be a map, not a list"]),
        ("---\njust text\n---\n", &["2:1 wrong-type this must be a map, not the text `just text`"]),
        ("---\ntitle: x\ndate: 2023-10-17\n...\nx: y\n---\n", &["4:1 yaml-syntax a second YAML document starts here"]),
        (
            "---\ntitle: x\0\ndate: 2023-10-17\n---\n",
            &["2:9 yaml-syntax a control character (U+0000) is not allowed in YAML"],
        ),
    ] {
        let (head, report) = read(text);
        assert_eq!(lines(&report), expected, "{text:?}");
        let is_complete = head.is_some_and(|head| !head.title.is_empty() && head.date != NO_DATE);
        assert!(!is_complete, "{text:?}");
    }
}

#[test]
fn every_form_of_date_is_read() {
    for (text, utc) in [
        ("2023-10-17", "2023-10-16T16:00:00Z"),
        ("2023-10-17 09:30", "2023-10-17T01:30:00Z"),
        ("2023-10-17 09:30:15", "2023-10-17T01:30:15Z"),
        ("2023-10-17T09:30:00Z", "2023-10-17T09:30:00Z"),
        ("2023-10-17T09:30:00+02:00", "2023-10-17T07:30:00Z"),
        ("2023-10-17 09:30 +0200", "2023-10-17T07:30:00Z"),
        ("\"2023-10-17 09:30:00 -05:00\"", "2023-10-17T14:30:00Z"),
        ("2026-02-10 09:00:00 -05:00", "2026-02-10T14:00:00Z"),
    ] {
        let (head, report) = read(&format!("---\r\ntitle: T\r\ndate: {text}\r\n---\r\n"));
        assert!(report.is_empty(), "{text}: {:?}", lines(&report));
        assert_eq!(head.expect("a head").date.rfc3339(&Zone::utc()), utc, "{text}");
    }
}

#[test]
fn the_other_kinds_are_read() {
    let config = config();
    let parts = |text| split("x.md", text).expect("parts");
    let (head, report) = topic(
        "content/topics/icc.md",
        &parts(
            "---\ntitle: ICC\naliases: I.C.C.\nparents: [Courts]\nkind: organisation\nsummary: S\nslug: icc\ncodes: {medtop: 04000000, wikidata: Q1}\nsee_also: x\n---\n",
        ),
        &config,
    );
    assert!(report.is_empty(), "{:?}", lines(&report));
    let (head, _) = head.expect("a head");
    assert_eq!((head.kind, head.codes[0].1.as_str()), (TopicKind::Organisation, "04000000"));
    let (head, report) = person(
        "content/people/jane.md",
        &parts(
            "---\nname: Jane Roe\naliases: [J. Roe]\nrole: Editor\nemail: jane@a.example\nlinks: [\"https://x.example\"]\nimage: {src: j.jpg, alt: \"\"}\n---\n",
        ),
        &config,
    );
    assert!(report.is_empty(), "{:?}", lines(&report));
    assert_eq!(head.map(|(head, _)| head.links.len()), Some(1));
    let (_, report) = person("p.md", &parts("---\ntitle: Jane\nemail: jane\n---\n"), &config);
    assert_eq!(
        lines(&report),
        ["2:1 unknown-key unknown key `title` → name", "3:8 bad-value `jane` is not an e-mail address"]
    );
    let (head, report) =
        page("content/pages/about.md", &parts("---\ntitle: About\ntemplate: wide.html\n---\n"), &config);
    assert!(report.is_empty() && head.is_some());
    let (_, report) = page("p.md", &parts("---\ntitle: A\ntemplate: ../x.html\nweather: x\n---\n"), &config);
    assert_eq!(
        lines(&report),
        ["3:11 bad-value `../x.html` cannot be a template", "4:1 unknown-key unknown key `weather`"]
    );
    let (_, report) = briefing("b.md", &parts("---\ndate: 2023-10-17\nnumber: 0\n---\n"), &config);
    assert_eq!(lines(&report), ["3:9 bad-value `number` cannot be 0"]);
}

#[test]
fn a_problem_reads_well() {
    let (_, report) = read("---\r\ntitle: Ça: “va”\r\ndate: 2023-10-17\r\n---\r\n");
    snapbox::assert_data_eq!(
        print::text(&report.diagnostics()[0], Format::PLAIN),
        snapbox::str![[r#"
error[yaml-syntax]: a colon with a space after it, in a value without quotes, starts a map
 --> content/articles/visit.md:2:8
  |
2 | title: Ça: “va”
  |        ^^^^^^^^
  |
help: quote the value
  |
2 - title: Ça: “va”
2 + title: "Ça: “va”"
  |

"#]]
    );
}

/// For any input there is a head or an error, and no panic.
mod anything {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_front_matter_panics_and_none_fails_silently(
            lines in proptest::collection::vec("( {0,3})(- )?(title|date|topics|updates|extra|at|é|<<|\"a\")?(:|: |)(x|2023-10-17|\\[a, |\\{b: |\"|'|\\*a|&a |\\||\t|~|true|-|\\]|\\}|“x”: y)?\r?", 0..8)
        ) {
            let text = format!("---\n{}\n---\n", lines.join("\n"));
            if let Ok(parts) = split(PATH, &text) {
                let (head, report) = article(PATH, &parts, &config());
                proptest::prop_assert!(head.is_some() || report.has_errors());
                for problem in report.diagnostics() {
                    print::text(problem, Format::PLAIN);
                    print::text(problem, Format::Github);
                }
            }
            let (config, report) = crate::config::read("dateline.yaml", &text);
            proptest::prop_assert!(config.is_some() || report.has_errors());
        }
    }
}
