//! The start of a block on its page: a mark with its values.

use serde_json::{Map, Value, json};

use super::figure::Figure;
use super::made::TextBlock;
use super::marks;

/// Writes the mark of the start of a block, which shows this figure.
pub(in crate::content::markdown) fn open(block: &TextBlock, figure: Option<&Figure>, html: &mut String) {
    let mut values: Map<String, Value> =
        block.values.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    values.insert("kind".to_owned(), json!(block.kind));
    values.insert("id".to_owned(), json!(block.id));
    if block.has_rows() {
        let title = block.value("title").unwrap_or_default();
        values.insert("table".to_owned(), json!(figure.map(|figure| figure.html(title)).unwrap_or_default()));
        values.insert("chart".to_owned(), json!(figure.map(|figure| &*figure.chart).unwrap_or_default()));
        values.insert("series".to_owned(), json!(figure.map(|figure| &*figure.series).unwrap_or_default()));
    }
    let whole = json!({"block": values, "file": block.file, "line": block.line, "column": block.column});
    marks::open(&whole.to_string(), html);
}
