//! The front page: as the desk has arranged it, else led by priority, form and freshness; never empty while there is
//! anything to show.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::archive;
use super::front_fill::{BRIEFS, Extent, Fill, Opening, SECONDARY, fill};
use crate::base::date::Moment;
use crate::base::text::wrap::columns;
use crate::content::head::{ArticleHead, Status, StoryKind, TopicKind};
use crate::plan::context::briefing_view::{self, BriefingView};
use crate::plan::context::nodes;
use crate::plan::outputs::family;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::shapes::{Card, MonthView, TopicRef};
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::stories::story_head;
use crate::site::{Edition, Package, Site, StoryId, StorySource, TopicId};

/// A story of high priority leads for so long.
const LEAD_HOURS: i64 = 72;
/// An opinion with fewer words never leads by itself.
const SHORT: u32 = 80;
/// Days within which stories count for the rails: the topics with the most have one.
const RAIL_DAYS: i64 = 14;
const RAILS: usize = 4;
/// Stories of a rail, none of which is elsewhere on the page.
const RAIL: usize = 2;
/// Stories of a section's band.
const BAND: usize = 4;
const NEWEST: usize = 24;
/// Stories that machines are told of.
const LISTED: usize = 20;

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    outputs.push(Output { route: context.own_route("/"), kind: OutputKind::Page(PageKind::Front), doc: None });
}

#[derive(Serialize)]
struct Rail {
    topic: Arc<TopicRef>,
    stories: Vec<Arc<Card>>,
    months: Vec<MonthView>,
}

#[derive(Serialize)]
struct PackageView {
    story: Arc<Card>,
    related: Vec<Arc<Card>>,
}

#[derive(Serialize)]
struct Band {
    topic: Arc<TopicRef>,
    stories: Vec<Arc<Card>>,
}

/// Which story stands where; none stands twice.
struct Arrangement {
    lead: Option<StoryId>,
    related: Vec<StoryId>,
    packages: Vec<Package>,
    secondary: Vec<StoryId>,
    briefs: Vec<StoryId>,
    fill: Fill,
    bands: Vec<(TopicId, Vec<StoryId>)>,
    rails: Vec<(TopicId, Vec<StoryId>)>,
    newest: Vec<StoryId>,
}

impl Arrangement {
    fn of(context: &SiteContext, briefing: Option<&BriefingView>) -> Self {
        let site = &context.site;
        let articles: Vec<StoryId> =
            (0..site.stories.len()).map(StoryId).filter(|id| story_head(site, *id).is_some()).take(60).collect();
        let chosen = &*site.front;
        let packages = chosen.packages.clone();
        let mut shown: HashSet<StoryId> =
            packages.iter().flat_map(|one| one.related.iter().chain([&one.story])).copied().collect();
        let related = chosen.lead.as_ref().map(|lead| lead.related.clone()).unwrap_or_default();
        shown.extend(&related);
        let ranked: Vec<StoryId> = ranked(site, &articles).into_iter().filter(|id| !shown.contains(id)).collect();
        let lead = chosen
            .lead
            .as_ref()
            .map(|lead| lead.story)
            .or_else(|| ranked.iter().find(|id| may_lead(site, **id)).or(ranked.first()).copied());
        shown.extend(lead);
        let chances: Vec<StoryId> = ranked.into_iter().filter(|id| !shown.contains(id)).collect();
        let opening = opening(context, (lead, &related), briefing, (&packages, &chances));
        let short = |taken: usize| {
            let taken = &chances[..taken.saturating_sub(packages.len()).min(chances.len())];
            let left = articles.iter().filter(|id| !shown.contains(id) && !taken.contains(id));
            left.take(BRIEFS.1).map(|id| extent(context, *id)).collect()
        };
        let fill = opening.map(|opening| fill(&opening, short)).unwrap_or_default();
        let mut next = |from: &mut dyn Iterator<Item = StoryId>, most: usize| {
            let found: Vec<StoryId> = from.filter(|id| !shown.contains(id)).take(most).collect();
            shown.extend(&found);
            found
        };
        let secondary = next(&mut chances.into_iter(), fill.secondary.saturating_sub(packages.len()));
        let briefs = next(&mut articles.iter().copied(), fill.briefs);
        let bands = chosen.sections.iter().map(|topic| {
            let stories = &mut site.topic(*topic).stories.iter().copied().filter(|id| story_head(site, *id).is_some());
            (*topic, next(stories, BAND))
        });
        let bands: Vec<_> = bands.filter(|(_, stories)| !stories.is_empty()).collect();
        let rails = rails(site, &mut shown);
        let newest = articles.iter().copied().filter(|id| !shown.contains(id)).take(NEWEST).collect();
        Self { lead, related, packages, secondary, briefs, fill, bands, rails, newest }
    }

    /// All stories, in the order of the page.
    fn stories(&self) -> impl Iterator<Item = StoryId> {
        let packages = self.packages.iter().flat_map(|one| [&one.story].into_iter().chain(&one.related));
        let bands = self.bands.iter().chain(&self.rails).flat_map(|(_, stories)| stories);
        let opening = self.lead.iter().chain(&self.related).chain(packages).chain(&self.secondary).chain(&self.briefs);
        opening.chain(bands).chain(&self.newest).copied()
    }
}

pub(in crate::plan) fn view(context: &SiteContext) -> Page {
    let site = &context.site;
    let edition = site.editions.first();
    let briefing = edition.map(|edition| -> BriefingView { briefing_view::summary(context, edition) });
    let arrangement = Arrangement::of(context, briefing.as_ref());
    let newest = site.stories.iter().find(|story| matches!(story.kind, StorySource::Article(_)));
    let date =
        [edition.map(|e| e.date), newest.map(|story| story.date)].into_iter().flatten().max_by_key(|m| m.instant());
    let mut meta = context.meta(&family::FRONT, &context.own("/"), site.config.title.clone());
    meta.description.clone_from(&site.config.description);
    meta.alternates = context.in_all_languages("/");
    let listed: Vec<StoryId> = arrangement.stories().take(LISTED).collect();
    let Arrangement { lead, related, packages, secondary, briefs, fill, bands, rails, newest } = arrangement;
    let cards = |ids: &[StoryId]| ids.iter().map(|id| Arc::clone(context.card(*id))).collect::<Vec<_>>();
    let package = |Package { story, related }: &Package| PackageView {
        story: Arc::clone(context.card(*story)),
        related: cards(related),
    };
    let band = |(topic, stories): &(TopicId, Vec<StoryId>)| Band {
        topic: Arc::clone(context.topic_ref(*topic)),
        stories: cards(stories),
    };
    let rail = |(topic, stories): &(TopicId, Vec<StoryId>)| Rail {
        topic: Arc::clone(context.topic_ref(*topic)),
        stories: cards(stories),
        months: context.months(&site.topic(*topic).stories, 12),
    };
    Page::new(meta)
        .json_ld(json_ld::JsonLdNode::Site)
        .json_ld(json_ld::JsonLdNode::Publisher)
        .json_ld(nodes::stories(context, &listed))
        .with("lead", PagePart::Card(lead))
        .data(
            "lead_points",
            lead.and_then(|id| story_head(site, id)).map(|head| head.key_points.clone()).unwrap_or_default(),
        )
        .with("lead_related", PagePart::Cards(related))
        .data("packages", packages.iter().map(package).collect::<Vec<_>>())
        .with("secondary", PagePart::Cards(secondary))
        .with("briefs", PagePart::Cards(briefs))
        .data("secondary_deks", fill.secondary_deks.saturating_sub(packages.len()))
        .data("brief_deks", fill.brief_deks)
        .data("bands", bands.iter().map(band).collect::<Vec<_>>())
        .with("days", PagePart::Days(archive::days(context, &newest)))
        .data("briefing", briefing)
        .data("rails", rails.iter().map(rail).collect::<Vec<_>>())
        .data(
            "date",
            date.map(|date| Moment::day(date.date(&site.config.zone), &site.config.zone))
                .map(|date| context.display_date(date)),
        )
        .data("edition", edition.and_then(|edition| edition.number))
}

/// What the columns of the opening are filled from.
fn opening(
    context: &SiteContext,
    (lead, related): (Option<StoryId>, &[StoryId]),
    briefing: Option<&BriefingView>,
    (packages, chances): (&[Package], &[StoryId]),
) -> Option<Opening> {
    let lead = lead?;
    let titles = |ids: &[StoryId]| -> Vec<usize> { ids.iter().map(|id| extent(context, *id).title).collect() };
    let points = story_head(&context.site, lead).map_or(&[][..], |head| &head.key_points);
    let mut first = Extent {
        lines: points.iter().map(|point| columns(point)).chain(titles(related)).collect(),
        ..Extent::of(&context.card(lead).title, context.card(lead).summary.as_deref())
    };
    first.picture = picture(context, lead);
    let mut secondary: Vec<Extent> = packages
        .iter()
        .map(|package| Extent { lines: titles(&package.related), ..extent(context, package.story) })
        .chain(chances.iter().map(|id| extent(context, *id)))
        .take(SECONDARY.1.max(packages.len()))
        .collect();
    // The theme shows one picture at least, where there is one.
    if first.picture.is_none()
        && let Some(second) = secondary.first_mut()
    {
        second.picture =
            packages.first().map(|one| one.story).or(chances.first().copied()).and_then(|id| picture(context, id));
    }
    let edition = briefing.map(|briefing| briefing.items.iter().map(|item| columns(&item.title)).collect());
    Some(Opening { lead: first, edition, secondary, packages: packages.len() })
}

/// A story as a secondary one or a short one, without its picture.
fn extent(context: &SiteContext, id: StoryId) -> Extent {
    let card = context.card(id);
    Extent::of(card.short_title.as_ref().unwrap_or(&card.title), card.summary.as_deref())
}

/// The height of the picture of a story, in percent of its width.
fn picture(context: &SiteContext, id: StoryId) -> Option<usize> {
    let image = context.card(id).image.as_ref()?;
    let known = image.width.zip(image.height).filter(|(width, _)| *width > 0);
    Some(known.map_or(60, |(width, height)| (u64::from(height) * 100 / u64::from(width)).min(500) as usize))
}

/// The newest stories: by priority, then by when they appeared, with an allowance for their form.
fn ranked(site: &Site, articles: &[StoryId]) -> Vec<StoryId> {
    let Some(newest) = articles.first().map(|id| site.story(*id).date.instant()) else { return Vec::new() };
    let is_fresh = |id: &StoryId| newest.duration_since(site.story(*id).date.instant()).as_hours() < LEAD_HOURS;
    let mut ranked = articles.to_vec();
    ranked.sort_by_cached_key(|id| {
        let head = story_head(site, *id);
        let priority = head.map_or(0, |head| head.priority);
        let appeared = site.story(*id).date.instant();
        let weighed = head.map_or(appeared, |head| weighed(head, appeared));
        (Reverse(if is_fresh(id) { priority } else { priority.min(0) }), Reverse(weighed), *id)
    });
    ranked
}

/// The instant by which a story competes for the lead: what still develops holds its place for longer, what comments on the
/// news gives way to the news.
fn weighed(head: &ArticleHead, appeared: Timestamp) -> Timestamp {
    // Live coverage is as new as its last entry, until it has ended.
    let entry = head.live.and_then(|live| live.last).filter(|_| head.status != Some(Status::Final));
    let appeared = entry.map_or(appeared, |at| at.instant().max(appeared));
    let form = match head.kind {
        StoryKind::Live => 6,
        StoryKind::Report => 0,
        StoryKind::Analysis | StoryKind::Explainer => -3,
        StoryKind::Opinion => -24,
    };
    let developing = if head.status == Some(Status::Developing) { 12 } else { 0 };
    appeared.checked_add(SignedDuration::from_hours(form + developing)).unwrap_or(appeared)
}

/// Whether a story may lead without being chosen.
fn may_lead(site: &Site, id: StoryId) -> bool {
    let StorySource::Article(article) = site.story(id).kind else { return false };
    let article = site.article(article);
    let kind = article.head.kind;
    let kinds = &site.front.lead_kinds;
    (kinds.is_empty() || kinds.contains(&kind)) && (kind != StoryKind::Opinion || article.body.words >= SHORT)
}

/// The topics with the most movement, each with its two newest stories that are not on the page yet, and no topic that does
/// not bring two. Items of the newest edition are on the page with it.
fn rails(site: &Site, shown: &mut HashSet<StoryId>) -> Vec<(TopicId, Vec<StoryId>)> {
    let Some(newest) = site.stories.first().map(|story| story.date.instant()) else { return Vec::new() };
    let is_recent = |id: &StoryId| newest.duration_since(site.story(*id).date.instant()).as_hours() < RAIL_DAYS * 24;
    let edition = site.editions.first().and_then(Edition::doc);
    let in_edition = |id: &StoryId| Some(site.story(*id).doc) == edition;
    let recent = |topic: usize| site.topics[topic].stories.iter().copied().take_while(is_recent);
    let mut moving: Vec<(usize, usize)> = (0..site.topics.len())
        .filter(|index| site.topics[*index].kind != TopicKind::Section)
        .map(|index| (recent(index).count(), index))
        .filter(|(count, _)| *count >= RAIL)
        .collect();
    moving.sort_by_key(|(count, index)| (Reverse(*count), *index));
    let mut rails = Vec::new();
    for (_, index) in moving {
        let stories: Vec<StoryId> =
            recent(index).filter(|id| !shown.contains(id) && !in_edition(id)).take(RAIL).collect();
        if stories.len() == RAIL {
            shown.extend(&stories);
            rails.push((TopicId(index), stories));
        }
        if rails.len() == RAILS {
            break;
        }
    }
    rails
}
