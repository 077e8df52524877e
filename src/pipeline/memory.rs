//! What commands keep in mind.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::request::Request;
use crate::base::disk::{self, Look};
use crate::content::memory;
use crate::render::{TemplateSource, Templates};

/// The head cache, relative to the site's root.
const HEADS: &str = ".dateline/heads";

/// What is kept from one time to the next, to save time. It changes no result.
#[derive(Debug)]
pub struct Memory {
    pub(super) sources: memory::Memory,
    pub(super) templates: Option<(Vec<TemplateSource>, Arc<Templates>)>,
    /// The texts of the configuration and the templates, by path.
    pub(super) texts: BTreeMap<String, String>,
    /// Where files may have changed since they were last looked at. It stays until they could be.
    pub(super) unseen: Look,
}

impl Default for Memory {
    fn default() -> Self {
        Self { sources: memory::Memory::default(), templates: None, texts: BTreeMap::new(), unseen: Look::Everywhere }
    }
}

impl Memory {
    /// What an earlier run on this site has kept.
    pub fn recall(request: &Request) -> Self {
        Self::of(request, true)
    }

    /// Nothing, to be kept for the next run.
    pub fn anew(request: &Request) -> Self {
        Self::of(request, false)
    }

    fn of(request: &Request, trusted: bool) -> Self {
        let sources = memory::Memory::kept_at(disk::join(&request.root, HEADS), trusted);
        Self { sources, ..Self::default() }
    }

    /// Keeps it for the next run. That it cannot be kept is no problem of the site's: the next run only takes longer.
    pub fn keep(&mut self) {
        let _ = self.sources.keep();
    }

    /// Files may have changed there.
    pub fn touch(&mut self, look: Look) {
        self.unseen.add(look);
    }
}
