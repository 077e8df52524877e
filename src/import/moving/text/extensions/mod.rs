//! Marks of Markdown extensions that a site had switched on, or that Dateline reads and the site had switched off.
//!
//! In: a text, and the settings of the site. Out: the text with these marks as Dateline has them, and the lines that the
//! report names. Deliberately not here: texts in kramdown, which are parsed as a whole.

mod scan;

use std::ops::Range;

use serde_json::Value;

use self::scan::{Scan, is_attributes, is_emoji, is_ruler, is_run};
use super::code_spans::Mask;
use super::goldmark::containers;
use crate::content::markdown::{Construct, constructs};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::Program;
use crate::import::moving::source::values::{Keys, get, texts, truth};

const EMOJI: &str = "an emoji was written by its name, which stays";
const FORMULA: &str = "a formula is kept as code";
const ATTRIBUTES: &str = "attributes of a block (`{.…}`) are left out";

/// The extensions of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of the other program")]
pub(super) struct Extensions {
    /// The delimiters of marks, and the elements that they make.
    marks: Vec<(&'static str, &'static str)>,
    /// The delimiters of formulas.
    formulas: Vec<(String, String)>,
    /// Whether `:smile:` is a picture.
    has_emoji: bool,
    /// Whether a line such as `{.lead #first}` below a block is about it.
    has_attributes: bool,
    /// Whether `~x~` within a word is struck.
    strikes_words: bool,
    no_definitions: bool,
    no_tables: bool,
    no_tasks: bool,
    no_strikes: bool,
}

impl Extensions {
    /// Returns what the settings of a site say.
    pub(super) fn of(program: Program, settings: &Settings) -> Self {
        let is = |keys: &Keys, name: &str| get(keys, name).and_then(truth);
        let within = |keys: &Keys, name: &str| get(keys, name).and_then(Value::as_object).cloned().unwrap_or_default();
        let root = |name: &str| settings.map(name).cloned().unwrap_or_default();
        match program {
            Program::Hugo => {
                let goldmark = within(&root("markup"), "goldmark");
                let extensions = within(&goldmark, "extensions");
                let extras = within(&extensions, "extras");
                let marks = [
                    ("superscript", "^", "sup"),
                    ("subscript", "~", "sub"),
                    ("insert", "++", "ins"),
                    ("mark", "==", "mark"),
                ];
                let marks = marks.into_iter().filter(|(name, ..)| is(&within(&extras, name), "enable") == Some(true));
                let marks: Vec<_> = marks.map(|(_, sign, element)| (sign, element)).collect();
                let no_strikes = is(&extensions, "strikethrough") == Some(false);
                let no_deletes = no_strikes && is(&within(&extras, "delete"), "enable") != Some(true);
                Self {
                    strikes_words: !no_strikes && !marks.iter().any(|(sign, _)| *sign == "~"),
                    marks,
                    formulas: formulas(&within(&extensions, "passthrough")),
                    has_emoji: is(&settings.keys, "enableEmoji") == Some(true),
                    has_attributes: is(&within(&within(&goldmark, "parser"), "attribute"), "block") == Some(true),
                    no_definitions: is(&extensions, "definitionList") == Some(false),
                    no_tables: is(&extensions, "table") == Some(false),
                    no_tasks: is(&extensions, "taskList") == Some(false),
                    no_strikes: no_deletes,
                }
            }
            Program::Zola => {
                let markdown = root("markdown");
                Self {
                    has_emoji: is(&markdown, "render_emoji") == Some(true),
                    no_definitions: is(&markdown, "definition_list") != Some(true),
                    ..Self::default()
                }
            }
            Program::Jekyll => {
                let plugins = ["plugins", "gems"].iter().find_map(|key| get(&settings.keys, key).and_then(texts));
                let has_emoji = plugins.is_some_and(|all| all.iter().any(|plugin| plugin == "jemoji"));
                Self { has_emoji, ..Self::default() }
            }
        }
    }

    /// Returns a text with these marks as Dateline has them, and the lines, from 0, with what is said of them. The number
    /// of lines stays the same.
    pub(super) fn write(&self, text: &str) -> (String, Vec<(u32, &'static str)>) {
        if *self == Self::default() {
            return (text.to_owned(), Vec::new());
        }
        let found = constructs(text);
        let mut scan = Scan::new(text, &found);
        if self.no_definitions {
            let starts = found.iter().filter(|(_, part)| *part == Construct::Definition).map(|(range, _)| range.start);
            scan.edits.extend(starts.map(|at| (at..at, "\\".to_owned())));
        }
        self.lines(&mut scan, &found);
        self.words(&mut scan);
        let Scan { mut edits, mut said, .. } = scan;
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        said.sort_unstable();
        said.dedup();
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for (range, new) in edits {
            if range.start >= from {
                out.push_str(&text[from..range.start]);
                out.push_str(&new);
                from = range.end;
            }
        }
        out.push_str(&text[from..]);
        let (mut row, mut from) = (0, 0);
        let rows = said.into_iter().map(|(at, what)| {
            row += text[from..at].matches('\n').count() as u32;
            from = at;
            (row, what)
        });
        (out, rows.collect())
    }

    /// Rewrites what whole lines say: attributes, tables, tasks.
    fn lines(&self, scan: &mut Scan<'_>, found: &[(Range<usize>, Construct)]) {
        let code = found.iter().filter(|(_, part)| *part == Construct::Code).map(|(range, _)| range.clone());
        let mut code = Mask::over(code.collect());
        let (mut at, mut block, mut before) = (0, 0, "");
        for line in scan.text.split_inclusive('\n') {
            let bare = line.trim();
            let from = at + line.len() - line.trim_start().len();
            let is_code = code.end(from.min(at + line.len() - 1)).is_some();
            if before.trim().is_empty() {
                block = at;
            }
            let after = scan.text[at + line.len()..].lines().next().unwrap_or_default().trim();
            if is_code {
            } else if self.has_attributes && after.is_empty() && is_attributes(bare) {
                scan.edits.push((from..from + bare.len(), String::new()));
                let mut words = bare[1..bare.len() - 1].split_whitespace();
                let id = words.clone().find_map(|word| word.strip_prefix('#'));
                let place = id.and_then(|id| Some((scan.block_text(block).filter(|_| block < at)?, id)));
                if let Some((place, id)) = place {
                    scan.edits.push((place..place, format!("<a id=\"{}\"></a>", id.replace(['"', '<', '>', '&'], ""))));
                }
                if words.any(|word| !word.starts_with('#')) || place.is_none() {
                    scan.said.push((from, ATTRIBUTES));
                }
            } else if self.no_tables && is_ruler(bare) && before.contains('|') {
                let (marks, _) = containers(line);
                scan.edits.push((at + marks.len()..at + marks.len(), "\\".to_owned()));
            } else if self.no_tasks {
                let (marks, rest) = containers(line);
                if !marks.trim().is_empty() && ["[ ]", "[x]", "[X]"].iter().any(|task| rest.starts_with(task)) {
                    scan.edits.push((at + marks.len()..at + marks.len(), "\\".to_owned()));
                }
            }
            at += line.len();
            before = line;
        }
    }

    /// Rewrites what is said within lines: marks, formulas, emoji.
    fn words(&self, scan: &mut Scan<'_>) {
        let text = scan.text;
        let (mut at, mut paragraph) = (0, 0);
        let mut is_address = false;
        while let Some(c) = text[at..].chars().next() {
            if let Some(end) = scan.kept.end(at) {
                at = end;
                continue;
            }
            let last = text[..at].chars().next_back();
            if last.is_none_or(char::is_whitespace) {
                let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
                is_address = word.contains("://") || word.contains("www.");
            }
            if is_address && !c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            if paragraph <= at {
                paragraph = text[at + c.len_utf8()..].find("\n\n").map_or(text.len(), |end| at + c.len_utf8() + end);
            }
            let rest = &text[at..];
            at += if c == '\\' {
                1 + rest[1..].chars().next().map_or(0, char::len_utf8)
            } else if let Some(length) = self.formula(scan, at) {
                length
            } else if let Some(length) = self.mark(scan, at..paragraph) {
                length
            } else if self.no_strikes && c == '~' {
                scan.edits.push((at..at, "\\".to_owned()));
                1
            } else if self.has_emoji && last.is_none_or(|c| !c.is_alphanumeric() && c != ':') && is_emoji(rest) {
                scan.said.push((at, EMOJI));
                1
            } else {
                c.len_utf8()
            };
        }
    }

    /// Writes the formula at an offset as code, and returns its length.
    fn formula(&self, scan: &mut Scan<'_>, at: usize) -> Option<usize> {
        let rest = &scan.text[at..];
        let mut all = self.formulas.iter().enumerate();
        let (index, (open, close)) = all.find(|(_, (open, _))| rest.starts_with(open.as_str()))?;
        if scan.unclosed.contains(&index) {
            return None;
        }
        let Some(inner) = rest[open.len()..].find(close.as_str()) else {
            scan.unclosed.insert(index);
            return None;
        };
        if inner == 0 {
            return None;
        }
        let length = open.len() + inner + close.len();
        let whole = &rest[..length];
        scan.said.push((at, FORMULA));
        let ends_line = rest[length..].lines().next().is_none_or(|line| line.trim().is_empty());
        let is_block = whole[open.len()..].starts_with('\n') && whole[..length - close.len()].ends_with('\n');
        if is_block && ends_line && !whole.contains("```") {
            scan.edits.push((at..at + open.len(), "```math".to_owned()));
            scan.edits.push((at + length - close.len()..at + length, "```".to_owned()));
        } else if !whole.contains("\n\n") {
            let ticks = if whole.contains('`') { "``" } else { "`" };
            scan.edits.push((at..at, ticks.to_owned()));
            scan.edits.push((at + length..at + length, ticks.to_owned()));
        }
        Some(length)
    }

    /// Writes the marked text at the start of the rest of a paragraph as an element, and returns the length of it, or of
    /// its first mark.
    fn mark(&self, scan: &mut Scan<'_>, paragraph: Range<usize>) -> Option<usize> {
        let at = paragraph.start;
        let words = Some(("~", "del")).filter(|_| self.strikes_words);
        let mut all = self.marks.iter().copied().chain(words);
        let (sign, element) = all.find(|(sign, _)| is_run(scan.text, at, sign))?;
        let before = scan.text[..at].chars().next_back().unwrap_or(' ');
        let inner = &scan.text[at + sign.len()..paragraph.end.max(at + sign.len())];
        let next = inner.chars().next().unwrap_or(' ');
        let is_left = !next.is_whitespace() && (next.is_alphanumeric() || !before.is_alphanumeric()) && before != '[';
        let end = inner.find(sign).filter(|end| *end > 0 && is_left)?;
        let end = at + sign.len() + end;
        let is_right = is_run(scan.text, end, sign) && !scan.text[..end].ends_with(char::is_whitespace);
        let after = scan.text[end + sign.len()..].chars().next().unwrap_or(' ');
        // Where no word touches the marks, Dateline reads them as well.
        let is_read = element == "del" && !before.is_alphanumeric() && !after.is_alphanumeric();
        if !is_right || is_read {
            return Some(sign.len());
        }
        scan.edits.push((at..at + sign.len(), format!("<{element}>")));
        scan.edits.push((end..end + sign.len(), format!("</{element}>")));
        // Nothing is marked twice.
        Some(end + sign.len() - at)
    }
}

/// The delimiters of formulas of Hugo.
fn formulas(passthrough: &Keys) -> Vec<(String, String)> {
    if get(passthrough, "enable").and_then(truth) != Some(true) {
        return Vec::new();
    }
    let all = get(passthrough, "delimiters").and_then(Value::as_object);
    let pairs = |name: &str| {
        let list = all.and_then(|all| get(all, name)).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter()
            .filter_map(texts)
            .filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())))
            .collect::<Vec<_>>()
    };
    let mut found = pairs("block");
    found.extend(pairs("inline"));
    // `$$` is tried before `$`.
    found.sort_by_key(|(open, _)| std::cmp::Reverse(open.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_as_dateline_has_them() {
        let all = Extensions {
            marks: vec![("^", "sup"), ("++", "ins"), ("==", "mark")],
            formulas: vec![("$$".to_owned(), "$$".to_owned()), ("$".to_owned(), "$".to_owned())],
            has_emoji: true,
            has_attributes: true,
            strikes_words: true,
            ..Extensions::default()
        };
        for (text, expected, said) in [
            ("x^2^ ==m *a*== ++i++", "x<sup>2</sup> <mark>m *a*</mark> <ins>i</ins>", 0),
            ("C++ and C++, a == b == c, x[^1] 2^", "C++ and C++, a == b == c, x[^1] 2^", 0),
            ("H~2~O ~c~ ~~d~~ a~~b~~c ~", "H<del>2</del>O ~c~ ~~d~~ a~~b~~c ~", 0),
            (
                "https://a.example/~b~/x^2^ `x^2^` {{< y a=\"x^2^\" >}}",
                "https://a.example/~b~/x^2^ `x^2^` {{< y a=\"x^2^\" >}}",
                0,
            ),
            ("[x^2^](/a^2^)", "[x<sup>2</sup>](/a^2^)", 0),
            ("$x_i*y*z_i$ \\$5", "`$x_i*y*z_i$` \\$5", 1),
            ("$$\na_1\n$$\n", "```math\na_1\n```\n", 1),
            (":smile: 10:30:45 a:b:c", ":smile: 10:30:45 a:b:c", 1),
            ("Fine.\nMore.\n{#first}\n\nb", "<a id=\"first\"></a>Fine.\nMore.\n\n\nb", 0),
            ("> q\n{#q .x}\n\n- a\n- b\n{.x}\n", "> <a id=\"q\"></a>q\n\n\n- a\n- b\n\n", 2),
            ("| a |\n|---|\n{#t}\n", "|<a id=\"t\"></a> a |\n|---|\n\n", 0),
            ("a {.x}\n\n```\n{.x}\n```\n", "a {.x}\n\n```\n{.x}\n```\n", 0),
        ] {
            let (written, found) = all.write(text);
            assert_eq!((written.as_str(), found.len()), (expected, said), "{text}");
            assert_eq!(Extensions::default().write(text).0, text);
        }
        let off = Extensions {
            no_definitions: true,
            no_tables: true,
            no_tasks: true,
            no_strikes: true,
            ..Extensions::default()
        };
        for (text, expected) in [
            ("Term\n: not\n", "Term\n\\: not\n"),
            ("| a |\n|---|\n| 1 |\n", "| a |\n\\|---|\n| 1 |\n"),
            ("- [ ] a\n- b\n", "- \\[ ] a\n- b\n"),
            ("~~a~~ `~~b~~`\n", "\\~\\~a\\~\\~ `~~b~~`\n"),
        ] {
            assert_eq!(off.write(text).0, expected, "{text}");
        }
    }
}
