//! Assembles the same sources again: at another instant, in another scope, or as if nothing were withheld or withdrawn.
//! The last tells which recorded addresses are missing only for these reasons, and so on purpose.

use std::sync::Arc;

use super::assemble::{SiteInputs, assemble};
use super::documents::heads::is_withdrawn;
use super::documents::visibility::{Scope, WithheldReason};
use super::model::Site;
use crate::base::date::Moment;
use crate::base::report::Report;
use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, UpdateKind};

impl Site {
    /// Whether any document is withheld or withdrawn.
    pub fn keeps_back(&self) -> bool {
        !self.withheld.is_empty() || self.has_endings()
    }

    /// Whether any article or edition has expired, or any article was withdrawn.
    pub fn has_endings(&self) -> bool {
        self.withheld.iter().any(|withheld| withheld.reason == WithheldReason::Expired) || self.has_withdrawals()
    }

    fn has_withdrawals(&self) -> bool {
        let withdrawn =
            |document: &Arc<Document>| matches!(&document.content, Content::Article(head, _) if is_withdrawn(head));
        self.documents.all().iter().any(withdrawn)
    }

    /// The treatments of withdrawals to try when addresses are compared: one if there are none.
    pub fn withdrawals(&self) -> &'static [Withdrawals] {
        if self.has_withdrawals() { &[Withdrawals::Undone, Withdrawals::Kept] } else { &[Withdrawals::Kept] }
    }

    /// Assembles the site as if no article had expired, and as `withdrawals` says. It serves to compare addresses and is never
    /// rendered.
    #[must_use]
    pub fn without_endings(&self, withdrawals: Withdrawals) -> Self {
        self.again(self.unexpired(withdrawals), self.as_of, self.scope).0
    }

    /// Assembles the site with every document shown, and as `withdrawals` says. It serves to compare addresses and is never
    /// rendered, since it contains withheld text.
    #[must_use]
    pub fn in_full(&self, withdrawals: Withdrawals) -> Self {
        self.again(self.unexpired(withdrawals), self.as_of, Scope { drafts: true, future: true }).0
    }

    fn unexpired(&self, withdrawals: Withdrawals) -> Vec<Arc<Document>> {
        self.in_whole().iter().map(|document| without_ending(document, withdrawals)).collect()
    }

    /// Assembles the site at another instant or in another scope, and returns its report.
    #[must_use]
    pub fn at(&self, as_of: Moment, scope: Scope) -> (Self, Report) {
        self.again(self.in_whole(), as_of, scope)
    }

    /// Assembles the site with these documents in place of those of the same paths, and returns its report.
    #[must_use]
    pub fn with(&self, documents: &[Arc<Document>]) -> (Self, Report) {
        let mut all = self.in_whole();
        for document in documents {
            match all.binary_search_by(|known| known.path.cmp(&document.path)) {
                Ok(at) => all[at] = Arc::clone(document),
                Err(at) => all.insert(at, Arc::clone(document)),
            }
        }
        self.again(all, self.as_of, self.scope)
    }

    /// All documents, with entries of a time to come.
    fn in_whole(&self) -> Vec<Arc<Document>> {
        let mut documents = self.documents.all().to_vec();
        for (doc, whole) in self.held_entries.iter() {
            documents[doc.0] = Arc::clone(whole);
        }
        documents
    }

    fn again(&self, documents: Vec<Arc<Document>>, as_of: Moment, scope: Scope) -> (Self, Report) {
        assemble(SiteInputs {
            config: Arc::clone(&self.config),
            documents,
            assets: self.assets.to_vec(),
            statics: Arc::clone(&self.statics),
            data: Arc::clone(&self.data),
            lock: self.lock.clone(),
            incomplete: Vec::new(),
            unread: self.documents.unread().to_vec(),
            as_of,
            scope,
        })
    }
}

/// The treatment of withdrawals when a site is assembled to compare addresses. A withdrawal empties lists of stories, and
/// fills that of corrections: to know all addresses that there may have been, both ways are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawals {
    /// They stand.
    Kept,
    /// The stories are as before.
    Undone,
}

/// The document without expiry and, where they are undone, withdrawals. Whether drafts and future documents are included, the
/// scope says.
fn without_ending(document: &Arc<Document>, withdrawals: Withdrawals) -> Arc<Document> {
    let is_undone = |head: &ArticleHead| withdrawals == Withdrawals::Undone && is_withdrawn(head);
    match &document.content {
        Content::Article(head, _) if head.expires.is_some() || is_undone(head) => {
            let mut standing = Document::clone(document);
            if let Content::Article(head, _) = &mut standing.content {
                let head = Arc::make_mut(head);
                head.expires = None;
                head.updates.retain(|update| update.kind != UpdateKind::Withdrawn || withdrawals == Withdrawals::Kept);
            }
            Arc::new(standing)
        }
        Content::Briefing(head, _) if head.expires.is_some() => {
            let mut standing = Document::clone(document);
            if let Content::Briefing(head, _) = &mut standing.content {
                Arc::make_mut(head).expires = None;
            }
            Arc::new(standing)
        }
        _ => Arc::clone(document),
    }
}
