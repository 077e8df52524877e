//! The staleness check: [`Reason::find`] alone decides whether an output must be rendered. Its callers supply the
//! facts: `render` the key and the answers, the ledger the recorded ones, the disk the file. A build of unchanged
//! sources ends before this check (`pipeline::unchanged`). Which inputs of a key changed is found by comparing their
//! listings ([`super::History`]).

use super::reason::Reason;
use super::records::ledger::LedgerEntry;
use crate::base::digest::Digest;

impl Reason {
    /// The reason to render an output; `None` when it is up to date: made from the same key with the same answers, and
    /// its file untouched. `holds` tells whether recorded answers are still the site's, `stands` whether the file is as
    /// recorded. They are called in this order, and only when all before is equal, since both cost time.
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
