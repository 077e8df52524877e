//! The ledger of corrections: everything that was put right or withdrawn, newest first. An entry stays as long as its
//! article.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::lists::Paged;
use super::page::{Meta, Page};
use super::shapes::{LinkView, TopicRef, UpdateView};
use super::{Leaf, Subject};
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::Content;
use crate::content::head::Update;
use crate::site::briefings::{briefing_head, title_language};
use crate::site::stories::article_head;
use crate::site::{DocId, Site, TopicId};

pub(super) const LIST: &str = "/corrections/";

/// Whether the site has the list: something was put right, and the desk does not write this page itself.
pub(super) fn are_listed(desk: &Desk) -> bool {
    !desk.corrections().is_empty() && !desk.site.pages.iter().any(|page| page.route.as_str() == LIST)
}

/// Whether anything was ever put right.
pub(super) fn are_any(site: &Site) -> bool {
    let mut logs = logs(site);
    logs.any(|log| entries(site, &log).next().is_some())
}

/// A document with a change log.
struct Log<'s> {
    doc: DocId,
    route: &'s Route,
    updates: &'s [Update],
    section: Option<TopicId>,
}

/// The change logs of all articles and editions.
fn logs(site: &Site) -> impl Iterator<Item = Log<'_>> {
    let articles = site.articles.iter().map(|article| Log {
        doc: article.doc,
        route: &article.route,
        updates: &article_head(site.document(article.doc)).updates,
        section: article.story.and_then(|story| site.story(story).section),
    });
    let editions = site.editions.iter().filter_map(|edition| {
        let doc = edition.doc?;
        Some(Log { doc, route: &edition.route, updates: &briefing_head(site.document(doc)).updates, section: None })
    });
    articles.chain(editions)
}

/// What was put right in a document, and whether it was withdrawn, as of now.
fn entries<'s>(site: &'s Site, log: &Log<'s>) -> impl Iterator<Item = (usize, &'s Update)> {
    let withdrawal = Update::withdrawal(log.updates);
    let updates = log.updates.iter().enumerate();
    let is_entry = move |(at, update): &(usize, &Update)| update.is_correction() || Some(*at) == withdrawal;
    updates.filter(is_entry).filter(|(_, update)| update.at.instant() <= site.as_of.instant())
}

/// A correction, clarification or withdrawal of a published article or edition.
pub(super) struct Entry {
    pub(super) doc: DocId,
    pub(super) route: Route,
    /// Its anchor on the document's page.
    pub(super) anchor: String,
    pub(super) update: Update,
    section: Option<TopicId>,
}

impl Entry {
    /// The headline of what was put right.
    pub(super) fn title(&self, desk: &Desk) -> String {
        match &desk.site.document(self.doc).content {
            Content::Article(head, _) => head.title.clone(),
            _ => desk.site.edition_of(self.doc).map(|edition| desk.briefing_title(edition)).unwrap_or_default(),
        }
    }
}

/// All corrections, newest first.
pub(super) fn all(site: &Site) -> Vec<Entry> {
    let found = logs(site).flat_map(|log| {
        let entry = |(at, update): (usize, &Update)| Entry {
            doc: log.doc,
            route: log.route.clone(),
            anchor: Update::anchor(log.updates, at),
            update: update.clone(),
            section: log.section,
        };
        entries(site, &log).map(entry).collect::<Vec<_>>()
    });
    let mut found: Vec<Entry> = found.collect();
    found.sort_by(|a, b| b.update.at.instant().cmp(&a.update.at.instant()).then_with(|| a.route.cmp(&b.route)));
    found
}

#[derive(Serialize)]
struct CorrectionView {
    title: String,
    url: String,
    title_lang: String,
    title_dir: &'static str,
    lang: String,
    dir: &'static str,
    section: Option<Arc<TopicRef>>,
    update: UpdateView,
}

/// The list of corrections.
pub(super) struct Corrections;

impl Paged for Corrections {
    fn route(&self, _desk: &Desk) -> Route {
        Route::own(LIST)
    }

    fn title(&self, _desk: &Desk) -> String {
        "Corrections".to_owned()
    }

    fn count(&self, desk: &Desk) -> usize {
        desk.corrections().len()
    }

    fn date(&self, desk: &Desk, entry: usize) -> Moment {
        desk.corrections()[entry].update.at
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Corrections)
    }

    fn page(&self, desk: &Desk, _leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        meta.description = Some(format!("What {} has put right, newest first", desk.site.config.title));
        let views: Vec<CorrectionView> = desk.corrections()[shown].iter().map(|entry| view(desk, entry)).collect();
        let node = ld::index(views.iter().map(|view| LinkView { title: view.title.clone(), url: view.url.clone() }));
        Page::new(meta).says(node).data("corrections", views)
    }
}

fn view(desk: &Desk, entry: &Entry) -> CorrectionView {
    let site = &desk.site;
    let lang = site.language(site.document(entry.doc));
    // An edition without a title of its own is called by words of the site.
    let title_lang = site.edition_of(entry.doc).map_or(lang, |edition| title_language(site, edition));
    CorrectionView {
        title: entry.title(desk),
        title_lang: title_lang.to_owned(),
        title_dir: text::direction(title_lang),
        url: desk.link(entry.route.as_str()),
        lang: lang.to_owned(),
        dir: text::direction(lang),
        section: entry.section.map(|topic| Arc::clone(desk.topic_ref(topic))),
        update: desk.common().update(entry.anchor.clone(), &entry.update),
    }
}
