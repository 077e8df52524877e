//! Threads: developing stories that are told in several articles.

use std::collections::BTreeMap;

use super::named::Listed;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{ArticleId, StoryId, ThreadId};
use crate::site::model::{StorySource, Thread};
use crate::site::registry::slugs::{SlugClaim, Slugs, assign};

/// The articles of one thread, oldest first, and the number of times that each spelling of its name occurs.
#[derive(Default)]
struct Parts<'a> {
    spellings: BTreeMap<&'a str, usize>,
    parts: Vec<(StoryId, ArticleId)>,
}

/// Returns all threads, and the thread of each article. A name with a single article is not shown as a thread yet,
/// but has a page already, so that its address exists from the first day.
pub(in crate::site) fn gather(
    inputs: PassInputs<'_>,
    listed: Listed<'_>,
    report: &mut Report,
) -> (Vec<Thread>, Vec<Option<ThreadId>>) {
    let Listed { articles, stories, .. } = listed;
    let mut found: BTreeMap<String, Parts<'_>> = BTreeMap::new();
    for (index, story) in stories.iter().enumerate().rev() {
        let StorySource::Article(article) = story.kind else { continue };
        let Some(name) = &articles[article.0].head.thread else { continue };
        let entry = found.entry(text::fold(name)).or_default();
        *entry.spellings.entry(name).or_default() += 1;
        entry.parts.push((StoryId(index), article));
    }
    let names: Vec<String> = found.keys().cloned().collect();
    let first = |parts: &Parts<'_>| parts.parts.first().map(|(story, _)| stories[story.0].date.instant());
    let claims: Vec<SlugClaim<'_>> = found
        .iter()
        .map(|(folded, parts)| SlugClaim { folded, given: None, has_file: false, first: first(parts) })
        .collect();
    let owner = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).ok();
    let Slugs { slugs, displaced } = assign(&claims, "threads", inputs.config, inputs.lock, owner);
    let mut threads: Vec<(Thread, Vec<ArticleId>)> = found
        .into_iter()
        .zip(&slugs)
        .map(|((folded, Parts { spellings, parts }), slug)| {
            let title =
                spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map_or("", |(name, _)| *name);
            let (stories, articles) = parts.into_iter().unzip();
            let route = inputs.config.own_route(&format!("/threads/{slug}/"));
            (Thread { title: title.to_owned(), folded, route, stories }, articles)
        })
        .collect();
    for (at, holder) in displaced {
        let ((thread, _), (other, _)) = (&threads[at], &threads[holder]);
        let problem = Diagnostic::warning(
            codes::SHARED_SLUG,
            format!(
                "`{}` and `{}` want one address: the second keeps `{}`, the first is at `{}`",
                thread.title, other.title, other.route, thread.route
            ),
        )
        .help("if they are one thread, write both names alike");
        report.push(match thread.stories.first() {
            Some(story) => problem.at(inputs.documents.get(stories[story.0].doc).place(&["thread"])),
            None => problem,
        });
    }
    threads.sort_by_key(|(thread, _)| thread.stories.last().copied());
    let mut of_article = vec![None; articles.len()];
    for (index, (_, parts)) in threads.iter().enumerate() {
        for ArticleId(article) in parts {
            of_article[*article] = Some(ThreadId(index));
        }
    }
    (threads.into_iter().map(|(thread, _)| thread).collect(), of_article)
}
