//! The result of a publication.

use std::collections::BTreeMap;

use super::reason::Reason;
use crate::base::route::Route;

/// The changes that a publication made, for the command's output and `--changes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Routes that did not exist before, sorted.
    pub added: Vec<Route>,
    /// Routes with other bytes than before, or whose file was modified or deleted by others, sorted.
    pub changed: Vec<Route>,
    /// Routes that no longer exist, sorted.
    pub removed: Vec<Route>,
    /// The number of outputs whose file was left alone.
    pub unchanged: usize,
    /// Paths of files in the output folder that Dateline did not write, sorted.
    pub foreign: Vec<String>,
    /// The number of rendered outputs, by reason.
    pub reasons: BTreeMap<Reason, usize>,
}
