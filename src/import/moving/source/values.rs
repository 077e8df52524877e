//! Values of front matter and configurations, from three languages, as one kind of map.

use serde_json::{Map, Number, Value};

use crate::base::yaml::any;

/// What keys say.
pub(in crate::import::moving) type Keys = Map<String, Value>;

/// Reads YAML.
pub(in crate::import::moving) fn yaml(text: &str) -> Result<Keys, String> {
    any::parse(text)
}

/// Reads TOML. Dates become texts.
pub(in crate::import::moving) fn toml(text: &str) -> Result<Keys, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
}

fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => Number::from_f64(number).map_or_else(|| number.to_string().into(), Value::Number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(plain).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, plain(value))).collect()),
    }
}

/// Reads JSON at the start of a text, and says where it ends.
pub(in crate::import::moving) fn json(text: &str) -> Result<(Keys, usize), String> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Keys>();
    match stream.next() {
        Some(Ok(keys)) => Ok((keys, stream.byte_offset())),
        Some(Err(error)) => Err(error.to_string()),
        None => Ok((Keys::new(), 0)),
    }
}

/// Reads a file by its name.
pub(in crate::import::moving) fn of_file(name: &str, text: &str) -> Result<Keys, String> {
    match name.rsplit('.').next() {
        Some("toml") => toml(text),
        Some("json") => json(text).map(|(keys, _)| keys),
        _ => yaml(text),
    }
}

/// The value of a key in any capitals.
pub(in crate::import::moving) fn get<'k>(keys: &'k Keys, name: &str) -> Option<&'k Value> {
    keys.get(name).or_else(|| keys.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// A text, or a number or truth as a text; none when it is empty.
pub(in crate::import::moving) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The text of a key.
pub(in crate::import::moving) fn text_of(keys: &Keys, name: &str) -> Option<String> {
    get(keys, name).and_then(text)
}

/// A list of texts, or one; none when anything else is in it.
pub(in crate::import::moving) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(list) => {
            list.iter().filter(|value| !value.is_null() && value.as_str() != Some("")).map(text).collect()
        }
        Value::Null => Some(Vec::new()),
        value => text(value).map(|text| vec![text]),
    }
}

/// `true` or `false`, as texts too.
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
