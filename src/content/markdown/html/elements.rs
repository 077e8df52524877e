//! Classifies elements of raw HTML: known, foreign, and removed by sanitising.

use crate::base::html::{self, Tag, Token};

/// Visible elements that sanitising removes.
const REMOVED: &[&str] = &[
    "applet", "button", "canvas", "embed", "form", "frame", "iframe", "math", "meter", "object", "progress", "script",
    "select", "style", "svg", "template", "textarea",
];

/// Whether an element contains foreign content: SVG or `MathML`.
pub(in super::super) fn is_foreign(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

/// Whether a start tag ends its element itself: `<path/>` in SVG. In HTML the slash means nothing. `open` is the number of
/// open SVG and `MathML` elements.
pub(in super::super) fn is_self_closed(tag: &Tag<'_>, open: usize) -> bool {
    tag.is_self_closing && (is_foreign(tag.name) || open > 0 && !html::is_known(&tag.name.to_ascii_lowercase()))
}

/// Whether sanitising removes an element that readers would have seen.
pub(in super::super) fn is_removed(name: &str, tag: &Tag<'_>) -> bool {
    let is_field = name == "input" && tag.get("type").is_none_or(|kind| !kind.eq_ignore_ascii_case("checkbox"));
    REMOVED.contains(&name) || is_field || name.contains('-') && tag.name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a tag is neither HTML nor a custom element.
pub(in super::super) fn is_unknown(token: &Token<'_>) -> bool {
    let name = match token {
        Token::Open(tag) => tag.name,
        Token::Close(name) => name,
        Token::Text(_) | Token::Comment => return false,
    };
    !html::is_known(name) && !name.contains('-')
}

/// Updates the number of open SVG and `MathML` elements for a token.
pub(in super::super) fn foreign(token: &Token<'_>, open: usize) -> usize {
    match token {
        Token::Open(tag) if is_foreign(tag.name) && !is_self_closed(tag, open) => open + 1,
        Token::Close(name) if is_foreign(name) => open.saturating_sub(1),
        _ => open,
    }
}
