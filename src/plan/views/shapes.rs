//! The shapes in which templates receive stories, topics and people. Every field is documented in `docs/theming.md`.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::base::date::DisplayDate;
use crate::base::digest::{Digest, Digester};
use crate::content::head::{ImageHead, Status, TopicKind, UpdateKind};
use crate::content::markdown::{Filling, Renditions};
use crate::site::Preview;

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// The text of the link.
    pub title: String,
    /// The address: a path from the root of the host, or a URL.
    pub url: String,
}

/// A link to a feed, for `<link rel="alternate">`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedLink {
    /// The name of the feed.
    pub title: String,
    /// The address of the feed.
    pub url: String,
    /// The media type, such as `application/atom+xml`.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}

/// A reference to a topic. Many cards and pages have the same one, so it is hashed by a digest of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRef {
    /// The display name.
    pub title: String,
    /// The slug: the last segment of the topic's address.
    pub slug: String,
    /// The address of the topic's page.
    pub url: String,
    /// The kind: a topic, a section, a place, a person or an organization.
    pub kind: TopicKind,
    /// The digest of the fields above.
    digest: Digest,
}

/// The fields of a [`TopicRef`], as templates see them.
#[derive(Serialize)]
struct TopicFields<'t> {
    title: &'t str,
    slug: &'t str,
    url: &'t str,
    kind: TopicKind,
}

impl TopicRef {
    /// Creates a reference, and computes its digest.
    pub(in crate::plan) fn new(title: String, slug: String, url: String, kind: TopicKind) -> Self {
        let digest = Digester::new().value(&TopicFields { title: &title, slug: &slug, url: &url, kind }).finish();
        Self { title, slug, url, kind, digest }
    }
}

impl Serialize for TopicRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { title, slug, url, kind, digest } = self;
        if serializer.is_human_readable() {
            return TopicFields { title, slug, url, kind: *kind }.serialize(serializer);
        }
        digest.stand_in(serializer)
    }
}

/// A topic with its codes in external vocabularies, for feeds and structured data.
pub struct CodedTopic {
    /// The topic itself.
    pub(in crate::plan) topic: Arc<TopicRef>,
    /// Pairs of a vocabulary's name and the topic's code in it.
    pub(in crate::plan) codes: Vec<(String, String)>,
    /// The digest of the fields above, computed once because many pages refer to the topic.
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
    /// Creates a topic with its codes, and computes its digest.
    pub(in crate::plan) fn new(topic: &Arc<TopicRef>, codes: &[(String, String)]) -> Self {
        let digest = Digester::new().value(&(topic, codes)).finish();
        Self { topic: Arc::clone(topic), codes: codes.to_vec(), digest }
    }
}

/// A reference to a topic with the number of its stories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicCount {
    /// The display name.
    pub title: String,
    /// The slug: the last segment of the topic's address.
    pub slug: String,
    /// The address of the topic's page.
    pub url: String,
    /// The kind: a topic, a section, a place, a person or an organization.
    pub kind: TopicKind,
    /// The number of stories about the topic.
    pub count: usize,
    /// A short description of the topic.
    pub summary: Option<String>,
    /// The date of its newest story.
    pub last: Option<DisplayDate>,
}

/// A reference to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRef {
    /// The name as in by-lines.
    pub name: String,
    /// The address of the person's page; none when there is no such page.
    pub url: Option<String>,
}

/// An image with its caption and dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageView {
    /// The address of the file.
    pub src: String,
    /// The text alternative for readers who do not see the image.
    pub alt: String,
    /// The caption below the image.
    pub caption: Option<String>,
    /// The credit: the photographer, agency or other source.
    pub credit: Option<String>,
    /// The width in CSS pixels, if known.
    pub width: Option<u32>,
    /// The height in CSS pixels, if known.
    pub height: Option<u32>,
    /// Its scaled copies, if it has some.
    pub renditions: Option<Arc<Renditions>>,
}

impl ImageView {
    /// Returns the image of a front matter, with the address and size that `filling` found; none when there is no
    /// image.
    pub fn of(head: Option<&ImageHead>, filling: Option<&Filling>) -> Option<Self> {
        let (head, Filling::Image { src, size, renditions }) = (head?, filling?) else { return None };
        Some(Self {
            src: src.to_string(),
            alt: head.alt.clone(),
            caption: head.caption.clone(),
            credit: head.credit.clone(),
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
            renditions: renditions.clone(),
        })
    }
}

/// The summary of a story for lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The headline.
    pub title: String,
    /// A shorter headline for narrow places.
    pub short_title: Option<String>,
    /// The address of the story's page; for an item of a briefing, with the item's fragment.
    pub url: String,
    /// The dek: one or two sentences below the headline.
    pub summary: Option<String>,
    /// The time of first publication.
    pub date: DisplayDate,
    /// The time of the last significant change; none when there was none after publication.
    pub updated: Option<DisplayDate>,
    /// The kind in class names, as in front matter; [`ITEM`] for an item of a briefing.
    pub kind: &'static str,
    /// The label of the kind, for kinds that readers must be able to tell from reports, such as `Analysis`.
    pub kind_label: Option<Arc<str>>,
    /// The status in class names, see [`status_word`].
    pub status: Option<&'static str>,
    /// The dateline as text, such as `BEIJING, Oct 17 (Agency)`.
    pub dateline: Option<String>,
    /// The section: the topic under which the story is filed.
    pub section: Option<Arc<TopicRef>>,
    /// The other topics, without the section.
    pub topics: Vec<Arc<TopicRef>>,
    /// The authors of the by-line.
    pub authors: Vec<PersonRef>,
    /// The main image.
    pub image: Option<ImageView>,
    /// Whether this is an item of a briefing rather than a story of its own.
    pub item: bool,
    /// The briefing that an item belongs to.
    pub briefing: Option<BriefingRef>,
    /// The language, a BCP 47 tag.
    pub lang: String,
    /// The writing direction of the language: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The estimated reading time in minutes.
    pub minutes: usize,
    /// The reason why readers do not see the story yet; set in previews only.
    pub preview: Option<Preview>,
}

/// A reference to a briefing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefingRef {
    /// The title of the briefing.
    pub title: String,
    /// The address of the briefing's page.
    pub url: String,
    /// The issue number, if briefings are numbered.
    pub number: Option<u32>,
    /// The date of the briefing.
    pub date: DisplayDate,
    /// The language of the title, a BCP 47 tag.
    pub lang: String,
    /// The writing direction of the language: `ltr` or `rtl`.
    pub dir: &'static str,
}

/// An entry of the change log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateView {
    /// The anchor on the article's page, made of the kind and the time so that it is stable.
    pub id: String,
    /// The time of the change.
    pub at: DisplayDate,
    /// The kind of change, such as a correction.
    pub kind: UpdateKind,
    /// The label of the kind, for readers.
    pub label: Arc<str>,
    /// The description of the change.
    pub text: Option<String>,
    /// In an edition, the anchor of the item that has changed.
    pub item: Option<String>,
}

impl UpdateView {
    /// Returns the entries that readers see as notes of their own. With `above`, these are corrections and editor's
    /// notes, which stand above the text because readers must know of them first; otherwise the clarifications, which
    /// stand below it.
    pub fn notes(log: &[Self], above: bool) -> Vec<Self> {
        let is_shown = |update: &&Self| {
            let is_major = matches!(update.kind, UpdateKind::Correction | UpdateKind::EditorsNote);
            let is_note = is_major || update.kind == UpdateKind::Clarification;
            update.text.is_some() && update.item.is_none() && is_note && is_major == above
        };
        log.iter().filter(is_shown).cloned().collect()
    }

    /// Returns the notes that stand in an item of an edition.
    pub fn of_item(log: &[Self], item: &str) -> Vec<Self> {
        let is_shown = |update: &&Self| {
            let is_note =
                matches!(update.kind, UpdateKind::Correction | UpdateKind::Clarification | UpdateKind::EditorsNote);
            update.text.is_some() && update.item.as_deref() == Some(item) && is_note
        };
        log.iter().filter(is_shown).cloned().collect()
    }
}

/// A month of the archive with the number of its stories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthView {
    /// The month in words: `October 2023`.
    pub label: String,
    /// The abbreviated month: `Oct`.
    pub short: String,
    /// The year: `2023`.
    pub year: i16,
    /// The month in ISO 8601 form: `2023-10`.
    pub month: String,
    /// The address of the month's archive page.
    pub url: String,
    /// The number of stories in the month.
    pub count: usize,
}

/// The position of a page within a paged list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PagerView {
    /// The number of an older page, counted from the oldest, so that it never changes; none on the front page.
    pub number: Option<usize>,
    /// The address of the page with newer stories.
    pub newer: Option<String>,
    /// The address of the page with older stories.
    pub older: Option<String>,
    /// The date of the oldest story on the page.
    pub first: Option<DisplayDate>,
    /// The date of the newest story on the page.
    pub last: Option<DisplayDate>,
}

/// The kind of an item of a briefing.
pub const ITEM: &str = "item";

/// Returns the word for a status in class names and template conditions.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Developing => "developing",
        Status::Final => "final",
    }
}
