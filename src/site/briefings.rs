//! Editions: briefings with a file, and those composed of a day's or a week's stories.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::closed::{check_closed, check_item_topics};
use super::ids::{ArticleId, DocId, EditionId, StoryId};
use super::lookup::{Meaning, ambiguous};
use super::model::{BriefingFile, Edition, Site, Story, StorySource};
use super::registry::Registry;
use super::stories::{distinct, story_head};
use super::visibility::Showing;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::date::calendar;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::config::BriefingPolicy;
use crate::content::document::Content;
use crate::content::head::{ArticleHead, Update};

/// An edition's title: its own, or one made of its day.
pub fn title(site: &Site, edition: &Edition) -> String {
    match (edition.file.as_ref().and_then(|file| file.head.title.clone()), edition.week) {
        (Some(title), _) => title,
        (None, Some((year, week))) => format!("Week {week}, {year}"),
        (None, None) => {
            let day = edition.date.date(&site.config.zone);
            format!("Briefing of {}", calendar::long(day, &site.config.language))
        }
    }
}

/// Whether an edition's title is its own.
pub fn is_named(edition: &Edition) -> bool {
    edition.file.as_ref().is_some_and(|file| file.head.title.is_some())
}

/// The language of an edition's title: one that is made of its day is in the site's.
pub fn title_language<'s>(site: &'s Site, edition: &Edition) -> &'s str {
    match edition.doc() {
        Some(doc) if is_named(edition) => site.language(site.document(doc)),
        _ => &site.config.language,
    }
}

/// Finds all shown briefing files, newest first.
pub(super) fn add_files(site: &mut Site, shown: &[Showing]) {
    for (index, document) in site.documents.iter().enumerate() {
        let (Some((head, body)), Showing::Shown(preview)) = (document.briefing(), shown[index]) else {
            continue;
        };
        let Some(route) = document.route.clone() else { continue };
        site.editions.push(Edition {
            file: Some(BriefingFile { doc: DocId(index), head: Arc::clone(head), body: Arc::clone(body) }),
            route,
            date: head.date,
            published: head.date,
            updated: Update::last(&head.updates, head.date),
            number: head.number,
            week: None,
            stories: Vec::new(),
            withdrawn: Vec::new(),
            intro_fillings: Vec::new(),
            item_fillings: vec![Vec::new(); body.items.len()],
            preview,
        });
    }
}

/// Makes stories of the items of all editions. An item without topics of its own takes those of its briefing.
pub(super) fn add_items(site: &Site, registry: &Registry, stories: &mut Vec<Story>, report: &mut Report) {
    for edition in &site.editions {
        let Some(BriefingFile { doc, head, body }) = &edition.file else { continue };
        let document = site.document(*doc);
        check_closed(
            site,
            document,
            head.topics.iter().enumerate().map(|(i, t)| ("topics", Some(i), t)),
            registry,
            report,
        );
        for (index, item) in body.items.iter().enumerate() {
            let names = if item.topics.is_empty() { &head.topics } else { &item.topics };
            let topics = distinct(names.iter().map(|name| registry.find(name)));
            check_item_topics(site, document, item, registry, report);
            stories.push(Story {
                doc: *doc,
                kind: StorySource::Item { index, item: Arc::clone(item) },
                route: edition.route.clone(),
                date: edition.date,
                topics,
                section: None,
                preview: edition.preview,
            });
        }
    }
}

/// A day or a week with articles and no briefing file.
struct Period {
    date: Date,
    week: Option<(i16, i8)>,
    stories: Vec<StoryId>,
    withdrawn: Vec<ArticleId>,
}

/// Adds the composed editions that the configuration asks for: one for each day, or ISO week, that has articles and
/// no file of its own.
pub(super) fn compose(site: &mut Site) {
    let zone = &site.config.zone;
    let mut periods: BTreeMap<String, Period> = BTreeMap::new();
    let weekly = match site.config.briefings {
        BriefingPolicy::Files => return,
        BriefingPolicy::Daily => false,
        BriefingPolicy::Weekly => true,
    };
    let period = |date: Date| {
        let week = date.iso_week_date();
        if weekly {
            (format!("{:04}-w{:02}", week.year(), week.week()), Some((week.year(), week.week())))
        } else {
            (date.to_string(), None)
        }
    };
    let taken: HashSet<String> = site.editions.iter().map(|edition| period(edition.date.date(zone)).0).collect();
    for (index, story) in site.stories.iter().enumerate() {
        let date = story.date.date(zone);
        let (name, week) = period(date);
        if matches!(story.kind, StorySource::Article(_)) && !taken.contains(&name) {
            let period = Period { date, week, stories: Vec::new(), withdrawn: Vec::new() };
            periods.entry(name).or_insert(period).stories.push(StoryId(index));
        }
    }
    for (index, article) in site.articles.iter().enumerate().filter(|(_, article)| article.story.is_none()) {
        let date = article.head.date.date(zone);
        if let Some(period) = periods.get_mut(&period(date).0) {
            period.withdrawn.push(ArticleId(index));
        }
    }
    let composed: Vec<Edition> = periods
        .into_iter()
        .map(|(name, Period { date, week, mut stories, withdrawn })| {
            let priority = |id: &StoryId| story_head(site, *id).map_or(0, |head| head.priority);
            stories.sort_by_key(|id| (-priority(id), *id));
            let (published, updated) = times(site, &stories);
            Edition {
                file: None,
                route: Route::own(&format!("/briefings/{name}/")),
                date: Moment::day(date, zone),
                published,
                updated,
                number: None,
                week,
                stories,
                withdrawn,
                intro_fillings: Vec::new(),
                item_fillings: Vec::new(),
                preview: None,
            }
        })
        .collect();
    site.editions.extend(composed);
}

/// When the first of some stories came to readers, and when something last changed about them, if that was later. One
/// that was under an embargo came when that was over.
fn times(site: &Site, stories: &[StoryId]) -> (Moment, Option<Moment>) {
    let heads = || stories.iter().filter_map(|id| story_head(site, *id));
    let came = |head: &ArticleHead| {
        let embargo = head.embargo.filter(|embargo| embargo.instant() > head.date.instant());
        embargo.unwrap_or(head.date)
    };
    let first = heads().map(came).min_by_key(|at| at.instant()).unwrap_or(site.as_of);
    let changes = heads().flat_map(|head| [Some(came(head)), Update::last(&head.updates, head.date)]).flatten();
    let last = changes.max_by_key(|at| at.instant());
    (first, last.filter(|at| at.instant() > first.instant()))
}

/// Orders editions, resolves the stories they name, and checks their numbers.
pub(super) fn finish(site: &mut Site, shown: &[Showing], report: &mut Report) {
    let mut editions = std::mem::take(&mut site.editions);
    editions.sort_by(|a, b| b.date.instant().cmp(&a.date.instant()).then_with(|| a.route.cmp(&b.route)));
    let story_of: HashMap<DocId, StoryId> = site
        .stories
        .iter()
        .enumerate()
        .filter(|(_, story)| matches!(story.kind, StorySource::Article(_)))
        .map(|(index, story)| (story.doc, StoryId(index)))
        .collect();
    let withdrawn = site.articles.iter().enumerate().filter(|(_, article)| article.story.is_none());
    let withdrawn: HashMap<DocId, ArticleId> =
        withdrawn.map(|(index, article)| (article.doc, ArticleId(index))).collect();
    for edition in &mut editions {
        let Some(BriefingFile { doc, head, .. }) = &edition.file else { continue };
        let document = site.document(*doc);
        for (index, name) in head.stories.iter().enumerate() {
            let place = || document.place(&["stories", &index.to_string()]);
            let unknown = |what: &str| {
                Diagnostic::error(codes::UNKNOWN_STORY, format!("`{what}` is no story of this site"))
                    .at(place())
                    .help("give the story’s path relative to this file, or its slug")
            };
            match site.lookup.article(&site.documents, &document.path, name) {
                Meaning::One(found) if !matches!(site.documents[found.0].content, Content::Article(..)) => {
                    report.push(unknown(&site.document(found).path));
                }
                Meaning::One(found) if shown[found.0].is_withheld() => report.push(
                    Diagnostic::warning(
                        codes::WITHHELD_LINK,
                        format!("`{}` is withheld for now", site.document(found).path),
                    )
                    .at(place())
                    .help("the edition is published without it until it is live"),
                ),
                Meaning::One(found) => {
                    edition.stories.extend(story_of.get(&found));
                    edition.withdrawn.extend(withdrawn.get(&found));
                }
                Meaning::Several(found) => report.push(ambiguous(name, &found, &site.documents).at(place())),
                Meaning::Nothing if site.is_unread(&document.path, name) => {}
                Meaning::Nothing => report.push(unknown(name)),
            }
        }
    }
    check_numbers(site, &editions, report);
    site.edition_by_doc =
        editions.iter().enumerate().filter_map(|(index, edition)| Some((edition.doc()?, EditionId(index)))).collect();
    site.editions = editions;
}

/// Numbers must rise with the dates.
fn check_numbers(site: &Site, editions: &[Edition], report: &mut Report) {
    let numbered: Vec<(&Edition, u32, DocId)> =
        editions.iter().rev().filter_map(|e| Some((e, e.number?, e.doc()?))).collect();
    for pair in numbered.windows(2) {
        let ((older, before, _), (_, number, doc)) = (&pair[0], &pair[1]);
        if number <= before {
            let document = site.document(*doc);
            report.push(
                Diagnostic::error(
                    codes::EDITION_NUMBER,
                    format!("edition {number} follows edition {before} of {}", older.date.date(&site.config.zone)),
                )
                .at(document.place(&["number"]))
                .help("numbers rise with the dates; correct the one that is wrong"),
            );
        }
    }
}
