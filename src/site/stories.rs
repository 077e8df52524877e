//! Articles and stories: routes, order, neighbours, translations.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::registry::Registry;
use super::visibility::{Preview, Showing};
use super::{ArticleId, DocId, Site, StoryId, ThreadId, TopicId};
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, Source, UpdateKind};
use crate::content::markdown::Filling;

/// An article with a page of its own.
#[derive(Debug)]
pub struct Article {
    /// Its document.
    pub doc: DocId,
    /// Its route.
    pub route: Route,
    /// The story it is in lists; none when withdrawn.
    pub story: Option<StoryId>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
    /// What goes into its slots.
    pub fillings: Arc<[Filling]>,
    /// The main picture's address and size, when it has one.
    pub image: Option<Filling>,
    /// The sound file's address, when it has one.
    pub audio: Option<Box<str>>,
    /// Where the story comes from. Links within the site have the base path; one to what is withheld is none.
    pub sources: Vec<Source>,
    /// The article before it in time.
    pub previous: Option<ArticleId>,
    /// The article after it in time.
    pub next: Option<ArticleId>,
    /// Older stories about the same things, with the topics they share.
    pub related: Vec<(StoryId, Vec<TopicId>)>,
    /// Index of the thread it belongs to.
    pub thread: Option<ThreadId>,
    /// The same article in other languages and itself, by language; empty when it stands alone.
    pub translations: Vec<ArticleId>,
}

impl Article {
    /// Where its text is as Markdown: `/2023/10/17/visit/index.md`, or `/2023/visit.md` beside `/2023/visit.html`.
    pub fn twin_route(&self) -> Route {
        let path = self.route.as_str();
        match path.strip_suffix(".html") {
            Some(stem) => Route::own(&format!("{stem}.md")),
            None => Route::own(&format!("{path}index.md")),
        }
    }
}

/// What lists show: an article, or an item of a briefing.
#[derive(Debug)]
pub struct Story {
    /// Its document.
    pub doc: DocId,
    /// What it is.
    pub kind: StorySource,
    /// The route of its page.
    pub route: Route,
    /// First published.
    pub date: Moment,
    /// Its topics in the order given, the section first; without repeats.
    pub topics: Vec<TopicId>,
    /// The section.
    pub section: Option<TopicId>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
}

/// What a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorySource {
    /// An article.
    Article(ArticleId),
    /// An item of a briefing, by its place in it.
    Item(usize),
}

impl Story {
    /// Path and fragment, without the base path.
    pub fn path(&self, site: &Site) -> String {
        match (self.kind, &site.document(self.doc).content) {
            (StorySource::Item(item), Content::Briefing(_, body)) => format!("{}#{}", self.route, body.items[item].id),
            _ => self.route.to_string(),
        }
    }
}

/// The head of an article's document.
pub fn article_head(document: &Document) -> &ArticleHead {
    match &document.content {
        Content::Article(head, _) => head,
        _ => unreachable!("an article's document is an article"),
    }
}

/// Finds all shown articles, newest first; stories are made of them later, in [`order`].
pub(super) fn add_articles(site: &mut Site, shown: &[Showing]) {
    let article = |(index, (document, showing)): (usize, (&Arc<Document>, &Showing))| {
        let (Content::Article(head, _), Showing::Shown(preview)) = (&document.content, *showing) else { return None };
        let article = Article {
            doc: DocId(index),
            route: document.route.clone()?,
            story: None,
            preview,
            fillings: Arc::default(),
            image: None,
            audio: None,
            sources: Vec::new(),
            previous: None,
            next: None,
            related: Vec::new(),
            thread: None,
            translations: Vec::new(),
        };
        Some((head.date.instant(), article))
    };
    let documents = site.documents.par_iter().zip(shown).enumerate();
    let mut articles: Vec<_> = documents.filter_map(article).collect();
    articles.par_sort_by(|(a, article_a), (b, article_b)| b.cmp(a).then_with(|| article_a.route.cmp(&article_b.route)));
    site.articles = articles.into_iter().map(|(_, article)| article).collect();
}

/// Reports updates of published articles that are dated after the instant of publication.
pub(super) fn check_updates(site: &Site, report: &mut Report) {
    let articles = site.articles.iter().map(|article| (article.doc, article.preview));
    let editions = site.editions.iter().filter_map(|edition| Some((edition.doc?, edition.preview)));
    for (doc, _) in articles.chain(editions).filter(|(_, preview)| preview.is_none()) {
        let document = site.document(doc);
        let updates = match &document.content {
            Content::Article(head, _) => &head.updates,
            Content::Briefing(head, _) => &head.updates,
            _ => continue,
        };
        for update in updates {
            if update.at.instant() > site.as_of.instant() {
                // A warning: a site that is built as it was in the past is no mistake.
                report.push(
                    Diagnostic::warning(
                        codes::BAD_VALUE,
                        format!("the update of {} is in the future", update.at.rfc3339(&site.config.zone)),
                    )
                    .at(document.place(&["updates"]))
                    .help("correct its date; readers see it now"),
                );
            }
        }
    }
}

/// Whether the article's last word is that it no longer stands.
pub fn is_withdrawn(head: &ArticleHead) -> bool {
    head.updates.iter().any(|update| update.kind == UpdateKind::Withdrawn)
}

/// Makes stories of articles and briefing items, newest first, with their topics; and links neighbours.
pub(super) fn order(site: &mut Site, registry: &Registry, report: &mut Report) {
    let found: Vec<_> = site
        .articles
        .par_iter()
        .enumerate()
        .filter_map(|(index, article)| story(site, ArticleId(index), article, registry))
        .collect();
    let mut stories: Vec<Story> = found.into_iter().map(|story| report.take(story)).collect();
    super::briefings::add_items(site, registry, &mut stories, report);
    stories.par_sort_by(|a, b| {
        let rank = |story: &Story| match story.kind {
            StorySource::Article(_) => 0,
            StorySource::Item(item) => item + 1,
        };
        b.date.instant().cmp(&a.date.instant()).then_with(|| a.route.cmp(&b.route)).then_with(|| rank(a).cmp(&rank(b)))
    });
    let mut newer = None;
    for (index, story) in stories.iter().enumerate() {
        let StorySource::Article(id) = story.kind else { continue };
        site.articles[id.0].story = Some(StoryId(index));
        site.articles[id.0].next = newer;
        if let Some(ArticleId(newer)) = newer {
            site.articles[newer].previous = Some(id);
        }
        newer = Some(id);
    }
    site.stories = stories;
}

/// The story that an article is; none when it is withdrawn.
fn story(site: &Site, id: ArticleId, article: &Article, registry: &Registry) -> Option<(Story, Report)> {
    let document = site.document(article.doc);
    let head = article_head(document);
    if is_withdrawn(head) {
        return None;
    }
    let mut report = Report::default();
    let section = head.section.as_ref().map(|name| registry.find(name));
    let topics = distinct(section.into_iter().chain(head.topics.iter().map(|name| registry.find(name))));
    check_closed(site, document, head.section.iter().map(|name| ("section", None, name)), registry, &mut report);
    let names = head.topics.iter().enumerate().map(|(index, name)| ("topics", Some(index), name));
    check_closed(site, document, names, registry, &mut report);
    let (kind, route) = (StorySource::Article(id), article.route.clone());
    let story = Story { doc: article.doc, kind, route, date: head.date, topics, section, preview: article.preview };
    Some((story, report))
}

/// Topics in the order given, each once.
pub(super) fn distinct(topics: impl Iterator<Item = TopicId>) -> Vec<TopicId> {
    let mut seen = HashSet::new();
    topics.filter(|topic| seen.insert(*topic)).collect()
}

/// Reports names without a file where the configuration asks for one.
pub(super) fn check_closed<'a>(
    site: &Site,
    document: &Document,
    names: impl Iterator<Item = (&'static str, Option<usize>, &'a String)>,
    registry: &Registry,
    report: &mut Report,
) {
    if site.config.topics == crate::config::TopicPolicy::Open {
        return;
    }
    for (key, index, name) in names {
        if registry.has_file(name) || site.is_unread(&document.path, &text::slugify(&text::fold(name))) {
            continue;
        }
        let index = index.map(|i| i.to_string());
        let place = document.place(&[Some(key), index.as_deref()].into_iter().flatten().collect::<Vec<_>>());
        let mut problem =
            Diagnostic::error(codes::UNKNOWN_TOPIC, format!("`{name}` is not a topic of this site")).at(place);
        problem = match registry.nearest(name) {
            Some(near) => problem.help(format!("did you mean `{near}`?")).replace_with(near),
            None => problem.help(format!(
                "add a file for it under `content/topics/`, or set `topics: open` in `{}`",
                site.config.file()
            )),
        };
        report.push(problem);
    }
}
