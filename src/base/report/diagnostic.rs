//! Diagnostics and reports. A stage returns its value together with a [`Report`], so that one run shows every problem.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::codes::{Code, ExitKind};
use crate::base::text::lines::Lines;
use crate::base::text::{did_you_mean, plural};

use super::place::Place;

/// Most diagnostics of one code that are kept for one file.
const CAP: usize = 500;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information; nothing is wrong.
    Note,
    /// Probably a mistake, but the site is built.
    Warning,
    /// The site cannot be published.
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

/// One problem: what is wrong, where, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, documented in `docs/diagnostics.md`.
    pub code: Code,
    /// Severity.
    pub severity: Severity,
    /// The kind of fault, which decides the exit code.
    #[serde(default)]
    pub kind: ExitKind,
    /// The problem: lower case, no full stop, names in backticks.
    pub message: String,
    /// The place; `None` when it is about no file.
    pub place: Option<Place>,
    /// The way to fix it.
    pub help: Option<String>,
    /// Replacement for the marked span, when there is a likely fix.
    pub replacement: Option<String>,
    /// The address in question, as a path below the site's root, possibly with a fragment; a fragment alone belongs to
    /// the file's own page. Later checks of the same link skip addresses that are already reported.
    #[serde(default)]
    pub about: Option<String>,
    /// Number of problems it stands for; more than one when a file has too many to list.
    pub count: usize,
    /// The operating system's error, when that is the whole story: [`Report::sort`] merges diagnostics with the same
    /// cause.
    #[serde(skip)]
    pub cause: Option<String>,
}

impl Diagnostic {
    /// A new diagnostic with severity `Error`.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A new diagnostic with severity `Warning`.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A new diagnostic with severity `Note`.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            kind: code.kind(),
            message: message.into(),
            place: None,
            help: None,
            replacement: None,
            about: None,
            count: 1,
            cause: None,
        }
    }

    /// Marks it as a problem of the configuration or the command line.
    #[must_use]
    pub fn of_usage(mut self) -> Self {
        self.kind = self.kind.max(ExitKind::Usage);
        self
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets the operating system's error.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the address in question.
    #[must_use]
    pub fn about(mut self, address: impl Into<String>) -> Self {
        self.about = Some(address.into());
        self
    }

    /// Sets the replacement for the marked span.
    #[must_use]
    pub fn replace_with(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// Asks "did you mean …?", and sets the same text as the replacement for the marked span.
    #[must_use]
    pub fn propose(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help(did_you_mean(&text)).replace_with(text)
    }
}

/// All diagnostics of a run, in the order found until [`Report::sort`] puts them in reading order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over the diagnostics of a stage and returns its value.
    pub fn take<T>(&mut self, (value, mut report): (T, Self)) -> T {
        self.diagnostics.append(&mut report.diagnostics);
        value
    }

    /// Takes over the diagnostics of another report.
    pub fn extend(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    /// Keeps only errors, for commands that merely need to know whether they saw everything.
    #[must_use]
    pub fn only_errors(self) -> Self {
        self.only(|problem| problem.severity == Severity::Error)
    }

    /// Marks all diagnostics as problems of the configuration or the command line.
    #[must_use]
    pub fn of_usage(self) -> Self {
        Self { diagnostics: self.diagnostics.into_iter().map(Diagnostic::of_usage).collect() }
    }

    /// Keeps the diagnostics that `is_wanted` accepts.
    #[must_use]
    pub fn only(mut self, is_wanted: impl Fn(&Diagnostic) -> bool) -> Self {
        self.diagnostics.retain(is_wanted);
        self
    }

    /// Sorts by file, line and column, diagnostics without a place first. Removes exact duplicates and merges those
    /// with one cause, such as a full disk.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
        self.diagnostics.dedup();
        let mut more: BTreeMap<(Code, Severity, String), usize> = BTreeMap::new();
        let key = |problem: &Diagnostic| {
            let cause = problem.cause.clone().filter(|_| problem.place.is_none())?;
            Some((problem.code, problem.severity, cause))
        };
        self.diagnostics.retain(|problem| {
            let Some(key) = key(problem) else { return true };
            let count = more.entry(key).or_default();
            *count += 1;
            *count == 1
        });
        for problem in &mut self.diagnostics {
            let others = key(problem).and_then(|key| more.get(&key)).map_or(0, |count| count - 1);
            if others > 0 {
                let others = plural(others, "other file", "other files");
                problem.message = format!("{}; the same is true of {others}", problem.message);
                problem.cause = None;
            }
        }
    }

    /// Keeps at most `CAP` diagnostics of one code for one file and summarises the rest. Nobody reads the
    /// ten-thousandth, and each would be stored beside the output. Expects a [sorted](Self::sort) report.
    pub fn cap(&mut self) {
        let mut kept: BTreeMap<(Code, Severity, Option<String>), usize> = BTreeMap::new();
        let key = |problem: &Diagnostic| {
            (problem.code, problem.severity, problem.place.as_ref().map(|place| place.file.clone()))
        };
        self.diagnostics.retain(|problem| {
            // Diagnostics without a place belong to no file and are all kept.
            let count = kept.entry(key(problem)).or_default();
            *count += problem.count;
            problem.place.is_none() || *count <= CAP
        });
        for ((code, severity, file), count) in kept {
            if file.is_none() || count <= CAP {
                continue;
            }
            let more = count - CAP;
            let message = format!("{} of `{code}` in this file", plural(more, "more problem", "more problems"));
            let mut rest =
                Diagnostic::new(code, severity, message).help("fix those that are shown, and run the command again");
            rest.count = more;
            rest.place = file.map(Place::file);
            self.diagnostics.push(rest);
        }
    }

    /// Adds the source lines that were not at hand when the problems were found.
    pub fn quote(&mut self, read: impl Fn(&str) -> Option<String>) {
        let mut last: Option<(String, Option<(String, Lines)>)> = None;
        for place in self.diagnostics.iter_mut().filter_map(|d| d.place.as_mut()) {
            if place.line == 0 || !place.text.is_empty() {
                continue;
            }
            if last.as_ref().is_none_or(|(file, _)| *file != place.file) {
                let text = read(&place.file).map(|text| {
                    let lines = Lines::of(&text);
                    (text, lines)
                });
                last = Some((place.file.clone(), text));
            }
            if let Some((_, Some((text, lines)))) = &last {
                place.quote(text, lines);
            }
        }
    }

    /// All diagnostics.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Number of diagnostics with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).map(|d| d.count).sum()
    }

    /// The numbers of errors and warnings in words, such as `2 errors, 1 warning`; none when there are neither.
    pub fn counts(&self) -> Option<String> {
        let kinds = [(Severity::Error, "error", "errors"), (Severity::Warning, "warning", "warnings")];
        let counts = kinds.map(|(severity, one, many)| (self.count(severity), one, many));
        let texts: Vec<String> = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| plural(count, one, many))
            .collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// Whether there is an error, which stops publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;

    #[test]
    fn one_cause_is_said_once() {
        use std::io::{Error, ErrorKind};
        let mut report = Report::default();
        for (doing, file, kind) in [
            ("write", "public/b", ErrorKind::StorageFull),
            ("create the folder", "public/a", ErrorKind::StorageFull),
            ("write", "public/c", ErrorKind::StorageFull),
            ("read", "public/d", ErrorKind::PermissionDenied),
        ] {
            report.push(crate::base::disk::Error::new(doing, file.as_ref(), Error::from(kind)).into());
        }
        report.push(Diagnostic::error(codes::IO, "cannot listen"));
        report.sort();
        report.sort();
        let said: Vec<&str> = report.diagnostics().iter().map(|problem| problem.message.as_str()).collect();
        let full = format!(
            "cannot create the folder `public/a`: {}; the same is true of 2 other files",
            ErrorKind::StorageFull
        );
        let denied = format!("cannot read `public/d`: {}", ErrorKind::PermissionDenied);
        assert_eq!(said, [full.as_str(), "cannot listen", denied.as_str()]);
        assert_eq!(report.diagnostics()[0].help.as_deref(), Some("make room on the disk"));
    }

    #[test]
    fn of_very_many_problems_of_a_file_the_rest_is_counted() {
        let mut report = Report::default();
        for line in 1..=CAP as u32 + 300 {
            let place = Place { line, column: 1, end_column: 2, ..Place::file("a.md") };
            report.push(Diagnostic::warning(codes::FOOTNOTE, "x").at(place));
            report.push(Diagnostic::warning(codes::FOOTNOTE, "y"));
        }
        report.push(Diagnostic::error(codes::FOOTNOTE, "x").at(Place::file("a.md")));
        report.sort();
        let all = report.count(Severity::Warning);
        report.cap();
        assert_eq!((report.count(Severity::Warning), report.count(Severity::Error)), (all, 1));
        let last = report.diagnostics().last().expect("it is there");
        assert_eq!((last.message.as_str(), last.count), ("300 more problems of `footnote` in this file", 300));
    }
}
