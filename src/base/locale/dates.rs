//! Dates, and times of the day.

use std::collections::HashMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{E, M, MD, T, YM, YMD, YMDE};
use icu_datetime::input::{Date as CalendarDate, Time};
use icu_datetime::preferences::HourCycle;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale_core::subtags::language;
use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

type DateFormatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// A day in the words of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The long form: `17 October 2023`.
    pub long: String,
    /// With the weekday: `Tuesday, 17 October 2023`.
    pub full: String,
    /// The medium form: `17 Oct 2023`.
    pub medium: String,
    /// The short form, without the year: `17 Oct`.
    pub short: String,
    /// The weekday: `Tuesday`. Empty for languages that CLDR does not know.
    pub weekday: String,
}

pub(super) struct Dates {
    forms: Option<Forms>,
    clock: Option<NoCalendarFormatter<T>>,
    /// How the first of a month is written in place of `1`.
    first: Option<&'static str>,
    /// The days that were written before: a site names each many times.
    known: RwLock<HashMap<Date, Written>>,
}

struct Forms {
    long: DateFormatter<YMD>,
    full: DateFormatter<YMDE>,
    medium: DateFormatter<YMD>,
    short: DateFormatter<MD>,
    weekday: DateFormatter<E>,
    month: DateFormatter<YM>,
    month_short: DateFormatter<M>,
}

impl fmt::Debug for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dates").field("is_known", &self.forms.is_some()).finish_non_exhaustive()
    }
}

impl Dates {
    pub(super) fn new(locale: &Locale) -> Self {
        let preferences = DateTimeFormatterPreferences::from(locale);
        // Without data of its own, a language has numbered months, `M10`.
        let is_known = |forms: &Forms| {
            !forms.month_short.format(&calendar(Date::constant(2023, 10, 1))).to_string().starts_with("M1")
        };
        let mut clock = preferences;
        clock.hour_cycle = Some(HourCycle::H23);
        let clock = NoCalendarFormatter::try_new(clock, T::hm()).ok();
        Self {
            forms: Forms::new(preferences, of_months(locale)).filter(is_known),
            // A language that writes `09:30` needs no formatter.
            clock: clock.filter(|clock| clock.format(&time(9, 30)).to_string() != "09:30"),
            first: first(locale),
            known: RwLock::default(),
        }
    }
}

impl Forms {
    fn new(preferences: DateTimeFormatterPreferences, of_months: DateTimeFormatterPreferences) -> Option<Self> {
        Some(Self {
            long: DateFormatter::try_new(preferences, YMD::long()).ok()?,
            full: DateFormatter::try_new(preferences, YMDE::long()).ok()?,
            medium: DateFormatter::try_new(preferences, YMD::medium()).ok()?,
            short: DateFormatter::try_new(preferences, MD::medium()).ok()?,
            weekday: DateFormatter::try_new(preferences, E::long()).ok()?,
            month: DateFormatter::try_new(of_months, YM::long()).ok()?,
            month_short: DateFormatter::try_new(preferences, M::medium()).ok()?,
        })
    }
}

/// The preferences for months with their year. In the Portuguese of Brazil, ICU4X 2.4 has a field in their pattern that it cannot
/// fill in; Portugal writes them alike.
fn of_months(locale: &Locale) -> DateTimeFormatterPreferences {
    match locale.id.language {
        language if language == language!("pt") => (&locale!("pt-PT")).into(),
        _ => locale.into(),
    }
}

/// The first of a month is an ordinal in texts of these languages, which CLDR’s forms leave to programs.
fn first(locale: &Locale) -> Option<&'static str> {
    let is_brazilian = || locale.id.region.is_none_or(|region| region.as_str() == "BR");
    match locale.id.language {
        language if language == language!("fr") => Some("1er"),
        language if language == language!("it") => Some("1º"),
        language if language == language!("pt") && is_brazilian() => Some("1º"),
        _ => None,
    }
}

impl Dates {
    /// A day in all forms.
    pub(super) fn day(&self, date: Date) -> Written {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&date) {
            return known.clone();
        }
        let written = self.write(date);
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(date, written.clone());
        written
    }

    fn write(&self, date: Date) -> Written {
        let Some(forms) = &self.forms else {
            let iso = date.to_string();
            let short = date.strftime("%m-%d").to_string();
            return Written { full: iso.clone(), medium: iso.clone(), long: iso, short, weekday: String::new() };
        };
        let day = calendar(date);
        let first = |text: String| match self.first {
            Some(first) if date.day() == 1 => with_first(&text, first),
            _ => text,
        };
        Written {
            long: first(forms.long.format(&day).to_string()),
            full: first(forms.full.format(&day).to_string()),
            medium: first(forms.medium.format(&day).to_string()),
            short: first(forms.short.format(&day).to_string()),
            weekday: forms.weekday.format(&day).to_string(),
        }
    }

    /// The month of a date: `October 2023`.
    pub(super) fn month(&self, date: Date) -> String {
        match &self.forms {
            Some(forms) => forms.month.format(&calendar(date)).to_string(),
            None => date.strftime("%Y-%m").to_string(),
        }
    }

    /// The abbreviated month: `Oct`.
    pub(super) fn month_short(&self, date: Date) -> String {
        match &self.forms {
            Some(forms) => forms.month_short.format(&calendar(date)).to_string(),
            None => date.strftime("%m").to_string(),
        }
    }

    /// A time of the day, of 24 hours, where the language does not write it like `09:30`.
    pub(super) fn clock(&self, hour: i8, minute: i8) -> Option<String> {
        let time = time(hour.unsigned_abs(), minute.unsigned_abs());
        self.clock.as_ref().map(|clock| clock.format(&time).to_string())
    }
}

/// The first number of a text, which is a lone `1`, as an ordinal.
fn with_first(text: &str, first: &str) -> String {
    let is_lone = |at: usize| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = text.as_bytes();
        !digit(bytes.get(at + 1)) && (at == 0 || !digit(bytes.get(at - 1)))
    };
    match text.find('1').filter(|at| is_lone(*at)) {
        Some(at) => format!("{}{first}{}", &text[..at], &text[at + 1..]),
        None => text.to_owned(),
    }
}

fn calendar(date: Date) -> CalendarDate<Gregorian> {
    let day =
        CalendarDate::try_new_gregorian(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs());
    day.expect("a day of one calendar is a day of the other")
}

fn time(hour: u8, minute: u8) -> Time {
    Time::try_new(hour, minute, 0, 0).expect("a time of the day")
}
