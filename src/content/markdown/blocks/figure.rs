//! What a block `table` or `chart` shows: rows, and the drawing of a chart.

use serde::{Deserialize, Serialize};

use super::chart::{self, Chart};
use super::kinds::CHART;
use super::made::TextBlock;
use crate::base::text::{did_you_mean, escape_html, nearest, plural};
use crate::content::data::table::DataTable;

/// A table, and the chart that is drawn of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    table: DataTable,
    /// The chart as SVG; empty for a table.
    pub(super) chart: String,
    /// The names of its series.
    pub(super) series: Vec<String>,
}

impl Figure {
    /// The figure that a block shows of a table. The error is a message and a help.
    pub fn of(block: &TextBlock, table: &DataTable) -> Result<Self, (String, String)> {
        if block.kind == CHART { Self::chart(block, table) } else { Self::table(block, table) }
    }

    fn table(block: &TextBlock, table: &DataTable) -> Result<Self, (String, String)> {
        let table = match block.value("columns").map(names) {
            Some(names) => table.with(&names).map_err(|name| missing(name, table))?,
            None => table.clone(),
        };
        Ok(Self { table, ..Self::default() })
    }

    fn chart(block: &TextBlock, table: &DataTable) -> Result<Self, (String, String)> {
        let column = |name: &str| table.column(name).ok_or_else(|| missing(name, table));
        let along = block.value("x").map_or(Ok(0), column)?;
        let series: Vec<usize> = match block.value("y").map(names) {
            Some(names) => names.into_iter().map(column).collect::<Result<_, _>>()?,
            // One with a single figure that cannot be read must not vanish from the chart.
            None => (0..table.columns.len()).filter(|at| *at != along && table.has_number(*at)).collect(),
        };
        let odd = series.iter().find_map(|at| Some((*at, table.first_text(*at)?)));
        if let Some((column, (row, cell))) = odd {
            let column = &table.columns[column];
            let message = format!("`{cell}` in row {} of the column `{column}` is not a number", row + 1);
            let help = "write it plainly, such as `1234.5`, without a unit, or name the columns to draw: `y=\"…\"`";
            return Err((message, help.to_owned()));
        }
        if series.is_empty() {
            return Err((
                "the data has no column of numbers".to_owned(),
                "a chart needs one beside its first".to_owned(),
            ));
        }
        let kind = block.value("type").unwrap_or(chart::BARS);
        let (rows, most) = (table.rows.len(), chart::most(kind));
        if rows > most.0 || series.len() > most.1 {
            let message = format!(
                "a chart of `{kind}` shows {} and {} at most, and this has {rows} and {}",
                plural(most.0, "row", "rows"),
                plural(most.1, "series", "series"),
                series.len()
            );
            return Err((message, "leave some out with `y=\"…\"`, or write a `table`".to_owned()));
        }
        let drawn = Chart {
            kind,
            table,
            along,
            series: &series,
            unit: block.value("unit").unwrap_or_default(),
            title: block.value("title").unwrap_or_default(),
        };
        let shown: Vec<&str> = [along].iter().chain(&series).map(|at| table.columns[*at].as_str()).collect();
        Ok(Self {
            chart: drawn.svg(),
            series: series.iter().map(|at| table.columns[*at].clone()).collect(),
            table: table.with(&shown).unwrap_or_default(),
        })
    }

    /// The table as HTML, in a box that scrolls.
    pub(in crate::content::markdown) fn html(&self, title: &str) -> String {
        let mut html = String::from("<div class=\"table-scroll\" role=\"group\" aria-label=\"");
        escape_html(if title.is_empty() { "Table" } else { title }, &mut html);
        html.push_str("\" tabindex=\"0\"><table>\n<thead><tr>");
        let is_number: Vec<bool> = (0..self.table.columns.len()).map(|at| self.table.is_numeric(at)).collect();
        let class = |at: usize| if at > 0 && is_number[at] { " class=\"align-right\"" } else { "" };
        for (at, column) in self.table.columns.iter().enumerate() {
            html.extend(["<th scope=\"col\"", class(at), ">"]);
            escape_html(column, &mut html);
            html.push_str("</th>");
        }
        html.push_str("</tr></thead>\n<tbody>");
        for row in &self.table.rows {
            html.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) = if at == 0 { ("<th scope=\"row\"", "</th>") } else { ("<td", "</td>") };
                html.extend([open, class(at), ">"]);
                escape_html(cell, &mut html);
                html.push_str(close);
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
        html
    }

    /// The table in Markdown (GFM).
    pub(in crate::content::markdown) fn markdown(&self, escaped: impl Fn(&str) -> String) -> String {
        let line = |cells: &[String]| {
            let cells = cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ");
            format!("| {cells} |\n")
        };
        let rule = |at: usize| if at > 0 && self.table.is_numeric(at) { "--:" } else { "---" };
        let rules: Vec<String> = (0..self.table.columns.len()).map(|at| rule(at).to_owned()).collect();
        let head = line(&self.table.columns) + &format!("| {} |\n", rules.join(" | "));
        head + &self.table.rows.iter().map(|row| line(row)).collect::<String>()
    }
}

/// The names in a list: `a, b`.
fn names(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn missing(name: &str, table: &DataTable) -> (String, String) {
    let help = match nearest(name, table.columns.iter().map(String::as_str)) {
        Some(near) => did_you_mean(near),
        None => format!(
            "there are {}",
            table.columns.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    (format!("the data has no column `{name}`"), help)
}
