//! The same sources assembled again: at another instant, in another scope, or as if nothing were withheld or withdrawn.
//! The last tells which recorded addresses are missing only for these reasons, and so on purpose.

use std::sync::Arc;

use super::assemble::{SiteInputs, assemble};
use super::documents::heads::is_withdrawn;
use super::documents::visibility::Scope;
use super::model::Site;
use crate::base::date::Moment;
use crate::base::report::Report;
use crate::content::document::{Content, Document};
use crate::content::head::UpdateKind;

impl Site {
    /// Whether any document is withheld or withdrawn.
    pub fn keeps_back(&self) -> bool {
        let withdrawn =
            |document: &Arc<Document>| matches!(&document.content, Content::Article(head, _) if is_withdrawn(head));
        !self.withheld.is_empty() || self.documents.all().iter().any(withdrawn)
    }

    /// Assembles the site with every document shown and none withdrawn. It serves to compare addresses and is never
    /// rendered, since it contains withheld text.
    #[must_use]
    pub fn in_full(&self) -> Self {
        let documents = self.documents.all().iter().map(in_full).collect();
        self.again(documents, self.as_of, Scope { drafts: true, future: true }).0
    }

    /// Assembles the site at another instant or in another scope, and returns its report.
    #[must_use]
    pub fn at(&self, as_of: Moment, scope: Scope) -> (Self, Report) {
        self.again(self.documents.all().to_vec(), as_of, scope)
    }

    fn again(&self, documents: Vec<Arc<Document>>, as_of: Moment, scope: Scope) -> (Self, Report) {
        assemble(SiteInputs {
            config: Arc::clone(&self.config),
            documents,
            assets: self.assets.clone(),
            statics: Arc::clone(&self.statics),
            lock: self.lock.clone(),
            unread: self.documents.unread(),
            as_of,
            scope,
        })
    }
}

/// The document without expiry and withdrawal. Drafts and future documents are included by the scope.
fn in_full(document: &Arc<Document>) -> Arc<Document> {
    match &document.content {
        Content::Article(head, _) if head.expires.is_some() || is_withdrawn(head) => {
            let mut standing = Document::clone(document);
            if let Content::Article(head, _) = &mut standing.content {
                let head = Arc::make_mut(head);
                head.expires = None;
                head.updates.retain(|update| update.kind != UpdateKind::Withdrawn);
            }
            Arc::new(standing)
        }
        _ => Arc::clone(document),
    }
}
