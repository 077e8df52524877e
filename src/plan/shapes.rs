//! What templates see of stories, topics and people. Every field is documented in `docs/theming.md`.

use std::sync::Arc;

use serde::Serialize;

use crate::base::date::Stamp;
use crate::content::head::{StoryKind, TopicKind, UpdateKind};
use crate::site::Preview;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A feed's link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedLink {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}

/// A topic, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicRef {
    /// Its display name.
    pub title: String,
    /// The last part of its URL.
    pub slug: String,
    /// Its page.
    pub url: String,
    /// What kind of thing it is.
    pub kind: TopicKind,
}

/// A topic, named, with how much is about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicCount {
    /// Its display name.
    pub title: String,
    /// The last part of its URL.
    pub slug: String,
    /// Its page.
    pub url: String,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// Stories about it.
    pub count: usize,
    /// What it is.
    pub summary: Option<String>,
    /// The day of its newest story.
    pub last: Option<Stamp>,
}

/// A person, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRef {
    /// The name.
    pub name: String,
    /// Their page, when they have one.
    pub url: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// The line under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Width in CSS pixels, where known.
    pub width: Option<u32>,
    /// Height in CSS pixels, where known.
    pub height: Option<u32>,
}

/// A story as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The headline.
    pub title: String,
    /// A shorter headline.
    pub short_title: Option<String>,
    /// Its page, deep-linked for an item of a briefing.
    pub url: String,
    /// The dek.
    pub summary: Option<String>,
    /// First published.
    pub date: Stamp,
    /// Last changed in a way that matters, when later.
    pub updated: Option<Stamp>,
    /// Its form; `item` for an item of a briefing.
    pub kind: &'static str,
    /// The form's label, where readers need one.
    pub kind_label: Option<&'static str>,
    /// `developing` or `final`.
    pub status: Option<&'static str>,
    /// The dateline as text.
    pub dateline: Option<String>,
    /// The section.
    pub section: Option<Arc<TopicRef>>,
    /// The topics, without the section.
    pub topics: Vec<Arc<TopicRef>>,
    /// The by-line.
    pub authors: Vec<PersonRef>,
    /// The picture.
    pub image: Option<ImageView>,
    /// Whether it is an item of a briefing.
    pub item: bool,
    /// The briefing of an item.
    pub briefing: Option<BriefingRef>,
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Minutes to read.
    pub minutes: usize,
    /// Why readers would not see it.
    pub preview: Option<Preview>,
}

/// A briefing, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefingRef {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its number.
    pub number: Option<u32>,
    /// Its day.
    pub date: Stamp,
    /// The language of its title.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
}

/// An entry of the change log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateView {
    /// Its anchor on the article's page: its kind and its instant, so that it lasts.
    pub id: String,
    /// When.
    pub at: Stamp,
    /// What kind.
    pub kind: UpdateKind,
    /// The kind's label.
    pub label: &'static str,
    /// What changed.
    pub text: Option<String>,
}

/// A month with how much was published in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthView {
    /// `October 2023`.
    pub label: String,
    /// `Oct`.
    pub short: String,
    /// `2023`.
    pub year: i16,
    /// `2023-10`.
    pub month: String,
    /// Its archive page.
    pub url: String,
    /// Stories in it.
    pub count: usize,
}

/// Where a page of a list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PagerView {
    /// The number of an older page, counted from the oldest; none on the front.
    pub number: Option<usize>,
    /// The page with newer stories.
    pub newer: Option<String>,
    /// The page with older stories.
    pub older: Option<String>,
    /// The day of the oldest story here.
    pub first: Option<Stamp>,
    /// The day of the newest story here.
    pub last: Option<Stamp>,
}

/// The form of an item of a briefing.
pub const ITEM: &str = "item";

/// The word for a story's form in class names and conditions.
pub fn kind_word(kind: StoryKind) -> &'static str {
    match kind {
        StoryKind::Report => "report",
        StoryKind::Analysis => "analysis",
        StoryKind::Explainer => "explainer",
        StoryKind::Opinion => "opinion",
        StoryKind::Live => "live",
    }
}
