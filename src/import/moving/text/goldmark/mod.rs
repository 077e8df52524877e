//! Converts texts for Goldmark, Hugo's Markdown parser, where its configuration makes it parse them differently from
//! Dateline.
//!
//! In: a Markdown text with its shortcodes. Out: a text that Dateline parses the way Goldmark parsed the original.
//! Deliberately not here: the conversion of shortcodes (`moving::text::template_calls`).

mod lines;

use std::ops::Range;

pub(super) use self::lines::containers;
use self::lines::plain;
use super::code_spans::Mask;
use crate::base::html::{self, Token};
use crate::content::markdown::{Construct, constructs};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, truth};

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
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut hidden = Vec::new();
    for (range, part) in constructs(&text) {
        let own = &text[range.clone()];
        let is_call = text[..range.start].ends_with("{{") || own.contains("{{<");
        let is_comment = own.trim_start().starts_with("<!--") && own.trim_end().ends_with("-->");
        match part {
            Construct::HtmlBlock | Construct::Tag if options.drops_html && !is_call && !is_comment => {
                hidden.push(text[..range.start].matches('\n').count() as u32);
                // Hugo leaves a comment in place of a block, which also keeps the paragraphs around it apart.
                let left = if part == Construct::HtmlBlock { "<!-- raw HTML omitted -->\n" } else { "" };
                edits.push((range.clone(), left.to_owned()));
            }
            Construct::Www if options.links_www => edits.push((range.clone(), format!("[{own}](https://{own})"))),
            Construct::SoftBreak if options.breaks_lines => edits.push((range.start..range.start, "\\".to_owned())),
            _ => {}
        }
    }
    let (text, lines) = edited(&text, &edits);
    Carried { text, lines, hidden }
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

/// Whether a `>` after this beginning of a line would close a tag or an autolink.
fn is_tag_end(line: &str) -> bool {
    let is_single = |open: &usize| !line[*open..].contains('>') && !line[..*open].ends_with('<');
    let Some(open) = line.rfind('<').filter(is_single) else { return false };
    let tag = format!("{}>", &line[open..]);
    html::tokens(&tag)
        .next()
        .is_some_and(|(token, range)| matches!(token, Token::Open(_) | Token::Close(_)) && range.len() == tag.len())
}

/// Replaces `<<` and `>>` by guillemets, except in code, in shortcode delimiters and as the markers of block quotes.
fn guillemets(text: &str) -> String {
    let mut mask = Mask::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find("<<").into_iter().chain(text[at..].find(">>")).min() {
        out.push_str(&text[at..at + next]);
        at += next;
        let signs = &text[at..at + 2];
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let begins = containers(line).1.is_empty() && signs == ">>";
        if signs == ">>" && is_tag_end(line) {
            out.push('>');
            at += 1;
            continue;
        }
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
            ("a <b>c</b><br>d", "a cd"),
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
