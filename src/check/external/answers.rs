//! Cache of earlier answers, on the disk. Losing it costs only time.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::link_state::{LinkCheckOptions, LinkState};
use crate::base::disk;

/// Version of the file format; other versions are ignored.
const VERSION: u32 = 1;

/// Lifetime of a negative answer: the page may be back the next day.
const BAD: Duration = Duration::from_secs(24 * 3600);
/// Lifetime of an inconclusive answer.
const UNSURE: Duration = Duration::from_secs(3600);

/// Answers by address.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Answers {
    version: u32,
    answers: BTreeMap<String, Answer>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    at: Timestamp,
    verdict: LinkState,
}

impl Answers {
    /// Reads a file; empty when it is missing, damaged or of another version.
    pub(super) fn read(file: &Path) -> Self {
        let text = disk::read_to_string(file).ok();
        let read: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        read.filter(|answers| answers.version == VERSION).unwrap_or(Self { version: VERSION, ..Self::default() })
    }

    /// The answer for an address, unless it has expired.
    pub(super) fn get(&self, url: &str, options: &LinkCheckOptions) -> Option<&LinkState> {
        let Answer { at, verdict } = self.answers.get(url)?;
        let most = match verdict {
            LinkState::Fine | LinkState::Moved(_) => options.max_age,
            LinkState::Dead(_) => BAD.min(options.max_age),
            LinkState::Unsure(_) => UNSURE.min(options.max_age),
        };
        (options.now.duration_since(*at).unsigned_abs() < most).then_some(verdict)
    }

    /// The last answer for an address, even if expired.
    pub(super) fn last(&self, url: &str) -> Option<&LinkState> {
        self.answers.get(url).map(|answer| &answer.verdict)
    }

    /// Adds answers received now.
    pub(super) fn add(&mut self, verdicts: Vec<(String, LinkState)>, now: Timestamp) {
        self.answers.extend(verdicts.into_iter().map(|(url, verdict)| (url, Answer { at: now, verdict })));
    }

    /// Writes the file.
    pub(super) fn write(&self, file: &Path) -> disk::Result<()> {
        if let Some(folder) = file.parent() {
            disk::create_dir_all(folder)?;
        }
        disk::write(file, serde_json::to_string_pretty(self).expect("texts can be written").as_bytes())
    }
}
