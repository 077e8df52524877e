//! Link targets, as far as one text determines them.
//!
//! In: destinations of links as written. Out: [`target::Target`]s, and resolved addresses. Deliberately not here:
//! whether a target exists, which is `site::links`.

pub(super) mod addresses;
pub(super) mod slug;
pub(super) mod target;
