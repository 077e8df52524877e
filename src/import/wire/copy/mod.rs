//! The bytes of a file → the stories in it, each in its parts.
//!
//! In: bytes. Out: a [`story::Story`] for each, with the line on which each part stands. Deliberately not here: what the
//! site knows, such as names and dates of its own.

pub(super) mod encoding;
pub(super) mod paragraphs;
pub(super) mod raw_story;
pub(super) mod story;
