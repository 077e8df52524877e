//! Links by slug, in double brackets: `[[slug#anchor|label]]`.

use std::ops::Range;

use super::target::Target;
use crate::base::text;

/// The range including the outer brackets: the parser sees only the inner ones, as a reference.
pub(in super::super) fn slug_range(range: &Range<usize>) -> Range<usize> {
    range.start.saturating_sub(1)..range.end + 1
}

/// Target and label of a link in double brackets.
pub(in super::super) fn slug_target(written: &str) -> (Target, Option<&str>) {
    let (target, label) = written.split_once('|').map_or((written, None), |(target, label)| (target, Some(label)));
    let (slug, anchor) = target.split_once('#').unwrap_or((target, ""));
    let target = Target::Slug { slug: slug.trim().to_owned(), anchor: text::composed(anchor.trim()).into_owned() };
    (target, label.map(str::trim))
}

/// A piece of a plain text in which stories can be named in double brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum NamePiece<'t> {
    Text(&'t str),
    /// The content of the brackets.
    Slug(&'t str),
}

/// The pieces of a plain text, such as the caption of a picture.
pub(in super::super) fn pieces(text: &str) -> Vec<NamePiece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = text[at..].find("[[").map(|start| at + start) {
        let inner = &text[start + 2..];
        at = start + 1;
        let Some(end) = inner.find(['[', ']', '\n']) else { continue };
        if inner[end..].starts_with("]]") && !inner[..end].trim().is_empty() {
            pieces.extend([NamePiece::Text(&text[from..start]), NamePiece::Slug(&inner[..end])]);
            at = start + 2 + end + 2;
            from = at;
        }
    }
    pieces.push(NamePiece::Text(&text[from..]));
    pieces
}

/// Marks the destination of a `[[slug]]` link; no address can start with it.
pub(in super::super) const SLUG_MARK: char = '\u{1}';

#[cfg(test)]
mod tests {
    use super::{NamePiece::Slug, NamePiece::Text, pieces};

    #[test]
    fn only_whole_names_are_names() {
        assert_eq!(pieces("A [[b|c]][[d]]."), [Text("A "), Slug("b|c"), Text(""), Slug("d"), Text(".")]);
        for text in ["", "[[ ]] [[a] [[[", "[[a\nb]]", "[x]"] {
            assert_eq!(pieces(text), [Text(text)]);
        }
        assert_eq!(pieces("[[[a]]]"), [Text("["), Slug("a"), Text("]")]);
    }
}
