//! `dateline manual`.

use std::path::{Path, PathBuf};

use clap_mangen::Man;

use crate::base::disk;
use crate::cli::outcome::{Exit, Outcome};

/// Write the manual pages of all commands into a folder
///
/// For packages: dateline manual /usr/share/man/man1
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct ManualArgs {
    /// The folder; it is made when it is missing
    folder: PathBuf,
}

/// Writes `dateline.1`, `dateline-build.1`, … of the command line `cli`.
pub(in crate::cli::commands) fn run(args: ManualArgs, mut cli: clap::Command) -> Outcome {
    disk::create_dir_all(&args.folder)?;
    // Gives each command its full name, and the options that all commands take.
    cli.build();
    write(&args.folder, &cli)?;
    Ok(Exit::Success)
}

fn write(folder: &Path, command: &clap::Command) -> Result<(), disk::Error> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut page = Vec::new();
    let named = command.clone().version(env!("CARGO_PKG_VERSION"));
    Man::new(named).render(&mut page).expect("memory does not fail");
    disk::write(&folder.join(format!("{name}.1")), &page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        write(folder, sub)?;
    }
    Ok(())
}
