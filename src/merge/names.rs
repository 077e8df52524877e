//! The index of topic names in a site's content, and of the files that use them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::story::StoryEdit;
use crate::base::disk;
use crate::base::report::Report;
use crate::base::text;
use crate::config::Config;
use crate::content::folders::CONTENT;
use crate::content::gather::bounds;

/// The content files that can name topics, with an index of the names.
pub(super) struct TopicNames {
    /// One entry per parsed file, in path order.
    pub(super) stories: Vec<StoryEdit>,
    /// Spellings by folded name; the number counts the uses outside drafts.
    used: BTreeMap<String, BTreeMap<String, usize>>,
}

/// One side of a merge: a topic with all its names.
pub(super) struct Side {
    /// The title in the topic's file; without a file, the most used spelling; for an unused name, the name as given.
    pub(super) title: String,
    /// All names of the topic in folded form (`text::fold`).
    pub(super) folded: BTreeSet<String>,
    /// The index of the topic's file in `TopicNames::stories`, if it has one.
    pub(super) topic: Option<usize>,
    /// Whether any content file uses one of the names.
    pub(super) is_used: bool,
}

impl TopicNames {
    /// Reads all files below `content/`. If the report has errors, the index is incomplete and must not be acted on.
    pub(super) fn read(root: &Path, config: &Config) -> (Self, Report) {
        let (entries, mut report) = disk::walk_within(&disk::join(root, CONTENT), CONTENT, &bounds(root, Some(config)));
        let mut names = Self { stories: Vec::new(), used: BTreeMap::new() };
        for entry in &entries {
            match StoryEdit::read(entry, config) {
                Ok(story) => names.stories.extend(story),
                Err(problems) => report.extend(problems),
            }
        }
        for story in &names.stories {
            let (used, is_seen) = story.head.names();
            for name in used {
                let spellings = names.used.entry(text::fold(name)).or_default();
                *spellings.entry(name.clone()).or_default() += usize::from(is_seen);
            }
        }
        (names, report)
    }

    /// Resolves a name to a topic: first by title, then by alias, both folded; otherwise the topic is the bare name.
    pub(super) fn side(&self, name: &str) -> Side {
        let name = name.trim();
        let folded = text::fold(name);
        let is = |other: &String| text::fold(other) == folded;
        let heads = || self.stories.iter().enumerate().filter_map(|(at, story)| Some((at, story.topic()?)));
        let by_title = heads().find(|(_, head)| is(&head.title));
        if let Some((at, head)) = by_title.or_else(|| heads().find(|(_, head)| head.aliases.iter().any(is))) {
            let others = heads().filter(|(other, _)| *other != at);
            let titles: BTreeSet<String> = others.map(|(_, head)| text::fold(&head.title)).collect();
            // A title takes precedence over the same name as an alias in another file.
            let aliases = head.aliases.iter().map(|alias| text::fold(alias)).filter(|alias| !titles.contains(alias));
            let folded: BTreeSet<String> = aliases.chain([text::fold(&head.title)]).collect();
            let is_used = folded.iter().any(|name| self.used.contains_key(name));
            return Side { title: head.title.clone(), folded, topic: Some(at), is_used };
        }
        let spellings = self.used.get(&folded);
        let most = spellings.and_then(|all| all.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))));
        let title = most.map_or_else(|| name.to_owned(), |(spelling, _)| spelling.clone());
        Side { title, folded: BTreeSet::from([folded]), topic: None, is_used: spellings.is_some() }
    }

    /// The known name most similar to an unknown one, for a hint; `None` when none is close.
    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for head in self.stories.iter().filter_map(StoryEdit::topic) {
            for name in std::iter::once(&head.title).chain(&head.aliases) {
                known.entry(text::fold(name)).or_insert_with(|| name.clone());
            }
        }
        for (folded, spellings) in &self.used {
            known.entry(folded.clone()).or_insert_with(|| spellings.keys().next().cloned().unwrap_or_default());
        }
        let near = text::nearest(&text::fold(name), known.keys().map(String::as_str))?.to_owned();
        known.remove(&near)
    }
}
