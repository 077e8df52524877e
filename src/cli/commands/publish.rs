//! `dateline publish`.

use std::path::PathBuf;

use crate::actions;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::site::Scope;

/// Release drafts: `date` becomes now, and `draft` is taken away
///
/// Nothing else in the files changes; the next build publishes them. A `date` ahead, or an embargo, still holds a story back.
/// What `check` finds in the files is printed. When one of them cannot be released, none is.
#[derive(clap::Args)]
pub(in super::super) struct PublishArgs {
    /// The drafts
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    as_of: AsOf,
}

pub(super) fn run(args: PublishArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let PublishArgs { files, as_of } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let paths: Vec<String> = files.iter().map(|file| world::within(&place, file)).collect();
    let done = actions::publish(&request, &paths);
    print::result(&done.lines.iter().map(|line| format!("{line}\n")).collect::<String>())?;
    printer.report(&done.report, problems::CHECK);
    if let Some(closing) = &done.closing {
        printer.closing(closing);
    }
    Ok(outcome::of(&done.report))
}
