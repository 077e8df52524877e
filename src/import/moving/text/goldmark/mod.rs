//! Converts texts for Goldmark, Hugo's Markdown parser, where its configuration makes it parse them differently from
//! Dateline.
//!
//! In: a Markdown text with its shortcodes. Out: a text that Dateline parses the way Goldmark parsed the original.
//! Deliberately not here: the conversion of shortcodes (`moving::text::template_calls`).

mod lines;

use std::ops::Range;

pub(super) use self::lines::containers;
use self::lines::plain;
use super::code_spans::{Ahead, Mask};
use crate::base::html::{self, Token};
use crate::content::markdown::{Construct, constructs, headings};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, truth};

/// The comment that Hugo leaves in place of raw HTML.
const OMITTED: &str = "<!-- raw HTML omitted -->";

/// The Goldmark settings of a site that change how a text is parsed or rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of the other program")]
pub(super) struct Options {
    /// Whether raw HTML is omitted: `renderer.unsafe` is off, as by default.
    drops_html: bool,
    /// Whether the typographer turns `<<` and `>>` into guillemets.
    is_typographic: bool,
    /// Whether `www.` begins an autolink with the scheme `https`.
    links_www: bool,
    /// Whether a soft line break becomes a hard one: `renderer.hardWraps`.
    breaks_lines: bool,
}

impl Options {
    /// Reads the settings under `markup.goldmark`, with Hugo's defaults.
    pub(in crate::import::moving) fn of(settings: &Settings) -> Self {
        let within = |keys: &Keys, name: &str| get(keys, name).and_then(|value| value.as_object()).cloned();
        let goldmark = settings.map("markup").and_then(|markup| within(markup, "goldmark")).unwrap_or_default();
        let renderer = within(&goldmark, "renderer").unwrap_or_default();
        let extensions = within(&goldmark, "extensions").unwrap_or_default();
        let is = |keys: &Keys, name: &str| get(keys, name).and_then(truth);
        let typographer = within(&extensions, "typographer").unwrap_or_default();
        let protocol = get(&extensions, "linkifyProtocol").and_then(|value| value.as_str());
        Self {
            drops_html: is(&renderer, "unsafe") != Some(true),
            is_typographic: is(&extensions, "typographer") != Some(false) && is(&typographer, "disable") != Some(true),
            links_www: is(&extensions, "linkify") != Some(false) && protocol != Some("http"),
            breaks_lines: is(&renderer, "hardWraps") == Some(true),
        }
    }
}

/// A converted text.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(in crate::import::moving) text: String,
    /// The source line of each line, counted from 0.
    pub(in crate::import::moving) lines: Vec<u32>,
    /// The source lines on which raw HTML was omitted.
    pub(in crate::import::moving) hidden: Vec<u32>,
}

/// Converts a text.
pub(in crate::import::moving) fn carry(options: Options, body: &str) -> Carried {
    let body = plain(body);
    let text = if options.is_typographic { guillemets(&body) } else { body };
    let text = if text.contains('}') { without_attributes(&text) } else { text };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut hidden = Vec::new();
    let (mut counted, mut row) = (0, 0_u32);
    let mut tags: Option<Range<usize>> = None;
    for (range, part) in constructs(&text) {
        let own = &text[range.clone()];
        let is_call = text[..range.start].ends_with("{{") || own.contains("{{<");
        let is_comment = own.trim_start().starts_with("<!--") && own.trim_end().ends_with("-->");
        let is_dropped = options.drops_html && !is_call && !is_comment;
        if is_dropped && matches!(part, Construct::HtmlBlock | Construct::Tag) {
            row += text[counted..range.start].matches('\n').count() as u32;
            counted = range.start;
            hidden.push(row);
        }
        if let Some(before) = tags.take() {
            if is_dropped && part == Construct::Tag && before.end == range.start {
                tags = Some(before.start..range.end);
                continue;
            }
            edits.push((before, String::new()));
        }
        match part {
            // Hugo leaves a comment in place of a block, which also keeps the paragraphs around it apart.
            Construct::HtmlBlock if is_dropped => edits.push((range.clone(), format!("{OMITTED}\n"))),
            Construct::Tag if is_dropped => tags = Some(range),
            Construct::Www if options.links_www => edits.push((range.clone(), format!("[{own}](https://{own})"))),
            Construct::SoftBreak if options.breaks_lines => edits.push((range.start..range.start, "\\".to_owned())),
            _ => {}
        }
    }
    edits.extend(tags.map(|range| (range, String::new())));
    keep_apart(&text, &mut edits);
    let (text, lines) = edited(&text, &edits);
    Carried { text, lines, hidden }
}

/// Escapes braces at the end of headings that are attributes for Dateline only: Goldmark needs `#id`, `.class` or
/// `name=value`.
fn without_attributes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for heading in headings(text).into_iter().filter(|heading| heading.has_attributes) {
        let own = &text[heading.range.clone()];
        let Some((open, close)) = own.rfind('}').and_then(|close| Some((own[..close].rfind('{')?, close))) else {
            continue;
        };
        let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
        if !own[open + 1..close].split_whitespace().all(is_attribute) {
            out.push_str(&text[from..heading.range.start + close]);
            out.push('\\');
            from = heading.range.start + close;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Makes sure that what stands around tags that are left out reads as before.
fn keep_apart(text: &str, edits: &mut [(Range<usize>, String)]) {
    let mut line = Here::default();
    let mut at = 0;
    for (range, new) in edits.iter_mut().filter(|(range, new)| new.is_empty() && !range.is_empty()) {
        line.go_on(text, at..range.start);
        at = range.start;
        let after = &text[range.end..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
        if range.start > line.text_from {
            let before = &text[line.text_from..range.start];
            // Signs alone may begin a block once nothing stands behind them.
            let is_sign = |c: char| c.is_ascii_digit() || "#-+*=_~.)".contains(c);
            let is_apart = !before.chars().all(is_sign) && !joins(before.chars().next_back(), after.chars().next());
            if is_apart { "" } else { OMITTED }.clone_into(new);
        } else if after[blanks..].starts_with('\n') {
            // An empty line would end the paragraph.
            *range = line.from..range.end + blanks + 1;
        } else {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let is_number = digits > 0 && after[digits..].starts_with(['.', ')']);
            let is_marker = after.starts_with(['#', '>', '-', '+', '=', '|', ':']) || after.starts_with("* ");
            if is_number {
                *new = after[..digits].to_owned() + "\\";
                range.end += digits;
            } else if is_marker {
                "\\".clone_into(new);
            }
        }
    }
}

/// Whether two characters mean something else side by side than with a tag between them.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_mark = |c: char| matches!(c, '*' | '_' | '~' | '`');
    let is_link = before == ']' && matches!(after, '(' | '[' | ':') || before == '!' && after == '[';
    is_link || (is_mark(before) || is_mark(after)) && !before.is_whitespace() && !after.is_whitespace()
}

/// Applies edits to a text, and returns the source line of each line of the result.
pub(super) fn edited(text: &str, edits: &[(Range<usize>, String)]) -> (String, Vec<u32>) {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut row) = (0, 0_u32);
    let mut lines = vec![0];
    let mut copy = |part: &str, out: &mut String, row: &mut u32| {
        for _ in part.matches('\n') {
            *row += 1;
            lines.push(*row);
        }
        out.push_str(part);
    };
    for (range, new) in edits {
        if range.start < from {
            continue;
        }
        copy(&text[from..range.start], &mut out, &mut row);
        let gone = text[range.clone()].matches('\n').count() as u32;
        row += gone.saturating_sub(new.matches('\n').count() as u32);
        copy(new, &mut out, &mut row);
        from = range.end;
    }
    copy(&text[from..], &mut out, &mut row);
    (out, lines)
}

/// Whether a `>` after this text closes a tag or an autolink that begins with the text.
fn is_tag(text: &str) -> bool {
    let tag = format!("{text}>");
    html::tokens(&tag)
        .next()
        .is_some_and(|(token, range)| matches!(token, Token::Open(_) | Token::Close(_)) && range.len() == tag.len())
}

/// Replaces `<<` and `>>` by guillemets, except in code, in shortcode delimiters and as the markers of block quotes.
fn guillemets(text: &str) -> String {
    let (mut mask, mut ahead) = (Mask::new(text), Ahead::new(text));
    let mut out = String::with_capacity(text.len());
    let mut line = Here::default();
    let mut at = 0;
    while let Some(next) = ahead.find("<<", at).into_iter().chain(ahead.find(">>", at)).min() {
        out.push_str(&text[at..next]);
        line.go_on(text, at..next);
        at = next;
        let signs = &text[at..at + 2];
        let opened = line.angle.take();
        if signs == ">>" && opened.is_some_and(|open| is_tag(&text[open..at])) {
            out.push('>');
            at += 1;
            continue;
        }
        let begins = signs == ">>" && at < line.text_from;
        let is_call = text[..at].ends_with("{{") || text[at + 2..].starts_with("}}") || text[..at].ends_with('\\');
        if begins || is_call || mask.end(at).is_some() {
            out.push_str(signs);
        } else {
            out.push(if signs == "<<" { '«' } else { '»' });
        }
        at += 2;
    }
    out.push_str(&text[at..]);
    out
}

/// The state of the line up to a position, so that no line is read again for each of its delimiters.
#[derive(Default)]
struct Here {
    /// Whether the markers of the line have been read.
    is_known: bool,
    /// The offset of the line.
    from: usize,
    /// The offset of the line's text, behind the markers of lists and quotations.
    text_from: usize,
    /// The offset of a `<` that no `>` follows, if it is a single one.
    angle: Option<usize>,
}

impl Here {
    /// Reads on to the end of a stretch that begins where the last one ended.
    fn go_on(&mut self, text: &str, stretch: Range<usize>) {
        let own = &text[stretch.clone()];
        let from = own.rfind('\n').map(|at| stretch.start + at + 1);
        if from.is_some() || !self.is_known {
            let from = from.unwrap_or(stretch.start);
            let whole = text[from..].lines().next().unwrap_or_default();
            self.from = from;
            self.text_from = from + containers(whole).0.len();
            self.is_known = true;
        }
        if let Some(at) = own.rfind(['<', '>', '\n']) {
            let at = stretch.start + at;
            self.angle = (text[at..].starts_with('<') && !text[..at].ends_with('<')).then_some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hugo_showed_is_what_there_is() {
        let all = Options { drops_html: true, is_typographic: true, links_www: true, breaks_lines: true };
        for (text, expected) in [
            ("<<a>> `<<b>>`\n\n>> c {{<< x >>}}", "«a» `<<b>>`\n\n>> c {{<< x >>}}"),
            ("<https://a.example>>> b <b>>> c</b>>> d < e>>", "<https://a.example>» b » c» d < e»"),
            ("* >> a >>\n\n  1. >> b\n", "* >> a »\n\n  1. >> b\n"),
            (">> >> a\n\n->> b << c\n\n<d>e<<f <g h>>>", ">> >> a\n\n-» b « c\n\ne«f »"),
            ("a <b>c</b><br>d", "a cd"),
            ("<b>*k*</b><b>*l*</b>", "*k*<!-- raw HTML omitted -->*l*"),
            ("- <b>1. a\n- <b>1 a\n\n<b># c", "- 1\\. a\n- 1 a\n\n\\# c"),
            ("#<br> a", "#<!-- raw HTML omitted --> a"),
            ("a\n\n: <br>b", "a\n\n: b"),
            ("> a\n> <b>\n> c", "> a\\\n> c"),
            ("[a]<b>(c) [d](e)<b>f", "[a]<!-- raw HTML omitted -->(c) [d](e)f"),
            ("a\n\n<div>\nb\n</div>\n\nc", "a\n\n<!-- raw HTML omitted -->\n\nc"),
            ("<!-- a -->\n\n{{<x>}} {{< y >}}", "<!-- a -->\n\n{{<x>}} {{< y >}}"),
            (
                "a www.a.example/x_y_z. [www.b.example](/c)",
                "a [www.a.example/x_y_z](https://www.a.example/x_y_z). [www.b.example](/c)",
            ),
            ("a\nb\n\n- c\n  d", "a\\\nb\n\n- c\\\n  d"),
        ] {
            assert_eq!(carry(all, text).text, expected, "{text}");
            let none = Options { drops_html: false, is_typographic: false, links_www: false, breaks_lines: false };
            assert_eq!(carry(none, text).text, text);
        }
        let carried = carry(all, "a\n\n<div>\nb\n</div>\n\nc");
        assert_eq!((carried.lines, carried.hidden), (vec![0, 1, 2, 5, 6], vec![2]));
    }
}
