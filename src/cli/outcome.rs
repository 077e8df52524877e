//! Exit codes, and why a command stops.

use std::io;
use std::process::ExitCode;

use crate::base::codes::{self, ExitKind};
use crate::base::disk;
use crate::base::report::{Diagnostic, Report, Severity};

/// Exit codes, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Success.
    Success = 0,
    /// Problems in the site's sources.
    Problems = 1,
    /// Wrong command line or configuration.
    Usage = 2,
    /// An I/O error, or a bug.
    Fault = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command stops early.
pub(super) enum Stop {
    /// Because of this problem.
    Problem(Box<Diagnostic>),
    /// Standard output was closed by its reader.
    Unheard,
}

/// The result of a command.
pub(super) type Outcome = Result<Exit, Stop>;

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<disk::Error> for Stop {
    fn from(error: disk::Error) -> Self {
        Diagnostic::from(error).into()
    }
}

impl From<io::Error> for Stop {
    /// Converts an error of standard output.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Unheard;
        }
        Diagnostic::error(codes::IO, format!("cannot write to the standard output: {error}")).into()
    }
}

/// The exit code for the worst error of a report.
pub(super) fn of(report: &Report) -> Exit {
    let errors = report.diagnostics().iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(of_problem).max().unwrap_or(Exit::Success)
}

/// The exit code for an error.
pub(super) fn of_problem(problem: &Diagnostic) -> Exit {
    match problem.kind {
        ExitKind::Site => Exit::Problems,
        ExitKind::Usage => Exit::Usage,
        ExitKind::Fault => Exit::Fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::report::Place;

    #[test]
    fn the_worst_error_decides() {
        let mut report = Report::default();
        let mut with = |problem| {
            report.push(problem);
            of(&report)
        };
        assert_eq!(with(Diagnostic::warning(codes::IO, "")), Exit::Success);
        assert_eq!(with(Diagnostic::error(codes::BAD_DATE, "").at(Place::file("a.md"))), Exit::Problems);
        assert_eq!(with(Diagnostic::error(codes::BAD_VALUE, "").at(Place::file("site.yaml")).of_usage()), Exit::Usage);
        assert_eq!(with(Diagnostic::error(codes::IO, "")), Exit::Fault);
        assert_eq!(with(Diagnostic::error(codes::BAD_VALUE, "").of_usage()), Exit::Fault, "the worst stays");
    }
}
