//! The options of a publication.

use std::path::PathBuf;

/// The options of a publication.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    /// Whether to distrust the ledger: no output counts as up to date, and existing files are compared by their bytes.
    pub clean: bool,
    /// The running command, shown to others that find the folder locked; empty for `dateline`.
    pub command: String,
    /// Folders that are refused as output folders, such as the user's home.
    pub protected: Vec<PathBuf>,
}
