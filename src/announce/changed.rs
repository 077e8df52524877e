//! The list of changed addresses that `build --changes` and `deploy --changes` write.

use serde::Deserialize;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// The addresses of a site that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// What was not there before.
    pub added: Vec<String>,
    /// What says something else than before.
    pub changed: Vec<String>,
    /// What is no longer there.
    pub removed: Vec<String>,
}

impl Changed {
    /// Reads what `--changes` wrote into `file`.
    pub fn read(file: &std::path::Path) -> Result<Self, Diagnostic> {
        Self::parse(&disk::read_to_string(file)?, &file.display().to_string())
    }

    /// Reads what `--changes` wrote; `name` is what messages call it.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        serde_json::from_str(text).map_err(|error| {
            let message = format!("`{name}` is no list of changes: {error}");
            Diagnostic::error(codes::USAGE, message).help("name the file that `deploy --changes FILE` has written")
        })
    }
}
