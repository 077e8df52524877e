//! Positions of the values in a YAML text, computed on demand and then shared.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::source::{LeftOut, Source};
use super::spanned::{self, FoundNode, SpannedYaml};
use crate::base::report::Place;
use crate::base::text::lines::Lines;

/// Positions in one text, which every query must pass. They are no part of a value: any two are equal.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    left_out: LeftOut,
    read: Arc<OnceLock<(Option<SpannedYaml>, Lines)>>,
}

impl PartialEq for Positions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Positions {}

impl Positions {
    /// Positions in a text with rejected list entries.
    pub fn new(left_out: LeftOut) -> Self {
        Self { left_out, read: Arc::default() }
    }

    /// The rejected list entries.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The tree; `None` when the text is no valid YAML.
    pub fn tree(&self, text: &str) -> Option<&SpannedYaml> {
        self.get(text).0.as_ref()
    }

    /// The place of what `find` finds; `None` when the text is no valid YAML.
    pub fn place(&self, source: &Source<'_>, find: impl FnOnce(&SpannedYaml) -> FoundNode) -> Option<Place> {
        let (tree, _) = self.get(source.text);
        Some(self.place_of(source, find(tree.as_ref()?).value))
    }

    /// The place of a byte range.
    pub fn place_of(&self, source: &Source<'_>, range: Range<usize>) -> Place {
        source.place_within(&self.get(source.text).1, range)
    }

    /// The tree and the line index.
    pub(super) fn get(&self, text: &str) -> &(Option<SpannedYaml>, Lines) {
        self.read.get_or_init(|| {
            let tree = spanned::parse(text).ok().map(|tree| tree.with_left_out(&self.left_out));
            (tree, Lines::of(text))
        })
    }
}
