//! Parses span-level markup as kramdown 2.4 does, in the order in which it tries its parsers.
//!
//! In: the text of a block. Out: spans. Deliberately not here: how a span is written again.

pub(super) mod abbreviations;
mod destinations;
mod tags;

use crate::import::moving::text::kramdown::attributes;
use crate::import::moving::text::kramdown::blocks::Document;
use crate::import::moving::text::kramdown::ends::Ends;
use crate::import::moving::text::kramdown::lines::tag_name;
use crate::import::moving::text::kramdown::options::Options;

/// A span: markup with its content, or plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Text(String),
    /// Emphasis: the element `em`, `strong` or `del`, the delimiter character, and the content.
    Marked(&'static str, char, Vec<Span>),
    Code(String),
    /// A link: its content, destination and title.
    Link(Vec<Span>, String, Option<String>),
    /// An image: its text alternative, destination and title.
    Picture(String, String, Option<String>),
    /// An autolink in angle brackets.
    Address(String),
    /// An HTML tag or comment.
    Html(String),
    /// A character reference.
    Entity(String),
    Math(String),
    /// A reference to the footnote with this name.
    Note(String),
    Break,
    /// Attributes that are left out, with the message about them.
    Left(&'static str),
}

/// The condition that ends a sequence of spans.
#[derive(Clone, Copy)]
pub(super) enum Stop<'s> {
    Never,
    Emphasis(&'s str, bool),
    Bracket,
    Tag(&'s str),
}

/// The number of times that each byte of a text may be parsed again because markup before it was unclosed. A text that
/// needs more is left as it is: nested unclosed emphasis doubles the time with each delimiter.
const READINGS: usize = 64;
/// The maximum nesting depth of spans, because each level takes a frame of the stack.
const DEEPEST: usize = 100;

/// Parses the spans of a text; none when it has too much unclosed markup.
pub(super) fn read(options: &Options, document: &Document, text: &str) -> Option<Vec<Span>> {
    let mut reader = Reader::new(options, document, text);
    let (spans, _) = reader.spans(Stop::Never);
    (reader.budget > 0).then_some(spans)
}

/// The parser of spans.
pub(super) struct Reader<'d, 't> {
    pub(super) options: &'d Options,
    pub(super) document: &'d Document,
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// The enclosing elements, outermost first.
    pub(super) outer: Vec<&'static str>,
    pub(super) ends: Ends<'t>,
    /// The number of characters that may still be parsed.
    pub(super) budget: usize,
    depth: usize,
    /// The offset from which on no delimiter closes a deletion.
    unstruck: usize,
}

/// Appends plain text to spans.
pub(super) fn add(spans: &mut Vec<Span>, text: &str) {
    match spans.last_mut() {
        Some(Span::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => spans.push(Span::Text(text.to_owned())),
    }
}

impl<'d, 't> Reader<'d, 't> {
    fn new(options: &'d Options, document: &'d Document, text: &'t str) -> Self {
        let (ends, budget) = (Ends::new(text), 2_000 + READINGS * text.len());
        Self { options, document, text, at: 0, outer: Vec::new(), ends, budget, depth: 0, unstruck: usize::MAX }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Parses spans up to a stop condition, and returns whether it was met. The position stays before the stop.
    pub(super) fn spans(&mut self, stop: Stop<'_>) -> (Vec<Span>, bool) {
        if self.depth == DEEPEST {
            self.budget = 0;
            return (Vec::new(), false);
        }
        self.depth += 1;
        let found = self.run(stop);
        self.depth -= 1;
        found
    }

    fn run(&mut self, stop: Stop<'_>) -> (Vec<Span>, bool) {
        let mut spans = Vec::new();
        let (mut open, mut pictures) = (1_i32, 0_i32);
        while let Some(c) = self.rest().chars().next() {
            self.budget = self.budget.saturating_sub(1);
            if self.budget == 0 {
                break;
            }
            if self.stops(stop, &spans, &mut open, pictures) {
                return (spans, true);
            }
            let (from, known, left) = (self.at, spans.len(), self.budget);
            if !self.one(c, &mut spans) {
                self.at = from + c.len_utf8();
                add(&mut spans, &self.text[from..self.at]);
            }
            // Characters that were skipped without being parsed, such as code, count as well.
            self.budget -= (self.at - from).saturating_sub(1 + left - self.budget).min(self.budget);
            let new = spans.get(known..).unwrap_or_default();
            pictures += i32::from(new.iter().any(|span| matches!(span, Span::Picture(..))));
        }
        (spans, matches!(stop, Stop::Never))
    }

    fn stops(&self, stop: Stop<'_>, spans: &[Span], open: &mut i32, pictures: i32) -> bool {
        let rest = self.rest();
        match stop {
            Stop::Never => false,
            Stop::Emphasis(sign, is_strong) => {
                let Some(after) = rest.strip_prefix(sign) else { return false };
                let goes_on = sign.starts_with('_') && after.starts_with(char::is_alphanumeric);
                !self.before().is_some_and(char::is_whitespace)
                    && (is_strong || !is_double_of(rest, sign))
                    && !goes_on
                    && !spans.is_empty()
            }
            Stop::Bracket => {
                let opens = rest.starts_with('[') || rest.starts_with("![");
                if !opens && !rest.starts_with(']') {
                    return false;
                }
                *open += if opens { 1 } else { -1 };
                *open == pictures
            }
            Stop::Tag(name) => {
                let closing = tag_name(rest).filter(|(of, closes)| *closes && of.eq_ignore_ascii_case(name));
                closing.is_some_and(|(of, _)| rest[2 + of.len()..].trim_start().starts_with('>'))
            }
        }
    }

    /// Parses one markup construct; returns false when there is none.
    fn one(&mut self, c: char, spans: &mut Vec<Span>) -> bool {
        match c {
            '*' | '_' => self.emphasis(c, spans),
            '`' => self.code(spans),
            '<' => self.address(spans) || self.guillemets(spans) || self.html(spans),
            '[' => self.note(spans) || self.link(spans),
            '!' if self.rest().starts_with("![") => self.link(spans),
            '$' => self.math(spans),
            '{' => self.braces(spans),
            '&' => self.entity(spans),
            '>' => self.guillemets(spans),
            ' ' => self.guillemets(spans) || self.hard_break(spans),
            '\\' => self.hard_break(spans) || self.escaped(spans),
            '\n' if self.options.breaks_lines => {
                self.at += 1;
                spans.push(Span::Break);
                true
            }
            '~' if self.options.is_gfm => self.deleted(spans),
            _ => false,
        }
    }

    /// Parses emphasis, or its delimiters as text.
    fn emphasis(&mut self, sign: char, spans: &mut Vec<Span>) -> bool {
        let from = self.at;
        let count = 1 + usize::from(self.rest()[1..].starts_with(sign));
        let name = if count == 2 { "strong" } else { "em" };
        let signs = &self.text[from..from + count];
        let in_word = sign == '_' && ends_word(&self.text[..from]);
        self.at += count;
        let is_open = self.outer.contains(&name);
        if !in_word && !self.rest().starts_with(char::is_whitespace) && !is_open {
            if let Some(inner) = self.marked(signs, name) {
                self.at += count;
                spans.push(Span::Marked(name, sign, inner));
                return true;
            }
            if count == 2 && self.outer.last() != Some(&"em") {
                self.at = from + 1;
                if let Some(inner) = self.marked(&signs[..1], "em") {
                    self.at += 1;
                    spans.push(Span::Marked("em", sign, inner));
                    return true;
                }
            }
        }
        self.at = from + count;
        add(spans, signs);
        true
    }

    fn marked(&mut self, signs: &str, name: &'static str) -> Option<Vec<Span>> {
        self.outer.push(name);
        let (inner, is_closed) = self.spans(Stop::Emphasis(signs, name == "strong"));
        self.outer.pop();
        is_closed.then_some(inner)
    }

    fn code(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let run = rest.bytes().take_while(|byte| *byte == b'`').count();
        let Some(length) = self.ends.code(self.at) else {
            self.at += run;
            add(spans, &rest[..run]);
            return true;
        };
        let mut code = &rest[run..length - run];
        if run > 1 {
            code = code.strip_prefix(' ').unwrap_or(code);
            code = code.strip_suffix(' ').unwrap_or(code);
        }
        self.at += length;
        spans.push(Span::Code(code.to_owned()));
        true
    }

    fn address(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let Some(end) = self.ends.next(">", self.at).map(|end| end - self.at) else { return false };
        let inside = &rest[1..end];
        let is_address = ["mailto:", "http:", "https:", "ftp:", "ftps:"]
            .iter()
            .any(|scheme| inside.len() > scheme.len() && inside.starts_with(scheme));
        let part = |text: &str| {
            text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len())
        };
        let name = part(inside);
        let host = inside[name..].strip_prefix('@').filter(|host| name > 0 && !host.is_empty());
        let is_mail = host.is_some_and(|host| part(host) == host.len());
        let mut is_one_line = || self.ends.next("\n", self.at).is_none_or(|line| line > self.at + end);
        if !(is_mail || is_address && is_one_line()) {
            return false;
        }
        self.at += end + 1;
        spans.push(Span::Address(inside.to_owned()));
        true
    }

    fn note(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let end = self.ends.next("]", self.at).filter(|_| rest.starts_with("[^"));
        let Some(name) = end.and_then(|end| rest.get(2..end - self.at)) else { return false };
        if !self.document.notes.contains(name) {
            return false;
        }
        self.at += name.len() + 3;
        spans.push(Span::Note(name.to_owned()));
        true
    }

    fn math(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let Some(inside) = rest.strip_prefix("$$") else { return false };
        let Some(end) = self.ends.next("$$", self.at + 2).map(|end| end - self.at - 2) else { return false };
        self.at += end + 4;
        spans.push(Span::Math(inside[..end].trim().to_owned()));
        true
    }

    fn braces(&mut self, spans: &mut Vec<Span>) -> bool {
        let Some(braced) = self.ends.braced(self.at) else { return false };
        if let Some(found) = attributes::extension(braced) {
            let from = self.at + found.length;
            let end = if found.is_whole { Some((from, from)) } else { self.ends.extension(found.name, from) };
            let Some((before, after)) = end else { return false };
            if found.name == "nomarkdown" && (found.about.is_empty() || found.about.contains("html")) {
                spans.extend(Self::raw_html(&self.text[from..before]));
            }
            self.at = after;
            return true;
        }
        let follows = spans.last().is_some_and(|span| !matches!(span, Span::Text(_)));
        let Some((length, found)) = follows.then(|| attributes::of_span(braced)).flatten() else { return false };
        self.at += length;
        if found.has_more() || found.id.is_some() || !found.names.is_empty() {
            spans.push(Span::Left(crate::import::moving::text::kramdown::blocks::ATTRIBUTES));
        }
        true
    }

    fn guillemets(&mut self, spans: &mut Vec<Span>) -> bool {
        if !self.options.is_typographic {
            return false;
        }
        for (signs, shown) in [("<< ", "«\u{a0}"), (" >>", "\u{a0}»"), ("<<", "«"), (">>", "»")] {
            if self.rest().starts_with(signs) {
                self.at += signs.len();
                add(spans, shown);
                return true;
            }
        }
        false
    }

    fn hard_break(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = self.rest();
        let signs = ["  \n", "\\\\\n", "\\\n"];
        let is_here = |signs: &&str| rest.starts_with(*signs) && (self.options.is_gfm || *signs != "\\\n");
        let Some(signs) = signs.iter().find(|signs| is_here(signs)).filter(|_| !self.options.breaks_lines) else {
            return false;
        };
        self.at += signs.len();
        spans.push(Span::Break);
        true
    }

    fn escaped(&mut self, spans: &mut Vec<Span>) -> bool {
        let rest = &self.rest()[1..];
        if self.options.is_typographic && (rest.starts_with("<<") || rest.starts_with(">>")) {
            self.at += 3;
            add(spans, &rest[..2]);
            return true;
        }
        let can = |c: char| "\\.*_+`<>()[]{}#!:|\"'$=-".contains(c) || (c == '~' && self.options.is_gfm);
        let Some(c) = rest.chars().next().filter(|c| can(*c)) else { return false };
        self.at += 2;
        // An escaped character is plain text, so attributes after it do not apply to it.
        add(spans, c.encode_utf8(&mut [0; 4]));
        true
    }

    fn deleted(&mut self, spans: &mut Vec<Span>) -> bool {
        let Some(inside) = self.rest().strip_prefix("~~") else { return false };
        if inside.starts_with(|c: char| c.is_whitespace() || c == '~') {
            return false;
        }
        let fits = |at: &usize| {
            let before = inside[..*at].chars().next_back();
            before.is_some_and(|c| !c.is_whitespace() && c != '~') && inside[..*at].chars().nth(1).is_some()
        };
        if self.at >= self.unstruck {
            return false;
        }
        let Some(end) = inside.match_indices("~~").map(|(at, _)| at).find(fits) else {
            self.unstruck = self.at;
            return false;
        };
        let mut reader = Reader::new(self.options, self.document, &inside[..end]);
        (reader.outer, reader.budget, reader.depth) = (self.outer.clone(), self.budget, self.depth);
        let (inner, _) = reader.spans(Stop::Never);
        self.budget = reader.budget;
        self.at += end + 4;
        spans.push(Span::Marked("del", '~', inner));
        true
    }
}

/// Whether a text ends within a word, where `_` is not a delimiter.
fn ends_word(text: &str) -> bool {
    text.strip_suffix('-').unwrap_or(text).ends_with(char::is_alphabetic)
}

/// Whether a double delimiter is at this position, which cannot close a single one.
fn is_double_of(text: &str, sign: &str) -> bool {
    let count = text.chars().take(3).take_while(|c| sign.starts_with(*c)).count();
    sign.len() == 1 && count == 2
}
