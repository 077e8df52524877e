//! Reports panics, which are always bugs, as diagnostics.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::sync::Mutex;

/// Runs `work`; `Err` holds the message of a panic. With `RUST_BACKTRACE` the standard message is printed too.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let said = Arc::new(Mutex::new(None));
    let usual = panic::take_hook();
    let hear = Arc::clone(&said);
    panic::set_hook(Box::new(move |panic| {
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            usual(panic);
        }
        // The first panic is the cause; panics of other threads follow from it.
        hear.lock().get_or_insert_with(|| panic.to_string());
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    // Restores the default hook, for tests that run in this process.
    drop(panic::take_hook());
    let mut said = said.lock();
    result.map_err(|_| said.take().unwrap_or_else(|| "it said nothing".to_owned()))
}

/// The diagnostic for a panic.
pub(super) fn bug(panic: &str) -> Diagnostic {
    let panic = panic.split_whitespace().collect::<Vec<_>>().join(" ");
    let version = env!("CARGO_PKG_VERSION");
    Diagnostic::error(codes::INTERNAL, format!("this is a bug of Dateline: {panic}")).help(format!(
        "please report it with this message, the command and version {version}; `RUST_BACKTRACE=1` shows more"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::outcome::{self, Exit};
    use super::*;

    #[test]
    fn a_panic_becomes_a_message() {
        assert_eq!(guarded(|| 1), Ok(1));
        let said = guarded(|| panic!("impossible: {}", 7)).expect_err("it panicked");
        let bug = bug(&said);
        assert!(bug.message.contains("impossible: 7") && bug.message.contains("src/cli/guard.rs"), "{}", bug.message);
        assert_eq!(outcome::of_problem(&bug), Exit::Fault);
    }
}
