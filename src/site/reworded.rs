//! The site with other words in the running text of some articles, without assembling it anew: nothing that the passes of
//! [`assemble`](super::assemble()) look at has changed.

use std::sync::Arc;

use super::ids::DocId;
use super::model::{Article, PathLink, Site};
use crate::base::date::Moment;
use crate::base::report::{Place, Report};
use crate::content::document::{Content, Document};
use crate::content::markdown::{Body, Span};

/// The most documents that are exchanged; with more of them, the site is assembled anew.
const FEW: usize = 16;

impl Site {
    /// The site as [`assemble`](super::assemble()) would make it of `documents`, at another instant until which nothing
    /// appears or expires: of the documents with their other text. `None` when anything else may differ: other documents,
    /// front matter, links, pictures or anchors, or a problem of those that were `said` of this site, in such a document.
    pub fn reworded(&self, documents: &[Arc<Document>], as_of: Moment, said: &[&Report]) -> Option<Self> {
        let changed = self.changed(documents)?;
        if changed.iter().any(|(_, document)| said.iter().any(|report| is_told_of(&document.path, report))) {
            return None;
        }
        let mut site = self.clone();
        site.as_of = as_of;
        for (doc, document) in changed {
            let (Content::Article(_, old), Content::Article(head, new)) =
                (&self.document(doc).content, &document.content)
            else {
                return None;
            };
            site.move_links(&document.path, old, new)?;
            if let Some(at) = site.articles.iter().position(|article| article.doc == doc) {
                // The article has entries that are in other files.
                if !Arc::ptr_eq(&site.articles[at].document, site.documents.get(doc)) {
                    return None;
                }
                let (document, head, body) = (Arc::clone(document), Arc::clone(head), Arc::clone(new));
                let article = Article { document, head, body, ..Article::clone(&site.articles[at]) };
                site.articles[at] = Arc::new(article);
            }
            site.documents.replace(doc, Arc::clone(document));
        }
        Some(site)
    }

    /// The documents that are not the same as before, when each of them has only another text.
    fn changed<'d>(&self, documents: &'d [Arc<Document>]) -> Option<Vec<(DocId, &'d Arc<Document>)>> {
        let before = self.documents.all();
        if before.len() != documents.len() {
            return None;
        }
        let mut changed = Vec::new();
        for (index, (old, new)) in before.iter().zip(documents).enumerate() {
            if Arc::ptr_eq(old, new) {
                continue;
            }
            if changed.len() == FEW || !is_reworded(old, new) {
                return None;
            }
            changed.push((DocId(index), new));
        }
        Some(changed)
    }

    /// Moves the links to paths of the site to where they are in the new text. `None` when that is not certain.
    fn move_links(&mut self, path: &str, old: &Body, new: &Body) -> Option<()> {
        if !self.path_links.iter().any(|link| link.place.file == path) {
            return Some(());
        }
        let moves: Vec<(Place, Place)> =
            spans(old).zip(spans(new)).map(|(old, new)| (old.place(path), new.place(path))).collect();
        let relocated = |link: &PathLink| {
            let mut places = moves.iter().filter(|(old, _)| *old == link.place).map(|(_, new)| new);
            let Some(place) = places.next() else { return Some(link.clone()) };
            places.all(|other| other == place).then(|| PathLink { place: place.clone(), ..link.clone() })
        };
        self.path_links = self.path_links.iter().map(relocated).collect::<Option<Vec<_>>>()?.into();
        Some(())
    }
}

/// Whether a problem is in a file, or speaks of it: it may name lines.
fn is_told_of(path: &str, report: &Report) -> bool {
    report.diagnostics().iter().any(|problem| {
        let is_there = problem.place.as_ref().is_some_and(|place| place.file == path);
        is_there || problem.message.contains(path) || problem.help.as_ref().is_some_and(|help| help.contains(path))
    })
}

/// Whether two versions of an article differ in nothing but words: not in what the site is assembled from.
fn is_reworded(old: &Document, new: &Document) -> bool {
    let is_same_outside =
        old.path == new.path && old.front == new.front && old.slug == new.slug && old.route == new.route;
    let (Content::Article(_, old), Content::Article(_, new)) = (&old.content, &new.content) else { return false };
    let names = |body: &Body| body.names.iter().map(|name| name.span.is_some()).collect::<Vec<_>>();
    is_same_outside
        && old.entries.is_empty()
        && new.entries.is_empty()
        && old.anchors == new.anchors
        && old.slots.len() == new.slots.len()
        && old.slots.iter().zip(&new.slots).all(|(old, new)| old.kind == new.kind)
        && old.blocks.iter().map(|block| &block.values).eq(new.blocks.iter().map(|block| &block.values))
        && old.names.len() == new.names.len()
        && old.names.iter().zip(&new.names).all(|(old, new)| old.target == new.target && old.written == new.written)
        && names(old) == names(new)
}

/// The ranges of links and pictures in a text.
fn spans(body: &Body) -> impl Iterator<Item = Span> {
    body.slots.iter().map(|slot| slot.span).chain(body.names.iter().filter_map(|name| name.span))
}
