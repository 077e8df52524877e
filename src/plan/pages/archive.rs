//! The archive: all years at a glance; each year with its months and days; each month, and each day where days have
//! pages, with its stories.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::base::date::{DisplayDate, Moment};
use crate::base::route::Route;
use crate::config::ArchivePattern;
use crate::plan::context::nodes;
use crate::plan::outputs::family;
use crate::plan::page::{Page, PageDay, PagePart};
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{BriefingRef, LinkView, MonthView};
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::{Period, PeriodSpan, StoryId};

const INDEX: &str = "/archive/";

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    let pattern = &context.site.config.archive;
    let usual = ArchivePattern::usual();
    outputs.push(Output { route: context.own_route(INDEX), kind: OutputKind::Page(PageKind::Archive), doc: None });
    let periods = context.periods();
    let days = periods.days.iter().filter(|_| pattern.has_days());
    for PeriodSpan { period, .. } in periods.years.iter().chain(&periods.months).chain(days) {
        let route = Route::own(&period.route(pattern));
        // Readers who know the page at the address that archives have by default find it still.
        let former = context.own_route(&period.route(&usual));
        if former != route && context.site.lock.as_ref().is_some_and(|lock| lock.has(former.as_str())) {
            outputs.push(Output { route: former, kind: OutputKind::moved(route.to_string()), doc: None });
        }
        outputs.push(Output { route, kind: OutputKind::Page(PageKind::Period(*period)), doc: None });
    }
}

#[derive(Serialize)]
struct YearView {
    year: i16,
    url: String,
    count: usize,
    months: Vec<MonthView>,
}

#[derive(Serialize)]
struct YearLink {
    year: i16,
    url: String,
}

#[derive(Serialize)]
struct YearPage {
    year: i16,
    url: String,
    count: usize,
    previous: Option<YearLink>,
    next: Option<YearLink>,
}

#[derive(Serialize)]
struct MonthDays {
    #[serde(flatten)]
    month: MonthView,
    days: Vec<DayCount>,
}

#[derive(Serialize)]
struct DayCount {
    date: DisplayDate,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct MonthPage {
    #[serde(flatten)]
    month: MonthView,
    previous: Option<MonthView>,
    next: Option<MonthView>,
}

#[derive(Serialize)]
struct DayPage {
    date: DisplayDate,
    url: String,
    count: usize,
    previous: Option<DayLink>,
    next: Option<DayLink>,
}

#[derive(Serialize)]
struct DayLink {
    date: DisplayDate,
    url: String,
}

impl SiteContext {
    fn period_link(&self, period: Period) -> String {
        self.link(&period.route(&self.site.config.archive))
    }

    /// The page of a day, where days have pages.
    fn day_link(&self, day: Date) -> Option<String> {
        self.site.config.archive.has_days().then(|| self.period_link(Period::Day(day)))
    }

    fn day_display(&self, day: Date) -> DisplayDate {
        self.display_date(Moment::day(day, &self.site.config.zone))
    }

    fn period_title(&self, period: Period) -> String {
        match period {
            Period::Year(year) => year.to_string(),
            Period::Month(year, month) => self.month(year, month, 0).label,
            Period::Day(day) => self.day_display(day).date,
        }
    }
}

pub(in crate::plan) fn archive(context: &SiteContext) -> Page {
    let mut years: Vec<YearView> = Vec::new();
    for span in &context.periods().months {
        let Period::Month(year, month) = span.period else { continue };
        let count = span.stories.len();
        if years.last().is_none_or(|last| last.year != year) {
            let url = context.period_link(Period::Year(year));
            years.push(YearView { year, url, count: 0, months: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.count += count;
            last.months.insert(0, context.month(year, month, count));
        }
    }
    let mut meta = context.meta(&family::ARCHIVE, &context.own(INDEX), context.say("archive"));
    meta.alternates = context.in_all_languages(INDEX);
    meta.description = Some(context.say_of("archive_description"));
    let listed = years.iter().map(|year| LinkView { title: year.year.to_string(), url: year.url.clone() });
    let node = json_ld::index(listed);
    Page::new(meta).json_ld(node).data("years", years)
}

/// The page of a year, a month or a day.
pub(in crate::plan) fn period(context: &SiteContext, period: Period) -> Page {
    let all = context.periods().like(period);
    let at = all.binary_search_by(|span| period.cmp(&span.period)).unwrap_or(0);
    let neighbor = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|span| span.period);
    let beside = Neighbors { previous: neighbor(Some(at + 1)), next: neighbor(at.checked_sub(1)) };
    let stories = all.get(at).map_or_else(Vec::new, PeriodSpan::ids);
    let route = period.route(&context.site.config.archive);
    let mut meta =
        context.meta(OutputKind::Page(PageKind::Period(period)).family(), &route, context.period_title(period));
    let mut above = period.above();
    while let Some(period) = above {
        meta.breadcrumbs.insert(0, LinkView { title: context.period_title(period), url: context.period_link(period) });
        above = period.above();
    }
    meta.breadcrumbs.insert(0, LinkView { title: context.say("archive"), url: context.own_link(INDEX) });
    match period {
        Period::Year(year) => of_year(context, meta, year, &stories, beside),
        Period::Month(year, month) => {
            of_month(context, meta, context.month(year, month, stories.len()), &stories, beside)
        }
        Period::Day(day) => of_day(context, meta, day, &stories, beside),
    }
}

/// The period before and the one after, of those that have stories.
struct Neighbors {
    previous: Option<Period>,
    next: Option<Period>,
}

fn of_year(context: &SiteContext, meta: Meta, year: i16, stories: &[StoryId], beside: Neighbors) -> Page {
    let zone = &context.site.config.zone;
    let mut months: BTreeMap<i8, BTreeMap<Date, usize>> = BTreeMap::new();
    for id in stories {
        let day = context.site.story(*id).date.date(zone);
        *months.entry(day.month()).or_default().entry(day).or_default() += 1;
    }
    let months: Vec<MonthDays> = months
        .into_iter()
        .map(|(month, days)| {
            let view = context.month(year, month, days.values().sum());
            let day = |(day, count): (Date, usize)| DayCount {
                date: context.day_display(day),
                url: context.day_link(day).unwrap_or_else(|| format!("{}#{}", view.url, anchor(day))),
                count,
            };
            MonthDays { days: days.into_iter().map(day).collect(), month: view }
        })
        .collect();
    let link = |period: Period| match period {
        Period::Year(year) => Some(YearLink { year, url: context.period_link(period) }),
        Period::Month(..) | Period::Day(_) => None,
    };
    let page = YearPage {
        year,
        url: meta.url.clone(),
        count: stories.len(),
        previous: beside.previous.and_then(link),
        next: beside.next.and_then(link),
    };
    let listed = months.iter().map(|view| LinkView { title: view.month.label.clone(), url: view.month.url.clone() });
    let node = json_ld::index(listed);
    Page::new(meta).json_ld(node).data("year", page).data("months", months)
}

fn of_month(context: &SiteContext, meta: Meta, view: MonthView, stories: &[StoryId], beside: Neighbors) -> Page {
    // A neighbour's count would change with the neighbour; a month that is over shows nothing that does.
    let link = |period: Period| match period {
        Period::Month(year, month) => Some(context.month(year, month, 0)),
        Period::Year(_) | Period::Day(_) => None,
    };
    let page = MonthPage { month: view, previous: beside.previous.and_then(link), next: beside.next.and_then(link) };
    Page::new(meta)
        .json_ld(nodes::stories(context, stories))
        .data("month", page)
        .with("days", PagePart::Days(days(context, stories)))
}

fn of_day(context: &SiteContext, meta: Meta, day: Date, stories: &[StoryId], beside: Neighbors) -> Page {
    let zone = &context.site.config.zone;
    let link = |period: Period| match period {
        Period::Day(day) => Some(DayLink { date: context.day_display(day), url: context.period_link(period) }),
        Period::Year(_) | Period::Month(..) => None,
    };
    let page = DayPage {
        date: context.day_display(day),
        url: meta.url.clone(),
        count: stories.len(),
        previous: beside.previous.and_then(link),
        next: beside.next.and_then(link),
    };
    // Editions are ordered by time, the newest first.
    let editions = &context.site.editions;
    let start = editions.partition_point(|edition| edition.date.date(zone) > day);
    let of_day = editions[start..].iter().take_while(|edition| edition.date.date(zone) == day);
    let briefings: Vec<BriefingRef> = of_day.map(|edition| context.briefing_ref(edition)).collect();
    Page::new(meta)
        .json_ld(nodes::stories(context, stories))
        .data("day", page)
        .data("briefings", briefings)
        .with("stories", PagePart::Cards(stories.to_vec()))
}

/// The anchor of a day on the page of its month: `d17`.
fn anchor(day: Date) -> String {
    format!("d{:02}", day.day())
}

/// Stories by day; they must be in order of time.
pub(in crate::plan) fn days(context: &SiteContext, stories: &[StoryId]) -> Vec<PageDay> {
    let day = |id: &StoryId| context.site.story(*id).date.date(&context.site.config.zone);
    let chunks = stories.chunk_by(|a, b| day(a) == day(b));
    let view = |chunk: &[StoryId]| {
        let day = day(&chunk[0]);
        PageDay { date: context.day_display(day), id: anchor(day), url: context.day_link(day), stories: chunk.to_vec() }
    };
    chunks.map(view).collect()
}
