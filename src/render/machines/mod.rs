//! Formats that programs read, written in Rust: feeds, sitemaps, and articles as Markdown.
//!
//! In: values of `plan`. Out: bytes. Deliberately not here: JSON-LD and text files, which `plan` makes as text.

pub(super) mod feeds;
pub(super) mod markdown;
pub(super) mod sitemaps;
mod xml;
