//! How to deploy.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::changes::Changes;
use super::objects::Published;
use crate::config::Limit;

/// How to deploy.
pub struct DeployOptions<'a> {
    /// Only say what would be done.
    pub dry_run: bool,
    /// How much may be deleted, instead of what the target says.
    pub max_deletes: Option<Limit>,
    /// How many releases stay in a folder, instead of what the target says.
    pub keep: Option<usize>,
    /// How long another deployment may be silent before it counts as dead.
    pub patience: Duration,
    /// The environment: where credentials come from.
    pub environment: BTreeMap<String, String>,
    /// The user's home, for the standard files of credentials.
    pub home: Option<PathBuf>,
    /// The time.
    pub now: Timestamp,
    /// Whether the process was asked to end.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Is told the plan before the first byte moves.
    pub show: &'a (dyn Fn(&Changes, &Published) + Sync),
}
