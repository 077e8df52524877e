//! The front matter of a topic's file.

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{Check, extra, text};
use super::parts::Parts;
use super::synonyms::SYNONYMS;
use crate::base::report::Report;
use crate::base::rules::ByRule;
use crate::base::yaml;
use crate::base::yaml::lenient::{Extra, Many, Table, Text};
use crate::base::yaml::source::{LeftOut, Problems, Source as Yaml};
use crate::config::Config;
use crate::content::head::{TopicHead, TopicKind};

/// Front matter of a topic.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Topic")]
pub(crate) struct RawTopic {
    /// Display name.
    #[schemars(required)]
    title: Option<Text>,
    /// Other names of the topic.
    aliases: Option<Many<Text>>,
    /// Former addresses of its page: `[/topics/gas/]`. Those of its feeds lead on with them.
    redirect_from: Option<Many<Text>>,
    /// Names of its parent topics.
    parents: Option<Many<Text>>,
    /// The kind of topic. Default: `topic`.
    kind: Option<TopicKind>,
    /// The place of a section in the navigation: a whole number; light ones come first, and those without one last.
    weight: Option<i64>,
    /// Description in a sentence or two.
    summary: Option<Text>,
    /// Another name of `summary`.
    description: Option<Text>,
    /// Last segment of the URL. Default: from the title.
    slug: Option<Text>,
    /// Codes in other vocabularies: `{medtop: "04000000", wikidata: Q42}`.
    codes: Option<Table<Text>>,
    /// Names of related topics.
    see_also: Option<Many<Text>>,
    /// Language of the topic, as a BCP 47 tag, when it is that of one of the site's `languages`.
    lang: Option<Text>,
    /// The topic of which this one is the translation: a path relative to this file, or a name.
    translation_of: Option<Text>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
    /// Values for the theme, of any form.
    extra: Option<Extra>,
}

/// Parses the front matter of the topic at `path`. `None` when it cannot be read at all. A title that
/// is missing or unusable is empty.
pub fn topic(path: &str, parts: &Parts<'_>, config: &Config) -> (Option<(TopicHead, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check(raw, config, problems)))
}

fn check(raw: RawTopic, config: &Config, problems: &mut Problems) -> TopicHead {
    let RawTopic {
        title,
        aliases,
        redirect_from,
        parents,
        kind,
        weight,
        summary,
        description,
        slug,
        codes,
        see_also,
        lang,
        translation_of,
        waive,
        extra: free,
    } = raw;
    let mut check = Check { config, problems };
    let title = check.required_title("title", title);
    let Table(codes) = codes.unwrap_or(Table(Vec::new()));
    let head = TopicHead {
        title: String::new(),
        aliases: check.names(aliases, "topic"),
        redirect_from: check.routes("redirect_from", redirect_from),
        parents: check.texts("parents", parents),
        kind: kind.unwrap_or_default(),
        weight: weight.map(|weight| weight.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32),
        summary: check.summary(summary, description),
        slug: check.slug(slug),
        codes: codes.into_iter().filter_map(|(name, code)| Some((name, text(Some(code))?))).collect(),
        see_also: check.texts("see_also", see_also),
        lang: check.language(lang),
        translation_of: text(translation_of),
        waive: check.waive(waive),
        extra: extra(free),
    };
    TopicHead { title: title.unwrap_or_default(), ..head }
}
