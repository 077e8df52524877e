//! Options that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::site::Scope;

const HEADING: &str = "Options of every command";

/// Options that stand before or after the command.
#[derive(clap::Args, Clone, Debug, Default)]
pub(super) struct Globals {
    /// The site's folder [default: where `dateline.yaml` is, here or in a folder above]
    #[arg(long, value_name = "DIR", global = true, help_heading = HEADING)]
    pub(super) root: Option<PathBuf>,
    /// The configuration [default: `dateline.yaml` or `dateline.yml` in the site's folder]
    #[arg(long, value_name = "FILE", global = true, help_heading = HEADING)]
    pub(super) config: Option<PathBuf>,
    /// How problems are written: for people, as one JSON object a line, or as GitHub's annotations
    #[arg(long, value_name = "FORMAT", global = true, default_value = "human", help_heading = HEADING)]
    pub(super) message_format: MessageFormat,
    /// Say nothing but errors and warnings
    #[arg(short, long, global = true, help_heading = HEADING)]
    pub(super) quiet: bool,
    /// Say more: what changed, and how long it took
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = HEADING)]
    pub(super) verbose: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", help_heading = HEADING)]
    pub(super) color: Color,
}

/// How problems are written.
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

/// The instant that a command works as of.
#[derive(clap::Args, Debug)]
pub(super) struct AsOf {
    /// The instant to publish as of, such as `2023-10-19T06:00+08:00`; in the site's time zone when it names none
    /// [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(super) now: Option<String>,
}

/// What a preview shows.
#[derive(clap::Args, Debug)]
pub(super) struct Preview {
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Show embargoed and future-dated stories too
    #[arg(long)]
    future: bool,
}

impl Preview {
    pub(super) fn scope(&self) -> Scope {
        Scope { drafts: self.drafts, future: self.future }
    }
}
