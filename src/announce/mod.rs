//! Floor 8: the world is told that the site has changed.
//!
//! In: addresses that were added, changed and removed, as `build --changes` and `deploy --changes` write them. Out: what
//! each of those who were told answered. Nobody is told anything unless a desk asks for it. Deliberately not here: what
//! has changed.

use std::time::Duration;

use serde::Deserialize;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};

mod indexnow;
mod post;
mod websub;

pub use indexnow::indexnow;
pub use websub::websub;

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(30);

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

/// Whom something was told, and what they answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What they were told of.
    pub what: String,
    /// Their answer, in words.
    pub answer: String,
}

/// What came of it: answers, and problems with those who did not accept.
pub type Answers = (Vec<Told>, Report);

fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::error(codes::NOT_ANNOUNCED, message).help(help)
}
