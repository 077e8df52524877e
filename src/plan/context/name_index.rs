//! An index of what the questions of templates look up by name.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::base::text;
use crate::base::text::near::Near;
use crate::site::{Site, TopicId};

/// Names of topics and files, made for the first that does.
#[derive(Default)]
pub(super) struct NameIndex {
    pub(super) topics: OnceLock<TopicNames>,
    pub(super) statics: OnceLock<Near>,
}

/// The first topic of each name.
pub(super) struct TopicNames {
    pub(super) slugs: HashMap<String, TopicId>,
    /// Folded.
    pub(super) titles: HashMap<String, TopicId>,
    /// Folded.
    pub(super) aliases: HashMap<String, TopicId>,
}

impl TopicNames {
    pub(super) fn of(site: &Site) -> Self {
        let mut names = Self { slugs: HashMap::new(), titles: HashMap::new(), aliases: HashMap::new() };
        for (index, topic) in site.topics.iter().enumerate() {
            let id = TopicId(index);
            names.slugs.entry(topic.slug.clone()).or_insert(id);
            names.titles.entry(text::fold(&topic.title)).or_insert(id);
            if let Some(head) = topic.head() {
                for alias in &head.aliases {
                    names.aliases.entry(text::fold(alias)).or_insert(id);
                }
            }
        }
        names
    }
}
