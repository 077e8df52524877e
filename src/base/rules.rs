//! The rules of `dateline check`, beside what every build reports. `docs/check.md` explains each; a test compares the two.
//!
//! They stand here and not with their functions because the configuration and the front matter name them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::codes::Code;
use super::report::Severity;
use super::yaml::lenient::Text;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Default severity.
    pub severity: Severity,
    /// The problem that it reports.
    pub about: &'static str,
}

macro_rules! rules {
    ($($name:ident = $text:literal, $severity:ident, $about:literal;)*) => {
        $(#[doc = $about] pub const $name: Code = Code($text);)*
        /// All rules, in the order of the documentation.
        pub const ALL: &[Rule] =
            &[$(Rule { code: $name, severity: Severity::$severity, about: $about }),*];
    };
}

rules! {
    TK_LEFT = "tk-left", Error, "`TK`, `TODO` or `FIXME` is left in what readers see.";
    DOUBLED_WORD = "doubled-word", Warning, "A word occurs twice in a row.";
    SKIPPED_HEADING = "skipped-heading", Warning, "A heading skips a level.";
    LONG_HEADLINE = "long-headline", Warning, "A headline has more than 110 characters.";
    MISSING_DEK = "missing-dek", Warning, "An article has no `summary`.";
    DEK_REPEATS = "dek-repeats", Warning, "The `summary` repeats the first sentence of the text.";
    NO_SOURCE = "no-source", Note, "An article names no source.";
    DATELINE_PLACE = "dateline-place", Warning, "The text opens with a dateline although the front matter has one.";
    DATELINE_DATE = "dateline-date", Warning, "The day of a dateline is not that of the article.";
    KEPT_DATE = "kept-date", Note, "A `date` was moved after the story had appeared, which changes nothing.";
    STALE_DEVELOPING = "stale-developing", Warning, "A developing story has not changed for a week.";
    VAGUE_LINK = "vague-link", Warning, "A link says no more than `click here`.";
    UNMADE_LINK = "unmade-link", Warning, "Text that was meant as a link did not become one.";
    STRAY_MARK = "stray-mark", Warning, "Marks of emphasis are left in the text.";
    FOREIGN_SHORTCODE = "foreign-shortcode", Warning, "A shortcode of another program is left in the text.";
    DESK_LINK = "desk-link", Warning, "A link works only inside the newsroom, or goes through a mail program’s redirect.";
    TRACKED_LINK = "tracked-link", Warning, "A link carries tracking parameters that tell who shared or clicked it.";
    IMAGE_WITHOUT_ALT = "image-without-alt", Warning, "A picture in the text does not say what it shows.";
    IMAGE_WITHOUT_CREDIT = "image-without-credit", Warning, "A picture does not say who made it.";
    NO_TOPIC = "no-topic", Warning, "An article has no topic and no section.";
    SEVERAL_NAMES = "several-names", Warning, "Several authors or topics are written as one.";
    NEAR_TOPICS = "near-topics", Note, "Two topics may be one under two names.";
    TWIN_ARTICLES = "twin-articles", Warning, "Two articles have almost the same text.";
    DEAD_LINK = "dead-link", Warning, "A published link leads to nothing on this site.";
    DEAD_ANCHOR = "dead-anchor", Warning, "A published link leads to an anchor that its page does not have.";
    DEAD_EXTERNAL = "dead-external-link", Error, "A page of another site is gone.";
    MOVED_EXTERNAL = "moved-external-link", Warning, "A page of another site has moved for good.";
    UNSURE_EXTERNAL = "unsure-external-link", Warning, "It is unclear whether a page of another site still exists.";
    SILENT_CHANGE = "silent-change", Error, "A published story says something else, and its change log does not say so.";
    CORRECTION_REMOVED = "correction-removed", Error, "A correction that readers have seen is gone.";
    MOVED_STORY = "moved-story", Error, "A published story has moved, and nothing leads from its old address to it.";
    REMOVED_STORY = "removed-story", Error, "A published story is gone, and nothing answers its address.";
    BACKDATED = "backdated", Warning, "A draft was released with a `date` of days ago.";
    UNUSED_WAIVER = "unused-waiver", Note, "A waiver waives nothing.";
}

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code.0 == name)
}

/// Configured severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule is off.
    Off,
    /// Findings are notes.
    Note,
    /// Findings are warnings.
    Warning,
    /// Findings are errors.
    Error,
}

impl Level {
    /// The severity of findings; `None` when the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A map by rule. Unknown and repeated names are errors.
#[derive(Clone, Debug, PartialEq)]
pub struct ByRule<T>(pub Vec<(Code, Option<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByRule<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Maps<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Maps<T> {
            type Value = ByRule<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of rules")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByRule<T>, A::Error> {
                let mut found: Vec<(Code, Option<T>)> = Vec::new();
                while let Some(Text(key)) = map.next_key()? {
                    let rule = find(&key).ok_or_else(|| A::Error::custom("no such rule"))?;
                    if found.iter().any(|(code, _)| *code == rule.code) {
                        return Err(A::Error::custom("duplicate key"));
                    }
                    found.push((rule.code, map.next_value()?));
                }
                Ok(ByRule(found))
            }
        }
        deserializer.deserialize_map(Maps(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for ByRule<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("ByRuleOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        let rules: Map<String, Value> = ALL
            .iter()
            .map(|rule| {
                let mut about = one.clone();
                about.insert("description".to_owned(), rule.about.into());
                (rule.code.0.to_owned(), about.to_value())
            })
            .collect();
        json_schema!({ "type": "object", "properties": rules, "additionalProperties": false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_part_of_the_page() {
        let page = include_str!("../../docs/check.md");
        let documented: Vec<_> =
            page.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
        let known: Vec<_> = ALL.iter().map(|rule| rule.code.0).collect();
        assert_eq!(documented, known, "in this order");
        for (rule, part) in ALL.iter().zip(page.split("\n### `").skip(1)) {
            let severity = format!("*{}*", rule.severity);
            assert!(part.contains(&severity), "`{}` says that it is {severity} by default", rule.code);
            assert!(part.contains(rule.about), "`{}` says: {}", rule.code, rule.about);
        }
    }

    #[test]
    fn no_rule_shares_its_name_with_a_diagnostic() {
        for rule in ALL {
            assert!(!super::super::codes::ALL.contains(&rule.code), "{}", rule.code);
        }
    }
}
