//! The assembly of editions. A *briefing* is a file in `content/briefings/`, and lends its name to the addresses, the
//! template and the front matter. An *edition* is what the site publishes on a date: a briefing, or the stories of a day or
//! week without one. So types of the file are called `Briefing…`, and the model and whatever is made of it `Edition`.

mod listing;
mod shown;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::config::BriefingPolicy;
use crate::content::head::{ArticleHead, BriefingHead};
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{ArticleId, DocId, EditionId, StoryId};
use crate::site::model::{Edition, Site, StorySource};
use crate::site::stories::Listed;
use crate::site::stories::shown::{ShownArticle, ShownBriefing};

pub(in crate::site) use shown::ShownEdition;

/// The title of an edition: the file's, or one generated from its date or week.
pub fn title(site: &Site, edition: &Edition) -> String {
    match (edition.file.as_ref().and_then(|file| file.head.title.clone()), edition.week) {
        (Some(title), _) => title,
        (None, Some((year, week))) => {
            site.config.words.filled("briefing_week", &[("week", &week.to_string()), ("year", &year.to_string())])
        }
        (None, None) => {
            let day = edition.date.date(&site.config.zone);
            let words = &site.config.words;
            words.filled("briefing_of", &[("date", &words.language().day(day).long)])
        }
    }
}

/// Whether the title is written in the file, rather than generated.
pub fn is_named(edition: &Edition) -> bool {
    edition.file.as_ref().is_some_and(|file| file.head.title.is_some())
}

/// The language of the title; a generated one is in the site's language.
pub fn title_language<'s>(site: &'s Site, edition: &Edition) -> &'s str {
    match edition.doc() {
        Some(doc) if is_named(edition) => site.language(site.document(doc)),
        _ => &site.config.language,
    }
}

/// Returns all editions, newest first. Reports unknown, ambiguous and withheld stories that files list, and numbers
/// that do not rise.
pub(in crate::site) fn editions(
    inputs: PassInputs<'_>,
    mut briefings: Vec<ShownBriefing>,
    listed: Listed<'_>,
    report: &mut Report,
) -> Vec<ShownEdition> {
    let composed = compose(inputs, &briefings, listed);
    briefings.sort_by(|a, b| newest_first((a.file.head.date, &a.route), (b.file.head.date, &b.route)));
    let mut editions = listing::of_files(inputs, briefings, listed, report);
    editions.extend(composed);
    editions.sort_by(|a, b| newest_first((a.date, &a.route), (b.date, &b.route)));
    check_numbers(inputs, &editions, report);
    editions
}

fn newest_first(a: (Moment, &Route), b: (Moment, &Route)) -> Ordering {
    b.0.instant().cmp(&a.0.instant()).then_with(|| a.1.cmp(b.1))
}

/// A day or week with articles and without a briefing file.
struct Period {
    date: Date,
    week: Option<(i16, i8)>,
    stories: Vec<StoryId>,
    withdrawn: Vec<ArticleId>,
}

/// Composes the editions that the policy in the configuration asks for: one per day with articles and without a file, or per
/// ISO week. Editions of days stand beside that of their week, which only a file at its address replaces.
fn compose(inputs: PassInputs<'_>, briefings: &[ShownBriefing], listed: Listed<'_>) -> Vec<ShownEdition> {
    let zone = &inputs.config.zone;
    let weekly = match inputs.config.briefings {
        BriefingPolicy::Files => return Vec::new(),
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
    // One that has expired keeps its day: what was composed would stand at its address.
    let is_over = |head: &Arc<BriefingHead>| head.expires.is_some_and(|at| at.instant() <= inputs.as_of.instant());
    let own = inputs.documents.all().iter().filter(|document| inputs.config.has_language(document.language()));
    let expired = own.filter_map(|document| Some((document.briefing()?.0, document)));
    let expired = expired.filter(|(head, _)| !head.draft && is_over(head));
    let expired = expired.filter_map(|(head, document)| Some((head, document.route.as_ref()?)));
    let own = briefings.iter().map(|one| (&one.file.head, &one.route));
    let name = |(head, route): (&Arc<BriefingHead>, &Route)| {
        if weekly {
            inputs.config.below(route.as_str()).trim_start_matches("/briefings/").trim_end_matches('/').to_owned()
        } else {
            period(head.date.date(zone)).0
        }
    };
    let taken: HashSet<String> = own.chain(expired).map(name).collect();
    let mut periods: BTreeMap<String, Period> = BTreeMap::new();
    for (index, story) in listed.stories.iter().enumerate() {
        let date = story.date.date(zone);
        let (name, week) = period(date);
        if matches!(story.kind, StorySource::Article(_)) && !taken.contains(&name) {
            let period = Period { date, week, stories: Vec::new(), withdrawn: Vec::new() };
            periods.entry(name).or_insert(period).stories.push(StoryId(index));
        }
    }
    for (id, article) in listed.withdrawn() {
        if let Some(period) = periods.get_mut(&period(article.published.date(zone)).0) {
            period.withdrawn.push(id);
        }
    }
    let mut expired: HashMap<String, Vec<Dated<'_>>> = HashMap::new();
    for dated in expired_articles(inputs) {
        expired.entry(period(dated.published.date(zone)).0).or_default().push(dated);
    }
    let edition = |(name, Period { date, week, mut stories, withdrawn }): (String, Period)| {
        let priority = |id: &StoryId| listed.head(*id).map_or(0, |head| head.priority);
        stories.sort_by_key(|id| (-priority(id), *id));
        let present = stories.iter().filter_map(|id| listed.article(*id)).chain(withdrawn.iter().copied());
        let present = present.map(|id| Dated::of(&listed.articles[id.0]));
        let expired = expired.get(&name).into_iter().flatten().copied();
        let (published, updated) = times(inputs, &present.chain(expired).collect::<Vec<_>>());
        ShownEdition {
            file: None,
            route: inputs.config.own_route(&format!("/briefings/{name}/")),
            date: Moment::day(date, zone),
            published,
            updated,
            number: None,
            week,
            stories,
            placed: Vec::new(),
            withdrawn,
            preview: None,
        }
    };
    periods.into_iter().map(edition).collect()
}

/// An article, and when it first appeared.
#[derive(Clone, Copy)]
struct Dated<'a> {
    head: &'a ArticleHead,
    published: Moment,
}

impl<'a> Dated<'a> {
    fn of(article: &'a ShownArticle) -> Self {
        Self { head: &article.head, published: article.published }
    }
}

/// The articles that readers have seen and that have expired.
fn expired_articles(inputs: PassInputs<'_>) -> impl Iterator<Item = Dated<'_>> {
    let now = inputs.as_of.instant();
    let withheld = inputs.documents.numbered().filter(move |(doc, _)| inputs.shown[doc.0].is_withheld());
    let own = withheld.filter(move |(_, document)| inputs.config.has_language(document.language()));
    let dated = own.filter_map(move |(_, document)| {
        let (head, _) = document.article()?;
        Some(Dated { head, published: inputs.published(document)? })
    });
    dated.filter(move |Dated { head, published }| {
        !head.draft && head.expires.is_some_and(|at| at.instant() <= now && published.instant() < at.instant())
    })
}

/// The instant at which the first of these articles appeared, and the last substantial change if that was later. One that was
/// withdrawn or has expired counts from its day on, and its end is a change: what was published does not become later.
fn times(inputs: PassInputs<'_>, articles: &[Dated<'_>]) -> (Moment, Option<Moment>) {
    let first = articles.iter().map(|one| one.published).min_by_key(|at| at.instant()).unwrap_or(inputs.as_of);
    let passed = |at: &Moment| at.instant() <= inputs.as_of.instant();
    let changes = articles.iter().flat_map(|Dated { head, published }| {
        [Some(*published), head.modified(*published), head.expires.filter(passed)]
    });
    let last = changes.flatten().max_by_key(|at| at.instant());
    (first, last.filter(|at| at.instant() > first.instant()))
}

/// Reports an edition whose number is not higher than that of the one before it in time.
fn check_numbers(inputs: PassInputs<'_>, editions: &[ShownEdition], report: &mut Report) {
    let numbered: Vec<(&ShownEdition, u32, DocId)> =
        editions.iter().rev().filter_map(|e| Some((e, e.number?, e.file.as_ref()?.doc))).collect();
    for pair in numbered.windows(2) {
        let ((older, before, _), (_, number, doc)) = (&pair[0], &pair[1]);
        if number <= before {
            let document = inputs.documents.get(*doc);
            report.push(
                Diagnostic::error(
                    codes::EDITION_NUMBER,
                    format!("edition {number} follows edition {before} of {}", older.date.date(&inputs.config.zone)),
                )
                .at(document.place(&["number"]))
                .help("numbers rise with the dates; correct the one that is wrong"),
            );
        }
    }
}

/// The by-lines of editions.
pub(in crate::site) fn authors(editions: &[ShownEdition]) -> impl Iterator<Item = &String> {
    editions.iter().filter_map(|edition| edition.file.as_ref()).flat_map(|file| &file.head.authors)
}

/// The editions by source document.
pub(in crate::site) fn by_doc(editions: &[ShownEdition]) -> HashMap<DocId, EditionId> {
    let numbered = editions.iter().enumerate();
    numbered.filter_map(|(index, edition)| Some((edition.file.as_ref()?.doc, EditionId(index)))).collect()
}
