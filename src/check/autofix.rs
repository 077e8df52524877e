//! Automatic fixes, in content files, and for addresses in settings and templates.
//!
//! A fix is safe when there is only one right answer: the second of two equal words is deleted (`the the`), a
//! misspelt key or keyword is corrected, a value of the wrong type with an obvious meaning is rewritten (`yes`, `"3"`),
//! tracking parameters are removed. Anything that decides where a story is published, when it appears or what it is
//! about is left to people, however likely a guess. Each file is parsed again before it is written: it must have fewer
//! errors and no new ones.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::codes::{self, Code};
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::rules;
use crate::base::text::lines::Lines;
use crate::base::text::nearest;
use crate::config::{self, Config};
use crate::content::folders::CONTENT;
use crate::content::load::{self, DocumentKind};
use crate::pipeline::{self, Request};

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Place of the fix.
    pub place: Place,
    /// Old text.
    pub was: String,
    /// New text.
    pub is: String,
    /// Whether it fixes a finding of a rule, rather than an error.
    of_rule: bool,
}

/// Applies all safe replacements. The report has files that could not be written.
pub(super) fn apply(request: &Request, report: &Report) -> (Vec<Fix>, Report) {
    let mut problems = Report::default();
    let Some(config) = pipeline::configure(request).0 else { return (Vec::new(), problems) };
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in report.diagnostics() {
        if let (Some(place), Some(_)) = (&problem.place, &problem.replacement)
            && (is_content(&place.file) || problem.code == rules::TRACKED_LINK)
        {
            by_file.entry(&place.file).or_default().push(problem);
        }
    }
    let mut mended = Vec::new();
    for (path, offers) in by_file {
        let file = disk::join(&request.root, path);
        let Ok(text) = disk::read_to_string(&file) else { continue };
        let Some((text, mut done)) = edited(path, &text, &offers, &config) else { continue };
        // A symbolic link stays one: its target is written.
        match disk::resolve(&file).and_then(|file| disk::write(&file, text.as_bytes())) {
            Ok(()) => mended.append(&mut done),
            Err(error) => problems.push(error.into()),
        }
    }
    (mended, problems)
}

/// The text with all safe edits, and the edits; `None` when there are none, or when they would not reduce the errors.
fn edited(path: &str, text: &str, offers: &[&Diagnostic], config: &Config) -> Option<(String, Vec<Fix>)> {
    let lines = Lines::of(text);
    let mut edits: Vec<(Range<usize>, Fix)> = offers.iter().filter_map(|problem| edit(text, &lines, problem)).collect();
    edits.sort_by_key(|(range, _)| range.start);
    // Adjacent edits are both unsafe.
    let apart = |at: usize| {
        let (range, _) = &edits[at];
        let before = at.checked_sub(1).is_none_or(|before| edits[before].0.end < range.start);
        before && edits.get(at + 1).is_none_or(|(next, _)| range.end < next.start)
    };
    let apart: Vec<bool> = (0..edits.len()).map(apart).collect();
    let mut keep = apart.iter();
    edits.retain(|_| keep.next() == Some(&true));
    let (mut new, mut done) = (String::with_capacity(text.len()), 0);
    for (range, mended) in &edits {
        new.push_str(&text[done..range.start]);
        new.push_str(&mended.is);
        done = range.end;
    }
    new.push_str(&text[done..]);
    let (before, after) = (errors(path, text, config)?, errors(path, &new, config)?);
    let is_better = after.iter().all(|(code, count)| before.get(code).is_some_and(|known| count <= known));
    // An edit that fixes an error in the front matter must be inside it.
    let end = text.find("\n---").unwrap_or(0);
    let has_head = edits.iter().any(|(range, mended)| range.start < end && !mended.of_rule);
    let fewer = after.values().sum::<usize>() < before.values().sum::<usize>();
    let is_safe = !edits.is_empty() && is_better && (fewer || !has_head);
    is_safe.then(|| (new, edits.into_iter().map(|(_, mended)| mended).collect()))
}

fn is_content(path: &str) -> bool {
    path.starts_with(&format!("{CONTENT}/"))
}

/// Number of errors of each code in a file by itself.
fn errors(path: &str, text: &str, config: &Config) -> Option<BTreeMap<Code, usize>> {
    let report = if path == config.file() {
        config::read(path, text).1
    } else if is_content(path) {
        let kind = DocumentKind::of(&path[CONTENT.len() + 1..])?;
        load::load(path, text.as_bytes().to_vec(), kind, config).1
    } else {
        // Edits to templates only shorten addresses that contain no Tera syntax.
        Report::default()
    };
    let mut counts = BTreeMap::new();
    for problem in report.only_errors().diagnostics() {
        *counts.entry(problem.code).or_default() += 1;
    }
    Some(counts)
}

/// The edit that a problem proposes, when it is safe.
fn edit(text: &str, lines: &Lines, problem: &Diagnostic) -> Option<(Range<usize>, Fix)> {
    let (place, new) = (problem.place.as_ref()?, problem.replacement.as_ref()?);
    let range = bytes(text, lines, place)?;
    let old = &text[range.clone()];
    let is_safe = match problem.code {
        rules::DOUBLED_WORD | rules::TRACKED_LINK | codes::WRONG_TYPE => true,
        codes::UNKNOWN_KEY | codes::BAD_VALUE => is_slip(old, new),
        _ => false,
    };
    let mended = Fix {
        place: place.clone(),
        was: old.to_owned(),
        is: new.clone(),
        of_rule: rules::find(problem.code.0).is_some(),
    };
    (is_safe && old != new && !new.contains('\n')).then_some((range, mended))
}

/// Whether one word is a misspelling of the other rather than a different word.
fn is_slip(old: &str, new: &str) -> bool {
    let plain = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'));
    let same = |word: &str| word.replace('-', "_").to_lowercase();
    plain(old) && plain(new) && nearest(&same(old), [same(new).as_str()]).is_some()
}

/// The byte range of a place, when the text has not changed since.
fn bytes(text: &str, lines: &Lines, place: &Place) -> Option<Range<usize>> {
    let mut whole = lines.range(text, place.line.checked_sub(1)? as usize);
    if place.line == 1 && text.starts_with('\u{feff}') {
        whole.start += '\u{feff}'.len_utf8();
    }
    let at = |column: usize| lines.after(text, whole.start, column).min(whole.end);
    let shown = at(place.shift as usize);
    if !text[shown..whole.end].starts_with(&place.text) {
        return None;
    }
    let column = |column: u32| Some(at(column.checked_sub(1)? as usize));
    Some(column(place.column)?..column(place.end_column)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        for (old, new) in
            [("sumary", "summary"), ("short-title", "short_title"), ("analisys", "analysis"), ("Title", "title")]
        {
            assert!(is_slip(old, new), "{old}");
        }
        for (old, new) in
            [("tags", "topics"), ("published", "date"), ("publishDate", "embargo"), ("Öl & Gas", "oel-gas")]
        {
            assert!(!is_slip(old, new), "{old}");
        }
    }
}
