//! A file that the import makes.

use std::path::PathBuf;

/// A file to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the root of the site, with `/`.
    pub path: String,
    /// What is in it.
    pub source: FileContent,
}

/// What is in a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// This text.
    Text(String),
    /// The bytes of this file.
    File(PathBuf),
}
