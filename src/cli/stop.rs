//! Ctrl-C, and what else asks a command to end.

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::watch::Stopper;

/// Lets SIGINT, SIGTERM and their like on other systems end a watch instead of the process.
pub(super) fn on_signals(stopper: Stopper) -> Result<(), Diagnostic> {
    ctrlc::set_handler(move || stopper.stop())
        .map_err(|error| Diagnostic::error(codes::IO, format!("cannot wait for signals: {error}")))
}
