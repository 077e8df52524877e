//! Infers the year that a dateline leaves out.

use jiff::civil::{Date, Weekday};

use super::inference::Sure;
use crate::import::wire::phrases::dateline::Day;

/// A date with the reason for its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResolvedDay {
    pub(super) date: Date,
    /// The reason for the year, as a clause for the inference.
    pub(super) why: String,
    /// The confidence in the year.
    pub(super) sure: Sure,
}

/// The number of past years to search. Each combination of a weekday and a leap day recurs within 40 years, also around
/// a century without a leap day.
const PAST: i16 = 40;

/// The age in days up to which copy is taken for fresh, whatever weekday its text names.
const FRESH: i32 = 8;

/// Returns the date that a dateline means. The year is that of the dateline, else `year`, else the latest year in which
/// the date is at most one day after `now` and falls on the given weekday. `said` is the weekday that the first paragraph of
/// the text names: of copy that would not be fresh, the latest year counts in which it is the day of the dateline, or the day
/// before. Returns none when no year fits.
pub(super) fn resolve(day: &Day, year: Option<i16>, said: Option<Weekday>, now: Date) -> Option<ResolvedDay> {
    let on = |year: i16| Date::new(year, day.month, day.number).ok();
    let fits = |date: &Date| day.weekday.is_none_or(|weekday| date.weekday() == weekday);
    let named = day.year.map(|year| (year, "the copy names the year"));
    if let Some((year, why)) = named.or_else(|| year.map(|year| (year, "the year is that of `--year`")))
        && let Some(date) = on(year)
    {
        if fits(&date) {
            return Some(ResolvedDay { date, why: why.to_owned(), sure: Sure::Certain });
        }
        let why = format!("{why}, although that day is a {}", date.strftime("%A"));
        return Some(ResolvedDay { date, why, sure: Sure::Guess });
    }
    let latest = now.tomorrow().unwrap_or(now);
    let all = || (now.year() - PAST..=now.year() + 1).rev().filter_map(on).filter(|date| *date <= latest && fits(date));
    let date = all().next()?;
    let is_said = |date: &Date| {
        said.is_none_or(|said| said == date.weekday() || date.yesterday().is_ok_and(|before| said == before.weekday()))
    };
    let is_fresh = date.duration_until(now).as_hours() <= 24 * i64::from(FRESH);
    if let Some(said) = said.filter(|_| day.weekday.is_none() && !is_fresh && !is_said(&date))
        && let Some(date) = all().find(is_said)
    {
        let why = format!(
            "no year is given; took {}, the latest as of {now} in which the {said:?} of the text is that day or the day before,",
            date.year()
        );
        return Some(ResolvedDay { date, why, sure: Sure::Likely });
    }
    let because = if day.weekday.is_some() { "the day and its weekday fit" } else { "the day fits" };
    let why = format!("no year is given; took {}, the latest in which {because} as of {now},", date.year());
    // A date more than 200 days in the past is more likely a typing error than news.
    let sure = if date.duration_until(now).as_hours() > 24 * 200 { Sure::Guess } else { Sure::Likely };
    Some(ResolvedDay { date, why, sure })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_latest_year_that_fits_is_taken() {
        let day = |month, number, weekday| Day { text: String::new(), weekday, year: None, month, number };
        let now = date(2026, 11, 24);
        for (day, year, now, expected) in [
            (day(11, 23, None), None, now, date(2026, 11, 23)),
            (day(11, 25, None), None, now, date(2026, 11, 25)),
            (day(11, 26, None), None, now, date(2025, 11, 26)),
            (day(12, 31, None), None, date(2026, 1, 2), date(2025, 12, 31)),
            (day(1, 1, None), None, date(2025, 12, 31), date(2026, 1, 1)),
            (day(2, 29, None), None, now, date(2024, 2, 29)),
            (day(11, 24, Some(Weekday::Tuesday)), None, date(2026, 11, 20), date(2020, 11, 24)),
            (day(10, 17, None), Some(2023), now, date(2023, 10, 17)),
            // 2023 has no such day, so the option must be wrong and is ignored.
            (day(2, 29, None), Some(2023), now, date(2024, 2, 29)),
            (Day { year: Some(2019), ..day(10, 17, None) }, Some(2023), now, date(2019, 10, 17)),
        ] {
            assert_eq!(resolve(&day, year, None, now).map(|resolved| resolved.date), Some(expected), "{day:?}");
        }
    }

    #[test]
    fn a_weekday_in_the_text_tells_the_year_of_old_copy() {
        let day = |weekday| Day { text: String::new(), weekday, year: None, month: 10, number: 17 };
        let now = date(2026, 11, 29);
        let fresh = date(2026, 10, 20);
        for (weekday, said, now, expected) in [
            (None, None, now, 2026),
            // 17 October was a Saturday in 2026, a Friday in 2025, a Thursday in 2024, and a Tuesday in 2023.
            (None, Some(Weekday::Tuesday), now, 2023),
            (None, Some(Weekday::Monday), now, 2023),
            (None, Some(Weekday::Friday), now, 2026),
            (None, Some(Weekday::Thursday), now, 2025),
            (None, Some(Weekday::Tuesday), fresh, 2026),
            (Some(Weekday::Friday), Some(Weekday::Tuesday), now, 2025),
        ] {
            let found = resolve(&day(weekday), None, said, now).map(|resolved| resolved.date.year());
            assert_eq!(found, Some(expected), "{weekday:?} {said:?} {now}");
        }
    }
}
