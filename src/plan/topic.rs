//! Topics: a front with the introduction and the newest stories, and permanent older pages.

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::page::{Meta, Page, Part};
use super::pairs::{self, PairLink};
use super::shapes::{LinkView, MonthView, PagerView, TopicCount};
use super::{Output, Spec, cut, feed_links};
use crate::base::date::Stamp;
use crate::base::route::Route;
use crate::content::document::Content;
use crate::content::head::{TopicHead, TopicKind};
use crate::content::markdown::{Audience, Body, mark_labels};
use crate::site::{Topic, TopicId};

/// Months of the coverage sparkline.
const MONTHS: usize = 24;

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    for (index, topic) in desk.site.topics.iter().enumerate() {
        let route = topic.route();
        for number in 1..=cut::older_pages(topic.stories.len(), desk.site.config.page_size) {
            let page = Route::own(&cut::route(route.as_str(), number));
            outputs.push(Output { route: page, spec: Spec::TopicPage(TopicId(index), number), doc: None });
        }
        outputs.push(Output { route, spec: Spec::Topic(TopicId(index)), doc: topic.doc });
    }
}

#[derive(Serialize)]
struct TopicView {
    title: String,
    slug: String,
    url: String,
    kind: TopicKind,
    kind_label: Option<&'static str>,
    summary: Option<String>,
    body: String,
    aliases: Vec<String>,
    codes: Vec<Code>,
    trail: Vec<std::sync::Arc<super::shapes::TopicRef>>,
    children: Vec<TopicCount>,
    related: Vec<RelatedTopic>,
    pairs: Vec<PairLink>,
    see_also: Vec<LinkView>,
    count: usize,
    first: Option<Stamp>,
    last: Option<Stamp>,
    months: Vec<MonthView>,
    feed: Option<String>,
    extra: serde_json::Value,
}

#[derive(Serialize)]
struct Code {
    scheme: String,
    value: String,
}

#[derive(Serialize)]
struct RelatedTopic {
    title: String,
    url: String,
    count: usize,
    pair: Option<String>,
}

#[derive(Serialize)]
struct TopicPageView {
    title: String,
    slug: String,
    url: String,
    kind: TopicKind,
    feed: Option<String>,
}

pub(super) fn front(desk: &Desk, id: TopicId) -> Page {
    let site = &desk.site;
    let topic = site.topic(id);
    let (head, body) = head_and_body(desk, topic);
    let named = desk.topic_ref(id);
    let link =
        |id: &TopicId| LinkView { title: desk.topic_ref(*id).title.clone(), url: desk.topic_ref(*id).url.clone() };
    let day = |story: Option<&crate::site::StoryId>| story.map(|story| desk.stamp(site.story(*story).date));
    let view = TopicView {
        title: topic.title.clone(),
        slug: topic.slug.clone(),
        url: named.url.clone(),
        kind: topic.kind,
        kind_label: topic.kind.label(),
        summary: head.and_then(|head| head.summary.clone()),
        body: body.map_or_else(String::new, |body| {
            mark_labels(body.fill(&topic.fillings, Audience::Page), &site.config.language)
        }),
        aliases: head.map_or_else(Vec::new, |head| head.aliases.clone()),
        codes: head.map_or_else(Vec::new, |head| {
            head.codes.iter().map(|(scheme, value)| Code { scheme: scheme.clone(), value: value.clone() }).collect()
        }),
        trail: site.trail(id).into_iter().map(|id| std::sync::Arc::clone(desk.topic_ref(id))).collect(),
        children: topic.children.iter().map(|id| desk.topic_count(*id)).collect(),
        related: topic
            .related
            .iter()
            .map(|(other, count)| RelatedTopic {
                title: desk.topic_ref(*other).title.clone(),
                url: desk.topic_ref(*other).url.clone(),
                count: *count,
                pair: pairs::link(desk, id, *other),
            })
            .collect(),
        pairs: pairs::links(desk, id),
        see_also: topic.see_also.iter().map(link).collect(),
        count: topic.stories.len(),
        first: day(topic.stories.last()),
        last: day(topic.stories.first()),
        months: desk.months(&topic.stories, MONTHS),
        feed: feed(desk, id),
        extra: head.map_or(serde_json::Value::Null, |head| head.extra.clone()),
    };
    let shown = &topic.stories[cut::front(topic.stories.len(), site.config.page_size)];
    let route = topic.route();
    let pager = cut::pager(desk, route.as_str(), topic.stories.len(), None, shown);
    let mut meta = meta(desk, id, route.as_str(), &pager, "topic");
    meta.noindex = is_thin(desk, id);
    meta.description = view.summary.clone().or_else(|| body.and_then(|body| body.excerpt(&topic.fillings, 200)));
    Page::new("topic.html", meta)
        .says(ld::topic(desk, id, shown))
        .data("topic", view)
        .with("stories", Part::Cards(shown.to_vec()))
        .data("pager", pager)
}

pub(super) fn older(desk: &Desk, id: TopicId, number: usize) -> Page {
    let topic = desk.site.topic(id);
    let named = desk.topic_ref(id);
    let shown = &topic.stories[cut::older(topic.stories.len(), desk.site.config.page_size, number)];
    let route = topic.route();
    let pager = cut::pager(desk, route.as_str(), topic.stories.len(), Some(number), shown);
    let view = TopicPageView {
        title: topic.title.clone(),
        slug: topic.slug.clone(),
        url: named.url.clone(),
        kind: topic.kind,
        feed: feed(desk, id),
    };
    let mut meta = meta(desk, id, &cut::route(route.as_str(), number), &pager, "topic-page");
    meta.title = format!("{}, page {number}", topic.title);
    meta.breadcrumbs.push(LinkView { title: topic.title.clone(), url: named.url.clone() });
    Page::new("topic-page.html", meta)
        .says(ld::stories(desk, shown))
        .data("topic", view)
        .with("stories", Part::Cards(shown.to_vec()))
        .data("pager", pager)
}

fn meta(desk: &Desk, id: TopicId, route: &str, pager: &PagerView, family: &'static str) -> Meta {
    let topic = desk.site.topic(id);
    let mut meta = Meta::new(desk, family, route, topic.title.clone());
    meta.newer.clone_from(&pager.newer);
    meta.older.clone_from(&pager.older);
    let title = format!("{}: {}", desk.site.config.title, topic.title);
    if feed(desk, id).is_some() {
        meta.feeds = feed_links::links(desk, topic.route().as_str(), &title);
    }
    let all = LinkView { title: "Topics".to_owned(), url: desk.link("/topics/") };
    let trail = desk
        .site
        .trail(id)
        .into_iter()
        .map(|id| LinkView { title: desk.topic_ref(id).title.clone(), url: desk.topic_ref(id).url.clone() });
    meta.breadcrumbs = std::iter::once(all).chain(trail).collect();
    meta
}

/// A topic's feed, where it has one.
fn feed(desk: &Desk, id: TopicId) -> Option<String> {
    let route = desk.site.topic(id).route();
    let is_fed = feed_links::is_fed(desk, route.as_str(), feed_links::Subject::Topic(id));
    is_fed.then(|| desk.link(&feed_links::first(desk, route.as_str())))
}

/// Whether a topic's page says less than the one story that it lists: then search engines are asked to leave it out.
pub(super) fn is_thin(desk: &Desk, id: TopicId) -> bool {
    let topic = desk.site.topic(id);
    topic.stories.len() < 2 && head_and_body(desk, topic).1.is_none_or(|body| body.words == 0)
}

fn head_and_body<'s>(desk: &'s Desk, topic: &Topic) -> (Option<&'s TopicHead>, Option<&'s Body>) {
    match topic.doc.map(|doc| &desk.site.document(doc).content) {
        Some(Content::Topic(head, body)) => (Some(head), Some(body)),
        _ => (None, None),
    }
}
