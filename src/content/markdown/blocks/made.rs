//! A block of a compiled text.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::marks;

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
}

impl TextBlock {
    /// The value of this name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name)?.1.as_deref()
    }

    /// Writes the mark of its start on a page.
    pub(in crate::content::markdown) fn open(&self, html: &mut String) {
        let mut values: Map<String, Value> =
            self.values.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        values.insert("kind".to_owned(), json!(self.kind));
        values.insert("id".to_owned(), json!(self.id));
        let whole = json!({"block": values, "file": self.file, "line": self.line, "column": self.column});
        marks::open(&whole.to_string(), html);
    }
}
