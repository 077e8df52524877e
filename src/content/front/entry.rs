//! The front matter of an entry of live coverage in a file of its own.

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{Check, NO_DATE, text};
use super::parts::Parts;
use super::raw::RawUpdate;
use super::synonyms::SYNONYMS;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::base::rules::ByRule;
use crate::base::text::slugify;
use crate::base::yaml;
use crate::base::yaml::lenient::{Many, Text};
use crate::base::yaml::source::{LeftOut, Problems, Source as Yaml};
use crate::config::Config;
use crate::content::entry_head::EntryHead;
use crate::content::folders::stem;
use crate::content::head::UpdateKind;
use crate::content::markdown::{Ids, punctuated};

/// Front matter of an entry of live coverage in a file of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Entry")]
pub(crate) struct RawEntry {
    /// The heading.
    title: Option<Text>,
    /// Its time: `2023-10-18 14:05`, or with an offset from UTC. Optional when the file's name starts with it:
    /// `2023-10-18-1405`.
    date: Option<Text>,
    /// Names of its authors. Default: none.
    authors: Option<Many<Text>>,
    /// Whether it is among the key events.
    key: Option<bool>,
    /// Its anchor on the page of the story. Default: the file's name.
    anchor: Option<Text>,
    /// Its change log.
    updates: Option<Many<RawUpdate>>,
    /// Withheld until this instant.
    embargo: Option<Text>,
    /// Withheld as long as this is `true`.
    draft: Option<bool>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
}

/// The checked front matter of an entry.
pub struct EntryFront {
    /// What is no part of the entry itself.
    pub head: EntryHead,
    /// The heading.
    pub title: Option<String>,
    /// Names of its authors.
    pub by: Vec<String>,
    /// Whether it is among the key events.
    pub is_key: bool,
    /// Its anchor.
    pub id: String,
}

/// Parses the front matter of the entry at `path`; `own` is the path without the language in its name. `None` when it cannot be
/// read at all. A date that is missing or unusable is `NO_DATE`.
pub fn entry(path: &str, own: &str, parts: &Parts<'_>, config: &Config) -> (Option<(EntryFront, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check(own, raw, config, problems)))
}

fn check(path: &str, raw: RawEntry, config: &Config, problems: &mut Problems) -> EntryFront {
    let RawEntry { title, date, authors, key, anchor, updates, embargo, draft, waive } = raw;
    let mut check = Check { config, problems };
    let date = read_date(path, text(date), &mut check);
    let id = read_anchor(path, anchor, &mut check);
    let mut updates = check.updates(updates, None, date);
    for update in &mut updates {
        let problem = |message: &str| Diagnostic::error(codes::CONFLICT, message);
        let Some(index) = update.index else { continue };
        if update.item.replace(id.clone()).is_some_and(|item| item != id) {
            let problem = problem("a note in the file of an entry is about that entry");
            check.problems.value(format!("updates/{index}/item"), problem.help("remove `item`"));
        }
        if update.kind == UpdateKind::Withdrawn {
            let problem = problem("an entry is not withdrawn by itself: this would withdraw the story");
            let help = "take the wrong out of the text, and say so in a `correction`";
            check.problems.value(format!("updates/{index}/kind"), problem.help(help));
        }
    }
    updates.retain(|update| update.kind != UpdateKind::Withdrawn);
    let head = EntryHead {
        date: date.unwrap_or(NO_DATE),
        updates,
        embargo: check.moment("embargo", embargo),
        draft: draft.unwrap_or(false),
        lang: None,
        waive: check.waive(waive),
    };
    EntryFront {
        head,
        title: check.other_title("title", title).map(punctuated),
        by: check.texts("authors", authors),
        is_key: key.unwrap_or(false),
        id,
    }
}

/// The time of an entry, from its key or else from the name of its file.
fn read_date(path: &str, written: Option<String>, check: &mut Check<'_>) -> Option<Moment> {
    const HELP: &str = "write it with its day, as `2023-10-18 14:05`";
    let Some(written) = written else {
        return time_of_name(path, check.config).or_else(|| {
            let problem = Diagnostic::error(codes::MISSING_KEY, "`date` is missing: every entry has a time");
            check.problems.missing("date", problem.help(HELP));
            None
        });
    };
    let date = check.moment("date", Some(Text(written.clone())))?;
    if date.is_day_only() {
        let problem = Diagnostic::error(codes::LIVE_ENTRY, format!("`{written}` has no time"));
        check.problems.value("date", problem.help(format!("write the time too, as `{written} 14:05`")));
        return None;
    }
    Some(date)
}

/// The anchor of an entry: its key, else made of the name of its file.
fn read_anchor(path: &str, written: Option<Text>, check: &mut Check<'_>) -> String {
    let ids = Ids::default();
    let Some(id) = check.name("anchor", written) else {
        let name = match slugify(stem(path)) {
            slug if slug.is_empty() => format!("entry-{}", Digest::of(path.as_bytes()).short()),
            slug => slug,
        };
        return if ids.is_reserved(&name) { format!("entry-{name}") } else { name };
    };
    if ids.is_reserved(&id) {
        let message = format!("the page itself has the anchor `{id}`, or may come to have it");
        check.problems.value("anchor", Diagnostic::error(codes::RESERVED_ANCHOR, message).help("choose another one"));
    }
    id
}

/// The time at the start of a file's name: `2023-10-18-1405-talks-begin.md`.
fn time_of_name(path: &str, config: &Config) -> Option<Moment> {
    let (time, rest) = stem(path).split_at_checked(15)?;
    let (day, clock) = (time.get(..10)?, time.get(11..)?);
    let is_time = time[10..].starts_with('-') && clock.bytes().all(|byte| byte.is_ascii_digit());
    let is_end = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.']);
    let found = Moment::parse(&format!("{day} {}:{}", clock.get(..2)?, clock.get(2..)?), &config.zone);
    found.ok().filter(|_| is_time && is_end)
}
