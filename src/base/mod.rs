//! Floor 0: values that know nothing of news.
//!
//! In: nothing. Out: dates, digests, routes, text helpers, diagnostics, YAML with places and the only door to the disk.
//! Deliberately not here: what a story, a topic or a page is.

pub mod calendar;
pub mod codes;
pub mod complaint;
pub mod date;
pub mod digest;
pub mod disk;
pub mod loose;
pub mod marked;
pub mod print;
pub mod rank;
pub mod report;
pub mod route;
pub mod scalar;
pub mod shape;
pub mod source;
pub mod text;
pub mod values;
pub mod yaml;
