//! Stories, the entries of all lists, and the passes that are computed from them.
//!
//! In: shown documents, and the registry of names. Out: stories in order, their neighbours, threads, translations,
//! related stories, and people with the stories that carry their by-line. Deliberately not here: topics and editions,
//! whose passes run on the finished list of stories.

pub(super) mod entries;
mod named;
pub(super) mod people;
pub(super) mod related;
pub(super) mod shown;
pub(super) mod threads;
pub(super) mod translations;

pub use super::documents::heads::is_withdrawn;
pub use super::model::StorySource;
pub use named::story_head;
pub(super) use named::{Listed, NamedStory, Neighbors, neighbors, of_articles, of_items, order};
