//! Mends what is safe to mend, in the content files themselves, and addresses in settings and templates.
//!
//! Safe is what has one right answer: of two equal words the second goes (`the the`), a key or a word of a fixed list
//! that is misspelt by a letter or two is spelled right, and a value of the wrong type whose meaning is plain is written
//! as the right one (`yes`, `"3"`); parameters by which addresses track readers go. What would change where a story lives, when it shows or what it is about is left to
//! people, near as a guess may be. Each file is read again before it is written: with its edits it has fewer errors and
//! no new ones, or it stays as it is.

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

/// Something that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Where.
    pub place: Place,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub is: String,
    /// Whether a rule of `check` asked for it, and no error.
    of_rule: bool,
}

/// Mends what problems offer a safe text for. The report is about files that could not be written.
pub(super) fn mend(request: &Request, report: &Report) -> (Vec<Mended>, Report) {
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
        // A link stays a link.
        match disk::resolve(&file).and_then(|file| disk::write(&file, text.as_bytes())) {
            Ok(()) => mended.append(&mut done),
            Err(error) => problems.push(error.into()),
        }
    }
    (mended, problems)
}

/// A file with all its safe edits, and what they are; none when there are none, or when it would not be better for them.
fn edited(path: &str, text: &str, offers: &[&Diagnostic], config: &Config) -> Option<(String, Vec<Mended>)> {
    let lines = Lines::of(text);
    let mut edits: Vec<(Range<usize>, Mended)> =
        offers.iter().filter_map(|problem| edit(text, &lines, problem)).collect();
    edits.sort_by_key(|(range, _)| range.start);
    // Of two that touch, neither is safe any more.
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
    // What an error of the front matter asks for must mend it.
    let end = text.find("\n---").unwrap_or(0);
    let has_head = edits.iter().any(|(range, mended)| range.start < end && !mended.of_rule);
    let fewer = after.values().sum::<usize>() < before.values().sum::<usize>();
    let is_safe = !edits.is_empty() && is_better && (fewer || !has_head);
    is_safe.then(|| (new, edits.into_iter().map(|(_, mended)| mended).collect()))
}

fn is_content(path: &str) -> bool {
    path.starts_with(&format!("{CONTENT}/"))
}

/// How many errors of each kind a file has by itself.
fn errors(path: &str, text: &str, config: &Config) -> Option<BTreeMap<Code, usize>> {
    let report = if path == config.file() {
        config::read(path, text).1
    } else if is_content(path) {
        let kind = DocumentKind::of(&path[CONTENT.len() + 1..])?;
        load::load(path, text.as_bytes().to_vec(), kind, config).1
    } else {
        // Of a template only addresses become shorter, and none with a sign of Tera's.
        Report::default()
    };
    let mut counts = BTreeMap::new();
    for problem in report.only_errors().diagnostics() {
        *counts.entry(problem.code).or_default() += 1;
    }
    Some(counts)
}

/// The edit that a problem offers, when it is safe.
fn edit(text: &str, lines: &Lines, problem: &Diagnostic) -> Option<(Range<usize>, Mended)> {
    let (place, new) = (problem.place.as_ref()?, problem.replacement.as_ref()?);
    let range = bytes(text, lines, place)?;
    let old = &text[range.clone()];
    let is_safe = match problem.code {
        rules::DOUBLED_WORD | rules::TRACKED_LINK | codes::WRONG_TYPE => true,
        codes::UNKNOWN_KEY | codes::BAD_VALUE => is_slip(old, new),
        _ => false,
    };
    let mended = Mended {
        place: place.clone(),
        was: old.to_owned(),
        is: new.clone(),
        of_rule: rules::find(problem.code.0).is_some(),
    };
    (is_safe && old != new && !new.contains('\n')).then_some((range, mended))
}

/// Whether one word is a misspelling of the other, and no other word for it.
fn is_slip(old: &str, new: &str) -> bool {
    let plain = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'));
    let same = |word: &str| word.replace('-', "_").to_lowercase();
    plain(old) && plain(new) && nearest(&same(old), [same(new).as_str()]).is_some()
}

/// The bytes of a place, when the text is still what it was.
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
