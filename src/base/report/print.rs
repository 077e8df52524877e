//! Formats reports: for people, as JSON, for GitHub. Printing itself is left to `cli`.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use serde::Serialize;

use super::diagnostic::{Diagnostic, Report, Severity};
use super::groups::Group as Equal;
use super::place::Place;
use crate::base::text::plural;

/// Output format of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Like `rustc`: source line, marked span, help.
    Human {
        /// Whether to use colors.
        styled: bool,
        /// Width of the terminal in columns.
        width: usize,
    },
    /// One JSON object on each line.
    Json,
    /// GitHub workflow commands, which become annotations on a pull request.
    Github,
}

impl Format {
    /// Without colors, at the usual width of logs.
    pub const PLAIN: Self = Self::Human { styled: false, width: 140 };
}

/// Writes all diagnostics in order.
pub fn write(out: &mut dyn io::Write, report: &Report, format: Format) -> io::Result<()> {
    for diagnostic in report.diagnostics() {
        writeln!(out, "{}", text(diagnostic, format))?;
    }
    Ok(())
}

/// Most further places of a group that are named.
const NAMED: usize = 3;

/// Formats a group for people: its first diagnostic, and the places of the others.
pub fn group(group: &Equal<'_>, styled: bool, width: usize) -> String {
    let named: Vec<String> = group.others.iter().take(NAMED).map(|place| spot(place)).collect();
    let rest = if group.others.len() > NAMED { ", …" } else { "" };
    let more = plural(group.others.len(), "more place", "more places");
    let note = (!group.others.is_empty()).then(|| format!("and {more}: {}{rest}", named.join(", ")));
    human(group.first, note, styled, width)
}

/// `content/articles/a.md:3:1`.
fn spot(place: &Place) -> String {
    let file = line(&place.file);
    if place.line == 0 { file } else { format!("{file}:{}:{}", place.line, place.column) }
}

/// Formats one diagnostic, without a line break after it (for people: with an empty line after it).
pub fn text(diagnostic: &Diagnostic, format: Format) -> String {
    match format {
        Format::Human { styled, width } => human(diagnostic, None, styled, width),
        Format::Json => json(diagnostic),
        Format::Github => github(diagnostic),
    }
}

fn human(diagnostic: &Diagnostic, note: Option<String>, styled: bool, width: usize) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let renderer = &renderer.term_width(width).decor_style(DecorStyle::Ascii);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let help = diagnostic.help.as_deref().map(line);
    let message = line(&diagnostic.message);
    let place = diagnostic.place.as_ref();
    let path = place.map(|place| line(&place.file)).unwrap_or_default();
    let text = place.map(|place| line(&place.text)).unwrap_or_default();
    let title = level.primary_title(&message).id(diagnostic.code.0);
    let mut first = Group::with_title(title);
    let mut groups = Vec::new();
    if let Some(place) = place {
        first = if place.line == 0 {
            first.element(Origin::path(&path))
        } else {
            first.element(snippet(place, &path, &text).annotation(AnnotationKind::Primary.span(marked(place, &text))))
        };
    }
    match (place, diagnostic.replacement.as_deref().map(line)) {
        // A replacement shows the whole line, and a very long one would drown the message.
        (Some(place), Some(replacement)) if place.line > 0 && text.chars().count() <= 2 * width => {
            let help = help.unwrap_or_else(|| format!("write `{replacement}`"));
            groups.push(first);
            groups.push(
                Level::HELP
                    .secondary_title(help)
                    .element(snippet(place, &path, &text).patch(Patch::new(marked(place, &text), replacement))),
            );
            groups.extend(note.map(|note| Group::with_title(Level::NOTE.secondary_title(note))));
        }
        (Some(_), _) => {
            let help = help.map(|help| Level::HELP.message(help));
            groups.push(first.elements(help.into_iter().chain(note.map(|note| Level::NOTE.message(note)))));
        }
        (None, _) => {
            // Rendered together, `annotate-snippets` would join the two with an empty gutter line.
            let help = help.map(|help| renderer.render(&[Group::with_title(Level::HELP.secondary_title(help))]));
            let message = renderer.render(&[first]);
            return [Some(message), help, Some(String::new())].into_iter().flatten().collect::<Vec<_>>().join("\n");
        }
    }
    let shown = renderer.render(&groups);
    match place.filter(|place| place.shift > 0) {
        // The renderer counts columns from the start of the text.
        Some(Place { line, column, shift, .. }) => {
            let counted = format!("{path}:{line}:{}", column - shift);
            format!("{}\n", shown.replace(&counted, &format!("{path}:{line}:{column}")))
        }
        None => format!("{shown}\n"),
    }
}

fn snippet<'a, T: Clone>(place: &Place, path: &'a str, text: &'a str) -> Snippet<'a, T> {
    Snippet::source(text).line_start(place.line as usize).path(path)
}

/// The marked byte range of the line.
fn marked(place: &Place, text: &str) -> Range<usize> {
    let at = |column: usize| text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
    let Range { start, end } = place.marked();
    let start = at(start);
    start..at(end).max(start)
}

/// Like [`escape_controls`], but also escapes line breaks, with which a key or file name in a message could forge lines of
/// output.
pub fn line(text: &str) -> String {
    escape_controls(text).replace('\n', "\u{240a}")
}

/// Replaces control characters with Unicode control pictures, one for one, so that untrusted text cannot control the
/// terminal.
pub fn escape_controls(text: &str) -> String {
    let picture = |c: char| match c {
        '\t' | '\n' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    };
    text.chars().map(picture).collect()
}

/// One diagnostic as JSON; a field that does not apply is `null`.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_column: Option<u32>,
    text: Option<&'a str>,
    text_column: Option<u32>,
    help: Option<&'a str>,
    replacement: Option<&'a str>,
    count: usize,
}

fn json(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, severity, kind: _, message, place, help, replacement, about: _, count, cause: _ } =
        diagnostic;
    let place = place.as_ref();
    let spot = place.filter(|place| place.line > 0);
    serde_json::to_string(&Record {
        code: code.0,
        severity: *severity,
        message,
        file: place.map(|place| place.file.as_str()),
        line: spot.map(|place| place.line),
        column: spot.map(|place| place.column),
        end_column: spot.map(|place| place.end_column),
        text: spot.map(|place| place.text.as_str()),
        text_column: spot.map(|place| place.shift + 1),
        help: help.as_deref(),
        replacement: replacement.as_deref(),
        count: *count,
    })
    .expect("texts and numbers are always JSON")
}

fn github(diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut line = format!("::{command} ");
    if let Some(place) = &diagnostic.place {
        let _ = write!(line, "file={},", property(&place.file));
        if place.line > 0 {
            let Place { line: number, column, end_column, .. } = place;
            let _ = write!(line, "line={number},col={column},endColumn={end_column},");
        }
    }
    let _ = write!(line, "title={}::{}", property(diagnostic.code.0), data(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        let _ = write!(line, "%0Ahelp: {}", data(help));
    }
    line
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;

    fn typo() -> Diagnostic {
        let text = "---\ntitle: Ça va\nsumary: The vote — and the storm\n---\n";
        let start = text.find("sumary").expect("it is there");
        Diagnostic::error(codes::UNKNOWN_KEY, "unknown key `sumary`")
            .at(Place::bytes("content/articles/a,b.md", text, start, start + 6))
            .help("did you mean `summary`?")
            .replace_with("summary")
    }

    #[test]
    fn people_see_the_line_the_mark_and_the_fix() {
        snapbox::assert_data_eq!(
            text(&typo(), Format::PLAIN),
            snapbox::str![[r"
error[unknown-key]: unknown key `sumary`
 --> content/articles/a,b.md:3:1
  |
3 | sumary: The vote — and the storm
  | ^^^^^^
  |
help: did you mean `summary`?
  |
3 | summary: The vote — and the storm
  |    +

"]]
        );
    }

    #[test]
    fn marks_stand_under_characters_and_help_stands_alone() {
        let source = "date: “17 October”\r\n";
        let diagnostic = Diagnostic::warning(codes::BAD_DATE, "`“17 October”` is not a date")
            .at(Place::bytes("a.md", source, 6, source.len() - 2))
            .help("write `2023-10-17`");
        snapbox::assert_data_eq!(
            text(&diagnostic, Format::PLAIN),
            snapbox::str![[r"
warning[bad-date]: `“17 October”` is not a date
 --> a.md:1:7
  |
1 | date: “17 October”
  |       ^^^^^^^^^^^^
  |
  = help: write `2023-10-17`

"]]
        );
        let whole = Diagnostic::error(codes::NOT_UTF8, "this file is not UTF-8").at(Place::file("b.md"));
        snapbox::assert_data_eq!(
            text(&whole, Format::PLAIN),
            snapbox::str![[r"
error[not-utf8]: this file is not UTF-8
--> b.md

"]]
        );
    }

    #[test]
    fn a_file_cannot_steer_the_terminal() {
        let source = "title: \u{1b}[2J\u{202e}x\n";
        let diagnostic = Diagnostic::error(codes::BAD_VALUE, "`\u{1b}[2J`").at(Place::bytes("a.md", source, 7, 11));
        let printed = text(&diagnostic, Format::PLAIN);
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    }

    #[test]
    fn programs_get_one_object_a_line() {
        let mut report = Report::default();
        report.push(typo());
        report.push(Diagnostic::note(codes::NOT_YET, "one\nline"));
        let mut out = Vec::new();
        write(&mut out, &report, Format::Json).expect("memory");
        let out = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines[0]["end_column"], 7);
        assert_eq!(lines[0]["text"], "sumary: The vote — and the storm");
        assert_eq!(lines[0]["replacement"], "summary");
        assert_eq!((lines[1]["severity"].as_str(), lines[1]["file"].is_null()), (Some("note"), true));
    }

    #[test]
    fn github_commands_are_escaped() {
        assert_eq!(
            text(&typo(), Format::Github),
            "::error file=content/articles/a%2Cb.md,line=3,col=1,endColumn=7,title=unknown-key::unknown key `sumary`%0Ahelp: did you mean `summary`?"
        );
        let note = Diagnostic::note(codes::IO, "100 %\r\na: b, c").at(Place::file("c:\\x.md"));
        assert_eq!(text(&note, Format::Github), "::notice file=c%3A\\x.md,title=io::100 %25%0D%0Aa: b, c");
    }
}
