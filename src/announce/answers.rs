//! The answers of the services that were told.

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};

/// Whom something was told, and what they answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What they were told of.
    pub what: String,
    /// Their answer, in words.
    pub answer: String,
}

/// What came of it: answers, and problems with those who did not accept.
pub type Answers = (Vec<Told>, Report);

pub(super) fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::error(codes::NOT_ANNOUNCED, message).help(help)
}
