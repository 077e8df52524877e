//! The anchors of pages, to which links with a fragment may point.

use std::borrow::Cow;

use crate::content::document::{Content, Document};
use crate::content::head::Update;
use crate::content::markdown::Body;
use crate::site::documents::heads::is_withdrawn;

/// All anchors on the page of a document. The page of a withdrawn article has only those of its change log.
pub(in crate::site) fn anchors(document: &Document) -> Vec<Cow<'_, str>> {
    let (parts, log) = match &document.content {
        Content::Article(head, _) if is_withdrawn(head) => (Vec::new(), &*head.updates),
        Content::Article(head, body) => {
            let entries = body.entries.iter().flat_map(|entry| std::iter::once(&*entry.id).chain(own(&entry.body)));
            (own(body).into_iter().chain(entries).collect(), &*head.updates)
        }
        Content::Entry(head, entry) => (std::iter::once(&*entry.id).chain(own(&entry.body)).collect(), &*head.updates),
        Content::Topic(_, body) | Content::Person(_, body) | Content::Page(_, body) => (own(body), [].as_slice()),
        Content::Briefing(head, body) => {
            let items = body.items.iter().flat_map(|item| std::iter::once(item.id.as_str()).chain(own(&item.body)));
            (own(&body.intro).into_iter().chain(items).collect(), &*head.updates)
        }
    };
    parts.into_iter().map(Cow::Borrowed).chain(Update::anchors(log).into_iter().map(Cow::Owned)).collect()
}

fn own(body: &Body) -> Vec<&str> {
    body.anchors.iter().map(String::as_str).collect()
}
