//! `dateline check`.

use std::time::Duration;

use crate::base::report::Severity;
use crate::base::text::plural;
use crate::check::external::{HostSummary, LinkCheckOptions, LinkSummary};
use crate::check::{self, CheckOptions, Checked, Deployed, Fix};
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems::CodeFilter;
use crate::cli::output::{problems, summary};
use crate::cli::world;
use crate::pipeline::Request;

/// Check a site as an editor would before publishing
///
/// Reports everything that `build` reports, and the findings of the rules in docs/check.md. Writes nothing without
/// `--fix`.
#[derive(clap::Args)]
pub(in super::super) struct CheckArgs {
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
    /// Check only files that changed since a git revision, such as `HEAD` or `origin/main`, and whether published stories
    /// changed without a note [default: all files, and stories since they were last deployed]
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Apply safe fixes, such as deleting doubled words and correcting misspelt keys
    #[arg(long)]
    fix: bool,
    /// Exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    only: CodeFilter,
    #[command(flatten)]
    outside: Outside,
}

/// Options for links to other sites.
#[derive(clap::Args)]
struct Outside {
    /// Request the pages of other sites that this one links to
    #[arg(long)]
    external: bool,
    /// Days for which an answer is cached; negative answers are cached for at most one day
    #[arg(long, value_name = "DAYS", default_value = "7", requires = "external", value_parser = clap::value_parser!(u64).range(0..=365))]
    max_age: u64,
    /// Timeout of one request, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", requires = "external", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

pub(super) fn run(args: CheckArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let CheckArgs { as_of, preview, since, fix, deny_warnings, only, outside } = args;
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
    let deployed = if since.is_none() { deployed(&request) } else { None };
    let checked = check::check(&request, &CheckOptions { since, deployed, fix, external: external.then_some(options) });
    drop(progress);
    let Checked { report, fixes, asked } = checked.map_err(|problem| *problem)?;

    for Fix { place, was, is, .. } in &fixes {
        printer.closing(&format!("{}:{}:{}: `{was}` is now `{is}`", place.file, place.line, place.column));
    }
    printer.report_only(&report, &only, problems::CHECK);
    let mut exit = outcome::of(&report);
    let warnings = report.count(Severity::Warning);
    if deny_warnings && warnings > 0 && exit == Exit::Success {
        printer.problem(&summary::deny_warnings(warnings));
        exit = Exit::Problems;
    }
    let counts = report.counts().unwrap_or_else(|| "no problems".to_owned());
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

/// What was last deployed to the target that `deploy` without a name means.
#[cfg(feature = "deploy")]
fn deployed(request: &Request) -> Option<Deployed> {
    let (target, stories) = crate::deploy::deployed(request)?;
    Some(Deployed { target, stories })
}

#[cfg(not(feature = "deploy"))]
fn deployed(_: &Request) -> Option<Deployed> {
    None
}

/// One line for each host.
fn hosts(asked: &LinkSummary) -> String {
    let line = |(host, tally): (&String, &HostSummary)| {
        let HostSummary { fine, moved, dead, unsure } = tally;
        let counts = [(fine, "fine"), (moved, "moved"), (dead, "gone"), (unsure, "unsure")];
        let counts = counts.into_iter().filter(|(count, _)| **count > 0).map(|(count, word)| format!("{count} {word}"));
        format!("{host}  {}\n", counts.collect::<Vec<_>>().join(", "))
    };
    asked.hosts.iter().map(line).collect()
}
