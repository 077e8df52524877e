//! Parses HTML between blocks: an element up to its end tag, with the Markdown that its attribute `markdown` allows.

use crate::base::html::{self, StartTag, Tag, Token};
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
        let name = block_name(bare)?;
        if name.is_empty() && at >= self.no_comment_ends {
            return None;
        }
        // Most elements are short, so more lines are examined only when the element does not end before.
        let mut count = 16;
        let (text, is_all, found) = loop {
            let rest = lines[at..].iter().take(count).skip(1).map(|line| line.text.as_str());
            let text = std::iter::once(bare).chain(rest).collect::<Vec<_>>().join("\n");
            let is_all = at + count >= lines.len();
            match HtmlElement::read(&text, &name) {
                Found::Element(found) if is_all || found.end < text.len() => break (text, is_all, Some(found)),
                Found::Nothing => break (text, is_all, None),
                Found::Open if is_all => break (text, is_all, None),
                Found::Element(_) | Found::Open => count *= 2,
            }
        };
        if found.is_none() && name.is_empty() {
            self.no_comment_ends = at;
        }
        let mut element = Element { found: found?, name, from: 0, line: at };
        loop {
            let (last, end) = self.element(&text, &element, lines);
            let behind = text[end..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            if behind.is_empty() || behind.starts_with('\n') {
                return Some(last + 1);
            }
            // Another element on the same line is read from the same text.
            let from = text.len() - behind.len();
            let next = block_name(behind).and_then(|name| match HtmlElement::read(&text[from..], &name) {
                Found::Element(found) if is_all || from + found.end < text.len() => Some((name, found)),
                _ => None,
            });
            let Some((name, found)) = next else {
                let behind = behind.split('\n').next().unwrap_or_default();
                lines[last] = Line::new(behind, lines[last].at);
                return Some(last);
            };
            element = Element { found, name, from, line: last };
        }
    }

    /// Adds the block of an element; returns the line on which it ends, and the byte of `text` behind it.
    fn element(&mut self, text: &str, element: &Element, lines: &[Line]) -> (usize, usize) {
        let Element { found, name, from, line: at } = element;
        let (text, first_line) = (&text[*from..], lines[*at].at);
        let parts = |from: usize, to: usize| {
            let first = text[..from].matches('\n').count();
            let own = text[from..to].split('\n').enumerate();
            own.map(|(index, part)| Line::new(part, lines[at + first + index].at)).collect::<Vec<Line>>()
        };
        let kind = match found.model(name, self.options.reads_html) {
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
                BlockKind::Element(found.tag.clone(), name.clone(), inside)
            }
            Model::Spans => BlockKind::Spans(found.tag.clone(), name.clone(), parts(found.inside.0, found.inside.1)),
        };
        let last = at + text[..found.end].matches('\n').count();
        self.push(kind, first_line);
        let attributes = self.blocks.last().map_or_else(Attributes::default, |block| block.attributes.clone());
        self.leave(&attributes, first_line);
        (last, from + found.end)
    }
}

/// An element in the text of several lines: its name, its offset, and the line on which it begins.
struct Element {
    found: HtmlElement,
    name: String,
    from: usize,
    line: usize,
}

/// The kind of HTML at the start of a text.
enum Found {
    Element(HtmlElement),
    /// A start tag or a comment that does not end within the text.
    Open,
    Nothing,
}

/// Returns the name of the element with which a line begins, in lower case; an empty one for a comment. None when the
/// line does not begin a block of HTML.
fn block_name(bare: &str) -> Option<String> {
    if bare.starts_with("<!--") {
        return Some(String::new());
    }
    let (name, closes) = tag_name(bare)?;
    (!closes && !is_span_element(name)).then(|| name.to_ascii_lowercase())
}

/// An HTML element: its start tag without kramdown's attributes, the range of its content, and its end.
struct HtmlElement {
    tag: String,
    markdown: Option<String>,
    inside: (usize, usize),
    end: usize,
}

impl HtmlElement {
    /// Parses the element with this name, or the comment, at the start of a text.
    fn read(text: &str, name: &str) -> Found {
        if name.is_empty() {
            return text.find("-->").map_or(Found::Open, |end| {
                let end = end + "-->".len();
                Found::Element(Self { tag: String::new(), markdown: None, inside: (end, end), end })
            });
        }
        match html::start_tag(text) {
            // A tag must not contain an empty line.
            StartTag::Whole(_, length) if text[..length].contains("\n\n") || text[..length].contains("<http") => {
                Found::Nothing
            }
            StartTag::Whole(tag, length) => Found::Element(Self::element(text, name, &tag, length)),
            StartTag::Open if !text.contains("\n\n") => Found::Open,
            StartTag::Open | StartTag::Broken => Found::Nothing,
        }
    }

    fn element(text: &str, name: &str, tag: &Tag<'_>, length: usize) -> Self {
        let whole = &text[..length];
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
        let mut found = Self { tag: shown, markdown, inside: (length, text.len()), end: text.len() };
        if is_empty {
            (found.inside.1, found.end) = (length, length);
            return found;
        }
        for (token, range) in html::tokens(text).skip(1) {
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
        found
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
