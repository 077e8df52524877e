//! What the stories of the site that is deployed say, in digests.

use super::manifest::Manifest;
use crate::base::sync::Mutex;
use crate::config::Config;
use crate::content::statement::Statement;
use crate::pipeline::{self, Built, Prepared, Request};

/// The stories of the site that is deployed.
pub(super) struct Stories<'a> {
    request: &'a Request,
    config: &'a Config,
    built: &'a Built,
    /// The last answer.
    said: Mutex<Option<Vec<Statement>>>,
}

impl<'a> Stories<'a> {
    pub(super) fn new(request: &'a Request, config: &'a Config, built: &'a Built) -> Self {
        Self { request, config, built, said: Mutex::new(None) }
    }

    /// What they say once the deployment is complete. When the build had nothing to do and no object changes, that is what the
    /// target has, if it is known: a run from a timer need not read the site. `None` when the site cannot be read.
    pub(super) fn of(&self, target: &Manifest, is_changed: bool) -> Option<Vec<Statement>> {
        let said = match (self.built.prepared.as_ref().map(Prepared::site), &target.stories) {
            (Some(site), _) => Some(site.statements()),
            (None, Some(known)) if !is_changed => Some(known.clone()),
            (None, _) => pipeline::assemble_with(self.request, self.config.clone()).0.map(|site| site.statements()),
        };
        self.said.lock().clone_from(&said);
        said
    }

    /// What [`of`](Self::of) has answered last.
    pub(super) fn last(self) -> Option<Vec<Statement>> {
        self.said.lock().take()
    }
}
