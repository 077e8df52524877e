//! Options of link checking, and its results.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Options of link checking.
#[derive(Clone, Debug)]
pub struct LinkCheckOptions {
    /// The cache file.
    pub kept: PathBuf,
    /// Lifetime of a positive answer.
    pub max_age: Duration,
    /// Timeout of one request.
    pub timeout: Duration,
    /// The current time.
    pub now: Timestamp,
}

/// The state of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// It answers.
    Fine,
    /// It has moved permanently, to this address.
    Moved(String),
    /// It is gone, for this reason.
    Dead(String),
    /// The answer is inconclusive, for this reason.
    Unsure(String),
}
