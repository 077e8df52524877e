//! How to publish.

use std::path::PathBuf;

/// How to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    /// Trust no record: no output is taken to be up to date, and all are compared with the files by their bytes.
    pub clean: bool,
    /// The command that is running, for others that find the output locked.
    pub command: String,
    /// Folders that are never outputs, such as the user's home.
    pub protected: Vec<PathBuf>,
}
