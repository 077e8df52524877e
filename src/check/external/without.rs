//! In place of `ask`, in a program that was built without the feature `deploy`: it knows nobody to ask.

use std::time::Duration;

use super::verdict::Verdict;
use crate::base::codes;
use crate::base::report::Diagnostic;

/// Says that no request can be sent.
pub(super) fn all(_: &[&String], _: Duration) -> Result<Vec<(String, Verdict)>, Diagnostic> {
    Err(Diagnostic::error(codes::IO, "this program cannot send requests")
        .help("it was built without the feature `deploy`; build it with default features"))
}
