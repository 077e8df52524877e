//! `dateline publish`.

use std::path::PathBuf;

use crate::base::date::Zone;
use crate::base::report::Severity;
use crate::base::text::plural;
use crate::check::{self, CheckOptions};
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::pipeline;
use crate::release::{self, Dating, KeptDate, Release};
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
    let (site, report) = pipeline::assemble(&request);
    let Some(site) = site else {
        let report = pipeline::finish(report.only_errors(), &place.root);
        printer.report(&report, problems::CHECK);
        return Ok(outcome::of(&report));
    };
    let paths: Vec<String> = files.iter().map(|file| world::within(&place, file)).collect();
    let (drafts, mut report) = release::plan(&place.root, &site, &paths);
    if report.has_errors() {
        let report = pipeline::finish(report, &place.root);
        printer.report(&report, problems::CHECK);
        printer.closing("nothing was released");
        return Ok(outcome::of(&report));
    }
    let done = report.take(release::write(&drafts));
    let released = &drafts[..done];
    print::result(&released.iter().map(|release| line(release, &site.config.zone)).collect::<String>())?;
    let checked = check::check(&request, &CheckOptions::default()).map_err(|problem| *problem)?;
    let elsewhere = checked.report.count(Severity::Error);
    let is_own = |file: &str| released.iter().any(|release| release.path == file);
    report.extend(checked.report.only(|problem| problem.place.as_ref().is_some_and(|place| is_own(&place.file))));
    printer.report(&report, problems::CHECK);
    let counts = print::counts(&report).unwrap_or_else(|| "no problems".to_owned());
    let others = match elsewhere.saturating_sub(report.count(Severity::Error)) {
        0 => String::new(),
        more => format!("; {} elsewhere, which `dateline check` shows", plural(more, "error", "errors")),
    };
    printer.closing(&format!("{} released: {counts}{others}", plural(done, "file", "files")));
    Ok(outcome::of(&report))
}

/// What became of a file.
fn line(release: &Release, zone: &Zone) -> String {
    let Release { path, date, until, .. } = release;
    let date = match date {
        Dating::Stamped(at) => format!("date: {}", at.rfc3339(zone)),
        Dating::Kept(at, KeptDate::Ahead) => format!("`date` lies ahead and stays {}", at.iso(zone)),
        Dating::Kept(at, KeptDate::Edition) => format!("`date` names the edition and stays {}", at.iso(zone)),
        Dating::Kept(at, KeptDate::Published) => format!("readers had it before, so `date` stays {}", at.iso(zone)),
        Dating::Absent => "no draft any more".to_owned(),
    };
    let until = until.map_or_else(String::new, |at| format!("; it appears {}", at.plain(zone)));
    format!("{path}: {date}{until}\n")
}
