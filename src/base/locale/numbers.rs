//! Numbers and plural forms.

use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

#[derive(Debug)]
pub(super) struct Numbers {
    decimal: Option<DecimalFormatter>,
    plurals: Option<PluralRules>,
}

impl Numbers {
    pub(super) fn new(locale: &Locale) -> Self {
        Self {
            decimal: DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok(),
            plurals: PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok(),
        }
    }
}

impl Numbers {
    /// A whole number with the digits of the language, in groups: `2,011`.
    pub(super) fn number(&self, number: u64) -> String {
        match &self.decimal {
            Some(decimal) => decimal.format(&number.into()).to_string(),
            None => number.to_string(),
        }
    }

    /// The plural category of a whole number, as CLDR names it: `one`, `few`, `other`.
    pub(super) fn plural(&self, number: u64) -> &'static str {
        let category = self.plurals.as_ref().map(|rules| rules.category_for(number));
        name(category.unwrap_or(PluralCategory::Other))
    }

    /// The plural categories that the language has.
    pub(super) fn plurals(&self) -> Vec<&'static str> {
        self.plurals.iter().flat_map(PluralRules::categories).map(name).collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
