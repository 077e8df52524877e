//! `dateline lock`.

use crate::base::text::plural;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::Printer;
use crate::cli::output::problems;
use crate::cli::world;
use crate::pipeline;
use crate::site::Scope;
use crate::site::urls_lock;

/// Record every published address, so that none is lost by accident
///
/// The list is `urls.lock` beside `dateline.yaml`, or `urls.ar.lock` with `--language ar`; commit it. When it exists, a build
/// fails if an address in it is no longer answered by a page, an alias, or an entry of `gone:`.
#[derive(clap::Args)]
pub(in super::super) struct LockArgs {
    #[command(flatten)]
    as_of: AsOf,
}

pub(super) fn run(args: LockArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let LockArgs { as_of } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let (locked, report) = pipeline::lock(&request);
    printer.report(&report, problems::CHECK);
    if let Some(pipeline::Locked { all, new }) = locked {
        let name = urls_lock::name(request.language.as_deref());
        printer.closing(&format!("`{name}` lists {}, {new} new", plural(all, "address", "addresses")));
    }
    Ok(outcome::of(&report))
}
