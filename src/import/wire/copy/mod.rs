//! Splits the bytes of a file into stories, and each story into its parts.
//!
//! In: bytes. Out: a [`story::Story`] for each, with the line of every part. Deliberately not here: facts that the site
//! knows, such as its names of places and topics.

pub(super) mod encoding;
pub(super) mod paragraphs;
pub(super) mod raw_story;
pub(super) mod story;
