//! Expands abbreviations that are defined as `*[IMO]: …`, wherever they occur.

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

fn marked(text: &str, document: &Document, out: &mut Vec<Span>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut at, mut from) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let starts = !text[..at].chars().next_back().is_some_and(is_word);
        // The longest abbreviation at this position, found by its length: there may be many abbreviations, but few
        // lengths.
        let lengths = document.abbreviation_lengths.iter().rev().filter(|_| starts);
        let found = lengths.filter_map(|length| text.get(at..at + length)).find_map(|name| {
            let about = document.abbreviations.get(name)?;
            (!text[at + name.len()..].starts_with(is_word)).then_some((name, about))
        });
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
