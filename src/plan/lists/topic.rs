//! Topics: a front with the introduction and the newest stories, and permanent older pages.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::paged::Paged;
use super::pairs::{self, PairLink};
use crate::base::date::{DisplayDate, Moment};
use crate::base::route::Route;
use crate::content::head::TopicKind;
use crate::content::markdown::{Audience, in_words};
use crate::plan::context::nodes;
use crate::plan::feeds::feed_links;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{LinkView, MonthView, TopicCount, TopicRef};
use crate::plan::{FeedSubject, Leaf, SiteContext};
use crate::site::{DocId, StoryId, TopicId};

/// Months of the coverage sparkline.
const MONTHS: usize = 24;

impl Paged for TopicId {
    fn route(&self, context: &SiteContext) -> Route {
        context.site.topic(*self).route()
    }

    fn title(&self, context: &SiteContext) -> String {
        context.site.topic(*self).title.clone()
    }

    fn count(&self, context: &SiteContext) -> usize {
        context.site.topic(*self).stories.len()
    }

    fn date(&self, context: &SiteContext, entry: usize) -> Moment {
        context.site.story(context.site.topic(*self).stories[entry]).date
    }

    fn subject(&self) -> Option<FeedSubject> {
        Some(FeedSubject::Topic(*self))
    }

    fn doc(&self, context: &SiteContext) -> Option<DocId> {
        context.site.topic(*self).doc()
    }

    fn page(&self, context: &SiteContext, leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        let shown = &context.site.topic(*self).stories[shown];
        meta.breadcrumbs = breadcrumbs(context, *self);
        let page = match leaf {
            Leaf::Front => front(context, *self, shown, meta),
            Leaf::Older(_) => older(context, *self, shown, meta),
        };
        page.with("stories", PagePart::Cards(shown.to_vec()))
    }
}

#[derive(Serialize)]
struct TopicView {
    title: String,
    slug: String,
    url: String,
    kind: TopicKind,
    kind_label: Option<String>,
    summary: Option<String>,
    body: String,
    aliases: Vec<String>,
    codes: Vec<Code>,
    trail: Vec<Arc<TopicRef>>,
    children: Vec<TopicCount>,
    related: Vec<RelatedTopic>,
    pairs: Vec<PairLink>,
    see_also: Vec<LinkView>,
    count: usize,
    first: Option<DisplayDate>,
    last: Option<DisplayDate>,
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

fn front(context: &SiteContext, id: TopicId, shown: &[StoryId], mut meta: Meta) -> Page {
    let site = &context.site;
    let topic = site.topic(id);
    meta.alternates = context.topic_in_all_languages(id);
    let (head, body) = (topic.head(), topic.file.as_ref().map(|file| &file.body));
    let named = context.topic_ref(id);
    let link = |id: &TopicId| LinkView {
        title: context.topic_ref(*id).title.clone(),
        url: context.topic_ref(*id).url.clone(),
    };
    let day = |story: Option<&StoryId>| story.map(|story| context.display_date(site.story(*story).date));
    let view = TopicView {
        title: topic.title.clone(),
        slug: topic.slug.clone(),
        url: named.url.clone(),
        kind: topic.kind,
        kind_label: topic.kind.label().map(|name| context.say(name)),
        summary: head.and_then(|head| head.summary.clone()),
        body: body.map_or_else(String::new, |body| {
            in_words(body.fill(&topic.fillings, Audience::Page), &site.config.language, &site.config.words)
        }),
        aliases: head.map_or_else(Vec::new, |head| head.aliases.clone()),
        codes: head.map_or_else(Vec::new, |head| {
            head.codes.iter().map(|(scheme, value)| Code { scheme: scheme.clone(), value: value.clone() }).collect()
        }),
        trail: site.trail(id).into_iter().map(|id| Arc::clone(context.topic_ref(id))).collect(),
        children: topic.children.iter().map(|id| context.topic_count(*id)).collect(),
        related: topic
            .related
            .iter()
            .map(|(other, count)| RelatedTopic {
                title: context.topic_ref(*other).title.clone(),
                url: context.topic_ref(*other).url.clone(),
                count: *count,
                pair: pairs::link(context, id, *other),
            })
            .collect(),
        pairs: pairs::links(context, id),
        see_also: topic.see_also.iter().map(link).collect(),
        count: topic.stories.len(),
        first: day(topic.stories.last()),
        last: day(topic.stories.first()),
        months: context.months(&topic.stories, MONTHS),
        feed: feed(context, id),
        extra: head.map_or(serde_json::Value::Null, |head| head.extra.clone()),
    };
    meta.noindex = is_thin(context, id);
    meta.description = view.summary.clone().or_else(|| body.and_then(|body| body.excerpt(&topic.fillings, 200)));
    Page::new(meta).json_ld(nodes::topic(context, id, shown)).data("topic", view)
}

fn older(context: &SiteContext, id: TopicId, shown: &[StoryId], mut meta: Meta) -> Page {
    let topic = context.site.topic(id);
    let url = context.topic_ref(id).url.clone();
    meta.breadcrumbs.push(LinkView { title: topic.title.clone(), url: url.clone() });
    let view = TopicPageView {
        title: topic.title.clone(),
        slug: topic.slug.clone(),
        url,
        kind: topic.kind,
        feed: feed(context, id),
    };
    Page::new(meta).json_ld(nodes::stories(context, shown)).data("topic", view)
}

fn breadcrumbs(context: &SiteContext, id: TopicId) -> Vec<LinkView> {
    let all = LinkView { title: context.say("topics"), url: context.own_link("/topics/") };
    let trail = context
        .site
        .trail(id)
        .into_iter()
        .map(|id| LinkView { title: context.topic_ref(id).title.clone(), url: context.topic_ref(id).url.clone() });
    std::iter::once(all).chain(trail).collect()
}

/// A topic's feed, where it has one.
fn feed(context: &SiteContext, id: TopicId) -> Option<String> {
    let route = context.site.topic(id).route();
    let is_fed = feed_links::is_fed(context, route.as_str(), FeedSubject::Topic(id));
    is_fed.then(|| context.link(&feed_links::first(context, route.as_str())))
}

/// Whether a topic's page is thin content: it has no text of its own and lists a single story. Search engines are asked
/// not to index it.
pub(in crate::plan) fn is_thin(context: &SiteContext, id: TopicId) -> bool {
    let topic = context.site.topic(id);
    topic.stories.len() < 2 && topic.file.as_ref().is_none_or(|file| file.body.words == 0)
}
