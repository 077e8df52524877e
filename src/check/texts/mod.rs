//! The rules about what a single content file says: front matter, wording, pictures, words of links.
//!
//! In: one content file. Out: findings. Deliberately not here: rules that compare files or look at addresses.

pub(super) mod dateline;
pub(super) mod head;
pub(super) mod images;
pub(super) mod leftovers;
pub(super) mod link_texts;
pub(super) mod names;
pub(super) mod topics;
pub(super) mod wording;
