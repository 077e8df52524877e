//! Parses YAML, TOML and JSON from front matter and configurations into one type of map.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::base::yaml::any;
use crate::content::data::of_toml;

/// A map of front matter or configuration.
pub(in crate::import::moving) type Keys = Map<String, Value>;

/// Parses YAML.
pub(in crate::import::moving) fn yaml(text: &str) -> Result<Keys, String> {
    any::parse(text)
}

/// Parses TOML. Dates become strings.
pub(in crate::import::moving) fn toml(text: &str) -> Result<Keys, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
}

/// Parses the JSON object at the start of a text, and returns the byte offset of its end.
pub(in crate::import::moving) fn json(text: &str) -> Result<(Keys, usize), String> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Keys>();
    match stream.next() {
        Some(Ok(keys)) => Ok((keys, stream.byte_offset())),
        Some(Err(error)) => Err(error.to_string()),
        None => Ok((Keys::new(), 0)),
    }
}

/// Parses a file in the language of its extension; YAML by default.
pub(in crate::import::moving) fn of_file(name: &str, text: &str) -> Result<Keys, String> {
    match name.rsplit('.').next() {
        Some("toml") => toml(text),
        Some("json") => json(text).map(|(keys, _)| keys),
        _ => yaml(text),
    }
}

/// Returns the value of a key, ignoring case if there is no exact match.
pub(in crate::import::moving) fn get<'k>(keys: &'k Keys, name: &str) -> Option<&'k Value> {
    keys.get(name).or_else(|| keys.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// Keys of which many values are asked for. The keys are searched once, not for each name that they lack.
pub(in crate::import::moving) struct KeyIndex<'k> {
    keys: &'k Keys,
    lower: OnceCell<HashMap<String, &'k Value>>,
}

impl<'k> KeyIndex<'k> {
    pub(in crate::import::moving) fn new(keys: &'k Keys) -> Self {
        Self { keys, lower: OnceCell::new() }
    }

    /// Returns the value of a key like [`get`].
    pub(in crate::import::moving) fn get(&self, name: &str) -> Option<&'k Value> {
        let lower = || {
            // The first of several keys that differ in case counts.
            self.keys.iter().rev().map(|(key, value)| (key.to_ascii_lowercase(), value)).collect()
        };
        self.keys.get(name).or_else(|| self.lower.get_or_init(lower).get(&name.to_ascii_lowercase()).copied())
    }
}

/// Returns a scalar as a trimmed string; none when it is empty or not a scalar.
pub(in crate::import::moving) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Returns the value of a key as a string.
pub(in crate::import::moving) fn text_of(keys: &Keys, name: &str) -> Option<String> {
    get(keys, name).and_then(text)
}

/// Returns a list of strings, or a single string as a list; none when it contains anything but scalars.
pub(in crate::import::moving) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => {
            list.iter().filter(|value| !value.is_null() && value.as_str() != Some("")).map(text).collect()
        }
        Value::Null => Some(Vec::new()),
        value => text(value).map(|text| vec![text]),
    }
}

/// Returns a Boolean, also from a string such as `yes` or `off`.
pub(in crate::import::moving) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
