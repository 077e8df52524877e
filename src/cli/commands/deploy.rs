//! `dateline deploy`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::build;
use crate::base::sync::Mutex;
use crate::base::text::plural;
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::{stop, world};
use crate::config::Limit;
use crate::deploy::{
    self, Changes, DeployBuild, DeployOptions, Deployment, Done, Headers, ObjectChange, Published, RolledBack, Step,
    Traffic,
};
use crate::pipeline::{BuildOptions, Deny, Request};
use crate::site::urls_lock;

/// Build the site and publish it to a bucket or a folder of releases
///
/// Only differences are uploaded, in an order in which no page ever links to one that is not there yet. Credentials
/// come from the environment or the standard files.
#[derive(clap::Args)]
pub(in super::super) struct DeployArgs {
    /// A target under `deploy:` in the configuration [default: the only one, or `production`]
    target: Option<String>,
    /// The output folder of the build [default: `public` in the site's folder, or `public-ar` with `--language ar`]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Most objects to delete: a number, or a percentage of the objects that are there, such as `25%` [default: the
    /// target's, or a quarter and at least ten]
    #[arg(long, value_name = "N", value_parser = limit)]
    max_deletes: Option<Limit>,
    /// Releases to keep in a folder [default: the target's, or 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    keep: Option<u16>,
    /// Switch a folder back to the release before the live one
    #[arg(long, conflicts_with_all = ["output", "dry_run", "max_deletes", "keep", "changes", "drafts", "future"])]
    rollback: bool,
    /// Write the addresses that were added, changed and removed to FILE, as JSON; `-` is standard output
    #[arg(long, value_name = "FILE")]
    changes: Option<PathBuf>,
    /// Seconds of silence after which another deployment to the same bucket counts as dead
    #[arg(long, value_name = "SECONDS", default_value = "45", value_parser = clap::value_parser!(u64).range(1..=3600))]
    patience: u64,
    /// Deploy nothing and exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
}

fn limit(text: &str) -> Result<Limit, String> {
    Limit::parse(text).ok_or_else(|| "write a number, such as `50`, or a share, such as `25%`".to_owned())
}

pub(super) fn run(args: DeployArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let DeployArgs {
        target,
        output,
        dry_run,
        max_deletes,
        keep,
        rollback,
        changes,
        patience,
        deny_warnings,
        as_of,
        preview,
    } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;
    if rollback {
        return Ok(roll_back(&request, target.as_deref(), printer));
    }
    build::try_write(changes.as_deref())?;
    let publish = BuildOptions {
        output: place.output(),
        clean: false,
        verify: false,
        protected: world::protected(),
        deny: Deny { warnings: deny_warnings, ..Deny::default() },
    };
    let stopped = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stopped);
    stop::on_signals(move || asked.store(true, Ordering::Relaxed))?;
    let progress = Mutex::new(Some(printer.progress("building, and listing the target…")));
    let next = |shown| *progress.lock() = shown;
    let planned = Mutex::new(String::new());
    let show = |changes: &Changes, site: &Published| {
        next(None);
        *planned.lock() = plan(changes, site);
        if !dry_run && !changes.steps.is_empty() {
            printer.detail(plan(changes, site).trim_end());
            let counts = counts(changes).join(", ");
            printer.ahead(&format!("plan: {counts}; {} to send", bytes(changes.bytes())));
            next(Some(printer.progress("deploying…")));
        }
    };
    let options = DeployOptions {
        dry_run,
        max_deletes,
        keep: keep.map(usize::from),
        patience: Duration::from_secs(patience),
        environment: world::environment(),
        home: world::home(),
        now: world::clock()?,
        stop: &|| stopped.load(Ordering::Relaxed),
        show: &show,
    };
    let deployment = deploy::deploy(
        &request,
        target.as_deref(),
        DeployBuild { output: output.as_deref(), publish: &publish },
        &options,
    );
    next(None);
    let Deployment { config: settings, place: to, built, done, locked, report } = &deployment;
    if let Some(built) = built {
        printer.report(&built.report, problems::CHECK);
        if built.summary.is_none() {
            return Ok(build::unpublished(built, publish.deny, printer));
        }
    }
    printer.report(report, problems::CHECK);
    let exit = outcome::of(report);
    let (Some(done), Some(settings)) = (done, settings) else {
        printer.closing(if built.is_some() { "the deployment is not complete" } else { "nothing was deployed" });
        return Ok(exit);
    };
    if dry_run {
        print::result(&planned.lock())?;
    }
    if let Some(file) = changes {
        let [added, changed, removed] = [ObjectChange::Added, ObjectChange::Changed, ObjectChange::Removed]
            .map(|change| done.addresses(change, settings));
        build::write_addresses(&file, &added, &changed, &removed)?;
    }
    if let Some(locked) = locked.as_ref().filter(|locked| locked.new > 0) {
        let name = urls_lock::name(settings.host.as_deref());
        printer.detail(&format!("`{name}` has {} more: commit it", plural(locked.new, "address", "addresses")));
    }
    printer.closing(&closing(to, done, dry_run));
    Ok(exit)
}

/// The planned changes, one line for each object.
fn plan(changes: &Changes, site: &Published) -> String {
    let line = |step: &Step| {
        let sign = match step.change {
            ObjectChange::Added => '+',
            ObjectChange::Changed => '~',
            ObjectChange::Removed => '-',
        };
        let headers = step.object.and_then(|index| site.objects.get(index)).map(|object| &object.headers);
        let served = headers.map_or_else(String::new, |headers| {
            let Headers { content_type, cache_control, content_disposition: _, content_language: _, gzip, redirect } =
                headers;
            let encoding = if *gzip { "; gzip" } else { "" };
            let cache = cache_control.as_ref().map_or_else(String::new, |value| format!("  {value}"));
            let leads = redirect.as_ref().map_or_else(String::new, |target| format!("  → {target}"));
            format!("  {}  {content_type}{encoding}{cache}{leads}", bytes(step.size))
        });
        format!("{sign} {}{served}\n", step.key)
    };
    changes.steps.iter().map(line).collect()
}

/// The summary line: objects and requests.
fn closing(to: &str, done: &Done, dry_run: bool) -> String {
    let Done { changes, traffic, release } = done;
    let mut parts = counts(changes);
    let rest = [
        (changes.unchanged, "unchanged"),
        (changes.retired, "kept for pages that are still open"),
        (changes.replaced, "not Dateline's replaced"),
        (changes.foreign, "not Dateline's left alone"),
    ];
    parts.extend(rest.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    let begin = if dry_run { "would deploy to" } else { "deployed to" };
    let sent = match (traffic, release) {
        (_, _) if dry_run => format!("; {} to send", bytes(changes.bytes())),
        (Some(Traffic { requests, bytes: sent }), _) => {
            format!(
                "; {}, {} sent",
                plural(usize::try_from(*requests).unwrap_or(usize::MAX), "request", "requests"),
                bytes(*sent)
            )
        }
        (None, Some(release)) => format!("; release `{release}`"),
        (None, None) => String::new(),
    };
    format!("{begin} `{to}`: {}{sent}", parts.join(", "))
}

/// Counts of changes: `3 added`, `17 changed`.
fn counts(changes: &Changes) -> Vec<String> {
    let counts =
        [(ObjectChange::Added, "added"), (ObjectChange::Changed, "changed"), (ObjectChange::Removed, "removed")];
    let counts = counts.map(|(change, word)| (changes.count(change), word)).into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    if parts.is_empty() { vec!["nothing changed".to_owned()] } else { parts }
}

/// A size in decimal units, as providers bill: `812.4 kB`.
fn bytes(count: u64) -> String {
    let tenths = |unit: u64, name: &str| format!("{}.{} {name}", count / unit, count % unit / (unit / 10));
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => tenths(1_000, "kB"),
        1_000_000..1_000_000_000 => tenths(1_000_000, "MB"),
        _ => tenths(1_000_000_000, "GB"),
    }
}

fn roll_back(request: &Request, target: Option<&str>, printer: &Printer) -> Exit {
    let (done, report) = deploy::rollback(request, target);
    printer.report(&report, problems::CHECK);
    if let Some(RolledBack { from, to }) = done {
        printer.closing(&format!("release `{to}` is live again, instead of `{from}`"));
    }
    outcome::of(&report)
}
