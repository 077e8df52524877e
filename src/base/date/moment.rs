//! Instants as a newsroom writes and reads them, in its own time zone.

use std::fmt;

use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::digits;
use crate::base::locale::{Language, Written};

/// An IANA time zone from the bundled database. The machine's own zone and database are never consulted, so that output
/// does not depend on them.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// Looks up an IANA name, such as `Asia/Shanghai`.
    pub fn new(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Self::utc());
        }
        // Not `TimeZone::get`, which consults the machine's database first.
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    /// All names that [`Zone::new`] knows, for suggestions.
    pub fn names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), zone: TimeZone::UTC }
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// An instant given by the newsroom. When only a day was given, it is the first instant of that day in the newsroom's
/// zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    instant: Timestamp,
    day_only: bool,
}

/// The form in Dateline's own records: seconds and nanoseconds since 1970, and whether only a day was given.
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.instant.as_second(), self.instant.subsec_nanosecond(), self.day_only).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (second, nanosecond, day_only) = Deserialize::deserialize(deserializer)?;
        let instant = Timestamp::new(second, nanosecond).map_err(serde::de::Error::custom)?;
        Ok(Self { instant, day_only })
    }
}

/// Which instant an ambiguous local time means, when clocks are set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disambiguation {
    /// The first of the two.
    Earlier,
    /// The second of the two.
    Later,
}

/// How often a local time occurs on the day it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// Once, as nearly every time.
    Once,
    /// Never: clocks skip it when they are set forward.
    Never,
    /// Twice: clocks repeat it when they are set back.
    Twice,
}

/// The largest offset from UTC, in seconds: that of the Line Islands.
const FARTHEST: i32 = 14 * 3600;

/// Why a text is not a date, as a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(pub String);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DateError {}

/// The forms that [`Moment::parse`] accepts, for messages.
pub const FORMS: &str =
    "write `2023-10-17`, `2023-10-17 09:30`, `2023-10-17T09:30:00+08:00` or `2023-10-17 09:30 +0800`";

impl Moment {
    /// Parses a date: RFC 3339, a day, or `YYYY-MM-DD HH:MM[:SS]` with or without an offset. Without an offset, the
    /// time is local to `zone`. A local time that clocks skip is moved forward; one that they repeat is the first of
    /// the two.
    pub fn parse(text: &str, zone: &Zone) -> Result<Self, DateError> {
        Self::parse_as(text, zone, Disambiguation::Earlier)
    }

    /// Like [`Moment::parse`], with a choice for local times that clocks repeat.
    pub fn parse_as(text: &str, zone: &Zone, doubled: Disambiguation) -> Result<Self, DateError> {
        Self::parse_noting(text, zone, doubled).map(|(moment, _)| moment)
    }

    /// Like [`Moment::parse_as`], and also returns how often clocks in the zone show that time ([`Occurrence::Once`] for a
    /// day).
    pub fn parse_noting(text: &str, zone: &Zone, doubled: Disambiguation) -> Result<(Self, Occurrence), DateError> {
        let text = text.trim();
        let wrong = || DateError(format!("`{text}` is not a date"));
        let (day, rest) = text.split_at_checked(10).ok_or_else(wrong)?;
        let date = parse_day(day).ok_or_else(wrong)??;
        if rest.is_empty() {
            let (instant, _) = local(date.at(0, 0, 0, 0), zone, doubled)?;
            return Ok((Self { instant, day_only: true }, Occurrence::Once));
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(wrong)?.trim_start();
        let clock_end = rest.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(rest.len());
        let (clock, offset) = rest.split_at(clock_end);
        let time = parse_clock(clock).ok_or_else(wrong)?;
        let local_time = date.to_datetime(time);
        let (instant, shown) = match offset.trim() {
            "" => local(local_time, zone, doubled)?,
            offset => {
                let instant = parse_offset(offset).ok_or_else(wrong)??.to_timestamp(local_time);
                (instant.map_err(|_| DateError(format!("`{text}` is out of range")))?, Occurrence::Once)
            }
        };
        Ok((Self { instant, day_only: false }, shown))
    }

    /// Wraps an instant whose time of day is known.
    pub const fn at(instant: Timestamp) -> Self {
        Self { instant, day_only: false }
    }

    /// The first instant of a day in `zone`.
    pub fn day(date: civil::Date, zone: &Zone) -> Self {
        let first = local(date.at(0, 0, 0, 0), zone, Disambiguation::Earlier);
        let instant = first.map_or(Timestamp::MIN, |(instant, _)| instant);
        Self { instant, day_only: true }
    }

    /// The instant.
    pub fn instant(self) -> Timestamp {
        self.instant
    }

    /// Whether only a day was given.
    pub fn is_day_only(self) -> bool {
        self.day_only
    }

    /// The calendar day in `zone`.
    pub fn date(self, zone: &Zone) -> civil::Date {
        self.zoned(zone).date()
    }

    /// RFC 3339 with the offset of `zone`, in whole seconds: `2023-10-17T09:30:00+08:00`.
    pub fn rfc3339(self, zone: &Zone) -> String {
        let zoned = self.zoned(zone);
        digits::rfc3339(&zoned, zone.zone == TimeZone::UTC)
    }

    /// The RFC 822 form that RSS requires, with a four-digit year: `Tue, 17 Oct 2023 09:30:00 +0800`.
    pub fn rfc822(self, zone: &Zone) -> String {
        digits::rfc822(&self.zoned(zone))
    }

    /// For summaries on the terminal: `2023-10-19 06:00 +08:00`, with seconds when they are not zero.
    pub fn plain(self, zone: &Zone) -> String {
        let zoned = self.zoned(zone);
        format!("{} {}", zoned.strftime(clock_form(&zoned)), digits::offset(&zoned))
    }

    /// For tables on the terminal: `2023-10-19 06:00`, with seconds when they are not zero; only the day when only that
    /// was given.
    pub fn short(self, zone: &Zone) -> String {
        let zoned = self.zoned(zone);
        zoned.strftime(if self.day_only { "%Y-%m-%d" } else { clock_form(&zoned) }).to_string()
    }

    /// RFC 3339 in `zone`; only the day when only that was given.
    pub fn iso(self, zone: &Zone) -> String {
        if self.day_only { self.date(zone).to_string() } else { self.rfc3339(zone) }
    }

    /// The date as pages show it, in the newsroom's zone and the page's language.
    pub fn display_date(self, zone: &Zone, language: &str) -> DisplayDate {
        let zoned = self.zoned(zone);
        let date = zoned.date();
        let day = digits::day(date);
        let language = Language::of(language);
        let Written { long, full, medium, short, weekday } = language.day(date);
        DisplayDate {
            iso: if self.day_only { day.clone() } else { digits::rfc3339(&zoned, zone.zone == TimeZone::UTC) },
            date: long,
            full,
            medium,
            short,
            time: (!self.day_only)
                .then(|| language.clock(zoned.hour(), zoned.minute()).unwrap_or_else(|| digits::clock(&zoned))),
            zone: digits::offset(&zoned),
            year: date.year(),
            weekday,
            day,
        }
    }

    fn zoned(self, zone: &Zone) -> ZonedDateTime {
        self.instant.to_zoned_datetime(zone.zone.clone())
    }
}

/// A date as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DisplayDate {
    /// RFC 3339 in the newsroom's zone; only the day when only that was given.
    pub iso: String,
    /// Long form: `17 October 2023`.
    pub date: String,
    /// With the weekday: `Tuesday, 17 October 2023`.
    pub full: String,
    /// Medium form: `17 Oct 2023`.
    pub medium: String,
    /// Short form: `17 Oct`.
    pub short: String,
    /// ISO 8601 day: `2023-10-17`.
    pub day: String,
    /// Local time, `09:30`; `None` when only a day was given.
    pub time: Option<String>,
    /// Offset from UTC: `+08:00`.
    pub zone: String,
    /// Calendar year: `2023`.
    pub year: i16,
    /// Weekday in the page's language: `Tuesday`.
    pub weekday: String,
}

/// Day and time, with as few digits as the instant allows.
fn clock_form(zoned: &ZonedDateTime) -> &'static str {
    match (zoned.second(), zoned.subsec_nanosecond()) {
        (0, 0) => "%Y-%m-%d %H:%M",
        (_, 0) => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.f",
    }
}

fn local(time: civil::DateTime, zone: &Zone, doubled: Disambiguation) -> Result<(Timestamp, Occurrence), DateError> {
    let found = zone.zone.to_ambiguous_timestamp(time);
    let shown = match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => Occurrence::Once,
        AmbiguousOffset::Gap { .. } => Occurrence::Never,
        AmbiguousOffset::Fold { .. } => Occurrence::Twice,
    };
    let instant = match doubled {
        Disambiguation::Earlier => found.compatible(),
        Disambiguation::Later => found.later(),
    };
    instant.map(|instant| (instant, shown)).map_err(|_| DateError(format!("`{time}` is out of range")))
}

/// Parses an offset from UTC such as `+0800`, `-05:00` or `Z`.
pub fn offset(text: &str) -> Option<Offset> {
    parse_offset(text)?.ok()
}

/// `None` when the text is not shaped like a day; an inner error when the day does not exist.
fn parse_day(text: &str) -> Option<Result<civil::Date, DateError>> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(civil::Date::new(year, month, day).map_err(|_| DateError(format!("`{text}` is on no calendar"))))
}

fn parse_clock(text: &str) -> Option<civil::Time> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':');
    let mut two = |required: bool| match parts.next() {
        Some(part) if part.len() == 2 => part.parse::<i8>().ok(),
        None if !required => Some(0),
        _ => None,
    };
    let (hour, minute, second) = (two(true)?, two(true)?, two(false)?);
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let nanosecond: i32 = if fraction.is_empty() { 0 } else { format!("{fraction:0<9}").parse().ok()? };
    civil::Time::new(hour, minute, second.min(59), nanosecond).ok()
}

/// `None` when the text is not shaped like an offset; an inner error when it is out of range.
fn parse_offset(text: &str) -> Option<Result<Offset, DateError>> {
    if text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") {
        return Some(Ok(Offset::UTC));
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    if minutes > 59 {
        return None;
    }
    let far = || DateError(format!("`{text}` is not an offset from UTC: they end at +14:00 and -12:00"));
    let seconds = hours * 3600 + minutes * 60;
    let offset = if seconds > FARTHEST { None } else { Offset::from_seconds(sign * seconds).ok() };
    Some(offset.ok_or_else(far))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> Zone {
        Zone::new("Asia/Shanghai").expect("bundled")
    }

    #[test]
    fn all_forms_are_read() {
        let zone = shanghai();
        for (text, utc) in [
            ("2023-10-17T09:30:00+08:00", "2023-10-17T01:30:00Z"),
            ("2023-10-17T09:30:00Z", "2023-10-17T09:30:00Z"),
            ("2023-10-17 09:30", "2023-10-17T01:30:00Z"),
            ("2023-10-17 09:30:15", "2023-10-17T01:30:15Z"),
            ("2023-10-17", "2023-10-16T16:00:00Z"),
            ("2026-02-10 09:00:00 -05:00", "2026-02-10T14:00:00Z"),
            ("2026-02-10 09:00:00 -0500", "2026-02-10T14:00:00Z"),
            ("2026-02-10T09:00-0500", "2026-02-10T14:00:00Z"),
            ("2026-02-10T09:00:00.250Z", "2026-02-10T09:00:00Z"),
        ] {
            let moment = Moment::parse(text, &zone).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(moment.rfc3339(&Zone::utc()), utc, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused_and_an_impossible_day_is_named() {
        let zone = Zone::utc();
        for text in [
            "",
            "tomorrow",
            "17-10-2023",
            "2023-10-17 25:00",
            "2023-10-17T09:30:00+8",
            "2023-1-1",
            "２023-10-17",
            "2023-10-17 9:30",
        ] {
            assert!(Moment::parse(text, &zone).is_err(), "{text}");
        }
        assert_eq!(Moment::parse("2023-02-30", &zone), Err(DateError("`2023-02-30` is on no calendar".into())));
    }

    #[test]
    fn a_skipped_hour_moves_forward() {
        let zone = Zone::new("Europe/Berlin").expect("bundled");
        let moment = Moment::parse("2024-03-31 02:30", &zone).expect("a date");
        assert_eq!(moment.rfc3339(&zone), "2024-03-31T03:30:00+02:00");
    }

    #[test]
    fn a_doubled_hour_is_the_first_or_the_second() {
        let zone = Zone::new("Europe/Berlin").expect("bundled");
        let read = |text, doubled| Moment::parse_as(text, &zone, doubled).expect("a date").rfc3339(&Zone::utc());
        assert_eq!(read("2026-10-25 02:30", Disambiguation::Earlier), "2026-10-25T00:30:00Z");
        assert_eq!(read("2026-10-25 02:30", Disambiguation::Later), "2026-10-25T01:30:00Z");
        assert_eq!(read("2026-10-25 02:30 +02:00", Disambiguation::Later), "2026-10-25T00:30:00Z");
        assert_eq!(read("2026-03-29 02:30", Disambiguation::Earlier), "2026-03-29T01:30:00Z");
        assert_eq!(read("2026-03-29 02:30", Disambiguation::Later), "2026-03-29T01:30:00Z");
    }

    #[test]
    fn offsets_end_where_clocks_do() {
        let read = |offset: &str| Moment::parse(&format!("2026-11-28T00:00{offset}"), &Zone::utc());
        assert!(["+14:00", "-12:00", "+05:45", "-0330"].into_iter().all(|offset| read(offset).is_ok()));
        for offset in ["+14:01", "+25:00", "-24:00", "+99:00"] {
            let text = format!("`{offset}` is not an offset from UTC: they end at +14:00 and -12:00");
            assert_eq!(read(offset), Err(DateError(text)));
        }
    }

    #[test]
    fn a_stamp_is_in_the_desks_zone() {
        let stamp =
            Moment::parse("2023-10-16T23:30:00Z", &Zone::utc()).expect("a date").display_date(&shanghai(), "en");
        assert_eq!(
            (stamp.day.as_str(), stamp.time.as_deref(), stamp.weekday.as_str()),
            ("2023-10-17", Some("07:30"), "Tuesday")
        );
        assert_eq!((stamp.date.as_str(), stamp.iso.as_str()), ("17 October 2023", "2023-10-17T07:30:00+08:00"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_by_hand_is_what_the_library_writes(
            second in -70_000_000_000_i64..250_000_000_000,
            zone in proptest::sample::select(vec!["UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Amsterdam"]),
        ) {
            let zone = Zone::new(zone).expect("bundled");
            let moment = Moment::at(Timestamp::from_second(second).expect("in range"));
            let zoned = moment.zoned(&zone);
            let offset = if zone.name() == "UTC" { "Z".to_owned() } else { zoned.strftime("%:z").to_string() };
            let whole = format!("{}T{}{offset}", zoned.date(), zoned.strftime("%H:%M:%S"));
            assert_eq!(moment.rfc3339(&zone), whole);
            assert_eq!(moment.rfc822(&zone), zoned.strftime("%a, %d %b %Y %H:%M:%S %z").to_string());
            let shown = moment.display_date(&zone, "en");
            assert_eq!((shown.iso, shown.day), (whole, zoned.date().to_string()));
            assert_eq!((shown.time, shown.zone), (Some(zoned.strftime("%H:%M").to_string()), zoned.strftime("%:z").to_string()));
        }
    }
}
