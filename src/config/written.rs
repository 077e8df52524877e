//! The file that a configuration was read from: its name and its text, for messages and for keys.

use std::sync::Arc;

use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::LeftOut;

/// A configuration as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub(super) file: Arc<str>,
    pub(super) text: Arc<str>,
    /// Where its values stand, once somebody has asked for it.
    pub(super) positions: Positions,
}

impl Written {
    /// The text of a file, and which entries of its lists were refused.
    pub(super) fn new(file: &str, text: &str, left_out: LeftOut) -> Self {
        Self { file: file.into(), text: text.into(), positions: Positions::new(left_out) }
    }
}
