//! Whether an output is stale: [`Reason::find`] is the one place that decides it. Others only bring what it decides by:
//! `render` the key and the answers, the ledger what they were, the disk the file. A build of a site whose sources are all
//! the same is done before it comes to that (`pipeline::unchanged`). What changed of a key is told by the listings of its
//! inputs ([`super::History`]).

use super::ledger::LedgerEntry;
use super::reason::Reason;
use crate::base::digest::Digest;

impl Reason {
    /// Why an output must be made; `None` when it stands as recorded, made from the same key with the same answers.
    /// `holds` tells whether recorded answers are still the site's, `stands` whether the file is as recorded.
    pub fn find(
        recorded: Option<&LedgerEntry>,
        key: Digest,
        holds: impl FnOnce(&[(String, Digest)]) -> bool,
        stands: impl FnOnce(&LedgerEntry) -> bool,
    ) -> Option<Self> {
        match recorded {
            None => Some(Self::New),
            Some(entry) if entry.key != key => Some(Self::Inputs),
            Some(entry) if !holds(&entry.questions) => Some(Self::Answers),
            Some(entry) if !stands(entry) => Some(Self::Touched),
            Some(_) => None,
        }
    }
}
