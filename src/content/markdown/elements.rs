//! Names of elements: which HTML knows, and which a sanitised text loses.

use crate::base::html::{self, Tag, Token};

/// Elements that readers see and that a sanitised text loses.
const REMOVED: &[&str] = &[
    "applet", "button", "canvas", "embed", "form", "frame", "iframe", "math", "meter", "object", "progress", "script",
    "select", "style", "svg", "template", "textarea",
];

/// Whether the names inside of the element are those of another language.
pub(super) fn is_foreign(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

/// Whether a sanitised text loses the element, and readers would have seen it.
pub(super) fn is_removed(name: &str, tag: &Tag<'_>) -> bool {
    let is_field = name == "input" && tag.get("type").is_none_or(|kind| !kind.eq_ignore_ascii_case("checkbox"));
    REMOVED.contains(&name) || is_field || name.contains('-') && tag.name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a tag is neither one of HTML nor of a custom element.
pub(super) fn is_unknown(token: &Token<'_>) -> bool {
    let name = match token {
        Token::Open(tag) => tag.name,
        Token::Close(name) => name,
        Token::Text(_) | Token::Comment => return false,
    };
    !html::is_known(name) && !name.contains('-')
}

/// How many elements of SVG and `MathML` are open after a token, of which `open` were before.
pub(super) fn foreign(token: &Token<'_>, open: usize) -> usize {
    match token {
        Token::Open(tag) if is_foreign(tag.name) => open + 1,
        Token::Close(name) if is_foreign(name) => open.saturating_sub(1),
        _ => open,
    }
}
