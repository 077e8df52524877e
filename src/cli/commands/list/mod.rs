//! `dateline list`.

mod rows;

use clap::ValueEnum;

use crate::base::date::Moment;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::output::problems;
use crate::cli::output::table::TableFormat;
use crate::cli::world;
use crate::pipeline;
use crate::site::{Scope, WithheldReason};

/// List stories, editions or topics
#[derive(clap::Args)]
pub(in super::super) struct ListArgs {
    /// What to list
    #[arg(value_name = "WHAT")]
    what: What,
    /// Output format
    #[arg(long, default_value = "table")]
    format: TableFormat,
    #[command(flatten)]
    as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Public articles, newest first
    Articles,
    /// Editions, newest first
    Briefings,
    /// Topics by title, with their number of stories
    Topics,
    /// Files with `draft: true`
    Drafts,
    /// Stories that wait for their date or the end of an embargo, the next one first
    Scheduled,
    /// Everything that readers do not see, with the reason
    Withheld,
}

pub(super) fn run(args: ListArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let ListArgs { what, format, as_of } = args;
    let place = world::place(globals)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let (sites, report) = pipeline::assemble_all(&request);
    let report = pipeline::finish(report.only_errors(), &request.root);
    printer.report(&report, problems::CHECK);
    if let Some(main) = sites.first() {
        let when: rows::When = if format == TableFormat::Table { Moment::short } else { Moment::iso };
        let table = match what {
            What::Articles => rows::articles(&sites, when),
            What::Briefings => rows::briefings(&sites, when),
            What::Topics => rows::topics(&sites, when),
            What::Drafts => rows::withheld(main, when, |held| held.reason == WithheldReason::Draft),
            What::Scheduled => rows::withheld(main, when, |held| held.until.is_some()),
            What::Withheld => rows::withheld(main, when, |_| true),
        };
        if table.rows.is_empty() {
            printer.closing(&format!("no {}", if what == What::Withheld { "withheld stories" } else { what.word() }));
        }
        print::result(&table.text(format))?;
    }
    Ok(outcome::of(&report))
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Briefings => "briefings",
            Self::Topics => "topics",
            Self::Drafts => "drafts",
            Self::Scheduled => "scheduled stories",
            Self::Withheld => "withheld",
        }
    }
}
