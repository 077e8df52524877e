//! The front matter of an entry of live coverage in a file of its own.

use serde::{Deserialize, Serialize};

use super::head::{Update, Waiver};
use crate::base::date::Moment;

/// Front matter of an entry, besides what its [`Entry`](super::markdown::Entry) has: anchor, heading, authors, and whether it is
/// among the key events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntryHead {
    /// Its time.
    pub date: Moment,
    /// Its change log, oldest first.
    pub updates: Vec<Update>,
    /// Withheld until this instant.
    pub embargo: Option<Moment>,
    /// Withheld as long as this is set.
    pub draft: bool,
    /// Its language, which is that of its story.
    pub lang: Option<String>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
}
