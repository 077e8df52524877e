//! Parses tables of kramdown: with or without a header, in several bodies, with pipes in code that do not separate
//! cells.

use crate::import::moving::text::kramdown::ends::Ends;
use crate::import::moving::text::kramdown::lines::{Line, near};

/// A table.
#[derive(Debug, Default)]
pub(in super::super) struct Table {
    /// Whether the first row is the header.
    pub(in super::super) has_head: bool,
    pub(in super::super) rows: Vec<Row>,
    /// The alignment of each column, as in the delimiter row of Markdown.
    pub(in super::super) columns: Vec<&'static str>,
}

/// A row with its source line and the text of its cells.
#[derive(Debug)]
pub(in super::super) struct Row {
    pub(in super::super) at: u32,
    pub(in super::super) cells: Vec<String>,
}

/// Parses the table that begins at a line, and returns the line after it; none when there is no table.
pub(in super::super) fn read(lines: &[Line], at: usize) -> Option<(Table, usize)> {
    let first = near(&lines[at].text).filter(|bare| has_stroke(bare))?;
    let leads = first.starts_with('|');
    let mut table = Table::default();
    let (mut end, mut body, mut has_footer) = (at, 0, false);
    if is_separator(&lines[at].text, '-') {
        end += 1;
    }
    while let Some(line) = lines.get(end).filter(|line| has_stroke(&line.text)) {
        if is_separator(&line.text, '-') {
            if table.columns.is_empty() && !has_footer && !table.rows.is_empty() {
                table.has_head = true;
                table.columns = alignments(&line.text);
                body = 0;
            }
        } else if is_separator(&line.text, '=') {
            has_footer = true;
        } else {
            let cells = cells(line.text.trim(), leads)?;
            body += usize::from(!has_footer);
            table.rows.push(Row { at: line.at, cells });
        }
        end += 1;
    }
    let width = table.rows.iter().map(|row| row.cells.len()).max()?;
    table.columns.resize(width, "---");
    for row in &mut table.rows {
        row.cells.resize(width, String::new());
    }
    (body > 0).then_some((table, end))
}

/// Whether a line has a pipe that is not escaped.
fn has_stroke(line: &str) -> bool {
    let mut before = ' ';
    line.chars().any(|c| {
        let is_stroke = c == '|' && before != '\\';
        before = c;
        is_stroke
    })
}

fn is_separator(line: &str, sign: char) -> bool {
    line.contains(sign) && line.chars().all(|c| c == sign || matches!(c, '+' | '|' | ':' | ' ' | '\t'))
}

fn alignments(line: &str) -> Vec<&'static str> {
    let parts = line.split(['|', '+', ' ', '\t']).filter(|part| part.contains('-'));
    let one = |part: &str| match (part.starts_with(':'), part.ends_with(':')) {
        (true, true) => ":-:",
        (true, false) => ":--",
        (false, true) => "--:",
        (false, false) => "---",
    };
    parts.map(one).collect()
}

/// Splits a row into cells; none when no pipe separates any.
fn cells(line: &str, leads: bool) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    let mut at = 0;
    let mut is_escaped = false;
    let mut ends = Ends::new(line);
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let code = match c {
            '`' if !is_escaped => ends.code(at),
            '<' if rest.starts_with("<code") => ends.next("</code>", at).map(|end| end - at + "</code>".len()),
            _ => None,
        };
        let length = code.unwrap_or_else(|| c.len_utf8());
        if code.is_none() && c == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if code.is_none() && c == '|' {
                cell.pop();
            }
            cell.push_str(&rest[..length]);
        }
        is_escaped = code.is_none() && c == '\\' && !is_escaped;
        at += length;
    }
    if cells.len() < 2 {
        return None;
    }
    if leads && cells.first().is_some_and(|cell| cell.trim().is_empty()) {
        cells.remove(0);
    }
    if cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    Some(cells.into_iter().map(|cell| cell.trim().to_owned()).collect())
}
