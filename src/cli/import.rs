//! `dateline import`.

mod moving;
mod wire;

use clap::Subcommand;

use super::args::Globals;
use super::outcome::Outcome;
use super::print::Printer;
use crate::import::moving::Program;

/// Bring in what was written elsewhere
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Subcommand)]
enum From {
    /// Drafts of articles from raw wire copy: `content/articles/YYYY/MM/SLUG.md`
    ///
    /// Dateline, by-line, credits, cross-heads, key points and embargo are taken out of the copy; what is not understood
    /// stays in the text. Each conclusion is said with the words that it rests on. Nothing is overwritten, and copy that
    /// was imported already is left alone.
    Wire(wire::Args),
    /// Move a site of Hugo over: its stories, pages, pictures and addresses
    Hugo(moving::Args),
    /// Move a site of Jekyll over: its posts, drafts, collections, pages, pictures and addresses
    Jekyll(moving::Args),
    /// Move a site of Zola over: its pages, sections with a text, pictures and addresses
    Zola(moving::Args),
}

pub(super) fn run(args: Args, globals: &Globals, printer: &Printer) -> Outcome {
    match args.from {
        From::Wire(args) => wire::run(args, globals, printer),
        From::Hugo(args) => moving::run(Program::Hugo, args, globals, printer),
        From::Jekyll(args) => moving::run(Program::Jekyll, args, globals, printer),
        From::Zola(args) => moving::run(Program::Zola, args, globals, printer),
    }
}
