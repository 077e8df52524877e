//! The front matter of a briefing.

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{Check, NO_DATE, day_of_name, extra, text};
use super::parts::Parts;
use super::raw::{RawImage, RawUpdate};
use super::synonyms::SYNONYMS;
use crate::base::codes;
use crate::base::date::FORMS;
use crate::base::report::{Diagnostic, Report};
use crate::base::rules::ByRule;
use crate::base::yaml;
use crate::base::yaml::lenient::{Extra, Many, Text, TextOr};
use crate::base::yaml::source::{LeftOut, Problems, Source as Yaml};
use crate::config::Config;
use crate::content::head::{BriefingHead, UpdateKind};
use crate::content::markdown::punctuated;

/// Front matter of a briefing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Briefing")]
pub(crate) struct RawBriefing {
    /// Title. Default: made from the number or the date.
    title: Option<Text>,
    /// Number of the edition.
    #[schemars(range(min = 1))]
    number: Option<i64>,
    /// Date of the edition. Optional when the file's name is the date: `2023-10-17.md`.
    date: Option<Text>,
    /// The change log.
    updates: Option<Many<RawUpdate>>,
    /// When it was last updated; short for an entry in `updates` without a text.
    updated: Option<Text>,
    /// One or two sentences.
    summary: Option<Text>,
    /// Another name of `summary`.
    description: Option<Text>,
    /// Stories in the order of their slots: paths relative to this file, or slugs.
    stories: Option<Many<Text>>,
    /// Last segment of the URL, after `/briefings/`. Default: the date, or the file's name when that begins with it.
    slug: Option<Text>,
    /// Names in the by-line.
    authors: Option<Many<Text>>,
    /// Editors.
    editors: Option<Many<Text>>,
    /// The main picture: a path relative to this file, or a map with `src`, `alt`, `caption` and `credit`.
    image: Option<TextOr<RawImage>>,
    /// Topics of the items that name none.
    topics: Option<Many<Text>>,
    /// Withheld until this instant.
    embargo: Option<Text>,
    /// Withheld from this instant on.
    expires: Option<Text>,
    /// Withheld as long as this is `true`.
    draft: Option<bool>,
    /// Whether search engines are asked not to index it.
    noindex: Option<bool>,
    /// Former paths of this page.
    aliases: Option<Many<Text>>,
    /// Language as a BCP 47 tag, when it is not the site's.
    lang: Option<Text>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
    /// Values for the theme, of any form.
    extra: Option<Extra>,
}

/// Parses the front matter of the briefing at `path`. `None` when it cannot be read at all. A date that is
/// missing or unusable is `NO_DATE`.
pub fn briefing(path: &str, parts: &Parts<'_>, config: &Config) -> (Option<(BriefingHead, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check(path, raw, config, problems)))
}

fn check(path: &str, raw: RawBriefing, config: &Config, problems: &mut Problems) -> BriefingHead {
    let RawBriefing {
        title,
        number,
        date,
        updates,
        updated,
        summary,
        description,
        slug,
        stories,
        authors,
        editors,
        image,
        topics,
        embargo,
        expires,
        draft,
        noindex,
        aliases,
        lang,
        waive,
        extra: free,
    } = raw;
    let mut check = Check { config, problems };
    let date = match text(date) {
        Some(date) => check.moment("date", Some(Text(date))),
        None => day_of_name(path, config).or_else(|| {
            let problem = Diagnostic::error(codes::MISSING_KEY, "`date` is missing");
            let help = format!("{FORMS}, or name the file after its day: `2023-10-17.md`");
            check.problems.missing("date", problem.help(help));
            None
        }),
    };
    let updates = check.updates(updates, updated, date);
    if let Some(index) = updates.iter().position(|update| update.kind == UpdateKind::Withdrawn) {
        let problem = Diagnostic::error(codes::BAD_VALUE, "an edition cannot be withdrawn");
        let help = "withdraw the stories in it, say what was wrong in a `correction`, or remove the file";
        check.problems.value(format!("updates/{index}/kind"), problem.help(help));
    }
    let (embargo, expires) = check.period(date, embargo, expires);
    BriefingHead {
        title: check.other_title("title", title).map(punctuated),
        number: check.number("number", number),
        date: date.unwrap_or(NO_DATE),
        updates,
        summary: check.summary(summary, description),
        slug: check.slug(slug),
        stories: check.texts("stories", stories),
        authors: check.texts("authors", authors),
        editors: check.texts("editors", editors),
        image: check.image(image),
        topics: check.texts("topics", topics),
        embargo,
        expires,
        draft: draft.unwrap_or(false),
        noindex: noindex.unwrap_or(false),
        aliases: check.aliases(aliases),
        lang: check.language(lang),
        waive: check.waive(waive),
        extra: extra(free),
    }
}
