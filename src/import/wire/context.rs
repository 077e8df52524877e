//! What the site knows and the copy does not.

use jiff::civil::Date;

use crate::base::date::Zone;
use crate::content::head::TopicKind;
use crate::site::Site;
use crate::site::topics::names::{TopicFinder, stands_alone};

/// What the desk says in place of the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireOptions {
    /// The year of datelines without one.
    pub year: Option<i16>,
    /// The headline.
    pub title: Option<String>,
    /// The last part of the address.
    pub slug: Option<String>,
    /// The topics, in place of those that the text names.
    pub topics: Option<Vec<String>>,
}

/// What the desk knows and the copy does not.
pub struct ImportContext<'s> {
    pub(super) options: WireOptions,
    /// The day on which the copy is imported.
    pub(super) now: Date,
    pub(super) zone: &'s Zone,
    pub(super) site: &'s Site,
    pub(super) names: Option<TopicFinder>,
}

impl<'s> ImportContext<'s> {
    /// The context of a site, on the day that the site is published as of.
    pub fn new(site: &'s Site, options: WireOptions) -> Self {
        let zone = &site.config.zone;
        Self { options, now: site.as_of.date(zone), zone, site, names: TopicFinder::new(site, str::to_owned) }
    }

    /// The topics that a text names, each with the words that do.
    pub(super) fn topics_in(&self, text: &str) -> Vec<(String, String)> {
        let Some(names) = &self.names else { return Vec::new() };
        let found = names.find(text, |from, to| stands_alone(text, from, to));
        let topic = |id| self.site.topic(id).title.clone();
        found.into_iter().map(|one| (topic(one.topic), text[one.start..one.end].to_owned())).collect()
    }

    /// Whether the site has a topic of a place that is called so.
    pub(super) fn is_place(&self, name: &str) -> bool {
        let Some(names) = &self.names else { return false };
        let is_place = |id| self.site.topic(id).kind == TopicKind::Place;
        let found = names.find(name, |from, to| from == 0 && to == name.len());
        found.into_iter().any(|one| is_place(one.topic))
    }
}
