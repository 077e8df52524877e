//! Floor 1: `dateline.yaml`, as written → checked.
//!
//! In: the text of the configuration. Out: a [`Config`] that needs no further checks, and a report.
//! Deliberately not here: anything that reads content.

use jiff::civil;
use serde::Serialize;

use crate::base::date::Zone;
use crate::base::route::Route;

/// The checked configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// One sentence about the publication, for machines and the front page's description.
    pub description: Option<String>,
    /// Where the site lives.
    pub base_url: BaseUrl,
    /// The desk's time zone.
    pub zone: Zone,
    /// BCP 47 language of the site.
    pub language: String,
    /// The route pattern of articles.
    pub permalink: Permalink,
    /// Whether a topic needs a file.
    pub topics: TopicPolicy,
    /// Whether days or weeks without a briefing file get a composed one.
    pub briefings: BriefingPolicy,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Stories on a page of a list.
    pub page_size: usize,
    /// Feeds.
    pub feeds: Feeds,
    /// Whether a search index is built.
    pub search: bool,
    /// Whether each article gets an `index.md` beside its `index.html`.
    pub markdown_twins: bool,
    /// Whether the first mention of a topic's name links to its page.
    pub auto_link_topics: bool,
    /// Links of the main navigation.
    pub navigation: Vec<NavigationLink>,
    /// Who publishes.
    pub publisher: Option<Publisher>,
    /// Routes that are gone for good.
    pub gone: Vec<Route>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}

/// `base_url`, split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// `origin` without a final `/`, such as `https://example.org`; `path` empty or `/briefing`.
    pub fn new(origin: impl Into<String>, path: impl Into<String>) -> Self {
        Self { origin: origin.into(), path: path.into() }
    }

    /// The path that all links start with: empty, or `/briefing`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// `https://example.org/briefing`, without a final `/`.
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// A link from any page of the site: `/briefing/topics/icc/`.
    pub fn link(&self, route: &str) -> String {
        format!("{}{route}", self.path)
    }

    /// An absolute link: `https://example.org/briefing/topics/icc/`.
    pub fn absolute(&self, route: &str) -> String {
        format!("{}{}{route}", self.origin, self.path)
    }
}

/// A checked route pattern such as `/{year}/{month}/{day}/{slug}/`. Known fields: `year`, `month`, `day`, `slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(String);

impl Permalink {
    /// The default: `/{year}/{month}/{day}/{slug}/`.
    pub const DEFAULT: &str = "/{year}/{month}/{day}/{slug}/";

    /// Checks a pattern; the error says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if !pattern.contains("{slug}") {
            return Err("it must contain `{slug}`, or all articles would share a page".to_owned());
        }
        let example = Self(pattern.to_owned()).fill(civil::Date::constant(2023, 10, 17), "slug");
        if let Some(at) = example.find(['{', '}']) {
            return Err(format!(
                "it knows `{{year}}`, `{{month}}`, `{{day}}` and `{{slug}}`, not `{}`",
                &example[at..]
            ));
        }
        if !example.ends_with('/') && !example.ends_with(".html") {
            return Err("it must end with `/` or `.html`".to_owned());
        }
        Route::new(&example).map_err(|e| e.to_string())?;
        Ok(Self(pattern.to_owned()))
    }

    /// The route of an article.
    pub fn route(&self, date: civil::Date, slug: &str) -> Route {
        Route::own(&self.fill(date, slug))
    }

    fn fill(&self, date: civil::Date, slug: &str) -> String {
        self.0
            .replace("{year}", &format!("{:04}", date.year()))
            .replace("{month}", &format!("{:02}", date.month()))
            .replace("{day}", &format!("{:02}", date.day()))
            .replace("{slug}", slug)
    }
}

/// Whether a topic needs a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TopicPolicy {
    /// Any name in `topics:` is a topic.
    #[default]
    Open,
    /// Only names with a file under `content/topics/` are.
    Closed,
}

/// Which briefings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BriefingPolicy {
    /// Those with a file.
    #[default]
    Files,
    /// Also one for each day with stories.
    Daily,
    /// Also one for each ISO week with stories.
    Weekly,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum HtmlPolicy {
    /// Kept without scripts, styles, event handlers and unsafe links.
    #[default]
    Sanitise,
    /// Kept as written.
    Trust,
    /// Shown as text.
    Escape,
}

/// Settings of the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// Stories in a feed.
    pub items: usize,
    /// Whether feeds carry the whole text, or the summary alone.
    pub full: bool,
}

/// A link of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// What it says.
    pub title: String,
    /// A route of the site (`/about/`), not checked against the site here, or an absolute address.
    pub url: String,
}

/// Who publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// The legal or public name.
    pub name: String,
    /// A route or address of the logo.
    pub logo: Option<String>,
    /// The publisher's own site.
    pub url: Option<String>,
    /// The page of its ethics policy.
    pub ethics: Option<String>,
    /// The page of its corrections policy.
    pub corrections: Option<String>,
}

impl Config {
    /// A configuration with only the required values and every default.
    pub fn minimal(title: impl Into<String>, base_url: BaseUrl) -> Self {
        Self {
            title: title.into(),
            description: None,
            base_url,
            zone: Zone::utc(),
            language: "en".to_owned(),
            permalink: Permalink(Permalink::DEFAULT.to_owned()),
            topics: TopicPolicy::default(),
            briefings: BriefingPolicy::default(),
            html: HtmlPolicy::default(),
            page_size: 20,
            feeds: Feeds { items: 20, full: true },
            search: true,
            markdown_twins: false,
            auto_link_topics: false,
            navigation: Vec::new(),
            publisher: None,
            gone: Vec::new(),
            extra: serde_json::Value::Object(serde_json::Map::new()),
        }
    }
}
