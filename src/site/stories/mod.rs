//! Articles and stories, and what belongs to them.
//!
//! In: documents that are shown, and the registry of names. Out: stories in order, their neighbours, threads,
//! translations, related stories, and people with their by-lines. Deliberately not here: topics and editions, which are
//! made of stories.

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
