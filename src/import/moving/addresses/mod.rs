//! Determines the former and the new addresses of stories.
//!
//! In: stories with their front matter. Out: segments of former addresses as each generator makes them, the permalink
//! pattern that keeps most addresses, a placement with aliases for each story, and redirects for former feeds and
//! lists. Deliberately not here: links in texts.

mod claims;
pub(super) mod filling;
pub(super) mod hugo_paths;
pub(super) mod names;
pub(super) mod permalink_pattern;
pub(super) mod placement;
pub(super) mod redirects;
