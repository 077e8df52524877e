//! The text of a data file → its value.

use serde_json::{Map, Number, Value};

use super::table::DataTable;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text::plural;
use crate::base::yaml;
use crate::content::folders::DATA;

/// A problem of a data file.
type Fault = Box<Diagnostic>;

/// The value of the file at a path below `data/`, and the rows of a CSV file.
pub(super) fn value(path: &str, text: &str) -> Result<(Value, Option<DataTable>), Fault> {
    let file = format!("{DATA}/{path}");
    match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("csv") => {
            let table = csv(&file, text, 1)?;
            Ok((typed(&table), Some(table)))
        }
        Some("json") => serde_json::from_str(text).map(|value| (value, None)).map_err(|error| {
            let what = error.to_string();
            let what = what.rsplit_once(" at line ").map_or(&*what, |(what, _)| what);
            fault(&file, text, error.line() as u32, error.column() as u32, what)
        }),
        Some("toml") => toml::from_str::<toml::Table>(text)
            .map(|table| (of_toml(toml::Value::Table(table)), None))
            .map_err(|error| {
                let at = error.span().unwrap_or_default();
                let problem = Diagnostic::error(codes::BAD_DATA, error.message().trim().to_owned());
                Box::new(problem.at(Place::bytes(&*file, text, at.start, at.end.max(at.start + 1).min(text.len()))))
            }),
        _ => yaml::any::value(text).map(|value| (value, None)).map_err(|(what, at)| {
            let (line, column) = at.unwrap_or((1, 1));
            fault(&file, text, line, column, &what)
        }),
    }
}

/// The rows of a CSV text (RFC 4180), whose first row has the names of the columns. `file` and `line`, that of the text in the
/// file, are for messages. The separator is a comma, or a semicolon where the first line has no comma.
pub fn csv(file: &str, text: &str, line: u32) -> Result<DataTable, Fault> {
    let first = text.lines().next().unwrap_or("");
    let separator = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = DataTable::default();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let at = error.position().map_or(1, csv::Position::line) as u32;
            fault_at(file, text, (line, at), &error.to_string())
        })?;
        let at = record.position().map_or(1, csv::Position::line) as u32;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if table.columns.is_empty() {
            let repeated = cells.iter().enumerate().find(|(index, name)| cells[..*index].contains(name));
            if let Some((_, name)) = repeated {
                return Err(fault_at(file, text, (line, at), &format!("two columns are called `{name}`")));
            }
            table.columns = cells;
        } else if cells.len() == table.columns.len() {
            table.rows.push(cells);
        } else {
            let (cells, columns) = (cells.len(), table.columns.len());
            let what = format!("this row has {}, and the first row {columns}", plural(cells, "cell", "cells"));
            return Err(fault_at(file, text, (line, at), &what));
        }
    }
    if table.columns.is_empty() {
        return Err(fault_at(file, text, (line, 1), "there are no rows"));
    }
    Ok(table)
}

/// Rows as maps, with numbers and booleans as such, and empty cells as null. A number with a leading zero is text, since it is
/// a code; dates are text.
fn typed(table: &DataTable) -> Value {
    let cell = |cell: &String| match cell.as_str() {
        "" => Value::Null,
        "true" | "TRUE" => Value::Bool(true),
        "false" | "FALSE" => Value::Bool(false),
        text => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
            let is_number = super::table::number(text).is_some() && !is_code;
            let number = || match text.parse::<i64>() {
                Ok(number) => Some(Number::from(number)),
                Err(_) => text.parse().ok().and_then(Number::from_f64),
            };
            is_number.then(number).flatten().map_or_else(|| Value::String(text.to_owned()), Value::Number)
        }
    };
    let row = |row: &Vec<String>| {
        table.columns.iter().cloned().zip(row.iter().map(cell)).collect::<Map<String, Value>>().into()
    };
    table.rows.iter().map(row).collect::<Vec<Value>>().into()
}

/// A value of TOML as one of JSON. Dates become strings.
pub fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => Number::from_f64(number).map_or_else(|| number.to_string().into(), Value::Number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
        }
    }
}

fn fault(file: &str, text: &str, line: u32, column: u32, what: &str) -> Fault {
    let problem = Diagnostic::error(codes::BAD_DATA, what.to_owned());
    let shown = text.lines().nth((line.max(1) - 1) as usize).unwrap_or("");
    let mut place = Place::line(file, shown, 1, column.max(1), 1);
    place.line = line.max(1);
    Box::new(problem.at(place))
}

/// A fault in a line of CSV, which begins at a line of its file.
fn fault_at(file: &str, text: &str, (first, line): (u32, u32), what: &str) -> Fault {
    let shown = text.lines().nth((line.max(1) - 1) as usize).unwrap_or("");
    let mut place = Place::line(file, shown, 1, 1, shown.chars().count() as u32);
    place.line = first + line.max(1) - 1;
    Box::new(Diagnostic::error(codes::BAD_DATA, what.to_owned()).at(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_has_one_value() {
        let rows = json!([{"name": "A, B", "count": 12, "share": 0.5, "code": "007", "on": "2002-07-01", "is": true, "no": null}]);
        let csv = "name,count,share,code,on,is,no\n\"A, B\",12,0.5,007,2002-07-01,true,\n";
        assert_eq!(value("a.csv", csv).expect("rows").0, rows);
        assert_eq!(value("a.csv", &csv.replace("\"A, B\"", "A. B").replace(',', ";")).expect("rows").0[0]["count"], 12);
        assert_eq!(value("a.json", &rows.to_string()).expect("rows").0, rows);
        assert_eq!(value("a.yaml", "- {a: 1, b: [x, 2.5]}\n").expect("a list").0, json!([{"a": 1, "b": ["x", 2.5]}]));
        assert_eq!(value("a.toml", "[a]\nb = 2002-07-01\n").expect("a map").0, json!({"a": {"b": "2002-07-01"}}));
    }

    #[test]
    fn a_fault_has_its_line() {
        for (path, text, line, message) in [
            ("a.csv", "a,b\n1,2\n3\n", 3, "this row has 1 cell, and the first row 2"),
            ("a.csv", "a,a\n", 1, "two columns are called `a`"),
            ("a.csv", "", 1, "there are no rows"),
            ("a.json", "[\n1,,\n]", 2, "expected value"),
            ("a.toml", "a = 1\nb = \n", 2, ""),
            ("a.yaml", "a: 1\nb: [\n", 3, ""),
        ] {
            let fault = value(path, text).expect_err(text);
            let place = fault.place.as_ref().expect("a place");
            assert_eq!(
                (place.file.as_str(), place.line),
                (&*format!("data/{path}"), line),
                "{text}: {}",
                fault.message
            );
            assert!(fault.message.contains(message), "{}", fault.message);
        }
    }
}
