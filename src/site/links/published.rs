//! The removal of pictures and sound without a file from texts, front matter and configuration, so that nothing refers to
//! them.

use super::files::static_file;
use super::resolve::{ArticleFillings, EditionFillings, PersonFillings};
use crate::base::codes;
use crate::base::html::Role;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::asset::{Asset, destination};
use crate::content::markdown::{Body, Filling, SlotKind};
use crate::site::editions::ShownEdition;
use crate::site::ids::AssetId;
use crate::site::stories::people::ShownPerson;
use crate::site::stories::shown::{ShownArticle, ShownPage};
use crate::site::topics::ShownTopic;

/// The files and redirects of the site, by which URLs of files are checked.
pub(in crate::site) struct PublishedFiles<'a> {
    config: &'a Config,
    statics: &'a [Asset],
    /// Files published with pages, ordered by route.
    files: &'a [(Route, AssetId)],
}

impl<'a> PublishedFiles<'a> {
    pub(in crate::site) fn new(config: &'a Config, statics: &'a [Asset], files: &'a [(Route, AssetId)]) -> Self {
        Self { config, statics, files }
    }

    /// Whether a file or redirect answers at this path. A URL of another site is assumed to exist.
    fn answers(&self, route: &str) -> bool {
        let (path, _) = destination(route);
        !path.starts_with('/')
            || path.starts_with("//")
            || static_file(self.statics, &path).is_some()
            || self.files.binary_search_by(|(route, _)| route.as_str().cmp(&text::composed(&path))).is_ok()
            || self.config.redirects.iter().any(|redirect| redirect.from.as_str() == path)
            || self.config.elsewhere.answers(&path)
    }

    /// Whether a link with the base path leads to an existing file.
    fn has(&self, link: &str) -> bool {
        self.answers(link.strip_prefix(self.config.base_url.path()).unwrap_or(link))
    }

    fn has_picture(&self, filling: &Filling) -> bool {
        !matches!(filling, Filling::Image { src, .. } if !self.has(src))
    }

    /// Removes the pictures of a text that do not exist.
    fn text(&self, body: &Body, fillings: Vec<Filling>) -> Vec<Filling> {
        let mut answered = Vec::with_capacity(fillings.len());
        let mut fillings = fillings.into_iter();
        for body in std::iter::once(body).chain(body.entries.iter().map(|entry| &entry.body)) {
            let is_picture = |index: usize| {
                let slot = body.slots.get(index).map(|slot| &slot.kind);
                matches!(slot, Some(SlotKind::Image { .. } | SlotKind::Address { role: Role::Picture, .. }))
            };
            let answer = |(index, filling): (usize, Filling)| {
                if is_picture(index) && !self.has_picture(&filling) { Filling::Withheld } else { filling }
            };
            answered.extend(fillings.by_ref().take(body.filling_count()).enumerate().map(answer));
        }
        answered
    }

    /// Removes pictures and sound files that do not exist. They are reported when all paths are checked against the
    /// plan.
    pub(in crate::site) fn articles(
        &self,
        shown: &[ShownArticle],
        articles: Vec<ArticleFillings>,
    ) -> Vec<ArticleFillings> {
        let answered = |(article, fillings): (&ShownArticle, ArticleFillings)| ArticleFillings {
            text: self.text(&article.body, fillings.text),
            image: fillings.image.filter(|picture| self.has_picture(picture)),
            audio: fillings.audio.filter(|src| self.has(src)),
            ..fillings
        };
        shown.iter().zip(articles).map(answered).collect()
    }

    /// Removes pictures of people that do not exist, portraits among them.
    pub(in crate::site) fn people(&self, shown: &[ShownPerson], people: Vec<PersonFillings>) -> Vec<PersonFillings> {
        let answered = |(person, fillings): (&ShownPerson, PersonFillings)| PersonFillings {
            text: self.text(&person.body, fillings.text),
            image: fillings.image.filter(|picture| self.has_picture(picture)),
            ..fillings
        };
        shown.iter().zip(people).map(answered).collect()
    }

    /// Removes pictures of standing pages that do not exist.
    pub(in crate::site) fn pages(&self, shown: &[ShownPage], pages: Vec<Vec<Filling>>) -> Vec<Vec<Filling>> {
        shown.iter().zip(pages).map(|(page, fillings)| self.text(&page.body, fillings)).collect()
    }

    /// Removes pictures of topics that do not exist.
    pub(in crate::site) fn topics(&self, shown: &[ShownTopic], topics: Vec<Vec<Filling>>) -> Vec<Vec<Filling>> {
        let answered = |(topic, fillings): (&ShownTopic, Vec<Filling>)| match &topic.file {
            Some(file) => self.text(&file.body, fillings),
            None => fillings,
        };
        shown.iter().zip(topics).map(answered).collect()
    }

    /// Removes pictures of editions that do not exist.
    pub(in crate::site) fn editions(
        &self,
        shown: &[ShownEdition],
        editions: Vec<EditionFillings>,
    ) -> Vec<EditionFillings> {
        let answered = |(edition, fillings): (&ShownEdition, EditionFillings)| match &edition.file {
            Some(file) => {
                let items = file.body.items.iter().zip(fillings.items);
                EditionFillings {
                    image: fillings.image.filter(|picture| self.has_picture(picture)),
                    intro: self.text(&file.body.intro, fillings.intro),
                    items: items.map(|(item, fillings)| self.text(&item.body, fillings)).collect(),
                }
            }
            None => fillings,
        };
        shown.iter().zip(editions).map(answered).collect()
    }

    /// Returns the configuration without its image and logo if they do not exist, with a warning; `None` when nothing
    /// must be removed.
    pub(in crate::site) fn config(&self, report: &mut Report) -> Option<Config> {
        let base = &self.config.base_url;
        let is_lost = |picture: &str| !self.answers(base.path_of(picture).as_deref().unwrap_or(picture));
        let image = self.config.image.as_deref().filter(|image| is_lost(image));
        let logo = self.config.publisher.as_ref().and_then(|publisher| publisher.logo.as_deref());
        let logo = logo.filter(|logo| is_lost(logo));
        for (path, picture) in [(&["image"][..], image), (&["publisher", "logo"], logo)] {
            let Some(picture) = picture else { continue };
            let key = path[path.len() - 1];
            report.push(
                Diagnostic::warning(
                    codes::MISSING_IMAGE,
                    format!("there is no picture `{picture}`, which `{key}` names"),
                )
                .at(self.config.place(path))
                .help("put it into `static/`, or correct the path; until then nothing shows it"),
            );
        }
        if image.is_none() && logo.is_none() {
            return None;
        }
        let mut config = self.config.clone();
        config.image = config.image.filter(|_| image.is_none());
        config.publisher.iter_mut().filter(|_| logo.is_some()).for_each(|publisher| publisher.logo = None);
        Some(config)
    }
}
