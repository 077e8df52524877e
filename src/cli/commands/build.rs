//! `dateline build`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::base::disk;
use crate::base::report::{Diagnostic, Severity};
use crate::base::route::Route;
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems::CodeFilter;
use crate::cli::output::summary;
use crate::cli::world;
use crate::cli::world::SiteLocation;
use crate::pipeline::{self, BuildCache, BuildOptions, Built, Deny, Prepared, Request};
use crate::publish::Ledger;
use crate::publish::{History, Summary};

/// The site to build, and the output folder.
#[derive(clap::Args)]
pub(super) struct BuildTarget {
    /// The output folder [default: `public` in the site's folder, or `public-ar` with `--language ar`]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Use another address than the configuration's `base_url`, such as that of a preview
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    pub(super) as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
}

impl BuildTarget {
    /// The build request and the output folder.
    pub(super) fn request(self, place: &SiteLocation) -> Result<(Request, PathBuf), Diagnostic> {
        let Self { output, base_url, as_of, preview } = self;
        let request = Request { base_url, ..world::request(place, as_of, preview.scope())? };
        Ok((request, output.unwrap_or_else(|| place.output())))
    }
}

/// Write the site, or nothing when there is an error
#[derive(clap::Args)]
pub(in super::super) struct BuildArgs {
    #[command(flatten)]
    target: BuildTarget,
    /// Ignore records of earlier builds, and compare every file byte by byte
    #[arg(long)]
    clean: bool,
    /// Afterwards, render everything again and compare it with the output folder
    #[arg(long)]
    verify: bool,
    /// Write the addresses that were added, changed and removed to FILE, as JSON; `-` is standard output
    #[arg(long, value_name = "FILE")]
    changes: Option<PathBuf>,
    #[command(flatten)]
    only: CodeFilter,
    #[command(flatten)]
    deny: Denied,
}

/// Conditions that stop a build in addition to errors.
#[derive(clap::Args)]
struct Denied {
    /// Publish nothing and exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
    /// Publish nothing and exit with 1 when anything is withheld; with `=mentions`, only when public text names it
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    deny_withheld: Option<Withheld>,
}

/// Withheld stories that stop a build.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Withheld {
    /// Any withheld story
    All,
    /// Withheld stories that the author of something public has named
    Mentions,
}

pub(super) fn run(args: BuildArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let BuildArgs { target, clean, verify, changes, only, deny } = args;
    let deny = Deny {
        warnings: deny.deny_warnings,
        withheld: deny.deny_withheld == Some(Withheld::All),
        mentions: deny.deny_withheld == Some(Withheld::Mentions),
    };
    let started = Instant::now();
    let place = world::place(globals)?;
    let (request, output) = target.request(&place)?;
    try_write(changes.as_deref())?;
    let options = BuildOptions { output, clean, verify, protected: world::protected(), deny };

    let progress = printer.progress("building…");
    let mut cache = if clean { BuildCache::empty(&request) } else { BuildCache::load(&request) };
    let built = pipeline::build_again(&request, &options, &mut cache);
    cache.save();
    drop(progress);

    printer.report_only(&built.report, &only, "dateline build");
    let (Some(overview), Some(done)) = (&built.overview, &built.summary) else {
        return Ok(unpublished(&built, options.deny, printer));
    };
    if let Some(file) = changes {
        write_changes(&file, built.prepared.as_ref(), done)?;
    }
    if let Some(note) = summary::foreign(&done.foreign, &options.output) {
        printer.problem(&note);
    }
    detail(done, &options.output, printer);
    let reasons: Vec<String> =
        done.reasons.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect();
    printer.detail(&format!(
        "made {}; kept the rest",
        if reasons.is_empty() { "nothing".to_owned() } else { reasons.join(", ") }
    ));
    printer.detail(&format!("stages: {}", built.stages));
    printer.detail(&format!("wrote to `{}` in {:.2} s", options.output.display(), started.elapsed().as_secs_f64()));
    let counts = built.report.counts().map_or_else(String::new, |counts| format!("; {counts}"));
    printer.closing(&format!("{}{counts}", summary::closing(overview, done)));
    // The process ends here, so freeing a large site piece by piece would only take time.
    let exit = outcome::of(&built.report);
    std::mem::forget((built, cache));
    Ok(exit)
}

/// Lists what was added, changed and removed; for each change, the first input that changed.
fn detail(done: &Summary, output: &Path, printer: &Printer) {
    if !printer.is_detailed() {
        return;
    }
    let (history, ledger) = (History::of_folder(output), Ledger::of_folder(output).unwrap_or_default());
    let cause = |route: &Route| {
        let changes = ledger.get(route.as_str()).map_or_else(Vec::new, |entry| history.before(entry));
        let more = if changes.len() > 1 { format!(", and {} more", changes.len() - 1) } else { String::new() };
        changes.first().map_or_else(String::new, |first| format!(": {first}{more}"))
    };
    for (sign, routes) in [('+', &done.added), ('~', &done.changed), ('-', &done.removed)] {
        for route in routes {
            let cause = if sign == '~' { cause(route) } else { String::new() };
            printer.detail(&format!("{sign} {route}{cause}"));
        }
    }
}

/// Reports why nothing was published.
pub(super) fn unpublished(built: &Built, deny: Deny, printer: &Printer) -> Exit {
    let exit = outcome::of(&built.report);
    let mut exits = vec![exit];
    if exit == Exit::Success {
        let warnings = built.report.count(Severity::Warning);
        if deny.warnings && warnings > 0 {
            exits.push(denied(printer, &summary::deny_warnings(warnings)));
        }
        let withheld = built.prepared.as_ref().filter(|_| deny.withheld).map(|prepared| {
            let zone = &prepared.site().config.zone;
            prepared.site().withheld.iter().map(move |held| summary::deny_withheld(held, zone))
        });
        exits.extend(withheld.into_iter().flatten().map(|problem| denied(printer, &problem)));
    }
    let counts = built.report.counts().map_or_else(String::new, |counts| format!("{counts}; "));
    printer.closing(&format!("{counts}nothing was published"));
    exits.into_iter().max().unwrap_or(exit)
}

fn denied(printer: &Printer, problem: &Diagnostic) -> Exit {
    printer.problem(problem);
    Exit::Problems
}

fn write_changes(file: &Path, prepared: Option<&Prepared>, summary: &Summary) -> Result<(), outcome::Stop> {
    // When nothing had to be rendered there are no addresses to write. Private outputs have no address.
    let absolute = |route: &Route| prepared.map(|prepared| prepared.site().config.base_url.absolute(route.as_str()));
    let addresses = |routes: &[Route]| -> Vec<String> {
        routes.iter().filter(|route| !route.is_private()).filter_map(absolute).collect()
    };
    let Summary { added, changed, removed, unchanged: _, foreign: _, reasons: _ } = summary;
    write_addresses(file, &addresses(added), &addresses(changed), &addresses(removed))
}

/// Checks that a file can be written before the build starts, so that the list of changes is not lost at its end.
pub(super) fn try_write(file: Option<&Path>) -> Result<(), disk::Error> {
    file.filter(|file| *file != Path::new("-")).map_or(Ok(()), disk::try_write)
}

/// Writes the addresses that were added, changed and removed, as JSON; `-` is standard output.
pub(super) fn write_addresses(
    file: &Path,
    added: &[String],
    changed: &[String],
    removed: &[String],
) -> Result<(), outcome::Stop> {
    let text = format!("{:#}\n", serde_json::json!({ "added": added, "changed": changed, "removed": removed }));
    if file == Path::new("-") { Ok(print::result(&text)?) } else { Ok(disk::write(file, text.as_bytes())?) }
}
