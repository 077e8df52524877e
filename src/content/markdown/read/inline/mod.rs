//! Running text: addresses become links, and straight quotes, hyphens and dots become typographic marks.
//!
//! In: the parser's events with their source. Out: the same events with these replacements, without control characters.
//! Deliberately not here: links that authors mark themselves.

pub(super) mod addresses;
mod apply;
pub(super) mod autolink;
pub(super) mod controls;
pub(in crate::content::markdown) mod punctuation;

pub(super) use apply::{link, linkable, punctuate};
