//! Dates and times in digits, for machines. They are written by hand because the library reads a pattern each time, and a
//! page has many of them.

use jiff::ZonedDateTime;
use jiff::civil::Date;

/// The days of RFC 822, from Monday.
const DAYS: [&str; 7] = ["Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "];
/// The months of RFC 822, between day and year.
const MONTHS: [&str; 12] =
    [" Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec "];

/// RFC 3339 in whole seconds: `2023-10-17T09:30:00+08:00`, or with `Z`.
pub(super) fn rfc3339(zoned: &ZonedDateTime, is_utc: bool) -> String {
    let mut text = String::with_capacity(25);
    push_day(zoned.date(), &mut text);
    push_clock('T', zoned, &mut text);
    if is_utc {
        text.push('Z');
    } else {
        push_offset(zoned, &mut text);
    }
    text
}

/// RFC 822 with a year of four digits: `Tue, 17 Oct 2023 09:30:00 +0800`.
pub(super) fn rfc822(zoned: &ZonedDateTime) -> String {
    let (date, offset) = (zoned.date(), offset(zoned));
    if !(1000..=9999).contains(&date.year()) || offset.len() != "+08:00".len() {
        return zoned.strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
    }
    let mut text = String::with_capacity(31);
    text.push_str(DAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]);
    push_two(date.day(), &mut text);
    text.push_str(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
    text.push_str(&day(date)[..4]);
    push_clock(' ', zoned, &mut text);
    text.push(' ');
    text.extend(offset.split(':'));
    text
}

/// ISO 8601: `2023-10-17`.
pub(super) fn day(date: Date) -> String {
    let mut text = String::with_capacity(10);
    push_day(date, &mut text);
    text
}

/// `09:30`.
pub(super) fn clock(zoned: &ZonedDateTime) -> String {
    let mut text = String::with_capacity(5);
    push_two(zoned.hour(), &mut text);
    text.push(':');
    push_two(zoned.minute(), &mut text);
    text
}

/// `+08:00`, with seconds where there are some.
pub(super) fn offset(zoned: &ZonedDateTime) -> String {
    let mut text = String::with_capacity(6);
    push_offset(zoned, &mut text);
    text
}

fn push_day(date: Date, text: &mut String) {
    let Ok(year @ 0..=9999) = u16::try_from(date.year()) else { return text.push_str(&date.to_string()) };
    push_two((year / 100) as i8, text);
    push_two((year % 100) as i8, text);
    for part in [date.month(), date.day()] {
        text.push('-');
        push_two(part, text);
    }
}

/// Hours, minutes and seconds.
fn push_clock(before: char, zoned: &ZonedDateTime, text: &mut String) {
    for (sign, part) in [(before, zoned.hour()), (':', zoned.minute()), (':', zoned.second())] {
        text.push(sign);
        push_two(part, text);
    }
}

fn push_offset(zoned: &ZonedDateTime, text: &mut String) {
    let offset = zoned.offset().seconds();
    if offset % 60 != 0 {
        return text.push_str(&zoned.strftime("%:z").to_string());
    }
    let minutes = offset.abs() / 60;
    text.push(if offset < 0 { '-' } else { '+' });
    push_two((minutes / 60) as i8, text);
    text.push(':');
    push_two((minutes % 60) as i8, text);
}

/// Adds a number from 0 to 99 as two digits.
fn push_two(number: i8, text: &mut String) {
    let number = number.unsigned_abs();
    text.push(char::from(b'0' + number / 10 % 10));
    text.push(char::from(b'0' + number % 10));
}
