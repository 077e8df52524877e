//! Problems, collected: a stage returns its value together with a [`Report`].

use std::fmt;

use serde::{Deserialize, Serialize};

use super::codes::Code;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably a mistake; the site is built all the same.
    Warning,
    /// The site cannot be published like this.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the site's root, with `/` on every platform.
    pub file: String,
    /// Line, from 1; 0 when the problem is about the whole file.
    pub line: u32,
    /// First column in characters, from 1.
    pub column: u32,
    /// Column after the last marked character, on the same line.
    pub end_column: u32,
    /// The source line itself, without its line ending.
    pub text: String,
}

impl Place {
    /// The whole of `file`.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, end_column: 0, text: String::new() }
    }

    /// The bytes `start..end` of `text`, the full text of `file`. Offsets outside the text or inside a
    /// character are moved to the nearest character before them.
    pub fn bytes(file: impl Into<String>, text: &str, start: usize, end: usize) -> Self {
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor(end).clamp(start, line_end);
        let column = text[line_start..start].chars().count() as u32 + 1;
        Self {
            file: file.into(),
            line: text[..line_start].matches('\n').count() as u32 + 1,
            column,
            end_column: column + (text[start..end].chars().count() as u32).max(1),
            text: text[line_start..line_end].trim_end_matches('\r').to_owned(),
        }
    }

    /// Line and column (both from 1, the column in characters) of `text`, marking `width` characters.
    pub fn line(file: impl Into<String>, text: &str, line: u32, column: u32, width: u32) -> Self {
        let source = text.split('\n').nth(line.saturating_sub(1) as usize).unwrap_or("").trim_end_matches('\r');
        Self {
            file: file.into(),
            line,
            column: column.max(1),
            end_column: column.max(1) + width.max(1),
            text: source.to_owned(),
        }
    }
}

/// One problem: what is wrong, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, documented in `docs/diagnostics.md`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// The way out.
    pub help: Option<String>,
    /// Text to put in place of the marked span, when one is likely right.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A note.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), place: None, help: None, replacement: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers a text for the marked span.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }
}

/// All problems of a run, in the order they were found until [`Report::sort`] puts them in reading order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over the problems of a stage and hands on its value.
    pub fn take<T>(&mut self, (value, mut report): (T, Self)) -> T {
        self.diagnostics.append(&mut report.diagnostics);
        value
    }

    /// Takes over the problems of another report.
    pub fn extend(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    /// The errors alone, for commands that only want to know whether they saw everything.
    #[must_use]
    pub fn only_errors(self) -> Self {
        self.only(|problem| problem.severity == Severity::Error)
    }

    /// Those problems alone that `is_wanted` asks for.
    #[must_use]
    pub fn only(mut self, is_wanted: impl Fn(&Diagnostic) -> bool) -> Self {
        self.diagnostics.retain(is_wanted);
        self
    }

    /// Puts the problems in order: by file, line and column; those without a place first. Exact repeats go.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
        self.diagnostics.dedup();
    }

    /// Fills in the source lines that were not at hand when the problems were found.
    pub fn quote(&mut self, read: impl Fn(&str) -> Option<String>) {
        let mut last: Option<(String, Option<String>)> = None;
        for place in self.diagnostics.iter_mut().filter_map(|d| d.place.as_mut()) {
            if place.line == 0 || !place.text.is_empty() {
                continue;
            }
            if last.as_ref().is_none_or(|(file, _)| *file != place.file) {
                last = Some((place.file.clone(), read(&place.file)));
            }
            let text = last.as_ref().and_then(|(_, text)| text.as_deref());
            let line = text.and_then(|text| text.split('\n').nth(place.line as usize - 1)).unwrap_or("");
            line.trim_end_matches('\r').clone_into(&mut place.text);
        }
    }

    /// The problems.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many problems have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether publishing must stop.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there is nothing at all to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_keeps_its_line() {
        let text = "one\r\ntwö thrée\r\n";
        let at = text.find("thrée").expect("it is there");
        let place = Place::bytes("a.md", text, at, at + "thrée".len());
        assert_eq!((place.line, place.column, place.end_column), (2, 5, 10));
        assert_eq!(place.text, "twö thrée");
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let place = Place::bytes("a.md", "é", 1, 99);
        assert_eq!((place.line, place.column), (1, 1));
    }
}
