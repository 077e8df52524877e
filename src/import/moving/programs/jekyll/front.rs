//! Completes the front matter of a Jekyll file: time zones, and defaults of the configuration.

use std::collections::HashSet;

use serde_json::Value;

use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, text};

/// Appends a UTC offset to times that YAML 1.1 parses as UTC: with seconds, without an offset, unquoted.
pub(super) fn utc_times(front: &mut Keys, text: &str) {
    let is_time = |text: &str| {
        let (day, clock) = text.split_once([' ', 'T', 't']).unwrap_or((text, ""));
        let numbers = |text: &str, sign: char| {
            let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            text.split(sign).all(is_number) && text.split(sign).count() == 3
        };
        numbers(day, '-') && numbers(clock.trim().split('.').next().unwrap_or_default(), ':')
    };
    if !front.values().any(|value| value.as_str().is_some_and(is_time)) {
        return;
    }
    let said = |line| {
        let (key, value): (&str, &str) = str::split_once(line, ':')?;
        Some((key.trim_end(), value.split(" #").next().unwrap_or_default().trim()))
    };
    let lines: HashSet<(&str, &str)> = text.lines().filter_map(said).collect();
    for (key, value) in front.iter_mut() {
        let Some(time) = value.as_str().filter(|text| is_time(text)) else { continue };
        let is_plain = lines.contains(&(key.as_str(), time));
        if is_plain {
            *value = format!("{time} +00:00").into();
        }
    }
}

/// Applies the `defaults` of the configuration. The rule with the longest path wins.
pub(super) fn defaults(front: &mut Keys, settings: &Settings, path: &str, kind: &str) {
    const KEYS: &[&str] = &[
        "permalink",
        "author",
        "authors",
        "category",
        "categories",
        "tags",
        "image",
        "published",
        "lang",
        "description",
    ];
    let Some(Value::Array(rules)) = get(&settings.keys, "defaults") else { return };
    let mut fitting: Vec<(usize, &Value)> = rules
        .iter()
        .filter_map(|rule| {
            let scope = get_in(rule, "scope")?;
            let below = get_in(scope, "path").and_then(text).unwrap_or_default();
            let fits = get_in(scope, "type").and_then(text).is_none_or(|of| of == kind);
            let inside = below.is_empty() || is_below(path, below.trim_matches('/').trim_end_matches("/*"));
            (fits && inside).then_some((below.len(), get_in(rule, "values")?))
        })
        .collect();
    fitting.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    for (_, values) in fitting {
        for (key, value) in values.as_object().into_iter().flatten() {
            if KEYS.contains(&key.as_str()) && get(front, key).is_none() {
                front.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Returns the value of a key, if `value` is a map that has it.
pub(super) fn get_in<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object().and_then(|map| get(map, name))
}

fn is_below(path: &str, rule: &str) -> bool {
    !rule.is_empty() && path.strip_prefix(rule).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
