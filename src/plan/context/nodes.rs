//! Linked data of pages that list stories.

use std::sync::Arc;

use super::desk::Desk;
use crate::plan::json_ld::{JsonLdItem, JsonLdNode};
use crate::site::{StoryId, TopicId};

/// A page that lists stories.
pub(in crate::plan) fn stories(desk: &Desk, stories: &[StoryId]) -> JsonLdNode {
    JsonLdNode::List(items(desk, stories))
}

/// The front of a topic, and what it is about.
pub(in crate::plan) fn topic(desk: &Desk, id: TopicId, stories: &[StoryId]) -> JsonLdNode {
    JsonLdNode::Topic(items(desk, stories), Arc::clone(desk.coded_topic(id)))
}

fn items(desk: &Desk, stories: &[StoryId]) -> Vec<JsonLdItem> {
    stories.iter().map(|id| JsonLdItem::story(Arc::clone(desk.card(*id)), desk.card_digest(*id))).collect()
}
