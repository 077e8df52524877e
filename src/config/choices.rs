//! Settings with a fixed set of values, or with a few fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether every topic needs a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicPolicy {
    /// Any name in `topics:` is a topic.
    #[default]
    Open,
    /// Only names with a file under `content/topics/` are topics.
    Closed,
}

/// The kinds of briefings that the site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BriefingPolicy {
    /// Those with a file.
    #[default]
    Files,
    /// Also one for each day that has stories.
    Daily,
    /// Also one for each ISO week that has stories.
    Weekly,
}

/// Treatment of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HtmlPolicy {
    /// Kept, without scripts, styles, event handlers and unsafe links.
    #[default]
    Sanitise,
    /// Kept as written.
    Trust,
    /// Escaped, and so shown as text.
    Escape,
}

/// Settings of the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// Most stories in a feed.
    pub items: usize,
    /// What the entries carry. Unless it is set, the feeds of the site and of its editions carry the full text, and
    /// those of topics, people and threads, whose stories stand in the feed of the site too, the summary.
    pub content: Option<FeedContent>,
    /// Formats of the feeds of topics, people, threads and briefings, without duplicates.
    pub formats: Vec<FeedFormat>,
    /// Address of the `WebSub` hub.
    pub hub: Option<String>,
}

/// Content of feed entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedContent {
    /// The full text.
    Full,
    /// Only the summary.
    Summary,
}

/// A feed format.
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

/// A link of the masthead or the footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// Its text.
    pub title: String,
    /// A route of the site (`/about/`), which is not checked against the site here, or an absolute address.
    pub url: String,
    /// Where it stands.
    pub place: NavigationPlace,
}

/// Where a link to all pages stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NavigationPlace {
    /// At the top, behind the sections.
    #[default]
    Masthead,
    /// At the foot.
    Footer,
}
