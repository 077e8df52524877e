//! `dateline schema`.

use clap::ValueEnum;

use crate::cli::outcome::{Exit, Outcome};
use crate::cli::output::print;
use crate::content::schema;

/// Print JSON Schemas of front matter, configuration and words, for editors
#[derive(clap::Args)]
pub(in crate::cli) struct SchemaArgs {
    /// Print only this schema [default: an object with all of them]
    kind: Option<Kind>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Article,
    /// Of live coverage, in a file of its own
    Entry,
    Briefing,
    Topic,
    Person,
    Page,
    /// `dateline.yaml`
    Config,
    /// `i18n/LANGUAGE.yaml`, with the English words
    Words,
}

pub(in crate::cli::commands) fn run(args: SchemaArgs) -> Outcome {
    let all = schema::schema();
    let name = args.kind.and_then(|kind| kind.to_possible_value());
    let wanted = name.as_ref().map_or(&all, |name| &all[name.get_name()]);
    print::result(&format!("{wanted:#}\n"))?;
    Ok(Exit::Success)
}
