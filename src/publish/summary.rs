//! The result of a publication.

use std::collections::BTreeMap;

use super::reason::Reason;
use crate::base::route::Route;

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Routes that were not there before.
    pub added: Vec<Route>,
    /// Routes with other bytes than before, or whose file someone had changed or removed.
    pub changed: Vec<Route>,
    /// Routes that are no longer there.
    pub removed: Vec<Route>,
    /// How many outputs were left as they were.
    pub unchanged: usize,
    /// Files in the output folder that are not Dateline's, by path.
    pub foreign: Vec<String>,
    /// How many outputs were made, by reason.
    pub reasons: BTreeMap<Reason, usize>,
}
