//! `dateline new`.

use clap::Subcommand;

use crate::base::codes;
use crate::base::date::{FORMS, Moment, Zone};
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome, Stop};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
use crate::pipeline::{self, Request};
use crate::scaffold::{self, NewFile, new};
use crate::site::Scope;

/// Create a story, edition, topic, person or page, and print the path of its file
#[derive(clap::Args)]
pub(in super::super) struct NewArgs {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Draft of an article: `content/articles/YYYY/MM/SLUG.md`
    Article(Dated),
    /// Draft of an edition with the next number: `content/briefings/YYYY-MM-DD.md`, or a second one of the day with its title behind
    Briefing(Dated),
    /// Topic: `content/topics/SLUG.md`
    Topic {
        /// The topic's name, as readers see it
        #[arg(value_parser = title)]
        title: String,
    },
    /// Person with a page of by-lines: `content/people/SLUG.md`
    Person {
        /// The name, as by-lines have it
        #[arg(value_parser = title)]
        name: String,
    },
    /// Draft of a standing page, such as "About us": `content/pages/SLUG.md`
    Page {
        /// The page's title
        #[arg(value_parser = title)]
        title: String,
    },
}

#[derive(clap::Args)]
struct Dated {
    /// The headline
    #[arg(value_parser = title)]
    title: String,
    /// Publication date; in the site's time zone unless it has an offset [default: now]
    #[arg(long, value_name = "TIME")]
    date: Option<String>,
}

pub(super) fn run(args: NewArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let place = world::place(globals)?;
    let everything = Scope { drafts: true, future: true };
    let request = world::request(&place, AsOf { now: None }, everything)?;
    let (config, report) = pipeline::configure(&request);
    let Some(config) = config else {
        printer.report(&report, "");
        return Ok(outcome::of(&report));
    };
    let way_out = match &args.kind {
        Kind::Briefing(_) => "edit that edition, or give the new one another title or day (`--date`)",
        Kind::Person { .. } => "edit that file, or give the new one another name",
        Kind::Article(_) | Kind::Topic { .. } | Kind::Page { .. } => {
            "edit that file, or give the new one another title"
        }
    };
    let file = file(args.kind, &request, &config.zone)?;
    let report = scaffold::create(&place.root, std::slice::from_ref(&file), way_out);
    printer.report(&report, "");
    if !report.has_errors() {
        print::result(&format!("{}\n", place.below(&file.path).display()))?;
    }
    Ok(outcome::of(&report))
}

fn file(kind: Kind, request: &Request, zone: &Zone) -> Result<NewFile, Stop> {
    let at = |date: Option<String>| match date {
        Some(text) => Moment::parse(&text, zone)
            .map_err(|error| Diagnostic::error(codes::BAD_DATE, format!("{error} (`--date`)")).help(FORMS).of_usage()),
        None => Ok(Moment::at(world::clock()?)),
    };
    Ok(match kind {
        Kind::Article(Dated { title, date }) => new::article(&title, at(date)?, zone),
        Kind::Briefing(Dated { title, date }) => {
            let date = at(date)?;
            // Problems of other files do not matter here.
            let number = pipeline::assemble(request).0.and_then(|site| new::next_number(&site, date));
            let is_taken =
                |path: &str| disk::stat(&disk::join(&request.root, path)).is_ok_and(|kind| kind != FileKind::Missing);
            new::briefing(&title, date, zone, number, is_taken)
        }
        Kind::Topic { title } => new::topic(&title),
        Kind::Person { name } => new::person(&name),
        Kind::Page { title } => new::page(&title),
    })
}

fn title(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("a title must not be empty".to_owned()) } else { Ok(text.to_owned()) }
}
