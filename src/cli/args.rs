//! Options that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::site::Scope;

const HEADING: &str = "Options of every command";

/// Options that are valid before or after the command.
#[derive(clap::Args, Clone, Debug, Default)]
pub(super) struct Globals {
    /// The site's folder [default: the nearest one with a `dateline.yaml`, from the current folder upwards]
    #[arg(long, value_name = "DIR", global = true, help_heading = HEADING)]
    pub(super) root: Option<PathBuf>,
    /// The configuration file [default: `dateline.yaml` or `dateline.yml` in the site's folder]
    #[arg(long, value_name = "FILE", global = true, help_heading = HEADING)]
    pub(super) config: Option<PathBuf>,
    /// The language whose edition is meant, where it has a host of its own [default: the main host]
    #[arg(long, value_name = "TAG", global = true, help_heading = HEADING)]
    pub(super) language: Option<String>,
    /// Format of problems: for people, one JSON object per line, or GitHub annotations
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human", help_heading = HEADING)]
    pub(super) message_format: MessageFormat,
    /// Print only errors and warnings
    #[arg(short, long, global = true, help_heading = HEADING)]
    pub(super) quiet: bool,
    /// Print more: what changed, and how long it took
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = HEADING)]
    pub(super) verbose: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", help_heading = HEADING)]
    pub(super) color: Color,
}

/// Format of problems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    #[default]
    Human,
    Json,
    Github,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// The instant as of which a command works.
#[derive(clap::Args, Debug)]
pub(super) struct AsOf {
    /// Publish as of this instant, such as `2023-10-19T06:00+08:00`; in the site's time zone unless it has an offset
    /// [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(super) now: Option<String>,
}

/// The stories that a preview includes.
#[derive(clap::Args, Debug)]
pub(super) struct Preview {
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Include embargoed and future-dated stories
    #[arg(long)]
    future: bool,
}

impl Preview {
    pub(super) fn scope(&self) -> Scope {
        Scope { drafts: self.drafts, future: self.future }
    }
}
