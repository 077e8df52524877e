//! The front page: led by priority and freshness, and never empty while there is anything to show.

use serde::Serialize;
use std::sync::Arc;

use super::archive;
use crate::base::route::Route;
use crate::content::head::TopicKind;
use crate::plan::context::briefing_view::{self, BriefingView};
use crate::plan::context::nodes;
use crate::plan::outputs::family;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::shapes::{Card, MonthView, TopicRef};
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::StoryId;
use crate::site::stories::story_head;

/// A story of high priority leads for so long.
const LEAD_HOURS: i64 = 72;
/// Days within which stories count for the rails: the topics with the most have one.
const RAIL_DAYS: i64 = 14;
const RAILS: usize = 4;
const SECONDARY: usize = 3;
const BRIEFS: usize = 5;
const NEWEST: usize = 24;
/// Stories that machines are told of.
const LISTED: usize = 20;

pub(in crate::plan) fn outputs(outputs: &mut Vec<Output>) {
    outputs.push(Output { route: Route::own("/"), kind: OutputKind::Page(PageKind::Front), doc: None });
}

#[derive(Serialize)]
struct Rail {
    topic: Arc<TopicRef>,
    stories: Vec<Arc<Card>>,
    months: Vec<MonthView>,
}

pub(in crate::plan) fn view(context: &SiteContext) -> Page {
    let site = &context.site;
    let articles: Vec<StoryId> =
        (0..site.stories.len()).map(StoryId).filter(|id| story_head(site, *id).is_some()).take(60).collect();
    let ranked = ranked(context, &articles);
    let lead = ranked.first().copied();
    let secondary: Vec<StoryId> = ranked.iter().skip(1).take(SECONDARY).copied().collect();
    let mut rest = articles.iter().copied().filter(|id| Some(*id) != lead && !secondary.contains(id));
    let briefs: Vec<StoryId> = rest.by_ref().take(BRIEFS).collect();
    let newest: Vec<StoryId> = rest.take(NEWEST).collect();
    let edition = site.editions.first();
    let date = [edition.map(|e| e.date), articles.first().map(|id| site.story(*id).date)]
        .into_iter()
        .flatten()
        .max_by_key(|m| m.instant());
    let mut meta = context.meta(&family::FRONT, "/", site.config.title.clone());
    meta.description.clone_from(&site.config.description);
    let shown: Vec<StoryId> =
        lead.iter().chain(&secondary).chain(&briefs).chain(&newest).copied().take(LISTED).collect();
    Page::new(meta)
        .json_ld(json_ld::JsonLdNode::Site)
        .json_ld(json_ld::JsonLdNode::Publisher)
        .json_ld(nodes::stories(context, &shown))
        .with("lead", PagePart::Card(lead))
        .data(
            "lead_points",
            lead.and_then(|id| story_head(site, id)).map(|head| head.key_points.clone()).unwrap_or_default(),
        )
        .with("secondary", PagePart::Cards(secondary))
        .with("briefs", PagePart::Cards(briefs))
        .with("days", PagePart::Days(archive::days(context, &newest)))
        .data("briefing", edition.map(|edition| -> BriefingView { briefing_view::summary(context, edition) }))
        .data("rails", rails(context))
        .data(
            "date",
            date.map(|date| crate::base::date::Moment::day(date.date(&site.config.zone), &site.config.zone))
                .map(|date| context.display_date(date)),
        )
        .data("edition", edition.and_then(|edition| edition.number))
}

/// Those of the newest stories that may lead: by priority, then newest first.
fn ranked(context: &SiteContext, articles: &[StoryId]) -> Vec<StoryId> {
    let Some(newest) = articles.first().map(|id| context.site.story(*id).date.instant()) else { return Vec::new() };
    let is_fresh = |id: &StoryId| newest.duration_since(context.site.story(*id).date.instant()).as_hours() < LEAD_HOURS;
    let mut ranked = articles.to_vec();
    ranked.sort_by_key(|id| {
        let priority = story_head(&context.site, *id).map_or(0, |head| head.priority);
        (std::cmp::Reverse(if is_fresh(id) { priority } else { priority.min(0) }), *id)
    });
    ranked
}

fn rails(context: &SiteContext) -> Vec<Rail> {
    let site = &context.site;
    let Some(newest) = site.stories.first().map(|story| story.date.instant()) else { return Vec::new() };
    let is_recent = |id: &&StoryId| newest.duration_since(site.story(**id).date.instant()).as_hours() < RAIL_DAYS * 24;
    let mut moving: Vec<(usize, usize)> = site
        .topics
        .iter()
        .enumerate()
        .filter(|(_, topic)| topic.kind != TopicKind::Section && topic.stories.len() >= 2)
        .map(|(index, topic)| (topic.stories.iter().take_while(is_recent).count(), index))
        .filter(|(count, _)| *count >= 2)
        .collect();
    moving.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    moving
        .into_iter()
        .take(RAILS)
        .map(|(_, index)| {
            let topic = &site.topics[index];
            Rail {
                topic: Arc::clone(context.topic_ref(crate::site::TopicId(index))),
                stories: topic.stories.iter().take(2).map(|id| Arc::clone(context.card(*id))).collect(),
                months: context.months(&topic.stories, 12),
            }
        })
        .collect()
}
