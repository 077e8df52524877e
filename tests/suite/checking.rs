//! `dateline check`: each rule finds what it should, where it stands, and nothing near it; a file can be let off, and a
//! rule set. Then what only git can tell, and what is mended.

use std::fs;
use std::path::Path;
use std::process::Command;

use dateline::base::report::{Diagnostic, Severity};
use dateline::base::rules;
use dateline::check::{self, CheckOptions, Checked};

use crate::site_test::{SiteTest, describe, short};

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\n";

pub(crate) fn look(site: &SiteTest, ask: &CheckOptions) -> Checked {
    check::check(&site.request(), ask).unwrap_or_else(|problem| panic!("{}", problem.message))
}

/// The findings of a rule, as `path:line:column`.
fn findings(site: &SiteTest, rule: &str) -> Vec<String> {
    let Checked { report, .. } = look(site, &CheckOptions::default());
    let of_rule = report.diagnostics().iter().filter(|problem| problem.code.0 == rule);
    of_rule.map(|problem| short(problem).trim_start_matches(rule).trim().to_owned()).collect()
}

/// A rule, a site in which it finds one thing and where, and a site in which it finds nothing.
struct Case {
    rule: &'static str,
    hit: String,
    at: &'static str,
    miss: String,
}

/// An article's literal: further front matter, and its text.
fn article(head: &str, body: &str) -> String {
    file("articles/a.md", &format!("title: A visit\ndate: 2023-10-17\n{head}"), body)
}

pub(crate) fn file(path: &str, head: &str, body: &str) -> String {
    format!("-- content/{path} --\n---\n{}\n---\n{body}\n", head.trim_end())
}

fn case(rule: &'static str, hit: String, at: &'static str, miss: String) -> Case {
    Case { rule, hit, at, miss }
}

fn long(word: &str) -> String {
    (0..90).map(|at| format!("{word}{} ", at % 30 * at)).collect()
}

fn cases() -> Vec<Case> {
    let twin = |slug: &str, date: &str, body: &str| {
        file(&format!("articles/{slug}.md"), &format!("title: T {slug}\ndate: {date}"), body)
    };
    let template = "-- templates/page.html --\n{% extends \"builtin/page.html\" %}\n{% block main %}<p id=\"x\">\n<a href=\"/nowhere/\">x</a></p>{% endblock main %}\n";
    let page = |body: &str| file("pages/about.md", "title: About", body);
    vec![
        case(
            "tk-left",
            article("", "Text.\n\nThe minister, TK, said so."),
            "content/articles/a.md:7:15",
            article("", "`TK` and tk, TK Maxx; a TODO list.\n\n    TODO\n"),
        ),
        case(
            "tk-left",
            article("summary: Said by TK.", "T."),
            "content/articles/a.md:4:18",
            article("# TK\nextra: {a: TK}", "T."),
        ),
        case("tk-left", page("TODO: write"), "content/pages/about.md:4:1", page("A fix for the FIXME of 1999.")),
        case(
            "doubled-word",
            article("", "It is in\n*the* port of a a town."),
            "content/articles/a.md:6:15",
            article("", "He had had enough of Bora Bora. The the-port, the, the `the` the."),
        ),
        case(
            "doubled-word",
            article("", "It is in the\nthe port."),
            "content/articles/a.md:6:1",
            article("lang: de", "Die, die die die the the"),
        ),
        case(
            "skipped-heading",
            article("", "## A\n\n#### B"),
            "content/articles/a.md:7:6",
            article("", "### A\n\n## B\n\n### C"),
        ),
        case(
            "long-headline",
            file("articles/a.md", &format!("title: {}\ndate: 2023-10-17", "x".repeat(111)), "T."),
            "content/articles/a.md:2:8",
            file("articles/a.md", &format!("title: {}\ndate: 2023-10-17", "é".repeat(110)), "T."),
        ),
        case("missing-dek", article("", "T."), "content/articles/a.md:1:1", article("description: D", "T.")),
        case(
            "dek-repeats",
            article(
                "summary: The port is open, again",
                "## News\n\nThe *port* is [open](https://a.example), again. More.",
            ),
            "content/articles/a.md:4:10",
            article("summary: The port is open", "The port is open again. More."),
        ),
        case(
            "no-source",
            article("", "The port is open."),
            "content/articles/a.md:1:1",
            article("kind: opinion", "The port should be open."),
        ),
        case(
            "no-source",
            article("dateline: KESH", "The port [is open](#x)."),
            "content/articles/a.md:1:1",
            article("dateline: KESH, Oct 17 (HW)", "The port is open."),
        ),
        case(
            "no-source",
            article("", "It has opened"),
            "content/articles/a.md:1:1",
            article("", "It has opened, the harbor master said."),
        ),
        case(
            "no-source",
            article("", "We saw the US and us open it."),
            "content/articles/a.md:1:1",
            article("", "We went there. Our boat was late, and I saw the port open."),
        ),
        case(
            "dateline-place",
            article("dateline: BEIJING, Oct 17", "MOSCOW, Oct 17 (HW) - The port is open."),
            "content/articles/a.md:6:1",
            article("dateline: BEIJING, Oct 17", "NATO - and others, too - opened the port."),
        ),
        case(
            "dateline-date",
            article("dateline: BEIJING, Oct 14", "T."),
            "content/articles/a.md:4:11",
            article("dateline: BEIJING, Oct 16", "T."),
        ),
        case(
            "dateline-date",
            article("", "BEIJING, Oct. 7 (HW) -- The port is open."),
            "content/articles/a.md:5:1",
            article("updates: [{at: 2023-10-18}]", "BEIJING, Oct. 19 (HW) -- The port is open."),
        ),
        case(
            "stale-developing",
            file("articles/a.md", "title: A\ndate: 2023-10-10\nstatus: developing", "T."),
            "content/articles/a.md:4:9",
            file("articles/a.md", "title: A\ndate: 2023-10-10\nupdated: 2023-10-12\nstatus: developing", "T."),
        ),
        case(
            "vague-link",
            article("", "For more, [click **here**](https://a.example)."),
            "content/articles/a.md:5:11",
            article("", "[Here is the port](https://a.example); <https://here>; [hier](https://a.example)"),
        ),
        case(
            "unmade-link",
            article("", "See [the port] (https://a.example/x) and [more](https://a.example/y)."),
            "content/articles/a.md:5:5",
            article(
                "",
                "[a](https://a.example), \\[b\\](https://a.example), `[c] (https://a.example)`; a list [0] (of one), [d][1].\n\n[1]: https://a.example",
            ),
        ),
        case(
            "unmade-link",
            article("", "T. ![A port](my pic.jpg)"),
            "content/articles/a.md:5:5",
            article("", "![A port](<https://a.example/my pic.jpg>), [see](a remark)"),
        ),
        case(
            "stray-mark",
            article("", "They said **more.\n\nAnd `**less`."),
            "content/articles/a.md:5:11",
            article("", "2**3, f**k, \\**more, ****1234, **more**, __init__\n\n*A footnote. 5 * 6"),
        ),
        case(
            "stray-mark",
            article("", "Then **“so”**they."),
            "content/articles/a.md:5:6",
            article("", "Then **“so”** they."),
        ),
        case(
            "stray-mark",
            article("", "More, and ~~less."),
            "content/articles/a.md:5:11",
            article("", "More, and ~~less~~, a ~ b."),
        ),
        case(
            "foreign-shortcode",
            article("", "A film:\n\n{{< youtube abc >}}"),
            "content/articles/a.md:7:1",
            article("", "`{{< youtube abc >}}`, { a }, [caption]"),
        ),
        case(
            "desk-link",
            article("", "See [the port](http://localhost:8000/x)."),
            "content/articles/a.md:5:16",
            article("", "[a](https://localhost.example), `http://localhost`, 127.0.0.1."),
        ),
        case(
            "tracked-link",
            article("sources:\n  - {name: A, url: https://a.example/?utm_source=x}", "T."),
            "content/articles/a.md:5:20",
            article(
                "# https://a.example/?utm_source=x",
                "[a](https://a.example/?source=utm_x), `https://a.example/?gclid=x`",
            ),
        ),
        case(
            "image-without-alt",
            article("", "T. ![](https://a.example/p.png)"),
            "content/articles/a.md:5:4",
            article("", "![A port](https://a.example/p.png)\n\n<img src=\"https://a.example/p.png\" alt=\"\">"),
        ),
        case(
            "image-without-credit",
            article("image: {src: \"https://a.example/p.png\", alt: A port, caption: The port.}", "T."),
            "content/articles/a.md:4:8",
            article("image: {src: \"https://a.example/p.png\", alt: A port, credit: HW}", "T."),
        ),
        case(
            "image-without-credit",
            article("", "![A port](https://a.example/p.png \"The port\")"),
            "content/articles/a.md:5:1",
            article(
                "",
                "![A port](https://a.example/p.png \"The port. Photo: J. Roe\")\n\n![A port](https://a.example/p.png)\n*© HW*",
            ),
        ),
        case("no-topic", article("", "T."), "content/articles/a.md:1:1", article("section: World", "T.")),
        case(
            "several-names",
            article("authors: Lin Wei, Ada Okafor and Jo Pe", "T."),
            "content/articles/a.md:4:10",
            article("authors: Lin Wei and Ada Okafor", "T.")
                + &file("people/both.md", "name: Lin Wei and Ada Okafor", ""),
        ),
        case(
            "several-names",
            article("topics: Ports, Gas", "T."),
            "content/articles/a.md:4:9",
            article("topics:\n  - Ports, and gas", "T."),
        ),
        case(
            "near-topics",
            twin("a", "2023-10-16\ntopics: Grain corridor", "T.")
                + &twin("b", "2023-10-17\ntopics: Grain corridor", "T.")
                + &twin("c", "2023-10-17\ntopics:\n  - Ports\n  - Grain corridors", "T."),
            "content/articles/c.md:6:5",
            twin("a", "2023-10-16\ntopics: Grain corridor", "T.")
                + &twin("b", "2023-10-17\ntopics: Grain corridors", "T.")
                + &file("topics/grain.md", "title: Grain corridor\nsee_also: Grain corridors", ""),
        ),
        case(
            "twin-articles",
            twin("a", "2023-10-16", &long("word")) + &twin("b", "2023-10-17", &format!("{} At last.", long("word"))),
            "content/articles/b.md:2:8",
            twin("a", "2023-10-16", &long("word")) + &twin("b", "2023-10-17", &long("other")),
        ),
        case(
            "dead-link",
            page("T.") + template,
            "templates/page.html:3:10",
            page(
                "[written](/nowhere/) and <a href=\"https://test.example/about\">raw</a>, <a href=\"//a.example/x/\">y</a>",
            ),
        ),
        case(
            "dead-anchor",
            article("", "[x](/about/#nope)") + &page("## Yes\n\nT."),
            "content/articles/a.md:5:5",
            article("", "[x](/about/#yes) [y](/about/#top) [z](#own)\n\n## Own") + &page("## Yes\n\nT."),
        ),
    ]
}

#[test]
fn each_rule_finds_what_it_should_where_it_stands_and_nothing_near_it() {
    for Case { rule, hit, at, miss } in cases() {
        assert_eq!(findings(&SiteTest::new(&hit), rule), [at], "{rule}");
        assert_eq!(findings(&SiteTest::new(&miss), rule), Vec::<String>::new(), "{rule}: {miss}");
    }
}

#[test]
fn each_rule_can_be_waived_set_and_switched_off() {
    for Case { rule, hit, at, .. } in cases() {
        let site = SiteTest::new(&hit);
        site.write("dateline.yaml", format!("{CONFIG}check: {{{rule}: error}}\n"));
        let report = look(&site, &CheckOptions::default()).report;
        let found: Vec<&Diagnostic> = report.diagnostics().iter().filter(|problem| problem.code.0 == rule).collect();
        assert_eq!(found.iter().map(|problem| problem.severity).collect::<Vec<_>>(), [Severity::Error], "{rule}");
        site.write("dateline.yaml", format!("{CONFIG}check: {{{rule}: off}}\n"));
        assert_eq!(findings(&site, rule), Vec::<String>::new(), "{rule} is off");

        let path = at.split(':').next().expect("a path");
        if path.starts_with("templates/") {
            continue;
        }
        site.write("dateline.yaml", CONFIG);
        let text = fs::read_to_string(site.root().join(path)).expect("it is there");
        site.write(path, text.replacen("---\n", &format!("---\nwaive: {{{rule}: for a reason}}\n"), 1));
        assert_eq!(findings(&site, rule), Vec::<String>::new(), "{rule} is waived");
        assert_eq!(findings(&site, "unused-waiver"), Vec::<String>::new(), "{rule} is waived");
    }
}

#[test]
fn every_rule_has_a_case() {
    let elsewhere = [
        "silent-change",
        "correction-removed",
        "moved-story",
        "removed-story",
        "backdated",
        "kept-date",
        "unused-waiver",
    ];
    let is_here = |rule: &&str| !elsewhere.contains(rule) && !rule.ends_with("external-link");
    for rule in rules::ALL.iter().map(|rule| rule.code.0).filter(is_here) {
        assert!(cases().iter().any(|case| case.rule == rule), "{rule}");
    }
}

#[test]
fn a_waiver_gives_a_reason_and_waives_something() {
    let site = SiteTest::new(article("waive:\n  no-topic:\n  no-topci: x\n  missing-dek: a note", "T."));
    let report = look(&site, &CheckOptions::default()).report;
    let errors = report.clone().only_errors();
    let errors: Vec<String> = errors.diagnostics().iter().map(short).collect();
    assert_eq!(errors, ["missing-key content/articles/a.md:5:3", "unknown-key content/articles/a.md:6:3"]);
    let helps: Vec<&str> = report.diagnostics().iter().filter_map(|problem| problem.help.as_deref()).collect();
    assert!(helps.contains(&"did you mean `no-topic`?"), "{}", describe(&report));

    let site = SiteTest::new(article("summary: S\nwaive: {missing-dek: a note}", "T."));
    assert_eq!(findings(&site, "unused-waiver"), ["content/articles/a.md:5:22"]);
    site.write("dateline.yaml", format!("{CONFIG}check: {{missing-dek: off}}\n"));
    assert_eq!(findings(&site, "unused-waiver"), Vec::<String>::new(), "the rule is off");
}

#[test]
fn the_configuration_knows_its_rules() {
    let site = SiteTest::new(article("", "T."));
    site.write("dateline.yaml", format!("{CONFIG}check:\n  no-topci: off\n  no-source: fatal\n"));
    assert_eq!(site.problems(), ["unknown-key dateline.yaml:4:3", "bad-value dateline.yaml:5:14"]);
}

#[test]
fn what_goes_out_by_itself_is_looked_at_and_drafts_are_not() {
    let at = |name: &str, key: &str| {
        file(&format!("articles/{name}.md"), &format!("title: A {name}\ndate: 2023-10-17\n{key}"), "Said by TK.")
    };
    let literal =
        at("embargoed", "embargo: 2023-10-20") + &at("draft", "draft: true") + &at("expired", "expires: 2023-10-18");
    let site = SiteTest::new(literal + &file("articles/later.md", "title: L\ndate: 2023-11-01", "TK"));
    assert_eq!(findings(&site, "tk-left"), ["content/articles/embargoed.md:6:9", "content/articles/later.md:5:1"]);
}

#[test]
fn links_are_looked_at_in_what_is_published() {
    let literal = article("lang: en", "Text.")
        + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block main %}<img src='pic.png'><a href=https://test.example/briefing/gone/#x>x</a><a href=\"#nope\">y</a><a href=\"/other/\">z</a>{% endblock main %}\n";
    let site = SiteTest::new(literal);
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example/briefing\n");
    let report = look(&site, &CheckOptions::default()).report;
    let dead: Vec<String> = report
        .diagnostics()
        .iter()
        .filter(|problem| problem.code.0.starts_with("dead-"))
        .map(|problem| format!("{} {}", short(problem), problem.message))
        .collect();
    assert_eq!(
        dead,
        [
            "dead-link templates/article.html:2:27 this site has nothing at `/2023/10/17/a/pic.png`: the link is in `/2023/10/17/a/`",
            "dead-link templates/article.html:2:44 this site has nothing at `/gone/`: the link is in `/2023/10/17/a/`",
            "dead-anchor templates/article.html:2:96 `/2023/10/17/a/` has no anchor `nope`: the link is in `/2023/10/17/a/`",
        ],
        "`/other/` is not below the site"
    );
}

/// Runs git in the site's folder; commits are of the time that builds are as of.
pub(crate) fn git(site: &SiteTest, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(site.root())
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@test.example"])
        .args(arguments);
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.env("GIT_AUTHOR_DATE", "2023-10-18T12:00:00Z").env("GIT_COMMITTER_DATE", "2023-10-18T12:00:00Z");
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn commit(site: &SiteTest) {
    git(site, &["add", "--all"]);
    git(site, &["commit", "--quiet", "--allow-empty", "--message", "x"]);
}

/// A site in a repository, all of it committed.
pub(crate) fn repository(literal: &str) -> SiteTest {
    let site = SiteTest::new(literal);
    git(&site, &["init", "--quiet"]);
    site.write(".gitignore", ".dateline/\nignored.md\n");
    commit(&site);
    site
}

pub(crate) fn since(revision: &str) -> CheckOptions {
    CheckOptions { since: Some(revision.to_owned()), ..CheckOptions::default() }
}

pub(crate) fn codes(site: &SiteTest, ask: &CheckOptions) -> Vec<String> {
    look(site, ask).report.diagnostics().iter().map(short).collect()
}

const SOUND: &str = "summary: S\ntopics: [Ports]\nsources: [HW]\n";

pub(crate) fn sound(slug: &str, head: &str, body: &str) -> String {
    file(&format!("articles/{slug}.md"), &format!("title: T {slug}\ndate: 2023-10-17\n{SOUND}{head}"), body)
}

#[test]
fn only_what_has_changed_is_looked_at() {
    let old = sound("old", "", "Said by TK.");
    let site = repository(
        &(old + &sound("staged", "", "Text.") + &sound("edited", "", "Text.") + &sound("same", "", "Text.")),
    );
    assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new());
    site.write_all(&sound("staged", "updates: [{at: 2023-10-18, kind: refile}]", "Staged, TK."));
    git(&site, &["add", "--all"]);
    site.write_all(&sound("edited", "updates: [{at: 2023-10-18, kind: refile}]", "Edited, TK."));
    site.write_all(&sound("new name", "", "New, TK."));
    site.write_all(&sound("ignored", "", "Ignored, TK."));
    let expected = [
        "tk-left content/articles/edited.md:9:9",
        "tk-left content/articles/new name.md:8:6",
        "tk-left content/articles/staged.md:9:9",
    ];
    assert_eq!(codes(&site, &since("HEAD")), expected);
    commit(&site);
    assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new());
    assert_eq!(codes(&site, &since("HEAD~1")), expected, "what is committed counts as well");
    assert_eq!(findings(&site, "tk-left").len(), 5, "without a revision, all files are looked at");
}

#[test]
fn errors_of_builds_are_said_wherever_they_are() {
    let site = repository(&(sound("a", "", "[b](b.md)") + &sound("b", "", "Text.")));
    site.remove("content/articles/b.md");
    let expected = ["broken-link content/articles/a.md:8:1", "removed-story content/articles/b.md"];
    assert_eq!(codes(&site, &since("HEAD")), expected);
}

#[test]
fn a_published_text_does_not_change_without_a_word() {
    let body = "More than a *third* of all oil “goes” to China -- [so they say](https://a.example).\n\nIt is so.";
    let site = repository(&sound("a", "", body));
    let finding = ["silent-change content/articles/a.md:8:14".to_owned()];
    let changed = body.replace("third", "fifth");
    site.write_all(&sound("a", "", &changed));
    assert_eq!(codes(&site, &since("HEAD")), finding);
    let report = look(&site, &since("HEAD")).report;
    assert!(report.diagnostics()[0].message.contains("from “third” to “fifth”"), "{}", describe(&report));
    assert_eq!(codes(&site, &CheckOptions::default()), Vec::<String>::new(), "nobody knows without a revision");

    for said in [
        "updated: 2023-10-18",
        "updates: [{at: 2023-10-18, kind: correction, text: It is a fifth.}]",
        "updates: [{at: 2023-10-17 23:00, kind: refile}]",
        "waive: {silent-change: a test page}",
        "draft: true",
    ] {
        site.write_all(&sound("a", said, &changed));
        assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new(), "{said}");
    }
    let markup =
        "More than a **third** of all oil\n\"goes\" to   China – [so they say](https://b.example).\n\n\nIt is so.\n";
    site.write_all(&sound("a", "", markup));
    assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new(), "it reads as before");

    site.remove("content/articles/a.md");
    let renamed = sound("renamed", "aliases: [/2023/10/17/a/]", &changed).replace("title: T renamed", "title: T a");
    site.write_all(&renamed);
    git(&site, &["add", "--all"]);
    assert_eq!(codes(&site, &since("HEAD")), ["silent-change content/articles/renamed.md:9:14"], "the same article");
}

#[test]
fn an_older_entry_is_no_word_about_a_new_change() {
    let log = "updates: [{at: 2023-10-18 08:00, text: New.}]";
    let site = repository(&sound("a", log, "One."));
    site.write_all(&sound("a", log, "Two."));
    assert_eq!(codes(&site, &since("HEAD")), ["silent-change content/articles/a.md:9:1"]);
    site.write_all(&sound("a", "updates: [{at: 2023-10-18 08:00, text: New.}, {at: 2023-10-18 09:00}]", "Two."));
    assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new());
}

#[test]
fn what_was_not_published_may_change() {
    let heads = ["draft: true", "embargo: 2023-10-18T12:30:00Z", "expires: 2023-10-18T11:00:00Z"];
    for head in heads {
        let site = repository(&sound("a", head, "One."));
        site.write_all(&sound("a", "", "Two."));
        let found = codes(&site, &since("HEAD"));
        let of_a_draft = ["backdated content/articles/a.md:3:7"];
        assert_eq!(found, &of_a_draft[..usize::from(head.contains("draft"))], "{head}");
    }
    let site = repository(&sound("a", "tpoics: x", "One."));
    site.write_all(&sound("a", "", "Two."));
    assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new(), "it could not be published with an error");
}

#[test]
fn a_draft_that_is_released_by_hand_has_the_day_of_its_release() {
    let draft = |date: &str| file("articles/a.md", &format!("title: A\ndate: {date}\n{SOUND}draft: true"), "One.");
    let live = |date: &str| file("articles/a.md", &format!("title: A\ndate: {date}\n{SOUND}"), "One.");
    // The commit is of 18 October.
    for (date, is_late) in
        [("2023-10-16", true), ("2023-10-17 23:59", true), ("2023-10-18", false), ("2023-10-18 09:00", false)]
    {
        let site = repository(&draft(date));
        site.write_all(&live(date));
        let expected: &[&str] = if is_late { &["backdated content/articles/a.md:3:7"] } else { &[] };
        assert_eq!(codes(&site, &since("HEAD")), expected, "{date}");
    }
    let site = repository(&draft("2023-10-16"));
    site.write_all(&live("2023-10-16\nembargo: 2023-10-18 06:00"));
    assert_eq!(codes(&site, &since("HEAD")), [""; 0], "it appeared today");
    // It was published before it became a draft again.
    site.write("urls.lock", "# dateline urls 3\n/2023/10/16/a/\t\t\t2023-10-16\n");
    site.write_all(&live("2023-10-16"));
    assert_eq!(codes(&site, &since("HEAD")), [""; 0]);
}

#[test]
fn a_date_that_is_moved_after_the_story_appeared_is_noted() {
    let site = SiteTest::new(sound("a", "", "One."));
    for (recorded, is_moved) in [("2023-10-16T12:00:00Z", true), ("2023-10-17", false), ("2023-10-17T09:00:00Z", false)]
    {
        site.write("urls.lock", format!("# dateline urls 3\n/2023/10/17/a/\t\t\t{recorded}\n"));
        let expected: &[&str] = if is_moved { &["content/articles/a.md:3:7"] } else { &[] };
        assert_eq!(findings(&site, "kept-date"), expected, "{recorded}");
    }
}

#[test]
fn a_correction_stands_for_as_long_as_the_article() {
    let correction = "{at: 2023-10-18 08:00, kind: correction, text: It is a fifth.}";
    let update = "{at: 2023-10-18 07:00, text: New.}";
    let site = repository(&sound("a", &format!("updates: [{update}, {correction}]"), "One."));
    site.write_all(&sound("a", &format!("updates: [{update}]"), "One."));
    assert_eq!(codes(&site, &since("HEAD")), ["correction-removed content/articles/a.md:7:10"]);
    site.write_all(&sound("a", "", "One."));
    assert_eq!(codes(&site, &since("HEAD")), ["correction-removed content/articles/a.md:1:1"]);
    for kept in [
        format!("updates: [{correction}]"),
        "updates: [{at: 2023-10-18 08:00, kind: correction, text: It is a fifth of all.}]".to_owned(),
        "updates: [{at: 2023-10-18 08:05, kind: clarification, text: It is a fifth.}]".to_owned(),
        "waive: {correction-removed: it was one of another story}".to_owned(),
    ] {
        site.write_all(&sound("a", &kept, "One."));
        assert_eq!(codes(&site, &since("HEAD")), Vec::<String>::new(), "{kept}");
    }
}

#[test]
fn a_site_may_be_a_folder_of_its_repository() {
    let site = SiteTest::new(sound("a", "", "One."));
    let top = site.root().parent().expect("a folder around it").to_owned();
    let run = |arguments: &[&str]| git_in(&top, arguments);
    run(&["init", "--quiet"]);
    run(&["add", "--all"]);
    run(&["commit", "--quiet", "--message", "x"]);
    site.write_all(&sound("a", "", "Two."));
    site.write_all(&sound("b", "", "TK"));
    assert_eq!(
        codes(&site, &since("HEAD")),
        ["silent-change content/articles/a.md:8:1", "tk-left content/articles/b.md:8:1"]
    );
}

fn git_in(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=Desk", "-c", "user.email=desk@test.example"]).args(arguments);
    command.env("GIT_AUTHOR_DATE", "2023-10-18T12:00:00Z").env("GIT_COMMITTER_DATE", "2023-10-18T12:00:00Z");
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_git_does_not_know_is_said() {
    let site = SiteTest::new(sound("a", "", "One."));
    let problem =
        |site: &SiteTest, revision: &str| check::check(&site.request(), &since(revision)).expect_err("no").message;
    assert!(problem(&site, "HEAD").contains("is in no git repository"), "{}", problem(&site, "HEAD"));
    let site = repository(&sound("a", "", "One."));
    assert_eq!(problem(&site, "nowhere"), "git knows no revision `nowhere`");
    assert_eq!(problem(&site, "--help"), "git knows no revision `--help`");
}

#[test]
fn what_is_safe_is_mended_on_its_very_bytes() {
    let before = "---\r\ntitle: \"A visit\"  # TK\r\ndate: 2023-10-17\r\nsumary: S\r\nkind: analisys\r\ndraft: no\r\ntags: [x]\r\n---\r\nIn the the é port of of a a town.\r\nThey had had it in\r\nin. Bora Bora, “the the”.\r\n";
    let after = "---\r\ntitle: \"A visit\"  # TK\r\ndate: 2023-10-17\r\nsummary: S\r\nkind: analysis\r\ndraft: false\r\ntags: [x]\r\n---\r\nIn the é port of a town.\r\nThey had had it in\r\nin. Bora Bora, “the the”.\r\n";
    let site = SiteTest::new("");
    site.write("content/articles/a.md", before);
    let text = || fs::read_to_string(site.root().join("content/articles/a.md")).expect("it is there");
    look(&site, &CheckOptions::default());
    assert_eq!(text(), before, "nothing is written without being asked");

    let Checked { report, fixes, .. } = look(&site, &CheckOptions { fix: true, ..CheckOptions::default() });
    assert_eq!(text(), after);
    let said: Vec<String> = fixes.iter().map(|fix| format!("{} → {}", fix.was, fix.is)).collect();
    assert_eq!(
        said,
        ["sumary → summary", "analisys → analysis", "no → false", "the the → the", "of of → of", "a a → a"]
    );
    let codes: Vec<String> = report.diagnostics().iter().map(short).collect();
    for left in ["unknown-key content/articles/a.md:7:1", "doubled-word content/articles/a.md:11:1"] {
        assert!(codes.contains(&left.to_owned()), "what is left is said: {codes:?}");
    }
    assert_eq!(look(&site, &CheckOptions { fix: true, ..CheckOptions::default() }).fixes, Vec::new());
}

#[test]
fn an_edit_that_makes_nothing_better_is_not_made() {
    let text = "---\ntitle: A\ndate: 2023-10-17\nsummary: S\nsumary: T\n---\nText.\n";
    let site = SiteTest::new("");
    site.write("content/articles/a.md", text);
    let Checked { fixes, .. } = look(&site, &CheckOptions { fix: true, ..CheckOptions::default() });
    assert_eq!(fixes, Vec::new());
    assert_eq!(fs::read_to_string(site.root().join("content/articles/a.md")).expect("it is there"), text);
}

#[test]
fn a_value_that_is_refused_has_one_problem() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\npublisher: {name: P, profiles: [\"https:/b.example\"]}\n"
            .to_owned()
            + &article("summary: Of it.\ntopics: [ICC]\ncanonical: https:/c.example/", "Text."),
    );
    let Checked { report, .. } = look(&site, &CheckOptions::default());
    let told: Vec<String> = report.diagnostics().iter().map(short).filter(|told| !told.starts_with('n')).collect();
    let addresses: Vec<&String> =
        told.iter().filter(|told| told.starts_with("bad-value") || told.starts_with("unmade-link")).collect();
    assert_eq!(addresses, ["bad-value content/articles/a.md:6:12", "bad-value dateline.yaml:3:33"]);
}
