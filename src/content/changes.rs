//! Change logs of articles and editions: what in them matters to readers.

use super::head::{Update, UpdateKind};
use crate::base::date::Moment;

impl Update {
    /// When the last change that matters was made, when that is after `date`.
    pub fn last(updates: &[Self], date: Moment) -> Option<Moment> {
        let told = updates.iter().filter(|update| update.kind != UpdateKind::Refile).map(|update| update.at);
        told.filter(|at| at.instant() > date.instant()).max_by_key(|at| at.instant())
    }

    /// Whether it puts right what readers may have believed.
    pub fn is_correction(&self) -> bool {
        self.text.is_some() && matches!(self.kind, UpdateKind::Correction | UpdateKind::Clarification)
    }
}
