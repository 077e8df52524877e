//! The model of threads.

use crate::base::route::Route;
use crate::site::ids::StoryId;

/// A thread: the articles about one developing story.
#[derive(Debug)]
pub struct Thread {
    /// The most used spelling of its name.
    pub title: String,
    /// The name in folded form (`text::fold`), in which all spellings are equal.
    pub folded: String,
    /// The route of its page: `/threads/putin-in-beijing/`.
    pub route: Route,
    /// Its parts, oldest first.
    pub stories: Vec<StoryId>,
}
