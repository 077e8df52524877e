//! The options of a deployment.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::changes::Changes;
use super::objects::Published;
use crate::config::Limit;

/// The options of a deployment; the environment and the time are passed in, so that tests can set them.
pub struct DeployOptions<'a> {
    /// Whether to plan only, and write nothing.
    pub dry_run: bool,
    /// The limit of deletions; overrides that of the target.
    pub max_deletes: Option<Limit>,
    /// The number of releases kept in a folder; overrides that of the target.
    pub keep: Option<usize>,
    /// The time without a heartbeat after which another deployment's claim counts as dead.
    pub patience: Duration,
    /// The environment variables with the credentials.
    pub environment: BTreeMap<String, String>,
    /// The home directory, where the standard credentials files are; `None` skips them.
    pub home: Option<PathBuf>,
    /// The current time, for the retirement of fingerprinted files.
    pub now: Timestamp,
    /// Polled between requests; `true` stops the deployment.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Called with the plan before anything is written; again if the plan had to be made anew.
    pub show: &'a (dyn Fn(&Changes, &Published) + Sync),
}
