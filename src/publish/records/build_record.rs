//! Inputs of the last complete build, for the fast path of a build without changes: if all of them are equal, only the
//! files in the output folder are checked.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::digest::msgpack;
use crate::base::disk;
use crate::publish::layout::{SETTLED, own_folder};

/// The result of the search for withheld text, by output. Kept outputs are not searched again, but their findings are
/// reported again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// The digest of the search terms; when it changes, kept outputs are searched again.
    pub digest: Digest,
    /// For each output with findings, by route: the indices of the secrets found in it.
    pub found: Vec<(String, Vec<usize>)>,
}

/// The record of a complete build.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BuildRecord {
    /// The digest of everything that the build read.
    pub inputs: Digest,
    /// The instant as of which the site was built.
    pub from: Moment,
    /// The instant from which the same inputs give another site; `None` for never.
    pub until: Option<Moment>,
    /// The search for withheld text in all outputs.
    pub audited: Audited,
    /// The overview and report of the build in the pipeline's serialised form, to be printed again by a build without
    /// changes.
    pub note: String,
    /// The digest of the ledger written with this record; another ledger invalidates it.
    pub(in crate::publish) ledger: Option<Digest>,
}

impl BuildRecord {
    /// A record for a publication in progress, which has no ledger yet.
    pub fn new(inputs: Digest, from: Moment, until: Option<Moment>, audited: Audited, note: String) -> Self {
        Self { inputs, from, until, audited, note, ledger: None }
    }

    /// The search results for the outputs in the ledger with this digest; `None` when there are none on record.
    pub(in crate::publish) fn audited(own: &Path, ledger: Digest) -> Option<Audited> {
        let record: Self = msgpack::decode(&disk::read(&own.join(SETTLED)).ok()?)?;
        (record.ledger == Some(ledger)).then_some(record.audited)
    }

    /// The record of an output folder, if it has these inputs and still holds at `now`; otherwise `None`.
    pub fn find(output: &Path, inputs: Digest, now: Moment) -> Option<Self> {
        let record: Self = msgpack::decode(&disk::read(&own_folder(output).join(SETTLED)).ok()?)?;
        let is_past = |until: Moment| until.instant() <= now.instant();
        let holds =
            record.inputs == inputs && record.from.instant() <= now.instant() && !record.until.is_some_and(is_past);
        holds.then_some(record)
    }

    /// Writes the record. A failure is ignored: the next build only takes longer.
    pub(in crate::publish) fn write(mut self, own: &Path, ledger: Digest) {
        self.ledger = Some(ledger);
        let _ = disk::write(&own.join(SETTLED), &msgpack::encode(&self));
    }
}
