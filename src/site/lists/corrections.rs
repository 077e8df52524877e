//! The list of corrections, clarifications and withdrawals of published articles and editions. An entry stays as long
//! as its document.

use crate::base::route::Route;
use crate::content::document::Content;
use crate::content::head::Update;
use crate::site::editions;
use crate::site::ids::{DocId, TopicId};
use crate::site::model::Site;

/// One entry of the list.
pub struct Correction {
    /// The corrected document.
    pub doc: DocId,
    /// The route of its page.
    pub route: Route,
    /// The fragment identifier of the entry on that page.
    pub anchor: String,
    /// The entry of the change log in the front matter.
    pub update: Update,
    /// The section, for an article that was not withdrawn.
    pub section: Option<TopicId>,
}

impl Correction {
    /// The heading of the item or entry that was corrected; `None` when it was the document.
    pub fn item(&self, site: &Site) -> Option<String> {
        let id = self.update.item.as_ref()?;
        if let Some(article) = site.articles.iter().find(|article| article.doc == self.doc) {
            let mut entries = article.body.filled_entries(&article.fillings);
            return entries.find(|(entry, _)| entry.id == *id).map(|(entry, fillings)| entry.headline(fillings));
        }
        let edition = site.edition_of(self.doc)?;
        let index = edition.items().iter().position(|item| item.id == *id)?;
        Some(edition.items()[index].title(edition.fillings_of(index)))
    }

    /// The headline of the corrected document.
    pub fn title(&self, site: &Site) -> String {
        match &site.document(self.doc).content {
            Content::Article(head, _) => head.title.clone(),
            _ => site.edition_of(self.doc).map(|edition| editions::title(site, edition)).unwrap_or_default(),
        }
    }
}

/// All entries, newest first.
pub fn all(site: &Site) -> Vec<Correction> {
    let found = logs(site).flat_map(|log| {
        let correction = |(at, update): (usize, &Update)| Correction {
            doc: log.doc,
            route: log.route.clone(),
            anchor: Update::anchor(log.updates, at),
            update: update.clone(),
            section: log.section,
        };
        entries(site, &log).map(correction).collect::<Vec<_>>()
    });
    let mut found: Vec<Correction> = found.collect();
    found.sort_by(|a, b| b.update.at.instant().cmp(&a.update.at.instant()).then_with(|| a.route.cmp(&b.route)));
    found
}

/// Whether the list has any entry.
pub fn are_any(site: &Site) -> bool {
    let mut logs = logs(site);
    logs.any(|log| entries(site, &log).next().is_some())
}

/// The change log of a document.
struct Log<'s> {
    doc: DocId,
    route: &'s Route,
    updates: &'s [Update],
    section: Option<TopicId>,
}

/// The change logs of all articles and editions with a file.
fn logs(site: &Site) -> impl Iterator<Item = Log<'_>> {
    let articles = site.articles.iter().map(|article| Log {
        doc: article.doc,
        route: &article.route,
        updates: &article.head.updates,
        section: article.story.and_then(|story| site.story(story).section),
    });
    let editions = site.editions.iter().filter_map(|edition| {
        let file = edition.file.as_ref()?;
        Some(Log { doc: file.doc, route: &edition.route, updates: &file.head.updates, section: None })
    });
    articles.chain(editions)
}

/// The entries of a change log that belong in the list, with their indices; those dated ahead do not count yet.
fn entries<'s>(site: &'s Site, log: &Log<'s>) -> impl Iterator<Item = (usize, &'s Update)> {
    let withdrawal = Update::withdrawal(log.updates);
    let updates = log.updates.iter().enumerate();
    let is_entry = move |(at, update): &(usize, &Update)| update.is_correction() || Some(*at) == withdrawal;
    updates.filter(is_entry).filter(|(_, update)| update.at.instant() <= site.as_of.instant())
}
