//! Years, months and days with stories: what the archive is made of.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use crate::config::ArchivePattern;
use crate::site::ids::StoryId;
use crate::site::model::Site;

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A year.
    Year(i16),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl Period {
    /// Its address.
    pub fn route(self, pattern: &ArchivePattern) -> String {
        match self {
            Self::Year(year) => pattern.year(year),
            Self::Month(year, month) => pattern.month(year, month),
            Self::Day(day) => pattern.day(day),
        }
    }

    /// The period that it is a part of.
    pub fn above(self) -> Option<Self> {
        match self {
            Self::Year(_) => None,
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(day) => Some(Self::Month(day.year(), day.month())),
        }
    }
}

impl fmt::Display for Period {
    /// As ISO 8601 writes it: `2023`, `2023-10`, `2023-10-17`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// A period with its stories.
#[derive(Clone, Debug)]
pub struct PeriodSpan {
    /// The period.
    pub period: Period,
    /// Where its stories are among those of the site, which are ordered newest first.
    pub stories: Range<usize>,
}

impl PeriodSpan {
    /// Its stories, newest first.
    pub fn ids(&self) -> Vec<StoryId> {
        self.stories.clone().map(StoryId).collect()
    }
}

/// All periods with stories, each list newest first. What is withheld or withdrawn is no story, so that a period with
/// nothing else is none of them.
#[derive(Debug)]
pub struct Periods {
    /// The years.
    pub years: Vec<PeriodSpan>,
    /// The months.
    pub months: Vec<PeriodSpan>,
    /// The days.
    pub days: Vec<PeriodSpan>,
}

impl Periods {
    /// The periods of a site, in its time zone.
    pub fn of(site: &Site) -> Self {
        let mut periods = Self { years: Vec::new(), months: Vec::new(), days: Vec::new() };
        for (index, story) in site.stories.iter().enumerate() {
            let day = story.date.date(&site.config.zone);
            extend(&mut periods.years, Period::Year(day.year()), index);
            extend(&mut periods.months, Period::Month(day.year(), day.month()), index);
            extend(&mut periods.days, Period::Day(day), index);
        }
        periods
    }

    /// All periods as long as this one.
    pub fn like(&self, period: Period) -> &[PeriodSpan] {
        match period {
            Period::Year(_) => &self.years,
            Period::Month(..) => &self.months,
            Period::Day(_) => &self.days,
        }
    }
}

fn extend(spans: &mut Vec<PeriodSpan>, period: Period, story: usize) {
    match spans.last_mut() {
        Some(last) if last.period == period => last.stories.end = story + 1,
        _ => spans.push(PeriodSpan { period, stories: story..story + 1 }),
    }
}
