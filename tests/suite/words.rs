//! The words of the interface: every one comes from `i18n/`, in each shipped language, on every page, feed and e-mail.

use std::collections::BTreeMap;

use dateline::config::Catalog;

use crate::site_test::{Output, SiteTest, article, attributes, between, describe, short};

/// A site of every family of pages whose own texts have no Latin letters.
fn site(language: &str) -> SiteTest {
    SiteTest::new(
        format!(
            "-- dateline.yaml --\ntitle: Α\ndescription: Β.\nbase_url: https://test.example\nlanguage: {language}\nbriefings: daily\n\
             topic_pairs: 2\nfeeds: {{formats: [atom, rss, json]}}\nmarkdown_twins: true\nemail: {{from: a@test.example}}\n\
             signup: {{action: \"https://list.example/form\", field: mail}}\n"
        ) + &story(
            "a",
            "title: Άλφα\ndate: 2023-10-16 09:00\nupdated: 2023-10-17 09:00\nsummary: Σ.\nkind: analysis\nsection: Δ\ntopics: [Ω, Λ]\n\
             thread: Θ\nstatus: developing\nauthors: [Ε]\ndateline: Π\nkey_points: [Κ., Μ.]\nfacts: [{label: Φ, value: Χ, source: Ψ}]\n\
             sources: [{name: Ξ, url: \"https://other.example/\"}]\nupdates:\n- {at: 2023-10-16 10:00, text: Υ.}\n\
             - {at: 2023-10-16 11:00, kind: correction, text: Ο.}\n- {at: 2023-10-16 12:00, kind: clarification, text: Ρ.}\n\
             - {at: 2023-10-16 13:00, kind: editors-note, text: Τ.}",
            "## Ένα\n\nΛ.\n\n## Δύο\n\nΛ[^1].\n\n[^1]: Ν.\n\n::: embed https://youtu.be/aB-1 title=\"Τ\" :::\n\n::: signup title=\"Γ\" :::\n\n\
             ::: table title=\"Γ\"\n```\nΑ,Β\nΓ,1.5\nΔ,2000\n```\n:::\n\n::: chart title=\"Γ\"\n```\nΑ,Β,Γ\nΓ,1,2\nΔ,2000,-1\n```\n:::\n\n> [!NOTE]\n> Λ.\n\n\
             > [!WARNING]\n> Λ.\n\n- [x] Ε\n- [ ] Ζ\n",
        ) + &story(
            "b",
            "title: Βήτα\ndate: 2023-10-17 09:00\nkind: opinion\ntopics: [Ω, Λ]\nthread: Θ\nauthors: [Ε, Ζ]",
            "Λ.",
        ) + &story("c", "title: Γάμα\ndate: 2023-10-17 10:00\nkind: explainer\ntopics: [Ω, Λ]\nsection: Δ", "Λ.")
            + &story(
                "e",
                "title: Έψιλον\ndate: 2023-10-17 10:00\nupdates: [{at: 2023-10-17 11:00, kind: withdrawn, text: Ψ.}]",
                "Λ.",
            )
            + &story(
                "d",
                "title: Δέλτα\ndate: 2023-10-17 08:00\nkind: live\nstatus: developing\nsummary: Σ.\ntopics: [Ω]",
                "Λ.\n\n## 9:05 Ένα {by=\"Ε\" .key}\n\nΛ.\n\n## 10:05 Δύο\n\nΛ.",
            )
            + "-- content/people/e.md --\n---\nname: Ε\nemail: a@test.example\nlinks: [{name: Η, url: \"https://other.example/\"}]\n---\nΒ.\n\
               -- content/topics/o.md --\n---\ntitle: Ω\nkind: place\naliases: [Ωμέγα]\nsee_also: [Λ]\n---\nΤ.\n\
               -- content/topics/l.md --\n---\ntitle: Λ\nparents: [Ω]\n---\n\
               -- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\n---\n## Α {topics=\"Ω\"}\n\nΛ. [[a]]\n\n## Β\n\nΛ.\n\
               -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 2\n---\nΛ.\n\n## Γ\n\nΛ.\n\
               -- content/pages/p.md --\n---\ntitle: Π\n---\nΛ.\n",
    )
}

/// The literal of a story.
fn story(slug: &str, head: &str, text: &str) -> String {
    format!("-- content/articles/{slug}.md --\n---\n{head}\n---\n{text}\n")
}

/// The texts that a reader sees or hears of a page, a line each: between tags, and in attributes.
fn seen(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for name in ["alt", "title", "aria-label", "placeholder"] {
        texts.extend(attributes(page, name));
    }
    for tag in page.split("<meta ").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if ["description", "og:title", "og:site_name", "og:description"]
            .iter()
            .any(|name| tag.contains(&format!("\"{name}\"")))
        {
            texts.push(between(tag, "content=\"", "\"").to_owned());
        }
    }
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        texts.push(rest[..at].trim().to_owned());
        let tag = &rest[at..];
        let end = ["script", "style"].iter().find(|name| tag[1..].starts_with(**name)).map(|name| format!("</{name}>"));
        rest = match end.as_deref().and_then(|end| tag.find(end)) {
            Some(end) => &tag[end + 1..],
            None => tag,
        };
        rest = rest.split_once('>').map_or("", |(_, rest)| rest);
    }
    texts.push(rest.trim().to_owned());
    texts.retain(|text| !text.is_empty() && !text.contains("//test.example") && !text.contains("a@test.example"));
    texts
}

/// All texts that readers see, by file: of pages, feeds, e-mails and files for machines.
fn all_seen(output: &Output, site: &SiteTest) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let mails = ["html", "txt"].map(|form| format!(".dateline/private/briefings/2023-10-17/email.{form}"));
    for path in site.tree().into_keys().chain(mails) {
        let texts = match path.rsplit('.').next().unwrap_or_default() {
            "html" => seen(&output.file(&path)),
            "xml" if path.contains("sitemap") => continue,
            "xml" => {
                let feed = output.file(&path);
                let text = |name: &str| {
                    let start = format!("<{name}>");
                    let parts = feed.split(&start).skip(1).filter_map(|part| part.split("</").next());
                    parts.map(ToOwned::to_owned).collect::<Vec<_>>()
                };
                ["title", "subtitle", "description", "summary"].into_iter().flat_map(text).collect()
            }
            "txt" | "md" => {
                let words = output.file(&path);
                let is_address = |word: &&str| {
                    ["://", "@", "/2023/", "unsubscribe_url", "[!"].iter().any(|part| word.contains(part))
                };
                let text = words.starts_with("---\n").then(|| words.split("\n---\n").nth(1)).flatten();
                text.unwrap_or(&words)
                    .split([' ', '\n', '(', ')', '<', '>'])
                    .filter(|word| !is_address(word))
                    .map(ToOwned::to_owned)
                    .collect()
            }
            _ => continue,
        };
        all.insert(path, texts);
    }
    all.remove("robots.txt");
    all
}

/// The words of Latin letters in a text.
fn latin(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1)
}

#[test]
fn every_word_of_the_interface_can_be_another() {
    let site = site("ja");
    let english = Catalog::shipped("en");
    let mut own = String::new();
    for name in english.names() {
        let text = english.text(name);
        let filled: String = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .fold(String::new(), |text, (name, _)| text + "{" + name + "}");
        let is_counted = matches!(name, "stories" | "minutes" | "stories_about_both");
        own += &if is_counted {
            format!("{name}: {{other: \"QQ{{count}}\"}}\n")
        } else {
            format!("{name}: \"QQ{filled}\"\n")
        };
    }
    site.write("i18n/ja.yaml", own);
    let output = site.build_clean();
    let mut wrong = Vec::new();
    let mut said = 0;
    for (path, texts) in all_seen(&output, &site) {
        for text in texts {
            said += text.matches("QQ").count();
            let strange: Vec<&str> =
                latin(&text).filter(|word| !word.starts_with("QQ") && *word != "YouTube" && *word != "UTC").collect();
            if !strange.is_empty() {
                wrong.push(format!("{path}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said > 500, "{said}");
}

#[test]
fn every_shipped_language_speaks_for_itself() {
    let languages = "en de fr es it pt nl sv da nb fi pl cs ro hu el tr uk ru bg ar fa he ur hi bn th vi id zh-Hans zh-Hant ja ko sw";
    let english = Catalog::shipped("en");
    let mut wrong = Vec::new();
    for language in languages.split(' ').chain(["pt-BR", "de-AT", "en-US", "zh-TW"]) {
        let own = Catalog::shipped(language);
        let site = site(language);
        let output = site.build();
        if !output.built.report.is_empty() {
            wrong.push(format!("{language}: {}", describe(&output.built.report)));
        }
        let strange: Vec<&str> = english
            .names()
            .filter(|name| !language.starts_with("en") && own.text(name) != english.text(name))
            .map(|name| english.text(name).trim())
            .filter(|text| text.len() > 3 && !text.contains('{'))
            .filter(|text| !own.names().any(|name| own.text(name).trim() == *text))
            .collect();
        for (path, texts) in all_seen(&output, &site) {
            for text in texts {
                if strange.contains(&text.trim()) || is_iso(&text) {
                    wrong.push(format!("{language}: {path}: {text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a text has a date in the form of ISO 8601.
fn is_iso(text: &str) -> bool {
    let form = |word: &str| word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    text.split_whitespace().any(|word| form(word).starts_with("0000-00"))
}

#[test]
fn a_word_that_a_language_lacks_is_in_english_and_said_once() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nlanguage: ga\nlanguages:\n  cy: {title: C}\n"
            .to_owned()
            + &article("a", "date: 2023-10-17\nauthors: [Ann]", "Text.")
            + &article("a.cy", "date: 2023-10-17\nauthors: [Ann]", "Text.")
            + "-- i18n/ga.yaml --\nby: \"Le \"\n-- i18n/xx.yaml --\nby: X\n",
    );
    let output = site.build_and_compare();
    let all = Catalog::shipped("en").names().count();
    let told = describe(&output.built.report);
    assert!(
        told.contains(&format!("{} words of the interface are in English, and the site is in `ga`", all - 1)),
        "{told}"
    );
    assert!(told.contains(&format!("{all} words of the interface are in English, and the site is in `cy`")), "{told}");
    assert_eq!(
        output.problems(),
        ["english-labels dateline.yaml:3:11", "english-labels dateline.yaml:5:7", "unused-file i18n/xx.yaml"]
    );
    assert!(output.main("/2023/10/17/a/").contains("Le Ann"));
    assert!(output.main("/2023/10/17/a/").contains("Published "));
    let day = between(&output.main("/2023/10/17/a/"), "<time datetime", "</time>").to_owned();
    assert!(day.contains("Deireadh Fómhair"), "{day}");
}

#[test]
fn wrong_words_are_said_at_their_line() {
    let at = |words: &str| {
        let site = SiteTest::new(format!(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\n-- i18n/en.yaml --\n{words}\n"
        ));
        let report = site.try_build().report;
        let told = report.diagnostics().iter().map(short).collect::<Vec<_>>().join(", ");
        (told, describe(&report))
    };
    for (words, code, help) in [
        ("home: Home\nbye: By", "unknown-key i18n/en.yaml:2:1", "did you mean `by`?"),
        ("page: Page {n}", "bad-value i18n/en.yaml:1:7", "it has `{number}`"),
        ("home: \"{x}\"", "bad-value i18n/en.yaml:1:7", "write it without braces"),
        ("stories: \"{count} stories\"", "bad-value i18n/en.yaml:1:10", "one text for each plural form"),
        ("stories: {one: a, few: b, other: c}", "bad-value i18n/en.yaml:1:19", "the language has no plural form `few`"),
        ("stories: {one: a}", "missing-key i18n/en.yaml:1:1", "lacks the plural form `other`"),
        ("home: {one: a}", "bad-value i18n/en.yaml:1:7", "is one text"),
        ("extra: a", "bad-value i18n/en.yaml:1:8", "write `extra: {name: text}`"),
        ("- a", "wrong-type i18n/en.yaml:1:1", ""),
        ("home: [", "yaml-syntax i18n/en.yaml", ""),
    ] {
        let (told, all) = at(words);
        assert!(told.starts_with(code) && !told.contains(','), "{words}: {told}");
        assert!(all.contains(help), "{words}: {all}");
    }
}

#[test]
fn a_desk_has_words_of_its_own_for_its_templates_and_an_edit_remakes_what_says_them() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nlanguages:\n  fr: {title: F}\n".to_owned()
            + &article("a", "date: 2023-10-17", "Text.")
            + &article("a.fr", "date: 2023-10-17", "Texte.")
            + "-- i18n/en.yaml --\nextra: {tip: Send a tip}\n-- i18n/fr.yaml --\nextra: {tip: Une information}\n\
               -- templates/404.html --\n{{ say.extra.tip }}, {{ phrase(key=\"stories\", count=1200) }}\n",
    );
    let output = site.build_and_compare();
    assert_eq!(output.file("/404.html").trim(), "Send a tip, 1,200 stories");
    site.write("i18n/en.yaml", "extra: {tip: Tell us}\nhome: Home\n");
    let output = site.build_and_compare();
    assert_eq!(output.file("/404.html").trim(), "Tell us, 1,200 stories");
    assert!(!output.changes().1.iter().any(|route| route.starts_with("/fr/")), "{:?}", output.changes());
}
