//! Reports in the form in which people see them.

use std::path::Path;

use crate::base::disk;
use crate::base::report::Report;

/// Sorts diagnostics, loads their source lines, and caps those of one kind in one file. [`check`](super::check) and
/// [`build`](super::build()) call this already.
pub fn finish(report: Report, root: &Path) -> Report {
    let mut report = quoted(report, root);
    report.cap();
    report
}

/// Sorts diagnostics and loads their source lines.
pub fn quoted(mut report: Report, root: &Path) -> Report {
    report.sort();
    report.quote(|file| disk::read_to_string(&disk::join(root, file)).ok());
    report
}
