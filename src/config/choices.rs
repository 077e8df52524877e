//! Settings that are a choice between a few values, or a few fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a topic needs a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicPolicy {
    /// Any name in `topics:` is a topic.
    #[default]
    Open,
    /// Only names with a file under `content/topics/` are.
    Closed,
}

/// Which briefings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
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
    /// The formats of the feeds of topics, people, threads and briefings, each once.
    pub formats: Vec<FeedFormat>,
    /// The address of the `WebSub` hub.
    pub hub: Option<String>,
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedFormat {
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// A link of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// What it says.
    pub title: String,
    /// A route of the site (`/about/`), not checked against the site here, or an absolute address.
    pub url: String,
}
