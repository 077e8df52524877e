//! The settings that deferred values and linked data are computed with.

use std::sync::Arc;

use serde_json::Value;

use super::publisher;
use super::shapes::UpdateView;
use crate::base::date::{DisplayDate, Moment, Zone};
use crate::base::digest::Digester;
use crate::config::{BaseUrl, Catalog, Config};
use crate::content::head::Update;

/// The settings that deferred values and linked data are computed with. Its digest is in the key of every page, and a
/// function that runs only when a page is rendered is given nothing else of the site.
pub(in crate::plan) struct Common {
    pub(in crate::plan) title: String,
    pub(in crate::plan) description: Option<String>,
    pub(in crate::plan) language: String,
    /// The words of the interface.
    pub(in crate::plan) words: Arc<Catalog>,
    base_url: BaseUrl,
    /// The front page.
    home: String,
    zone: Zone,
    /// The publisher, as linked data.
    pub(in crate::plan) publisher: Value,
}

impl Common {
    pub(in crate::plan) fn new(config: &Config) -> Self {
        Self {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            words: Arc::clone(&config.words),
            base_url: config.base_url.clone(),
            home: config.own("/"),
            zone: config.zone.clone(),
            publisher: publisher::publisher(config),
        }
    }

    /// Adds all of it to a digest.
    pub(in crate::plan) fn digest(&self, digester: &mut Digester) {
        let Self { title, description, language, words, base_url, home, zone, publisher } = self;
        let base = (base_url.origin(), base_url.path(), home);
        digester.digest(words.digest()).value(&(title, description, language, base, zone.name(), publisher));
    }

    /// The front page, absolute.
    pub(in crate::plan) fn home(&self) -> String {
        self.base_url.absolute(&self.home)
    }

    /// An absolute address for a link. A link within the site has the base path already.
    pub(in crate::plan) fn absolute(&self, link: &str) -> String {
        self.base_url.absolute_link(link)
    }

    /// A date as the site's language and its time zone show it.
    pub(in crate::plan) fn display_date(&self, moment: Moment) -> DisplayDate {
        moment.display_date(&self.zone, &self.language)
    }

    /// RFC 3339 in the site's time zone.
    pub(in crate::plan) fn instant(&self, moment: Moment) -> String {
        moment.rfc3339(&self.zone)
    }

    /// The entries of a change log.
    pub(in crate::plan) fn updates(&self, log: &[Update]) -> Vec<UpdateView> {
        log.iter().enumerate().map(|(at, update)| self.update(Update::anchor(log, at), update)).collect()
    }

    /// An entry of a change log, with its anchor.
    pub(in crate::plan) fn update(&self, anchor: String, update: &Update) -> UpdateView {
        UpdateView {
            id: anchor,
            at: self.display_date(update.at),
            kind: update.kind,
            label: self.words.shared(update.kind.label()),
            text: update.text.clone(),
            item: update.item.clone(),
        }
    }
}
