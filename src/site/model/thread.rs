//! Threads: developing stories.

use crate::base::route::Route;
use crate::site::ids::StoryId;

/// A developing story.
#[derive(Debug)]
pub struct Thread {
    /// Its name: the most used spelling.
    pub title: String,
    /// The identity of its name: the form in which all its spellings are the same.
    pub folded: String,
    /// Its route: `/threads/putin-in-beijing/`.
    pub route: Route,
    /// Its parts, oldest first.
    pub stories: Vec<StoryId>,
}
