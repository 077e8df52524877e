//! Names of elements: which HTML knows, and which a sanitised text loses.

use crate::base::html::{Tag, Token};

/// Elements of HTML, those that it no longer has included.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
];

/// Elements that readers see and that a sanitised text loses.
const REMOVED: &[&str] = &[
    "applet", "button", "canvas", "embed", "form", "frame", "iframe", "math", "meter", "object", "progress", "script",
    "select", "style", "svg", "template", "textarea",
];

/// Whether HTML knows the element.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

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
    !is_known(name) && !name.contains('-')
}

/// How many elements of SVG and `MathML` are open after a token, of which `open` were before.
pub(super) fn foreign(token: &Token<'_>, open: usize) -> usize {
    match token {
        Token::Open(tag) if is_foreign(tag.name) => open + 1,
        Token::Close(name) if is_foreign(name) => open.saturating_sub(1),
        _ => open,
    }
}
