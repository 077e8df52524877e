//! Parses dates in the formats of other generators.

use jiff::civil::Date;

use crate::base::date::{Disambiguation, Moment, Zone};
use crate::content::dateline;

/// Parses a date in any supported format. Without an offset, it is in the site's time zone.
pub(in crate::import::moving) fn read(text: &str, zone: &Zone) -> Option<Moment> {
    read_as(text, zone, Disambiguation::Earlier)
}

/// Parses the end of an embargo. A local time that occurs twice at a clock change means the later instant, so that
/// nothing is published too early.
pub(in crate::import::moving) fn read_embargo(text: &str, zone: &Zone) -> Option<Moment> {
    read_as(text, zone, Disambiguation::Later)
}

/// Returns the calendar date as it is written, regardless of the site's time zone.
pub(in crate::import::moving) fn written_day(text: &str, zone: &Zone) -> Option<Date> {
    let moment = read(text, zone)?;
    let text = text.trim();
    let first = text.split([' ', 'T', 't']).next().unwrap_or_default();
    let spelled = || jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.date());
    Some(numbers(first).or_else(spelled).unwrap_or_else(|| moment.date(zone)))
}

fn read_as(text: &str, zone: &Zone, doubled: Disambiguation) -> Option<Moment> {
    let text = text.trim();
    if let Ok(moment) = Moment::parse_as(text, zone, doubled) {
        return Some(moment);
    }
    if let Some(moment) = jiff::fmt::rfc2822::parse(text).ok().map(|zoned| Moment::at(zoned.timestamp())) {
        return Some(moment);
    }
    // Other common formats: `2015-03-17T14:00:00.000Z`, `2015-3-7 9:30:00 UTC`, `2015/03/17`.
    let (day, clock) = text.split_once([' ', 'T']).map_or((text, ""), |(day, clock)| (day, clock.trim()));
    if let Some(day) = numbers(day) {
        let (clock, offset) = offset(clock);
        let clock = of_day(clock)?;
        let whole = format!("{day} {clock}{offset}");
        return Moment::parse_as(whole.trim(), zone, doubled).ok();
    }
    match dateline::day(text) {
        Some((Some(year), month, day)) => Date::new(year, month, day).ok().map(|date| Moment::day(date, zone)),
        _ => None,
    }
}

fn numbers(day: &str) -> Option<Date> {
    let parts: Vec<&str> = day.split(['/', '.', '-']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Splits off a time zone from a time of day and returns it as an offset in our syntax. An offset in digits counts more
/// than an abbreviation beside it, and an abbreviation that is not known says nothing.
fn offset(clock: &str) -> (&str, String) {
    let bare = clock.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let word = clock[bare.len()..].to_ascii_uppercase();
    let (bare, hours) = match word.as_str() {
        // Not a zone, but the half of the day.
        "AM" | "PM" => (clock, None),
        "Z" | "UT" | "UTC" | "GMT" => (bare, Some("+00:00")),
        "EDT" => (bare, Some("-04:00")),
        "EST" | "CDT" => (bare, Some("-05:00")),
        "CST" | "MDT" => (bare, Some("-06:00")),
        "MST" | "PDT" => (bare, Some("-07:00")),
        "PST" => (bare, Some("-08:00")),
        _ => (bare, None),
    };
    let bare = bare.trim_end();
    match bare.rfind(['+', '-']).filter(|at| *at > 3) {
        Some(at) => (bare[..at].trim_end(), format!(" {}", &bare[at..])),
        None => (bare, hours.map_or_else(String::new, |hours| format!(" {hours}"))),
    }
}

/// Returns a time of day in 24 hours, without fractions of a second; none when there is no such hour.
fn of_day(clock: &str) -> Option<String> {
    let lower = clock.to_ascii_lowercase();
    let half = ["am", "pm"].into_iter().find_map(|half| Some((lower.strip_suffix(half)?.trim_end(), half == "pm")));
    let (clock, is_after_noon) = half.map_or((lower.as_str(), None), |(clock, is_pm)| (clock, Some(is_pm)));
    let clock = clock.split('.').next().unwrap_or_default();
    let clock = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    let Some(is_after_noon) = is_after_noon else { return Some(clock) };
    let (hour, rest) = clock.split_once(':').unwrap_or((&clock, "00"));
    let hour: u8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    Some(format!("{:02}:{rest}", hour % 12 + if is_after_noon { 12 } else { 0 }))
}

/// Parses the date at the start of a file name, and returns the rest: `2015-03-17-does-18f-pass`, `2015-3-7-a`.
pub(in crate::import::moving) fn of_name(name: &str) -> Option<(Date, &str)> {
    dated(name, |year| (year.len() == 4).then(|| year.parse().ok())?)
}

/// Parses the date at the start of the name of a post of Jekyll, where a year may have two digits: `12-12-07-a`.
pub(in crate::import::moving) fn of_post(name: &str) -> Option<(Date, &str)> {
    let short = |year: &str| {
        let year: i16 = year.parse().ok().filter(|_| year.len() == 2)?;
        Some(year + if year < 69 { 2000 } else { 1900 })
    };
    of_name(name).or_else(|| dated(name, short))
}

/// Parses the time at the start of the name of a file of Zola, and returns it, its day and the rest:
/// `2023-05-06T10:00:00Z-a`.
pub(in crate::import::moving) fn of_timed_name(name: &str) -> Option<(&str, Date, &str)> {
    let (day, clock) = name.split_once('T')?;
    let zone = clock.find(['Z', '+', '-'])?;
    let end = day.len() + 1 + zone + if clock[zone..].starts_with('Z') { 1 } else { "+00:00".len() };
    let (moment, rest) = name.split_at_checked(end)?;
    read(moment, &Zone::utc())?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(['-', '_']).filter(|rest| !rest.is_empty())?;
    Some((moment, numbers(day)?, rest))
}

fn dated(name: &str, year_of: impl Fn(&str) -> Option<i16>) -> Option<(Date, &str)> {
    let (year, rest) = name.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(end);
    let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(['-', '_'])? };
    let date = Date::new(year_of(year)?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date, rest))
}

/// Returns the date in an address such as `/2015/03/17/…`.
pub(in crate::import::moving) fn of_address(address: &str) -> Option<Date> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    })
}

/// Formats a date for our front matter.
pub(in crate::import::moving) fn written(moment: Moment, zone: &Zone) -> String {
    if moment.is_day_only() { moment.date(zone).to_string() } else { moment.rfc3339(zone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_dates_are_read() {
        let zone = Zone::new("Europe/Berlin").expect("a zone");
        for (text, expected) in [
            ("2015-03-17", Some("2015-03-17")),
            ("2015/3/7", Some("2015-03-07")),
            ("2015-03-17 14:00:00 -0400", Some("2015-03-17T19:00:00+01:00")),
            ("2015-03-17T14:00:00.123Z", Some("2015-03-17T15:00:00+01:00")),
            ("2015-03-17 9:30:00 UTC", Some("2015-03-17T10:30:00+01:00")),
            ("2015-03-17T09:30:00", Some("2015-03-17T09:30:00+01:00")),
            // The format of Go's `Time.String`.
            ("2015-03-17 23:30:00 +0000 UTC", Some("2015-03-18T00:30:00+01:00")),
            ("2015-03-17 23:30:00.5 +0200 CEST", Some("2015-03-17T22:30:00+01:00")),
            ("2015-03-17 11:04 PM", Some("2015-03-17T23:04:00+01:00")),
            ("2015-03-17 12:04am", Some("2015-03-17T00:04:00+01:00")),
            ("2015-03-17 1:04:05 PM EST", Some("2015-03-17T19:04:05+01:00")),
            ("2015-03-17 23:30:00 EST", Some("2015-03-18T05:30:00+01:00")),
            // An abbreviation that is not known leaves the time in the zone of the site.
            ("2015-03-17 23:30:00 CET", Some("2015-03-17T23:30:00+01:00")),
            ("2015-03-17 13:04 PM", None),
            ("Tue, 17 Mar 2015 14:00:00 +0000", Some("2015-03-17T15:00:00+01:00")),
            ("March 17, 2015", Some("2015-03-17")),
            ("0001-01-01", Some("0001-01-01")),
            ("2015-02-30", None),
            ("soon", None),
        ] {
            assert_eq!(read(text, &zone).map(|moment| written(moment, &zone)).as_deref(), expected, "{text}");
        }
        for text in ["2026-10-25 02:30", "2026-10-25T02:30:00", "2026-10-25 2:30:00", "2026/10/25 02:30"] {
            let read = |read: fn(&str, &Zone) -> Option<Moment>| read(text, &zone).map(|moment| written(moment, &zone));
            assert_eq!(read(super::read).as_deref(), Some("2026-10-25T02:30:00+02:00"), "{text}");
            assert_eq!(read(read_embargo).as_deref(), Some("2026-10-25T02:30:00+01:00"), "{text}");
        }
        for (text, day) in [
            ("2025-12-31T23:30:00-05:00", "2025-12-31"),
            ("2026-01-01 00:30:00 +0500", "2026-01-01"),
            ("Wed, 31 Dec 2025 23:30:00 -0500", "2025-12-31"),
            ("2026-01-01T00:30:00Z", "2026-01-01"),
            ("January 1, 2026", "2026-01-01"),
        ] {
            assert_eq!(written_day(text, &zone).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        assert_eq!(
            of_name("2015-03-17-a-b").map(|(date, rest)| (date.to_string(), rest)),
            Some(("2015-03-17".into(), "a-b"))
        );
        let post = |name| of_post(name).map(|(date, rest)| (date.to_string(), rest));
        assert_eq!(post("12-12-07-x"), Some(("2012-12-07".into(), "x")));
        assert_eq!(post("99-1-7-x"), Some(("1999-01-07".into(), "x")));
        assert_eq!((post("2012-12-07-x"), post("112-12-07-x")), (Some(("2012-12-07".into(), "x")), None));
        let timed = |name| of_timed_name(name).map(|(moment, day, rest)| (moment, day.to_string(), rest));
        for (name, moment) in [
            ("2023-05-06T10:00:00Z-iso-x", "2023-05-06T10:00:00Z"),
            ("2023-05-06T10:00:00.5+02:00_iso-x", "2023-05-06T10:00:00.5+02:00"),
        ] {
            assert_eq!(timed(name), Some((moment, "2023-05-06".to_owned(), "iso-x")));
        }
        assert!(timed("2023-05-06Tx-Z").is_none() && timed("The-End").is_none());
        assert!(of_name("2015-03-17x").is_none() && of_name("a").is_none() && of_name("2015-13-17-a").is_none());
        assert_eq!(of_address("/blog/2015/03/17/a/").map(|date| date.to_string()), Some("2015-03-17".to_owned()));
        assert_eq!(of_address("/2015/3/17/a/"), None);
    }
}
