//! Stub, replaced by the desk.

use crate::base::report::Report;
use crate::base::stages::Stages;
use crate::pipeline::Prepared;
use crate::watch::Cause;

/// What the last remaking of the site did.
pub(super) struct Remaking {
    pub(super) report: Report,
    pub(super) stages: Stages,
    pub(super) cause: Cause,
    pub(super) at: jiff::Timestamp,
    pub(super) count: u64,
}

/// What is asked of the list of stories.
#[derive(Default)]
pub(super) struct Query {
    pub(super) words: String,
    pub(super) status: String,
}

/// The page.
pub(super) fn page(_: Option<&Prepared>, remaking: &Remaking, _: jiff::Timestamp, query: &Query) -> String {
    format!("{} {:?} {} {} {}", remaking.count, remaking.cause, remaking.at, query.words, query.status)
}

/// The page's own files.
pub(super) const FILES: &[(&str, &str, &[u8])] = &[];
