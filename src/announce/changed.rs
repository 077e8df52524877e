//! The JSON list of changed URLs that `build --changes` and `deploy --changes` write.

use serde::Deserialize;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// The absolute URLs that differ between two builds or deployments; unknown keys in the JSON are an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// URLs that the site did not have before.
    pub added: Vec<String>,
    /// URLs whose content differs from before.
    pub changed: Vec<String>,
    /// URLs that the site no longer has.
    pub removed: Vec<String>,
}

impl Changed {
    /// Returns the list in `file`; fails when the file cannot be read or [`Changed::parse`] fails.
    pub fn read(file: &std::path::Path) -> Result<Self, Diagnostic> {
        Self::parse(&disk::read_to_string(file)?, &file.display().to_string())
    }

    /// Returns the list in `text`; fails when that is not such JSON. The error message calls the input `name`.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        serde_json::from_str(text).map_err(|error| {
            let message = format!("`{name}` is not a list of changes: {error}");
            Diagnostic::error(codes::USAGE, message).help("name the file that `deploy --changes FILE` has written")
        })
    }
}
