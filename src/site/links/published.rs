//! The removal of pictures and sound without a file from front matter and configuration, so that no metadata refers to
//! them.

use super::files::static_file;
use super::resolve::{ArticleFillings, PersonFillings};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::asset::{Asset, destination};
use crate::content::markdown::Filling;
use crate::site::ids::AssetId;

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

    /// Removes main pictures and sound files that do not exist. They are reported when all paths are checked against
    /// the plan.
    pub(in crate::site) fn articles(&self, articles: Vec<ArticleFillings>) -> Vec<ArticleFillings> {
        let answered = |fillings: ArticleFillings| ArticleFillings {
            image: fillings.image.filter(|picture| self.has_picture(picture)),
            audio: fillings.audio.filter(|src| self.has(src)),
            ..fillings
        };
        articles.into_iter().map(answered).collect()
    }

    /// Removes portraits that do not exist.
    pub(in crate::site) fn people(&self, people: Vec<PersonFillings>) -> Vec<PersonFillings> {
        let answered = |fillings: PersonFillings| PersonFillings {
            image: fillings.image.filter(|picture| self.has_picture(picture)),
            ..fillings
        };
        people.into_iter().map(answered).collect()
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
