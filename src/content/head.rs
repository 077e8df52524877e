//! What the front matter of each kind of content means, once checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::date::Moment;
use crate::base::route::Route;

/// The head of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// The headline.
    pub title: String,
    /// A shorter headline for narrow places.
    pub short_title: Option<String>,
    /// The dek: one or two sentences under the headline.
    pub summary: Option<String>,
    /// First published.
    pub date: Moment,
    /// The change log, oldest first.
    pub updates: Vec<Update>,
    /// The last part of the URL; the file's name when absent.
    pub slug: Option<String>,
    /// Place, day and agency that open the text.
    pub dateline: Option<Dateline>,
    /// The by-line.
    pub authors: Vec<String>,
    /// Who edited.
    pub editors: Vec<String>,
    /// Who else reported.
    pub contributors: Vec<String>,
    /// The story's form.
    pub kind: StoryKind,
    /// The one section.
    pub section: Option<String>,
    /// What it is about, as written.
    pub topics: Vec<String>,
    /// Whether the story still develops.
    pub status: Option<Status>,
    /// Ranks leads: higher goes first.
    pub priority: i32,
    /// Two to five lines that say it all.
    pub key_points: Vec<String>,
    /// Figures with their sources.
    pub facts: Vec<Fact>,
    /// Where it comes from.
    pub sources: Vec<CitedSource>,
    /// The main picture.
    pub image: Option<ImageHead>,
    /// A sound file: path beside the article, route or address.
    pub audio: Option<String>,
    /// The developing story it belongs to.
    pub thread: Option<String>,
    /// Withheld until then.
    pub embargo: Option<Moment>,
    /// Withheld from then on.
    pub expires: Option<Moment>,
    /// Withheld until this goes.
    pub draft: bool,
    /// The original's address, for republished copy.
    pub canonical: Option<String>,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// BCP 47 language, when not the site's.
    pub lang: Option<String>,
    /// Path of the article that this one translates, relative to this one, or its slug.
    pub translation_of: Option<String>,
    /// Rules of `check` that it is let off.
    pub waive: Vec<Waiver>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}

/// A rule of `check` that a file is let off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// The form of a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoryKind {
    /// News.
    #[default]
    Report,
    /// What it means.
    Analysis,
    /// How it came about.
    Explainer,
    /// What someone thinks; always labelled.
    Opinion,
    /// Told as it happens.
    Live,
}

impl StoryKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Report, Self::Analysis, Self::Explainer, Self::Opinion, Self::Live];

    /// The label that readers see; a report needs none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Report => None,
            Self::Analysis => Some("Analysis"),
            Self::Explainer => Some("Explainer"),
            Self::Opinion => Some("Opinion"),
            Self::Live => Some("Live"),
        }
    }
}

/// Whether a story still develops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// More is coming.
    Developing,
    /// Told to the end.
    Final,
}

/// A place, day and agency that open a story: `BEIJING, Oct 17 (Agency)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Places as the reader sees them, in the desk's capitals: `BEIJING`.
    pub places: Vec<String>,
    /// State or country after the places.
    pub region: Option<String>,
    /// The day as the reader sees it: `Oct 17`.
    pub date: Option<String>,
    /// The agency in brackets.
    pub agency: Option<String>,
}

impl Dateline {
    /// `BEIJING/HONG KONG, Oct 17 (Agency)`, without the dash that follows it.
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

    /// `BEIJING/HONG KONG`, with the region where there is one.
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
    /// When.
    pub at: Moment,
    /// What kind of change.
    pub kind: UpdateKind,
    /// What changed, for readers.
    pub text: Option<String>,
    /// Its number among the entries of `updates` that were kept; none of `updated`.
    pub index: Option<usize>,
}

/// The kinds of change (`NewsML` and agency practice).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateKind {
    /// New facts.
    Update,
    /// It was wrong, in a way that matters.
    Correction,
    /// It was true but misleading.
    Clarification,
    /// Spelling and style; readers are not told, and the story does not count as modified.
    Refile,
    /// A note on process or ethics.
    EditorsNote,
    /// The story no longer stands.
    Withdrawn,
}

impl UpdateKind {
    /// The label that readers see.
    pub fn label(self) -> &'static str {
        match self {
            Self::Update => "Update",
            Self::Correction => "Correction",
            Self::Clarification => "Clarification",
            Self::Refile => "Refiled",
            Self::EditorsNote => "Editor’s note",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

/// A figure with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What is counted.
    pub label: String,
    /// The figure, with its unit.
    pub value: String,
    /// Who says so.
    pub source: Option<String>,
}

/// Where a story comes from.
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
    /// Path beside the file, route or address.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// What it shows, under the picture.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// The head of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefingHead {
    /// Its title; composed from the number or day when absent.
    pub title: Option<String>,
    /// The edition's number.
    pub number: Option<u32>,
    /// The edition's day.
    pub date: Moment,
    /// The change log, oldest first.
    pub updates: Vec<Update>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Stories of the site in slot order: paths relative to this file, or slugs.
    pub stories: Vec<String>,
    /// Who edited.
    pub editors: Vec<String>,
    /// Topics of every item that names none.
    pub topics: Vec<String>,
    /// Withheld until then.
    pub embargo: Option<Moment>,
    /// Withheld until this goes.
    pub draft: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// BCP 47 language, when not the site's.
    pub lang: Option<String>,
    /// Rules of `check` that it is let off.
    pub waive: Vec<Waiver>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}

/// The head of a topic's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicHead {
    /// The display name, as it stands.
    pub title: String,
    /// Other names of the same topic.
    pub aliases: Vec<String>,
    /// Names of the topics it belongs to.
    pub parents: Vec<String>,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// What it is, in a sentence or two.
    pub summary: Option<String>,
    /// The last part of the URL; from the title when absent.
    pub slug: Option<String>,
    /// Codes in outside vocabularies: IPTC Media Topic, Wikidata.
    pub codes: Vec<(String, String)>,
    /// Names of topics that a reader may want too.
    pub see_also: Vec<String>,
    /// Rules of `check` that it is let off.
    pub waive: Vec<Waiver>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}

/// What kind of thing a topic is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// A subject.
    #[default]
    Topic,
    /// A part of the publication.
    Section,
    /// Somewhere.
    Place,
    /// Someone.
    Person,
    /// A body.
    Organisation,
}

impl TopicKind {
    /// The heading of its part of the topic index.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Topic => "Topics",
            Self::Section => "Sections",
            Self::Place => "Places",
            Self::Person => "People",
            Self::Organisation => "Organisations",
        }
    }

    /// The label that readers see; a subject needs none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Topic => None,
            Self::Section => Some("Section"),
            Self::Place => Some("Place"),
            Self::Person => Some("Person"),
            Self::Organisation => Some("Organisation"),
        }
    }
}

/// The head of a person's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonHead {
    /// As in by-lines.
    pub name: String,
    /// Other forms of the name that by-lines use.
    pub aliases: Vec<String>,
    /// What they do.
    pub role: Option<String>,
    /// The last part of the URL; from the name when absent.
    pub slug: Option<String>,
    /// A public address.
    pub email: Option<String>,
    /// Pages elsewhere.
    pub links: Vec<CitedSource>,
    /// A picture.
    pub image: Option<ImageHead>,
    /// Rules of `check` that it is let off.
    pub waive: Vec<Waiver>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}

/// The head of a standing page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageHead {
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The last part of the URL; the file's name when absent.
    pub slug: Option<String>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// Withheld until this goes.
    pub draft: bool,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Former routes.
    pub aliases: Vec<Route>,
    /// BCP 47 language, when not the site's.
    pub lang: Option<String>,
    /// Another template than `page.html`.
    pub template: Option<String>,
    /// Rules of `check` that it is let off.
    pub waive: Vec<Waiver>,
    /// Free values for the theme.
    pub extra: serde_json::Value,
}
