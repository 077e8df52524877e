//! Articles and stories: routes, order, neighbours, translations.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::closed::check_closed;
pub use super::heads::is_withdrawn;
use super::ids::{ArticleId, DocId, StoryId, TopicId};
pub use super::model::StorySource;
use super::model::{Article, Site, Story};
use super::registry::Registry;
use super::visibility::Showing;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::content::document::Document;
use crate::content::head::ArticleHead;

impl Story {
    /// Path and fragment, without the base path.
    pub fn path(&self) -> String {
        match &self.kind {
            StorySource::Item { item, .. } => format!("{}#{}", self.route, item.id),
            StorySource::Article(_) => self.route.to_string(),
        }
    }
}

/// The head of an article story.
pub fn story_head(site: &Site, id: StoryId) -> Option<&ArticleHead> {
    match site.story(id).kind {
        StorySource::Article(id) => Some(&site.article(id).head),
        StorySource::Item { .. } => None,
    }
}

/// Finds all shown articles, newest first; stories are made of them later, in [`of_articles`].
pub(super) fn add_articles(site: &mut Site, shown: &[Showing]) {
    let article = |(index, (document, showing)): (usize, (&Arc<Document>, &Showing))| {
        let (Some((head, body)), Showing::Shown(preview)) = (document.article(), *showing) else { return None };
        let article = Article {
            doc: DocId(index),
            head: Arc::clone(head),
            body: Arc::clone(body),
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
    let articles = site.articles.iter().map(|article| (article.doc, &article.head.updates, article.preview));
    let editions = site.editions.iter().filter_map(|edition| {
        let file = edition.file.as_ref()?;
        Some((file.doc, &file.head.updates, edition.preview))
    });
    for (doc, updates, _) in articles.chain(editions).filter(|(_, _, preview)| preview.is_none()) {
        let document = site.document(doc);
        for update in updates {
            if update.at.instant() > site.as_of.instant() {
                // A warning: a site that is built as it was in the past is no mistake.
                report.push(
                    Diagnostic::warning(
                        codes::BAD_VALUE,
                        format!("the update of {} is in the future", update.at.rfc3339(&site.config.zone)),
                    )
                    .at(match update.index {
                        Some(index) => document.place(&["updates", &index.to_string(), "at"]),
                        None => document.place(&["updated"]),
                    })
                    .help("correct its date; readers see it now"),
                );
            }
        }
    }
}

/// The stories that articles are, with their topics.
pub(super) fn of_articles(site: &Site, registry: &Registry, report: &mut Report) -> Vec<Story> {
    let found: Vec<_> = site
        .articles
        .par_iter()
        .enumerate()
        .filter_map(|(index, article)| story(site, ArticleId(index), article, registry))
        .collect();
    found.into_iter().map(|story| report.take(story)).collect()
}

/// Orders stories, newest first, and links neighbours.
pub(super) fn order(site: &mut Site, mut stories: Vec<Story>) {
    stories.par_sort_by(|a, b| {
        let rank = |story: &Story| match story.kind {
            StorySource::Article(_) => 0,
            StorySource::Item { index, .. } => index + 1,
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
    let head = &article.head;
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
