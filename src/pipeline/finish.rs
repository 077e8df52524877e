//! Finishes reports for display: sorting, source lines, limits.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Place, Report};

/// Sorts diagnostics, loads their source lines, and caps those of one kind in one file. [`check`](super::check) and
/// [`build`](super::build()) call this already.
pub fn finish(report: Report, root: &Path) -> Report {
    let mut report = quoted(report, root);
    report.cap();
    report
}

/// Sorts diagnostics and loads their source lines.
pub fn quoted(report: Report, root: &Path) -> Report {
    let mut report = without_links_that_tell(report);
    report.sort();
    report.quote(|file| disk::read_to_string(&disk::join(root, file)).ok());
    report
}

/// Drops the diagnostics of a link to a withheld story where the link's text or address is itself reported as a leak:
/// the leak is the same mistake, and the more serious one.
fn without_links_that_tell(report: Report) -> Report {
    let telling = report.diagnostics().iter().filter(|problem| problem.code == codes::WITHHELD_LEAK);
    let told: BTreeSet<(String, u32, u32)> = telling
        .filter_map(|problem| problem.place.as_ref())
        .map(|place| (place.file.clone(), place.line, place.column))
        .collect();
    if told.is_empty() {
        return report;
    }
    let tells = |place: &Place| {
        let at = |column| (place.file.clone(), place.line, column);
        told.range(at(place.column)..at(place.end_column.max(place.column + 1))).next().is_some()
    };
    let is_link = |code| matches!(code, codes::WITHHELD_LINK | codes::DEAD_PATH);
    report.only(|problem| !is_link(problem.code) || !problem.place.as_ref().is_some_and(tells))
}
