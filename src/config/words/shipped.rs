//! The shipped words, and which of them a language has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};

use super::catalog::{COMPLETE, Catalog, Word};
use super::read;
use crate::base::locale::Language;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of the file that is named by a language, read once: a build asks for those of each edition several times.
fn of(tag: &str) -> Option<&'static BTreeMap<String, Word>> {
    static READ: [OnceLock<BTreeMap<String, Word>>; SHIPPED.len()] = [const { OnceLock::new() }; SHIPPED.len()];
    let index = SHIPPED.iter().position(|(file, _)| is_named(file, tag))?;
    Some(READ[index].get_or_init(|| read::shipped(SHIPPED[index].1)))
}

impl Catalog {
    /// The shipped words of a language; English for one that has none.
    pub fn shipped(tag: &str) -> Self {
        let own = candidates(tag).iter().find_map(|tag| of(tag));
        let words = own.or_else(|| of(COMPLETE)).cloned().unwrap_or_default();
        let missing = if own.is_some() { BTreeSet::new() } else { words.keys().cloned().collect() };
        Self { words, language: Language::of(tag), missing, tag: tag.to_owned() }
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
