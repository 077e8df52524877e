//! Caches that are kept between the builds of a process, and between processes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::input::request::Request;
use super::kept::KeptSite;
use crate::base::disk::{self, Rescan};
use crate::base::report::Report;
use crate::content::data::Data;
use crate::content::source_cache;
use crate::render::{TemplateSource, Templates};

/// The source cache, relative to the site's root.
const SOURCES: &str = ".dateline/sources";

/// The caches of a site. They save time and never change a result.
#[derive(Debug)]
pub struct BuildCache {
    /// The parsed source files; the only part that is saved to disk.
    pub(super) sources: source_cache::SourceCache,
    /// The compiled templates, with the texts that they were compiled from.
    pub(super) templates: Option<(Vec<TemplateSource>, Arc<Templates>)>,
    /// The data files of the last run.
    pub(super) data: Option<DataCache>,
    /// The texts of the configuration, the data and the templates by path, as of the last rescan.
    pub(super) texts: BTreeMap<String, String>,
    /// The paths that may have changed since the last scan. They stay pending until the next scan, which needs a
    /// readable configuration.
    pub(super) pending: Rescan,
    /// The site of the last run.
    pub(super) kept: Option<KeptSite>,
}

/// The data files as they were read.
#[derive(Debug)]
pub(super) struct DataCache {
    /// Their paths and texts.
    pub(super) texts: Vec<(String, String)>,
    pub(super) data: Arc<Data>,
    /// The problems in them.
    pub(super) said: Report,
}

impl Default for BuildCache {
    fn default() -> Self {
        Self {
            sources: source_cache::SourceCache::default(),
            templates: None,
            data: None,
            texts: BTreeMap::new(),
            pending: Rescan::All,
            kept: None,
        }
    }
}

impl BuildCache {
    /// Loads the cache that an earlier process saved for this site; an empty one if there is none.
    pub fn load(request: &Request) -> Self {
        Self::of(request, true)
    }

    /// Returns an empty cache, which replaces the saved one on [`save`](Self::save).
    pub fn empty(request: &Request) -> Self {
        Self::of(request, false)
    }

    fn of(request: &Request, trusted: bool) -> Self {
        // Texts are compiled for a host, by its address, so that each has a cache of its own.
        let host = request.language.as_deref().map_or_else(String::new, |tag| format!("-{}", tag.to_ascii_lowercase()));
        let file = disk::join(&request.root, &format!("{SOURCES}{host}"));
        let sources = source_cache::SourceCache::kept_at(file, trusted);
        Self { sources, ..Self::default() }
    }

    /// Saves the source cache for the next process. A failure is ignored: the next build only takes longer.
    pub fn save(&mut self) {
        let _ = self.sources.save();
    }

    /// Marks paths as pending, to be scanned again by the next build.
    pub fn touch(&mut self, rescan: Rescan) {
        self.pending.add(rescan);
    }
}
