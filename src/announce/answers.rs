//! The outcome of a notification: one line per accepted request, one diagnostic per refused one.

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};

/// One notification that the hub or the search engine accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The subject of the request: a feed URL (`WebSub`), or a count such as `12 pages` (`IndexNow`).
    pub what: String,
    /// The service's answer in words, with the HTTP status in parentheses.
    pub answer: String,
}

/// Accepted notifications, and an error for each request that was refused or failed.
pub type Answers = (Vec<Told>, Report);

pub(super) fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::error(codes::NOT_ANNOUNCED, message).help(help)
}
