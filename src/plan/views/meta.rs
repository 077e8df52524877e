//! The head of a page: title, addresses, language, dates, feeds.

use serde::Serialize;

use super::shapes::{FeedLink, ImageView, LinkView};
use crate::base::text;
use crate::plan::outputs::family::Family;

/// The variable `page` of templates.
#[derive(Clone, Debug, Serialize)]
pub struct Meta {
    /// The family of pages, by its name.
    pub family: &'static Family,
    /// The title, without the site's name.
    pub title: String,
    /// One or two sentences.
    pub description: Option<String>,
    /// Its path, with the base path.
    pub url: String,
    /// Its one absolute address.
    pub canonical: String,
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Whether the page asks search engines not to index it.
    pub noindex: bool,
    /// Feeds of its own.
    pub feeds: Vec<FeedLink>,
    /// The breadcrumbs, without the front page and the page itself.
    pub breadcrumbs: Vec<LinkView>,
    /// Its picture, with an absolute address.
    pub image: Option<ImageView>,
    /// The Open Graph type.
    pub og_type: &'static str,
    /// Absolute addresses of the page in other languages.
    pub alternates: Vec<Alternate>,
    /// First published.
    pub published: Option<String>,
    /// Last changed.
    pub modified: Option<String>,
    /// When it will be taken down.
    pub expires: Option<String>,
    /// The language with its territory, as Open Graph writes it: `en_GB`; none where the language has no territory.
    pub locale: Option<String>,
    /// The page with newer stories of the same list.
    pub newer: Option<String>,
    /// The page with older stories of the same list.
    pub older: Option<String>,
    /// The address of the page's Markdown twin, if there is one.
    pub twin: Option<String>,
}

/// The value of `hreflang` for readers of no listed language.
pub(in crate::plan) const X_DEFAULT: &str = "x-default";

/// A page in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternate {
    /// The language, or `x-default`.
    pub lang: String,
    /// The absolute address.
    pub url: String,
}

impl Meta {
    /// Sets the language of the page's main text.
    #[must_use]
    pub fn language(mut self, lang: &str) -> Self {
        lang.clone_into(&mut self.lang);
        self.dir = text::direction(lang);
        self.locale = locale(lang);
        self
    }
}

/// `en_GB` for `en-GB`, `zh_TW` for `zh-Hant-TW`.
pub(in crate::plan) fn locale(lang: &str) -> Option<String> {
    let mut parts = lang.split('-');
    let language = parts.next()?;
    let territory = parts.find(|part| part.len() == 2)?;
    Some(format!("{}_{}", language.to_lowercase(), territory.to_uppercase()))
}
