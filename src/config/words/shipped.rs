//! The shipped words, and which of them a language has.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::catalog::{COMPLETE, Catalog};
use super::read;
use crate::base::locale::Language;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Catalog {
    /// The shipped words of a language; English for one that has none.
    pub fn shipped(tag: &str) -> Self {
        let of = |tag: &str| SHIPPED.iter().find(|(file, _)| is_named(file, tag)).map(|(_, text)| *text);
        let english = read::shipped(of(COMPLETE).unwrap_or_default());
        let own = candidates(tag).iter().find_map(|tag| of(tag)).map(read::shipped);
        let missing = if own.is_some() { BTreeSet::new() } else { english.keys().cloned().collect() };
        Self { words: own.unwrap_or(english), language: Language::of(tag), missing, tag: tag.to_owned() }
    }

    /// The shipped words of English.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Catalog> = LazyLock::new(|| Catalog::shipped(COMPLETE));
        &ENGLISH
    }
}

/// Whether a file has the words of a language, by its name.
pub(in crate::config) fn is_named(file: &str, tag: &str) -> bool {
    file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")).is_some_and(|stem| stem.eq_ignore_ascii_case(tag))
}

/// The tags under which a language may have words, the nearest first: `de-AT`, then `de`. The script of Chinese follows
/// from the region, and Norwegian is Bokmål, as CLDR's likely subtags have it.
pub(in crate::config) fn candidates(tag: &str) -> Vec<String> {
    let tag = tag.replace('_', "-");
    let mut parts: Vec<&str> = tag.split('-').collect();
    let mut found = Vec::new();
    let is_traditional =
        parts.iter().any(|part| ["hant", "tw", "hk", "mo"].iter().any(|own| part.eq_ignore_ascii_case(own)));
    let alias = match parts[0].to_ascii_lowercase().as_str() {
        "zh" if is_traditional => Some("zh-Hant"),
        "zh" => Some("zh-Hans"),
        "no" | "nn" => Some("nb"),
        _ => None,
    };
    while !parts.is_empty() {
        found.push(parts.join("-"));
        parts.pop();
    }
    found.extend(alias.map(ToOwned::to_owned));
    found
}
