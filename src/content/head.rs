//! Checked front matter of each kind of content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::date::Moment;
use crate::base::route::Route;

pub use super::live_head::{LiveHead, LiveOrder};
pub use super::topic_kind::TopicKind;

/// Front matter of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// The headline.
    pub title: String,
    /// A shorter headline, for narrow places.
    pub short_title: Option<String>,
    /// The dek: one or two sentences under the headline.
    pub summary: Option<String>,
    /// When it was first published.
    pub date: Moment,
    /// The change log, oldest first.
    pub updates: Vec<Update>,
    /// Last segment of the URL; from the file's name when absent.
    pub slug: Option<String>,
    /// The dateline that opens the text.
    pub dateline: Option<Dateline>,
    /// Names in the by-line.
    pub authors: Vec<String>,
    /// Editors.
    pub editors: Vec<String>,
    /// Other contributors to the reporting.
    pub contributors: Vec<String>,
    /// The form of the story.
    pub kind: StoryKind,
    /// How live coverage is shown; `None` for a story without entries.
    pub live: Option<LiveHead>,
    /// The section it belongs to.
    pub section: Option<String>,
    /// Topics, as written.
    pub topics: Vec<String>,
    /// Whether the story is still developing.
    pub status: Option<Status>,
    /// Rank among leads: higher comes first.
    pub priority: i32,
    /// Two to five sentences that summarise the story.
    pub key_points: Vec<String>,
    /// Figures with their sources.
    pub facts: Vec<Fact>,
    /// Sources of the story.
    pub sources: Vec<CitedSource>,
    /// The main picture.
    pub image: Option<ImageHead>,
    /// Audio file: a path relative to the article, a route or an address.
    pub audio: Option<String>,
    /// The ongoing story that it belongs to.
    pub thread: Option<String>,
    /// Withheld until this instant.
    pub embargo: Option<Moment>,
    /// Withheld from this instant on.
    pub expires: Option<Moment>,
    /// Withheld as long as this is set.
    pub draft: bool,
    /// Address of the original, for republished stories.
    pub canonical: Option<String>,
    /// Whether search engines are asked not to index it.
    pub noindex: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// Language as a BCP 47 tag, when it is not the site's.
    pub lang: Option<String>,
    /// The article that this one translates: its path relative to this one, or its slug.
    pub translation_of: Option<String>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
}

/// A rule of `check` that a file waives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Name of the rule.
    pub rule: String,
    /// The reason for the waiver.
    pub reason: String,
}

/// The form of a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoryKind {
    /// News.
    #[default]
    Report,
    /// An interpretation of the news.
    Analysis,
    /// The background of the news.
    Explainer,
    /// Opinion, which is always labelled.
    Opinion,
    /// Live coverage.
    Live,
}

impl StoryKind {
    /// All forms.
    pub const ALL: [Self; 5] = [Self::Report, Self::Analysis, Self::Explainer, Self::Opinion, Self::Live];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Analysis => "analysis",
            Self::Explainer => "explainer",
            Self::Opinion => "opinion",
            Self::Live => "live",
        }
    }

    /// The name of the word that readers see as its label (see [`crate::config::Catalog`]); a report has none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Report => None,
            Self::Analysis => Some("kind_analysis"),
            Self::Explainer => Some("kind_explainer"),
            Self::Opinion => Some("kind_opinion"),
            Self::Live => Some("kind_live"),
        }
    }
}

/// Whether a story is still developing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// More is expected.
    Developing,
    /// The story is complete.
    Final,
}

/// A dateline: `BEIJING, Oct 17 (Agency)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Places in capitals, as readers see them: `BEIJING`.
    pub places: Vec<String>,
    /// State or country after the places.
    pub region: Option<String>,
    /// Date, as readers see it: `Oct 17`.
    pub date: Option<String>,
    /// News agency, which is shown in parentheses.
    pub agency: Option<String>,
}

impl Dateline {
    /// `BEIJING/HONG KONG, Oct 17 (Agency)`, without the dash that follows.
    pub fn text(&self) -> String {
        let mut text = self.place_text();
        if let Some(date) = &self.date {
            text.push_str(", ");
            text.push_str(date);
        }
        if let Some(agency) = &self.agency {
            text.push_str(" (");
            text.push_str(agency);
            text.push(')');
        }
        text
    }

    /// `BEIJING/HONG KONG`, with the region if there is one.
    pub fn place_text(&self) -> String {
        let mut text = self.places.join("/");
        if let Some(region) = &self.region {
            text.push_str(", ");
            text.push_str(region);
        }
        text
    }
}

/// One entry of the change log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// Time of the change.
    pub at: Moment,
    /// Kind of the change.
    pub kind: UpdateKind,
    /// Description of the change, for readers.
    pub text: Option<String>,
    /// In an edition, the anchor of the item that has changed.
    pub item: Option<String>,
    /// Its index among the accepted entries of `updates`; `None` when it comes from `updated`.
    pub index: Option<usize>,
}

/// Kinds of change, after `NewsML` and agency practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateKind {
    /// New facts.
    Update,
    /// A substantial error was corrected.
    Correction,
    /// A true but misleading passage was clarified.
    Clarification,
    /// Spelling or style; not shown to readers, and no modification of the story.
    Refile,
    /// A note about process or ethics.
    EditorsNote,
    /// The story has been withdrawn.
    Withdrawn,
}

/// A figure with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The quantity that the figure measures.
    pub label: String,
    /// The figure, with its unit.
    pub value: String,
    /// Source of the figure.
    pub source: Option<String>,
}

/// A source of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedSource {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
}

/// The main picture, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageHead {
    /// Path relative to the file, route, or address.
    pub src: String,
    /// Alternative text: what the picture shows, for readers who cannot see it.
    pub alt: String,
    /// Caption under the picture.
    pub caption: Option<String>,
    /// Credit: who made the picture.
    pub credit: Option<String>,
    /// The point of the picture that every cut keeps, in percent of its width and height.
    pub focus: (u8, u8),
}

/// Front matter of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefingHead {
    /// Title; made from the number or the date when absent.
    pub title: Option<String>,
    /// Number of the edition.
    pub number: Option<u32>,
    /// Date of the edition.
    pub date: Moment,
    /// The change log, oldest first.
    pub updates: Vec<Update>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Last segment of the URL; the day, or the file's name, when absent.
    pub slug: Option<String>,
    /// Stories in the order of their slots: paths relative to this file, or slugs.
    pub stories: Vec<String>,
    /// Names in the by-line.
    pub authors: Vec<String>,
    /// Editors.
    pub editors: Vec<String>,
    /// The main picture.
    pub image: Option<ImageHead>,
    /// Topics of the items that name none.
    pub topics: Vec<String>,
    /// Withheld until this instant.
    pub embargo: Option<Moment>,
    /// Withheld from this instant on.
    pub expires: Option<Moment>,
    /// Withheld as long as this is set.
    pub draft: bool,
    /// Whether search engines are asked not to index it.
    pub noindex: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// Language as a BCP 47 tag, when it is not the site's.
    pub lang: Option<String>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
}

/// Front matter of a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicHead {
    /// Display name.
    pub title: String,
    /// Other names of the topic.
    pub aliases: Vec<String>,
    /// Former routes.
    pub redirect_from: Vec<Route>,
    /// Names of its parent topics.
    pub parents: Vec<String>,
    /// The kind of topic.
    pub kind: TopicKind,
    /// The place among the sections: light ones come first.
    pub weight: Option<i32>,
    /// Description in a sentence or two.
    pub summary: Option<String>,
    /// Last segment of the URL; from the title when absent.
    pub slug: Option<String>,
    /// Codes in other vocabularies: IPTC Media Topics, Wikidata.
    pub codes: Vec<(String, String)>,
    /// Names of related topics.
    pub see_also: Vec<String>,
    /// Its language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The topic that this one is a translation of: a path, or a name.
    pub translation_of: Option<String>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
}

/// Front matter of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonHead {
    /// Name, as in by-lines.
    pub name: String,
    /// Other spellings of the name in by-lines.
    pub aliases: Vec<String>,
    /// Former routes.
    pub redirect_from: Vec<Route>,
    /// Role or job title.
    pub role: Option<String>,
    /// Last segment of the URL; from the name when absent.
    pub slug: Option<String>,
    /// Public e-mail address.
    pub email: Option<String>,
    /// Links to pages on other sites.
    pub links: Vec<CitedSource>,
    /// Portrait.
    pub image: Option<ImageHead>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
}

/// Front matter of a standing page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageHead {
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Last segment of the URL; from the file's name when absent.
    pub slug: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Withheld as long as this is set.
    pub draft: bool,
    /// Whether search engines are asked not to index it.
    pub noindex: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// Language as a BCP 47 tag, when it is not the site's.
    pub lang: Option<String>,
    /// Template to use instead of `page.html`.
    pub template: Option<String>,
    /// Rules of `check` that it waives.
    pub waive: Vec<Waiver>,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
}
