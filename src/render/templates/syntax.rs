//! The faults of syntax in one template. The parser stops at the first; what it stopped at is taken out, where nothing else
//! hangs on it, and the rest is read.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{ErrorKind, Tera};

use super::habits;
use super::template_error::explain;
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::render::functions::filters;

/// Faults of one template that are reported at most.
const FAULTS: usize = 20;

/// Replacements for a wrong tag that has an end somewhere, as short as possible.
const STAND_INS: &[(&str, &str)] =
    &[("if", "if 1"), ("elif", "elif 1"), ("for", "for a in []"), ("filter", "filter upper")];
/// Tags that stand alone, or that end something whatever else stands in them.
const ALONE: &[&str] = &["else", "include", "extends", "break", "continue"];

/// The faults of syntax in a template.
pub(super) fn faults(name: &str, text: &str, own: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut text = text.to_owned();
    while found.len() < FAULTS
        && let Err(error) = empty().add_raw_template(name, &text)
        && let ErrorKind::SyntaxError(report) = error.kind()
    {
        found.push(explain(&error, name, own));
        // The end of nothing is an unknown tag, too: what it was meant for is not known.
        let is_unknown = report.message().eq_ignore_ascii_case("unknown tag");
        let Some(rest) = without(&text, report.span().range.start, is_unknown) else { break };
        text = rest;
    }
    found
}

fn empty() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera
}

/// The text without the expression or tag around a byte; none where the rest would be another text without it.
fn without(text: &str, at: usize, is_unknown: bool) -> Option<String> {
    if let Some(expression) = around(text, at, "{{", "}}") {
        return Some(replaced(text, &expression, ""));
    }
    let tag = around(text, at, "{%", "%}")?;
    let word = word(&text[tag.clone()]);
    if let Some((_, stand_in)) = STAND_INS.iter().find(|(name, _)| *name == word) {
        let stand_in = format!("{{%{stand_in}%}}");
        let is_room = tag.len() >= stand_in.len() && !text.as_bytes()[tag.start..][..stand_in.len()].contains(&b'\n');
        return is_room.then(|| replaced(text, &tag, &stand_in));
    }
    if habits::is_tag(word) && word.starts_with("end") {
        return (!is_unknown).then(|| replaced(text, &tag, &format!("{{%{word}%}}")));
    }
    if habits::is_tag(word) {
        return ALONE.contains(&word).then(|| replaced(text, &tag, ""));
    }
    // A misspelt tag that has an end, or a misspelt end, is replaced without its counterpart.
    if habits::near_tag(word).is_some_and(|meant| !ALONE.contains(&meant)) {
        return None;
    }
    // The end of an unknown tag is unknown, too, and is reported with it.
    let mut rest = replaced(text, &tag, "");
    let end = format!("end{word}");
    let mut from = 0;
    while !word.is_empty()
        && let Some(at) = rest[from..].find("{%").map(|at| from + at)
    {
        let Some(close) = rest[at..].find("%}") else { break };
        let range = at..at + close + "%}".len();
        from = range.end;
        if self::word(&rest[range.clone()]) == end {
            rest = replaced(&rest, &range, "");
        }
    }
    Some(rest)
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let inside = tag.trim_start_matches("{%").trim_start_matches('-').trim_start();
    &inside[..inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len())]
}

/// A text with another at the start of a range that is as long or longer, and spaces in the place of its rest.
fn replaced(text: &str, range: &Range<usize>, with: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    text::blank(&mut bytes[range.clone()]);
    bytes[range.start..][..with.len()].copy_from_slice(with.as_bytes());
    String::from_utf8(bytes).unwrap_or_default()
}

/// The bytes around a byte from one delimiter to the next of the other kind.
fn around(text: &str, at: usize, open: &str, close: &str) -> Option<Range<usize>> {
    let before = text.get(..(at + 1).min(text.len()))?;
    let start = before.rfind(open)?;
    // When tags are nested, the innermost is meant.
    let is_last = ["{{", "{%"].iter().all(|other| before.rfind(other).is_none_or(|other| other <= start));
    let end = start + text[start..].find(close)? + close.len();
    (is_last && at < end && !text[start + open.len()..end].contains("{%")).then_some(start..end)
}
