//! `dateline check`.

use super::args::{AsOf, Globals, Preview};
use super::outcome::{self, Exit, Outcome};
use super::print::{self, Printer};
use super::{summary, world};
use crate::base::report::Severity;
use crate::check::{self, Ask, Checked, Mended};

/// Look at a site as an editor would before it goes out
///
/// Finds all that `build` reports, and what the rules in the documentation's page on checks look for. Writes nothing,
/// unless it is told to mend.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
    /// Look only at files that have changed since a revision of git, such as `HEAD` or `origin/main`; and whether what
    /// was published then has changed without a word
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Mend what is safe to mend: doubled words, misspelt keys
    #[arg(long)]
    fix: bool,
    /// Exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    let Args { as_of, preview, since, fix, deny_warnings } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;

    let progress = printer.progress("checking…");
    let checked = check::check(&request, &Ask { since, fix });
    drop(progress);
    let Checked { report, mended } = checked.map_err(|problem| *problem)?;

    for Mended { place, was, is } in &mended {
        printer.closing(&format!("{}:{}:{}: `{was}` is now `{is}`", place.file, place.line, place.column));
    }
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
