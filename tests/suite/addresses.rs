//! What a site says of addresses wherever a desk can write them: those of other programs on its host, those that did not
//! become links, and those that should not leave the desk.

use std::fs;

use dateline::check::{self, CheckOptions, Checked};

use crate::site_test::{SiteTest, article, describe, short};

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\n";

fn look(site: &SiteTest, fix: bool) -> Checked {
    check::check(&site.request(), &CheckOptions { fix, ..CheckOptions::default() })
        .unwrap_or_else(|problem| panic!("{}", problem.message))
}

/// The findings of a rule, as `path:line`.
fn lines(site: &SiteTest, rule: &str) -> Vec<String> {
    let report = look(site, false).report;
    let of_rule = report.diagnostics().iter().filter(|problem| problem.code.0 == rule);
    let place = |text: String| text.rsplit_once(':').map_or(text.clone(), |(line, _)| line.to_owned());
    of_rule.map(|problem| place(short(problem).trim_start_matches(rule).trim().to_owned())).collect()
}

/// A site that names an address at every place where one can be written.
fn everywhere(address: &str) -> SiteTest {
    let text = |first: &str| {
        let body = format!("[a]({address}) and <{address}>, [b][c]\n\n<a href=\"{address}\">d</a>");
        format!("{first}\n---\n{body}\n\n## An item\n\n[e]({address})\n\n[c]: {address}\n")
    };
    let files = [
        (
            "articles/a",
            format!(
                "title: A\ndate: 2023-10-17\nsources: [{{name: S, url: '{address}'}}]\nfacts: [{{label: F, value: V, source: '{address}'}}]\ncanonical: {address}\nupdates: [{{at: 2023-10-18, kind: correction, text: \"See {address} for more\"}}]"
            ),
        ),
        ("briefings/2023-10-17", "date: 2023-10-17".to_owned()),
        ("pages/about", "title: About".to_owned()),
        ("topics/ports", "title: Ports".to_owned()),
        ("people/jo", format!("name: Jo\nlinks: [{{name: L, url: '{address}'}}]")),
    ];
    let literal: String =
        files.iter().map(|(path, head)| format!("-- content/{path}.md --\n---\n{}", text(head))).collect();
    let site = SiteTest::new(literal);
    site.write(
        "dateline.yaml",
        format!(
            "{CONFIG}navigation: [{{title: N, url: '{address}'}}] # {address}\n\
            publisher: {{name: P, url: '{address}', profiles: ['{address}']}}\n\
            redirects: {{/old/: '{address}'}}\n\
            security: {{contact: mailto:a@test.example, expires: 2024-06-01, policy: '{address}'}}\n\
            trust: {{contact: ['{address}']}}\n\
            email: {{from: a@test.example, address: 'Road 1, see {address}'}}\n\
            extra: {{shop: '{address}', deep: [{{x: 'see {address}'}}]}}\n"
        ),
    );
    site.write(
        "templates/part.html",
        format!("{{# {address} #}}\n<!-- {address} -->\n<a href=\"{address}\">a</a>{{% set x = \"{address}\" %}}\n<script>fetch('{address}')</script>\n"),
    );
    site
}

#[test]
fn links_of_the_desk_are_found_wherever_they_are_written() {
    for (address, rule) in [
        ("http://localhost:8000/x/", "desk-link"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&data=05", "desk-link"),
        ("https://a.example/?id=1&utm_source=x&fbclid=y", "tracked-link"),
        ("https://https://a.example/", "unmade-link"),
    ] {
        let site = everywhere(address);
        let mut found = lines(&site, rule);
        found.dedup();
        assert_eq!(
            found,
            [
                "content/articles/a.md:4",
                "content/articles/a.md:5",
                "content/articles/a.md:6",
                "content/articles/a.md:7",
                "content/articles/a.md:9",
                "content/articles/a.md:11",
                "content/articles/a.md:15",
                "content/articles/a.md:17",
                "content/briefings/2023-10-17.md:4",
                "content/briefings/2023-10-17.md:6",
                "content/briefings/2023-10-17.md:10",
                "content/briefings/2023-10-17.md:12",
                "content/pages/about.md:4",
                "content/pages/about.md:6",
                "content/pages/about.md:10",
                "content/pages/about.md:12",
                "content/people/jo.md:3",
                "content/people/jo.md:5",
                "content/people/jo.md:7",
                "content/people/jo.md:11",
                "content/people/jo.md:13",
                "content/topics/ports.md:4",
                "content/topics/ports.md:6",
                "content/topics/ports.md:10",
                "content/topics/ports.md:12",
                "dateline.yaml:3",
                "dateline.yaml:4",
                "dateline.yaml:5",
                "dateline.yaml:6",
                "dateline.yaml:7",
                "dateline.yaml:8",
                "dateline.yaml:9",
                "templates/part.html:3",
                "templates/part.html:4",
            ],
            "{address}: {}",
            describe(&look(&site, false).report)
        );
    }
}

#[test]
fn a_fix_takes_out_what_tracks_and_nothing_else() {
    let site = everywhere("https://a.example/x?id=1&utm_source=x&page=2&mc_eid=3#part");
    let Checked { report, .. } = look(&site, true);
    let left: Vec<String> =
        report.diagnostics().iter().map(short).filter(|at| at.starts_with("tracked-link")).collect();
    assert_eq!(left, Vec::<String>::new());
    let stories = ["articles/a", "briefings/2023-10-17", "pages/about", "topics/ports", "people/jo"];
    let stories = stories.map(|path| format!("content/{path}.md"));
    for path in stories.iter().map(String::as_str).chain(["dateline.yaml", "templates/part.html"]) {
        let text = fs::read_to_string(site.root().join(path)).expect("it is there");
        // A comment is nobody's link.
        let shown = text.lines().filter(|line| !line.starts_with("{#") && !line.starts_with("<!"));
        let text: String = shown.filter_map(|line| line.split(" # ").next()).collect();
        assert!(!text.contains("utm_") && !text.contains("mc_eid"), "{text}");
        assert_eq!(text.matches("https://a.example/x?id=1&page=2#part").count(), text.matches("a.example").count());
    }
}

#[test]
fn what_did_not_become_a_link_is_found() {
    for text in [
        "[the port] (https://a.example/)",
        "[the port]\n(https://a.example/)",
        "[the port] (visit.md)",
        "(the port)[https://a.example/]",
        "[the port](https://a.example/a b)",
        "[the port](https://a.example/x",
        "<https://a.example/a b>",
        "[[visit",
        "**[the port] (/about/)**",
        "- [the port] (https://a.example/)",
        "> [the port] (https://a.example/)",
        "| a |\n|---|\n| [the port] (https://a.example/) |",
    ] {
        let site = SiteTest::new(article("a", "date: 2023-10-17", text));
        assert_eq!(lines(&site, "unmade-link").len(), 1, "{text}: {}", describe(&look(&site, false).report));
    }
    for text in [
        "[the port](https://a.example/a_(b))",
        "He said so [sic] (in May).",
        "An array [0](x) of `[a] (https://a.example)`",
        "\\[the port\\](https://a.example/)",
        "\\[the port\\] (https://a.example/)",
        "[[a]] and [[a|this]]",
        "    [the port] (https://a.example/)",
        "Two ports (see <https://a.example/>) [and one](https://a.example/b)",
    ] {
        let site = SiteTest::new(article("a", "date: 2023-10-17", text));
        assert_eq!(lines(&site, "unmade-link"), Vec::<String>::new(), "{text}");
    }
    let head = "date: 2023-10-17\nsummary: \"See [the port](https://a.example/)\"\nupdates: [{at: 2023-10-18, text: \"[x](/about/)\"}]";
    let site = SiteTest::new(article("a", head, "T."));
    assert_eq!(lines(&site, "unmade-link"), ["content/articles/a.md:4", "content/articles/a.md:5"]);
}

#[test]
fn marks_of_links_are_found_in_settings_and_templates() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "T."));
    let config = "description: \"By [us](https://a.example/)\"\nnavigation: [{title: \"[N](/topics/)\", url: /topics/}]\nextra: {text: \"[as](/topics/) the theme likes\"}\n";
    site.write("dateline.yaml", format!("{CONFIG}{config}"));
    site.write(
        "templates/part.html",
        "<p>See [us](https://a.example/),\n[{{ x }}](/about/), a[0](b).</p>\n<script>x[1](/y/)</script>\n",
    );
    assert_eq!(
        lines(&site, "unmade-link"),
        ["dateline.yaml:3", "dateline.yaml:4", "templates/part.html:1", "templates/part.html:2"]
    );
}

#[test]
fn settings_of_machines_may_lead_to_machines_of_the_desk() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "T."));
    let config = "title: The Test\nbase_url: http://localhost:4000\ndeploy: {store: {to: s3://b, endpoint: \"http://minio.lan:9000\", base_url: \"http://b.lan\"}}\n";
    site.write("dateline.yaml", config);
    assert_eq!(lines(&site, "desk-link"), Vec::<String>::new());
}

#[test]
fn every_build_tells_of_dead_paths_in_settings_at_their_place() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "T."));
    let config = "navigation:\n  - {title: A, url: /topcis/}\n  - {title: T, url: \"https://test.example/abuot/#x\"}\n  - {title: T, url: /topics/#top}\n  - {title: S, url: /shop/cart?x}\n  - {title: O, url: https://other.example/x/}\npublisher:\n  name: P\n  ethics: /ethics/\n  logo: /logo.svg\nimage: /shop/card.png\nsecurity: {contact: \"https://test.example/report/\", expires: 2024-06-01}\nelsewhere: [/shop/]\nextra: {help: /hlep/, form: /x}\n";
    site.write("dateline.yaml", format!("{CONFIG}{config}"));
    let output = site.build_and_compare();
    assert_eq!(
        output.problems(),
        [
            "dead-path dateline.yaml:4:21",
            "dead-path dateline.yaml:5:21",
            "dead-path dateline.yaml:11:11",
            "missing-image dateline.yaml:12:9",
            "dead-path dateline.yaml:14:21",
            "dead-path dateline.yaml:16:15",
        ],
        "{}",
        describe(&output.built.report)
    );
    assert!(describe(&output.built.report).contains("did you mean `/topics/`?"));
    assert!(output.file("/2023/10/17/a/").contains("/shop/card.png"), "what another program answers is advertised");
    // What the build says, `check` does not say again of its pages.
    assert_eq!(lines(&site, "dead-link"), Vec::<String>::new());
}

#[test]
fn paths_of_another_program_are_not_dead() {
    let dead = "[a](/extensions/x.zip?v=1#top), [b](/status), [c](https://test.example/extensions), <a href=\"/extensions/y\">d</a>, [e](/extension/z)";
    let files = [
        ("articles/a", "title: A\ndate: 2023-10-17\nsources: [{name: S, url: /extensions/s}]"),
        ("briefings/2023-10-17", "date: 2023-10-17"),
        ("pages/about", "title: About"),
        ("topics/ports", "title: Ports"),
        ("people/jo", "name: Jo\nlinks: [{name: L, url: /extensions/l}]"),
    ];
    let literal: String =
        files.iter().map(|(path, head)| format!("-- content/{path}.md --\n---\n{head}\n---\n{dead}\n")).collect();
    let template = "-- templates/page.html --\n{% extends \"builtin/page.html\" %}\n{% block main %}<a href=\"/extensions/t\">x</a>{{ super() }}{% endblock main %}\n";
    let site = SiteTest::new(literal + template);
    let rest = "navigation: [{title: E, url: /extensions/n}]\nredirects: {/old/: /extensions/old}\n";
    site.write("dateline.yaml", format!("{CONFIG}{rest}elsewhere: [/extensions/, /status]\n"));
    let found = |site: &SiteTest| -> Vec<String> {
        let report = look(site, false).report;
        let dead = report.diagnostics().iter().filter(|problem| problem.code.0.starts_with("dead-"));
        dead.map(|problem| problem.message.clone()).collect()
    };
    assert_eq!(
        found(&site),
        vec!["this site has nothing at `/extension/z`"; 5],
        "{}",
        describe(&look(&site, false).report)
    );
    site.write("dateline.yaml", format!("{CONFIG}{rest}"));
    assert!(found(&site).len() > 20, "{:?}", found(&site));

    site.write("dateline.yaml", format!("{CONFIG}elsewhere: [/topics/, /, x, /a/*]\n"));
    let bad: Vec<String> = site.problems().into_iter().filter(|problem| problem.starts_with("bad-value")).collect();
    assert_eq!(bad, ["bad-value dateline.yaml:3:23", "bad-value dateline.yaml:3:26", "bad-value dateline.yaml:3:29"]);
    site.write("dateline.yaml", format!("{CONFIG}elsewhere: [/topics/]\n"));
    assert!(site.problems().contains(&"route-conflict dateline.yaml:3:13".to_owned()), "{:?}", site.problems());
}

/// What a message says of who wants an address, and where it stands.
fn conflict(config: &str, files: &[(&str, &str)]) -> (String, String) {
    let literal: String = files.iter().map(|(path, text)| format!("-- {path} --\n{text}\n")).collect();
    let site = SiteTest::new(literal);
    site.write("dateline.yaml", format!("{CONFIG}{config}"));
    let report = site.try_build().report;
    let found: Vec<_> = report.diagnostics().iter().filter(|problem| problem.code.0.ends_with("-conflict")).collect();
    assert_eq!(found.len(), 1, "{files:?}: {}", describe(&report));
    let place = short(found[0]);
    (found[0].message.clone(), place.split_once(' ').map_or(String::new(), |(_, place)| place.to_owned()))
}

#[test]
fn whoever_wants_one_address_is_named_with_file_key_and_line() {
    let story = |head: &str| format!("---\ntitle: T\ndate: 2023-10-17\n{head}\n---\nText.");
    let page = "---\ntitle: P\n---\nText.";
    let (slug, threads, topics) = (story("slug: x"), story("thread: One story"), story("topics: [ICC, Ports]"));
    let (section, aliases) = (story("section: World"), story("aliases: [/old/, /x.txt]"));
    for (config, files, message, place) in [
        (
            "",
            vec![("content/articles/a.md", slug.as_str()), ("content/articles/b.md", slug.as_str())],
            "`slug` in `content/articles/a.md`, line 4 and `slug` in `content/articles/b.md`, line 4 both want the address `/2023/10/17/x/`",
            "content/articles/b.md:4:7",
        ),
        (
            "",
            vec![("content/articles/a.md", &threads), ("content/pages/threads/one-story.md", page)],
            "`thread` in `content/articles/a.md`, line 4 and `content/pages/threads/one-story.md` both want the address `/threads/one-story/`",
            "content/pages/threads/one-story.md",
        ),
        (
            "",
            vec![("content/articles/a.md", &topics), ("content/pages/topics/ports.md", page)],
            "`topics` in `content/articles/a.md`, line 4 and `content/pages/topics/ports.md` both want the address `/topics/ports/`",
            "content/pages/topics/ports.md",
        ),
        (
            "",
            vec![("content/articles/a.md", &section), ("static/topics/world/index.html", "x")],
            "`section` in `content/articles/a.md`, line 4 and `static/topics/world/index.html` both want the address `/topics/world/index.html`",
            "static/topics/world/index.html",
        ),
        (
            "",
            vec![
                ("content/topics/a.md", "---\ntitle: Ports\n---"),
                ("static/topics/ports/feed.xml", "x"),
                ("content/articles/a.md", &topics),
            ],
            "the feed of `title` in `content/topics/a.md`, line 2 and `static/topics/ports/feed.xml` both want the address `/topics/ports/feed.xml`",
            "static/topics/ports/feed.xml",
        ),
        (
            "",
            vec![
                ("content/people/a.md", "---\nname: Jo\n---"),
                ("content/people/b.md", "---\nname: Zo\nslug: jo\n---"),
            ],
            "`name` in `content/people/a.md`, line 2 and `slug` in `content/people/b.md`, line 3 both want the address `/people/jo/`",
            "content/people/b.md:3:7",
        ),
        (
            "topic_pairs: 2\n",
            vec![
                ("content/articles/a.md", &topics),
                ("content/articles/b.md", &topics),
                ("content/pages/topics/icc/with/ports.md", page),
            ],
            "the page of `ICC` with `Ports` (`topics` in `content/articles/b.md`, line 4) and `content/pages/topics/icc/with/ports.md` both want the address `/topics/icc/with/ports/`",
            "content/pages/topics/icc/with/ports.md",
        ),
        (
            "",
            vec![
                ("content/briefings/2023-10-17.md", "---\ndate: 2023-10-17\n---"),
                ("content/pages/briefings/2023-10-17.md", "---\ntitle: P\nslug: 2023-10-17\n---"),
            ],
            "`content/briefings/2023-10-17.md` and `slug` in `content/pages/briefings/2023-10-17.md`, line 3 both want the address `/briefings/2023-10-17/`",
            "content/pages/briefings/2023-10-17.md:3:7",
        ),
        (
            "",
            vec![("content/people/a.md", "---\nname: Jo\n---"), ("content/pages/people.md", page)],
            "Dateline’s own people page and `content/pages/people.md` both want the address `/people/`",
            "content/pages/people.md",
        ),
        (
            "",
            vec![("content/articles/a.md", &topics), ("static/archive/2023/10/index.html", "x")],
            "the archive of 2023-10 and `static/archive/2023/10/index.html` both want the address `/archive/2023/10/index.html`",
            "static/archive/2023/10/index.html",
        ),
        (
            "page_size: 1\n",
            vec![
                ("content/articles/a.md", &section),
                ("content/articles/b.md", &section),
                ("static/topics/world/page/1/index.html", "x"),
            ],
            "`section` in `content/articles/b.md`, line 4 and `static/topics/world/page/1/index.html` both want the address `/topics/world/page/1/index.html`",
            "static/topics/world/page/1/index.html",
        ),
        (
            "",
            vec![("content/articles/a.md", &aliases), ("static/x.txt/index.html", "x")],
            "the alias `/x.txt/` belongs to `static/x.txt/index.html` already",
            "content/articles/a.md:4:18",
        ),
        (
            "",
            vec![("content/articles/a.md", &aliases), ("content/articles/b.md", &aliases.replace(", /x.txt", ""))],
            "the alias `/old/` belongs to `aliases` in `content/articles/a.md`, line 4 already",
            "content/articles/b.md:4:11",
        ),
        (
            "redirects: {/threads/one-story/: /}\n",
            vec![("content/articles/a.md", &threads)],
            "`redirects` leads `/threads/one-story/` on, and `thread` in `content/articles/a.md`, line 4 answers `/threads/one-story/`",
            "dateline.yaml:3:13",
        ),
        (
            "",
            vec![("static/Robots.txt", "x")],
            "Dateline’s own text file and `static/Robots.txt` both want the address `/Robots.txt`",
            "static/Robots.txt",
        ),
    ] {
        assert_eq!(conflict(config, &files), (message.to_owned(), place.to_owned()));
    }
}
