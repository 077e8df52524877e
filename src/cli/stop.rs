//! Ctrl-C, and what else asks a command to end.

use crate::base::codes;
use crate::base::report::Diagnostic;

/// Lets SIGINT, SIGTERM and their like on other systems end a command in its own way instead of the process.
pub(super) fn on_signals(end: impl Fn() + Send + 'static) -> Result<(), Diagnostic> {
    ctrlc::set_handler(end).map_err(|error| Diagnostic::error(codes::IO, format!("cannot wait for signals: {error}")))
}
