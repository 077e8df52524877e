//! The list of editions.

use std::ops::Range;

use super::paged::Paged;
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::plan::context::briefing_view::{BriefingView, summary};
use crate::plan::page::Page;
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::LinkView;
use crate::plan::{BRIEFINGS, FeedSubject, Leaf, SiteContext, json_ld};

/// The list of editions.
pub(super) struct Briefings;

impl Paged for Briefings {
    fn route(&self, context: &SiteContext) -> Route {
        context.own_route(BRIEFINGS)
    }

    fn title(&self, context: &SiteContext) -> String {
        context.say("briefings")
    }

    fn count(&self, context: &SiteContext) -> usize {
        context.site.editions.len()
    }

    fn date(&self, context: &SiteContext, entry: usize) -> Moment {
        context.site.editions[entry].date
    }

    fn subject(&self) -> Option<FeedSubject> {
        Some(FeedSubject::Briefings)
    }

    fn page(&self, context: &SiteContext, _leaf: Leaf, shown: Range<usize>, meta: Meta) -> Page {
        let views: Vec<BriefingView> =
            context.site.editions[shown].iter().map(|edition| summary(context, edition)).collect();
        let named = views.iter().map(|view| LinkView { title: view.title.clone(), url: view.url.clone() });
        let node = json_ld::index(named);
        Page::new(meta).json_ld(node).data("briefings", views)
    }
}
