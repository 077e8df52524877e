//! Topics that stand in several languages.

use std::collections::HashMap;

use crate::config::Config;
use crate::plan::views::meta::Alternate;
use crate::site::{DocId, Site, Topic};

/// The pages of topics in all languages, by what the topics of several languages have in common.
pub(in crate::plan) type TopicTranslations = HashMap<TopicKey, Vec<Alternate>>;

/// What the topics of several languages have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::plan) enum TopicKey {
    /// The file in the main language.
    File(DocId),
    /// The folded name, where there is no such file.
    Name(String),
}

impl TopicKey {
    /// The key of a topic.
    pub(super) fn of(topic: &Topic) -> Self {
        topic.origin.map_or_else(|| Self::Name(topic.folded.clone()), Self::File)
    }
}

/// The pages of the topics that several of these sites have, which are one site in several languages, as the one with this
/// configuration names them.
pub(super) fn topics<'s>(config: &Config, sites: impl Iterator<Item = &'s Site>) -> TopicTranslations {
    let mut sites: Vec<&Site> = sites.collect();
    // The main language comes first, whichever host is built.
    let place = |site: &Site| config.languages.iter().position(|edition| edition.tag == site.config.language);
    sites.sort_by_key(|site| place(site));
    let mut pages: TopicTranslations = HashMap::new();
    for site in sites {
        for topic in site.topics.iter().filter(|topic| !topic.stories.is_empty()) {
            let page = alternate(config, &site.config.language, topic.route().as_str());
            pages.entry(TopicKey::of(topic)).or_default().push(page);
        }
    }
    pages.retain(|_, pages| pages.len() > 1);
    pages
}

/// A page in a language, on the host of its edition.
pub(super) fn alternate(config: &Config, lang: &str, route: &str) -> Alternate {
    Alternate { lang: lang.to_owned(), url: config.absolute_in(Some(lang), route) }
}
