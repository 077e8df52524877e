//! E-mail editions: one letter as HTML, as text and as a message, which mail programs and readers can use, and which is
//! private.

use std::collections::BTreeSet;
use std::fs;

use dateline::base::report::Severity;
use dateline::pipeline;
use dateline::plan::email::{self, Missing};
use mail_parser::{MessageParser, MimeHeaders};

use crate::site_test::{Output, SiteTest, assert_in_order, assert_same, attributes, between, describe, png, tree};

/// Elements that a letter is made of.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "body",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "meta",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
];
/// Properties that mail programs know, Word's engine in Outlook among them.
const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-top",
    "color",
    "display",
    "font-family",
    "font-size",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "max-height",
    "max-width",
    "overflow",
    "overflow-wrap",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
    "width",
    "word-wrap",
];

const CONFIG: &str = "-- dateline.yaml --\ntitle: The \"Desk\" & Sons’ Briefing\nbase_url: https://test.example/sub\n\
    timezone: Asia/Shanghai\nemail:\n  from: Ünï Desk <desk@test.example>\n  reply_to: editors@test.example\n  address: |\n    1 High Street\n    Tallinn\n";

/// An edition with whatever a text may hold.
const EDITION: &str = r#"
-- content/articles/visit.md --
---
title: The visit & “more”
date: 2023-10-17
summary: He came, they talked; nobody signed. And then some more words, so that the line must break.
dateline: {places: [Beijing], date: Oct 17}
topics: [Russia]
image: {src: port.png, alt: The port}
---
Text.
-- content/articles/second.md --
---
title: 普京抵达北京出席一带一路论坛
lang: zh
date: 2023-10-16
summary: 普京抵达北京，出席第三届“一带一路”国际合作高峰论坛。普京抵达北京，出席第三届“一带一路”国际合作高峰论坛。
---
文。
-- content/articles/secret.md --
---
title: Secretmark
date: 2023-10-16
embargo: 2023-10-19
summary: Secretmark.
topics: [Secretmark]
---
Secretmark.
-- content/briefings/2023-10-17.md --
---
title: Three things to know about a day that had a very long headline indeed, of more than one line
date: 2023-10-17 06:30
number: 12
summary: What happened & why.
stories: [visit, secret, second]
---
An introduction with a [link](https://out.example/?a=1&b=2), a [story](../articles/visit.md) and [another](../articles/secret.md).

## The court {#court topics="ICC, Oil"}

> Somebody said so.

- one
- two, with *emphasis* and [a link](https://out.example/two)
    1. deep

| State | Barrels |
|---|--:|
| A | 1,200 |

### Within

![A map](map.png)

![A chart](chart.svg)

<details><summary>More</summary><p style="position:absolute" class="x">Hidden <script>alert(1)</script></p></details>

A note[^1], and Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiterstellvertreter.

```
let  x = 1;
```

[^1]: Its text.

## Nothing more {#nothing}

Text.
"#;

fn site() -> SiteTest {
    site_of(format!("{CONFIG}{EDITION}"))
}

/// A site with the pictures of the edition.
fn site_of(files: impl AsRef<str>) -> SiteTest {
    let site = SiteTest::new(files);
    site.write("content/articles/port.png", png(800, 400)).write("content/briefings/map.png", png(300, 200));
    site.write(
        "content/briefings/chart.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5\" height=\"5\"></svg>",
    );
    site
}

fn letter(output: &Output, edition: &str, name: &str) -> String {
    output.file(&format!("/.dateline/private/briefings/{edition}/{name}"))
}

/// The start tags of a piece of HTML: name and the rest.
fn tags(html: &str) -> Vec<(&str, &str)> {
    let pieces = html.split('<').skip(1).filter(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic()));
    pieces
        .map(|piece| {
            let tag = piece.split('>').next().expect("a first part");
            tag.split_once([' ', '\n']).unwrap_or((tag, ""))
        })
        .collect()
}

/// Row 25 of our standards: what mail programs bear.
#[test]
fn the_html_is_what_mail_programs_show() {
    let site = site();
    let html = letter(&site.build(), "2023-10-17", "email.html");
    assert!(html.len() <= 80_000, "{}", html.len());
    assert!(html.find("<meta charset=\"utf-8\">").expect("a character set") < 1024);
    let unknown: BTreeSet<_> =
        tags(&html).into_iter().map(|(name, _)| name).filter(|n| !ELEMENTS.contains(n)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let body = &html[html.find("<body").expect("a body")..];
    for style in attributes(body, "style") {
        for property in style.split(';').filter(|property| !property.is_empty()) {
            let (name, value) = property.split_once(':').expect("a value");
            assert!(PROPERTIES.contains(&name.trim()), "{property}");
            assert!(name != "font-size" || value.trim().trim_end_matches("px").parse::<u32>().expect("px") >= 14);
            assert!(!value.contains("url("), "{property}");
        }
    }
    assert!(!html.contains("javascript") && !html.contains("alert(") && !html.contains("data:"), "{html}");
    let sheet = between(&html, "<style>", "</style>");
    assert_eq!(html.matches("<style>").count(), 1);
    assert_eq!(sheet.matches('@').count(), 2, "{sheet}");
    assert!(sheet.trim_start().starts_with("@media") && sheet.contains("prefers-color-scheme: dark"), "{sheet}");
    for (_, rest) in tags(&html).into_iter().filter(|(name, _)| *name == "table") {
        assert!(rest.contains("role=\"presentation\"") || !rest.contains("class="), "{rest}");
    }
    let pictures: Vec<_> = tags(&html).into_iter().filter(|(name, _)| *name == "img").map(|(_, rest)| rest).collect();
    assert_eq!(pictures.len(), 2);
    for (picture, size) in pictures
        .iter()
        .zip(["width=\"300\" height=\"200\" alt=\"A map\"", "width=\"552\" height=\"276\" alt=\"The port\""])
    {
        assert!(picture.contains(size) && picture.contains("display: block"), "{picture}");
    }
    for address in attributes(&html, "href").into_iter().chain(attributes(&html, "src")) {
        assert!(address.starts_with("https://") || address == "{{unsubscribe_url}}", "{address}");
    }
    assert_in_order(
        &html,
        &[
            "<html lang=\"en\" dir=\"ltr\">",
            "display: none",
            "What happened &amp; why.</div>",
            "https://test.example/sub/briefings/2023-10-17/",
            "No. 12, Tuesday, 17 October 2023, 06:30",
            "<a href=\"https://out.example/?a=1&amp;b=2\"",
            "https://test.example/sub/briefings/2023-10-17/#court",
            "ICC, Oil",
            "<blockquote",
            "text-align: right",
            "<a href=\"https://test.example/sub/briefings/2023-10-17/chart.svg\"",
            "A note<sup",
            "#nothing",
            "BEIJING, Oct 17 — He came",
            "dir=\"ltr\" lang=\"zh\"",
            "1 High Street",
            "Tallinn",
            "Unsubscribe",
        ],
    );
}

/// The addresses of a piece of HTML or text, in order of their first mention.
fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let text = text.replace("&amp;", "&");
    for (at, _) in text.match_indices("https://") {
        let address = text[at..].split(['"', '\n', ' ', '<']).next().expect("a first part").to_owned();
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// Row 26: the same items in the same order, with the same addresses.
#[test]
fn the_text_says_what_the_html_says() {
    let site = site();
    let output = site.build();
    let (html, text) = (letter(&output, "2023-10-17", "email.html"), letter(&output, "2023-10-17", "email.txt"));
    // Pictures are not in the text.
    let linked = attributes(&html, "href").join("\n");
    assert_eq!(addresses(&text), addresses(&linked));
    for line in text.lines() {
        assert_eq!(line, line.trim_end(), "spaces at the end of a line");
        assert!(line.chars().count() <= 78 || line.contains("https://"), "{line}");
    }
    assert!(!text.contains("&amp;") && !text.contains("&#") && !text.contains("**"), "{text}");
    assert_in_order(
        &text,
        &[
            "The \"Desk\" & Sons’ Briefing\nThree things to know about a day",
            "An introduction with a link [1], a story [2] and another.\n\n[1] https://out.example/?a=1&b=2\n[2] https://test.example/sub/2023/10/17/visit/\n",
            "1. The court\nICC, Oil\nhttps://test.example/sub/briefings/2023-10-17/#court\n\n> Somebody said so.\n\n- one\n- two, with emphasis and a link [1]\n  1. deep\n\nState | Barrels\nA | 1,200\n\nWithin\n\n[A map]",
            "A note¹, and",
            "    let  x = 1;\n\n1. Its text.\n\n[1] https://out.example/two\n[2] https://test.example/sub/briefings/2023-10-17/chart.svg\n",
            "2. Nothing more",
            "3. The visit & “more”\nRussia\nhttps://test.example/sub/2023/10/17/visit/\n\nBEIJING, Oct 17 — He came",
            "4. 普京抵达北京出席一带一路论坛",
            "1 High Street\nTallinn\n",
            "Unsubscribe:\n{{unsubscribe_url}}\n",
        ],
    );
}

/// Row 27: a message that mail programs and sending services take.
#[test]
fn the_message_is_sound() {
    let site = site();
    let output = site.build();
    let raw = letter(&output, "2023-10-17", "edition.eml");
    assert!(raw.is_ascii() && raw.replace("\r\n", "").find(['\r', '\n']).is_none(), "all lines end with CRLF");
    assert!(raw.split("\r\n").all(|line| line.len() <= 78));
    let message = MessageParser::new().parse(raw.as_bytes()).expect("a message");
    let from = message.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!((from.name(), from.address()), (Some("Ünï Desk"), Some("desk@test.example")));
    let reply_to = message.reply_to().and_then(|to| to.first()).and_then(|to| to.address());
    assert_eq!(reply_to, Some("editors@test.example"));
    assert_eq!(
        message.subject(),
        Some("Three things to know about a day that had a very long headline indeed, of more than one line")
    );
    assert_eq!(message.date().expect("a date").to_rfc3339(), "2023-10-17T06:30:00+08:00");
    let id = message.message_id().expect("an id");
    assert!(id.starts_with("2023-10-17.") && id.ends_with("@test.example"), "{id}");
    for line in ["\r\nX-Unsent: 1\r\n", "\r\nMIME-Version: 1.0\r\n", "\r\nList-Unsubscribe: <{{unsubscribe_url}}>\r\n"]
    {
        assert!(raw.contains(line), "{line}");
    }
    assert!(!raw.contains("One-Click"), "a placeholder is no address that one click could reach");
    assert!(message.is_content_type("multipart", "alternative"));
    let parts: Vec<_> = message.parts.iter().skip(1).collect();
    assert_eq!(parts.len(), 2);
    assert!(parts[0].is_content_type("text", "plain") && parts[1].is_content_type("text", "html"));
    assert!(message.parts.iter().all(|part| !part.is_encoding_problem));
    let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    let html = letter(&output, "2023-10-17", "email.html");
    assert_eq!(lines(parts[0].text_contents().expect("text")), lines(&letter(&output, "2023-10-17", "email.txt")));
    assert_eq!(lines(parts[1].text_contents().expect("HTML")), lines(&html));
}

#[test]
fn an_address_for_unsubscribing_is_one_click_away() {
    let config = format!("{CONFIG}  list_unsubscribe: https://test.example/u?a=1&b=2\n");
    let site = site_of(format!("{EDITION}{config}"));
    let output = site.build();
    let raw = letter(&output, "2023-10-17", "edition.eml");
    assert_in_order(
        &raw,
        &[
            "List-Unsubscribe: <https://test.example/u?a=1&b=2>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        ],
    );
    let html = letter(&output, "2023-10-17", "email.html");
    assert!(html.contains("<a href=\"https://test.example/u?a=1&amp;b=2\""), "{html}");
}

#[test]
fn withheld_stories_are_in_no_letter() {
    let mut site = site();
    let held = |output: &Output| {
        let names = ["email.html", "email.txt", "edition.eml"];
        names.map(|name| letter(output, "2023-10-17", name).to_lowercase().contains("secretmark"))
    };
    assert_eq!(held(&site.build()), [false; 3]);
    site.set_now("2023-10-19T12:00:00Z");
    assert_eq!(held(&site.build()), [true; 3], "when its time has come it is there");
}

#[test]
fn letters_are_the_same_twice_and_incremental_builds_equal_clean_ones() {
    let private = |site: &SiteTest| tree(&site.public().join(".dateline/private"));
    let (one, other) = (site(), site());
    one.build();
    other.build();
    assert_same(&private(&one), &private(&other));
    let edited = EDITION.replace("nobody signed", "somebody signed");
    one.write_all(&edited);
    let (_, changed, _) = one.build().changes();
    let names = ["edition.eml", "email.html", "email.txt"];
    let names = names.map(|name| format!("/.dateline/private/briefings/2023-10-17/{name}"));
    let changed: Vec<String> = changed.into_iter().filter(|route| route.contains("private")).collect();
    assert_eq!(changed, names);
    let fresh = SiteTest::new(format!("{CONFIG}{edited}"));
    fresh.write("content/articles/port.png", png(800, 400)).write("content/briefings/map.png", png(300, 200));
    fresh.write(
        "content/briefings/chart.svg",
        fs::read(one.root().join("content/briefings/chart.svg")).expect("a file"),
    );
    fresh.build();
    assert_same(&private(&one), &private(&fresh));
    // A template of its own, and its end.
    one.write("templates/email.txt", "{% extends \"builtin/email.txt\" %}");
    let (_, changed, _) = one.build().changes();
    assert!(changed.is_empty(), "{changed:?}");
    one.write("templates/email.txt", "Only {{ letter.title }}\n");
    assert_eq!(one.build().changes().1, [names[0].clone(), names[2].clone()], "the HTML does not use it");
    one.write("dateline.yaml", "title: T\nbase_url: https://test.example\n");
    let (_, _, removed) = one.build().changes();
    assert_eq!(removed[..3], names);
    assert!(!one.public().join(".dateline/private/briefings").exists());
}

#[test]
fn the_foot_names_the_publication_once() {
    for address in ["Test Daily, 1 High Street", "Test Daily\\n1 High Street", "1 High Street", ""] {
        let site = SiteTest::new(format!(
            "-- dateline.yaml --\ntitle: Test Daily\nbase_url: https://test.example\nemail: {{from: desk@test.example, address: \"{address}\"}}\n\
             -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n## One\n\nText.\n"
        ));
        let output = site.build();
        let html = letter(&output, "2023-10-17", "email.html");
        let foot = html.split("row foot").nth(1).expect("a foot");
        assert_eq!(foot.matches("Test Daily").count(), 1, "{address}: {foot}");
        let text = letter(&output, "2023-10-17", "email.txt");
        let foot = text.rsplit("-----").next().expect("a foot");
        assert_eq!(foot.matches("Test Daily").count(), 1, "{address}: {foot}");
    }
}

#[test]
fn letters_are_private() {
    let site = site();
    let output = site.build();
    assert!(output.built.summary.as_ref().is_some_and(|summary| summary.foreign.is_empty()));
    for file in ["/sitemap.xml", "/sitemap-pages.xml", "/_redirects", "/feed.xml"] {
        assert!(!output.file(file).contains("email"), "{file}");
    }
    site.write("content/pages/p.md", "---\ntitle: P\n---\n[a](/briefings/2023-10-17/email.html) [b](/.dateline/private/briefings/2023-10-17/email.html)\n");
    let problems: Vec<String> = site.problems();
    let dead: Vec<_> = problems.iter().filter(|problem| problem.starts_with("dead-path")).collect();
    assert_eq!(dead.len(), 2, "{problems:?}");
}

#[test]
fn composed_editions_have_letters_and_none_are_made_unless_asked_for() {
    let articles = "-- content/articles/a.md --\n---\ntitle: First\ndate: 2023-10-17\nsummary: One.\n---\nText.\n\
        -- content/articles/b.md --\n---\ntitle: Second\ndate: 2023-10-17\n---\nText.\n";
    let site = SiteTest::new(format!("{CONFIG}briefings: daily\n{articles}"));
    let output = site.build();
    let text = letter(&output, "2023-10-17", "email.txt");
    assert_in_order(&text, &["Briefing of", "First", "Second", "Unsubscribe"]);
    let site = site_of(EDITION);
    let output = site.build();
    assert!(!output.exists("/.dateline/private/briefings"), "without `email` there are none");
}

#[test]
fn large_letters_are_reported_once_each_time() {
    let site = site();
    let long = |words: usize| format!("\n## The long part\n\n{}\n", "word ".repeat(words));
    let sizes = |words: usize| {
        site.write(
            "content/briefings/2023-10-18.md",
            format!("---\ntitle: L\ndate: 2023-10-18 06:30\n---\n## Short\n\nText.\n{}", long(words)),
        );
        let report = site.build().built.report;
        let found: Vec<_> = report.diagnostics().iter().filter(|d| d.code.0 == "email-size").cloned().collect();
        let checked = site.problems().into_iter().filter(|problem| problem.starts_with("email-size")).count();
        assert_eq!(checked, found.len(), "`check` says the same: {}", describe(&report));
        found
    };
    assert!(sizes(10_000).is_empty());
    let found = sizes(17_000);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warning);
    assert!(
        found[0].message.contains("`/briefings/2023-10-18/`") && found[0].message.contains("`The long part`, has 85,"),
        "{}",
        found[0].message
    );
    // The letter is kept, and still large.
    site.write("content/articles/new.md", "---\ntitle: New\ndate: 2023-10-16\n---\nText.\n");
    assert!(site.build().problems().iter().any(|problem| problem == "email-size content/briefings/2023-10-18.md"));
    let found = sizes(25_000);
    assert!(found[0].message.contains("Gmail cuts it off"), "{}", found[0].message);
}

#[test]
fn an_edition_is_found_by_what_people_call_it() {
    let site = site();
    site.write(
        "content/briefings/2023-10-18.md",
        "---\ntitle: Later\ndate: 2023-10-18\nnumber: 13\n---\n## A\n\nText.\n",
    );
    site.write(
        "content/briefings/2023-10-20.md",
        "---\ntitle: Not yet\ndate: 2023-10-20\nnumber: 14\n---\n## A\n\nText.\n",
    );
    let prepared = pipeline::prepare(&site.request()).0.expect("a site");
    for (called, index) in [
        ("latest", 0),
        ("2023-10-18", 0),
        ("13", 0),
        ("2023-10-17", 1),
        ("12", 1),
        ("#12", 1),
        ("/briefings/2023-10-17/", 1),
        ("content/briefings/2023-10-17.md", 1),
    ] {
        let found = email::find(&prepared.context, called).ok().map(|(_, id)| id);
        assert_eq!(found, Some(dateline::site::EditionId(index)), "{called}");
    }
    let unknown = |called: &str| match email::find(&prepared.context, called) {
        Err(Missing::Unknown(near)) => near,
        Err(other) => panic!("{other:?}"),
        Ok((_, id)) => panic!("{id:?}"),
    };
    assert_eq!(unknown("2023-10-10"), ["2023-10-17", "2023-10-18"], "the nearest first");
    assert_eq!(unknown("99"), ["2023-10-18", "2023-10-17"]);
    assert_eq!(unknown("2023-01-17x")[0], "2023-10-17");
    for called in ["2023-10-20", "14"] {
        assert!(
            matches!(email::find(&prepared.context, called), Err(Missing::Withheld(held)) if held.title == "Not yet")
        );
    }
}
