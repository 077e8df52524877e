//! `dateline topics`.

mod suggest;

use clap::Subcommand;

use crate::base::text::plural;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::merge::{self, FileEdit, SourceEdit};
use crate::pipeline;
use crate::site::Scope;

/// Merge topics, or find those that may need it
#[derive(clap::Args)]
pub(in super::super) struct TopicsArgs {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make one topic part of another, in all content files
    ///
    /// Every spelling of FROM in front matter and in headings of items becomes INTO; nothing else in a file changes.
    /// The names of FROM become aliases in the file of INTO.
    Merge(Merge),
    Suggest(suggest::SuggestArgs),
}

#[derive(clap::Args)]
struct Merge {
    /// The topic to remove, by any of its names
    #[arg(value_parser = name)]
    from: String,
    /// The topic to keep
    #[arg(value_parser = name)]
    into: String,
    /// Print what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: TopicsArgs, globals: &Globals, printer: &Printer) -> Outcome {
    match args.task {
        Task::Merge(args) => merge(args, globals, printer),
        Task::Suggest(args) => suggest::run(args, globals, printer),
    }
}

fn merge(args: Merge, globals: &Globals, printer: &Printer) -> Outcome {
    let Merge { from, into, dry_run } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, AsOf { now: None }, Scope::default())?;
    let (config, mut report) = pipeline::configure(&request);
    let Some(config) = config else {
        printer.report(&report, problems::CHECK);
        return Ok(outcome::of(&report));
    };
    let merging = report.take(merge::plan(&place.root, &config, &from, &into));
    let changes = merging.as_ref().map_or(&[][..], |merging| &merging.changes);
    let done = match &merging {
        Some(merging) if !dry_run => report.take(merge::write(merging)),
        _ => changes.len(),
    };
    print::result(&changes[..done].iter().map(line).collect::<String>())?;
    let report = pipeline::finish(report, &place.root);
    printer.report(&report, problems::CHECK);
    if let Some(merging) = &merging {
        let files = plural(done, "file", "files");
        let done = if dry_run { "would be changed (dry run)" } else { "changed" };
        printer.closing(&format!("`{}` into `{}`: {files} {done}", merging.from, merging.into));
    }
    Ok(outcome::of(&report))
}

fn line(change: &SourceEdit) -> String {
    match &change.edit {
        FileEdit::Edit { keys, .. } => format!("edit    {}: {}\n", change.path, keys.join(", ")),
        FileEdit::Make { .. } => format!("make    {}\n", change.path),
        FileEdit::Remove => format!("remove  {}\n", change.path),
    }
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.contains(char::is_control) {
        return Err("a topic has a name of one line".to_owned());
    }
    Ok(name.to_owned())
}
