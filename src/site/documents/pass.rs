//! What all passes of [`assemble`](crate::site::assemble()) read.

use super::lookup::Documents;
use super::visibility::Showing;
use crate::base::date::Moment;
use crate::config::Config;
use crate::content::document::Document;
use crate::site::lock::Lock;

/// What a site is made of, as its passes see it: nothing of it changes while they run.
#[derive(Clone, Copy)]
pub(in crate::site) struct PassInputs<'a> {
    pub(in crate::site) config: &'a Config,
    pub(in crate::site) documents: &'a Documents,
    /// By the index of the document.
    pub(in crate::site) shown: &'a [Showing],
    /// Every address that was published, where the desk keeps a list.
    pub(in crate::site) lock: Option<&'a Lock>,
    /// The instant to publish as of.
    pub(in crate::site) as_of: Moment,
}

impl<'a> PassInputs<'a> {
    /// The language of a document.
    pub(in crate::site) fn language(&self, document: &'a Document) -> &'a str {
        document.language().unwrap_or(&self.config.language)
    }
}
