//! The places of secrets in the source of a public document or file, which is read and searched once for all of them.

use std::ops::Range;

use super::formats::Form;
use super::searched::{Matches, SearchedSite, places_of, searching};
use crate::base::disk;
use crate::base::report::Place;
use crate::base::text::lines::Lines;
use crate::base::text::{self, Utf16};
use crate::base::yaml::scalars::ScalarTexts;
use crate::base::yaml::spanned;
use crate::content::{folders, front};

/// The maximum size, in bytes, of a file in which mentions are located; in a larger one only the file is named.
const READABLE: u64 = 4 * 1024 * 1024;
/// The maximum length of a left-out part, in bytes.
const LONGEST: usize = 1024;
/// Front matter keys whose values are references to documents.
pub(super) const REFERENCES: &[&str] = &["stories", "translation_of"];

/// A source and the secrets in it.
#[derive(Default)]
pub(super) struct SearchedSource {
    text: String,
    lines: Lines,
    found: Matches,
}

impl SearchedSource {
    /// Reads and searches a source. Nothing is found when the file is too large or cannot be read.
    pub(super) fn new(subject: SearchedSite<'_>, source: &str, wanted: &[usize]) -> Self {
        let Some(search) = searching(subject, wanted) else { return Self::default() };
        let file = disk::join(&subject.prepared.root, source);
        let is_small = matches!(disk::stat(&file), Ok(disk::FileKind::File(stamp)) if stamp.size <= READABLE);
        let Some(text) = is_small.then(|| disk::read(&file).ok()).flatten().and_then(decoded) else {
            return Self::default();
        };
        let mut found = Matches::default();
        let form = Form::of(source);
        let is_document = source.starts_with("content/") && folders::is_markdown(source);
        let searched = if is_document { without_references(&text) } else { text.clone() };
        for (hit, range) in search.locate(searched.as_bytes(), form) {
            found.add(wanted[hit], range);
        }
        if is_document {
            for (hit, range) in search.locate(without_left_out(&searched).as_bytes(), form) {
                found.add_other(wanted[hit], range);
            }
            if let Ok(parts) = front::split(source, &text)
                && let Ok(tree) = spanned::parse(parts.front)
            {
                let values = ScalarTexts::of(&tree, parts.front, REFERENCES);
                let offset = text.find('\n').map_or(0, |end| end + 1);
                found.add_parsed(&search, &values, offset, |hit| wanted[hit]);
            }
        }
        Self { lines: Lines::of(&text), text, found }
    }

    /// The secrets that were found.
    pub(super) fn secrets(&self) -> impl Iterator<Item = usize> {
        self.found.secrets()
    }

    /// The places of some secrets, in file order. `source` is the path of the source.
    pub(super) fn places(&self, source: &str, secrets: &[usize]) -> Vec<Place> {
        places_of(self.found.of(secrets), source, &self.text, &self.lines)
    }
}

/// Returns a text in UTF-8 or UTF-16; none for any other bytes.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let text = Utf16::detect(&bytes).and_then(|form| form.decode(&bytes));
    text.or_else(|| String::from_utf8(bytes).ok())
}

/// Returns a source with its references to documents overwritten by spaces, so that byte offsets stay valid.
fn without_references(text: &str) -> String {
    let mut blank = text.as_bytes().to_vec();
    let mut erase = |from: usize, to: usize| text::blank(&mut blank[from..to]);
    let mut at = 0;
    let mut refers = false;
    for line in text.split_inclusive('\n') {
        let continues = line.starts_with([' ', '\t', '-']) && !line.starts_with("---");
        refers = REFERENCES.iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
            || (refers && continues);
        if refers {
            erase(at, at + line.len());
        }
        at += line.len();
    }
    for (start, _) in text.match_indices("[[") {
        let rest = &text[start + 2..];
        let Some(end) = rest.find("]]").filter(|end| !rest[..*end].contains('\n')) else { continue };
        erase(start + 2, start + 2 + rest[..end].find('|').unwrap_or(end));
    }
    for (start, _) in text.match_indices("](") {
        let rest = &text[start + 2..];
        let end = rest.find([')', ' ', '\n']).unwrap_or(rest.len());
        let target = rest[..end].split('#').next().unwrap_or("");
        if folders::is_markdown(target) {
            erase(start + 2, start + 2 + end);
        }
    }
    String::from_utf8(blank).unwrap_or_else(|_| text.to_owned())
}

/// Returns a source with what plain texts leave out overwritten by spaces: struck-out text, marks of footnotes, and
/// pictures.
fn without_left_out(text: &str) -> String {
    let mut blank = text.as_bytes().to_vec();
    // The end of the paragraph that starts or goes on at an offset; nothing that is left out extends beyond it.
    let mut paragraph = 0..0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['~', '<', '[', '!']) {
        at += found;
        if at >= paragraph.end {
            paragraph = at..text[at..].find("\n\n").map_or(text.len(), |length| at + length);
        }
        let Some(range) = left_out(text, at, paragraph.end) else {
            at += 1;
            continue;
        };
        at = range.end;
        text::blank(&mut blank[range]);
    }
    String::from_utf8(blank).unwrap_or_else(|_| text.to_owned())
}

/// Returns the range of what is left out from a byte on.
fn left_out(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let rest = &text[at..end];
    let up_to = |from: usize, close: &str| {
        // A construct of this length is none, so that a text of unclosed ones is not searched again and again.
        let near = rest.get(from..)?;
        let near = &near.as_bytes()[..near.len().min(LONGEST)];
        let found = near.windows(close.len()).position(|part| part.eq_ignore_ascii_case(close.as_bytes()))?;
        Some(at..at + from + found + close.len())
    };
    if rest.starts_with("~~") {
        return up_to(2, "~~");
    }
    if rest.starts_with("[^") {
        return up_to(2, "]").filter(|range| !text[range.clone()].contains(char::is_whitespace));
    }
    if rest.starts_with("![") {
        let label = up_to(2, "](")?;
        return up_to(label.end - at, ")");
    }
    let elements = [("<del", "</del>"), ("<s", "</s>"), ("<strike", "</strike>")];
    elements.into_iter().find_map(|(open, close)| {
        let name = rest.get(..open.len())?;
        let is_open = name.eq_ignore_ascii_case(open) && rest[open.len()..].starts_with(['>', ' ', '\n']);
        is_open.then(|| up_to(open.len(), close)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_blank_and_all_else_keeps_its_place() {
        let text = "---\nstories:\n  - secret-plan\ntitle: A\n---\nSee [[secret-plan]], [[secret-plan|the plan]], [it](../secret-plan.md#x), é [x](/secret-plan/).\n";
        let blank = without_references(text);
        assert_eq!(blank.len(), text.len());
        assert_eq!(blank.matches("secret-plan").count(), 1);
        assert!(blank.contains("[x](/secret-plan/)") && blank.contains("|the plan]]") && blank.contains("title: A"));
        assert_eq!(blank.lines().count(), text.lines().count());
    }

    #[test]
    fn what_pages_leave_out_is_blank_and_all_else_keeps_its_place() {
        let text = "A ~~b~~ c[^1] d <del>e\nf</del> g <S>h</S> i ![j](k.png \"l\") m ~~n\n\no [^2 <del>p\n";
        let blank = without_left_out(text);
        assert_eq!(blank.len(), text.len());
        let words: Vec<&str> = blank.split_whitespace().collect();
        assert_eq!(words.join(" "), "A c d g i m ~~n o [^2 <del>p");
        assert_eq!(blank.lines().count(), text.lines().count());
    }
}
