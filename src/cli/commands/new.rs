//! `dateline new`.

use clap::Subcommand;

use crate::actions::{self, NewKind};
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
use crate::site::Scope;

/// Create a story, entry, edition, topic, person or page, and print the path of its file
#[derive(clap::Args)]
pub(in super::super) struct NewArgs {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Draft of an article: `content/articles/YYYY/MM/SLUG.md`
    Article(Dated),
    /// Draft of an entry of live coverage: `entries/YYYY-MM-DD-HHMM-SLUG.md` in the folder of its story
    Entry {
        /// The story: its slug, or its path
        story: String,
        #[command(flatten)]
        dated: Dated,
    },
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
    let request = world::request(&place, AsOf { now: None }, Scope::default())?;
    let (kind, title) = match args.kind {
        Kind::Article(Dated { title, date }) => (NewKind::Article(date), title),
        Kind::Entry { story, dated: Dated { title, date } } => (NewKind::Entry { story, date }, title),
        Kind::Briefing(Dated { title, date }) => (NewKind::Briefing(date), title),
        Kind::Topic { title } => (NewKind::Topic, title),
        Kind::Person { name } => (NewKind::Person, name),
        Kind::Page { title } => (NewKind::Page, title),
    };
    let done = actions::new(&request, kind, &title, world::clock()?).map_err(|problem| *problem)?;
    printer.report(&done.report, "");
    for file in &done.files {
        print::result(&format!("{}\n", place.below(file).display()))?;
    }
    Ok(outcome::of(&done.report))
}

fn title(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("a title must not be empty".to_owned()) } else { Ok(text.to_owned()) }
}
