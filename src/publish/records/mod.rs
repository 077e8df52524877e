//! The records that a publication leaves in `.dateline/` for the next one: what was written, from which inputs, by which
//! build.
//!
//! In: the outputs of a publication. Out: the same, read back by the next build; a record of another format version is
//! ignored. Deliberately not here: the moment at which they are replaced, which the transaction decides.

pub(super) mod build_record;
pub(super) mod ledger;
pub(super) mod manifests;
