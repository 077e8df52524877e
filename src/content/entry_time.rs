//! The time at the start of a heading of live coverage: `14:05`, `2023-10-18 14:05`, `14:05+08:00`.

use jiff::civil::Date;

use crate::base::date::{DateError, Moment, Occurrence, Zone};

/// What a heading starts with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Start<'t> {
    /// A time.
    Time(EntryTime<'t>),
    /// Something that is meant as a time, and is not in the right form: `2.05 pm`.
    Unreadable(&'t str),
    /// Something else.
    Words,
}

/// A time as written. Whether there is such a time is not known yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryTime<'t> {
    /// The day: `2023-10-18`.
    pub(super) day: Option<&'t str>,
    /// The time of day: `14:05`, `9:05`, `14:05:30`.
    clock: &'t str,
    /// The offset from UTC, if there is one.
    offset: &'t str,
    /// Everything from the day to the offset.
    pub(super) written: &'t str,
    /// How many bytes of the heading it takes, with the mark that separates it from the words.
    pub(super) length: usize,
}

impl<'t> Start<'t> {
    /// Reads the start of a heading.
    pub(super) fn of(text: &'t str) -> Self {
        let (day, from) = match text.get(..10).filter(|day| is_day(day)) {
            Some(day) => (Some(day), 10 + width(&text[10..], |c| c.is_whitespace() || matches!(c, ',' | 'T'))),
            None => (None, 0),
        };
        let rest = &text[from..];
        let hours = width(rest, |c| c.is_ascii_digit());
        let past = |length: usize| &text[..from + length];
        if !matches!(hours, 1 | 2) {
            return day.map_or(Self::Words, Self::Unreadable);
        }
        if let Some(length) = half_day(rest, hours) {
            return Self::Unreadable(past(length));
        }
        let mut after = rest[hours..].chars();
        match after.next() {
            Some(':') => {}
            Some('.' | 'h' | 'H') if two_digits(after.as_str()) => {
                let length = hours + 3;
                return Self::Unreadable(past(half_day(rest, length).unwrap_or(length)));
            }
            _ => return day.map_or(Self::Words, Self::Unreadable),
        }
        let mut clock = hours + 1 + width(&rest[hours + 1..], |c| c.is_ascii_digit() || c == ':');
        // `14:05: Heading`
        clock -= usize::from(rest[..clock].ends_with(':'));
        if let Some(length) = half_day(rest, clock) {
            return Self::Unreadable(past(length));
        }
        let offset = offset(&rest[clock..]);
        let end = from + clock + offset.len();
        if text[end..].starts_with(|c: char| c.is_alphanumeric()) {
            return Self::Unreadable(&text[..end]);
        }
        Self::Time(EntryTime {
            day,
            clock: &rest[..clock],
            offset: offset.trim_start(),
            written: &text[..end],
            length: end + separator(&text[end..]),
        })
    }
}

impl EntryTime<'_> {
    /// The instant on a day, and how often the clocks of the zone show that time then.
    pub(super) fn moment(&self, day: Date, zone: &Zone) -> Result<(Moment, Occurrence), DateError> {
        let pad = if self.clock.find(':') == Some(1) { "0" } else { "" };
        let text = format!("{day} {pad}{}{}", self.clock, self.offset);
        let found = Moment::parse_noting(&text, zone, crate::base::date::Disambiguation::Earlier);
        found.map_err(|error| if error.0.contains("offset") { error } else { self.error() })
    }

    /// That there is no such time.
    pub(super) fn error(&self) -> DateError {
        DateError(format!("`{}` is not a time", self.written))
    }

    /// The anchor of an entry on a day: `2023-10-18-1405`. It is made of the time as written, not of the words, which may be
    /// edited, nor of the instant, which depends on the zone of the site.
    pub(super) fn anchor(&self, day: Date) -> String {
        let pad = if self.clock.find(':') == Some(1) { "0" } else { "" };
        let digits: String = self.clock.chars().filter(char::is_ascii_digit).collect();
        format!("{day}-{pad}{digits}")
    }
}

fn is_day(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

fn two_digits(text: &str) -> bool {
    width(text, |c| c.is_ascii_digit()) == 2
}

/// The bytes that a text starts with and that are all of a kind.
fn width(text: &str, is_of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_of(c)).unwrap_or(text.len())
}

/// The length up to the end of `am` or `pm`, if it follows a time that ends at `clock`.
fn half_day(text: &str, clock: usize) -> Option<usize> {
    let rest = &text[clock..];
    let blank = width(rest, char::is_whitespace);
    let word = &rest[blank..];
    let length = ["a.m.", "p.m.", "a.m", "p.m", "am", "pm"]
        .into_iter()
        .find(|half| word.get(..half.len()).is_some_and(|start| start.eq_ignore_ascii_case(half)))?
        .len();
    let is_whole = !word[length..].starts_with(char::is_alphanumeric);
    is_whole.then_some(clock + blank + length)
}

/// An offset from UTC at the start of a text, with the blank before it.
fn offset(text: &str) -> &str {
    let blank = usize::from(text.starts_with(' '));
    let rest = &text[blank..];
    let length = match rest.chars().next() {
        Some('Z') if blank == 0 => 1,
        Some('+' | '-') => 1 + width(&rest[1..], |c| c.is_ascii_digit() || c == ':'),
        _ if rest.starts_with("UTC") => 3,
        _ => return "",
    };
    // A mark that is not followed by digits separates the words.
    if length == 1 && !rest.starts_with('Z') {
        return "";
    }
    // `14:05 +08:00: Heading`
    let length = if rest[..length].ends_with(':') { length - 1 } else { length };
    &text[..blank + length]
}

/// The bytes of a blank or mark between a time and the words.
fn separator(text: &str) -> usize {
    let blank = width(text, char::is_whitespace);
    let rest = &text[blank..];
    let mark = width(rest, |c| matches!(c, ':' | '|' | '·' | '–' | '—' | '-' | ','));
    let after = width(&rest[mark..], char::is_whitespace);
    if after > 0 || mark == rest.len() { blank + mark + after } else { blank }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match Start::of(text) {
            Start::Words => "words".to_owned(),
            Start::Unreadable(what) => format!("?{what}"),
            Start::Time(time) => {
                let day: Date = time.day.unwrap_or("2023-10-18").parse().expect("a day");
                let at = time.moment(day, &Zone::new("Europe/Berlin").expect("a zone"));
                let at = at.map_or_else(|error| error.0, |(at, _)| at.instant().to_string());
                format!("{at}|{}|{}", &text[time.length..], time.anchor(day))
            }
        }
    }

    #[test]
    fn times_are_read_and_what_was_meant_as_one_is_not_taken_for_words() {
        for (text, found) in [
            ("14:05 Talks begin", "2023-10-18T12:05:00Z|Talks begin|2023-10-18-1405"),
            ("9:05", "2023-10-18T07:05:00Z||2023-10-18-0905"),
            ("14:05:30 x", "2023-10-18T12:05:30Z|x|2023-10-18-140530"),
            ("14:05: Talks", "2023-10-18T12:05:00Z|Talks|2023-10-18-1405"),
            ("14:05 – Talks", "2023-10-18T12:05:00Z|Talks|2023-10-18-1405"),
            ("14:05 | -5 degrees", "2023-10-18T12:05:00Z|-5 degrees|2023-10-18-1405"),
            ("2023-10-19 00:05 Talks end", "2023-10-18T22:05:00Z|Talks end|2023-10-19-0005"),
            ("2023-10-19T00:05Z Talks", "2023-10-19T00:05:00Z|Talks|2023-10-19-0005"),
            ("14:05+08:00 Talks", "2023-10-18T06:05:00Z|Talks|2023-10-18-1405"),
            ("14:05 -0500: Talks", "2023-10-18T19:05:00Z|Talks|2023-10-18-1405"),
            ("14:05 UTC Talks", "2023-10-18T14:05:00Z|Talks|2023-10-18-1405"),
            ("14:05 - Talks", "2023-10-18T12:05:00Z|Talks|2023-10-18-1405"),
            ("25:05 x", "`25:05` is not a time|x|2023-10-18-2505"),
            ("14:5 x", "`14:5` is not a time|x|2023-10-18-145"),
            ("14:05 +99:00 x", "`+99:00` is not an offset from UTC: they end at +14:00 and -12:00|x|2023-10-18-1405"),
            ("2:05 pm Talks", "?2:05 pm"),
            ("2.05 P.M. Talks", "?2.05 P.M."),
            ("2 pm", "?2 pm"),
            ("14.05 Talks", "?14.05"),
            ("14h05 Talks", "?14h05"),
            ("14:05Talks", "?14:05"),
            ("2023-10-18 Talks", "?2023-10-18"),
            ("2 parties", "words"),
            ("2", "words"),
            ("18 October", "words"),
            ("3.5 million", "words"),
            ("Talks begin", "words"),
            ("", "words"),
            ("é", "words"),
            ("1é:00", "words"),
        ] {
            assert_eq!(read(text), found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_heading_stops_the_reader(text in "[0-9é]{0,4}[-:.hH +TZ]{0,2}[0-9apm+:é -]{0,8}.{0,4}") {
            if let Start::Time(time) = Start::of(&text) {
                proptest::prop_assert!(text.is_char_boundary(time.length) && time.written.len() <= time.length);
                drop(time.moment(Date::constant(2023, 10, 18), &Zone::utc()));
            }
        }
    }
}
