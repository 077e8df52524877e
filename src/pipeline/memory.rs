//! Caches that a command keeps between builds, and between runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::request::Request;
use crate::base::disk::{self, Rescan};
use crate::content::source_cache;
use crate::render::{TemplateSource, Templates};

/// The source cache, relative to the site's root.
const SOURCES: &str = ".dateline/sources";

/// What is kept from one time to the next, to save time. It changes no result.
#[derive(Debug)]
pub struct BuildCache {
    pub(super) sources: source_cache::SourceCache,
    pub(super) templates: Option<(Vec<TemplateSource>, Arc<Templates>)>,
    /// The texts of the configuration and the templates, by path.
    pub(super) texts: BTreeMap<String, String>,
    /// Where files may have changed since they were last looked at. It stays until they could be.
    pub(super) pending: Rescan,
}

impl Default for BuildCache {
    fn default() -> Self {
        Self {
            sources: source_cache::SourceCache::default(),
            templates: None,
            texts: BTreeMap::new(),
            pending: Rescan::All,
        }
    }
}

impl BuildCache {
    /// What an earlier run on this site has kept.
    pub fn load(request: &Request) -> Self {
        Self::of(request, true)
    }

    /// Nothing, to be kept for the next run.
    pub fn empty(request: &Request) -> Self {
        Self::of(request, false)
    }

    fn of(request: &Request, trusted: bool) -> Self {
        let sources = source_cache::SourceCache::kept_at(disk::join(&request.root, SOURCES), trusted);
        Self { sources, ..Self::default() }
    }

    /// Keeps it for the next run. That it cannot be kept is no problem of the site's: the next run only takes longer.
    pub fn save(&mut self) {
        let _ = self.sources.save();
    }

    /// Files may have changed there.
    pub fn touch(&mut self, rescan: Rescan) {
        self.pending.add(rescan);
    }
}
