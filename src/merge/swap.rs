//! What becomes of a list of names when one topic becomes part of another.

use std::collections::BTreeSet;

use crate::base::text;

/// One topic's names for another's.
#[derive(Clone, Debug)]
pub(super) struct Swap {
    /// Folded names of the topic that goes.
    pub(super) from: BTreeSet<String>,
    /// Folded names of the topic that stays.
    pub(super) into: BTreeSet<String>,
    /// What is written for the names that go; nothing where the topic would name itself.
    pub(super) title: Option<String>,
}

/// What happens to one name of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EditOutcome {
    /// This is written in its place.
    Replaced(String),
    /// It goes.
    Dropped,
}

impl Swap {
    /// Whether a name is one of those that go.
    pub(super) fn is_from(&self, name: &str) -> bool {
        self.from.contains(&text::fold(name))
    }

    /// The first name of a list that cannot stay, and what happens to it.
    pub(super) fn first<S: AsRef<str>>(&self, names: &[S]) -> Option<(usize, EditOutcome)> {
        let at = names.iter().position(|name| self.is_from(name.as_ref()))?;
        let stands = names.iter().any(|name| self.into.contains(&text::fold(name.as_ref())));
        let fate = match &self.title {
            Some(title) if !stands => EditOutcome::Replaced(title.clone()),
            _ => EditOutcome::Dropped,
        };
        Some((at, fate))
    }

    /// What a list becomes; true when that is something else.
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
