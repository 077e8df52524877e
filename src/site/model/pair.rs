//! The model of pairs of topics.

use crate::site::ids::{StoryId, TopicId};

/// Two topics that enough stories have in common for a page of their own.
#[derive(Debug)]
pub struct Pair {
    /// The topic whose slug sorts first.
    pub first: TopicId,
    /// The topic whose slug sorts second.
    pub second: TopicId,
    /// The stories about both topics, newest first.
    pub stories: Vec<StoryId>,
}
