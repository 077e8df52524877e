//! What templates see of stories, topics and people. Every field is documented in `docs/theming.md`.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::base::date::DisplayDate;
use crate::base::digest::{Digest, Digester};
use crate::content::head::{ImageHead, Status, StoryKind, TopicKind, UpdateKind};
use crate::content::markdown::Filling;
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

/// A topic, with its codes in the vocabularies of the field.
pub struct CodedTopic {
    pub(in crate::plan) topic: Arc<TopicRef>,
    pub(in crate::plan) codes: Vec<(String, String)>,
    /// Of all this: many pages name it.
    digest: Digest,
}

impl Serialize for CodedTopic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.topic.title.serialize(serializer);
        }
        self.digest.stand_in(serializer)
    }
}

impl CodedTopic {
    /// A topic of a site.
    pub(in crate::plan) fn new(topic: &Arc<TopicRef>, codes: &[(String, String)]) -> Self {
        let digest = Digester::new().value(&(topic, codes)).finish();
        Self { topic: Arc::clone(topic), codes: codes.to_vec(), digest }
    }
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
    pub last: Option<DisplayDate>,
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

impl ImageView {
    /// A picture of a front matter.
    pub fn of(head: Option<&ImageHead>, filling: Option<&Filling>) -> Option<Self> {
        let (head, Filling::Image { src, size }) = (head?, filling?) else { return None };
        Some(Self {
            src: src.to_string(),
            alt: head.alt.clone(),
            caption: head.caption.clone(),
            credit: head.credit.clone(),
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
        })
    }
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
    pub date: DisplayDate,
    /// Last changed in a way that matters, when later.
    pub updated: Option<DisplayDate>,
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
    pub date: DisplayDate,
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
    pub at: DisplayDate,
    /// What kind.
    pub kind: UpdateKind,
    /// The kind's label.
    pub label: &'static str,
    /// What changed.
    pub text: Option<String>,
}

impl UpdateView {
    /// The entries of a change log that readers see as notes of their own, and not only in the story's history: those that stand
    /// above the text, since what was wrong, or how it came about, comes before what is right; or those below it.
    pub fn notes(log: &[Self], above: bool) -> Vec<Self> {
        let is_shown = |update: &&Self| {
            let is_major = matches!(update.kind, UpdateKind::Correction | UpdateKind::EditorsNote);
            let is_note = is_major || update.kind == UpdateKind::Clarification;
            update.text.is_some() && is_note && is_major == above
        };
        log.iter().filter(is_shown).cloned().collect()
    }
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
    pub first: Option<DisplayDate>,
    /// The day of the newest story here.
    pub last: Option<DisplayDate>,
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

/// The word for a status in class names and conditions.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Developing => "developing",
        Status::Final => "final",
    }
}
