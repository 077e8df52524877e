//! Replaces `ask` in a program without the feature `deploy`, which has no HTTP client.

use std::time::Duration;

use super::link_state::LinkState;
use crate::base::codes;
use crate::base::report::Diagnostic;

/// Reports that no request can be sent.
pub(super) fn all(_: &[&String], _: Duration) -> Result<Vec<(String, LinkState)>, Diagnostic> {
    Err(Diagnostic::error(codes::IO, "this program cannot send requests")
        .help("it was built without the feature `deploy`; build it with default features"))
}
