//! The names of topics, before any topic has a page.
//!
//! In: all documents, including withheld ones. Out: a [`Registry`](names::Registry), which knows which spellings denote
//! one topic, and the slugs of names. Deliberately not here: the decision which names get a page.

pub(super) mod closed;
pub(super) mod names;
pub(super) mod slugs;
