//! The file that a configuration was read from: its name and its text, for messages and for keys.

use std::sync::Arc;

/// A configuration as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub(super) file: Arc<str>,
    pub(super) text: Arc<str>,
}

impl Written {
    /// The text of a file.
    pub(super) fn new(file: &str, text: &str) -> Self {
        Self { file: file.into(), text: text.into() }
    }
}
