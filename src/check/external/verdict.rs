//! How to ask for an address, and the result.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How to ask.
#[derive(Clone, Debug)]
pub struct LinkCheckOptions {
    /// The file in which answers are kept.
    pub kept: PathBuf,
    /// For how long a good answer counts.
    pub max_age: Duration,
    /// How long one answer may take.
    pub timeout: Duration,
    /// The time.
    pub now: Timestamp,
}

/// The state of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It answers.
    Fine,
    /// It has moved for good, to this address.
    Moved(String),
    /// It is gone, for this reason.
    Dead(String),
    /// Nobody can tell, for this reason.
    Unsure(String),
}
