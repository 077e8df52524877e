//! Where stories were found, and where they are found now.
//!
//! In: stories with their heads. Out: parts of former addresses as each program makes them, the pattern of addresses that
//! keeps most, a place for each story with its aliases, and redirects for former feeds and lists. Deliberately not here:
//! links in texts.

mod claims;
pub(super) mod filling;
pub(super) mod names;
pub(super) mod permalink_pattern;
pub(super) mod placement;
pub(super) mod redirects;
