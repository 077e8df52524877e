//! What came of an action, for whoever says it.

use crate::base::report::Report;

/// What came of an action.
#[derive(Debug, Default)]
pub struct ActionResult {
    /// The files that were written: paths relative to the site's root, with `/`.
    pub files: Vec<String>,
    /// What became of each file, a line each; empty where the path says it all.
    pub lines: Vec<String>,
    /// All problems, sorted and with source lines. With an error and no files, nothing was written.
    pub report: Report,
    /// The closing sentence, if there is one.
    pub closing: Option<String>,
}
