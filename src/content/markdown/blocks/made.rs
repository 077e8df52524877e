//! A block of a compiled text.

use serde::{Deserialize, Serialize};

use super::kinds::{CHART, TABLE};
use crate::content::data::table::DataTable;

/// A block of a compiled text. Its own text is part of that, between two slots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextBlock {
    /// The name of its kind.
    pub kind: String,
    /// Its anchor.
    pub id: Option<String>,
    /// Its values for the component, by name. Those of a known kind are all there.
    pub values: Vec<(String, Option<String>)>,
    /// Path of the file, line and column at which it begins.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// HTML before its text, for readers elsewhere than on its page.
    pub before: String,
    /// HTML after it.
    pub after: String,
    /// Its rows, of a `table` or `chart` that has them in its text.
    pub rows: Option<DataTable>,
}

impl TextBlock {
    /// Whether it shows rows: its own, or those of the data file that it names.
    pub fn has_rows(&self) -> bool {
        self.kind == TABLE || self.kind == CHART
    }

    /// The value of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name)?.1.as_deref()
    }
}
