//! What all passes of [`assemble`](super::assemble()) read.

use super::documents::Documents;
use super::lock::Lock;
use super::visibility::Showing;
use crate::base::date::Moment;
use crate::config::Config;
use crate::content::document::Document;

/// What a site is made of, as its passes see it: nothing of it changes while they run.
#[derive(Clone, Copy)]
pub(super) struct PassInputs<'a> {
    pub(super) config: &'a Config,
    pub(super) documents: &'a Documents,
    /// By the index of the document.
    pub(super) shown: &'a [Showing],
    /// Every address that was published, where the desk keeps a list.
    pub(super) lock: Option<&'a Lock>,
    /// The instant to publish as of.
    pub(super) as_of: Moment,
}

impl<'a> PassInputs<'a> {
    /// The language of a document.
    pub(super) fn language(&self, document: &'a Document) -> &'a str {
        document.language().unwrap_or(&self.config.language)
    }
}
