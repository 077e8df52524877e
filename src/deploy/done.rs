//! The result of a deployment.

use super::changes::{Changes, ObjectChange};
use super::store::Traffic;
use crate::base::route::Route;
use crate::config::Config;

/// What a deployment did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// What was done, or with `dry_run` would be.
    pub changes: Changes,
    /// What went over the wire, where there is one.
    pub traffic: Option<Traffic>,
    /// The release that is live, in a folder.
    pub release: Option<String>,
}

impl Done {
    /// The addresses of the site that are of this change now.
    pub fn addresses(&self, change: ObjectChange, config: &Config) -> Vec<String> {
        let route = |key: &String| Route::new(&format!("/{}", key.strip_suffix("index.html").unwrap_or(key))).ok();
        let routes = self.changes.keys(change).filter_map(route);
        routes.map(|route| config.base_url.absolute(route.as_str())).collect()
    }
}
