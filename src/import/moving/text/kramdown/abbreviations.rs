//! `*[IMO]: …`: what an abbreviation means, at each place where it stands.

use std::collections::BTreeMap;

use super::spans::{Span, add};

/// Spans in which abbreviations say what they mean.
pub(super) fn within(spans: Vec<Span>, known: &BTreeMap<String, String>) -> Vec<Span> {
    if known.is_empty() {
        return spans;
    }
    let mut out = Vec::new();
    for span in spans {
        match span {
            Span::Text(text) => marked(&text, known, &mut out),
            Span::Marked(name, sign, inner) => out.push(Span::Marked(name, sign, within(inner, known))),
            Span::Link(inner, to, title) => out.push(Span::Link(within(inner, known), to, title)),
            span => out.push(span),
        }
    }
    out
}

fn marked(text: &str, known: &BTreeMap<String, String>, out: &mut Vec<Span>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut at, mut from) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let starts = !text[..at].chars().next_back().is_some_and(is_word);
        let fits =
            |name: &&String| text[at..].strip_prefix(name.as_str()).is_some_and(|rest| !rest.starts_with(is_word));
        match known.keys().filter(|_| starts).filter(fits).max_by_key(|name| name.len()) {
            Some(name) => {
                add(out, &text[from..at]);
                let about = known[name].replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
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
