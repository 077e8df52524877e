//! JSON Schemas of all YAML that a newsroom writes, for editors.

use serde_json::{Value, json};

use super::front::{RawArticle, RawBriefing, RawEntry, RawPage, RawPerson, RawTopic};
use crate::base::yaml;
use crate::config::{self, RawConfig};

/// A JSON Schema (draft 2020-12) for the front matter of each kind, one for the configuration and one for words: `{article, entry,
/// briefing, topic, person, page, config, words}`. Parsing checks against the same schemas.
pub fn schema() -> Value {
    json!({
        "article": yaml::schema::<RawArticle>(),
        "entry": yaml::schema::<RawEntry>(),
        "briefing": yaml::schema::<RawBriefing>(),
        "topic": yaml::schema::<RawTopic>(),
        "person": yaml::schema::<RawPerson>(),
        "page": yaml::schema::<RawPage>(),
        "config": yaml::schema::<RawConfig>(),
        "words": config::words_schema(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described() {
        let schema = schema();
        let kinds = schema.as_object().expect("an object");
        assert_eq!(
            kinds.keys().collect::<Vec<_>>(),
            ["article", "entry", "briefing", "topic", "person", "page", "config", "words"]
        );
        for (kind, schema) in kinds {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
            assert_eq!(schema["additionalProperties"], false, "{kind}");
            for (key, about) in schema["properties"].as_object().expect("keys") {
                assert!(about["description"].is_string(), "{kind}.{key}: {about}");
            }
        }
        assert_eq!(schema["article"]["required"], json!(["title"]));
        assert_eq!(schema["config"]["required"], json!(["title", "base_url"]));
    }
}
