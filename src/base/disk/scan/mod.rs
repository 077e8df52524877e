//! Scanning folders: which files they hold, which of them count, and which have changed.
//!
//! In: a folder, and the bounds for its symbolic links. Out: names, stats, and a tree that is kept from scan to scan.
//! Deliberately not here: reading the files.

pub(super) mod bounds;
pub(super) mod ignored;
pub(super) mod tree;
pub(super) mod walk;
