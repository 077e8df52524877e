//! Heads of documents whose kind is known.

use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, BriefingHead, UpdateKind};

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
