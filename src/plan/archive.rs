//! The archive: years at a glance, each year's months and days, each month's stories.

use std::collections::BTreeMap;

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::page::{Meta, Page, Part};
use super::shapes::{LinkView, MonthView};
use super::{Output, OutputKind, PageKind, family, front};
use crate::base::date::{Moment, Stamp};
use crate::base::route::Route;
use crate::site::{Site, StoryId};

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    outputs.push(Output { route: Route::own("/archive/"), kind: OutputKind::Page(PageKind::Archive), doc: None });
    let months = desk.months_of_all();
    for (year, month, _) in months {
        let route = Route::own(&format!("/archive/{year:04}/{month:02}/"));
        outputs.push(Output { route, kind: OutputKind::Page(PageKind::Month(*year, *month)), doc: None });
    }
    let mut years: Vec<i16> = months.iter().map(|(year, ..)| *year).collect();
    years.dedup();
    for year in years {
        outputs.push(Output {
            route: Route::own(&year_route(year)),
            kind: OutputKind::Page(PageKind::Year(year)),
            doc: None,
        });
    }
}

fn year_route(year: i16) -> String {
    format!("/archive/{year:04}/")
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
    date: Stamp,
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

/// A month with stories: its year, its number, and the places of its stories, newest first.
pub(super) type Month = (i16, i8, std::ops::Range<usize>);

/// The months with stories, newest first.
pub(super) fn months(site: &Site) -> Vec<Month> {
    let zone = &site.config.zone;
    let mut months: Vec<Month> = Vec::new();
    for (index, story) in site.stories.iter().enumerate() {
        let date = story.date.date(zone);
        match months.last_mut() {
            Some((year, month, range)) if (*year, *month) == (date.year(), date.month()) => range.end = index + 1,
            _ => months.push((date.year(), date.month(), index..index + 1)),
        }
    }
    months
}

pub(super) fn archive(desk: &Desk) -> Page {
    let mut years: Vec<YearView> = Vec::new();
    for (year, month, range) in desk.months_of_all() {
        let (year, month) = (*year, *month);
        let count = range.len();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearView { year, url: desk.link(&year_route(year)), count: 0, months: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.count += count;
            last.months.insert(0, desk.month(year, month, count));
        }
    }
    let mut meta = Meta::new(desk, &family::ARCHIVE, "/archive/", "Archive");
    meta.description = Some(format!("Everything {} has published, by month", desk.site.config.title));
    let listed = years.iter().map(|year| LinkView { title: year.year.to_string(), url: year.url.clone() });
    let node = ld::index(listed);
    Page::new(meta).says(node).data("years", years)
}

pub(super) fn year(desk: &Desk, year: i16) -> Page {
    let zone = &desk.site.config.zone;
    let months = desk.months_of_all();
    let mut views = Vec::new();
    for (_, month, range) in months.iter().filter(|(y, ..)| *y == year) {
        let mut days: BTreeMap<jiff::civil::Date, usize> = BTreeMap::new();
        for story in &desk.site.stories[range.clone()] {
            *days.entry(story.date.date(zone)).or_default() += 1;
        }
        let view = desk.month(year, *month, range.len());
        let day = |(date, count): (jiff::civil::Date, usize)| DayCount {
            date: desk.stamp(Moment::day(date, zone)),
            url: format!("{}#d{:02}", view.url, date.day()),
            count,
        };
        views.push(MonthDays { days: days.into_iter().map(day).collect(), month: view });
    }
    views.reverse();
    let link = |year: i16| YearLink { year, url: desk.link(&year_route(year)) };
    let page = YearPage {
        year,
        url: desk.link(&year_route(year)),
        count: months.iter().filter(|(y, ..)| *y == year).map(|(.., range)| range.len()).sum(),
        previous: months.iter().map(|(y, ..)| *y).find(|y| *y < year).map(link),
        next: months.iter().rev().map(|(y, ..)| *y).find(|y| *y > year).map(link),
    };
    let mut meta = Meta::new(desk, &family::YEAR, &year_route(year), year.to_string());
    meta.breadcrumbs = vec![archive_crumb(desk)];
    let listed = views.iter().map(|view| LinkView { title: view.month.label.clone(), url: view.month.url.clone() });
    let node = ld::index(listed);
    Page::new(meta).says(node).data("year", page).data("months", views)
}

pub(super) fn month(desk: &Desk, year: i16, month: i8) -> Page {
    let months = desk.months_of_all();
    let at = months.iter().position(|(y, m, _)| (*y, *m) == (year, month)).unwrap_or(0);
    let stories: Vec<StoryId> = months.get(at).map_or(0..0, |(.., range)| range.clone()).map(StoryId).collect();
    // A neighbour's count would change with the neighbour; a month that is over shows nothing that does.
    let neighbour =
        |at: Option<usize>| at.and_then(|at| months.get(at)).map(|(year, month, _)| desk.month(*year, *month, 0));
    let view = desk.month(year, month, stories.len());
    let mut meta = Meta::new(desk, &family::MONTH, &format!("/archive/{year:04}/{month:02}/"), view.label.clone());
    meta.breadcrumbs =
        vec![archive_crumb(desk), LinkView { title: year.to_string(), url: desk.link(&year_route(year)) }];
    let page = MonthPage { month: view, previous: neighbour(Some(at + 1)), next: neighbour(at.checked_sub(1)) };
    Page::new(meta)
        .says(ld::stories(desk, &stories))
        .data("month", page)
        .with("days", Part::Days(front::days(desk, &stories)))
}

fn archive_crumb(desk: &Desk) -> LinkView {
    LinkView { title: "Archive".to_owned(), url: desk.link("/archive/") }
}
