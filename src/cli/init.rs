//! `dateline init`.

use std::path::{Path, PathBuf};

use super::args::Globals;
use super::outcome::{self, Exit, Outcome};
use super::print::{self, Printer};
use super::world;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::scaffold;

const ELSEWHERE: &str = "name another folder: `dateline init DIR`";

/// Make a new site that builds: a configuration and a few short stories that explain themselves
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder of the new site; it is made when it is not there [default: the current folder]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Copy the built-in templates and static files too, to change them. Without a copy, a site follows the theme as it
    /// improves
    #[arg(long)]
    templates: bool,
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    let Args { folder, templates } = args;
    let root = folder.or_else(|| globals.root.clone()).unwrap_or_else(|| PathBuf::from("."));
    if let Some(name) = world::CONFIGS.into_iter().find(|name| disk::exists(&root.join(name))) {
        let message = format!("`{}` is there already: this folder is a site", world::below(&root, name).display());
        return Err(Diagnostic::error(codes::EXISTS, message).help(ELSEWHERE).into());
    }
    let files = scaffold::init::site(Moment::at(world::clock()?), &world::machine_zone(), templates);
    let report = scaffold::create(&root, &files, ELSEWHERE);
    printer.report(&report);
    if report.has_errors() {
        printer.closing("nothing was made");
        return Ok(outcome::of(&report, ""));
    }
    let paths: Vec<String> = files.iter().map(|file| world::below(&root, &file.path).display().to_string()).collect();
    print::result(&format!("{}\n", paths.join("\n")))?;
    let there = if root == Path::new(".") { String::new() } else { format!(" in `{}`", root.display()) };
    printer.closing(&format!("next: set `title` and `base_url` in `{}`, then run `dateline build`{there}", paths[0]));
    Ok(Exit::Success)
}
