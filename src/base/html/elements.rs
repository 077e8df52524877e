//! What elements are to whoever reads a page as text.

use super::tokens::Tag;

/// Elements without an end tag.
pub const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that begin and end a line of text.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose content is none of a page's text: programs and styles, drawings and formulas, fields, and what is shown
/// only in place of something else.
const NO_TEXT: &[&str] = &[
    "audio", "canvas", "datalist", "iframe", "math", "meter", "noembed", "noframes", "noscript", "object", "progress",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

impl Tag<'_> {
    /// Whether the element's content is none of the page's text: by its nature, or since it is `hidden`.
    pub fn is_unseen(&self) -> bool {
        let is = |names: &[&str]| names.iter().any(|name| self.is(name));
        is(NO_TEXT) || !is(VOID) && self.attributes.iter().any(|of| of.name.eq_ignore_ascii_case("hidden"))
    }
}

/// Whether an element begins and ends a line of text.
pub fn is_block(name: &str) -> bool {
    BLOCK.iter().any(|block| name.eq_ignore_ascii_case(block))
}
