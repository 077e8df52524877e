//! The HTML of a text → the HTML of a letter: what every mail program shows, and nothing else.
//!
//! Mail programs know little of HTML and run nothing. So only elements and attributes of a short list pass; classes and
//! ids go, pictures need a size, links an absolute address. The result is simple enough to be read once more for the
//! plain text.

use std::fmt::Write;

use crate::base::text;

/// The widest picture, in CSS pixels: the letter's column without its margins.
pub(super) const WIDEST: u32 = 552;

/// Elements that pass.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Elements that pass under another name.
const RENAMED: &[(&str, &str)] = &[
    ("figure", "div"),
    ("figcaption", "p"),
    ("section", "div"),
    ("article", "div"),
    ("aside", "div"),
    ("details", "div"),
    ("summary", "p"),
    ("caption", "p"),
    ("h1", "h3"),
    ("h2", "h3"),
    ("strike", "s"),
];
/// Elements that go with all that is in them.
const DROPPED: &[&str] = &[
    "audio", "button", "canvas", "form", "head", "iframe", "math", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "video",
];
/// Elements without an end.
const VOID: &[&str] = &["br", "hr", "img", "input", "wbr", "col", "source", "embed", "link", "meta", "area", "track"];

/// A piece of HTML.
pub(super) enum Token<'a> {
    /// A start tag: its name in lower case, its attributes with their values decoded.
    Open(String, Vec<(String, String)>),
    /// An end tag.
    Close(String),
    /// Text, as it stands.
    Text(&'a str),
}

/// Reads HTML piece by piece. What is no tag is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            tokens.push(Token::Text(&rest[..at]));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            tokens.push(Token::Text(&rest[..1]));
            rest = &rest[1..];
            continue;
        }
        let Some(length) = tag_length(rest) else { break };
        let tag = rest[1..length - 1].trim_end_matches('/');
        rest = &rest[length..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if let Some(name) = tag.strip_prefix('/') {
            tokens.push(Token::Close(name.trim().to_ascii_lowercase()));
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = tag.find(|c| !is_name(c)).unwrap_or(tag.len());
            tokens.push(Token::Open(tag[..end].to_ascii_lowercase(), attributes(&tag[end..])));
        }
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest));
    }
    tokens
}

/// How long the tag is that `html` begins with; a `>` in quotes does not end it.
fn tag_length(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let inner = if quote.is_some() { &after[1..] } else { after };
            let end = inner.find(|c: char| quote.map_or(c.is_whitespace(), |quote| c == quote));
            let end = end.unwrap_or(inner.len());
            value = &inner[..end];
            rest = inner[end..].trim_start_matches(['"', '\'']);
        }
        if end == 0 && value.is_empty() && !rest.is_empty() {
            rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
        } else if !name.is_empty() {
            found.push((name, decode(value)));
        }
        rest = rest.trim_start();
    }
    found
}

/// Resolves the character references that occur in finished HTML.
pub(super) fn decode(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').filter(|end| *end <= 10).map(|end| (&rest[1..end], end));
        let found = reference.and_then(|(name, end)| {
            let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let c = match (name, number) {
                (_, Some(number)) => char::from_u32(number?)?,
                ("amp", _) => '&',
                ("lt", _) => '<',
                ("gt", _) => '>',
                ("quot", _) => '"',
                ("apos", _) => '\'',
                ("nbsp", _) => '\u{a0}',
                ("shy", _) => '\u{ad}',
                _ => return None,
            };
            Some((c, end))
        });
        let (c, length) = found.map_or(('&', 1), |(c, end)| (c, end + 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// An address that works in a letter.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let is_known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme));
    if is_known { Some(url.to_owned()) } else { url.strip_prefix("//").map(|rest| format!("https://{rest}")) }
}

/// Whether mail programs show pictures of this kind.
pub(super) fn is_shown(src: &str) -> bool {
    let path = src.split(['?', '#']).next().unwrap_or(src).to_ascii_lowercase();
    ["https://", "http://"].iter().any(|scheme| src.starts_with(scheme))
        && !path.rsplit_once('.').is_some_and(|(_, kind)| matches!(kind, "svg" | "avif" | "webp"))
}

/// The size at which a picture is shown.
pub(super) fn fitted(width: u32, height: u32) -> (u32, u32) {
    if width <= WIDEST {
        return (width, height);
    }
    let scaled = u64::from(height) * u64::from(WIDEST) / u64::from(width);
    (WIDEST, u32::try_from(scaled).unwrap_or(u32::MAX).max(1))
}

/// The HTML of a letter.
pub(super) fn letter(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // What is open, each with the name under which it was written, if it was.
    let mut open: Vec<(String, Option<&str>)> = Vec::new();
    let mut dropping: Option<String> = None;
    for token in tokens(html) {
        match token {
            Token::Close(name) if dropping.as_ref() == Some(&name) => dropping = None,
            _ if dropping.is_some() => {}
            Token::Text(text) => out.push_str(text),
            Token::Open(name, attributes) if DROPPED.contains(&&*name) || is_furniture(&attributes) => {
                dropping = Some(name);
            }
            Token::Open(name, attributes) if name == "img" => {
                let is_linked = open.iter().any(|(_, written)| *written == Some("a"));
                image(&attributes, is_linked, &mut out);
            }
            Token::Open(name, attributes) => {
                let is_mark = name == "a" && out.ends_with("<sup>");
                let written = written(&name).filter(|name| !is_mark && start(name, &attributes, &mut out));
                if !VOID.contains(&&*name) {
                    open.push((name, written));
                }
            }
            Token::Close(name) => {
                let Some(at) = open.iter().rposition(|(other, _)| *other == name) else { continue };
                for (_, written) in open.drain(at..).rev() {
                    close(written, &mut out);
                }
            }
        }
    }
    for (_, written) in open.into_iter().rev() {
        close(written, &mut out);
    }
    out.trim().to_owned()
}

/// Links of a page to itself, which a letter has no use for.
fn is_furniture(attributes: &[(String, String)]) -> bool {
    attributes.iter().any(|(name, value)| name == "class" && matches!(value.as_str(), "anchor" | "footnote-back"))
}

fn written(name: &str) -> Option<&'static str> {
    let renamed = RENAMED.iter().find(|(from, _)| *from == name).map(|(_, to)| *to);
    renamed.or_else(|| KEPT.iter().find(|kept| **kept == name).copied())
}

fn close(written: Option<&str>, out: &mut String) {
    if let Some(name) = written {
        let _ = write!(out, "</{name}>");
    }
}

/// Writes a start tag; `false` when the element has lost its sense.
fn start(name: &str, attributes: &[(String, String)], out: &mut String) -> bool {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let mut kept: Vec<(&str, String)> = Vec::new();
    if name == "a" {
        let Some(href) = value("href").and_then(address) else { return false };
        kept.push(("href", href));
    }
    let is_number = |text: &&str| !text.is_empty() && text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    for key in ["colspan", "rowspan"].into_iter().filter(|_| matches!(name, "td" | "th")) {
        kept.extend(value(key).filter(is_number).map(|number| (key, number.to_owned())));
    }
    if name == "ol" {
        kept.extend(value("start").filter(is_number).map(|number| ("start", number.to_owned())));
    }
    if matches!(name, "td" | "th") {
        let style = value("style").unwrap_or("").replace(' ', "");
        let class = format!("align-{}", value("class").and_then(|class| class.strip_prefix("align-")).unwrap_or(""));
        let sides = ["left", "center", "right"].into_iter();
        let mut sides =
            sides.filter(|side| style.contains(&format!("text-align:{side}")) || class == format!("align-{side}"));
        let side = sides.next();
        kept.extend(side.map(|side| ("style", format!("text-align: {side}"))));
    }
    for key in ["lang", "dir"] {
        kept.extend(value(key).map(|value| (key, value.to_owned())));
    }
    if name == "span" && kept.is_empty() {
        return false;
    }
    let _ = write!(out, "<{name}");
    for (key, value) in kept {
        let _ = write!(out, " {key}=\"");
        text::escape_html(&value, out);
        out.push('"');
    }
    out.push('>');
    true
}

/// A picture. Where mail programs could not show it, or would not know its size, its description leads to it.
fn image(attributes: &[(String, String)], is_linked: bool, out: &mut String) {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value);
    let Some(src) = address(value("src")) else { return };
    let (alt, size) = (value("alt"), value("width").parse().ok().zip(value("height").parse().ok()));
    let mut escaped = [String::new(), String::new()];
    text::escape_html(&src, &mut escaped[0]);
    text::escape_html(alt, &mut escaped[1]);
    let [src_text, alt_text] = escaped;
    let _ = match size.filter(|_| is_shown(&src)) {
        Some((width, height)) => {
            let (width, height) = fitted(width, height);
            write!(out, "<img src=\"{src_text}\" width=\"{width}\" height=\"{height}\" alt=\"{alt_text}\">")
        }
        None if is_linked || alt.is_empty() => write!(out, "{alt_text}"),
        None => write!(out, "<a href=\"{src_text}\">{alt_text}</a>"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_mail_programs_show_passes() {
        for (html, expected) in [
            ("<p class=\"x\" id=y onclick='z()'>a &amp; b</p>", "<p>a &amp; b</p>"),
            ("a<script>if (1 < 2) {}</script>b<style>p {}</style>c", "abc"),
            ("<svg><path d=\"M0\"/></svg><form><input></form><video src=x></video>d", "d"),
            (
                "<a href=\"/relative/\">a</a> <a href=\"javascript:x\">b</a> <a href=//c.example>c</a>",
                "a b <a href=\"https://c.example\">c</a>",
            ),
            (
                "<figure><img src=\"https://t.example/a.png\" alt=\"A &quot;b&quot;\" width=\"1104\" height=\"500\"><figcaption>C</figcaption></figure>",
                "<div><img src=\"https://t.example/a.png\" width=\"552\" height=\"250\" alt=\"A &quot;b&quot;\"><p>C</p></div>",
            ),
            (
                "<img src=\"https://t.example/a.svg\" alt=\"Chart\" width=\"5\" height=\"5\">",
                "<a href=\"https://t.example/a.svg\">Chart</a>",
            ),
            (
                "<img src=\"https://t.example/a.png\" alt=\"No size\">",
                "<a href=\"https://t.example/a.png\">No size</a>",
            ),
            ("<img src=\"data:image/png;base64,AAAA\" alt=\"x\" width=1 height=1>", ""),
            ("<p><b>open", "<p><b>open</b></p>"),
            (
                "<p>a<sup class=\"footnote-ref\"><a href=\"https://t.example/#fn-1\">1</a></sup> <a class=\"anchor\" href=\"https://t.example/#x\">#</a></p>",
                "<p>a<sup>1</sup> </p>",
            ),
            ("<td class=\"align-right\">1</td>", "<td style=\"text-align: right\">1</td>"),
            ("<td style=\"text-align: right\" width=5>1</td>", "<td style=\"text-align: right\">1</td>"),
            ("1 < 2", "1 < 2"),
            ("<!-- <p> -->x<unknown>y</unknown>", "xy"),
        ] {
            assert_eq!(letter(html), expected, "{html}");
        }
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(decode("a &amp;amp; &#x27;b&#39; &nbsp;c &unknown; & d"), "a &amp; 'b' \u{a0}c &unknown; & d");
    }
}
