//! Ctrl-C, and what else asks a command to end, or would end it.

use crate::base::codes;
use crate::base::report::Diagnostic;

/// Lets SIGINT, SIGTERM and their like on other systems end a command in its own way instead of the process.
pub(super) fn on_signals(end: impl Fn() + Send + 'static) -> Result<(), Diagnostic> {
    ctrlc::set_handler(end).map_err(|error| Diagnostic::error(codes::IO, format!("cannot wait for signals: {error}")))
}

/// Lets a write beyond the size that the system grants a file (`ulimit -f`) fail, as one does on a full disk: the signal that comes
/// with it would end the process without a word.
#[cfg(unix)]
pub(super) fn outlive_file_limit() {
    // The write itself tells of it, so that nobody looks at the flag. Without the handler all is as systems have it.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub(super) fn outlive_file_limit() {}
