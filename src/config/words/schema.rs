//! The JSON Schema of files of words, for editors.

use serde_json::{Map, Value, json};

use super::catalog::{Catalog, OWN, Word};

/// The JSON Schema of `i18n/LANGUAGE.yaml`: each word with its English text.
pub fn schema() -> Value {
    let words = Catalog::english().words.iter().map(|(name, word)| {
        let about = |text: &str| format!("In English: “{text}”");
        let value = match word {
            Word::Plain(text) => json!({ "type": "string", "description": about(text) }),
            Word::Table(forms) => json!({
                "type": "object",
                "description": about(forms.get("other").map_or("", |text| text)),
                "propertyNames": { "enum": ["zero", "one", "two", "few", "many", "other"] },
                "additionalProperties": { "type": "string" },
            }),
        };
        (name.clone(), value)
    });
    let own = json!({
        "type": "object",
        "description": "Words for your own templates, by name",
        "additionalProperties": { "type": "string" },
    });
    let properties: Map<String, Value> = words.chain([(OWN.to_owned(), own)]).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Words of the interface",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}
