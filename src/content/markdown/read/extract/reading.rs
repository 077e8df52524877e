//! The structure of a text as a sequence of marks, for comparing two readings of one text: used when importing Markdown
//! that was written for another program.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::content::markdown::read::colons;
use crate::content::markdown::read::options::options;

/// A mark, or what is between two marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Start of an element: `em`, `h2`, `a https://…`.
    Open(String),
    /// End of an element, except for paragraphs.
    Close(&'static str),
    /// Text.
    Text(String),
    /// Code, inline or block.
    Code(String),
    /// Verbatim HTML.
    Html(String),
}

/// The marks of a text in order. Runs of spaces count as one, and the nesting order of emphasis and strong emphasis
/// does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    marks: Vec<Mark>,
    /// Whether the last text continues.
    is_open: bool,
}

impl Reading {
    /// Reads Markdown by the rules of Dateline.
    pub fn of(text: &str) -> Self {
        let mut reading = Self::default();
        let mut in_picture = 0_usize;
        let mut in_code = false;
        let colons = colons::escaped(text);
        let text = colons.as_ref().map_or(text, |colons| &colons.text);
        for event in Parser::new_ext(text, options()) {
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => {
                    if in_picture == 0 {
                        reading.open(format!("img {dest_url}"));
                    }
                    in_picture += 1;
                }
                Event::End(TagEnd::Image) => in_picture -= 1,
                _ if in_picture > 0 => {}
                Event::Start(tag) => {
                    in_code = matches!(tag, Tag::CodeBlock(_));
                    reading.start(&tag);
                }
                Event::End(tag) => {
                    in_code = false;
                    reading.end(tag);
                }
                Event::Text(text) if in_code => reading.code_block(&text),
                Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => reading.text(&text),
                Event::Code(code) => reading.code(&code),
                Event::Html(html) => reading.html_block(&html),
                Event::InlineHtml(html) => reading.html(&html),
                Event::SoftBreak => reading.text(" "),
                Event::HardBreak => reading.open("br"),
                Event::Rule => reading.block("hr"),
                Event::FootnoteReference(name) => reading.open(format!("mark {name}")),
                Event::TaskListMarker(is_done) => reading.text(if is_done { "[x] " } else { "[ ] " }),
            }
        }
        reading.normal()
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.open("em"),
            Tag::Strong => self.open("strong"),
            Tag::Strikethrough => self.open("del"),
            Tag::Link { dest_url, .. } => self.open(format!("a {dest_url}")),
            Tag::Heading { level, .. } => self.block(format!("h{}", *level as u8)),
            Tag::BlockQuote(_) => self.block("quote"),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                self.block(format!("pre {info}").trim_end());
            }
            Tag::List(None) => self.block("ul"),
            Tag::List(Some(_)) => self.block("ol"),
            Tag::Item => self.block("item"),
            Tag::FootnoteDefinition(name) => self.block(format!("note {name}")),
            Tag::DefinitionListTitle => self.block("dt"),
            Tag::DefinitionListDefinition => self.block("dd"),
            Tag::Table(_) => self.block("table"),
            Tag::TableHead | Tag::TableRow => self.block("row"),
            Tag::TableCell => self.block("cell"),
            _ => self.gap(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close("em"),
            TagEnd::Strong => self.close("strong"),
            TagEnd::Strikethrough => self.close("del"),
            TagEnd::Link => self.close("a"),
            TagEnd::BlockQuote(_) => self.end_block("quote"),
            TagEnd::List(_) => self.end_block("list"),
            TagEnd::Item => self.end_block("item"),
            TagEnd::FootnoteDefinition => self.end_block("note"),
            TagEnd::Table => self.end_block("table"),
            _ => self.gap(),
        }
    }

    /// Starts an inline element.
    pub fn open(&mut self, name: impl Into<String>) {
        self.marks.push(Mark::Open(name.into()));
        self.is_open = true;
    }

    /// Ends an inline element.
    pub fn close(&mut self, name: &'static str) {
        self.marks.push(Mark::Close(name));
        self.is_open = true;
    }

    /// Starts a block.
    pub fn block(&mut self, name: impl Into<String>) {
        self.gap();
        self.marks.push(Mark::Open(name.into()));
        self.gap();
    }

    /// Ends a block.
    pub fn end_block(&mut self, name: &'static str) {
        self.gap();
        self.marks.push(Mark::Close(name));
        self.gap();
    }

    /// Separates the following text from the preceding block.
    pub fn gap(&mut self) {
        if let Some(Mark::Text(text)) = self.marks.last_mut() {
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                self.marks.pop();
            }
        }
        self.is_open = false;
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        match self.marks.last_mut() {
            Some(Mark::Text(before)) if self.is_open => push(before, text),
            _ => {
                let mut own = String::new();
                push(&mut own, if self.is_open { text } else { text.trim_start() });
                if !own.is_empty() {
                    self.marks.push(Mark::Text(own));
                    self.is_open = true;
                }
            }
        }
    }

    /// Adds inline code.
    pub fn code(&mut self, code: &str) {
        let mut own = String::new();
        push(&mut own, code);
        self.marks.push(Mark::Code(own));
        self.is_open = true;
    }

    /// Adds a part of a code block.
    pub fn code_block(&mut self, code: &str) {
        match self.marks.last_mut() {
            Some(Mark::Code(before)) if !self.is_open => before.push_str(code),
            _ => self.marks.push(Mark::Code(code.to_owned())),
        }
        self.is_open = false;
    }

    /// Adds an inline tag.
    pub fn html(&mut self, html: &str) {
        let bare = html.trim_matches(['<', '>', ' ']).trim_end_matches('/').trim_end().to_ascii_lowercase();
        match bare.as_str() {
            "em" | "strong" | "del" | "br" => self.open(bare),
            "/em" => self.close("em"),
            "/strong" => self.close("strong"),
            "/del" => self.close("del"),
            _ => {
                let mut own = String::new();
                push(&mut own, html);
                self.marks.push(Mark::Html(own));
                self.is_open = true;
            }
        }
    }

    /// Adds a part of an HTML block.
    pub fn html_block(&mut self, html: &str) {
        match self.marks.last_mut() {
            Some(Mark::Html(before)) if !self.is_open => push(before, html),
            _ => {
                self.gap();
                let mut own = String::new();
                push(&mut own, html.trim_start());
                self.marks.push(Mark::Html(own));
            }
        }
        if let Some(Mark::Html(html)) = self.marks.last_mut() {
            html.truncate(html.trim_end().len());
            html.push(' ');
        }
        self.is_open = false;
    }

    /// Normalises the order of marks that mean the same in either order.
    #[must_use]
    pub fn normal(mut self) -> Self {
        self.gap();
        let is = |mark: &Mark, name: &str| matches!(mark, Mark::Open(of) if of == name);
        for at in 1..self.marks.len() {
            let (before, after) = (&self.marks[at - 1], &self.marks[at]);
            let closes = *before == Mark::Close("em") && *after == Mark::Close("strong");
            if (is(before, "strong") && is(after, "em")) || closes {
                self.marks.swap(at - 1, at);
            }
        }
        self
    }

    /// All marks.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }
}

/// Appends text, with runs of spaces collapsed.
fn push(to: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            to.push(c);
        } else if !to.ends_with(' ') {
            to.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_mean_the_same_read_the_same() {
        for (one, other) in [
            ("a *b*\nc", "a <em>b</em> c"),
            ("***b***", "<strong><em>b</em></strong>"),
            ("* a\n* b", "- a\n\n- b"),
            ("1. a", "3) a"),
            ("    x\n", "```\nx\n```"),
            ("[a]\n\n[a]: /x", "[a](/x)"),
            ("a  \nb", "a<br>b"),
        ] {
            assert_eq!(Reading::of(one), Reading::of(other), "{one}");
        }
        for (one, other) in [("a\nb", "a\n\nb"), ("* a", "1. a"), ("*a*", "**a**"), ("[a](/x)", "[a](/y)")] {
            assert_ne!(Reading::of(one), Reading::of(other), "{one}");
        }
    }
}
