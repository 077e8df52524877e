//! Names of topics, before any topic has a page.
//!
//! In: all documents, withheld ones too. Out: a [`Registry`](names::Registry) that tells which spellings are one name, and
//! the slugs of names. Deliberately not here: which of the names are topics of the site.

pub(super) mod closed;
pub(super) mod names;
pub(super) mod slugs;
