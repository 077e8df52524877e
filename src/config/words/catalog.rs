//! The catalog of a language: words by name, with their plural forms.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::base::digest::{Digest, Digester};
use crate::base::locale::Language;

/// The language whose words are complete, and which stands in for a missing one.
pub(super) const COMPLETE: &str = "en";

/// The key of a desk's own words, for its own templates.
pub(super) const OWN: &str = "extra";

/// A word of the interface: a text with names in braces to be filled in, such as `Page {number}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// One text.
    Plain(Arc<str>),
    /// One for each plural category of the language; or words of the desk, by name.
    Table(BTreeMap<String, Arc<str>>),
}

/// The words of the interface in one language, by name. They serialise as templates see them: as the variable `say`.
#[derive(Clone, Debug)]
pub struct Catalog {
    pub(super) words: BTreeMap<String, Word>,
    pub(super) language: &'static Language,
    /// The names of those that are in English, since the language has none.
    pub(in crate::config) missing: BTreeSet<String>,
    /// The language, as a BCP 47 tag.
    pub(super) tag: String,
}

impl Catalog {
    /// The language that a word is in, as a BCP 47 tag: English where the own language has none.
    pub fn language_of(&self, name: &str) -> &str {
        if self.missing.contains(name) { COMPLETE } else { &self.tag }
    }

    /// A word, as it stands. The name itself for a word that there is not.
    pub fn text<'w>(&'w self, name: &'w str) -> &'w str {
        match self.words.get(name) {
            Some(Word::Plain(text)) => text,
            Some(Word::Table(forms)) => forms.get("other").map_or(name, |text| text),
            None => name,
        }
    }

    /// A word, for a view.
    pub fn shared(&self, name: &str) -> Arc<str> {
        match self.words.get(name) {
            Some(Word::Plain(text)) => Arc::clone(text),
            _ => self.text(name).into(),
        }
    }

    /// A word with its names filled in: `Page {number}`.
    pub fn filled(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(name), values)
    }

    /// A word in the plural form of `count`, with the count and other values filled in. None for a word that there is not.
    pub fn phrase(&self, name: &str, count: Option<u64>, values: &[(&str, &str)]) -> Option<String> {
        let form = match (self.words.get(name)?, count) {
            (Word::Plain(text), _) => text,
            (Word::Table(forms), Some(count)) => forms.get(self.language.plural(count)).or(forms.get("other"))?,
            (Word::Table(forms), None) => forms.get("other")?,
        };
        let count = count.map(|count| self.language.number(count));
        let values: Vec<(&str, &str)> =
            count.as_deref().map(|count| ("count", count)).into_iter().chain(values.iter().copied()).collect();
        Some(fill(form, &values))
    }

    /// The language whose dates and numbers go with the words.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// The names of all words.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Digest of all words.
    pub fn digest(&self) -> Digest {
        let mut digester = Digester::new();
        digester.value(self);
        digester.finish()
    }
}

impl PartialEq for Catalog {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words && std::ptr::eq(self.language, other.language)
    }
}

impl Eq for Catalog {}

impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.words)
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::Table(forms) => serializer.collect_map(forms),
        }
    }
}

/// A text with values in place of the names in braces. A name without a value stays.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after
            .split_once('}')
            .and_then(|(name, after)| values.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value, after)));
        rest = if let Some((value, after)) = value {
            filled.push_str(value);
            after
        } else {
            filled.push('{');
            after
        };
    }
    filled.push_str(rest);
    filled
}

/// The names in the braces of a text.
pub(super) fn names_in(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}
