//! `dateline import wire`: pieces of wire copy, and what becomes of them.
//!
//! The pieces stand in `wire/*.txt`. A case is a name, options, the copy, and lines of the article that it becomes:
//!
//! ```text
//! === the name of the case
//! now: 2026-11-24
//! ---
//! KESH, Nov 23 (HW) - The copy.
//! --->
//! date: 2026-11-23
//! ! no line of the article has this
//! ? a line of what was concluded, or of the report, has this
//! ```
//!
//! The lines stand in the article in this order, each as a whole; an empty one is not compared. `=== story 2` among them
//! goes on with the next story of the copy. A final `~` of the copy is no line end, and `␁` is a control character. Options: `now`, `year`, `title`,
//! `topics`, `encoding`, `stories`.

use std::fs;
use std::sync::Arc;

use dateline::content::document::Content;
use dateline::content::load::{DocumentKind, load};
use dateline::import::wire::{self, Article, Dry, ImportContext, WireOptions};
use dateline::pipeline;
use dateline::site::Site;
use proptest::prelude::*;

use crate::site_test::{SiteTest, describe};

const TABLES: [(&str, &str); 6] = [
    ("datelines", include_str!("wire/datelines.txt")),
    ("credits", include_str!("wire/credits.txt")),
    ("headers", include_str!("wire/headers.txt")),
    ("bodies", include_str!("wire/bodies.txt")),
    ("files", include_str!("wire/files.txt")),
    ("prose", include_str!("wire/prose.txt")),
];

/// Topics that the site knows.
const TOPICS: &str = "\
-- content/topics/nordhaven.md --
---
title: Nordhaven
kind: place
---
-- content/topics/rail-pact.md --
---
title: Rail pact
aliases: [rail corridor]
---
-- content/topics/court.md --
---
title: Court of the Ports
aliases: [CoP]
---
";

/// A site as of an instant.
fn site(now: &str) -> Arc<Site> {
    let test = SiteTest::new(TOPICS).at(now);
    let (site, report) = pipeline::assemble(&test.request());
    assert!(report.is_empty(), "{}", describe(&report));
    site.expect("a site")
}

struct Case<'t> {
    name: &'t str,
    options: Vec<(&'t str, &'t str)>,
    copy: String,
    expected: Vec<Vec<&'t str>>,
}

impl<'t> Case<'t> {
    fn all(table: &'t str) -> Vec<Self> {
        let mut cases: Vec<Self> = Vec::new();
        let mut part = 0;
        for line in table.lines() {
            match (line, cases.last_mut()) {
                (line, Some(case)) if part == 2 && line.starts_with("=== story ") => case.expected.push(Vec::new()),
                (line, _) if line.starts_with("=== ") => {
                    part = 0;
                    let name = &line[4..];
                    cases.push(Self { name, options: Vec::new(), copy: String::new(), expected: vec![Vec::new()] });
                }
                ("---", _) if part == 0 => part = 1,
                ("--->", _) if part == 1 => part = 2,
                (line, Some(case)) if part == 0 => {
                    case.options.push(line.split_once(": ").unwrap_or_else(|| panic!("{}: {line}", case.name)));
                }
                (line, Some(case)) if part == 1 => {
                    case.copy.push_str(line);
                    case.copy.push('\n');
                }
                (line, Some(case)) if !line.trim().is_empty() => {
                    case.expected.last_mut().expect("there is one").push(line);
                }
                _ => {}
            }
        }
        for case in &mut cases {
            // Control characters are written as their pictures.
            for (picture, sign) in [('␀', "\0"), ('␁', "\u{1}"), ('␂', "\u{2}"), ('␃', "\u{3}")] {
                case.copy = case.copy.replace(picture, sign);
            }
            if let Some(copy) = case.copy.strip_suffix("~\n") {
                case.copy = copy.to_owned();
            }
        }
        cases
    }

    fn option(&self, name: &str) -> Option<&'t str> {
        self.options.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    fn bytes(&self) -> Vec<u8> {
        let units = |big: bool| -> Vec<u8> {
            let units = self.copy.encode_utf16();
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        match self.option("encoding") {
            None => self.copy.clone().into_bytes(),
            Some("utf-8 with a mark") => [b"\xef\xbb\xbf", self.copy.as_bytes()].concat(),
            Some("utf-16le") => units(false),
            Some("utf-16le with a mark") => [b"\xff\xfe", units(false).as_slice()].concat(),
            Some("utf-16be with a mark") => [b"\xfe\xff", units(true).as_slice()].concat(),
            Some("crlf") => self.copy.replace('\n', "\r\n").into_bytes(),
            Some("windows-1252") => self.copy.chars().map(western).collect(),
            Some(other) => panic!("{}: {other}", self.name),
        }
    }

    fn check(&self) -> Vec<String> {
        let known = ["now", "year", "title", "topics", "encoding", "stories"];
        assert!(self.options.iter().all(|(key, _)| known.contains(key)), "{}: {:?}", self.name, self.options);
        let site = site(self.option("now").unwrap_or("2026-11-24"));
        let options = WireOptions {
            year: self.option("year").map(|year| year.parse().expect("a year")),
            title: self.option("title").map(str::to_owned),
            slug: None,
            topics: self.option("topics").map(|topics| topics.split(',').map(str::to_owned).collect()),
        };
        let (articles, report) = wire::read("copy.txt", &self.bytes(), &ImportContext::new(&site, options));
        let mut wrong = Vec::new();
        let stories = self.option("stories").map_or(self.expected.len(), |count| count.parse().expect("a number"));
        if articles.len() != stories {
            wrong.push(format!("{} stories, not {stories}", articles.len()));
        }
        for (article, expected) in articles.iter().zip(&self.expected) {
            let said: Vec<String> = article.inferences.iter().map(ToString::to_string).collect();
            wrong.extend(misses(&article.text, expected, &format!("{}\n{}", said.join("\n"), describe(&report))));
            wrong.extend(unsound(article, &site));
        }
        if !articles.is_empty() && self.option("stories").is_none() {
            wrong.extend(lost(&self.copy, &articles, &site).into_iter().map(|word| format!("lost: {word}")));
        }
        if articles.is_empty() {
            wrong.extend(misses("", &self.expected[0], &describe(&report)));
        }
        if !wrong.is_empty() {
            let texts = articles.iter().map(|article| {
                let said: Vec<String> = article.inferences.iter().map(|one| format!("  {one}")).collect();
                format!("{}{}\n", article.text, said.join("\n"))
            });
            wrong.push(format!("in:\n{}{}", texts.collect::<String>(), describe(&report)));
        }
        wrong
    }
}

/// What is expected and is not there.
fn misses(text: &str, expected: &[&str], said: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut from = 0;
    let mut wrong = Vec::new();
    for line in expected {
        if let Some(never) = line.strip_prefix("! ") {
            if text.contains(never) {
                wrong.push(format!("there is `{never}`"));
            }
        } else if let Some(words) = line.strip_prefix("? ") {
            if !said.contains(words) {
                wrong.push(format!("nothing says `{words}`"));
            }
        } else {
            match lines[from..].iter().position(|found| *found == line.trim()) {
                Some(at) => from += at + 1,
                None => wrong.push(format!("no line `{line}` here or later")),
            }
        }
    }
    wrong
}

/// What the site's own reader has to say of an article.
fn unsound(article: &Article, site: &Site) -> Vec<String> {
    let path = format!("content/articles/{}.md", article.slug);
    let (document, report) = load(&path, article.text.clone().into_bytes(), DocumentKind::Article, &site.config);
    let mut wrong: Vec<String> = report.diagnostics().iter().map(|problem| problem.message.clone()).collect();
    match document.map(|document| document.content) {
        Some(Content::Article(head, _)) if head.draft => {}
        _ => wrong.push("it is no draft of an article".to_owned()),
    }
    wrong
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Words of the copy that are neither in the articles nor in what was concluded. A title or a summary that is made of
/// the text does not count, and no list of names either: the copy's own lines must be there.
fn lost(copy: &str, articles: &[Article], site: &Site) -> Vec<String> {
    let mut there: Vec<String> = Vec::new();
    for article in articles {
        let (document, _) = load("a.md", article.text.clone().into_bytes(), DocumentKind::Article, &site.config);
        let Some(Content::Article(head, _)) = document.map(|document| document.content) else { continue };
        if !head.title.starts_with("TK ") {
            there.extend(words(&head.title));
        }
        if article.inferences.iter().any(|one| one.from == "the line under the headline") {
            there.extend(words(head.summary.as_deref().unwrap_or("")));
        }
        head.key_points.iter().for_each(|point| there.extend(words(point)));
        let wire = head.extra["wire"].as_object().expect("what was sent");
        let sent = wire.iter().filter(|(key, _)| !["digest", "people"].contains(&key.as_str()));
        sent.for_each(|(_, value)| there.extend(words(&value.to_string())));
        there.extend(words(article.text.split_once("\n---\n").expect("a body").1));
        let ends = article.inferences.iter().filter(|one| one.value.starts_with("the end"));
        ends.for_each(|one| there.extend(words(&one.from)));
    }
    there.sort_unstable();
    let mut lost = Vec::new();
    for word in words(copy) {
        match there.binary_search(&word) {
            Ok(at) => {
                there.remove(at);
            }
            Err(_) => lost.push(word),
        }
    }
    lost
}

fn western(c: char) -> u8 {
    match c {
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        _ => u8::try_from(u32::from(c)).expect("a sign of Windows-1252"),
    }
}

#[test]
fn copy_becomes_articles() {
    let mut wrong = String::new();
    let mut count = 0;
    for (table, text) in TABLES {
        for case in Case::all(text) {
            count += 1;
            for one in case.check() {
                wrong.push_str(&format!("{table}: {}: {one}\n", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= 60, "{count} pieces");
}

/// Pieces of copy, to be shuffled.
const PIECES: [&str; 36] = [
    "EMBARGOED until 0600 GMT Nov 24",
    "EMBARGOED until Tuesday morning",
    "VELTRAVIA-ENERGY/RAIL (UPDATE 1)",
    "UPDATE 2-Veltravia signs rail pact, leaves gas for later",
    "CORRECTED-Court sets date for port case",
    "(Adds minister’s comment in paragraph 3, corrects capacity in paragraph 5)",
    "By Mara Voss and Tomas Lind",
    "BY ANA REYES",
    "Court sets date for port case",
    "A second line below the headline that says a little more",
    "* Rail corridor to open in 2028",
    "• Gas contract not ready",
    "  • No New Gas Deals Expected",
    "·  what is left",
    "NORDHAVEN, Oct 17 (Harbor Wire)- President Oda Renn left for Port Salis on Tuesday.",
    "KESH, Nov. 23 --- The court will hear the port case in March, a clerk",
    "said on Monday. The hearing was moved twice",
    "Nordhaven (AGP) – Ministers met.",
    "GAS TALKS",
    "The ministers listed three gaps:",
    "- price",
    "- volume of *gas* [sic]",
    "“We are not there yet,” said Ilo Sand.",
    "“It is a start,",
    "He will meet Premier Ilo Sand.",
    "Port        1990     2000",
    "Kesh        12       14",
    "(Reporting by Mara Voss in Kesh; Editing by Bo Dahl)",
    "Reporting by the committee showed that exports fell.",
    "Editing by Sana Whitlock",
    "Additional reporting by Lea de la Cruz; Writing by P. Quist",
    "-30-",
    "###",
    "1. The first <b>point</b> of `two`",
    "{{ x }} # not a heading",
    "ENDS",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_the_copy_is_lost(
        picks in prop::collection::vec((0..PIECES.len(), 0..4usize, "[a-zA-Z0-9 .,:;()/•*-]{0,12}"), 1..16),
    ) {
        thread_local! {
            static SITE: Arc<Site> = site("2026-11-24");
        }
        let mut copy = String::new();
        for (piece, mutation, noise) in &picks {
            let piece = PIECES[*piece];
            match mutation {
                0 => copy.push_str(piece),
                1 => { copy.push_str(piece); copy.push('\n'); }
                2 => { copy.push_str(piece); copy.push(' '); copy.push_str(noise); }
                _ => { copy.push_str(noise); copy.push_str(piece); }
            }
            copy.push('\n');
        }
        let wrong = SITE.with(|site| {
            let (articles, report) = wire::read("copy.txt", copy.as_bytes(), &ImportContext::new(site, WireOptions::default()));
            let mut wrong: Vec<String> = articles.iter().flat_map(|article| unsound(article, site)).collect();
            // A story that comes twice is imported once, which is said; copy without a word is not imported.
            if report.diagnostics().iter().all(|problem| ["embargo-unresolved"].contains(&problem.code.0)) {
                wrong.extend(lost(&copy, &articles, site).into_iter().map(|word| format!("lost: {word}")));
            }
            let texts: String = articles.iter().map(|article| article.text.as_str()).collect();
            if wrong.is_empty() { None } else { Some(format!("{wrong:#?}\n{copy}\n=====\n{texts}")) }
        });
        prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_imported_becomes_sound_drafts_or_is_refused(
        text in "([A-Za-z0-9 .,:;!?()/\\[\\]{}<>&*_`#+=|~\"'’“”–—•·\n\t-]|\\PC|-30-\n|By |, Oct 17 \\(HW\\) - ){0,80}",
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        thread_local! {
            static SITE: Arc<Site> = site("2026-11-24");
        }
        let wrong = SITE.with(|site| {
            let context = ImportContext::new(site, WireOptions::default());
            let (mut articles, report) = wire::read("copy.txt", text.as_bytes(), &context);
            let mut wrong = Vec::new();
            if !report.diagnostics().iter().any(|problem| problem.code.0 == "already-imported") && !articles.is_empty() {
                wrong.extend(lost(&text, &articles, site).into_iter().map(|word| format!("lost: {word}")));
            }
            articles.extend(wire::read("copy.txt", &bytes, &context).0);
            wrong.extend(articles.iter().flat_map(|article| unsound(article, site)));
            if wrong.is_empty() { None } else { Some(format!("{wrong:#?}\n{articles:#?}")) }
        });
        prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
    }
}

const COPY: &str = "Port to reopen\n\nKESH, Nov 23 (HW) - The port will reopen in March.\n\nEditing by Bo Dahl\n";

fn import(test: &SiteTest, copy: &str, dry: Dry) -> (Vec<String>, Vec<String>) {
    let (site, _) = pipeline::assemble(&test.request());
    let site = site.expect("a site");
    let (articles, mut report) =
        wire::read("copy.txt", copy.as_bytes(), &ImportContext::new(&site, WireOptions::default()));
    let written = report.take(wire::write(&test.root(), None, &articles, dry));
    let below = |path: &std::path::Path| {
        path.strip_prefix(test.root()).expect("it is inside").to_string_lossy().replace('\\', "/")
    };
    let paths = written.iter().map(|one| format!("{}{}", if one.is_old { "old " } else { "" }, below(&one.path)));
    (paths.collect(), report.diagnostics().iter().map(|problem| problem.code.to_string()).collect())
}

#[test]
fn the_same_copy_is_imported_once_and_nothing_is_overwritten() {
    let test = SiteTest::new("").at("2026-11-24");
    let path = "content/articles/2026/11/port-to-reopen.md";
    assert_eq!(import(&test, COPY, Dry::Run), (vec![path.to_owned()], Vec::new()));
    assert!(!test.root().join(path).exists(), "a dry run writes nothing");
    assert_eq!(import(&test, COPY, Dry::Not), (vec![path.to_owned()], Vec::new()));
    // Edited by the desk and moved, it is still the same copy, however its lines are broken.
    let mine = fs::read_to_string(test.root().join(path)).expect("it was written");
    let moved = "content/articles/port.md";
    test.remove(path).write(moved, mine.replace("title: Port to reopen", "title: Harbour opens"));
    let broken = COPY.replace("reopen in March", "reopen\nin March");
    let old = (vec![format!("old {moved}")], vec!["already-imported".to_owned()]);
    assert_eq!(import(&test, &broken, Dry::Not), old);
    // Other copy with the same headline is not written over it.
    test.write(path, "---\ntitle: Mine\ndate: 2026-11-23\n---\n");
    let other = COPY.replace("March", "April");
    assert_eq!(import(&test, &other, Dry::Not), (Vec::new(), vec!["exists".to_owned()]));
    assert_eq!(
        fs::read_to_string(test.root().join(path)).expect("it is there"),
        "---\ntitle: Mine\ndate: 2026-11-23\n---\n"
    );
}

/// A block of code of the documentation.
fn block<'t>(text: &'t str, language: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("a block");
    rest.split_once("```\n").expect("its end").0
}

#[test]
fn the_example_of_the_documentation_is_what_comes_of_it() {
    let text = include_str!("../../docs/import.md");
    let site = site("2026-11-24");
    let bytes = block(text, "text").as_bytes();
    let (articles, report) = wire::read("copy.txt", bytes, &ImportContext::new(&site, WireOptions::default()));
    assert!(report.is_empty(), "{}", describe(&report));
    assert_eq!(articles[0].text, block(text, "markdown"));
    let note = articles[0].inferences.iter().find(|one| one.what == "date").expect("a date");
    assert!(text.contains(&format!("note[inferred]: {note}")), "{note}");
}

#[test]
fn what_was_imported_is_a_draft_that_reads_as_the_copy_does() {
    let test = SiteTest::new("").at("2026-11-24").previewing(true, true);
    let copy =
        "Port to reopen\n\nKESH, Nov 23 (HW) - The port’s *outer* wall held [sic].\n\n# 1 in tonnage, 2. in ships.\n";
    import(&test, copy, Dry::Not);
    let main = test.build_clean().main("/2026/11/23/port-to-reopen/");
    for text in ["KESH, Nov 23 (HW)", "The port’s *outer* wall held [sic].", "# 1 in tonnage, 2. in ships."] {
        assert!(main.contains(text), "{text}:\n{main}");
    }
}
