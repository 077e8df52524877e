//! Pairs of topics: one page, and permanent older ones, with the stories that are about both.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::paged::Paged;
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::plan::context::nodes;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{LinkView, TopicRef};
use crate::plan::{FeedSubject, Leaf, Output, OutputKind, SiteContext};
use crate::site::{PairId, TopicId};

/// Redirects for the two topics in the other order, and in the form that addresses of pairs once had.
pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for pair in context.site.pairs.iter() {
        let route = pair.route(&context.site);
        for other in pair.others(&context.site) {
            outputs.push(Output { route: other, kind: OutputKind::moved(route.to_string()), doc: None });
        }
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
pub(super) fn links(context: &SiteContext, id: TopicId) -> Vec<PairLink> {
    let pairs = context.site.topic(id).pairs.iter().map(|id| context.site.pair(*id));
    pairs
        .map(|pair| PairLink {
            title: context.topic_ref(pair.other(id)).title.clone(),
            url: context.link(pair.route(&context.site).as_str()),
            count: pair.stories.len(),
        })
        .collect()
}

/// The page of two topics' pair, where there is one.
pub(in crate::plan) fn link(context: &SiteContext, one: TopicId, other: TopicId) -> Option<String> {
    let pairs = context.site.topic(one).pairs.iter().map(|id| context.site.pair(*id));
    pairs.into_iter().find(|pair| pair.other(one) == other).map(|pair| context.link(pair.route(&context.site).as_str()))
}

impl Paged for PairId {
    fn route(&self, context: &SiteContext) -> Route {
        context.site.pair(*self).route(&context.site)
    }

    fn title(&self, context: &SiteContext) -> String {
        let [first, second] = topics(context, *self);
        format!("{} + {}", first.title, second.title)
    }

    fn count(&self, context: &SiteContext) -> usize {
        context.site.pair(*self).stories.len()
    }

    fn date(&self, context: &SiteContext, entry: usize) -> Moment {
        context.site.story(context.site.pair(*self).stories[entry]).date
    }

    fn subject(&self) -> Option<FeedSubject> {
        None
    }

    fn page(&self, context: &SiteContext, leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        let pair = context.site.pair(*self);
        let shown = &pair.stories[shown];
        let view = PairView {
            title: self.title(context),
            url: context.link(self.route(context).as_str()),
            count: (leaf == Leaf::Front).then_some(pair.stories.len()),
            topics: topics(context, *self),
        };
        let [first, second] = &view.topics;
        meta.description = Some(
            context.site.config.words.filled("pair_description", &[("first", &first.title), ("second", &second.title)]),
        );
        meta.breadcrumbs = vec![
            LinkView { title: context.say("topics"), url: context.own_link("/topics/") },
            LinkView { title: first.title.clone(), url: first.url.clone() },
        ];
        if leaf != Leaf::Front {
            meta.breadcrumbs.push(LinkView { title: view.title.clone(), url: view.url.clone() });
        }
        Page::new(meta)
            .json_ld(nodes::stories(context, shown))
            .data("pair", view)
            .with("stories", PagePart::Cards(shown.to_vec()))
    }
}

fn topics(context: &SiteContext, id: PairId) -> [Arc<TopicRef>; 2] {
    let pair = context.site.pair(id);
    [pair.first, pair.second].map(|id| Arc::clone(context.topic_ref(id)))
}
