//! Parses embargo notices: `EMBARGOED until 0600 GMT Nov 24`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::content::dateline::{day, weekday};

/// Whether a paragraph is an embargo notice.
pub(in crate::import::wire) fn is_embargo(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    let opens = [
        "EMBARGOED",
        "EMBARGO:",
        "EMBARGO UNTIL",
        "EMBARGO TO ",
        "NOT FOR PUBLICATION",
        "NOT FOR RELEASE",
        "NOT FOR BROADCAST",
        "HOLD FOR RELEASE",
        "FOR RELEASE ",
        "STRICTLY EMBARGOED",
        "UNDER EMBARGO",
    ];
    text.chars().count() <= 200 && opens.iter().any(|words| bare.starts_with(words))
}

/// Returns the instant at which an embargo ends. Returns none unless the notice has one time, one unambiguous time zone
/// and one date. A missing year is the one that is nearest to `story`, the date of the story.
pub(in crate::import::wire) fn instant(text: &str, story: Date) -> Option<Timestamp> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';' | '/' | '[' | ']'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut times =
        words.iter().enumerate().filter_map(|(at, word)| Some((at, time(word, words.get(at + 1).copied())?)));
    let (at, (time, used)) = times.next()?;
    // With two times, it is unknown which one counts.
    if times.any(|(other, _)| other >= at + used) {
        return None;
    }
    let offset = offset(&words, at + used)?;
    let date = date(&words, at..at + used, story)?;
    offset.to_timestamp(date.to_datetime(time)).ok()
}

/// Parses a time of day, and returns how many words it takes: `0600`, `06:00`, `6`+`a.m.`, `6.30pm`, `noon`.
fn time(word: &str, next: Option<&str>) -> Option<(Time, usize)> {
    let word = word.trim_end_matches(',').to_lowercase();
    match word.as_str() {
        "noon" => return Some((Time::midnight().with().hour(12).build().ok()?, 1)),
        "midnight" => return None, // Of which day, nobody knows.
        _ => {}
    }
    let half = |text: &str| match text.trim_end_matches(',').replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    };
    let digits = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
    let (figures, suffix) = word.split_at(digits);
    let figures = figures.trim_end_matches('.');
    let (afternoon, used) = match (half(suffix), next.map(str::to_lowercase).as_deref().and_then(half)) {
        (Some(shift), _) => (Some(shift), 1),
        (None, Some(shift)) if suffix.is_empty() => (Some(shift), 2),
        _ if suffix.is_empty() || matches!(suffix, "hrs" | "h" | "z" | "gmt" | "utc") => (None, 1),
        _ => return None,
    };
    let (hour, minute) = match figures.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        // Four digits alone may be a year.
        None if figures.len() == 4 && afternoon.is_none() && (!suffix.is_empty() || next.is_some_and(follows_time)) => {
            figures.split_at(2)
        }
        None if afternoon.is_some() || suffix == "h" => (figures, "0"),
        _ => return None,
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        Some(shift) if (1..=12).contains(&hour) => hour % 12 + shift,
        Some(_) => return None,
        None => hour,
    };
    Some((Time::new(hour, minute, 0, 0).ok()?, used))
}

/// Whether a word marks the four digits before it as a time.
fn follows_time(word: &str) -> bool {
    let word = word.trim_matches([',', '.', ':']);
    zone(word).is_some() || matches!(word.to_lowercase().as_str(), "hrs" | "hours" | "local" | "h")
}

/// Returns the UTC offset of the only time zone among the words, wherever it is. Ambiguous abbreviations, such as IST,
/// are not recognized.
fn offset(words: &[&str], after: usize) -> Option<Offset> {
    let attached = words[after - 1].to_uppercase();
    let attached = ["GMT", "UTC", "Z"].into_iter().find(|zone| {
        attached.len() > zone.len() && attached.ends_with(zone) && attached.starts_with(|c: char| c.is_ascii_digit())
    });
    let mut named: Vec<Offset> = words
        .iter()
        .filter_map(|word| zone(word.trim_matches([',', '.', ':'])))
        .chain(attached.and_then(zone))
        .collect();
    named.dedup();
    // With two zones for one instant, as in `0600 GMT/0700 CET`, it is unknown which one counts.
    (named.len() == 1).then(|| named[0])
}

/// Returns the UTC offset of a time zone abbreviation, or of a numeric offset such as `+0100`.
fn zone(word: &str) -> Option<Offset> {
    let hours = match word {
        "GMT" | "UTC" | "Z" | "UCT" | "WET" => 0,
        "BST" | "CET" | "WEST" => 1,
        "CEST" | "EET" | "SAST" => 2,
        "EEST" | "MSK" => 3,
        "PKT" => 5,
        "HKT" | "SGT" | "AWST" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "NZST" => 12,
        "NZDT" => 13,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "PDT" => -7,
        "PST" => -8,
        _ => {
            // An offset of two digits is ambiguous: it may be a time or a day.
            let is_whole = word.starts_with(['+', '-']) && word.bytes().filter(u8::is_ascii_digit).count() == 4;
            return is_whole.then(|| crate::base::date::offset(word)).flatten();
        }
    };
    Offset::from_hours(hours).ok()
}

/// Returns the only date among the words, apart from those of the time. A weekday that contradicts it makes it none.
fn date(words: &[&str], time: std::ops::Range<usize>, story: Date) -> Option<Date> {
    let rest: Vec<&str> =
        words.iter().enumerate().filter(|(at, _)| !time.contains(at)).map(|(_, word)| *word).collect();
    let named =
        rest.iter().find_map(|word| weekday(word).filter(|_| word.len() > 3 || word.chars().all(char::is_alphabetic)));
    let mut found: Option<(Option<i16>, i8, i8)> = None;
    let mut at = 0;
    while at < rest.len() {
        let length = (1..=3).rev().find(|length| {
            rest.get(at..at + length).is_some_and(|run| day(run.join(" ").trim_end_matches([',', '.'])).is_some())
        });
        let Some(length) = length else {
            at += 1;
            continue;
        };
        let read = day(rest[at..at + length].join(" ").trim_end_matches([',', '.']))?;
        if found.is_some_and(|found| found != read) {
            return None;
        }
        found = Some(read);
        at += length;
    }
    let (year, month, number) = found?;
    let years = match year {
        Some(year) => vec![year],
        None => vec![story.year() - 1, story.year(), story.year() + 1],
    };
    let dates = years.into_iter().filter_map(|year| Date::new(year, month, number).ok());
    let date = dates.min_by_key(|date| date.duration_since(story).abs())?;
    named.is_none_or(|weekday| date.weekday() == weekday).then_some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn embargoes_need_a_day_a_time_and_a_zone() {
        for (text, expected) in [
            ("EMBARGOED until 0600 GMT Nov 24", "2026-11-24T06:00:00Z"),
            ("EMBARGOED UNTIL 06:00 BST, Tuesday, November 24, 2026", "2026-11-24T05:00:00Z"),
            ("Embargo: 6 a.m. EST Nov. 24", "2026-11-24T11:00:00Z"),
            ("Embargoed until 00:01 UTC 1 January", "2027-01-01T00:01:00Z"),
            ("(Embargoed until 2026-11-24 06:00 +0800)", "2026-11-23T22:00:00Z"),
            ("NOT FOR PUBLICATION BEFORE NOON GMT, NOV 24", "2026-11-24T12:00:00Z"),
            ("EMBARGOED until 0600GMT Nov 24", "2026-11-24T06:00:00Z"),
            ("EMBARGOED until 06:00 -03:30 Nov 24", "2026-11-24T09:30:00Z"),
            ("EMBARGOED until 06:00 +2500 Nov 24", ""),
            ("EMBARGOED until 06:00 +0860 Nov 24", ""),
            ("EMBARGOED until 0600 Nov 24", ""),
            ("EMBARGOED until 0600 IST Nov 24", ""),
            ("EMBARGOED until 0600 GMT", ""),
            ("EMBARGOED until 0600 GMT/0700 CET, Nov 24", ""),
            ("EMBARGOED until 0600 GMT Monday, Nov 24", ""),
            ("EMBARGOED until Nov 24", ""),
            ("EMBARGOED until midnight GMT Nov 24", ""),
            ("EMBARGOED until 0600 GMT Nov 24 or 0700 GMT Nov 25", ""),
        ] {
            assert!(is_embargo(text), "{text}");
            let found = instant(text, civil::date(2026, 11, 23)).map(|instant| instant.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
        assert!(!is_embargo("The embargo on grain ends in May."));
        assert!(!is_embargo("FOR IMMEDIATE RELEASE"));
    }
}
