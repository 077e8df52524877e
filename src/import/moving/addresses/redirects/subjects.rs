//! The subjects of a site's public stories, and the pages that the new site has for them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::{fold, slugify};
use crate::import::moving::addresses::names::Hugo;
use crate::import::moving::front_matter::Head;
use crate::import::moving::front_matter::subjects::{jekyll_categories, list};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program};
use crate::import::moving::source::values::{get, text, texts};

/// The address of the list of all topics.
pub(super) const TOPICS: &str = "/topics/";

/// The topics, threads and sections of public stories.
#[derive(Default)]
pub(super) struct Subjects {
    topics: BTreeSet<String>,
    threads: BTreeSet<String>,
    /// The terms that stories name, by front matter key.
    named: BTreeMap<String, BTreeSet<String>>,
    /// The first path segment of each news section.
    pub(super) sections: BTreeSet<String>,
}

impl Subjects {
    pub(super) fn of<'s>(
        program: Program,
        settings: &Settings,
        stories: impl Iterator<Item = &'s (MovedStory, Head)>,
    ) -> Self {
        let mut subjects = Self::default();
        let public = stories.filter(|(_, head)| head.is_article && !head.ours.contains_key("draft"));
        for (story, head) in public {
            let names = |key: &str| head.ours.get(key).and_then(texts).unwrap_or_default();
            // A section has the page of a topic.
            subjects.topics.extend(names("topics").into_iter().chain(names("section")));
            subjects.threads.extend(names("thread"));
            let taxonomies = get(&story.front, "taxonomies").and_then(|value| value.as_object());
            for (key, value) in story.front.iter().chain(taxonomies.into_iter().flatten()) {
                // A text of several names is one here and several there.
                let names = list(value, program).into_iter().chain(text(value));
                subjects.named.entry(key.to_lowercase()).or_default().extend(names);
            }
            if program == Program::Jekyll {
                subjects.named.entry("categories".to_owned()).or_default().extend(jekyll_categories(&story.front));
            }
            let inner = story.file.strip_prefix("content/").filter(|_| program != Program::Jekyll);
            if let Some((section, _)) = inner.and_then(|inner| inner.split_once('/')) {
                let name = if program == Program::Hugo { Hugo::of(settings).path(section) } else { section.to_owned() };
                subjects.sections.insert(name);
            }
        }
        subjects
    }

    /// Whether stories name a term of a taxonomy.
    pub(super) fn has(&self, taxonomy: &str) -> bool {
        self.named.get(&taxonomy.to_lowercase()).is_some_and(|names| !names.is_empty())
    }

    /// Returns the terms of a taxonomy that have a page in the new site: the name and the address of the page.
    pub(super) fn terms(&self, taxonomy: &str) -> Vec<(&str, String)> {
        let none = BTreeSet::new();
        let own = self.named.get(&taxonomy.to_lowercase()).unwrap_or(&none);
        let (names, below) = match lists_of(taxonomy) {
            Some("/threads/") => (&self.threads, "threads"),
            Some(_) => (&self.topics, "topics"),
            None => return Vec::new(),
        };
        // Spellings of the same name share one page, whose address is that of the most common one. Where their
        // addresses differ, that one is not certain here.
        let mut slugs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in names {
            slugs.entry(fold(name)).or_default().insert(slugify(name));
        }
        names
            .iter()
            .filter(|name| own.contains(*name))
            .filter(|name| slugs.get(&fold(name)).is_some_and(|slugs| slugs.len() == 1) && !slugify(name).is_empty())
            .map(|name| (name.as_str(), format!("/{below}/{}/", slugify(name))))
            .collect()
    }
}

/// The list of the new site that replaces that of a taxonomy. People have none before the site has files for them.
pub(super) fn lists_of(taxonomy: &str) -> Option<&'static str> {
    match taxonomy.to_lowercase().as_str() {
        "authors" | "author" => None,
        "series" | "thread" | "threads" => Some("/threads/"),
        _ => Some(TOPICS),
    }
}
