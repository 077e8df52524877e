//! `dateline check`.

use super::args::{AsOf, Globals, Preview};
use super::outcome::{self, Exit, Outcome};
use super::print::{self, Printer};
use super::{summary, world};
use crate::base::report::Severity;
use crate::pipeline;

/// Find the same problems as `build`, and write nothing
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
    /// Exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    let Args { as_of, preview, deny_warnings } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;

    let progress = printer.progress("checking…");
    let (_, report) = pipeline::check(&request);
    drop(progress);

    printer.report(&report);
    let mut exit = outcome::of(&report, &place.config_name());
    let warnings = report.count(Severity::Warning);
    if deny_warnings && warnings > 0 && exit == Exit::Success {
        printer.problem(&summary::deny_warnings(warnings));
        exit = Exit::Problems;
    }
    printer.closing(&print::counts(&report).unwrap_or_else(|| "no problems".to_owned()));
    Ok(exit)
}
