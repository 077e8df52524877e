//! Writes spans as Markdown that Dateline parses the way kramdown did.
//!
//! The source is kept where both parse it alike. Otherwise the markup is written anew, and as HTML tags where Markdown
//! markup would be parsed differently. The first of the three forms that is parsed as intended is used.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::markdown::{Mark, Reading};
use crate::import::moving::text::kramdown::blocks::Document;
use crate::import::moving::text::kramdown::spans::Span;
use crate::import::moving::text::places::Places;

/// The maximum length of a link label in bytes: 999 characters (`CommonMark` 0.31, section 4.7) of up to four bytes
/// each.
const LONGEST_LABEL: usize = 4_000;

/// The form in which spans are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Marks,
    Tags,
}

/// Writes spans. `source` is the text that they were parsed from.
pub(in super::super) fn write(spans: &[Span], source: &str, document: &Document) -> String {
    let meant = reading(spans);
    let fits = |text: &str| {
        // Such a line would begin a definition when other text precedes it.
        let is_meaning =
            |line: &str| line.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        if text.lines().any(is_meaning) {
            return false;
        }
        let whole = format!("{text}\n\n{}", definitions(text, document));
        let mut read = Reading::of(&whole).marks().to_vec();
        let end = read.iter().position(|mark| matches!(mark, Mark::Open(name) if name.starts_with("note ")));
        read.truncate(end.unwrap_or(read.len()));
        read == meant.marks()
    };
    let lines = |text: String| text.split('\n').map(str::trim_start).collect::<Vec<_>>().join("\n");
    let source = lines(source.to_owned());
    if fits(&source) {
        return source;
    }
    let marks = lines(written(spans, Spelling::Marks));
    if fits(&marks) { marks } else { lines(written(spans, Spelling::Tags)) }
}

/// Returns the definitions of links and footnotes that a text refers to. With all definitions of the document for each
/// text, the total time would be quadratic.
fn definitions(text: &str, document: &Document) -> String {
    let (mut links, mut notes) = (BTreeMap::new(), BTreeSet::new());
    let mut places = Places::new(text);
    for (at, _) in text.match_indices('[') {
        let Some(end) = places.next("]", at) else { break };
        // A label contains no other bracket.
        if places.next("[", at + 1).is_some_and(|next| next < end && !text[..next].ends_with('\\')) {
            continue;
        }
        let inside = &text[at + 1..end];
        if let Some(name) = inside.strip_prefix('^') {
            notes.extend(document.notes.get(name));
        } else if inside.len() < LONGEST_LABEL {
            let key = inside.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            links.extend(document.links.get_key_value(&key));
        }
    }
    let links: String = links
        .into_iter()
        .map(|(label, (to, title))| format!("[{label}]: {}\n", destination(to, title.as_deref())))
        .collect();
    let notes: String = notes.into_iter().map(|name| format!("[^{name}]: x\n")).collect();
    format!("{links}\n\n{notes}")
}

/// Returns the intended reading of spans.
pub(in super::super) fn reading(spans: &[Span]) -> Reading {
    let mut reading = Reading::default();
    read_into(spans, &mut reading);
    reading.normal()
}

/// Appends the intended reading of spans.
pub(in super::super) fn read_into(spans: &[Span], reading: &mut Reading) {
    for span in spans {
        match span {
            Span::Text(text) => reading.text(text),
            Span::Marked(name, _, inner) => {
                reading.open(*name);
                read_into(inner, reading);
                reading.close(name);
            }
            Span::Code(code) | Span::Math(code) => reading.code(code.trim()),
            Span::Link(inner, to, _) => {
                reading.open(format!("a {to}"));
                read_into(inner, reading);
                reading.close("a");
            }
            Span::Picture(_, to, _) => reading.open(format!("img {to}")),
            Span::Address(to) => {
                let is_mail = !to.contains(':');
                reading.open(if is_mail { format!("a mailto:{to}") } else { format!("a {to}") });
                reading.text(to);
                reading.close("a");
            }
            Span::Html(html) => reading.html(html),
            Span::Entity(entity) => {
                let read = Reading::of(entity);
                match read.marks() {
                    [Mark::Text(text)] => reading.text(text),
                    _ => reading.text(" "),
                }
            }
            Span::Note(name) => reading.open(format!("mark {name}")),
            Span::Break => reading.open("br"),
            Span::Left(_) => {}
        }
    }
}

fn written(spans: &[Span], form: Spelling) -> String {
    let mut out = String::new();
    for (index, span) in spans.iter().enumerate() {
        match span {
            Span::Text(text) => escape(text, form, &mut out),
            Span::Marked(name, sign, inner) => {
                let inner = written(inner, form);
                let signs = match (form, *name) {
                    (Spelling::Tags, _) => {
                        out.push_str(&format!("<{name}>{inner}</{name}>"));
                        continue;
                    }
                    (_, "del") => "~~".to_owned(),
                    (_, "strong") => sign.to_string().repeat(2),
                    _ => sign.to_string(),
                };
                out.push_str(&format!("{signs}{inner}{signs}"));
            }
            Span::Code(code) | Span::Math(code) => out.push_str(&coded(code)),
            Span::Link(inner, to, title) => {
                out.push_str(&format!("[{}]({})", written(inner, form), destination(to, title.as_deref())));
            }
            Span::Picture(shown, to, title) => {
                let mut alt = String::new();
                escape(shown, Spelling::Marks, &mut alt);
                out.push_str(&format!("![{alt}]({})", destination(to, title.as_deref())));
            }
            Span::Address(to) => out.push_str(&format!("<{to}>")),
            Span::Html(html) => out.push_str(html),
            Span::Entity(entity) => out.push_str(entity),
            Span::Note(name) => out.push_str(&format!("[^{name}]")),
            // A hard line break at the end of a text has no effect.
            Span::Break if index + 1 == spans.len() => {}
            Span::Break => out.push_str("\\\n"),
            Span::Left(_) => {}
        }
    }
    out
}

/// Writes a code span.
fn coded(code: &str) -> String {
    let code = code.replace('\n', " ");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    let needs = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    let gap = if needs || code.is_empty() { " " } else { "" };
    format!("{ticks}{gap}{code}{gap}{ticks}")
}

/// Writes a link destination with its title.
pub(in super::super) fn destination(to: &str, title: Option<&str>) -> String {
    let is_call = to.contains(crate::import::moving::text::kramdown::masks::is_mask);
    let is_balanced = to.matches('(').count() == to.matches(')').count();
    let is_plain = !to.contains(|c: char| c.is_whitespace() || c == '<') && is_balanced && !to.is_empty();
    let to = if is_plain || is_call {
        to.to_owned()
    } else {
        format!("<{}>", to.replace('\n', " ").replace('<', "%3C").replace('>', "%3E"))
    };
    match title {
        Some(title) => format!("{to} \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
        None => to,
    }
}

/// Writes text, with a backslash before each character that would be markup.
fn escape(text: &str, form: Spelling, out: &mut String) {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = text[at + c.len_utf8()..].chars().next();
        let before = out.chars().next_back();
        let starts = out.is_empty() || before == Some('\n');
        let alone = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_mark = match c {
            '*' | '~' => !(alone(before) && alone(next)) || starts,
            '_' => {
                let in_word = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
                !(in_word || (alone(before) && alone(next))) || starts
            }
            '`' => true,
            '[' if starts && ["[ ] ", "[x] ", "[X] "].iter().any(|done| text[at..].starts_with(done)) => false,
            '[' | ']' => form == Spelling::Tags || text[at..].starts_with("](") || (starts && c == '['),
            '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
            '#' | '>' | '=' | '|' => starts,
            '-' | '+' => starts && (alone(next) || next == Some('-')),
            ':' => starts && alone(next),
            '.' | ')' => {
                let before = out.trim_end_matches(|c: char| c.is_ascii_digit());
                before.len() < out.len() && (before.is_empty() || before.ends_with('\n')) && alone(next)
            }
            '{' => form == Spelling::Tags,
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        while c == '\n' && chars.next_if(|(_, c)| *c == ' ' || *c == '\t').is_some() {}
    }
}
