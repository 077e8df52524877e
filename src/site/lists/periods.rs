//! The periods of the archive: years, months and days with stories.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use crate::config::ArchivePattern;
use crate::site::ids::StoryId;
use crate::site::model::Site;

/// A calendar period of the archive, in the site's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The year number.
    Year(i16),
    /// The year and the month from 1 to 12.
    Month(i16, i8),
    /// The date of the day.
    Day(Date),
}

impl Period {
    /// The route of its archive page by the configured pattern.
    pub fn route(self, pattern: &ArchivePattern) -> String {
        match self {
            Self::Year(year) => pattern.year(year),
            Self::Month(year, month) => pattern.month(year, month),
            Self::Day(day) => pattern.day(day),
        }
    }

    /// The enclosing period; `None` for a year.
    pub fn above(self) -> Option<Self> {
        match self {
            Self::Year(_) => None,
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(day) => Some(Self::Month(day.year(), day.month())),
        }
    }
}

impl fmt::Display for Period {
    /// Writes the period in ISO 8601: `2023`, `2023-10`, `2023-10-17`.
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
    /// The year, month or day.
    pub period: Period,
    /// The range of its stories in [`Site::stories`], which is ordered newest first.
    pub stories: Range<usize>,
}

impl PeriodSpan {
    /// The ids of its stories, newest first.
    pub fn ids(&self) -> Vec<StoryId> {
        self.stories.clone().map(StoryId).collect()
    }
}

/// All periods with stories, each list newest first. Withheld and withdrawn articles are no stories, so a period with
/// nothing else is left out.
#[derive(Debug)]
pub struct Periods {
    /// Years with stories.
    pub years: Vec<PeriodSpan>,
    /// Months with stories.
    pub months: Vec<PeriodSpan>,
    /// Days with stories.
    pub days: Vec<PeriodSpan>,
}

impl Periods {
    /// Groups the stories of a site by period, in its time zone.
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

    /// All periods of the same length as `period`.
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
