//! What must not be told of withheld documents: their addresses, names, headlines, and headings of their items.

use std::collections::HashSet;

use super::documents::visibility::{self, Withheld, WithheldReason};
use super::ids::DocId;
use super::model::Site;
use crate::base::route::Route;
use crate::content::document::{Content, Document};
use crate::content::markdown::Body;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The address of its page, below which its pictures are.
    Address,
    /// A former address.
    Alias,
    /// The last part of its address.
    Name,
    /// Its headline, long or short.
    Headline,
    /// The heading of an item of an edition.
    Heading,
    /// Its summary.
    Summary,
}

impl What {
    /// Whether it may be as short as a phrase that anybody uses.
    pub fn is_title(self) -> bool {
        matches!(self, Self::Headline | Self::Heading)
    }

    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Alias => "former address",
            Self::Name => "name in addresses",
            Self::Headline => "headline",
            Self::Heading => "heading of an item",
            Self::Summary => "summary",
        }
    }
}

impl Site {
    /// What must not be told, unless something public is called so too.
    pub fn secrets(&self) -> Vec<Secret> {
        let mut secrets = Vec::new();
        for withheld in &self.withheld {
            let document = self.withheld_document(withheld);
            let mut add = |what, text: &str| {
                let (path, reason) = (withheld.path.clone(), withheld.reason);
                secrets.push(Secret { path, reason, what, text: text.to_owned() });
            };
            if let Some(route) = &document.route {
                add(What::Address, route.as_str());
            }
            // What has expired was public once: only its page must be gone.
            if withheld.reason == WithheldReason::Expired {
                continue;
            }
            for alias in document.aliases() {
                add(What::Alias, alias.as_str());
            }
            if let Some(slug) = document.slug.as_deref().filter(|slug| slug.len() >= NAME && slug.contains('-')) {
                add(What::Name, slug);
            }
            add(What::Headline, &withheld.title);
            if let Content::Article(head, _) = &document.content {
                for title in head.short_title.iter().filter(|title| **title != withheld.title) {
                    add(What::Headline, title);
                }
                if let Some(summary) = &head.summary {
                    add(What::Summary, summary);
                }
            }
            if let Content::Briefing(_, body) = &document.content {
                for item in &body.items {
                    add(What::Heading, &item.title.without_names());
                }
            }
        }
        secrets
    }

    /// The headings of all public texts. A rubric such as `What to watch today` is no secret of the next edition.
    pub fn public_headings(&self) -> Vec<String> {
        let of_body = |body: &Body| body.headings().collect::<Vec<_>>();
        let headings = self.shown().flat_map(|document| match &document.content {
            Content::Article(_, body) | Content::Topic(_, body) | Content::Person(_, body) | Content::Page(_, body) => {
                of_body(body)
            }
            Content::Briefing(_, body) => {
                let items = body
                    .items
                    .iter()
                    .flat_map(|item| std::iter::once(item.title.without_names()).chain(of_body(&item.body)));
                items.chain(of_body(&body.intro)).collect()
            }
        });
        headings.collect()
    }

    /// The titles and names of all that is public, as readers see them.
    pub fn public_names(&self) -> Vec<&str> {
        let withheld: HashSet<DocId> = self.withheld.iter().map(|withheld| withheld.doc).collect();
        let documents = self.documents.numbered().filter(|(id, _)| !withheld.contains(id));
        let mut names: Vec<&str> = documents.map(|(_, document)| visibility::title(document)).collect();
        names.extend(self.topics.iter().map(|topic| topic.title.as_str()));
        names.extend(self.people.iter().map(|person| person.name.as_str()));
        names.extend(self.threads.iter().map(|thread| thread.title.as_str()));
        names.extend(self.config.navigation.iter().map(|link| link.title.as_str()));
        names.push(&self.config.title);
        names
    }

    /// A document that is withheld.
    pub fn withheld_document(&self, withheld: &Withheld) -> &Document {
        self.documents.get(withheld.doc)
    }

    /// The route that a document has, or would have if it were shown.
    pub fn route_of(&self, id: DocId) -> Option<&Route> {
        self.documents.get(id).route.as_ref()
    }
}
