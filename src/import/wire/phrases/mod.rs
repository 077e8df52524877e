//! The phrases that wires write in fixed forms: datelines, by-lines, credits, embargoes, advisories, markers, text in
//! upper case.
//!
//! In: a line or a paragraph. Out: its parsed content, or none when it does not have the form. Deliberately not here:
//! the position of such a line in a file, and its use in an article.

pub(super) mod capitals;
pub(super) mod credits;
pub(super) mod dateline;
pub(super) mod embargo;
pub(super) mod headers;
pub(super) mod marks;
pub(super) mod names;
