//! Threads: developing stories told in several articles.

use std::collections::BTreeMap;

use super::stories::{StorySource, article_head};
use super::{ArticleId, Site, StoryId};
use crate::base::digest::Digest;
use crate::base::route::Route;
use crate::base::text;

/// A developing story.
#[derive(Debug)]
pub struct Thread {
    /// Its name: the most used spelling.
    pub title: String,
    /// Its route: `/threads/putin-in-beijing/`.
    pub route: Route,
    /// Its parts, oldest first.
    pub stories: Vec<StoryId>,
}

/// The articles that name one thread, oldest first, and how they spell it.
#[derive(Default)]
struct Parts<'a> {
    spellings: BTreeMap<&'a str, usize>,
    parts: Vec<(StoryId, ArticleId)>,
}

/// Finds all threads. One with a single article is no thread yet, but has its page all the same, so that its address
/// holds from the first day.
pub(super) fn gather(site: &mut Site) {
    let mut found: BTreeMap<String, Parts<'_>> = BTreeMap::new();
    for (index, story) in site.stories.iter().enumerate().rev() {
        let StorySource::Article(article) = story.kind else { continue };
        let Some(name) = &article_head(site.document(story.doc)).thread else { continue };
        let entry = found.entry(text::fold(name)).or_default();
        *entry.spellings.entry(name).or_default() += 1;
        entry.parts.push((StoryId(index), article));
    }
    let mut threads: Vec<(Thread, Vec<ArticleId>)> = found
        .into_iter()
        .map(|(folded, Parts { spellings, parts })| {
            let title =
                spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map_or("", |(name, _)| *name);
            let slug = match text::slugify(&folded) {
                slug if slug.is_empty() => format!("thread-{}", Digest::of(folded.as_bytes()).short()),
                slug => slug,
            };
            let (stories, articles) = parts.into_iter().unzip();
            (Thread { title: title.to_owned(), route: Route::own(&format!("/threads/{slug}/")), stories }, articles)
        })
        .collect();
    threads.sort_by_key(|(thread, _)| thread.stories.last().copied());
    for (index, (thread, articles)) in threads.into_iter().enumerate() {
        for ArticleId(article) in articles {
            site.articles[article].thread = Some(index);
        }
        site.threads.push(thread);
    }
}
