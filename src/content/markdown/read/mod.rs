//! Parsing: text → events, and everything that is read from them without writing HTML.
//!
//! In: the text after the front matter. Out: [`events::Events`] with links by slug, autolinks and smart punctuation;
//! warnings about what readers would not see; plain text, headings and prose with their positions. Deliberately not
//! here: HTML output.

pub(super) mod attributes;
pub(super) mod blocks;
pub(super) mod colons;
pub(super) mod events;
pub(super) mod extract;
pub(super) mod inline;
pub(super) mod notes;
pub(super) mod options;
pub(super) mod parsed;
mod unended;
mod vet;
