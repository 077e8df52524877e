//! Publishing options, and the conditions that prevent publication.

use std::path::PathBuf;

use super::input::request::Request;
use crate::base::report::Diagnostic;
use crate::content::folders::{CONTENT, DATA, STATIC, TEMPLATES, WORDS};
use crate::publish::{self, Publication};

/// Conditions that prevent publication, in addition to errors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deny {
    /// Whether any warning prevents it (`--deny-warnings`).
    pub warnings: bool,
    /// Whether any withheld document prevents it, and any typed mention of one (`--deny-withheld`).
    pub withheld: bool,
    /// Whether typed mentions of withheld documents prevent it (`--deny-withheld=mentions`).
    pub mentions: bool,
}

/// Options of a publication.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The output folder, which the build owns.
    pub output: PathBuf,
    /// Whether to ignore all records and caches of earlier builds.
    pub clean: bool,
    /// Whether to render everything once more afterwards, and to compare it with the output folder.
    pub verify: bool,
    /// Folders that are refused as output folders, such as the user's home directory.
    pub protected: Vec<PathBuf>,
    /// Conditions that prevent publication, in addition to errors.
    pub deny: Deny,
}

/// Opens the output folder. Fails when [`Publication::open`] does.
pub(super) fn open(request: &Request, options: &BuildOptions) -> Result<Publication, Diagnostic> {
    let sources = [CONTENT, TEMPLATES, STATIC, DATA, WORDS].map(|folder| request.root.join(folder));
    let sources: Vec<PathBuf> = sources.into_iter().chain([request.config.clone()]).collect();
    let publish = publish::PublishOptions {
        clean: options.clean,
        command: "build".to_owned(),
        protected: options.protected.clone(),
    };
    Publication::open(&options.output, &sources, publish)
}
