//! Prints reports for people: equal problems grouped, errors first, and no more than anyone can read. Programs get
//! every problem separately.

use std::collections::HashMap;

use super::print::Printer;
use crate::base::codes::{self, Code};
use crate::base::report::groups::{self, Group};
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::rules;
use crate::base::text::{did_you_mean, nearest, plural};

/// Most groups of warnings that are shown, and most groups of notes.
const SHOWN: usize = 30;

/// Selects problems by code.
#[derive(clap::Args, Clone, Debug, Default)]
pub(in super::super) struct CodeFilter {
    /// Print all problems with this code, such as `dead-path`, and only count the others
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    only: Vec<Code>,
}

/// Parses the code of a problem or rule.
fn code(text: &str) -> Result<Code, String> {
    let known = || codes::ALL.iter().copied().chain(rules::ALL.iter().map(|rule| rule.code));
    known().find(|code| code.0 == text).ok_or_else(|| match nearest(text, known().map(|code| code.0)) {
        Some(near) => format!("there is no code `{text}`; {}", did_you_mean(near)),
        None => format!("there is no code `{text}`; the documentation's page on diagnostics lists them"),
    })
}

impl Printer {
    /// Prints a report, abridged for people; `command` is the one to suggest for seeing all problems of one code.
    pub(in super::super) fn report(&self, report: &Report, command: &str) {
        if self.shows_all() {
            return self.whole(report);
        }
        let mut shown = groups::groups(report);
        if self.is_quiet() {
            groups::limit(&mut shown, Severity::Note, 0);
        }
        let all: usize = shown.len();
        for severity in [Severity::Warning, Severity::Note] {
            groups::limit(&mut shown, severity, SHOWN);
        }
        for group in &shown {
            self.group(group);
        }
        if shown.len() < all || shown.iter().any(|group| group.count > 1) {
            self.table(report, command);
        }
    }

    /// Prints the problems that `only` selects, unabridged.
    pub(in super::super) fn report_only(&self, report: &Report, only: &CodeFilter, command: &str) {
        if only.only.is_empty() {
            return self.report(report, command);
        }
        let report = report.clone().only(|problem| only.only.contains(&problem.code));
        if self.is_human() { self.each(&report) } else { self.whole(&report) }
    }

    /// Prints problems that are new since the last call and counts the others. Programs get all.
    pub(in super::super) fn report_new(&self, report: &Report, said: &mut Reported) {
        let (new, standing) = said.sort_out(report);
        if self.shows_all() {
            return self.whole(report);
        }
        self.report(&new, CHECK);
        if standing > 0 {
            let verb = if standing == 1 { "stands" } else { "stand" };
            self.ahead(&format!(
                "{} {verb} as before (`dateline check` shows all)",
                plural(standing, "problem", "problems")
            ));
        }
    }

    /// Prints each problem separately, in the order of the report.
    fn whole(&self, report: &Report) {
        if self.is_human() {
            self.each(report);
        } else {
            report.diagnostics().iter().for_each(|problem| self.problem(problem));
        }
    }

    /// Prints each problem separately, errors first.
    fn each(&self, report: &Report) {
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            report
                .diagnostics()
                .iter()
                .filter(|problem| problem.severity == severity)
                .for_each(|problem| self.problem(problem));
        }
    }

    fn group(&self, group: &Group<'_>) {
        self.error_line(&Self::drawn(group));
    }

    /// Prints the number of problems by code, and how to see them.
    fn table(&self, report: &Report, command: &str) {
        let rows = groups::tally(report);
        let width = rows.iter().map(|(_, code, _)| code.0.len()).max().unwrap_or(0);
        let digits = rows.iter().map(|(.., count)| count.to_string().len()).max().unwrap_or(0);
        let mut text = String::from("all of them by code:\n");
        for (severity, code, count) in rows {
            if self.is_quiet() && severity == Severity::Note {
                continue;
            }
            text.push_str(&format!("  {count:>digits$}  {code:<width$}  {severity}\n", code = code.0));
        }
        let way =
            if command.is_empty() { String::new() } else { format!("`{command} --only CODE` shows all of one code; ") };
        text.push_str(&format!("{way}`-v` shows everything, each at its place\n"));
        self.error_line(&text);
    }
}

/// The command to suggest for seeing all problems of one code, whatever found them.
pub(in super::super) const CHECK: &str = "dateline check";

/// Problems that were already printed, for commands that run on.
#[derive(Default)]
pub(in super::super) struct Reported(HashMap<Identity, usize>);

/// Identity of a problem that does not change when lines are inserted above it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Identity {
    code: Code,
    is_error: bool,
    message: String,
    file: String,
    text: String,
}

impl Identity {
    fn of(problem: &Diagnostic) -> Self {
        let place = problem.place.as_ref();
        Self {
            code: problem.code,
            is_error: problem.severity == Severity::Error,
            message: problem.message.clone(),
            file: place.map_or_else(String::new, |place| place.file.clone()),
            text: place.map_or_else(String::new, |place| place.text.clone()),
        }
    }
}

impl Reported {
    /// Splits off the problems that were already printed, returns the new ones and the number of the others, and
    /// remembers all.
    fn sort_out(&mut self, report: &Report) -> (Report, usize) {
        let before = std::mem::take(&mut self.0);
        let (mut new, mut standing) = (Report::default(), 0);
        for problem in report.diagnostics() {
            let identity = Identity::of(problem);
            let known = before.get(&identity).copied().unwrap_or(0);
            let now = self.0.entry(identity).or_default();
            *now += 1;
            if *now > known {
                new.push(problem.clone());
            } else {
                standing += problem.count;
            }
        }
        (new, standing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::report::Place;

    #[test]
    fn what_stands_as_before_is_not_said_again() {
        let problem = |message: &str, line: u32| {
            let mut place = Place::line("a.md", "text", 1, 1, 1);
            place.line = line;
            Diagnostic::warning(codes::FOOTNOTE, message).at(place)
        };
        let report = |problems: &[Diagnostic]| {
            let mut report = Report::default();
            for problem in problems {
                report.push(problem.clone());
            }
            report
        };
        let mut said = Reported::default();
        assert_eq!(said.sort_out(&report(&[problem("x", 3), problem("y", 4)])).1, 0);
        // A line was added above them, and one problem came.
        let (new, standing) = said.sort_out(&report(&[problem("x", 4), problem("x", 5), problem("y", 6)]));
        assert_eq!((new.diagnostics().len(), standing), (1, 2));
        assert_eq!(new.diagnostics()[0].message, "x");
        // A problem that went away and comes back is new.
        said.sort_out(&Report::default());
        assert_eq!(said.sort_out(&report(&[problem("y", 6)])).1, 0);
    }

    #[test]
    fn a_code_is_known_or_corrected() {
        assert_eq!(code("dead-path"), Ok(codes::DEAD_PATH));
        assert_eq!(code("tk-left"), Ok(rules::TK_LEFT));
        assert!(code("dead-pth").is_err_and(|message| message.contains("did you mean `dead-path`?")));
    }
}
