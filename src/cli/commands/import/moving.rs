//! `dateline import hugo`, `jekyll` and `zola`.

use std::path::{Path, PathBuf};

use crate::base::report::print::escape_controls;
use crate::base::text::plural;
use crate::cli::args::{AsOf, Globals, MessageFormat};
use crate::cli::outcome::{self, Outcome, Stop};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
use crate::config::Config;
use crate::import::moving::{self, Counts, Moving, Program};
use crate::pipeline;
use crate::site::Scope;

#[derive(clap::Args)]
pub(super) struct MovingArgs {
    /// The folder of the site to migrate: the one with its configuration
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The site to migrate to, created when it has no configuration [default: the surrounding site, or else
    /// DIR-dateline]
    #[arg(short, long, value_name = "SITE")]
    output: Option<PathBuf>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(program: Program, args: MovingArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let MovingArgs { folder, output, dry_run } = args;
    let place = match &output {
        Some(root) => world::place(&Globals { root: Some(root.clone()), ..globals.clone() }).ok(),
        None => world::place(globals).ok(),
    };
    let root = match (&place, output) {
        (Some(place), _) => place.root.clone(),
        (None, Some(output)) => output,
        (None, None) => beside(&folder),
    };
    let existing = match place {
        Some(place) => match configured(&place)? {
            Ok(config) => Some(config),
            Err(report) => {
                printer.report(&report, "");
                return Ok(outcome::of(&report));
            }
        },
        None => None,
    };
    let (moving, mut report) = {
        let _progress = printer.progress("Reading the site …");
        moving::plan(program, &folder, &root, existing.as_ref())
    };
    let Some(moving) = moving else {
        printer.report(&report, "");
        return Ok(outcome::of(&report));
    };
    let made = if dry_run { 0 } else { report.take(moving::write(&moving.files, &root)) };
    printer.report(&report, "");
    let json = globals.message_format == MessageFormat::Json;
    print::result(&if json { machine(&moving) } else { summary(&moving.counts) })?;
    for file in &moving.files {
        printer.detail(&format!("make  {}", file.path));
    }
    let there = if moving.present > 0 { format!(", {} there already", moving.present) } else { String::new() };
    let closing = if dry_run {
        format!(
            "{} would be made in `{}`{there} (dry run)",
            plural(moving.files.len(), "file", "files"),
            root.display()
        )
    } else {
        format!("{} made in `{}`{there}", plural(made, "file", "files"), root.display())
    };
    printer.closing(&closing);
    if made > 0 {
        printer.closing(&format!("next: `dateline check --root {}`", root.display()));
    }
    Ok(outcome::of(&report))
}

fn configured(place: &world::SiteLocation) -> Result<Result<Config, crate::base::report::Report>, Stop> {
    let request = world::request(place, AsOf { now: None }, Scope::default())?;
    let (config, report) = pipeline::configure(&request);
    Ok(config.ok_or(report))
}

/// The default folder of a new site, in the current folder.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned());
    PathBuf::from(format!("{name}-dateline"))
}

fn machine(moving: &Moving) -> String {
    let Moving { files, present, counts, permalink } = moving;
    let value = serde_json::json!({
        "counts": counts,
        "permalink": permalink,
        "present": present,
        "files": files.iter().map(|file| &file.path).collect::<Vec<_>>(),
    });
    format!("{value}\n")
}

fn summary(counts: &Counts) -> String {
    let keys = |map: &std::collections::BTreeMap<String, usize>| {
        let mut all: Vec<(&String, &usize)> = map.iter().collect();
        all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
        let shown: Vec<String> = all.iter().take(8).map(|(name, count)| format!("{name} ({count})")).collect();
        let dots = if all.len() > shown.len() { ", …" } else { "" };
        format!("{}{dots}", shown.join(", "))
    };
    let row = |name: &str, count: usize, what: String| format!("{name:<15} {count:>6}  {}\n", escape_controls(&what));
    let rows = [
        row("articles", counts.articles, "content/articles".to_owned()),
        row("pages", counts.pages, "content/pages".to_owned()),
        row("other files", counts.files, "beside their stories, or in static".to_owned()),
        row("addresses kept", counts.addresses_kept, "of articles and pages".to_owned()),
        row("aliases", counts.aliases, "former addresses that lead to the new ones".to_owned()),
        row("links", counts.links, "that lead to files of the new site now".to_owned()),
        row("calls resolved", counts.calls, "of shortcodes and templates".to_owned()),
        row("keys mapped", counts.mapped.values().sum(), keys(&counts.mapped)),
        row("keys kept", counts.kept.values().sum(), format!("under extra: {}", keys(&counts.kept))),
        row("guessed", counts.guessed, "titles, dates and settings to look at".to_owned()),
        row("left as text", counts.left, "calls of shortcodes and templates".to_owned()),
        row("left behind", counts.dropped, "files that have no place here".to_owned()),
    ];
    rows.concat()
}
