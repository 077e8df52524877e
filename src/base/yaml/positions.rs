//! Where the values of a YAML text stand: its tree and its lines, made when somebody first asks, for all who ask later.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::marked::{self, FoundNode, Marked};
use super::source::{LeftOut, Source};
use crate::base::report::Place;
use crate::base::text::lines::Lines;

/// The positions of one text, which whoever asks brings along. They are no part of a value: two are always equal.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    left_out: LeftOut,
    read: Arc<OnceLock<(Option<Marked>, Lines)>>,
}

impl PartialEq for Positions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Positions {}

impl Positions {
    /// The positions of a text, some entries of whose lists were refused.
    pub fn new(left_out: LeftOut) -> Self {
        Self { left_out, read: Arc::default() }
    }

    /// The entries of lists that were refused.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The tree of the text; none of a text that is no YAML.
    pub fn tree(&self, text: &str) -> Option<&Marked> {
        self.get(text).0.as_ref()
    }

    /// The place of what `find` finds; none in a text that is no YAML.
    pub fn place(&self, source: &Source<'_>, find: impl FnOnce(&Marked) -> FoundNode) -> Option<Place> {
        let (tree, _) = self.get(source.text);
        Some(self.place_of(source, find(tree.as_ref()?).value))
    }

    /// The place of these bytes of the text.
    pub fn place_of(&self, source: &Source<'_>, range: Range<usize>) -> Place {
        source.place_within(&self.get(source.text).1, range)
    }

    /// The tree and the lines of the text.
    pub(super) fn get(&self, text: &str) -> &(Option<Marked>, Lines) {
        self.read.get_or_init(|| {
            let tree = marked::parse(text).ok().map(|tree| tree.with_left_out(&self.left_out));
            (tree, Lines::of(text))
        })
    }
}
