//! The list of stories on the desk, with search and filter.

use std::collections::HashMap;

use serde::Serialize;

use crate::base::date::Moment;
use crate::content::head::{ArticleHead, Status};
use crate::plan::SiteContext;
use crate::site::{Effect, Preview, TopicId, WithheldReason};

/// The most stories listed at once; the search finds the others.
const LISTED: usize = 200;

/// The states of a story, in the order in which the filter shows them.
const STATES: &[&str] = &["live", "developing", "scheduled", "embargoed", "draft", "expired", "withdrawn"];

/// The view of the list for the desk's template.
#[derive(Serialize)]
pub(super) struct Stories {
    /// The search words as typed.
    query: String,
    /// The selected state; empty for all.
    status: String,
    /// Every state that some story has, and the selected one, with its number of stories.
    states: Vec<State>,
    /// The number of stories, before search and filter.
    all: usize,
    /// The number of stories that pass search and filter, listed or not.
    fitting: usize,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct State {
    name: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Row {
    status: &'static str,
    /// The instant at which a scheduled or embargoed story appears by itself, if known.
    until: Option<When>,
    title: String,
    /// The URL of its page; `None` for a withheld story.
    url: Option<String>,
    date: Option<When>,
    kind: &'static str,
    section: Option<String>,
    topics: Vec<StoryLink>,
    authors: String,
    path: String,
}

/// An instant in two forms: RFC 3339 for `<time datetime>`, and short text in the site's time zone.
#[derive(Clone, Serialize)]
pub(super) struct When {
    pub(super) iso: String,
    pub(super) text: String,
}

impl When {
    pub(super) fn new(context: &SiteContext, moment: Moment) -> Self {
        let zone = &context.site.config.zone;
        // The clock tells more than a second; nobody reads it.
        let whole = jiff::Timestamp::from_second(moment.instant().as_second()).map_or(moment, Moment::at);
        let text = if moment.is_day_only() { moment.short(zone) } else { whole.short(zone) };
        Self { iso: moment.rfc3339(zone), text }
    }
}

/// A link to a page of the site.
#[derive(Clone, Serialize)]
pub(super) struct StoryLink {
    pub(super) title: String,
    pub(super) url: String,
}

#[derive(Clone, Copy)]
enum RowSource {
    Article(usize),
    Edition(usize),
    Page(usize),
    Withheld(usize),
}

#[derive(Clone, Copy)]
struct StoryEntry<'c> {
    /// The edition in the story's language.
    context: &'c SiteContext,
    source: RowSource,
    status: &'static str,
    /// The sort key in seconds since 1970, shown in descending order. Drafts that have no date come first, pages and
    /// expired stories last.
    order: i64,
}

/// A search of the list.
#[derive(Clone, Default)]
pub(super) struct Query {
    /// Search words, separated by white space; a story must contain all of them, in any letter case.
    pub(super) words: String,
    /// One of `STATES`; any other value, such as an empty one, selects all.
    pub(super) status: String,
}

/// A draft that can be published.
#[derive(Serialize)]
pub(super) struct Draft {
    title: String,
    path: String,
}

/// Returns all drafts, by their paths.
pub(super) fn drafts(context: &SiteContext) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = entries(context)
        .into_iter()
        .filter(|entry| entry.status == word(Some(Preview::Draft)))
        .map(|entry| row(context, entry, &HashMap::new()))
        .map(|Row { title, path, .. }| Draft { title, path })
        .collect();
    drafts.sort_by(|one, other| one.path.cmp(&other.path));
    drafts
}

/// Returns the stories that match the query, newest first.
pub(super) fn stories(context: &SiteContext, query: &Query) -> Stories {
    let Query { words, status } = query.clone();
    let mut entries: Vec<StoryEntry<'_>> = context.editions().flat_map(entries).collect();
    let counts = STATES
        .iter()
        .map(|name| State { name, count: entries.iter().filter(|entry| entry.status == *name).count() })
        // The selected state stays in the filter when its last story leaves it.
        .filter(|state| state.count > 0 || state.name == status)
        .collect();
    let all = entries.len();
    if STATES.contains(&status.as_str()) {
        entries.retain(|entry| entry.status == status);
    }
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if !wanted.is_empty() {
        entries.retain(|entry| {
            let text = haystack(entry.context, entry.source).to_lowercase();
            wanted.iter().all(|word| text.contains(word.as_str()))
        });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.order));
    // The entries of live coverage appear after their story, whose own time counts.
    let appears: HashMap<&str, Moment> = context
        .site
        .upcoming
        .iter()
        .rev()
        .filter(|change| change.effect == Effect::Appears)
        .map(|change| (change.path.as_str(), change.at))
        .collect();
    let rows = entries.iter().take(LISTED).map(|entry| row(entry.context, *entry, &appears)).collect();
    Stories { query: words, status, states: counts, all, fitting: entries.len(), rows }
}

/// The entries of the edition of one language. What is withheld is all with the main one.
fn entries(context: &SiteContext) -> Vec<StoryEntry<'_>> {
    let site = &context.site;
    let order = |moment: Moment| moment.instant().as_second();
    let mut entries = Vec::with_capacity(site.articles.len() + site.withheld.len());
    entries.extend(site.articles.iter().enumerate().map(|(index, article)| {
        let head = &article.head;
        let status = match article.preview {
            None if article.story.is_none() => "withdrawn",
            None if head.status == Some(Status::Developing) => "developing",
            preview => word(preview),
        };
        StoryEntry { context, source: RowSource::Article(index), status, order: order(article.published) }
    }));
    let editions = site.editions.iter().enumerate().filter(|(_, edition)| edition.file.is_some());
    entries.extend(editions.map(|(index, edition)| StoryEntry {
        context,
        source: RowSource::Edition(index),
        status: word(edition.preview),
        order: order(edition.date),
    }));
    entries.extend(site.pages.iter().enumerate().map(|(index, page)| StoryEntry {
        context,
        source: RowSource::Page(index),
        status: word(page.preview),
        order: i64::MIN,
    }));
    let withheld = site.withheld.iter().enumerate().filter(|_| site.config.is_root());
    entries.extend(withheld.map(|(index, held)| StoryEntry {
        context,
        source: RowSource::Withheld(index),
        status: held.reason.word(),
        order: match held.reason {
            WithheldReason::Expired => i64::MIN,
            _ => held.until.map_or(i64::MAX, order),
        },
    }));
    entries
}

fn word(preview: Option<Preview>) -> &'static str {
    match preview {
        None => "live",
        Some(Preview::Draft) => "draft",
        Some(Preview::Scheduled) => "scheduled",
        Some(Preview::Embargoed) => "embargoed",
    }
}

/// The text that the search looks in: the row's visible text, and the topics as the file spells them.
fn haystack(context: &SiteContext, source: RowSource) -> String {
    let site = &context.site;
    match source {
        RowSource::Article(index) => {
            let article = &site.articles[index];
            let document = site.document(article.doc);
            let ids = article.story.map_or(&[][..], |story| &site.story(story).topics);
            let shown: Vec<&str> = ids.iter().map(|id| site.topic(*id).title.as_str()).collect();
            let ArticleHead { title, topics, section, authors, .. } = &*article.head;
            let section = section.as_deref().unwrap_or("");
            let (topics, shown, authors) = (topics.join(" "), shown.join(" "), authors.join(" "));
            format!("{title} {topics} {section} {shown} {authors} {}", document.path)
        }
        RowSource::Edition(index) => {
            let edition = &site.editions[index];
            let path = edition.doc().map_or("", |doc| site.document(doc).path.as_str());
            format!("{} {path}", context.briefing_title(edition))
        }
        RowSource::Page(index) => {
            let page = &site.pages[index];
            format!("{} {}", page.head.title, site.document(page.doc).path)
        }
        RowSource::Withheld(index) => format!("{} {}", site.withheld[index].title, site.withheld[index].path),
    }
}

fn row(context: &SiteContext, entry: StoryEntry<'_>, appears: &HashMap<&str, Moment>) -> Row {
    let site = &context.site;
    let topic = |id: &TopicId| {
        let topic = context.topic_ref(*id);
        StoryLink { title: topic.title.clone(), url: topic.url.clone() }
    };
    let mut row = match entry.source {
        RowSource::Article(index) => {
            let article = &site.articles[index];
            let document = site.document(article.doc);
            let head = &article.head;
            let story = article.story.map(|story| site.story(story));
            let section = story.and_then(|story| story.section);
            Row {
                title: head.title.clone(),
                url: Some(context.link(article.route.as_str())),
                date: Some(When::new(context, article.published)),
                kind: "article",
                section: section.map(|id| context.topic_ref(id).title.clone()),
                topics: story
                    .map(|story| story.topics.iter().filter(|id| Some(**id) != section).map(topic).collect())
                    .unwrap_or_default(),
                authors: head.authors.join(", "),
                ..Row::of(&document.path, entry.status)
            }
        }
        RowSource::Edition(index) => {
            let edition = &site.editions[index];
            let document = edition.doc().map(|doc| site.document(doc));
            Row {
                title: context.briefing_title(edition),
                url: Some(context.link(edition.route.as_str())),
                date: Some(When::new(context, edition.date)),
                kind: "briefing",
                ..Row::of(document.map_or("", |document| &document.path), entry.status)
            }
        }
        RowSource::Page(index) => {
            let page = &site.pages[index];
            let document = site.document(page.doc);
            Row {
                title: page.head.title.clone(),
                url: Some(context.link(page.route.as_str())),
                kind: "page",
                ..Row::of(&document.path, entry.status)
            }
        }
        RowSource::Withheld(index) => {
            let held = &site.withheld[index];
            let kind = match held.path.split('/').nth(1) {
                Some("briefings") => "briefing",
                Some("pages") => "page",
                _ if site.document(held.doc).entry().is_some() => "entry",
                _ => "article",
            };
            let date = held.until.map(|until| When::new(context, until));
            Row { title: held.title.clone(), kind, date, ..Row::of(&held.path, entry.status) }
        }
    };
    if matches!(entry.status, "scheduled" | "embargoed") {
        row.until = appears.get(row.path.as_str()).map(|at| When::new(context, *at));
    }
    row
}

impl Row {
    fn of(path: &str, status: &'static str) -> Self {
        Self {
            status,
            until: None,
            title: String::new(),
            url: None,
            date: None,
            kind: "article",
            section: None,
            topics: Vec::new(),
            authors: String::new(),
            path: path.to_owned(),
        }
    }
}
