//! Rows and columns of texts, for the blocks `table` and `chart`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// The table of a list of maps. Its columns are the keys of all rows, in the order in which they first occur.
    pub fn of(value: &Value) -> Option<Self> {
        let rows = value.as_array().filter(|rows| !rows.is_empty())?;
        let rows: Vec<_> = rows.iter().map(Value::as_object).collect::<Option<_>>()?;
        let mut columns: Vec<String> = Vec::new();
        for key in rows.iter().flat_map(|row| row.keys()) {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
        let rows = rows
            .iter()
            .map(|row| columns.iter().map(|column| row.get(column).map_or_else(String::new, text)).collect());
        Some(Self { rows: rows.collect(), columns })
    }

    /// The index of the column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The table with these columns alone, in this order; the first name that none has where one is missing.
    pub fn with<'n>(&self, names: &[&'n str]) -> Result<Self, &'n str> {
        let found: Vec<usize> = names.iter().map(|name| self.column(name).ok_or(*name)).collect::<Result<_, _>>()?;
        let pick = |row: &Vec<String>| found.iter().map(|at| row[*at].clone()).collect();
        Ok(Self { columns: pick(&self.columns), rows: self.rows.iter().map(pick).collect() })
    }

    /// Whether all cells of a column that are not empty are numbers, and one is.
    pub fn is_numeric(&self, column: usize) -> bool {
        self.has_number(column) && self.first_text(column).is_none()
    }

    /// Whether a cell of a column is a number.
    pub fn has_number(&self, column: usize) -> bool {
        self.rows.iter().any(|row| number(&row[column]).is_some())
    }

    /// The first cell of a column that is neither empty nor a number, with the index of its row.
    pub fn first_text(&self, column: usize) -> Option<(usize, &str)> {
        let mut cells = self.rows.iter().map(|row| row[column].as_str()).enumerate();
        cells.find(|(_, cell)| !cell.is_empty() && number(cell).is_none())
    }
}

/// A cell as a number: `1234`, `-1.5`.
pub fn number(cell: &str) -> Option<f64> {
    let digits = cell.strip_prefix(['-', '−', '+']).unwrap_or(cell);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    cell.replace('−', "-").parse().ok().filter(|number: &f64| number.is_finite())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_of_maps_is_a_table() {
        let table = DataTable::of(&json!([{"a": 1, "b": "x"}, {"c": true, "a": null}])).expect("a table");
        assert_eq!(table.columns, ["a", "b", "c"]);
        assert_eq!(table.rows, [["1", "x", ""], ["", "", "true"]]);
        assert!(table.is_numeric(0) && !table.is_numeric(1));
        assert_eq!(table.with(&["b", "d"]), Err("d"));
        assert_eq!(table.with(&["b"]).expect("a column").rows, [["x"], [""]]);
        assert_eq!((DataTable::of(&json!([1])), DataTable::of(&json!({}))), (None, None));
    }

    #[test]
    fn a_number_is_written_plainly() {
        assert_eq!(["1", "-1.5", "−2", "007"].map(number), [Some(1.0), Some(-1.5), Some(-2.0), Some(7.0)]);
        assert_eq!(["", "1e5", "1,000", "2002-07-01", "nan", "."].map(number), [None; 6]);
    }
}
