//! Signals that ask a command to end.

use crate::base::codes;
use crate::base::report::Diagnostic;

/// Replaces the default action of SIGINT, SIGTERM and their equivalents: `end` decides how the command ends.
pub(super) fn on_signals(end: impl Fn() + Send + 'static) -> Result<(), Diagnostic> {
    ctrlc::set_handler(end).map_err(|error| Diagnostic::error(codes::IO, format!("cannot wait for signals: {error}")))
}

/// Ignores `SIGXFSZ`, so that a write beyond `ulimit -f` fails with an error, like one on a full disk. By default the
/// signal would end the process silently.
#[cfg(unix)]
pub(super) fn outlive_file_limit() {
    // The write itself fails, so the flag is never read. If registration fails, the default stays.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// There is no such signal on other systems.
#[cfg(not(unix))]
pub(super) fn outlive_file_limit() {}
