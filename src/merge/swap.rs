//! The replacement rule for lists of topic names during a merge.

use std::collections::BTreeSet;

use crate::base::text;

/// A replacement of one topic's names by another topic's title.
#[derive(Clone, Debug)]
pub(super) struct Swap {
    /// Folded names of the topic that goes away.
    pub(super) from: BTreeSet<String>,
    /// Folded names of the topic that stays.
    pub(super) into: BTreeSet<String>,
    /// The replacement; `None` in the remaining topic's own file, which would otherwise name itself.
    pub(super) title: Option<String>,
}

/// The outcome for one name of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EditOutcome {
    /// The name is replaced by this title.
    Replaced(String),
    /// The name is deleted, because the list has the replacement already or must not have it.
    Dropped,
}

impl Swap {
    /// Whether `name`, folded, belongs to the topic that goes away.
    pub(super) fn is_from(&self, name: &str) -> bool {
        self.from.contains(&text::fold(name))
    }

    /// The index and outcome of the first name to replace or drop; `None` when the list is final. Callers apply it and
    /// ask again, since each outcome depends on the names that are left.
    pub(super) fn first<S: AsRef<str>>(&self, names: &[S]) -> Option<(usize, EditOutcome)> {
        let at = names.iter().position(|name| self.is_from(name.as_ref()))?;
        let stands = names.iter().any(|name| self.into.contains(&text::fold(name.as_ref())));
        let fate = match &self.title {
            Some(title) if !stands => EditOutcome::Replaced(title.clone()),
            _ => EditOutcome::Dropped,
        };
        Some((at, fate))
    }

    /// Applies all outcomes to `names` and returns whether the list changed.
    pub(super) fn apply(&self, names: &mut Vec<String>) -> bool {
        let mut changed = false;
        while let Some((at, fate)) = self.first(names) {
            match fate {
                EditOutcome::Replaced(title) => names[at] = title,
                EditOutcome::Dropped => drop(names.remove(at)),
            }
            changed = true;
        }
        changed
    }
}
