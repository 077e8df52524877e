//! Queries of front matter.

use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, UpdateKind};

/// Whether the change log of the article has a withdrawal.
pub fn is_withdrawn(head: &ArticleHead) -> bool {
    head.updates.iter().any(|update| update.kind == UpdateKind::Withdrawn)
}

/// The names of topics in the front matter and in headings of items.
pub(in crate::site) fn topic_names(document: &Document) -> Vec<&String> {
    match &document.content {
        Content::Article(head, _) => head.section.iter().chain(&head.topics).collect(),
        Content::Briefing(head, body) => {
            head.topics.iter().chain(body.items.iter().flat_map(|item| &item.topics)).collect()
        }
        Content::Topic(head, _) => head.parents.iter().chain(&head.see_also).collect(),
        Content::Entry(..) | Content::Person(..) | Content::Page(..) => Vec::new(),
    }
}
