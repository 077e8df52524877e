//! `dateline completions`.

use clap_complete::Shell;

use crate::cli::outcome::{Exit, Outcome};
use crate::cli::output::print;

/// Print completions for a shell
///
/// bash:  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
/// zsh:   dateline completions zsh > ~/.zfunc/_dateline   (a folder in $fpath)
/// fish:  dateline completions fish > ~/.config/fish/completions/dateline.fish
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Prints the completions of the command line `cli`.
pub(in crate::cli::commands) fn run(args: CompletionsArgs, mut cli: clap::Command) -> Outcome {
    // Buffered, because the generator panics when a pipe breaks.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut cli, "dateline", &mut text);
    print::result(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Success)
}
