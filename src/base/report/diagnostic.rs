//! Problems, collected: a stage returns its value together with a [`Report`].

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::codes::{Code, Kind};
use crate::base::text::lines::Lines;
use crate::base::text::plural;

use super::place::Place;

/// The most problems of one code that are kept of each file.
const CAP: usize = 500;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// One problem: what is wrong, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, documented in `docs/diagnostics.md`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Whose problem it is.
    #[serde(default)]
    pub kind: Kind,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// The way out.
    pub help: Option<String>,
    /// Text to put in place of the marked span, when one is likely right.
    pub replacement: Option<String>,
    /// The address that it is about, as a path below the site's root, perhaps with an anchor; an anchor alone is one of the
    /// file's own page. What looks at the same link again says nothing more.
    #[serde(default)]
    pub about: Option<String>,
    /// How many problems it stands for: more than one where a file has too many of them to name each.
    pub count: usize,
    /// What the system said, when that is the whole of it: of many files with one cause one is told.
    #[serde(skip)]
    pub cause: Option<String>,
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

    /// Says that it is about the configuration or the command line.
    #[must_use]
    pub fn of_usage(mut self) -> Self {
        self.kind = self.kind.max(Kind::Usage);
        self
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what the system said.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which address it is about.
    #[must_use]
    pub fn about(mut self, address: impl Into<String>) -> Self {
        self.about = Some(address.into());
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

    /// Says of all problems that they are about the configuration or the command line.
    #[must_use]
    pub fn of_usage(self) -> Self {
        Self { diagnostics: self.diagnostics.into_iter().map(Diagnostic::of_usage).collect() }
    }

    /// Those problems alone that `is_wanted` asks for.
    #[must_use]
    pub fn only(mut self, is_wanted: impl Fn(&Diagnostic) -> bool) -> Self {
        self.diagnostics.retain(is_wanted);
        self
    }

    /// Puts the problems in order: by file, line and column; those without a place first. Exact repeats go, and one cause,
    /// such as a full disk, is said once.
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
                problem.message = format!("{}; so it is with {others}", problem.message);
                problem.cause = None;
            }
        }
    }

    /// Keeps so many problems of one code in one file, and says how many more there are. Nobody reads the ten-thousandth
    /// of one kind, and each would be kept beside the output. The problems are [sorted](Self::sort).
    pub fn cap(&mut self) {
        let mut kept: BTreeMap<(Code, Severity, Option<String>), usize> = BTreeMap::new();
        let key = |problem: &Diagnostic| {
            (problem.code, problem.severity, problem.place.as_ref().map(|place| place.file.clone()))
        };
        self.diagnostics.retain(|problem| {
            // What stands nowhere is not of one file.
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
            let mut rest = Diagnostic::new(code, severity, message).help("mend those that are shown, and look again");
            rest.count = more;
            rest.place = file.map(Place::file);
            self.diagnostics.push(rest);
        }
    }

    /// Fills in the source lines that were not at hand when the problems were found, as much of each as is shown.
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

    /// The problems.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many problems have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).map(|d| d.count).sum()
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
        let full =
            format!("cannot create the folder `public/a`: {}; so it is with 2 other files", ErrorKind::StorageFull);
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
