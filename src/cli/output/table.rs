//! Tables as aligned text, JSON or CSV.

use clap::ValueEnum;
use serde_json::{Map, Value};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::report::print::escape_controls;

/// Widest cell of aligned text, in columns.
const WIDEST: usize = 60;

/// Named columns and rows of values.
pub(in super::super) struct TextTable {
    pub(in super::super) columns: &'static [&'static str],
    pub(in super::super) rows: Vec<Vec<Value>>,
}

/// Format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum TableFormat {
    /// Aligned columns, for people
    Table,
    /// An array of objects
    Json,
    /// Comma-separated values with a header (RFC 4180); cells that a spreadsheet would run as a formula start with `'`
    Csv,
}

impl TextTable {
    pub(in super::super) fn text(&self, format: TableFormat) -> String {
        match format {
            TableFormat::Table => self.aligned(),
            TableFormat::Json => self.json(),
            TableFormat::Csv => self.csv(),
        }
    }

    /// Aligned text; empty for an empty table. Empty columns are left out, and so are those that would make every line
    /// too wide.
    fn aligned(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let filled = |at: usize| self.rows.iter().any(|row| !row[at].is_null());
        let shown = |at: &usize| !matches!(self.columns[*at], "url" | "topics") && filled(*at);
        let shown: Vec<usize> = (0..self.columns.len()).filter(shown).collect();
        let header = shown.iter().map(|at| self.columns[*at].to_uppercase()).collect();
        let cells = |row: &Vec<Value>| {
            shown.iter().map(|at| fit(&escape_controls(&plain(&row[*at], ", ")))).collect::<Vec<_>>()
        };
        let lines: Vec<Vec<String>> = std::iter::once(header).chain(self.rows.iter().map(cells)).collect();
        let mut widths = vec![0; shown.len()];
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.width().max(*width);
            }
        }
        let mut text = String::new();
        for line in &lines {
            let mut padded = String::new();
            for (width, cell) in widths.iter().zip(line) {
                padded.push_str(cell);
                padded.push_str(&" ".repeat(width - cell.width() + 2));
            }
            text.push_str(padded.trim_end());
            text.push('\n');
        }
        text
    }

    fn json(&self) -> String {
        let object = |row: &Vec<Value>| {
            Value::Object(
                self.columns.iter().map(|name| (*name).to_owned()).zip(row.iter().cloned()).collect::<Map<_, _>>(),
            )
        };
        format!("{:#}\n", Value::Array(self.rows.iter().map(object).collect()))
    }

    fn csv(&self) -> String {
        let mut text = String::new();
        let mut line = |cells: Vec<String>| {
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        };
        line(self.columns.iter().map(|name| (*name).to_owned()).collect());
        for row in &self.rows {
            line(row.iter().map(cell).collect());
        }
        text
    }
}

fn plain(value: &Value, separator: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(|value| plain(value, separator)).collect::<Vec<_>>().join(separator),
        other => other.to_string(),
    }
}

/// A cell of a CSV file. A headline, which anyone may have written, could start a spreadsheet formula: a leading
/// apostrophe makes it text (OWASP, CSV injection), and quotation marks keep it one cell under other separators.
fn cell(value: &Value) -> String {
    let text = plain(value, "; ");
    let is_formula = matches!(value, Value::String(_) | Value::Array(_))
        && text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula {
        format!("\"'{}\"", text.replace('"', "\"\""))
    } else if text.contains(['"', ',', ';', '\t', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// One line, truncated to the widest cell.
fn fit(text: &str) -> String {
    let text = text.replace(['\n', '\t'], " ");
    if text.width() <= WIDEST || text.starts_with("content/") {
        return text;
    }
    let mut width = 0;
    let kept = text.chars().take_while(|c| {
        width += c.width().unwrap_or(0);
        width < WIDEST
    });
    format!("{}…", kept.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn table() -> TextTable {
        let rows = vec![
            vec![json!("北京"), json!(3), json!(["a", "b"]), json!(null)],
            vec![json!("say \"hi\", now"), json!(null), json!([]), json!(null)],
        ];
        TextTable { columns: &["title", "stories", "about", "none"], rows }
    }

    #[test]
    fn columns_align_in_every_script() {
        assert_eq!(table().aligned(), "TITLE          STORIES  ABOUT\n北京           3        a, b\nsay \"hi\", now\n");
        assert!(fit(&"x".repeat(100)).width() <= WIDEST);
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text_in_csv() {
        for text in ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\tx", "\r=1", "\n=1", " =1", "＝1"] {
            assert_eq!(cell(&json!(text)), format!("\"'{text}\""));
            assert_eq!(cell(&json!([text, "b"])), format!("\"'{text}; b\""));
        }
        assert_eq!(cell(&json!("=\"x\"")), "\"'=\"\"x\"\"\"");
        assert_eq!(cell(&json!(-3)), "-3", "a number is one");
        assert_eq!(cell(&json!("2023-10-17")), "2023-10-17");
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        assert_eq!(table().csv(), "title,stories,about,none\r\n北京,3,\"a; b\",\r\n\"say \"\"hi\"\", now\",,,\r\n");
    }
}
