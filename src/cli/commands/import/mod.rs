//! `dateline import`.

mod moving;
mod wire;

use clap::Subcommand;

use crate::cli::args::Globals;
use crate::cli::outcome::Outcome;
use crate::cli::output::print::Printer;
use crate::import::moving::Program;

/// Import wire copy, or a site of another generator
#[derive(clap::Args)]
pub(in super::super) struct ImportArgs {
    #[command(subcommand)]
    from: From,
}

#[derive(Subcommand)]
enum From {
    /// Turn raw wire copy into drafts: `content/articles/YYYY/MM/SLUG.md`
    ///
    /// Dateline, by-line, credits, cross-heads, key points and embargo are recognised; everything else stays in the
    /// text. Each conclusion is printed with the words it rests on. Nothing is overwritten, and copy that was already
    /// imported is skipped.
    Wire(wire::WireArgs),
    /// Migrate a Hugo site: stories, pages, pictures and addresses
    Hugo(moving::MovingArgs),
    /// Migrate a Jekyll site: posts, drafts, collections, pages, pictures and addresses
    Jekyll(moving::MovingArgs),
    /// Migrate a Zola site: pages, sections with text, pictures and addresses
    Zola(moving::MovingArgs),
}

pub(super) fn run(args: ImportArgs, globals: &Globals, printer: &Printer) -> Outcome {
    match args.from {
        From::Wire(args) => wire::run(args, globals, printer),
        From::Hugo(args) => moving::run(Program::Hugo, args, globals, printer),
        From::Jekyll(args) => moving::run(Program::Jekyll, args, globals, printer),
        From::Zola(args) => moving::run(Program::Zola, args, globals, printer),
    }
}
