//! `dateline clean`.

use std::path::PathBuf;

use crate::base::disk::{self, FileKind};
use crate::base::text::plural;
use crate::cli::args::Globals;
use crate::cli::outcome::{Exit, Outcome};
use crate::cli::output::print::Printer;
use crate::cli::world;
use crate::publish::{self, Cleaned};

/// Remove everything that Dateline wrote, and nothing else
#[derive(clap::Args)]
pub(in super::super) struct CleanArgs {
    /// The output folder [default: `public` in the site's folder, or `public-ar` with `--language ar`]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: CleanArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let place = world::place(globals)?;
    let output = args.output.unwrap_or_else(|| place.output());
    let mut did = Vec::new();
    let there = disk::stat(&output)? != FileKind::Missing;
    let Cleaned { removed, foreign } = publish::clean(&output, "dateline clean")?;
    if there {
        did.push(format!("removed {} from `{}`", plural(removed, "file", "files"), output.display()));
    }
    let cache = place.below(publish::OWN);
    if disk::stat(&cache)? != FileKind::Missing {
        disk::remove_dir_all(&cache)?;
        did.push(format!("removed `{}`", cache.display()));
    }
    for path in &foreign {
        printer.detail(&format!("= {path}"));
    }
    if !foreign.is_empty() {
        let stay = if foreign.len() == 1 { "stays" } else { "stay" };
        did.push(format!("{} that Dateline did not write {stay}", plural(foreign.len(), "file", "files")));
    }
    printer.closing(&if did.is_empty() { "there is nothing to remove".to_owned() } else { did.join("; ") });
    Ok(Exit::Success)
}
