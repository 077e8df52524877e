//! Pairs of topics: one page, and permanent older ones, with the stories that are about both.

use std::sync::Arc;

use serde::Serialize;

use super::cut;
use super::desk::Desk;
use super::ld;
use super::page::{Meta, Page, Part};
use super::shapes::{LinkView, TopicRef};
use super::{Output, Spec};
use crate::base::route::Route;
use crate::site::TopicId;

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    for (index, pair) in desk.site.pairs.iter().enumerate() {
        let route = pair.route(&desk.site);
        for number in 1..=cut::older_pages(pair.stories.len(), desk.site.config.page_size) {
            let page = Route::own(&cut::route(route.as_str(), number));
            outputs.push(Output { route: page, spec: Spec::PairPage(index, number), doc: None });
        }
        // Whoever writes the two the other way round, or in the former form, finds them too.
        for other in pair.others(&desk.site) {
            outputs.push(Output { route: other, spec: Spec::Alias(route.to_string()), doc: None });
        }
        outputs.push(Output { route, spec: Spec::Pair(index), doc: None });
    }
}

#[derive(Serialize)]
struct PairView {
    title: String,
    url: String,
    topics: [Arc<TopicRef>; 2],
    /// How many stories there are; an older page must not know, or it would change with each of them.
    count: Option<usize>,
}

/// A pair as one of its two topics names it.
#[derive(Serialize)]
pub(super) struct PairLink {
    /// The other topic's name.
    title: String,
    /// The pair's page.
    url: String,
    /// Stories about both.
    count: usize,
}

/// The pairs of a topic, those with most stories first.
pub(super) fn links(desk: &Desk, id: TopicId) -> Vec<PairLink> {
    let pairs = desk.site.topic(id).pairs.iter().map(|index| &desk.site.pairs[*index]);
    pairs
        .map(|pair| PairLink {
            title: desk.topic_ref(pair.other(id)).title.clone(),
            url: desk.link(pair.route(&desk.site).as_str()),
            count: pair.stories.len(),
        })
        .collect()
}

/// The page of two topics' pair, where there is one.
pub(super) fn link(desk: &Desk, one: TopicId, other: TopicId) -> Option<String> {
    let pairs = desk.site.topic(one).pairs.iter().map(|index| &desk.site.pairs[*index]);
    pairs.into_iter().find(|pair| pair.other(one) == other).map(|pair| desk.link(pair.route(&desk.site).as_str()))
}

pub(super) fn front(desk: &Desk, index: usize) -> Page {
    let count = desk.site.pairs[index].stories.len();
    page(desk, index, cut::front(count, desk.site.config.page_size), None)
}

pub(super) fn older(desk: &Desk, index: usize, number: usize) -> Page {
    let count = desk.site.pairs[index].stories.len();
    page(desk, index, cut::older(count, desk.site.config.page_size, number), Some(number))
}

fn page(desk: &Desk, index: usize, range: std::ops::Range<usize>, number: Option<usize>) -> Page {
    let pair = &desk.site.pairs[index];
    let list = pair.route(&desk.site);
    let shown = &pair.stories[range];
    let pager = cut::pager(desk, list.as_str(), pair.stories.len(), number, shown);
    let topics = [pair.first, pair.second].map(|id| Arc::clone(desk.topic_ref(id)));
    let view = PairView {
        title: format!("{} + {}", topics[0].title, topics[1].title),
        url: desk.link(list.as_str()),
        count: number.is_none().then_some(pair.stories.len()),
        topics,
    };
    let route = number.map_or_else(|| list.to_string(), |number| cut::route(list.as_str(), number));
    let title = number.map_or_else(|| view.title.clone(), |number| format!("{}, page {number}", view.title));
    let mut meta = Meta::new(desk, if number.is_none() { "pair" } else { "pair-page" }, &route, title);
    meta.description = Some(format!("Stories about both {} and {}", view.topics[0].title, view.topics[1].title));
    meta.newer.clone_from(&pager.newer);
    meta.older.clone_from(&pager.older);
    let named = |topic: &Arc<TopicRef>| LinkView { title: topic.title.clone(), url: topic.url.clone() };
    meta.breadcrumbs =
        vec![LinkView { title: "Topics".to_owned(), url: desk.link("/topics/") }, named(&view.topics[0])];
    if number.is_some() {
        meta.breadcrumbs.push(LinkView { title: view.title.clone(), url: view.url.clone() });
    }
    Page::new("pair.html", meta)
        .says(ld::stories(desk, shown))
        .data("pair", view)
        .with("stories", Part::Cards(shown.to_vec()))
        .data("pager", pager)
}
