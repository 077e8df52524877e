//! `dateline topics`.

use clap::Subcommand;

use super::args::Globals;
use super::outcome::Outcome;
use super::print::Printer;
use super::suggest;

/// Tidy the topics that stories name
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Suggest(suggest::Args),
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    match args.task {
        Task::Suggest(args) => suggest::run(args, globals, printer),
    }
}
