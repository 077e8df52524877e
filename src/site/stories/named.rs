//! Makes stories of articles and of items of briefings, and puts them in order.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::shown::{ShownArticle, ShownBriefing};
use crate::base::date::Moment;
use crate::base::report::Report;
use crate::base::route::Route;
use crate::content::head::ArticleHead;
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, StoryId};
use crate::site::model::{Site, Story, StorySource};
use crate::site::registry::closed::{check_closed, check_item_topics};
use crate::site::registry::names::{NameId, Registry};

impl Story {
    /// Returns the path, with a fragment for an item of a briefing, but without the base path.
    pub fn path(&self) -> String {
        match &self.kind {
            StorySource::Item { item, .. } => format!("{}#{}", self.route, item.id),
            StorySource::Article(_) => self.route.to_string(),
        }
    }
}

/// Returns the front matter of a story that is an article; none for an item of a briefing.
pub fn story_head(site: &Site, id: StoryId) -> Option<&ArticleHead> {
    match site.story(id).kind {
        StorySource::Article(id) => Some(&site.article(id).head),
        StorySource::Item { .. } => None,
    }
}

/// A story whose topics are not resolved yet. A name becomes a topic with a page only if enough stories have it, which is
/// known when all stories have been read.
pub(in crate::site) struct NamedStory {
    pub(in crate::site) doc: DocId,
    pub(in crate::site) kind: StorySource,
    pub(in crate::site) route: Route,
    pub(in crate::site) date: Moment,
    /// The topics in the given order without duplicates, the section first.
    pub(in crate::site) topics: Vec<NameId>,
    pub(in crate::site) section: Option<NameId>,
    pub(in crate::site) preview: Option<Preview>,
}

/// The position of an article in the list of stories.
#[derive(Clone, Copy, Default)]
pub(in crate::site) struct Neighbors {
    /// The story of this article; none for a withdrawn article.
    pub(in crate::site) story: Option<StoryId>,
    /// The next older article.
    pub(in crate::site) previous: Option<ArticleId>,
    /// The next newer article.
    pub(in crate::site) next: Option<ArticleId>,
}

/// The input of the later passes: all articles and stories, in their final order.
#[derive(Clone, Copy)]
pub(in crate::site) struct Listed<'a> {
    pub(in crate::site) articles: &'a [ShownArticle],
    /// The positions of the articles, by `ArticleId`.
    pub(in crate::site) neighbors: &'a [Neighbors],
    pub(in crate::site) stories: &'a [Story],
}

impl<'a> Listed<'a> {
    /// Returns the article of a story that is one.
    pub(in crate::site) fn article(&self, id: StoryId) -> Option<ArticleId> {
        match self.stories[id.0].kind {
            StorySource::Article(article) => Some(article),
            StorySource::Item { .. } => None,
        }
    }

    /// Returns the front matter of a story that is an article.
    pub(in crate::site) fn head(&self, id: StoryId) -> Option<&'a ArticleHead> {
        self.article(id).map(|ArticleId(at)| &*self.articles[at].head)
    }

    /// Returns the withdrawn articles. They keep their page, but are not stories, so no list shows them.
    pub(in crate::site) fn withdrawn(&self) -> impl Iterator<Item = (ArticleId, &'a ShownArticle)> {
        let numbered = self.articles.iter().zip(self.neighbors).enumerate();
        numbered.filter(|(_, (_, own))| own.story.is_none()).map(|(index, (article, _))| (ArticleId(index), article))
    }
}

/// Makes a story of each article that is not withdrawn.
pub(in crate::site) fn of_articles(
    inputs: PassInputs<'_>,
    articles: &[ShownArticle],
    registry: &Registry,
    report: &mut Report,
) -> Vec<NamedStory> {
    let found: Vec<_> = articles
        .par_iter()
        .enumerate()
        .filter_map(|(index, article)| story(inputs, ArticleId(index), article, registry))
        .collect();
    found.into_iter().map(|story| report.take(story)).collect()
}

/// Sorts stories, newest first. Ties are broken by route and position, so that the order does not depend on threads.
pub(in crate::site) fn order(mut stories: Vec<NamedStory>) -> Vec<NamedStory> {
    let rank = |story: &NamedStory| match story.kind {
        StorySource::Article(_) => 0,
        StorySource::Item { index, .. } => index + 1,
    };
    stories.par_sort_by(|a, b| {
        b.date.instant().cmp(&a.date.instant()).then_with(|| a.route.cmp(&b.route)).then_with(|| rank(a).cmp(&rank(b)))
    });
    stories
}

/// Finds the neighbours of all articles in the sorted stories, in one pass. `articles` is their number.
pub(in crate::site) fn neighbors(stories: &[Story], articles: usize) -> Vec<Neighbors> {
    let mut all = vec![Neighbors::default(); articles];
    let mut newer = None;
    for (index, story) in stories.iter().enumerate() {
        let StorySource::Article(id) = story.kind else { continue };
        all[id.0].story = Some(StoryId(index));
        all[id.0].next = newer;
        if let Some(ArticleId(newer)) = newer {
            all[newer].previous = Some(id);
        }
        newer = Some(id);
    }
    all
}

/// Makes a story of an article; none if it is withdrawn.
fn story(
    inputs: PassInputs<'_>,
    id: ArticleId,
    article: &ShownArticle,
    registry: &Registry,
) -> Option<(NamedStory, Report)> {
    let ShownArticle { doc, head, route, published, preview, .. } = article;
    if is_withdrawn(head) {
        return None;
    }
    let document = inputs.documents.get(*doc);
    let mut report = Report::default();
    let section = head.section.as_ref().map(|name| registry.find(name));
    let topics = distinct(section.into_iter().chain(head.topics.iter().map(|name| registry.find(name))));
    check_closed(inputs, document, head.section.iter().map(|name| ("section", None, name)), registry, &mut report);
    let names = head.topics.iter().enumerate().map(|(index, name)| ("topics", Some(index), name));
    check_closed(inputs, document, names, registry, &mut report);
    let (kind, route) = (StorySource::Article(id), route.clone());
    let story = NamedStory { doc: *doc, kind, route, date: *published, topics, section, preview: *preview };
    Some((story, report))
}

/// Makes a story of each item of a briefing. An item without topics inherits those of the briefing.
pub(in crate::site) fn of_items(
    inputs: PassInputs<'_>,
    briefings: &[ShownBriefing],
    registry: &Registry,
    report: &mut Report,
) -> Vec<NamedStory> {
    let mut stories = Vec::new();
    for ShownBriefing { file, route, published, preview } in briefings {
        let document = inputs.documents.get(file.doc);
        let topics = file.head.topics.iter().enumerate().map(|(i, t)| ("topics", Some(i), t));
        check_closed(inputs, document, topics, registry, report);
        for (index, item) in file.body.items.iter().enumerate() {
            let names = if item.topics.is_empty() { &file.head.topics } else { &item.topics };
            check_item_topics(inputs, document, item, registry, report);
            stories.push(NamedStory {
                doc: file.doc,
                kind: StorySource::Item { index, item: Arc::clone(item) },
                route: route.clone(),
                date: *published,
                topics: distinct(names.iter().map(|name| registry.find(name))),
                section: None,
                preview: *preview,
            });
        }
    }
    stories
}

/// Removes duplicate names and keeps the order.
fn distinct(names: impl Iterator<Item = NameId>) -> Vec<NameId> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
