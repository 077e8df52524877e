//! The source text of a configuration, for messages and cache keys.

use std::sync::Arc;

use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::LeftOut;

/// A configuration file: name and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigSource {
    pub(super) file: Arc<str>,
    pub(super) text: Arc<str>,
    /// Positions of its values, computed on demand.
    pub(super) positions: Positions,
}

impl ConfigSource {
    /// The text of a file, without the list entries that were rejected.
    pub(super) fn new(file: &str, text: &str, left_out: LeftOut) -> Self {
        Self { file: file.into(), text: text.into(), positions: Positions::new(left_out) }
    }
}
