//! What languages do differently: how they write dates and numbers, and their plural forms. From Unicode's CLDR, by ICU4X.
//!
//! In: a BCP 47 tag. Out: its [`Language`], made once. Deliberately not here: the words of the interface, which
//! `config::words` has, and the time zone.

mod dates;
mod numbers;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

use dates::Dates;
pub use dates::Written;
use numbers::Numbers;

/// A language, as far as its dates and numbers go.
#[derive(Debug)]
pub struct Language {
    dates: Dates,
    numbers: Numbers,
}

/// The languages of a run: a site has few of them, and each of its dates asks for one.
static LANGUAGES: LazyLock<RwLock<HashMap<String, &'static Language>>> = LazyLock::new(RwLock::default);

impl Language {
    /// The language of a BCP 47 tag. One that CLDR does not know writes dates in the form of ISO 8601, which nobody misreads.
    pub fn of(tag: &str) -> &'static Self {
        if let Some(known) = LANGUAGES.read().unwrap_or_else(PoisonError::into_inner).get(tag) {
            return known;
        }
        let made = Box::leak(Box::new(Self::new(tag)));
        LANGUAGES.write().unwrap_or_else(PoisonError::into_inner).entry(tag.to_owned()).or_insert(made)
    }

    fn new(tag: &str) -> Self {
        let locale = match Locale::try_from_str(&tag.replace('_', "-")) {
            // News in English is read everywhere: day, month, year, as in most of the world.
            Ok(locale) if locale == locale!("en") => locale!("en-001"),
            Ok(locale) => locale,
            Err(_) => Locale::UNKNOWN,
        };
        Self { dates: Dates::new(&locale), numbers: Numbers::new(&locale) }
    }

    /// A day in all forms.
    pub fn day(&self, date: Date) -> Written {
        self.dates.day(date)
    }

    /// The month of a date: `October 2023`.
    pub fn month(&self, date: Date) -> String {
        self.dates.month(date)
    }

    /// The abbreviated month: `Oct`.
    pub fn month_short(&self, date: Date) -> String {
        self.dates.month_short(date)
    }

    /// A time of the day, of 24 hours, where the language does not write it like `09:30`.
    pub fn clock(&self, hour: i8, minute: i8) -> Option<String> {
        self.dates.clock(hour, minute)
    }

    /// A whole number with the digits of the language, in groups: `2,011`.
    pub fn number(&self, number: u64) -> String {
        self.numbers.number(number)
    }

    /// The plural category of a whole number, as CLDR names it: `one`, `few`, `other`.
    pub fn plural(&self, number: u64) -> &'static str {
        self.numbers.plural(number)
    }

    /// The plural categories that the language has.
    pub fn plurals(&self) -> Vec<&'static str> {
        self.numbers.plurals()
    }
}
