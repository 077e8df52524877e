//! `dateline announce`.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::announce::{self, Changed, Told};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
use crate::pipeline;
use crate::site::Scope;

/// Notify a feed hub or search engines of changes, after a deployment
///
/// Nobody is notified unless you run this command.
#[derive(clap::Args)]
pub(in super::super) struct AnnounceArgs {
    /// Who to notify
    whom: Whom,
    /// The list of changes, as written by `deploy --changes FILE` or `build --changes FILE`; `-` is standard input
    #[arg(long, value_name = "FILE")]
    changes: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Whom {
    /// The `WebSub` hub set by `feeds: {hub: …}`, for each feed
    Websub,
    /// Search engines that take part in `IndexNow`, for each page; needs `indexnow: {key: …}`
    Indexnow,
}

pub(super) fn run(args: AnnounceArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let AnnounceArgs { whom, changes } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, AsOf { now: None }, Scope::default())?;
    let (config, report) = pipeline::configure(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, "");
    let Some(config) = config else { return Ok(outcome::of(&report)) };
    let changed = if changes == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        Changed::parse(&text, "-")?
    } else {
        Changed::read(&changes)?
    };
    let missing = |key: &str, help: &str| {
        Diagnostic::error(codes::USAGE, format!("the configuration has no `{key}`")).help(help.to_owned())
    };
    let progress = printer.progress("announcing…");
    let (told, report) = match whom {
        Whom::Websub => {
            let hub = config.feeds.hub.as_ref();
            let hub = hub.ok_or_else(|| missing("hub", "write `feeds: {hub: https://…}` into it, and deploy"))?;
            announce::websub(hub, &changed)?
        }
        Whom::Indexnow => {
            let settings = config.indexnow.as_ref();
            let settings =
                settings.ok_or_else(|| missing("indexnow", "write `indexnow: {key: …}` into it, and deploy"))?;
            announce::indexnow(&config.base_url, settings, &changed)?
        }
    };
    drop(progress);
    printer.report(&report, "");
    let lines: String = told.iter().map(|Told { what, answer }| format!("{what}  {answer}\n")).collect();
    print::result(&lines)?;
    if told.is_empty() && report.is_empty() {
        printer.closing("none of the changes is to be announced");
    }
    Ok(outcome::of(&report))
}
