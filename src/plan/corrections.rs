//! The ledger of corrections: everything that was put right, newest first. An entry stays as long as its article.

use std::sync::Arc;

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::page::{Meta, Page};
use super::shapes::{LinkView, TopicRef, UpdateView};
use super::{Output, Spec, cut, feed_links};
use crate::base::route::Route;
use crate::content::head::Update;
use crate::site::stories::article_head;
use crate::site::{Article, Site};

pub(super) const LIST: &str = "/corrections/";

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    let count = all(desk).len();
    // A desk that writes this page itself keeps it.
    if count == 0 || desk.site.pages.iter().any(|page| page.route.as_str() == LIST) {
        return;
    }
    outputs.push(Output { route: Route::own(LIST), spec: Spec::Corrections, doc: None });
    for number in 1..=cut::older_pages(count, desk.site.config.page_size) {
        let route = Route::own(&cut::route(LIST, number));
        outputs.push(Output { route, spec: Spec::CorrectionsPage(number), doc: None });
    }
    feed_links::add(desk, LIST, feed_links::Subject::Corrections, outputs);
}

/// Whether anything was ever put right.
pub(super) fn are_any(site: &Site) -> bool {
    site.articles.iter().any(|article| entries(site, article).next().is_some())
}

/// What was put right in an article, as of now.
fn entries<'s>(site: &'s Site, article: &'s Article) -> impl Iterator<Item = (usize, &'s Update)> {
    let updates = article_head(site.document(article.doc)).updates.iter().enumerate();
    updates.filter(|(_, update)| ld::is_correction(update) && update.at.instant() <= site.as_of.instant())
}

/// A correction or clarification of a published article.
pub(super) struct Entry<'s> {
    pub(super) article: &'s Article,
    /// Its place in the article's change log.
    pub(super) at: usize,
    pub(super) update: &'s Update,
}

/// All corrections, newest first.
pub(super) fn all(desk: &Desk) -> Vec<Entry<'_>> {
    let site = &desk.site;
    let found = site
        .articles
        .iter()
        .flat_map(|article| entries(site, article).map(move |(at, update)| Entry { article, at, update }));
    let mut found: Vec<Entry<'_>> = found.collect();
    found.sort_by(|a, b| {
        b.update.at.instant().cmp(&a.update.at.instant()).then_with(|| a.article.route.cmp(&b.article.route))
    });
    found
}

#[derive(Serialize)]
struct CorrectionView {
    title: String,
    url: String,
    lang: String,
    dir: &'static str,
    section: Option<Arc<TopicRef>>,
    update: UpdateView,
}

pub(super) fn front(desk: &Desk) -> Page {
    list(desk, None)
}

pub(super) fn older(desk: &Desk, number: usize) -> Page {
    list(desk, Some(number))
}

fn list(desk: &Desk, number: Option<usize>) -> Page {
    let site = &desk.site;
    let all = all(desk);
    let most = site.config.page_size;
    let range = number.map_or_else(|| cut::front(all.len(), most), |number| cut::older(all.len(), most, number));
    let shown = &all[range];
    let views: Vec<CorrectionView> = shown
        .iter()
        .map(|Entry { article, at, update }| {
            let document = site.document(article.doc);
            let lang = site.language(document);
            CorrectionView {
                title: article_head(document).title.clone(),
                url: desk.link(article.route.as_str()),
                lang: lang.to_owned(),
                dir: crate::base::text::direction(lang),
                section: article
                    .story
                    .and_then(|story| site.story(story).section)
                    .map(|topic| Arc::clone(desk.topic_ref(topic))),
                update: desk.common().update(*at, update),
            }
        })
        .collect();
    let mut pager = cut::pager(desk, LIST, all.len(), number, &[]);
    pager.first = shown.last().map(|entry| desk.stamp(entry.update.at));
    pager.last = shown.first().map(|entry| desk.stamp(entry.update.at));
    let route = number.map_or_else(|| LIST.to_owned(), |number| cut::route(LIST, number));
    let title = number.map_or_else(|| "Corrections".to_owned(), |number| format!("Corrections, page {number}"));
    let mut meta = Meta::new(desk, "corrections", &route, title);
    meta.description = Some(format!("What {} has put right, newest first", site.config.title));
    meta.newer.clone_from(&pager.newer);
    meta.older.clone_from(&pager.older);
    meta.feeds = feed_links::links(desk, LIST, &format!("{}: Corrections", site.config.title));
    let node = ld::index(views.iter().map(|view| LinkView { title: view.title.clone(), url: view.url.clone() }));
    Page::new("corrections.html", meta).says(node).data("corrections", views).data("pager", pager)
}
