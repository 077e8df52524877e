//! Converts the front matter of one story. Keys without a counterpart are kept under `extra`, so that nothing is lost.

use std::collections::BTreeMap;

use serde_json::Value;

use super::key_mapper::KeyMapper;
use crate::base::codes;
use crate::base::date::{Moment, Zone};
use crate::base::report::Place;
use crate::base::text::is_language;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::date;
use crate::import::moving::source::story::{MovedStory, Program, folder_and_name, stem_and_extension};
use crate::import::moving::source::values::{Keys, text, texts, truth};

/// The context in which front matter is converted.
pub(in crate::import::moving) struct ReadOptions<'a> {
    pub(in crate::import::moving) program: Program,
    pub(in crate::import::moving) zone: &'a Zone,
    /// The names of authors by the keys that stories use for them.
    pub(in crate::import::moving) authors: BTreeMap<String, String>,
}

/// The converted front matter of a story, except for keys that depend on its placement.
pub(in crate::import::moving) struct Head {
    pub(in crate::import::moving) date: Option<Moment>,
    pub(in crate::import::moving) is_article: bool,
    /// The mapped keys in the order of output, from `title` on, including `date`.
    pub(in crate::import::moving) ours: Keys,
    /// The former addresses as written.
    pub(in crate::import::moving) aliases: Vec<String>,
    /// The source of the main image as written, and its attributes.
    pub(in crate::import::moving) image: Option<(String, Keys)>,
    /// The keys without a counterpart.
    pub(in crate::import::moving) extra: Keys,
    /// The body, without a heading that became the title.
    pub(in crate::import::moving) body: String,
    pub(in crate::import::moving) body_line: u32,
}

const UPDATED: &[&str] = &["lastmod", "updated", "last_modified_at", "modified", "last_updated", "dateModified"];
const DATES: &[&str] = &["date", "pubDate", "published_at", "published", "publishDate"];

/// Converts the front matter of one story. `newest` is the date for news without one.
pub(in crate::import::moving) fn read(
    story: &MovedStory,
    options: &ReadOptions<'_>,
    newest: Option<Moment>,
    log: &mut MigrationLog,
) -> Head {
    let mut front = story.front.clone();
    let mut free = Keys::new();
    for name in ["extra", "params"] {
        if let Some(Value::Object(map)) = front.get(name).cloned() {
            front.shift_remove(name);
            free.extend(map);
        }
    }
    let mut mapper = KeyMapper { front, free, place: Place::file(story.file.as_str()), log };
    let mut ours = Keys::new();
    let (mut body, mut body_line) = (story.body.clone(), story.body_line);
    let title = mapper.text(&["title", "headline"], "title").unwrap_or_else(|| {
        let (title, rest, lines) = guessed_title(story);
        (body, body_line) = (rest, body_line + lines);
        mapper.log.add(
            codes::IMPORT_GUESS,
            "a title is taken from the text or the name of the file",
            Place::file(&*story.file),
        );
        title
    });
    ours.insert("title".to_owned(), title.split_whitespace().collect::<Vec<_>>().join(" ").into());
    let (date, is_article, is_undated) = mapper.date(story, options.zone, newest);
    if is_article {
        mapper.move_text(&mut ours, &["short_title", "linkTitle", "shortTitle", "short_headline"], "short_title");
    }
    mapper.move_text(&mut ours, &["description", "summary", "excerpt", "dek", "standfirst"], "summary");
    if let Some(date) = date.filter(|_| is_article) {
        ours.insert("date".to_owned(), date::written(date, options.zone).into());
    }
    mapper.moments(&mut ours, date, is_article, options.zone);
    if is_article {
        mapper.people(&mut ours, options);
        mapper.subjects(&mut ours, options.program);
    }
    let image = if is_article { mapper.image() } else { None };
    let hidden =
        mapper.take(&["draft"]).is_some() | mapper.take_if(&["published"], |value| truth(value).is_some()).is_some();
    if hidden || story.is_draft {
        mapper.log.mapped(if hidden { "draft" } else { "_drafts" }, "draft");
    }
    if story.is_draft || is_undated {
        ours.insert("draft".to_owned(), true.into());
    }
    if is_article {
        let whole =
            |value: &Value| text(value).is_some_and(|url| url.starts_with("https://") || url.starts_with("http://"));
        if let Some((key, value)) =
            mapper.take_if(&["canonical", "canonical_url", "canonicalUrl", "canonicalURL"], whole)
        {
            mapper.log.mapped(&key, "canonical");
            ours.extend(text(&value).map(|url| ("canonical".to_owned(), url.into())));
        }
    }
    let hides = |value: &Value| truth(value) == Some(true) || text(value).is_some_and(|text| text.contains("noindex"));
    if let Some((key, _)) = mapper.take_if(&["noindex", "robots", "robotsNoIndex"], hides) {
        mapper.log.mapped(&key, "noindex");
        ours.insert("noindex".to_owned(), true.into());
    }
    let aliases = mapper.aliases();
    mapper.language(&mut ours, story);
    for key in ["slug", "url", "permalink", "path"] {
        if mapper.take_if(&[key], Value::is_string).is_some() {
            mapper.log.mapped(key, "address");
        }
    }
    Head { date, is_article, ours, aliases, image, extra: mapper.rest(), body, body_line }
}

/// Returns a title for a story without one, the body without it, and the number of lines that were removed.
fn guessed_title(story: &MovedStory) -> (String, String, u32) {
    let trimmed = story.body.trim_start();
    let (first, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
    if let Some(title) = first.strip_prefix("# ").map(|title| title.trim().trim_end_matches('#').trim())
        && !title.is_empty()
        && !title.contains(['[', '`', '*', '{', '<'])
    {
        let lines = story.body[..story.body.len() - rest.len()].matches('\n').count() as u32;
        return (title.to_owned(), rest.to_owned(), lines);
    }
    let (dirs, name) = folder_and_name(&story.file);
    let stem = match stem_and_extension(name).0 {
        "index" | "_index" if !dirs.is_empty() => folder_and_name(dirs).1,
        stem => stem,
    };
    let named = date::of_name(stem).or_else(|| story.named_date.and_then(|_| date::of_post(stem)));
    let stem = named.map_or(stem, |(_, rest)| rest);
    let words = stem.replace(['-', '_'], " ");
    let mut chars = words.chars();
    let title = chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>());
    (title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| "Untitled".to_owned()), story.body.clone(), 0)
}

impl KeyMapper<'_> {
    /// Returns the date of a story, whether it is an article, and whether it is news without any date.
    fn date(&mut self, story: &MovedStory, zone: &Zone, newest: Option<Moment>) -> (Option<Moment>, bool, bool) {
        let mut date = None;
        if let Some((key, value)) = self.take_if(DATES, |value| text(value).is_some() && !value.is_boolean()) {
            let read =
                text(&value).and_then(|text| date::read(&text, zone)).filter(|moment| moment.date(zone).year() > 1);
            match read {
                Some(moment) if story.is_post => {
                    self.log.mapped(&key, "date");
                    date = Some(moment);
                }
                Some(_) => {
                    self.front.insert(key, value);
                }
                None => self.keep(key, value, "is not a date that can be read"),
            }
        }
        if !story.is_post {
            return (None, false, false);
        }
        let guess = |log: &mut MigrationLog, from: &str, place: &Place| {
            log.add(codes::IMPORT_GUESS, format!("a date is taken from {from}"), place.clone());
        };
        if date.is_none() {
            // A date in the file name is a rule of the generator, not a guess.
            date = story.named_date.map(|day| Moment::day(day, zone));
        }
        if date.is_none() {
            date = date::of_address(&story.address).map(|day| Moment::day(day, zone));
            if date.is_some() {
                guess(self.log, "the address", &self.place);
            }
        }
        let is_undated = date.is_none();
        if is_undated {
            date = newest;
            let what = match (date, story.is_draft) {
                (Some(_), true) => "a date is taken from the newest story, for a draft that has none",
                (Some(_), false) => "news without a date becomes a draft, dated as the newest story",
                (None, _) => "news without a date becomes a page, and a draft: nothing in the site has a date",
            };
            self.log.add(codes::IMPORT_GUESS, what, self.place.clone());
        }
        (date, date.is_some(), is_undated)
    }

    /// Maps the dates of updates, embargo and expiry.
    fn moments(&mut self, ours: &mut Keys, date: Option<Moment>, is_article: bool, zone: &Zone) {
        let read = |value: &Value| text(value).and_then(|text| date::read(&text, zone));
        if let Some((key, value)) = self.take_if(UPDATED, |value| read(value).is_some()) {
            let moment = read(&value);
            match (moment, date.filter(|_| is_article)) {
                (Some(moment), Some(date)) if moment < date && moment.date(zone) < date.date(zone) => {
                    self.keep(key, value, "is earlier than the date of the story");
                }
                (moment, date) => {
                    self.log.mapped(&key, "updated");
                    // An update at the time of publication is none.
                    let news = moment.filter(|moment| date.is_none_or(|date| *moment > date));
                    ours.extend(news.map(|moment| ("updated".to_owned(), date::written(moment, zone).into())));
                }
            }
        }
        if !is_article {
            return;
        }
        let mut from = date;
        if let Some((key, value)) = self.take_if(&["publishDate", "embargo"], |value| read(value).is_some()) {
            self.log.mapped(&key, "embargo");
            // In most stories it equals the date and withholds nothing.
            let is_later = read(&value) > date;
            let embargo = text(&value).and_then(|text| date::read_embargo(&text, zone)).filter(|_| is_later);
            if let Some(moment) = embargo {
                ours.insert("embargo".to_owned(), date::written(moment, zone).into());
                from = Some(moment);
            }
        }
        if let Some((key, value)) =
            self.take_if(&["expiryDate", "expires", "unpublishDate"], |value| read(value).is_some())
        {
            match read(&value).filter(|moment| Some(*moment) > from) {
                Some(moment) => {
                    self.log.mapped(&key, "expires");
                    ours.insert("expires".to_owned(), date::written(moment, zone).into());
                }
                None => self.keep(key, value, "is not later than the story itself"),
            }
        }
    }

    fn aliases(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        while let Some((key, value)) =
            self.take_if(&["aliases", "alias", "redirect_from", "redirects"], |value| texts(value).is_some())
        {
            self.log.mapped(&key, "aliases");
            all.extend(texts(&value).unwrap_or_default());
        }
        all
    }

    fn language(&mut self, ours: &mut Keys, story: &MovedStory) {
        let tag = |value: &Value| text(value).map(|tag| tag.replace('_', "-")).filter(|tag| is_language(tag));
        let written = self.take_if(&["lang", "language", "locale"], |value| tag(value).is_some());
        if let Some((key, _)) = &written {
            self.log.mapped(key, "lang");
        }
        let own = story.language.clone().filter(|tag| is_language(tag));
        if let Some(language) = written.and_then(|(_, value)| tag(&value)).or(own) {
            ours.insert("lang".to_owned(), language.into());
        }
    }
}
