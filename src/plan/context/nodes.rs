//! Linked data of pages that list stories.

use std::sync::Arc;

use super::site_context::SiteContext;
use crate::plan::json_ld::{JsonLdItem, JsonLdNode};
use crate::site::{StoryId, TopicId};

/// A page that lists stories.
pub(in crate::plan) fn stories(context: &SiteContext, stories: &[StoryId]) -> JsonLdNode {
    JsonLdNode::List(items(context, stories))
}

/// The front of a topic, and what it is about.
pub(in crate::plan) fn topic(context: &SiteContext, id: TopicId, stories: &[StoryId]) -> JsonLdNode {
    JsonLdNode::Topic(items(context, stories), Arc::clone(context.coded_topic(id)))
}

fn items(context: &SiteContext, stories: &[StoryId]) -> Vec<JsonLdItem> {
    stories.iter().map(|id| JsonLdItem::story(Arc::clone(context.card(*id)), context.card_digest(*id))).collect()
}
