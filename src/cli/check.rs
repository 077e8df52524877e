//! `dateline check`.

use std::time::Duration;

use super::args::{AsOf, Globals, Preview};
use super::outcome::{self, Exit, Outcome};
use super::print::{self, Printer};
use super::problems::Only;
use super::{problems, summary, world};
use crate::base::report::Severity;
use crate::base::text::plural;
use crate::check::external::{Asked, LinkCheckOptions, Tally};
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
    #[command(flatten)]
    only: Only,
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
    let Args { as_of, preview, since, fix, deny_warnings, only, outside } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;

    let Outside { external, max_age, timeout } = outside;
    let options = LinkCheckOptions {
        kept: place.below(".dateline/external.json"),
        max_age: Duration::from_secs(max_age * 24 * 3600),
        timeout: Duration::from_secs(timeout),
        now: world::clock()?,
    };
    let progress = printer.progress(if external { "checking, and asking other sites…" } else { "checking…" });
    let checked = check::check(&request, &Ask { since, fix, external: external.then_some(options) });
    drop(progress);
    let Checked { report, mended, asked } = checked.map_err(|problem| *problem)?;

    for Mended { place, was, is, .. } in &mended {
        printer.closing(&format!("{}:{}:{}: `{was}` is now `{is}`", place.file, place.line, place.column));
    }
    printer.report_only(&report, &only, problems::CHECK);
    let mut exit = outcome::of(&report);
    let warnings = report.count(Severity::Warning);
    if deny_warnings && warnings > 0 && exit == Exit::Success {
        printer.problem(&summary::deny_warnings(warnings));
        exit = Exit::Problems;
    }
    let counts = print::counts(&report).unwrap_or_else(|| "no problems".to_owned());
    let asked = match &asked {
        Some(asked) => {
            print::result(&hosts(asked))?;
            format!("; {} asked for, {} known", plural(asked.asked, "address", "addresses"), asked.kept)
        }
        None => String::new(),
    };
    printer.closing(&format!("{counts}{asked}"));
    Ok(exit)
}

/// A line for each host.
fn hosts(asked: &Asked) -> String {
    let line = |(host, tally): (&String, &Tally)| {
        let Tally { fine, moved, dead, unsure } = tally;
        let counts = [(fine, "fine"), (moved, "moved"), (dead, "gone"), (unsure, "unsure")];
        let counts = counts.into_iter().filter(|(count, _)| **count > 0).map(|(count, word)| format!("{count} {word}"));
        format!("{host}  {}\n", counts.collect::<Vec<_>>().join(", "))
    };
    asked.hosts.iter().map(line).collect()
}
