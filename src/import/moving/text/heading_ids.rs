//! Computes heading ids as the source generator really does, and writes them where Dateline's would differ, so that
//! external links to a heading stay valid.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode;

use crate::base::text::slugify;
use crate::content::markdown::WrittenHeading;
use crate::import::moving::addresses::names::Zola;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::Program;
use crate::import::moving::source::values::{get, text_of, truth};
use crate::import::moving::unicode::{
    is_connector, is_digit, is_letter, is_mark, is_number, lower_of_go, lower_of_ruby, without_accents,
};

/// The algorithm for heading ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum Scheme {
    /// Hugo's `github`: letters, digits and `_` of the last line, with a hyphen for each space.
    GitHub,
    /// Hugo's `github-ascii`: the same without accents and in ASCII.
    GitHubAscii,
    /// Hugo's `blackfriday`, the algorithm of its former parser: one hyphen for each run of other characters.
    Blackfriday,
    /// The GFM parser of kramdown, Jekyll's default, with `auto_id_prefix`.
    Gfm(String),
    /// kramdown's own algorithm, with `auto_id_prefix`, and whether other scripts are transliterated first.
    Kramdown(String, bool),
    /// Zola, with its strategy of `slugify`.
    Zola(Zola),
    /// Another, for a site that leaves quotation marks and dashes as they are written.
    Plain(Box<Self>),
    /// Headings have no ids.
    None,
}

impl Scheme {
    /// Returns the algorithm that the settings of a site select.
    pub(in crate::import::moving) fn of(program: Program, settings: &Settings) -> Self {
        match program {
            Program::Zola => {
                let scheme = Self::Zola(Zola::of(settings, "anchors"));
                let is_smart = settings.map("markdown").and_then(|markdown| get(markdown, "smart_punctuation"));
                if is_smart.and_then(truth) == Some(true) { scheme } else { Self::Plain(Box::new(scheme)) }
            }
            Program::Hugo => {
                let within = |keys: &crate::import::moving::source::values::Keys, name: &str| {
                    get(keys, name)?.as_object().cloned()
                };
                let goldmark = settings.map("markup").and_then(|markup| within(markup, "goldmark"));
                let goldmark = goldmark.unwrap_or_default();
                let parser = within(&goldmark, "parser").unwrap_or_default();
                let extensions = within(&goldmark, "extensions").unwrap_or_default();
                let typographer = get(&extensions, "typographer");
                let is_plain = typographer.and_then(truth) == Some(false)
                    || within(&extensions, "typographer").and_then(|keys| get(&keys, "disable").and_then(truth))
                        == Some(true);
                let is_off =
                    ["autoHeadingID", "autoID"].iter().any(|name| get(&parser, name).and_then(truth) == Some(false));
                let kind = ["autoHeadingIDType", "autoIDType"].iter().find_map(|name| text_of(&parser, name));
                let scheme = match kind.as_deref() {
                    _ if is_off => Self::None,
                    Some("github-ascii") => Self::GitHubAscii,
                    Some("blackfriday") => Self::Blackfriday,
                    _ => Self::GitHub,
                };
                if is_plain { Self::Plain(Box::new(scheme)) } else { scheme }
            }
            Program::Jekyll => {
                let kramdown = settings.map("kramdown").cloned().unwrap_or_default();
                let other =
                    text_of(&settings.keys, "markdown").is_some_and(|name| !name.eq_ignore_ascii_case("kramdown"));
                if other || get(&kramdown, "auto_ids").and_then(truth) == Some(false) {
                    return Self::None;
                }
                let prefix = text_of(&kramdown, "auto_id_prefix").unwrap_or_default();
                let spells = get(&kramdown, "transliterated_header_ids").and_then(truth) == Some(true);
                match text_of(&kramdown, "input") {
                    Some(input) if !input.eq_ignore_ascii_case("gfm") => Self::Kramdown(prefix, spells),
                    _ => Self::Gfm(prefix),
                }
            }
        }
    }

    /// Returns the id of each heading; none when it has no id, or that of an earlier heading. `source` is the text that
    /// contains the headings.
    pub(in crate::import::moving) fn ids(&self, source: &str, headings: &[WrittenHeading]) -> Vec<Option<String>> {
        let mut maker = IdMaker::default();
        let (scheme, is_plain) = match self {
            Self::Plain(scheme) => (scheme.as_ref(), true),
            scheme => (scheme, false),
        };
        if matches!(scheme, Self::Zola(_)) {
            maker.seen.extend(headings.iter().filter_map(|heading| heading.id.clone()));
        }
        let is_hugo = matches!(scheme, Self::GitHub | Self::GitHubAscii | Self::Blackfriday | Self::None);
        let mut given = BTreeSet::new();
        let ids = headings.iter().map(|heading| {
            // In Hugo `{id="x"}` is `{#x}`.
            match heading.id.as_ref().or(heading.id_attribute.as_ref().filter(|_| is_hugo)) {
                Some(id) => {
                    maker.seen.insert(id.clone());
                    Some(id.clone())
                }
                None => scheme.id(&mut maker, heading, source, is_plain),
            }
        });
        ids.map(|id| id.filter(|id| !id.is_empty() && given.insert(id.clone()))).collect()
    }

    fn id(&self, maker: &mut IdMaker, heading: &WrittenHeading, source: &str, is_plain: bool) -> Option<String> {
        let is_plain = |written: &str| is_plain && !written.starts_with('&');
        // Goldmark omits URLs from ids and takes numbers of characters as they are written, and kramdown omits images.
        let title = match self {
            Self::GitHub | Self::GitHubAscii | Self::Blackfriday => {
                heading.rewritten(&heading.addresses, |written| written.starts_with("&#") || is_plain(written))
            }
            Self::Gfm(_) => heading.without(&heading.pictures),
            _ => heading.rewritten(&[], is_plain),
        };
        let title = title.as_str();
        let last = title.rsplit('\n').next().unwrap_or_default().trim();
        match self {
            Self::None | Self::Plain(_) => None,
            // Goldmark gives no id to a heading without text.
            Self::GitHub | Self::GitHubAscii | Self::Blackfriday if last.is_empty() => None,
            Self::GitHub => Some(maker.unique(&or(github(last), "heading"))),
            Self::GitHubAscii => {
                let bare: String = without_accents(last).chars().filter(char::is_ascii).collect();
                Some(maker.unique(&or(github(&bare), "heading")))
            }
            Self::Blackfriday => Some(maker.unique(&or(hyphenated(last), "heading"))),
            Self::Gfm(prefix) => {
                let kept = |c: &char| {
                    is_letter(*c) || is_mark(*c) || is_digit(*c) || is_connector(*c) || matches!(c, '-' | ' ' | '\t')
                };
                let lower = lower_of_ruby(title);
                let id: String =
                    lower.chars().filter(kept).map(|c| if c == ' ' || c == '\t' { '-' } else { c }).collect();
                Some(format!("{prefix}{}", maker.counted(&id)))
            }
            Self::Kramdown(prefix, spells) => {
                let raw = source.get(heading.range.clone()).unwrap_or_default();
                let raw = raw.lines().next().unwrap_or_default().trim_start_matches('#').trim();
                let raw = raw.trim_end_matches('#').trim_end();
                let raw = if *spells { deunicode(raw) } else { raw.to_owned() };
                let id = raw.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
                let id: String = id
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
                    .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
                    .collect();
                Some(format!("{prefix}{}", maker.counted(&or(id, "section"))))
            }
            Self::Zola(slugs) => Some(maker.unique(&slugs.anchor(&title.replace('\n', " ")))),
        }
    }
}

/// The ids that a text has used so far.
#[derive(Default)]
struct IdMaker {
    seen: BTreeSet<String>,
    /// The number of requests for each id.
    asked: BTreeMap<String, usize>,
}

impl IdMaker {
    /// Returns the id, with the first free number appended if it is taken.
    fn unique(&mut self, id: &str) -> String {
        if self.seen.insert(id.to_owned()) {
            return id.to_owned();
        }
        let number = self.asked.entry(id.to_owned()).or_insert(0);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if self.seen.insert(numbered.clone()) {
                return numbered;
            }
        }
    }

    /// Returns the id, with the number of earlier requests appended, even if the result is taken.
    fn counted(&mut self, id: &str) -> String {
        let count = self.asked.entry(id.to_owned()).or_insert(0);
        let numbered = if *count == 0 { id.to_owned() } else { format!("{id}-{count}") };
        *count += 1;
        numbered
    }
}

fn or(id: String, otherwise: &str) -> String {
    if id.is_empty() { otherwise.to_owned() } else { id }
}

/// Hugo's `github` algorithm for a single line.
fn github(text: &str) -> String {
    let part = |c: char| match c {
        '-' | ' ' => Some('-'),
        c if c == '_' || is_letter(c) || is_digit(c) => Some(c),
        _ => None,
    };
    lower_of_go(&text.chars().filter_map(part).collect::<String>())
}

/// Hugo's `blackfriday` algorithm for a single line.
fn hyphenated(text: &str) -> String {
    let mut out = String::new();
    let mut is_due = false;
    for c in text.chars() {
        if is_letter(c) || is_number(c) {
            if is_due && !out.is_empty() {
                out.push('-');
            }
            is_due = false;
            out.push_str(&lower_of_go(c.encode_utf8(&mut [0; 4])));
        } else {
            is_due = true;
        }
    }
    out
}

/// Returns the text with the old ids as attributes wherever Dateline would generate others.
pub(in crate::import::moving) fn write(text: &str, headings: &[WrittenHeading], old: &[Option<String>]) -> String {
    let taken: BTreeSet<&str> = old.iter().flatten().map(String::as_str).collect();
    let mut ours = IdMaker::default();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (heading, old) in headings.iter().zip(old) {
        // Dateline leaves struck words out of an id.
        let natural = or(slugify(&heading.without(&heading.struck).replace('\n', " ")), "section");
        let is_first = heading.id.is_none() && ours.seen.insert(natural.clone());
        let source = text.get(heading.range.clone()).unwrap_or_default();
        // Dateline reads some tags as a space or a mark.
        let is_plain = !source.contains('<');
        let id = match old {
            _ if heading.id.is_some() => None,
            Some(id) if *id == natural && is_first && is_plain => None,
            Some(id) => Some(id.clone()),
            // A heading without an id must not get the id of another one.
            None if taken.contains(natural.as_str()) => Some(loop {
                let id = ours.unique(&natural);
                if !taken.contains(id.as_str()) {
                    break id;
                }
            }),
            None => None,
        };
        // The text of a template call that stays is not known yet, so no id is written.
        let is_call = source.contains("{{") || source.contains("{%");
        let Some(id) = id.filter(|id| !is_call && !id.contains(|c: char| c.is_whitespace() || "{}\\<>".contains(c)))
        else {
            continue;
        };
        let line = heading_line(source);
        let end = heading.range.start + line.len();
        out.push_str(&text[from..heading.range.start]);
        match line.rfind('{').filter(|_| heading.has_attributes) {
            Some(brace) => out.push_str(&format!("{}#{id} {}", &line[..=brace], &line[brace + 1..])),
            None => out.push_str(&format!("{line} {{#{id}}}")),
        }
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

/// Returns the lines of a heading without a setext underline and trailing space.
fn heading_line(source: &str) -> &str {
    let source = source.trim_end();
    // `#MeToo` without a space is text.
    let after = source.trim_start_matches('#');
    let is_marked =
        (1..=6).contains(&(source.len() - after.len())) && (after.is_empty() || after.starts_with(char::is_whitespace));
    let is_underlined = !is_marked;
    let text = if is_underlined { source.rsplit_once('\n').map_or(source, |(text, _)| text) } else { source };
    text.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::markdown::headings;

    fn ids(scheme: &Scheme, text: &str) -> Vec<String> {
        scheme.ids(text, &headings(text)).into_iter().map(Option::unwrap_or_default).collect()
    }

    const TEXT: &str = "## A [link](https://x.example/y) *em* `code`\n\n## Größe & Umfang\n\n## C++ / C#\n\n## 你好 世界\n\n## !!!\n\n## !!!\n\n## Heading {#Custom_id .cls}\n\n## heading-1\n\n## Foo &amp; bar &copy; <b>x</b>\n\n##   Trailing  spaces ##\n\n## \"Quoted\" -- it's\n\n## Tab\ttab ½ ①\n\n## word_under **bold**\n\n> ## In quote\n\n### हिन्दी समाचार\n\n## custom_id\n";

    /// The expected ids are the output of Hugo 0.168 for this text.
    #[test]
    fn ids_are_those_of_hugo() {
        for (scheme, expected) in [
            (
                Scheme::GitHub,
                "a-link-em-code größe--umfang c--c 你好-世界 heading heading-1 Custom_id heading-1-1 foo--bar--x trailing--spaces quoted--its tabtab-- word_under-bold in-quote हनद-समचर custom_id",
            ),
            (
                Scheme::GitHubAscii,
                "a-link-em-code groe--umfang c--c - heading heading-1 Custom_id heading-1-1 foo--bar--x trailing--spaces quoted--its tabtab-- word_under-bold in-quote --1 custom_id",
            ),
            (
                Scheme::Blackfriday,
                "a-link-em-code größe-umfang c-c 你好-世界 heading heading-1 Custom_id heading-1-1 foo-bar-x trailing-spaces quoted-it-s tab-tab-½-① word-under-bold in-quote ह-न-द-सम-च-र custom-id",
            ),
        ] {
            assert_eq!(ids(&scheme, TEXT).join(" "), expected);
        }
        assert_eq!(
            ids(&Scheme::GitHub, "Two\nlines here\n---\n\n## Fazit\n\n## Fazit\n"),
            ["lines-here", "fazit", "fazit-1"]
        );
        let text = "## ~~Old~~ New\n\n## What&#39;s new\n\n## C &#x27; d\n\n## A &amp; b\n\n## İlk\n\n## ΝΕΑ ΤΗΣ\n\n## F {id=\"ided\"}\n\n## G -- h \"q\"\n\n#MeToo & more\n---\n";
        let expected = ["old-new", "what39s-new", "c-x27-d", "a--b", "ilk", "νεα-τησ", "ided", "g--h-q", "metoo--more"];
        assert_eq!(ids(&Scheme::GitHub, text), expected);
        assert_eq!(ids(&Scheme::Plain(Box::new(Scheme::GitHub)), text)[7], "g----h-q");
        let text = "## See <https://a.example/x> now\n\n## See https://a.example/x now\n\n## A [link](/x), desk@a.example\n\n## The ![alt](x.png)\n\n## <https://a.example/x>\n";
        assert_eq!(ids(&Scheme::GitHub, text), ["see--now", "see--now-1", "a-link", "the-alt", ""]);
    }

    /// The expected ids are the output of Jekyll 4.3.1 with kramdown 2.4.0 for this text.
    #[test]
    fn ids_are_those_of_kramdown() {
        let text = "## Größe & Umfang\n\n## C++ / C#\n\n## 你好 世界\n\n## !!!\n\n## !!!\n\n## Heading {#Custom_id}\n\n## Foo &amp; bar &copy; <b>x</b>\n\n## word_under **bold** ½\n\n### हिन्दी समाचार\n\n## Twice\n\n## Twice\n\n## Twice-1\n\n## Twice\n";
        assert_eq!(
            ids(&Scheme::Gfm(String::new()), text).join(" "),
            "größe--umfang c--c 你好-世界  -1 Custom_id foo--bar--x word_under-bold- हिन्दी-समाचार twice twice-1  twice-2"
        );
        let text = "## See <https://a.example/x> now\n\n## The ![alt](x.png) here\n";
        assert_eq!(ids(&Scheme::Gfm(String::new()), text), ["see-httpsaexamplex-now", "the--here"]);
        let text = "## ΝΕΑ ΤΗΣ ΗΜΕΡΑΣ\n\n## ~~Old~~ New\n";
        assert_eq!(ids(&Scheme::Gfm(String::new()), text), ["νεα-τησ-ημερασ", "old-new"]);
        let text = "## 1. Größe & *Umfang*\n\n## 你好\n\n## A\n\n## A\n";
        assert_eq!(
            ids(&Scheme::Kramdown("x-".to_owned(), false), text),
            ["x-gre--umfang", "x-section", "x-a", "x-a-1"]
        );
    }

    /// The expected ids follow from the source code of Zola 0.22.
    #[test]
    fn ids_are_those_of_zola() {
        let text = "## Größe & Umfang\n\n## A b\n\n## A b\n\n## Own {#a-b-1}\n";
        assert_eq!(ids(&Scheme::Zola(Zola::On), text), ["grosse-umfang", "a-b", "a-b-2", "a-b-1"]);
        assert_eq!(ids(&Scheme::Zola(Zola::Off), text)[0], "Größe_&_Umfang");
        let text = "## What's new -- \"q\" &amp;\n";
        assert_eq!(ids(&Scheme::Zola(Zola::Safe), text), ["What’s_new_–_“q”_&"]);
        assert_eq!(ids(&Scheme::Plain(Box::new(Scheme::Zola(Zola::Safe))), text), ["What's_new_--_\"q\"_&"]);
    }

    #[test]
    fn ids_are_written_where_ours_would_be_others() {
        let text = "## Plain\n\n## Größe & Umfang ##\n\n## Plain\n\nTwo\nlines\n=====\n\n## Own {#x}\n\n## Ä {.c}\n\n## {{ x }}\n\n> Quoted\n> ---\n\n#Ö b \\ \n---\n\n## C<br>d\n";
        let found = headings(text);
        let old = Scheme::GitHub.ids(text, &found);
        let new = write(text, &found, &old);
        assert_eq!(
            new,
            "## Plain\n\n## Größe & Umfang ## {#größe--umfang}\n\n## Plain {#plain-1}\n\nTwo\nlines {#lines}\n=====\n\n## Own {#x}\n\n## Ä {#ä .c}\n\n## {{ x }}\n\n> Quoted\n> ---\n\n#Ö b \\ {#ö-b-} \n---\n\n## C<br>d {#cd}\n"
        );
        let again = headings(&new);
        let ids: Vec<_> = again.iter().map(|heading| heading.id.as_deref().unwrap_or_default()).collect();
        assert_eq!(ids, ["", "größe--umfang", "plain-1", "lines", "x", "ä", "", "", "ö-b-", "cd"]);
        assert!(again.iter().zip(&found).all(|(new, old)| new.title == old.title), "{again:?}");
        for (text, expected) in [
            ("#MeToo & more\n-------------\n", "#MeToo & more {#metoo--more}\n-------------\n"),
            ("## ~~Old~~ New\n", "## ~~Old~~ New {#old-new}\n"),
            ("## F {id=\"ided\"}\n", "## F {#ided id=\"ided\"}\n"),
        ] {
            let found = headings(text);
            assert_eq!(write(text, &found, &Scheme::GitHub.ids(text, &found)), expected);
        }
        // A heading without an id does not take the id of another one.
        let text = "## !!!\n\n## Section\n";
        let found = headings(text);
        let old = Scheme::Gfm(String::new()).ids(text, &found);
        assert_eq!(write(text, &found, &old), "## !!! {#section-1}\n\n## Section {#section}\n");
    }
}
