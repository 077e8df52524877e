//! Heads of documents whose kind is known.

use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, BriefingHead, TopicHead, UpdateKind};

/// The head of an article's document.
pub fn article_head(document: &Document) -> &ArticleHead {
    match &document.content {
        Content::Article(head, _) => head,
        _ => unreachable!("an article's document is an article"),
    }
}

/// Whether the article's last word is that it no longer stands.
pub fn is_withdrawn(head: &ArticleHead) -> bool {
    head.updates.iter().any(|update| update.kind == UpdateKind::Withdrawn)
}

/// The head of a briefing's document.
pub fn briefing_head(document: &Document) -> &BriefingHead {
    match &document.content {
        Content::Briefing(head, _) => head,
        _ => unreachable!("a briefing's document is a briefing"),
    }
}

/// The names of topics that a document uses.
pub(super) fn topic_names(document: &Document) -> Vec<&String> {
    match &document.content {
        Content::Article(head, _) => head.section.iter().chain(&head.topics).collect(),
        Content::Briefing(head, body) => {
            head.topics.iter().chain(body.items.iter().flat_map(|item| &item.topics)).collect()
        }
        Content::Topic(head, _) => head.parents.iter().chain(&head.see_also).collect(),
        Content::Person(..) | Content::Page(..) => Vec::new(),
    }
}

/// The head of a topic's document.
pub(super) fn topic_head(document: &Document) -> Option<&TopicHead> {
    match &document.content {
        Content::Topic(head, _) => Some(head),
        _ => None,
    }
}
