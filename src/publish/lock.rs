//! The lock by which only one command at a time writes to an output folder.

use std::path::Path;

use super::layout::LOCK;
use crate::base::codes;
use crate::base::disk::{self, Lock, Locking};
use crate::base::report::Diagnostic;

/// Takes the lock in `own`, the folder `.dateline` of an output folder. The operating system releases it when its
/// holder ends, even by `kill -9`, so it cannot be stale; the text in the file only names the holder for messages.
/// Fails when another process holds it. `shown` is the output folder as the user wrote it.
pub(super) fn take(own: &Path, shown: &Path, command: &str) -> Result<Lock, Diagnostic> {
    let command = if command.is_empty() { "dateline" } else { command };
    let about = format!("process {}\nhost {}\ncommand {command}\n", std::process::id(), host());
    match disk::lock(&own.join(LOCK), &about)? {
        Locking::Taken(lock) => Ok(lock),
        Locking::Held(about) => Err(Diagnostic::error(codes::OUTPUT_LOCKED, held(shown, &about))
            .help("wait until it is done, or name another folder with `-o`")),
    }
}

fn held(shown: &Path, about: &str) -> String {
    let field = |name: &str| {
        about.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).filter(|value| !value.is_empty())
    };
    let holder = field("command").map_or_else(|| "another command".to_owned(), |command| format!("`{command}`"));
    let place = field("host").filter(|other| *other != host()).map_or_else(String::new, |other| format!(" on {other}"));
    let process = field("process").map_or_else(String::new, |process| format!(" (process {process}{place})"));
    format!("`{}` is in use by {holder}{process}", shown.display())
}

/// The host name on Linux; empty elsewhere, where the message omits it.
fn host() -> String {
    disk::read_to_string(Path::new("/proc/sys/kernel/hostname")).unwrap_or_default().trim().to_owned()
}
