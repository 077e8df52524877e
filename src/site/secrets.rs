//! The texts of withheld documents that no output may contain: addresses, slugs, headlines, summaries, and headings of
//! items.

use std::collections::{BTreeSet, HashSet};

use super::documents::visibility::{self, Withheld, WithheldReason};
use super::ids::DocId;
use super::model::Site;
use crate::base::route::Route;
use crate::content::document::{Content, Document};
use crate::content::markdown::{Body, Entry};

/// The length in bytes from which a slug is specific enough to search for; shorter ones may be ordinary words.
const NAME: usize = 10;

/// A text that must not leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The path of the withheld document.
    pub path: String,
    /// The reason why the document is withheld.
    pub reason: WithheldReason,
    /// The part of the document that the text is.
    pub what: What,
    /// The text itself.
    pub text: String,
    /// For an address: the names that follow it in public addresses. It occurs in those only as their folder.
    pub below: BTreeSet<String>,
}

/// The parts of a document that must not leak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The route of its page, which is also the prefix of its pictures.
    Address,
    /// A former route, which would redirect to it.
    Alias,
    /// The slug, the last segment of its route.
    Name,
    /// The headline, or its short form.
    Headline,
    /// The heading of an item of a briefing.
    Heading,
    /// The summary from the front matter.
    Summary,
}

impl What {
    /// Whether the text may be a common phrase, so that short ones need care.
    pub fn is_title(self) -> bool {
        matches!(self, Self::Headline | Self::Heading)
    }

    /// The noun for messages.
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

/// The texts of an entry of live coverage that must not leak before its time.
fn of_entry(entry: &Entry) -> Vec<(What, String)> {
    let texts = [(What::Heading, entry.title.without_names()), (What::Summary, entry.body.opening.without_names())];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

impl Site {
    /// The texts of all withheld documents that must not leak. The caller removes those that public documents contain
    /// as well.
    pub fn secrets(&self) -> Vec<Secret> {
        let mut secrets = Vec::new();
        for withheld in self.withheld.iter() {
            let document = self.withheld_document(withheld);
            let mut add = |what, text: &str| {
                let (path, reason) = (withheld.path.clone(), withheld.reason);
                secrets.push(Secret { path, reason, what, text: text.to_owned(), below: BTreeSet::new() });
            };
            if let Some((_, entry)) = document.entry() {
                for (what, text) in of_entry(entry) {
                    add(what, &text);
                }
                continue;
            }
            // Of a host of another language, an address means nothing here: the same one may be public.
            let is_here = self.config.other_host(document.language()).is_none();
            if let Some(route) = document.route.as_ref().filter(|_| is_here) {
                add(What::Address, route.as_str());
            }
            // An expired document was public, so that only its address must not occur.
            if withheld.reason == WithheldReason::Expired {
                continue;
            }
            for alias in document.aliases().iter().filter(|_| is_here) {
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
            }
            if let Some(summary) = document.summary() {
                add(What::Summary, summary);
            }
            if let Content::Briefing(_, body) = &document.content {
                for item in &body.items {
                    add(What::Heading, &item.title.without_names());
                }
            }
            let files = self.entries.of(withheld.doc).iter().filter_map(|doc| self.documents.get(*doc).entry());
            for entry in document.content.entries().iter().chain(files.map(|(_, entry)| entry)) {
                add(What::Heading, &entry.title.without_names());
            }
        }
        for (doc, whole) in self.held_entries.iter() {
            let shown = self.documents.get(*doc).content.entries().len();
            for entry in &whole.content.entries()[shown..] {
                secrets.extend(of_entry(entry).into_iter().map(|(what, text)| Secret {
                    path: whole.path.clone(),
                    reason: WithheldReason::Scheduled,
                    what,
                    text,
                    below: BTreeSet::new(),
                }));
            }
        }
        secrets
    }

    /// The headings in all public texts. A recurring one such as `What to watch today` is no secret of the next
    /// edition.
    pub fn public_headings(&self) -> Vec<String> {
        let of_body = |body: &Body| body.headings().collect::<Vec<_>>();
        let headings = self.shown().flat_map(|document| match &document.content {
            Content::Entry(_, entry) => {
                std::iter::once(entry.title.without_names()).chain(of_body(&entry.body)).collect::<Vec<_>>()
            }
            Content::Article(_, body) | Content::Topic(_, body) | Content::Person(_, body) | Content::Page(_, body) => {
                let entries = body.entries.iter();
                let entries =
                    entries.flat_map(|entry| std::iter::once(entry.title.without_names()).chain(of_body(&entry.body)));
                entries.chain(of_body(body)).collect::<Vec<_>>()
            }
            Content::Briefing(_, body) => {
                let items = body
                    .items
                    .iter()
                    .flat_map(|item| std::iter::once(item.title.without_names()).chain(of_body(&item.body)));
                items.chain(of_body(&body.intro)).collect::<Vec<_>>()
            }
        });
        headings.collect()
    }

    /// The summaries of all public documents. A recurring one, such as that of a column, is no secret of the next edition.
    pub fn public_summaries(&self) -> impl Iterator<Item = &str> {
        self.shown().filter_map(Document::summary)
    }

    /// The titles, short titles and names of everything public, in the spelling that readers see.
    pub fn public_names(&self) -> Vec<&str> {
        let withheld: HashSet<DocId> = self.withheld.iter().map(|withheld| withheld.doc).collect();
        let documents = || self.documents.numbered().filter(|(id, _)| !withheld.contains(id));
        let mut names: Vec<&str> = documents().map(|(_, document)| visibility::title(document)).collect();
        names.extend(documents().filter_map(|(_, document)| document.article()?.0.short_title.as_deref()));
        names.extend(self.topics.iter().map(|topic| topic.title.as_str()));
        names.extend(self.people.iter().map(|person| person.name.as_str()));
        names.extend(self.threads.iter().map(|thread| thread.title.as_str()));
        names.extend(self.config.navigation.iter().map(|link| link.title.as_str()));
        names.push(&self.config.title);
        names
    }

    /// The public documents of live coverage with entries that are not shown yet, by id and path.
    pub fn incomplete_stories(&self) -> impl Iterator<Item = (DocId, &str)> {
        self.held_entries.iter().map(|(doc, whole)| (*doc, whole.path.as_str()))
    }

    /// The source of an entry of [`Site::withheld`].
    pub fn withheld_document(&self, withheld: &Withheld) -> &Document {
        self.documents.get(withheld.doc)
    }

    /// The route of a document, whether it is shown or not.
    pub fn route_of(&self, id: DocId) -> Option<&Route> {
        self.documents.get(id).route.as_ref()
    }
}
