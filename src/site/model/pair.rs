//! Pairs of topics.

use crate::site::ids::{StoryId, TopicId};

/// Two topics that enough stories are about together.
#[derive(Debug)]
pub struct Pair {
    /// The topic whose slug is first in the alphabet.
    pub first: TopicId,
    /// The other topic.
    pub second: TopicId,
    /// Stories that name both, newest first.
    pub stories: Vec<StoryId>,
}
