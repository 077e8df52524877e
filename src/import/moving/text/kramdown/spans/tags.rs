//! Parses HTML tags and character references within a line, and the raw content of elements that kramdown does not
//! parse.

use crate::base::html::{self, Attribute, StartTag, Token};
use crate::import::moving::text::kramdown::lines::{is_span_element, tag_name};
use crate::import::moving::text::kramdown::spans::{Reader, Span, Stop, add};

/// Block elements, whose tags within a line are text.
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "applet",
    "body",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
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
    "html",
    "head",
    "iframe",
    "legend",
    "menu",
    "li",
    "main",
    "map",
    "nav",
    "ol",
    "optgroup",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tfoot",
    "tr",
    "ul",
];
/// The elements whose content kramdown does not parse.
const RAW: &[&str] = &["script", "style", "math", "option", "textarea", "pre", "code", "kbd", "samp", "var"];

/// The maximum length of a character reference, in bytes. The longest name has about thirty.
const LONGEST_ENTITY: usize = 64;

impl Reader<'_, '_> {
    /// Parses an HTML element with its content, or a comment; returns false when there is none.
    pub(in super::super) fn html(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let Some(end) = self.ends.next("-->", self.at + 4).map(|end| end - self.at) else { return false };
            self.at += end + 3;
            spans.push(Span::Html(rest[..end + 3].to_owned()));
            return true;
        }
        if self.ends.next(">", self.at).is_none() {
            return false;
        }
        let Some((name, false)) = tag_name(rest) else { return false };
        let StartTag::Whole(tag, length) = html::start_tag(rest) else { return false };
        let whole = &rest[..length];
        let is_known = is_span_element(name) || html::VOID.contains(&name) || !BLOCK_ELEMENTS.contains(&name);
        if !is_known || name.contains(':') {
            return false;
        }
        let shown = match tag.attributes.iter().find(|attribute| attribute.name == "markdown") {
            Some(Attribute { whole: own, .. }) => format!("{}{}", whole[..own.start].trim_end(), &whole[own.end..]),
            None => whole.to_owned(),
        };
        self.at += whole.len();
        spans.push(Span::Html(shown));
        if whole.ends_with("/>") || html::VOID.contains(&name) {
            return true;
        }
        let is_raw = RAW.contains(&name) || !self.options.reads_spans;
        let (inner, is_closed) = if is_raw { self.raw(name) } else { self.spans(Stop::Tag(name)) };
        spans.extend(inner);
        if is_closed && let Some(end) = self.rest().find('>') {
            spans.push(Span::Html(self.rest()[..=end].to_owned()));
            self.at += end + 1;
        }
        true
    }

    /// Parses a character reference, such as `&eacute;`.
    pub(in super::super) fn entity(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let Some(end) = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';').filter(|end| *end > 1) else {
            return false;
        };
        let name = &rest[1..end];
        let is_number = name.strip_prefix('#').is_some_and(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            let ok = |text: &str, radix| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
            hex.map_or_else(|| ok(number, 10), |hex| ok(hex, 16))
        });
        if !is_number && !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return false;
        }
        self.at += end + 1;
        spans.push(Span::Entity(rest[..=end].to_owned()));
        true
    }

    /// Returns the content of an element that is not parsed, and whether the element is closed.
    fn raw(&mut self, name: &str) -> (Vec<Span>, bool) {
        let rest = self.rest();
        let end = rest
            .match_indices("</")
            .map(|(at, _)| at)
            .find(|at| tag_name(&rest[*at..]).is_some_and(|(of, closes)| closes && of.eq_ignore_ascii_case(name)));
        let length = end.unwrap_or(rest.len());
        self.at += length;
        let mut spans = Vec::new();
        add(&mut spans, &rest[..length]);
        (spans, end.is_some())
    }

    /// Returns HTML as spans, without parsing Markdown in its text.
    pub(in super::super) fn raw_html(text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        for (token, range) in html::tokens(text) {
            match token {
                Token::Text(words) => add(&mut spans, words),
                _ => spans.push(Span::Html(text[range].to_owned())),
            }
        }
        spans
    }
}
