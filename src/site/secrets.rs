//! What must not be told of withheld documents: their addresses, names and headlines.

use std::collections::HashSet;

use super::visibility::WithheldReason;
use super::{DocId, Site};
use crate::base::route::Route;

/// A headline of so many words is no coincidence.
const LONG: usize = 4;
/// A name in addresses of fewer characters may well be a word.
const NAME: usize = 10;

/// Something that must not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The document.
    pub path: String,
    /// Why it is withheld.
    pub reason: WithheldReason,
    /// What it is of the document.
    pub what: What,
    /// The words.
    pub text: String,
}

/// What a secret is of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The address of its page, below which its pictures are.
    Address,
    /// The last part of its address.
    Name,
    /// Its headline; a short one may stand elsewhere by coincidence.
    Headline {
        /// Whether it is too long for that.
        long: bool,
    },
}

impl What {
    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name in addresses",
            Self::Headline { .. } => "headline",
        }
    }
}

impl Site {
    /// What must not be told. Words that something public is called by too are no secret.
    pub fn secrets(&self) -> Vec<Secret> {
        let withheld: HashSet<DocId> = self.withheld.iter().map(|withheld| withheld.doc).collect();
        let is_public = |index: &usize| !withheld.contains(&DocId(*index));
        let public = (0..self.documents.len()).filter(is_public).map(|index| &self.documents[index]);
        let titles = public.clone().map(|document| super::visibility::title(document));
        let topics = self.topics.iter().map(|topic| topic.title.as_str());
        let titles: Vec<&str> = titles.chain(topics).collect();
        let names: HashSet<&str> = public.filter_map(|document| document.slug.as_deref()).collect();
        let slugs: HashSet<&str> = self.topics.iter().map(|topic| topic.slug.as_str()).collect();
        let routes: HashSet<&Route> = self.articles.iter().map(|article| &article.route).collect();
        let mut secrets = Vec::new();
        for withheld in &self.withheld {
            let document = &self.documents[withheld.doc.0];
            let mut add = |what, text: &str| {
                let (path, reason) = (withheld.path.clone(), withheld.reason);
                secrets.push(Secret { path, reason, what, text: text.to_owned() });
            };
            // What has expired was public once: only its page must be gone.
            if let Some(route) = document.route.as_ref().filter(|route| !routes.contains(route)) {
                add(What::Address, route.as_str());
            }
            if withheld.reason == WithheldReason::Expired {
                continue;
            }
            let slug = document.slug.as_deref().filter(|slug| slug.len() >= NAME && slug.contains('-'));
            if let Some(slug) = slug.filter(|slug| !names.contains(slug) && !slugs.contains(slug)) {
                add(What::Name, slug);
            }
            let words = withheld.title.split_whitespace().count();
            if words > 1 && !titles.iter().any(|title| title.contains(withheld.title.as_str())) {
                add(What::Headline { long: words >= LONG }, &withheld.title);
            }
        }
        secrets
    }

    /// The route that a document has, or would have if it were shown.
    pub fn route_of(&self, id: DocId) -> Option<&Route> {
        self.documents[id.0].route.as_ref()
    }
}
