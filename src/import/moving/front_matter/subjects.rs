//! Maps authors, topics and the main image of a story to our keys.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::head::ReadOptions;
use super::key_mapper::KeyMapper;
use crate::base::text::fold;
use crate::import::moving::source::story::Program;
use crate::import::moving::source::values::{Keys, get, text, text_of, texts};

impl KeyMapper<'_> {
    pub(in crate::import::moving) fn people(&mut self, ours: &mut Keys, options: &ReadOptions<'_>) {
        let known = |value: &Value| !names(value, &options.authors).is_empty();
        let all = &["authors", "author", "byline"];
        let found = self.take_if(all, known).or_else(|| self.taxonomy(&["authors", "author"]));
        let Some((key, value)) = found else { return };
        self.log.mapped(&key, "authors");
        // A map holds more than the name, so it is also kept.
        let says_more = match &value {
            Value::Array(list) => list.iter().any(Value::is_object),
            value => value.is_object(),
        };
        ours.insert("authors".to_owned(), names(&value, &options.authors).into());
        if says_more {
            self.front.insert(key, value);
        }
    }

    fn taxonomy(&mut self, names: &[&str]) -> Option<(String, Value)> {
        let map = self.front.get_mut("taxonomies")?.as_object_mut()?;
        let name = names.iter().find(|name| map.get(**name).and_then(texts).is_some_and(|list| !list.is_empty()))?;
        map.shift_remove(*name).map(|value| ((*name).to_owned(), value))
    }

    /// Maps the section, the topics and the thread.
    pub(in crate::import::moving) fn subjects(&mut self, ours: &mut Keys, program: Program) {
        let is_list = |value: &Value| texts(value).is_some_and(|list| !list.is_empty());
        let mut topics: Vec<String> = Vec::new();
        let mut categories = if program == Program::Jekyll { jekyll_categories(&self.front) } else { Vec::new() };
        for name in ["category", "categories"] {
            let mut found = self.take_if(&[name], is_list);
            if found.is_none() {
                found = self.taxonomy(&[name]);
            }
            if let Some((key, value)) = found {
                self.log.mapped(&key, "section, topics");
                if program != Program::Jekyll {
                    categories.extend(list(&value, program));
                }
            }
        }
        for name in ["tags", "tag", "topics", "topic"] {
            let mut found = self.take_if(&[name], is_list);
            if found.is_none() {
                found = self.taxonomy(&[name]);
            }
            if let Some((key, value)) = found {
                self.log.mapped(&key, "topics");
                topics.extend(list(&value, program));
            }
        }
        if topics.is_empty()
            && categories.is_empty()
            && let Some((key, value)) = self.take_if(&["keywords"], is_list)
        {
            self.log.mapped(&key, "topics");
            topics = list(&value, program);
        }
        // A single category is the section; of several, none is.
        match categories.as_slice() {
            [one] => {
                ours.insert("section".to_owned(), one.clone().into());
            }
            several => topics.splice(0..0, several.iter().cloned()).for_each(drop),
        }
        let mut seen = BTreeSet::new();
        topics.retain(|name| !fold(name).is_empty() && seen.insert(fold(name)));
        if !topics.is_empty() {
            ours.insert("topics".to_owned(), topics.into());
        }
        let one = |value: &Value| texts(value).is_some_and(|list| list.len() == 1);
        if let Some((key, value)) = self.take_if(&["series", "thread"], one) {
            self.log.mapped(&key, "thread");
            ours.extend(
                texts(&value).and_then(|list| list.into_iter().next()).map(|name| ("thread".to_owned(), name.into())),
            );
        }
        let is_spent = self.front.get("taxonomies").and_then(Value::as_object).is_some_and(Map::is_empty);
        if is_spent {
            self.front.shift_remove("taxonomies");
        }
    }

    pub(in crate::import::moving) fn image(&mut self) -> Option<(String, Keys)> {
        const NAMES: &[&str] = &[
            "image",
            "cover",
            "featured_image",
            "featuredImage",
            "featureImage",
            "feature_image",
            "images",
            "hero",
            "banner",
            "thumbnail",
            "og_image",
        ];
        let (key, value) = self.take_if(NAMES, |value| picture(value).is_some())?;
        let found = picture(&value);
        self.log.mapped(&key, "image");
        let (src, mut about) = found?;
        for (name, keys) in [
            ("alt", &["image_alt", "imageAlt", "featured_image_alt", "thumbnail_alt"][..]),
            ("caption", &["image_caption", "imageCaption"]),
            ("credit", &["image_credit", "imageCredit"]),
        ] {
            if about.get(name).is_none()
                && let Some(said) = self.text(keys, &format!("image.{name}"))
            {
                about.insert(name.to_owned(), said.into());
            }
        }
        // The original is also kept when it has further images, or more about this one.
        let more = match &value {
            Value::Array(list) => list.len() > 1,
            Value::Object(map) => map.len() > about.len() + 1,
            _ => false,
        };
        if more {
            self.front.insert(key, value);
        }
        Some((src, about))
    }
}

/// Returns the categories of a Jekyll post. A string under `categories` is split at spaces, one under `category` is
/// not.
pub(in crate::import::moving) fn jekyll_categories(front: &Keys) -> Vec<String> {
    let one = get(front, "category").and_then(texts).unwrap_or_default();
    let many = match get(front, "categories") {
        Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
        Some(value) => texts(value).unwrap_or_default(),
        None => Vec::new(),
    };
    let mut all = one;
    all.extend(many);
    let mut seen = BTreeSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all
}

/// Returns a list of names. A string is split at commas, in Jekyll also at spaces.
pub(in crate::import::moving) fn list(value: &Value, program: Program) -> Vec<String> {
    match value {
        Value::String(text) if text.contains(',') => {
            text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        }
        Value::String(text) if program == Program::Jekyll => text.split_whitespace().map(str::to_owned).collect(),
        value => texts(value).unwrap_or_default(),
    }
}

/// Returns the names of people, with keys of `known` replaced by names.
fn names(value: &Value, known: &BTreeMap<String, String>) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Object(map) => ["name", "display_name", "title"].iter().find_map(|key| text_of(map, key)),
        value => text(value).map(|key| known.get(&key).cloned().unwrap_or(key)),
    };
    match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    }
}

/// Returns the source of an image with its text alternative, caption and credit.
fn picture(value: &Value) -> Option<(String, Keys)> {
    match value {
        Value::String(src) if !src.trim().is_empty() && !src.contains("{{") => {
            Some((src.trim().to_owned(), Keys::new()))
        }
        Value::Array(list) => list.first().and_then(picture),
        Value::Object(map) => {
            let names = ["src", "url", "path", "image", "file", "feature", "filename"];
            let src =
                names.iter().find_map(|name| get(map, name).and_then(Value::as_str)).filter(|src| !src.is_empty())?;
            let mut about = Keys::new();
            for name in ["alt", "caption", "credit"] {
                about.extend(text_of(map, name).map(|said| (name.to_owned(), said.into())));
            }
            Some((src.to_owned(), about))
        }
        _ => None,
    }
}
