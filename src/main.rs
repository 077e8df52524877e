//! The `dateline` command. Everything is in the library: see [`dateline::cli`].

use std::process::ExitCode;

/// A build allocates a thousand small values for each page, on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::cli::run()
}
