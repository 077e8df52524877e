//! The `dateline` command. Everything is in the library: see [`dateline::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::run()
}
