//! The result of a deployment.

use super::changes::{Changes, ObjectChange};
use super::store::Traffic;
use crate::base::route::Route;
use crate::config::Config;

/// The outcome of a successful deployment or dry run.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The changes that were made, or with `dry_run` would be.
    pub changes: Changes,
    /// The network traffic; `None` for a folder.
    pub traffic: Option<Traffic>,
    /// The name of the live release; `None` for a bucket.
    pub release: Option<String>,
}

impl Done {
    /// The absolute URLs of the objects with this kind of change, for change notifications.
    pub fn addresses(&self, change: ObjectChange, config: &Config) -> Vec<String> {
        let route = |key: &String| Route::new(&format!("/{}", key.strip_suffix("index.html").unwrap_or(key))).ok();
        let routes = self.changes.keys(change).filter_map(route);
        routes.map(|route| config.base_url.absolute(route.as_str())).collect()
    }
}
