//! `dateline check`.

use std::time::Duration;

use super::args::{AsOf, Globals, Preview};
use super::outcome::{self, Exit, Outcome};
use super::print::{self, Printer};
use super::{summary, world};
use crate::base::report::Severity;
use crate::external::{self, Found, Options, Tally};
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
    #[command(flatten)]
    outside: Outside,
}

/// What is asked of other sites.
#[derive(clap::Args)]
struct Outside {
    /// Ask other sites whether the pages that are linked to are there
    #[arg(long)]
    external: bool,
    /// For how many days an answer counts, so that nobody is asked again; bad ones count for a day at most
    #[arg(long, value_name = "DAYS", default_value = "7", requires = "external", value_parser = clap::value_parser!(u64).range(0..=365))]
    max_age: u64,
    /// How many seconds one answer may take
    #[arg(long, value_name = "SECONDS", default_value = "20", requires = "external", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    let Args { as_of, preview, deny_warnings, outside } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;

    let progress = printer.progress("checking…");
    let (prepared, mut report) = pipeline::check(&request);
    drop(progress);
    let mut asked = String::new();
    if let Some(prepared) = prepared.filter(|_| outside.external) {
        let progress = printer.progress("asking other sites…");
        let options = Options {
            root: place.root.clone(),
            config: place.config_name(),
            kept: place.below(".dateline/external.json"),
            max_age: Duration::from_secs(outside.max_age * 24 * 3600),
            timeout: Duration::from_secs(outside.timeout),
            now: world::clock()?,
        };
        let (found, more) = external::check(&prepared, &options);
        drop(progress);
        report.extend(more);
        report = pipeline::finish(report, &request.root);
        print::result(&hosts(&found))?;
        asked = format!("; {} asked, {} known", found.asked, found.kept);
    }

    printer.report(&report);
    let mut exit = outcome::of(&report, &place.config_name());
    let warnings = report.count(Severity::Warning);
    if deny_warnings && warnings > 0 && exit == Exit::Success {
        printer.problem(&summary::deny_warnings(warnings));
        exit = Exit::Problems;
    }
    let counts = print::counts(&report).unwrap_or_else(|| "no problems".to_owned());
    printer.closing(&format!("{counts}{asked}"));
    Ok(exit)
}

/// A line for each host.
fn hosts(found: &Found) -> String {
    let line = |(host, tally): (&String, &Tally)| {
        let Tally { fine, moved, dead, unsure } = tally;
        let counts = [(fine, "fine"), (moved, "moved"), (dead, "gone"), (unsure, "unsure")];
        let counts = counts.into_iter().filter(|(count, _)| **count > 0).map(|(count, word)| format!("{count} {word}"));
        format!("{host}  {}\n", counts.collect::<Vec<_>>().join(", "))
    };
    found.hosts.iter().map(line).collect()
}
