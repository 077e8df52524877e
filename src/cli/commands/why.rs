//! `dateline why`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::base::codes;
use crate::base::digest::differences::Change;
use crate::base::report::Diagnostic;
use crate::base::text::did_you_mean;
use crate::cli::args::{AsOf, Globals, Preview};
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::world;
use crate::pipeline;
use crate::why::{self, Explanation};

/// Explain what an output is made from, and why it was or will be rendered
#[derive(clap::Args)]
pub(in super::super) struct WhyArgs {
    /// The output's route, such as `/topics/icc/`, or its URL
    route: String,
    /// The output folder of the build [default: `public` in the site's folder, or `public-ar` with `--language ar`]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    preview: Preview,
}

/// Most changed inputs that are shown as text.
const SHOWN: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object
    Json,
}

pub(super) fn run(args: WhyArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let WhyArgs { route, output, format, as_of, preview } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, preview.scope())?;
    let folder = output.unwrap_or_else(|| place.output());
    let (prepared, report) = pipeline::prepare(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, problems::CHECK);
    let Some(prepared) = prepared else { return Ok(outcome::of(&report)) };
    match why::explain(&prepared.context, &prepared.plan, &prepared.templates, &folder, &route) {
        Ok(explanation) => {
            print::result(&match format {
                Format::Text => text(&explanation),
                Format::Json => format!("{:#}\n", serde_json::to_value(&explanation).unwrap_or_default()),
            })?;
            Ok(outcome::of(&report))
        }
        Err(near) => {
            let problem = Diagnostic::error(codes::USAGE, format!("no output of this site is at `{route}`"));
            printer.problem(&match near {
                Some(near) => problem.help(did_you_mean(near)),
                None => problem.help("give the path of a page, such as `/topics/`"),
            });
            Ok(Exit::Usage)
        }
    }
}

fn text(explanation: &Explanation) -> String {
    let Explanation { route, family, source, templates, questions, made, made_by, stale, stale_by } = explanation;
    let mut lines = vec![format!("{route}: {family}")];
    lines.extend(source.iter().map(|source| format!("  source     {source}")));
    lines.extend(templates.iter().map(|template| format!("  template   {template}")));
    lines.extend(questions.iter().map(|question| format!("  asked      {question}")));
    lines.push(format!("  made       {}", made.map_or("never", |reason| reason)));
    lines.extend(causes(made_by));
    lines.push(format!(
        "  now        {}",
        stale.map_or_else(|| "up to date".to_owned(), |reason| format!("to be made: {reason}"))
    ));
    lines.extend(causes(stale_by));
    lines.join("\n") + "\n"
}

/// The changed inputs, one per line.
fn causes(changes: &[Change]) -> impl Iterator<Item = String> {
    let more = changes.len().checked_sub(SHOWN + 1).map(|more| format!("             and {} more", more + 1));
    changes.iter().take(SHOWN).map(|change| format!("             {change}")).chain(more)
}
