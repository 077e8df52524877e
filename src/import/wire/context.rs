//! The facts that an import takes from the site, because the copy does not have them.

use jiff::civil::Date;

use crate::base::date::Zone;
use crate::content::head::TopicKind;
use crate::site::Site;
use crate::site::topics::names::{TopicFinder, stands_alone};

/// Values from the command line that override those of the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WireOptions {
    /// The year of datelines without one (`--year`).
    pub year: Option<i16>,
    /// The headline (`--title`).
    pub title: Option<String>,
    /// The slug: the last segment of the address (`--slug`).
    pub slug: Option<String>,
    /// The topics, instead of those that the text mentions (`--topics`).
    pub topics: Option<Vec<String>>,
}

/// The site and the options of an import.
pub struct ImportContext<'s> {
    pub(super) options: WireOptions,
    /// The date of the import, in the site's time zone.
    pub(super) now: Date,
    pub(super) zone: &'s Zone,
    pub(super) site: &'s Site,
    pub(super) names: Option<TopicFinder>,
}

impl<'s> ImportContext<'s> {
    /// Creates the context for a site; the date is that of the instant the site is published as of.
    pub fn new(site: &'s Site, options: WireOptions) -> Self {
        let zone = &site.config.zone;
        Self { options, now: site.as_of.date(zone), zone, site, names: TopicFinder::new(site, str::to_owned) }
    }

    /// Returns the topics that a text mentions, each with the matching words.
    pub(super) fn topics_in(&self, text: &str) -> Vec<(String, String)> {
        let Some(names) = &self.names else { return Vec::new() };
        let found = names.find(text, |from, to| stands_alone(text, from, to));
        let topic = |id| self.site.topic(id).title.clone();
        found.into_iter().map(|one| (topic(one.topic), text[one.start..one.end].to_owned())).collect()
    }

    /// Whether the site has a topic of kind `place` with this name.
    pub(super) fn is_place(&self, name: &str) -> bool {
        let Some(names) = &self.names else { return false };
        let is_place = |id| self.site.topic(id).kind == TopicKind::Place;
        let found = names.find(name, |from, to| from == 0 && to == name.len());
        found.into_iter().any(|one| is_place(one.topic))
    }
}
