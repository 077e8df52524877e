//! Parses HTML between blocks: an element up to its end tag, with the Markdown that its attribute `markdown` allows.

use crate::base::html::{self, Token};
use crate::import::moving::text::kramdown::attributes::Attributes;
use crate::import::moving::text::kramdown::blocks::{BlockKind, Reader, read};
use crate::import::moving::text::kramdown::lines::{Line, is_span_element, near, tag_name};

/// The content model of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Model {
    Raw,
    Blocks,
    Spans,
}

/// The elements whose content is parsed as blocks.
const BLOCKS: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "figcaption",
    "footer",
    "form",
    "header",
    "hgroup",
    "iframe",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "section",
    "summary",
    "td",
];
/// The elements whose content is parsed as spans.
const SPANS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "cite", "caption", "del", "dfn", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby",
    "select", "small", "span", "strong", "sub", "sup", "th", "tt",
];
/// The elements that never have content, in addition to the void elements of HTML.
const EMPTY: &[&str] = &["command", "keygen"];

impl Reader<'_> {
    /// Parses the HTML that begins at a line, and returns the line at which the next block begins. Text after the end
    /// tag on its last line becomes a line of its own.
    pub(in super::super) fn html(&mut self, lines: &mut [Line], at: usize) -> Option<usize> {
        let bare = near(&lines[at].text)?;
        let is_comment = bare.starts_with("<!--");
        let (name, closes) = if is_comment { ("", false) } else { tag_name(bare)? };
        if closes || (!is_comment && is_span_element(name)) {
            return None;
        }
        let name = name.to_ascii_lowercase();
        let from = lines[at].at;
        // Most elements are short, so more lines are examined only when the element does not end before.
        let mut count = 16;
        let (text, found) = loop {
            let rest = lines[at..].iter().take(count).skip(1).map(|line| line.text.as_str());
            let text = std::iter::once(bare).chain(rest).collect::<Vec<_>>().join("\n");
            let found = if is_comment { HtmlElement::comment(&text) } else { HtmlElement::element(&text, &name) };
            if at + count >= lines.len() || found.as_ref().is_some_and(|found| found.end < text.len()) {
                break (text, found);
            }
            count *= 2;
        };
        let found = found?;
        let parts = |from: usize, to: usize| {
            let first = text[..from].matches('\n').count();
            let own = text[from..to].split('\n').enumerate();
            own.map(|(index, part)| Line::new(part, lines[at + first + index].at)).collect::<Vec<Line>>()
        };
        let model = found.model(&name, self.options.reads_html);
        let kind = match model {
            Model::Raw if found.tag.contains("markdown") && found.inside.0 < found.inside.1 => {
                let mut own = parts(0, found.end);
                let first = text[..found.inside.0].matches('\n').count();
                let rest = own[first]
                    .text
                    .split_off(found.inside.0 - text[..found.inside.0].rfind('\n').map_or(0, |at| at + 1));
                own.drain(..first);
                own[0].text = format!("{}{rest}", found.tag);
                BlockKind::Html(own)
            }
            Model::Raw => BlockKind::Html(parts(0, found.end)),
            Model::Blocks => {
                let inside = parts(found.inside.0, found.inside.1);
                let inside = read(self.options, self.document, inside);
                BlockKind::Element(found.tag, name, inside)
            }
            Model::Spans => BlockKind::Spans(found.tag, name, parts(found.inside.0, found.inside.1)),
        };
        let last = at + text[..found.end].matches('\n').count();
        let behind = text[found.end..].split('\n').next().unwrap_or_default().trim_start().to_owned();
        let line = lines[last].at;
        self.push(kind, from);
        let attributes = self.blocks.last().map_or_else(Attributes::default, |block| block.attributes.clone());
        self.leave(&attributes, from);
        if behind.is_empty() {
            return Some(last + 1);
        }
        lines[last] = Line::new(behind, line);
        Some(last)
    }
}

/// An HTML element: its start tag without kramdown's attributes, the range of its content, and its end.
struct HtmlElement {
    tag: String,
    markdown: Option<String>,
    inside: (usize, usize),
    end: usize,
}

impl HtmlElement {
    fn comment(text: &str) -> Option<Self> {
        let end = text.find("-->")? + 3;
        Some(Self { tag: String::new(), markdown: None, inside: (end, end), end })
    }

    fn element(text: &str, name: &str) -> Option<Self> {
        let mut tokens = html::tokens(text);
        let (Some((Token::Open(tag), range)), true) = (tokens.next(), text.contains('>')) else { return None };
        let whole = &text[range.clone()];
        if !whole.ends_with('>') || whole.contains("<http") || whole.contains("\n\n") {
            return None;
        }
        let markdown = tag.get("markdown").map(std::borrow::Cow::into_owned);
        let mut shown = format!("<{}", tag.name);
        for attribute in tag.attributes.iter().filter(|attribute| !attribute.name.eq_ignore_ascii_case("markdown")) {
            if attribute.name != "/" {
                shown.push_str(&format!(" {}=\"{}\"", attribute.name, attribute.value.replace('"', "&quot;")));
            }
        }
        shown.push('>');
        let is_empty = whole.ends_with("/>") || html::VOID.contains(&name) || EMPTY.contains(&name);
        let mut depth = 1_usize;
        let mut found = Self { tag: shown, markdown, inside: (range.end, text.len()), end: text.len() };
        if is_empty {
            (found.inside.1, found.end) = (range.end, range.end);
            return Some(found);
        }
        for (token, range) in tokens {
            match token {
                Token::Open(tag) if tag.is(name) && !text[range.clone()].ends_with("/>") => depth += 1,
                Token::Close(other) if other.eq_ignore_ascii_case(name) => {
                    depth -= 1;
                    if depth == 0 {
                        (found.inside.1, found.end) = (range.start, range.end);
                        break;
                    }
                }
                _ => {}
            }
        }
        Some(found)
    }

    /// Returns the content model of the element, by its name and its attribute `markdown`.
    fn model(&self, name: &str, reads_html: bool) -> Model {
        let own = if BLOCKS.contains(&name) {
            Model::Blocks
        } else if SPANS.contains(&name) {
            Model::Spans
        } else {
            Model::Raw
        };
        match self.markdown.as_deref() {
            _ if self.inside.0 == self.inside.1 => Model::Raw,
            Some("1") => own,
            Some("block") => Model::Blocks,
            Some("span") => Model::Spans,
            None if reads_html => own,
            _ => Model::Raw,
        }
    }
}
