//! Linked data of pages that list stories.

use std::sync::Arc;

use super::desk::Desk;
use crate::plan::json_ld::{Item, Node};
use crate::site::{StoryId, TopicId};

/// A page that lists stories.
pub(in crate::plan) fn stories(desk: &Desk, stories: &[StoryId]) -> Node {
    Node::List(items(desk, stories))
}

/// The front of a topic, and what it is about.
pub(in crate::plan) fn topic(desk: &Desk, id: TopicId, stories: &[StoryId]) -> Node {
    Node::Topic(items(desk, stories), Arc::clone(desk.coded_topic(id)))
}

fn items(desk: &Desk, stories: &[StoryId]) -> Vec<Item> {
    stories.iter().map(|id| Item::story(Arc::clone(desk.card(*id)), desk.card_digest(*id))).collect()
}
