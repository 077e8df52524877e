//! Converts the HTML of a letter to plain text, with links as numbered notes.

use std::fmt::Write;

use serde::Serialize;

use super::counting::Style;
use crate::base::html::{Tag, Token, decode, tokens};
use crate::base::text::wrap::wrap;
use crate::content::markdown::{lowered, raised};

/// The width of lines, in columns.
const WIDTH: usize = 72;
/// Separator of two cells of a table.
const CELL: &str = " | ";

/// A text without marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlainText {
    /// Its lines, with empty ones between paragraphs. `[1]` is the first link.
    pub text: String,
    /// Destinations of its links, in order, without duplicates.
    pub links: Vec<String>,
}

/// Makes plain text of HTML that `markup` has made.
pub(super) fn plain_text(html: &str) -> PlainText {
    let mut writer = Writer::default();
    for (token, _) in tokens(html) {
        match token {
            Token::Text(text) => writer.text(&decode(text)),
            Token::Open(tag) => writer.open(&tag),
            Token::Close(name) => writer.close(&name.to_ascii_lowercase()),
            Token::Comment => {}
        }
    }
    writer.flush();
    PlainText { text: writer.lines.join("\n"), links: writer.links }
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
    /// Starts of the open superscripts and subscripts.
    shifted: Vec<usize>,
    /// How many elements of struck text are open.
    struck: usize,
    /// Whether text was left out immediately before.
    is_gap: bool,
    /// Quotes around the line that was written last.
    quote: String,
    /// Whether what was written last was an entry of a list or a row of a table.
    was_tight: bool,
}

enum Around {
    Quote,
    /// A list, and how it counts, if it does.
    List(Option<Count>),
    /// An entry of a list: the mark that still stands before it, and how far its text is set in.
    Entry(Option<String>, usize),
    /// A row of a table: how many of its cells have begun.
    Row(usize),
}

/// The counter of a list.
struct Count {
    /// The number of its next entry.
    next: i32,
    /// Difference between a number and the next.
    step: i32,
    style: Style,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.struck > 0 {
            return;
        }
        if self.in_pre {
            self.paragraph.push_str(text);
            return;
        }
        if std::mem::take(&mut self.is_gap) && text.starts_with(['.', ',', ';', ':', '!', '?', ')']) {
            self.paragraph.truncate(self.paragraph.trim_end_matches(' ').len());
        }
        for c in text.chars() {
            // A non-breaking space holds words together; here it is a space that may not break either.
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

    fn open(&mut self, tag: &Tag<'_>) {
        let value = |key: &str| tag.get(key).unwrap_or_default();
        let is_struck = self.struck > 0;
        match tag.name.to_ascii_lowercase().as_str() {
            "br" | "q" if is_struck => {}
            "br" => self.paragraph.push('\n'),
            "a" => self.open.push((value("href").into_owned(), self.paragraph.len())),
            "img" if !value("alt").is_empty() => self.text(&format!("[{}]", value("alt"))),
            "sup" | "sub" => self.shifted.push(self.paragraph.len()),
            "del" | "s" => self.struck += 1,
            "q" => self.paragraph.push('“'),
            "td" | "th" => {
                if let Some(Around::Row(cells)) = self.around.last_mut() {
                    *cells += 1;
                    self.paragraph.push_str(if *cells > 1 { CELL } else { "" });
                }
            }
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
            "ol" => {
                let step = if tag.get("reversed").is_some() { -1 } else { 1 };
                let next = value("start").parse().unwrap_or(1);
                self.enter(Around::List(Some(Count { next, step, style: Style::of(&value("type")) })));
            }
            "tr" => self.enter(Around::Row(0)),
            "li" => {
                self.flush();
                let mark = match self.around.last_mut() {
                    Some(Around::List(Some(count))) => {
                        let number = value("value").parse().unwrap_or(count.next);
                        count.next = number.saturating_add(count.step);
                        format!("{}. ", count.style.written(number))
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
                // Words that were struck out have no link either.
                if words.is_empty() || words == bare {
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
            "sup" | "sub" => self.shift(name),
            "del" | "s" => {
                self.struck = self.struck.saturating_sub(1);
                self.is_gap = true;
            }
            "q" if self.struck > 0 => {}
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

    /// Ends raised or lowered text.
    fn shift(&mut self, name: &str) {
        let Some(from) = self.shifted.pop().filter(|from| *from <= self.paragraph.len()) else { return };
        let text = self.paragraph.split_off(from);
        let after_word = self.paragraph.ends_with(char::is_alphanumeric);
        self.paragraph.push_str(&if name == "sup" { raised(&text, after_word) } else { lowered(&text) });
    }

    fn enter(&mut self, around: Around) {
        self.flush();
        self.around.push(around);
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        (self.is_gap, self.shifted) = (false, Vec::new());
        let is_blank = match self.around.last() {
            Some(Around::Row(cells)) => paragraph.trim() == CELL.repeat(cells.saturating_sub(1)).trim(),
            _ => paragraph.trim().is_empty(),
        };
        if is_blank {
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
                Around::Row(_) => is_tight = true,
                Around::List(_) => {}
            }
        }
        let quote: String = self.around.iter().filter(|around| matches!(around, Around::Quote)).map(|_| "> ").collect();
        let mut lines = Vec::new();
        for piece in paragraph.trim_matches('\n').split('\n') {
            if self.in_pre {
                lines.extend(chopped(piece, &format!("{next}    ")));
            } else {
                lines.extend(wrap(piece, if lines.is_empty() { &first } else { &next }, &next, WIDTH));
            }
        }
        self.block_in(quote, lines, is_tight);
    }

    fn block(&mut self, lines: Vec<String>, is_tight: bool) {
        self.block_in(String::new(), lines, is_tight);
    }

    /// Adds lines that stand in quotes. The empty line between two paragraphs of one quote belongs to it.
    fn block_in(&mut self, quote: String, lines: Vec<String>, is_tight: bool) {
        if !(self.lines.is_empty() || is_tight && self.was_tight) {
            let same = self.quote.len().min(quote.len());
            self.lines.push(quote[..same].trim_end().to_owned());
        }
        self.quote = quote;
        self.lines.extend(lines);
        self.was_tight = is_tight;
    }
}

/// A line of code, with its spaces, in pieces that fit.
fn chopped(line: &str, inset: &str) -> Vec<String> {
    let width = WIDTH.saturating_sub(inset.len()).max(20);
    let characters: Vec<char> = line.trim_end().chars().collect();
    let pieces = characters.chunks(width).map(|piece| format!("{inset}{}", piece.iter().collect::<String>()));
    let pieces: Vec<String> = pieces.map(|piece| piece.trim_end().to_owned()).collect();
    if pieces.is_empty() { vec![String::new()] } else { pieces }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn struck_raised_and_lowered_text_keeps_its_sense() {
        let text = |html: &str| plain_text(html).text;
        assert_eq!(text("<p>The toll is <del>100</del> 90, new.</p>"), "The toll is 90, new.");
        assert_eq!(
            text("<p>10<sup>6</sup>, 10<sup>a/b</sup>, H<sub>2</sub>O, x<sub>max</sub>, 1<sup>st</sup></p>"),
            "10⁶, 10^a/b, H₂O, xₘₐₓ, 1st"
        );
        assert_eq!(text("<p>x<sup>2<sup>3</sup></sup>, <sup>a<sub>b</sub>c</sup></p>"), "x^2³, abc");
        assert_eq!(text("<p>It is 90 <del>95</del>. <s><q>No</q><br></s>Yes.</p>"), "It is 90. Yes.");
        let struck = plain_text("<p><del><a href=\"https://a.example/\">old</a></del> 90</p>");
        assert_eq!((struck.text.as_str(), struck.links.len()), ("90", 0));
        assert_eq!(
            text(
                "<table><tr><th></th><th>2023</th><th>2024</th></tr><tr><td>a</td><td></td><td>1</td></tr><tr><td></td><td></td></tr></table>"
            ),
            "| 2023 | 2024\na | | 1"
        );
        assert_eq!(
            text(
                "<ol start=\"1989\"><li>a</li></ol><ol start=\"2\" reversed=\"\"><li>b</li><li>c</li></ol><ol start=\"26\" type=\"a\"><li>d</li><li>e</li></ol><ol start=\"4\" type=\"I\"><li>f</li></ol>"
            ),
            "1989. a\n\n2. b\n1. c\n\nz. d\naa. e\n\nIV. f"
        );
        assert_eq!(
            text("<blockquote><p>a</p></blockquote><p>b</p><blockquote><p>c</p></blockquote>"),
            "> a\n\nb\n\n> c"
        );
    }

    #[test]
    fn text_keeps_its_parts_and_loses_its_marks() {
        let html = "<h3>Head</h3><p>A <em>b</em> <a href=\"https://a.example/\">link &amp; more</a>, and\nthe <a href=\"https://a.example/\">same</a>; <a href=\"https://b.example/\">another</a>.<br>Next.</p>\
            <ul><li>one</li><li><p>two</p><ol start=\"3\"><li>deep</li></ol></li></ul>\
            <blockquote><p>Said.</p><p>More.</p></blockquote>\
            <table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\
            <hr><pre><code>x  = 1\n  y\n</code></pre><p>m<sup>2</sup> <a href=\"https://c.example/\">https://c.example/</a></p>";
        let plain = plain_text(html);
        assert_eq!(
            plain.text,
            "Head\n\nA b link & more [1], and the same [1]; another [2].\nNext.\n\n- one\n- two\n  3. deep\n\n> Said.\n>\n> More.\n\nA | B\n1 | 2\n\n* * *\n\n    x  = 1\n      y\n\nm² https://c.example/"
        );
        assert_eq!(plain.links, ["https://a.example/", "https://b.example/"]);
        let numbers = plain_text("<ol start=\"2\"><li>a</li><li value=\"7\">b</li><li>c</li></ol>");
        assert_eq!(numbers.text, "2. a\n7. b\n8. c");
    }

    #[test]
    fn no_line_is_too_long() {
        let plain = plain_text(&format!("<ul><li>{}</li></ul><pre>{}</pre>", "word ".repeat(60), "x".repeat(300)));
        assert!(plain.text.lines().all(|line| line.len() <= 72), "{}", plain.text);
        assert!(plain.text.lines().nth(1).expect("a line").starts_with("  word"));
    }
}
