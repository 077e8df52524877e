//! The front matter of an article.

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{Check, NO_DATE, day_of_name, extra, prose, text};
use super::parts::Parts;
use super::raw::{RawDateline, RawFact, RawImage, RawLive, RawSource, RawUpdate};
use super::synonyms::SYNONYMS;
use crate::base::codes;
use crate::base::date::{FORMS, Moment};
use crate::base::locale::Language;
use crate::base::report::{Diagnostic, Report};
use crate::base::rules::ByRule;
use crate::base::yaml;
use crate::base::yaml::lenient::{Extra, Many, Text, TextOr};
use crate::base::yaml::source::{LeftOut, Problems, Source as Yaml};
use crate::config::Config;
use crate::content::dateline;
use crate::content::head::{ArticleHead, Dateline, Fact, LiveHead, Status, StoryKind};
use crate::content::markdown::punctuated;

/// Front matter of an article.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Article")]
pub(crate) struct RawArticle {
    /// The headline.
    #[schemars(required)]
    title: Option<Text>,
    /// A shorter headline, for narrow places.
    short_title: Option<Text>,
    /// The dek: one or two sentences under the headline.
    summary: Option<Text>,
    /// Another name of `summary`.
    description: Option<Text>,
    /// When it was first published: `2023-10-17`, `2023-10-17 09:30` or `2023-10-17T09:30:00+08:00`. Optional when the
    /// file's name starts with the date.
    date: Option<Text>,
    /// The change log.
    updates: Option<Many<RawUpdate>>,
    /// When it was last updated; short for an entry in `updates` without a text.
    updated: Option<Text>,
    /// Last segment of the URL. Default: from the file's name.
    slug: Option<Text>,
    /// The dateline that opens the text: `BEIJING, Oct 17 (Agency)`, or a map of its parts.
    dateline: Option<TextOr<RawDateline>>,
    /// Names in the by-line.
    authors: Option<Many<Text>>,
    /// Editors.
    editors: Option<Many<Text>>,
    /// Other contributors to the reporting.
    contributors: Option<Many<Text>>,
    /// The form of the story. Default: `report`.
    kind: Option<StoryKind>,
    /// How live coverage is shown, and when it begins and ends.
    live: Option<RawLive>,
    /// The section it belongs to.
    section: Option<Text>,
    /// Topics of the story.
    topics: Option<Many<Text>>,
    /// Whether the story is still developing.
    status: Option<Status>,
    /// Rank among leads: higher comes first. Default: 0.
    priority: Option<i64>,
    /// Two to five sentences that summarise the story.
    key_points: Option<Many<Text>>,
    /// Figures with their sources.
    facts: Option<Many<RawFact>>,
    /// Sources of the story.
    sources: Option<Many<TextOr<RawSource>>>,
    /// The main picture.
    image: Option<TextOr<RawImage>>,
    /// Audio file: a path relative to the article, a route or an address.
    audio: Option<Text>,
    /// The ongoing story that it belongs to.
    thread: Option<Text>,
    /// Withheld until this instant.
    embargo: Option<Text>,
    /// Withheld from this instant on.
    expires: Option<Text>,
    /// Withheld as long as this is `true`.
    draft: Option<bool>,
    /// Address of the original, for republished stories.
    canonical: Option<Text>,
    /// Whether search engines are asked not to index it.
    noindex: Option<bool>,
    /// Former paths of this page.
    aliases: Option<Many<Text>>,
    /// Language as a BCP 47 tag, when it is not the site's.
    lang: Option<Text>,
    /// The article that this one translates: its path relative to this one, or its slug.
    translation_of: Option<Text>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
    /// Values for the theme, of any form.
    extra: Option<Extra>,
}

/// Parses the front matter of the article at `path`. `None` when it cannot be read at all. A title that is missing
/// or unusable is empty, and such a date is `NO_DATE`.
pub fn article(path: &str, parts: &Parts<'_>, config: &Config) -> (Option<(ArticleHead, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check(path, raw, config, problems)))
}

fn check(path: &str, raw: RawArticle, config: &Config, problems: &mut Problems) -> ArticleHead {
    let RawArticle {
        title,
        short_title,
        summary,
        description,
        date,
        updates,
        updated,
        slug,
        dateline,
        authors,
        editors,
        contributors,
        kind,
        live,
        section,
        topics,
        status,
        priority,
        key_points,
        facts,
        sources,
        image,
        audio,
        thread,
        embargo,
        expires,
        draft,
        canonical,
        noindex,
        aliases,
        lang,
        translation_of,
        waive,
        extra: free,
    } = raw;
    let mut check = Check { config, problems };
    let title = check.required_title("title", title).map(punctuated);
    let date = match text(date) {
        Some(date) => check.moment("date", Some(Text(date))),
        None => day_of_name(path, config).or_else(|| {
            let problem = Diagnostic::error(codes::MISSING_KEY, "`date` is missing");
            check.problems.missing("date", problem.help(FORMS));
            None
        }),
    };
    let lang = check.language(lang);
    let updates = check.updates(updates, updated, date);
    let (embargo, expires) = check.period(date, embargo, expires);
    let language = lang.as_deref().unwrap_or(&config.language);
    let head = ArticleHead {
        title: String::new(),
        short_title: check.other_title("short_title", short_title).map(punctuated),
        summary: check.summary(summary, description),
        date: date.unwrap_or(NO_DATE),
        updates,
        slug: check.slug(slug),
        dateline: dateline.and_then(|raw| read_dateline(raw, language, &mut check)),
        authors: check.texts("authors", authors),
        editors: check.texts("editors", editors),
        contributors: check.texts("contributors", contributors),
        kind: kind.unwrap_or_default(),
        live: read_live(live, kind, date, &mut check),
        section: text(section),
        topics: check.texts("topics", topics),
        status,
        priority: priority.unwrap_or(0).clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32,
        key_points: check.texts("key_points", key_points).into_iter().map(punctuated).collect(),
        facts: read_facts(facts, &mut check),
        sources: check.sources("sources", sources),
        image: check.image(image),
        audio: text(audio),
        thread: text(thread),
        embargo,
        expires,
        draft: draft.unwrap_or(false),
        canonical: check.canonical(canonical),
        noindex: noindex.unwrap_or(false),
        aliases: check.aliases(aliases),
        lang,
        translation_of: text(translation_of),
        waive: check.waive(waive),
        extra: extra(free),
    };
    ArticleHead { title: title.unwrap_or_default(), ..head }
}

fn read_dateline(raw: TextOr<RawDateline>, language: &str, check: &mut Check<'_>) -> Option<Dateline> {
    let mut found = match raw {
        TextOr::Text(text) => dateline::parse(&text)?,
        TextOr::Map(RawDateline { places, region, date, agency }) => Dateline {
            // Kept as written, like the capitals of the text form.
            places: check.texts("dateline/places", places).iter().map(|place| place.to_uppercase()).collect(),
            region: text(region),
            date: text(date),
            agency: text(agency),
        },
    };
    // An ISO date is formatted for readers; any other form is the newsroom's own style.
    found.date = found.date.map(|day| match day.parse::<jiff::civil::Date>() {
        Ok(date) if language.starts_with("en") => date.strftime("%b %-d").to_string(),
        Ok(date) => Language::of(language).day(date).short,
        Err(_) => day,
    });
    let Dateline { places, region, date, agency } = &found;
    let nothing = places.is_empty() && region.is_none() && date.is_none() && agency.is_none();
    (!nothing).then_some(found)
}

fn read_live(
    raw: Option<RawLive>,
    kind: Option<StoryKind>,
    date: Option<Moment>,
    check: &mut Check<'_>,
) -> Option<LiveHead> {
    let RawLive { order, starts, ends } = raw?;
    if kind != Some(StoryKind::Live) {
        let problem = Diagnostic::error(codes::CONFLICT, "`live` is only for live coverage");
        check.problems.key("live", problem.help("add `kind: live`, or remove it"));
        return None;
    }
    let (starts, ends) = (check.moment("live/starts", starts), check.moment("live/ends", ends));
    if let (Some(from), Some(until)) = (starts.or(date), ends)
        && from.instant() >= until.instant()
    {
        let problem = Diagnostic::error(codes::CONFLICT, "coverage ends before it begins");
        check.problems.value("live/ends", problem.help("correct `ends`, or the beginning: `starts`, or else `date`"));
    }
    Some(LiveHead { order: order.unwrap_or_default(), starts, ends, last: None })
}

fn read_facts(raw: Option<Many<RawFact>>, check: &mut Check<'_>) -> Vec<Fact> {
    let Some(Many(raw)) = raw else { return Vec::new() };
    let mut facts = Vec::with_capacity(raw.len());
    for (index, RawFact { label, value, source }) in raw.into_iter().enumerate() {
        match (prose(Some(label)), prose(Some(value))) {
            (Some(label), Some(value)) => facts.push(Fact { label, value, source: text(source) }),
            (label, _) => {
                let key = if label.is_none() { "label" } else { "value" };
                let problem = Diagnostic::error(codes::MISSING_KEY, format!("`{key}` of a fact is empty"));
                check.problems.value(format!("facts/{index}/{key}"), problem.help("give it a value"));
            }
        }
    }
    facts
}
