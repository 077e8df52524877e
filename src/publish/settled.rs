//! Inputs of the last complete build, for the fast path of a build that has nothing to do: when all of them are the same,
//! only the files in the output folder are looked at.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::layout::{SETTLED, own_folder};
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::digest::msgpack;
use crate::base::disk;

/// What outputs were searched for, and what was found: kept outputs are not searched again, and what was said of them is said
/// again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// The digest of what was looked for.
    pub digest: Digest,
    /// For each output that tells something, by route: the numbers of what it tells.
    pub found: Vec<(String, Vec<usize>)>,
}

/// A publication that stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BuildRecord {
    /// The digest of all that it was made from.
    pub inputs: Digest,
    /// The instant that it is as of.
    pub from: Moment,
    /// When the same inputs give something else.
    pub until: Option<Moment>,
    /// What all its outputs were searched for, and what was found.
    pub audited: Audited,
    /// What was said of it, as its maker wants to say it again.
    pub note: String,
    /// The ledger that was written with it.
    pub(super) ledger: Option<Digest>,
}

impl BuildRecord {
    /// A publication that is being made.
    pub fn new(inputs: Digest, from: Moment, until: Option<Moment>, audited: Audited, note: String) -> Self {
        Self { inputs, from, until, audited, note, ledger: None }
    }

    /// What the outputs that `ledger` lists were searched for, and what was found.
    pub(super) fn audited(own: &Path, ledger: Digest) -> Option<Audited> {
        let settled: Self = msgpack::decode(&disk::read(&own.join(SETTLED)).ok()?)?;
        (settled.ledger == Some(ledger)).then_some(settled.audited)
    }

    /// What stands in an output folder, when it was made from these inputs and is the same at this instant.
    pub fn find(output: &Path, inputs: Digest, now: Moment) -> Option<Self> {
        let settled: Self = msgpack::decode(&disk::read(&own_folder(output).join(SETTLED)).ok()?)?;
        let is_past = |until: Moment| until.instant() <= now.instant();
        let holds =
            settled.inputs == inputs && settled.from.instant() <= now.instant() && !settled.until.is_some_and(is_past);
        holds.then_some(settled)
    }

    /// Writes it beside the ledger. Without it the next build only takes longer.
    pub(super) fn write(mut self, own: &Path, ledger: Digest) {
        self.ledger = Some(ledger);
        let _ = disk::write(&own.join(SETTLED), &msgpack::encode(&self));
    }
}
