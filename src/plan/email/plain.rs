//! The HTML of a letter → its plain text, with links as numbered notes.

use std::fmt::Write;

use serde::Serialize;

use super::markup::{Token, decode, tokens};
use crate::base::wrap::wrap;

/// The width of lines, in columns.
const WIDTH: usize = 72;

/// A text without marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plain {
    /// Its lines, with empty ones between paragraphs. `[1]` is the first link.
    pub text: String,
    /// Where its links lead, in order, each once.
    pub links: Vec<String>,
}

/// Makes plain text of HTML that `markup` has made.
pub(super) fn plain(html: &str) -> Plain {
    let mut writer = Writer::default();
    for token in tokens(html) {
        match token {
            Token::Text(text) => writer.text(&decode(text)),
            Token::Open(name, attributes) => writer.open(&name, &attributes),
            Token::Close(name) => writer.close(&name),
        }
    }
    writer.flush();
    Plain { text: writer.lines.join("\n"), links: writer.links }
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    links: Vec<String>,
    /// The paragraph so far; a line break in it is one that the text asks for.
    paragraph: String,
    /// Links that are open, each with where its words begin.
    open: Vec<(String, usize)>,
    /// Lists and quotes around the paragraph.
    around: Vec<Around>,
    in_pre: bool,
    is_raised: bool,
    /// Whether what was written last was an entry of a list or a row of a table.
    was_tight: bool,
}

enum Around {
    Quote,
    /// A list: the number of its next entry, if it counts.
    List(Option<usize>),
    /// An entry of a list: the mark that still stands before it, and how far its text is set in.
    Entry(Option<String>, usize),
    Row,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.in_pre {
            self.paragraph.push_str(text);
            return;
        }
        for c in text.chars() {
            // A non-breaking space holds words together; here it is a space that may not break either.
            let c = if self.is_raised { raised(c) } else { c };
            if c == '\u{ad}' {
                continue;
            }
            if !matches!(c, ' ' | '\n' | '\t' | '\r') {
                self.paragraph.push(c);
            } else if !self.paragraph.is_empty() && !self.paragraph.ends_with([' ', '\n']) {
                self.paragraph.push(' ');
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value);
        match name {
            "br" => self.paragraph.push('\n'),
            "a" => self.open.push((value("href").to_owned(), self.paragraph.len())),
            "img" if !value("alt").is_empty() => self.text(&format!("[{}]", value("alt"))),
            "sup" => self.is_raised = true,
            "q" => self.paragraph.push('“'),
            "td" | "th" if !self.paragraph.trim().is_empty() => self.paragraph.push_str(" | "),
            "hr" => {
                self.flush();
                self.block(vec!["* * *".to_owned()], false);
            }
            "p" | "div" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" | "table" => self.flush(),
            "pre" => {
                self.flush();
                self.in_pre = true;
            }
            "blockquote" => self.enter(Around::Quote),
            "ul" => self.enter(Around::List(None)),
            "ol" => self.enter(Around::List(Some(value("start").parse().unwrap_or(1)))),
            "tr" => self.enter(Around::Row),
            "li" => {
                self.flush();
                let mark = match self.around.last_mut() {
                    Some(Around::List(Some(number))) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                let inset = mark.len();
                self.around.push(Around::Entry(Some(mark), inset));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => {
                let Some((href, from)) = self.open.pop() else { return };
                let words = self.paragraph.get(from..).unwrap_or("").trim();
                let bare = href.strip_prefix("mailto:").unwrap_or(&href);
                if words == bare {
                    return;
                }
                let known = self.links.iter().position(|link| *link == href);
                let number = known.unwrap_or(self.links.len()) + 1;
                if known.is_none() {
                    self.links.push(href);
                }
                let spaces = self.paragraph.len() - self.paragraph.trim_end_matches(' ').len();
                self.paragraph.truncate(self.paragraph.len() - spaces);
                let _ = write!(self.paragraph, " [{number}]");
                self.paragraph.push_str(if spaces > 0 { " " } else { "" });
            }
            "sup" => self.is_raised = false,
            "q" => self.paragraph.push('”'),
            "p" | "div" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" => self.flush(),
            "pre" => {
                self.flush();
                self.in_pre = false;
            }
            "blockquote" | "ul" | "ol" | "li" | "tr" | "table" => {
                self.flush();
                if name != "table" {
                    self.around.pop();
                }
                self.was_tight &= matches!(name, "li" | "tr") || matches!(self.around.last(), Some(Around::Entry(..)));
            }
            _ => {}
        }
    }

    fn enter(&mut self, around: Around) {
        self.flush();
        self.around.push(around);
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.trim().is_empty() {
            return;
        }
        let (mut first, mut next) = (String::new(), String::new());
        let mut is_tight = false;
        for around in &mut self.around {
            match around {
                Around::Quote => {
                    first.push_str("> ");
                    next.push_str("> ");
                }
                Around::Entry(mark, inset) => {
                    is_tight = mark.is_some();
                    first.push_str(&mark.take().unwrap_or_else(|| " ".repeat(*inset)));
                    next.push_str(&" ".repeat(*inset));
                }
                Around::Row => is_tight = true,
                Around::List(_) => {}
            }
        }
        let mut lines = Vec::new();
        for piece in paragraph.trim_matches('\n').split('\n') {
            if self.in_pre {
                lines.extend(cut(piece, &format!("{next}    ")));
            } else {
                lines.extend(wrap(piece, if lines.is_empty() { &first } else { &next }, &next, WIDTH));
            }
        }
        self.block(lines, is_tight);
    }

    fn block(&mut self, lines: Vec<String>, is_tight: bool) {
        if !(self.lines.is_empty() || is_tight && self.was_tight) {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self.was_tight = is_tight;
    }
}

/// A digit as one that stands raised: the mark of a footnote, or a square metre.
fn raised(c: char) -> char {
    let at = c.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize));
    at.unwrap_or(c)
}

/// A line of code, with its spaces, in pieces that fit.
fn cut(line: &str, inset: &str) -> Vec<String> {
    let width = WIDTH.saturating_sub(inset.len()).max(20);
    let characters: Vec<char> = line.trim_end().chars().collect();
    let pieces = characters.chunks(width).map(|piece| format!("{inset}{}", piece.iter().collect::<String>()));
    let pieces: Vec<String> = pieces.map(|piece| piece.trim_end().to_owned()).collect();
    if pieces.is_empty() { vec![String::new()] } else { pieces }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn text_keeps_its_parts_and_loses_its_marks() {
        let html = "<h3>Head</h3><p>A <em>b</em> <a href=\"https://a.example/\">link &amp; more</a>, and\nthe <a href=\"https://a.example/\">same</a>; <a href=\"https://b.example/\">another</a>.<br>Next.</p>\
            <ul><li>one</li><li><p>two</p><ol start=\"3\"><li>deep</li></ol></li></ul>\
            <blockquote><p>Said.</p><p>More.</p></blockquote>\
            <table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\
            <hr><pre><code>x  = 1\n  y\n</code></pre><p>m<sup>2</sup> <a href=\"https://c.example/\">https://c.example/</a></p>";
        let plain = plain(html);
        assert_eq!(
            plain.text,
            "Head\n\nA b link & more [1], and the same [1]; another [2].\nNext.\n\n- one\n- two\n  3. deep\n\n> Said.\n\n> More.\n\nA | B\n1 | 2\n\n* * *\n\n    x  = 1\n      y\n\nm² https://c.example/"
        );
        assert_eq!(plain.links, ["https://a.example/", "https://b.example/"]);
    }

    #[test]
    fn no_line_is_too_long() {
        let plain = plain(&format!("<ul><li>{}</li></ul><pre>{}</pre>", "word ".repeat(60), "x".repeat(300)));
        assert!(plain.text.lines().all(|line| line.len() <= 72), "{}", plain.text);
        assert!(plain.text.lines().nth(1).expect("a line").starts_with("  word"));
    }
}
