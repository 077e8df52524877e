//! Settings about addresses: that of the site, the patterns of its pages, former addresses, and those of other programs.
//!
//! In: values as written. Out: checked patterns, routes and redirects. Deliberately not here: which pages exist.

pub(super) mod archive;
pub(super) mod base_url;
pub(super) mod elsewhere;
pub(super) mod permalink;
pub(super) mod redirects;
