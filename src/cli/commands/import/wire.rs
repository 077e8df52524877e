//! `dateline import wire`.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::actions;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::base::text::{did_you_mean, slugify};
use crate::cli::args::{AsOf, Globals};
use crate::cli::outcome::{self, Outcome, Stop};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
use crate::import::wire::{Dry, WireOptions};
use crate::site::Scope;

#[derive(clap::Args)]
pub(super) struct WireArgs {
    /// The copy, one story or several; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The headline [default: that of the copy, or one made from the first sentence and marked `TK`]
    #[arg(long, value_parser = line)]
    title: Option<String>,
    /// The last segment of the address [default: made from the headline]
    #[arg(long, value_parser = slug)]
    slug: Option<String>,
    /// The year for datelines without one [default: the latest that fits]
    #[arg(long, value_parser = clap::value_parser!(i16).range(1000..=9999))]
    year: Option<i16>,
    /// The topics, instead of those that the text names
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    topics: Option<Vec<String>>,
    /// The folder to write to [default: by year and month in the site's content]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print the articles and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    as_of: AsOf,
}

pub(super) fn run(args: WireArgs, globals: &Globals, printer: &Printer) -> Outcome {
    let WireArgs { file, title, slug, year, topics, output, dry_run, as_of } = args;
    let place = world::place(globals)?;
    let (name, bytes) = copy(&file)?;
    let request = world::request(&place, as_of, Scope::default())?;
    let options = WireOptions { title, slug, year, topics: topics.map(trimmed) };
    let dry = if dry_run { Dry::Run } else { Dry::Not };
    let taken = actions::take_in(&request, (&name, &bytes), options, output.as_deref(), dry);
    taken.notes().iter().for_each(|note| printer.problem(note));
    printer.report(&taken.report, "");
    if dry_run {
        let texts: Vec<&str> = taken.articles.iter().map(|article| article.text.as_str()).collect();
        print::result(&texts.join("\n"))?;
    } else {
        print::result(&taken.fresh().map(|path| format!("{}\n", path.display())).collect::<String>())?;
    }
    if let Some(closing) = taken.closing(dry) {
        printer.closing(&closing);
    }
    if dry_run {
        taken.fresh().for_each(|path| printer.detail(&format!("would write `{}`", path.display())));
    }
    Ok(outcome::of(&taken.report))
}

/// The bytes of the copy, and its name for messages.
fn copy(file: &Path) -> Result<(String, Vec<u8>), Stop> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Diagnostic::error(codes::IO, format!("the standard input cannot be read: {error}")))?;
        return Ok(("-".to_owned(), bytes));
    }
    Ok((file.display().to_string(), disk::read(file)?))
}

/// Names without surrounding white space.
fn trimmed(names: Vec<String>) -> Vec<String> {
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn line(text: &str) -> Result<String, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { Err("a title must not be empty".to_owned()) } else { Ok(words.join(" ")) }
}

fn slug(text: &str) -> Result<String, String> {
    let fixed = slugify(text);
    if !fixed.is_empty() && fixed == text {
        return Ok(fixed);
    }
    Err(format!(
        "a slug is made of `a` to `z`, `0` to `9` and `-`{}",
        if fixed.is_empty() { String::new() } else { format!("; {}", did_you_mean(fixed)) }
    ))
}
