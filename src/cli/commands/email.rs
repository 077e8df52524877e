//! `dateline email`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::build;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place};
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::pipeline::{self, Prepared, Request};
use crate::plan::EmailForm;
use crate::plan::email::{self, Missing};
use crate::render::Rendered;

/// Write an edition as an e-mail that is ready to send
#[derive(clap::Args)]
pub(in super::super) struct EmailArgs {
    /// The edition: its date, number, name or route, or `latest`
    edition: String,
    /// The file to write; `-` is standard output [default: `-`]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the e-mail
    #[arg(long, default_value = "eml")]
    format: Format,
    /// Use another address than the configuration's `base_url`, such as that of a preview
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A complete message with text and HTML
    Eml,
    /// Only the HTML
    Html,
    /// Only the plain text
    Text,
}

pub(super) fn run(args: EmailArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let EmailArgs { edition, output, format, base_url, as_of, preview } = args;
    let place = world::place(globals)?;
    let request = Request { base_url, ..world::request(&place, as_of, preview.scope())? };
    build::try_write(output.as_deref())?;
    let (prepared, report) = pipeline::prepare(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, problems::CHECK);
    let exit = outcome::of(&report);
    let Some(prepared) = prepared.filter(|_| exit == Exit::Success) else { return Ok(exit) };
    let form = match format {
        Format::Eml => EmailForm::Message,
        Format::Html => EmailForm::Html,
        Format::Text => EmailForm::Text,
    };
    if prepared.site().config.email.is_none() {
        let problem = Diagnostic::error(codes::MISSING_KEY, "e-mail editions need the setting `email`");
        return Err(problem
            .at(prepared.site().config.place(&["email"]))
            .help("add `email: {from: desk@example.org}`")
            .into());
    }
    let (context, id) = match email::find(&prepared.context, &edition) {
        Ok(found) => found,
        Err(missing) => {
            let exit = if matches!(missing, Missing::Withheld(_)) { Exit::Problems } else { Exit::Usage };
            printer.problem(&explain(&missing, &edition, &prepared));
            return Ok(exit);
        }
    };
    let route = email::route(context.site.edition(id), form);
    let made = prepared.plan.find_private(route.as_str()).map(|output| pipeline::make(&prepared, output));
    let bytes = match made.transpose().map_err(|problem| *problem)?.map(|outcome| outcome.rendered) {
        Some(Rendered::Bytes(bytes)) => bytes,
        _ => Vec::new(),
    };
    match output {
        Some(file) if file != Path::new("-") => disk::write(&file, &bytes)?,
        _ => print::result(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(exit)
}

/// Explains why there is no such edition, and lists those that exist.
fn explain(missing: &Missing<'_>, edition: &str, prepared: &Prepared) -> Diagnostic {
    let unknown = || Diagnostic::error(codes::USAGE, format!("no edition of this site is called `{edition}`"));
    match missing {
        Missing::Empty => unknown().help("there is no edition yet: start one with `dateline new briefing`"),
        Missing::Unknown(near) => {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            unknown().help(format!("the nearest are {}; `latest` is the newest", near.join(", ")))
        }
        Missing::Withheld(held) => {
            let zone = &prepared.site().config.zone;
            let until = held.until.map_or_else(String::new, |until| format!(" until {}", until.plain(zone)));
            let message = format!("`{}` is withheld: {}{until}", held.title, held.reason.word());
            let problem = Diagnostic::error(codes::DENIED, message).at(Place::file(&held.path));
            problem.help("to see it all the same, add `--drafts` or `--future`; readers must not get it yet")
        }
    }
}
