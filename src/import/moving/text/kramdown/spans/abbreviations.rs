//! Expands abbreviations that are defined as `*[IMO]: …`, wherever they occur.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::import::moving::text::kramdown::blocks::Document;
use crate::import::moving::text::kramdown::spans::{Span, add};

/// Returns spans with abbreviations as `abbr` elements.
pub(in super::super) fn within(spans: Vec<Span>, document: &Document) -> Vec<Span> {
    if document.abbreviations.is_empty() {
        return spans;
    }
    let mut out = Vec::new();
    for span in spans {
        match span {
            Span::Text(text) => marked(&text, document, &mut out),
            Span::Marked(name, sign, inner) => out.push(Span::Marked(name, sign, within(inner, document))),
            Span::Link(inner, to, title) => out.push(Span::Link(within(inner, document), to, title)),
            span => out.push(span),
        }
    }
    out
}

/// Whether a character is part of a word, in which no abbreviation begins or ends.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the longest abbreviation with which a text begins, and its meaning.
fn longest<'a>(text: &str, all: &'a BTreeMap<String, String>) -> Option<(&'a str, &'a str)> {
    let mut bound = Bound::Included(text);
    loop {
        let (name, about) = all.range::<str, _>((Bound::Unbounded, bound)).next_back()?;
        let Some(rest) = text.strip_prefix(name.as_str()) else {
            // Only what both begin with can be a shorter one.
            let common = name.char_indices().zip(text.chars()).find(|((_, one), other)| one != other);
            bound = Bound::Included(&text[..common.map_or(0, |((at, _), _)| at)]);
            continue;
        };
        if !rest.starts_with(is_word) {
            return Some((name, about));
        }
        bound = Bound::Excluded(name);
    }
}

fn marked(text: &str, document: &Document, out: &mut Vec<Span>) {
    let (mut at, mut from) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let starts = !text[..at].chars().next_back().is_some_and(is_word);
        let found = if starts { longest(&text[at..], &document.abbreviations) } else { None };
        match found {
            Some((name, about)) => {
                add(out, &text[from..at]);
                let about = about.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
                out.push(Span::Html(format!("<abbr title=\"{about}\">")));
                add(out, name);
                out.push(Span::Html("</abbr>".to_owned()));
                at += name.len();
                from = at;
            }
            None => at += c.len_utf8(),
        }
    }
    add(out, &text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_whole_word_is_taken() {
        let all = ["A", "A B", "A BC", "AB", "é"].map(|name| (name.to_owned(), name.to_lowercase())).into();
        let found = |text| longest(text, &all).map_or("", |(name, _)| name);
        for (text, name) in
            [("A BC d", "A BC"), ("A BCD", "A"), ("ABC", ""), ("AB", "AB"), ("é.", "é"), ("è", ""), ("", "")]
        {
            assert_eq!(found(text), name, "{text}");
        }
    }
}
