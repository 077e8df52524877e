//! Draws charts as SVG: bars, lines, and small multiples of lines. Colours and type are classes of the theme, since the
//! policy of the pages forbids styles within them.

use std::fmt::Write as _;

use super::scale::Scale;
use crate::base::text::escape_html;
use crate::content::data::table::{DataTable, number};

/// Bars, each with its value.
pub(in crate::content::markdown) const BARS: &str = "bars";
/// Lines over one axis.
pub(in crate::content::markdown) const LINES: &str = "lines";
/// A small chart for each series, all with one scale.
pub(in crate::content::markdown) const MULTIPLES: &str = "multiples";

/// The width in units of the drawing. At the width of a phone a unit is less than a CSS pixel, and in a column of text more.
const WIDTH: f64 = 440.0;
/// The least space for the value beside a bar.
const VALUE: f64 = 70.0;
/// The least space for the values at an axis.
const AXIS: f64 = 44.0;
/// The width of a sign, on average and generously. What a text takes is known to browsers alone.
const SIGN: f64 = 7.0;

/// The most rows and series of a kind.
pub(super) fn most(kind: &str) -> (usize, usize) {
    match kind {
        BARS => (100, 6),
        LINES => (5000, 6),
        _ => (5000, 24),
    }
}

/// A chart to draw.
pub(super) struct Chart<'t> {
    pub(super) kind: &'t str,
    pub(super) table: &'t DataTable,
    /// The column of labels, or of the axis.
    pub(super) along: usize,
    /// The columns of numbers, at least one.
    pub(super) series: &'t [usize],
    pub(super) unit: &'t str,
    pub(super) title: &'t str,
}

/// A rectangle in which lines are drawn.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Chart<'_> {
    pub(super) fn svg(&self) -> String {
        let (inner, height) = match self.kind {
            LINES => self.lines(),
            MULTIPLES => self.multiples(),
            _ => self.bars(),
        };
        // Labels keep to their ends in pages from right to left.
        let mut svg = format!(
            "<svg class=\"chart-{}\" viewBox=\"0 0 {WIDTH} {height:.0}\" direction=\"ltr\" role=\"img\" aria-label=\"",
            self.kind
        );
        escape_html(if self.title.is_empty() { "Chart" } else { self.title }, &mut svg);
        svg.extend(["\">", &inner, "</svg>\n"]);
        svg
    }

    fn value(&self, row: usize, column: usize) -> Option<f64> {
        number(self.table.rows.get(row)?.get(column)?)
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.table.rows.iter().flat_map(|row| self.series.iter().filter_map(|at| number(row.get(*at)?)))
    }

    fn bars(&self) -> (String, f64) {
        let mut svg = String::new();
        let (least, most) =
            self.values().fold((0.0f64, 0.0f64), |(least, most), value| (least.min(value), most.max(value)));
        let cells = self.table.rows.iter().flat_map(|row| self.series.iter().filter_map(|at| row.get(*at)));
        let space = space(cells.map(|cell| self.with_unit(cell)), VALUE).min(WIDTH / 2.5);
        let left = if least < 0.0 { space } else { 0.0 };
        let span = if most > least { most - least } else { 1.0 };
        let place = |value: f64| left + (value - least) / span * (WIDTH - space - left);
        let mut top = 0.0;
        for (row, cells) in self.table.rows.iter().enumerate() {
            text(&mut svg, (0.0, top + 13.0), "label", "start", &cells[self.along]);
            top += 19.0;
            for (index, column) in self.series.iter().enumerate() {
                if let Some(value) = self.value(row, *column) {
                    let (from, to) = (place(value.min(0.0)), place(value.max(0.0)));
                    write!(
                        svg,
                        "<rect class=\"series-{}\" x=\"{from:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"14\"/>",
                        index + 1,
                        (to - from).max(1.0)
                    )
                    .expect("writing to a string does not fail");
                    let (at, anchor) = if value < 0.0 { (from - 5.0, "end") } else { (to + 5.0, "start") };
                    text(&mut svg, (at, top + 11.5), "value", anchor, &self.with_unit(&cells[*column]));
                }
                top += 17.0;
            }
            top += 8.0;
        }
        (svg, top.max(1.0))
    }

    fn lines(&self) -> (String, f64) {
        let mut svg = String::new();
        let scale = Scale::of(self.values());
        // A unit of words stands once above the axis; a sign stands at each value.
        let is_word = self.unit.chars().count() > 1;
        let ticks = scale.ticks();
        let labels = ticks
            .iter()
            .map(|tick| scale.label(*tick))
            .map(|label| if is_word { label } else { self.with_unit(&label) });
        let left = space(labels, AXIS);
        let plot = Plot { left, right: WIDTH - 8.0, top: if is_word { 34.0 } else { 18.0 }, bottom: 236.0 };
        if is_word {
            text(&mut svg, (0.0, 14.0), "tick", "start", self.unit);
        }
        for (index, tick) in ticks.into_iter().enumerate() {
            let y = plot.y(&scale, tick);
            let class = if tick == 0.0 { "zero" } else { "grid" };
            write!(
                svg,
                "<line class=\"{class}\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                plot.left, plot.right
            )
            .expect("writing to a string does not fail");
            let shown = scale.label(tick);
            let shown = if index == 0 || is_word { shown } else { self.with_unit(&shown) };
            text(&mut svg, (plot.left - 5.0, y + 4.0), "tick", "end", &shown);
        }
        let along = self.along(&plot);
        let last = self.table.rows.len().saturating_sub(1);
        // As many names of the axis as have room for their length.
        let longest = self.table.rows.iter().map(|row| row[self.along].chars().count()).max().unwrap_or(0);
        let most = (56 / longest.max(4)).clamp(2, 8);
        let step = last.div_ceil(most - 1).max(1);
        for row in (0..=last).step_by(step).filter(|_| !self.table.rows.is_empty()) {
            let anchor = if row == 0 {
                "start"
            } else if row + step > last && row == last {
                "end"
            } else {
                "middle"
            };
            text(&mut svg, (along[row], plot.bottom + 18.0), "tick", anchor, &self.table.rows[row][self.along]);
        }
        for (index, column) in self.series.iter().enumerate() {
            self.line(&mut svg, &plot, &scale, &along, (*column, index + 1));
        }
        (svg, 262.0)
    }

    fn multiples(&self) -> (String, f64) {
        const PANEL: f64 = 150.0;
        let mut svg = String::new();
        let scale = Scale::of(self.values());
        let mut bottom = 0.0;
        for (index, column) in self.series.iter().enumerate() {
            let (left, top) = (
                if index % 2 == 0 { 0.0 } else { WIDTH / 2.0 + 10.0 },
                bottom - if index % 2 == 0 { 0.0 } else { PANEL },
            );
            let plot = Plot { left, right: left + WIDTH / 2.0 - 10.0, top: top + 26.0, bottom: top + PANEL - 30.0 };
            text(&mut svg, (left, top + 13.0), "label", "start", &self.table.columns[*column]);
            let y = plot.y(&scale, scale.base());
            write!(
                svg,
                "<line class=\"zero\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                plot.left, plot.right
            )
            .expect("writing to a string does not fail");
            let along = self.along(&plot);
            self.line(&mut svg, &plot, &scale, &along, (*column, 1));
            let rows = &self.table.rows;
            if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                text(&mut svg, (plot.left, plot.bottom + 16.0), "tick", "start", &first[self.along]);
                text(&mut svg, (plot.right, plot.bottom + 16.0), "tick", "end", &last[self.along]);
                text(&mut svg, (plot.right, top + 13.0), "value", "end", &self.with_unit(&last[*column]));
            }
            if index % 2 == 0 {
                bottom += PANEL;
            }
        }
        (svg, bottom)
    }

    /// The line of a column, in the colour of a number, with gaps where cells are empty.
    fn line(&self, svg: &mut String, plot: &Plot, scale: &Scale, along: &[f64], (column, colour): (usize, usize)) {
        let mut path = String::new();
        let mut is_open = false;
        let mut end = None;
        for (row, x) in along.iter().enumerate() {
            let Some(value) = self.value(row, column) else {
                is_open = false;
                continue;
            };
            let y = plot.y(scale, value);
            write!(path, "{}{x:.1} {y:.1}", if is_open { "L" } else { "M" })
                .expect("writing to a string does not fail");
            is_open = true;
            end = Some((x, y));
        }
        write!(svg, "<path class=\"line series-{colour}\" d=\"{path}\"/>").expect("writing to a string does not fail");
        if let Some((x, y)) = end {
            write!(svg, "<circle class=\"series-{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>")
                .expect("writing to a string does not fail");
        }
    }

    /// The places of the rows along the axis: by their numbers or dates where all have one, else at equal distances.
    fn along(&self, plot: &Plot) -> Vec<f64> {
        let positions: Option<Vec<f64>> = self.table.rows.iter().map(|row| position(&row[self.along])).collect();
        let positions = positions.filter(|all| all.windows(2).all(|pair| pair[0] < pair[1]));
        let positions = positions.unwrap_or_else(|| (0u32..).take(self.table.rows.len()).map(f64::from).collect());
        let (first, last) = (positions.first().copied().unwrap_or(0.0), positions.last().copied().unwrap_or(1.0));
        let span = if last > first { last - first } else { 1.0 };
        positions.iter().map(|at| plot.left + (at - first) / span * (plot.right - plot.left)).collect()
    }

    fn with_unit(&self, value: &str) -> String {
        match self.unit {
            "" => value.to_owned(),
            unit if unit.starts_with(['%', '°', '‰']) => format!("{value}{unit}"),
            unit => format!("{value} {unit}"),
        }
    }
}

impl Plot {
    fn y(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom - scale.share(value) * (self.bottom - self.top)
    }
}

/// A number, or a date such as `2002-07` or `2002-07-01` in years.
fn position(cell: &str) -> Option<f64> {
    if let Some(number) = number(cell) {
        return Some(number);
    }
    let mut parts = cell.split('-');
    let year: f64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: f64 = parts.next()?.parse().ok().filter(|month| (1.0..=12.0).contains(month))?;
    let day: f64 = parts.next().map_or(Some(1.0), |day| day.parse().ok()).filter(|day| (1.0..=31.0).contains(day))?;
    parts.next().is_none().then_some(year + (month - 1.0) / 12.0 + (day - 1.0) / 372.0)
}

/// The space that the longest of these labels takes, with some air; never less than `least`.
fn space(labels: impl Iterator<Item = String>, least: f64) -> f64 {
    let longest = labels.map(|label| u32::try_from(label.chars().count()).unwrap_or(u32::MAX)).max().unwrap_or(0);
    (f64::from(longest) * SIGN + 10.0).max(least)
}

fn text(svg: &mut String, (x, y): (f64, f64), class: &str, anchor: &str, words: &str) {
    write!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">")
        .expect("writing to a string does not fail");
    escape_html(words, svg);
    svg.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> DataTable {
        let cells = |row: &[&str; 3]| row.iter().map(|cell| (*cell).to_owned()).collect();
        DataTable { columns: cells(&["Year", "A <b>", "B"]), rows: rows.iter().map(cells).collect() }
    }

    fn drawn(kind: &str, table: &DataTable) -> String {
        Chart { kind, table, along: 0, series: &[1, 2], unit: "%", title: "T & T" }.svg()
    }

    #[test]
    fn bars_start_at_zero_and_say_their_values() {
        let svg = drawn(BARS, &table(&[["<2002>", "10", "-5"], ["2003", "", "5"]]));
        assert!(svg.contains("aria-label=\"T &amp; T\"") && svg.contains("&lt;2002&gt;"), "{svg}");
        assert!(
            svg.contains("<rect class=\"series-1\" x=\"170.0\" y=\"19.0\" width=\"200.0\" height=\"14\"/>"),
            "{svg}"
        );
        assert!(
            svg.contains("<rect class=\"series-2\" x=\"70.0\" y=\"36.0\" width=\"100.0\" height=\"14\"/>"),
            "{svg}"
        );
        assert!(svg.contains(">-5%</text>") && svg.matches("<rect").count() == 3, "{svg}");
    }

    #[test]
    fn lines_follow_their_axis_and_leave_gaps() {
        let svg = drawn(LINES, &table(&[["2000", "0", "1"], ["2001", "5", ""], ["2010", "10", "2"]]));
        assert!(svg.contains("d=\"M44.0 236.0L82.8 127.0L432.0 18.0\""), "{svg}");
        assert!(svg.contains("d=\"M44.0 214.2M432.0 192.4\""), "{svg}");
        let names = drawn(LINES, &table(&[["May", "0", "1"], ["June", "5", "1"]]));
        assert!(names.contains("M44.0 236.0L432.0 54.3") && names.contains(">May</text>"), "{names}");
    }

    #[test]
    fn a_long_unit_has_room() {
        let rows = table(&[["2000", "0", "1"], ["2010", "1630", "2"]]);
        let with = |kind| Chart { kind, table: &rows, along: 0, series: &[1, 2], unit: "containers", title: "T" }.svg();
        let lines = with(LINES);
        assert_eq!(lines.matches("containers").count(), 1, "{lines}");
        assert!(
            lines.contains("<text class=\"tick\" x=\"0.0\" y=\"14.0\" text-anchor=\"start\">containers</text>"),
            "{lines}"
        );
        // `1630 containers` has fifteen signs.
        assert!(with(BARS).contains("width=\"325.0\""), "{}", with(BARS));
    }

    #[test]
    fn nothing_is_drawn_outside_whatever_the_numbers_are() {
        for rows in [&[][..], &[["a", "", ""]], &[["a", "0", "0"]], &[["a", "99999999999999999999", "-0.0000001"]]] {
            for kind in [BARS, LINES, MULTIPLES] {
                let svg = drawn(kind, &table(rows));
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{kind}: {svg}");
            }
        }
    }
}
