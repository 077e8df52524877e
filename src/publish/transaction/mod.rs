//! The transaction: outputs are staged, then moved into place together, or not at all.
//!
//! In: outputs, put or kept one by one. Out: the output folder, replaced; after an interruption, completed by the next
//! command. Deliberately not here: which outputs are stale.

pub(super) mod commit;
pub(super) mod content;
mod files;
mod foreign;
pub(super) mod publication;
mod staging;
