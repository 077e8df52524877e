//! Values that know nothing of news.
//!
//! In: nothing. Out: dates, digests, routes, text helpers, diagnostics, YAML with places and the only door to the disk.
//! Deliberately not here: what a story, a topic or a page is.

pub mod codes;
pub mod date;
pub mod digest;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the only door to the disk")]
pub mod disk;
pub mod hash;
pub mod html;
pub mod locale;
pub mod picture;
pub mod rank;
pub mod report;
pub mod route;
pub mod rules;
pub mod stages;
pub mod sync;
pub mod text;
pub mod web;
pub mod yaml;

/// The identity of this build of the program: its version, and a digest of everything that it is made of. Whatever one build
/// keeps for the next begins with it.
pub const BUILD: &str = env!("DATELINE_BUILD");
