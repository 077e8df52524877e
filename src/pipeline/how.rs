//! Publishing options, and what stops publication.

use std::path::PathBuf;

use super::request::Request;
use crate::base::report::Diagnostic;
use crate::content::folders::{CONTENT, STATIC, TEMPLATES};
use crate::publish::{self, Publication};

/// What publishing must stop for, beside errors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deny {
    /// Warnings.
    pub warnings: bool,
    /// Anything that is withheld, and what authors have typed of it.
    pub withheld: bool,
    /// What authors have typed of anything that is withheld.
    pub mentions: bool,
}

/// How to publish.
#[derive(Clone, Debug)]
pub struct Publish {
    /// The output folder.
    pub output: PathBuf,
    /// Trust no record of earlier builds.
    pub clean: bool,
    /// Make everything once more afterwards, and compare it with what stands in the output folder.
    pub verify: bool,
    /// Folders that are never outputs, such as the user's home.
    pub protected: Vec<PathBuf>,
    /// What publishing must stop for, beside errors.
    pub deny: Deny,
}

/// Opens the output folder.
pub(super) fn open(request: &Request, how: &Publish) -> Result<Publication, Diagnostic> {
    let sources = [CONTENT, TEMPLATES, STATIC].map(|folder| request.root.join(folder));
    let sources: Vec<PathBuf> = sources.into_iter().chain([request.config.clone()]).collect();
    let options =
        publish::PublishOptions { clean: how.clean, command: "build".to_owned(), protected: how.protected.clone() };
    Publication::open(&how.output, &sources, options)
}
