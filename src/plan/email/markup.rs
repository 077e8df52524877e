//! Filters the HTML of a text down to what every mail program shows.
//!
//! Mail programs know little of HTML and run nothing. So only elements and attributes of a short list pass; classes and
//! ids go, pictures need a size, links an absolute address. The result is simple enough to be read once more for the
//! plain text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use crate::base::html::{self, Tag, Token};
use crate::base::text;

/// The widest picture, in CSS pixels: the column of `templates/email.html` (600) without its padding (24 on each side).
pub(super) const WIDEST: u32 = 552;

/// Elements that pass.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
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
    ("address", "div"),
    ("center", "div"),
    ("dialog", "div"),
    ("fieldset", "div"),
    ("footer", "div"),
    ("header", "div"),
    ("hgroup", "div"),
    ("legend", "p"),
    ("main", "div"),
    ("menu", "ul"),
    ("nav", "div"),
    ("search", "div"),
    ("tfoot", "tbody"),
    ("h1", "h3"),
    ("h2", "h3"),
    ("strike", "s"),
];
/// Elements that are dropped with their content, beside those whose content is no text.
const DROPPED: &[&str] = &["button", "form", "head"];
/// Elements inside of so many others are written without their tags: mail programs and the parsers of mail gateways
/// give up on deep trees.
const DEEPEST: usize = 64;

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

/// An element that is open.
struct Open {
    /// Its name in the text.
    name: String,
    /// The name under which it was written, if it was.
    written: Option<&'static str>,
}

/// The HTML of a letter.
pub(super) fn letter(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<Open> = Vec::new();
    // How many elements of each name are open, so that an end tag without a start costs nothing.
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut depth = 0;
    // The element that goes, and how many of its name are open in it.
    let mut dropping: Option<(String, usize)> = None;
    for (token, range) in html::tokens(html) {
        if let Some((dropped, count)) = &mut dropping {
            match token {
                Token::Open(tag) if tag.is(dropped) => *count += 1,
                Token::Close(name) if name.eq_ignore_ascii_case(dropped) => *count -= 1,
                _ => {}
            }
            dropping = dropping.filter(|(_, count)| *count > 0);
            continue;
        }
        match token {
            Token::Comment => {}
            Token::Text(text) => out.push_str(text),
            Token::Open(tag) if is_dropped(&tag) => dropping = Some((tag.name.to_ascii_lowercase(), 1)),
            // The others have no content, and have gone with it.
            Token::Open(tag) if tag.is_hidden() => {}
            Token::Open(tag) if tag.task().is_some() => out.push_str(tag.task().unwrap_or_default()),
            Token::Open(tag) if tag.is("img") => {
                let is_linked = open.iter().any(|open| open.written == Some("a"));
                image(&tag, is_linked, &mut out);
            }
            Token::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                let is_mark = name == "a" && out.ends_with("<sup>");
                let passes = !is_mark && depth < DEEPEST;
                let entries = if name == "ol" { entries_counted(&tag, &html[range.end..]) } else { None };
                let written = written(&name).filter(|name| passes && start(name, &tag, entries, &mut out));
                if !html::VOID.contains(&&*name) {
                    depth += usize::from(written.is_some());
                    *counts.entry(name.clone()).or_default() += 1;
                    open.push(Open { name, written });
                }
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                if counts.get(&name).is_none_or(|count| *count == 0) {
                    continue;
                }
                while let Some(last) = open.pop() {
                    close(last.written, &mut out);
                    depth -= usize::from(last.written.is_some());
                    if let Some(count) = counts.get_mut(&last.name) {
                        *count -= 1;
                    }
                    if last.name == name {
                        break;
                    }
                }
            }
        }
    }
    for last in open.into_iter().rev() {
        close(last.written, &mut out);
    }
    out.trim().to_owned()
}

/// Whether an element is removed with its content: elements that mail programs do not show, and links within the page,
/// which have no target in a letter.
fn is_dropped(tag: &Tag<'_>) -> bool {
    let is_furniture = tag.get("class").is_some_and(|class| matches!(&*class, "anchor" | "footnote-back"));
    is_furniture || tag.is_unseen() || DROPPED.iter().any(|name| tag.is(name))
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

/// The number of entries of a list that counts down without saying from where. `rest` is what follows its start tag.
fn entries_counted(tag: &Tag<'_>, rest: &str) -> Option<i32> {
    if tag.get("reversed").is_none() || tag.get("start").is_some_and(|start| is_integer(&start)) {
        return None;
    }
    let is_list = |name: &str| ["ol", "ul", "menu"].iter().any(|list| name.eq_ignore_ascii_case(list));
    let (mut entries, mut inside) = (0, 0usize);
    for (token, _) in html::tokens(rest) {
        match token {
            Token::Open(tag) if is_list(tag.name) => inside += 1,
            Token::Open(tag) if tag.is("li") && inside == 0 => entries += 1,
            Token::Close(name) if is_list(name) && inside == 0 => break,
            Token::Close(name) if is_list(name) => inside -= 1,
            _ => {}
        }
    }
    Some(entries)
}

fn is_integer(text: &str) -> bool {
    text.len() < 11 && text.parse::<i32>().is_ok()
}

/// Writes a start tag; `false` when the element has lost its sense. `entries` is the number at which a list that counts
/// down starts.
fn start(name: &str, tag: &Tag<'_>, entries: Option<i32>, out: &mut String) -> bool {
    let value = |key: &str| tag.get(key);
    let mut kept: Vec<(&str, String)> = Vec::new();
    if name == "a" {
        let Some(href) = value("href").and_then(|href| address(&href)) else { return false };
        kept.push(("href", href));
    }
    let is_number =
        |text: &Cow<'_, str>| !text.is_empty() && text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    for key in ["colspan", "rowspan"].into_iter().filter(|_| matches!(name, "td" | "th")) {
        kept.extend(value(key).filter(is_number).map(|number| (key, number.into_owned())));
    }
    let number = match name {
        "ol" => Some("start"),
        "li" => Some("value"),
        _ => None,
    };
    kept.extend(number.and_then(|key| Some((key, value(key).filter(|of| is_integer(of))?.into_owned()))));
    if name == "ol" {
        kept.extend(entries.map(|entries| ("start", entries.to_string())));
        kept.extend(value("reversed").map(|_| ("reversed", String::new())));
        let is_kind = |kind: &Cow<'_, str>| matches!(&**kind, "a" | "A" | "i" | "I");
        kept.extend(value("type").filter(is_kind).map(|kind| ("type", kind.into_owned())));
    }
    if matches!(name, "td" | "th") {
        let style = value("style").unwrap_or_default().replace(' ', "");
        let class = value("class").unwrap_or_default();
        let sides = ["left", "center", "right"].into_iter();
        let mut sides =
            sides.filter(|side| style.contains(&format!("text-align:{side}")) || class == format!("align-{side}"));
        let side = sides.next();
        kept.extend(side.map(|side| ("style", format!("text-align: {side}"))));
    }
    for key in ["lang", "dir"] {
        kept.extend(value(key).map(|value| (key, value.into_owned())));
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
fn image(tag: &Tag<'_>, is_linked: bool, out: &mut String) {
    let value = |key: &str| tag.get(key).unwrap_or_default();
    let Some(src) = address(&value("src")) else { return };
    let (alt, size) = (value("alt"), value("width").parse().ok().zip(value("height").parse().ok()));
    let mut escaped = [String::new(), String::new()];
    text::escape_html(&src, &mut escaped[0]);
    text::escape_html(&alt, &mut escaped[1]);
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
            (
                "<ul><li><input type=\"checkbox\" disabled checked> a</li><li><input type=checkbox> b</li></ul><input type=text>",
                "<ul><li>[x] a</li><li>[ ] b</li></ul>",
            ),
            ("<p hidden>secret</p>a<div hidden><div>secret</div>secret</div>b<img hidden>c", "abc"),
            ("<audio>x</audio><object>x<object>x</object>x</object><NOSCRIPT>x</NOSCRIPT>a", "a"),
            ("<ol><li value=7>a</li><li value=x>b</li></ol>", "<ol><li value=\"7\">a</li><li>b</li></ol>"),
            ("<p>a<img hidden src=https://t.example/a.png width=1 height=1 alt=x>b<br hidden>c</p>", "<p>abc</p>"),
            ("<ol start=1989><li>a</li></ol>", "<ol start=\"1989\"><li>a</li></ol>"),
            ("<ol start=x type=a><li>a</li></ol>", "<ol type=\"a\"><li>a</li></ol>"),
            (
                "<ol reversed><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
                "<ol start=\"2\" reversed=\"\"><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            ),
            ("<bdo dir=rtl>abc</bdo><bdi>d</bdi>", "<bdo dir=\"rtl\">abc</bdo><bdi>d</bdi>"),
            ("1 < 2", "1 < 2"),
            ("<!-- <p> -->x<unknown>y</unknown>", "xy"),
        ] {
            assert_eq!(letter(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_very_deep_keeps_its_words() {
        let letter = letter(&format!("{}word{}", "<blockquote>".repeat(20_000), "</blockquote>".repeat(20_000)));
        assert_eq!(letter.matches("<blockquote>").count(), DEEPEST);
        assert_eq!(letter.matches("</blockquote>").count(), DEEPEST);
        assert!(letter.contains("word"));
    }
}
