//! The documents as input of the assembly: visibility, and lookup by reference.
//!
//! In: all documents, and the instant to publish as of. Out: `Documents`, the withheld documents
//! with reasons, and `PassInputs` for all passes. Deliberately not here: the relations between
//! documents.

pub mod appearance;
pub(super) mod entry_files;
pub(super) mod heads;
pub(super) mod lookup;
pub(super) mod pass;
pub mod visibility;
