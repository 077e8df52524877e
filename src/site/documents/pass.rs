//! The common inputs of all passes of [`assemble`](crate::site::assemble()).

use super::appearance;
use super::entry_files::EntryFiles;
use super::lookup::Documents;
use super::visibility::Showing;
use crate::base::date::Moment;
use crate::config::Config;
use crate::content::document::Document;
use crate::site::urls_lock::UrlsLock;

/// The inputs of every pass, which do not change during assembly.
#[derive(Clone, Copy)]
pub(in crate::site) struct PassInputs<'a> {
    pub(in crate::site) config: &'a Config,
    pub(in crate::site) documents: &'a Documents,
    /// The visibility of each document, by index.
    pub(in crate::site) shown: &'a [Showing],
    /// The entries of live coverage in files of their own.
    pub(in crate::site) entries: &'a EntryFiles,
    /// The published addresses from `urls.lock`; `None` when the desk keeps none.
    pub(in crate::site) lock: Option<&'a UrlsLock>,
    /// The instant that decides which documents are published.
    pub(in crate::site) as_of: Moment,
}

impl<'a> PassInputs<'a> {
    /// When an article or a briefing first appeared; `None` for other documents.
    pub(in crate::site) fn published(&self, document: &Document) -> Option<Moment> {
        appearance::first(document, self.config, self.lock, self.as_of)
    }

    /// The BCP 47 language tag of a document: its own, or else the site's.
    pub(in crate::site) fn language(&self, document: &'a Document) -> &'a str {
        document.language().unwrap_or(&self.config.main_language)
    }
}
