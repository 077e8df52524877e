//! The variable `site`, which all templates see. Nothing in it changes when a story is published.

use std::sync::Arc;

use serde::Serialize;

use crate::base::text;
use crate::config::{Config, NavigationLink, Publisher, Signup};
use crate::content::head::TopicKind;
use crate::plan::outputs::feed_files;
use crate::plan::views::shapes::{FeedLink, TopicRef};
use crate::site::lists::corrections;
use crate::site::{Site, Topic};

/// The variable `site` of templates.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The publication's name.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Absolute address of the front page, without a final `/`.
    pub url: String,
    /// The path that all links start with.
    pub base: String,
    /// The front page.
    pub home: String,
    /// Its language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The site's time zone.
    pub timezone: String,
    /// The publisher.
    pub publisher: Option<Publisher>,
    /// The links of the masthead and the footer, from `navigation`.
    pub navigation: Vec<NavigationLink>,
    /// The sections.
    pub sections: Vec<Arc<TopicRef>>,
    /// The languages of the site with their front pages, the main one first; empty where there is only one.
    pub languages: Vec<LanguageLink>,
    /// Feeds of the whole site.
    pub feeds: Vec<FeedLink>,
    /// The topic index.
    pub topics_url: String,
    /// The archive.
    pub archive_url: String,
    /// All briefings, when there are any.
    pub briefings_url: Option<String>,
    /// All people, when there are any.
    pub people_url: Option<String>,
    /// All threads, when there are any.
    pub threads_url: Option<String>,
    /// All corrections, when there are any.
    pub corrections_url: Option<String>,
    /// The form by which readers subscribe, if there is one.
    pub signup: Option<Signup>,
    /// Whether there is a search page.
    pub search: bool,
    /// Free values of the configuration.
    pub extra: serde_json::Value,
    /// Name and version of the program.
    pub generator: String,
}

/// A language of the site.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    /// The BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The name of the language in itself.
    pub name: String,
    /// The front page in this language.
    pub url: String,
    /// Whether it is the language of this edition.
    pub current: bool,
}

/// The languages of a site, none where there is only one.
fn languages(config: &Config) -> Vec<LanguageLink> {
    if config.languages.is_empty() {
        return Vec::new();
    }
    let main = std::iter::once((&*config.main_language, text::autonym(&config.main_language), ""));
    let all = main.chain(config.languages.iter().map(|edition| (&*edition.tag, &*edition.name, &*edition.prefix)));
    let language = |(tag, name, prefix): (&str, &str, &str)| LanguageLink {
        lang: tag.to_owned(),
        dir: text::direction(tag),
        name: name.to_owned(),
        url: config.link_in(Some(tag), &format!("{prefix}/")),
        current: tag == config.language,
    };
    all.map(language).collect()
}

pub(super) fn globals(site: &Site, topics: &[Arc<TopicRef>]) -> SiteView {
    let config = &site.config;
    let link = |route: &str| config.base_url.link(&config.own(route));
    let whole = |route: &str| config.base_url.link(route);
    let own = |url: &str| if url.starts_with('/') && !url.starts_with("//") { whole(url) } else { url.to_owned() };
    let is_section = |topic: &Topic| topic.kind == TopicKind::Section && !topic.stories.is_empty();
    let mut sections: Vec<_> = site.topics.iter().zip(topics).filter(|(topic, _)| is_section(topic)).collect();
    // Those without a weight come last.
    sections.sort_by_key(|(topic, _)| (topic.weight.is_none(), topic.weight, &topic.folded));
    let sections = sections.into_iter().map(|(_, named)| Arc::clone(named)).collect();
    let feed =
        |title: &str, route: &str, media_type| FeedLink { title: title.to_owned(), url: link(route), media_type };
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        url: config.base_url.whole(),
        base: config.base_url.path().to_owned(),
        home: link("/"),
        language: config.language.clone(),
        dir: text::direction(&config.language),
        timezone: config.zone.name().to_owned(),
        publisher: config.publisher.clone().map(|publisher| Publisher {
            logo: publisher.logo.as_deref().map(own),
            url: publisher.url.as_deref().map(own),
            ethics: publisher.ethics.as_deref().map(own),
            corrections: publisher.corrections.as_deref().map(own),
            policies: publisher.policies.iter().map(|(name, url)| (*name, own(url))).collect(),
            ..publisher
        }),
        navigation: config
            .navigation
            .iter()
            .map(|entry| NavigationLink { url: own(&entry.url), ..entry.clone() })
            .collect(),
        sections,
        languages: languages(config),
        feeds: if feed_files::is_site_fed(site) {
            vec![
                feed(config.words.text("feed_atom"), "/feed.xml", "application/atom+xml"),
                feed(config.words.text("feed_rss"), "/rss.xml", "application/rss+xml"),
                feed(config.words.text("feed_json"), "/feed.json", "application/feed+json"),
            ]
        } else {
            Vec::new()
        },
        topics_url: link("/topics/"),
        archive_url: link("/archive/"),
        briefings_url: (!site.editions.is_empty()).then(|| link("/briefings/")),
        people_url: (!site.people.is_empty()).then(|| link("/people/")),
        threads_url: (!site.threads.is_empty()).then(|| link("/threads/")),
        corrections_url: corrections::are_any(site).then(|| link("/corrections/")),
        signup: config.signup.clone().map(|signup| Signup { action: own(&signup.action), ..signup }),
        search: false,
        extra: config.extra.clone(),
        generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
