//! A parsed and compiled content file.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::entry_head::EntryHead;
use super::front;
use super::head::{ArticleHead, BriefingHead, LiveHead, PageHead, PersonHead, TopicHead, Update, Waiver};
use super::markdown::{Body, Entry, Filling, Span, Words};
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::base::picture::rendition::Raster;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::LeftOut;

/// A parsed and compiled content file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Path relative to the site's root, with `/`: `content/articles/2023/10/visit.md`.
    pub path: String,
    /// The YAML between the two `---` lines, which starts on the second line of the file.
    pub front: Box<str>,
    /// Front matter and compiled text.
    pub content: Content,
    /// The slug that links use; `None` for topics and people.
    pub slug: Option<String>,
    /// The route of the page; `None` for topics and people, whose routes depend on each other.
    pub route: Option<Route>,
    /// Whether its title, name or date is missing or unusable. Such a document has no page; it is only checked.
    #[serde(skip)]
    pub is_incomplete: bool,
    /// Digest of the document, computed on demand.
    #[serde(skip)]
    pub(super) digest: OnceLock<Digest>,
    /// Positions of the values in the front matter, computed on demand. Cached documents have no rejected entries.
    #[serde(skip)]
    pub(super) positions: Positions,
}

/// The form in which a source file is cached between runs.
#[derive(Deserialize)]
pub(super) enum Kept {
    /// A document without problems.
    Document(Box<Document>),
    /// A file of another kind: the size of a picture, the number of bytes to publish, and how it can be scaled.
    Asset(Option<(u32, u32)>, u64, Option<Raster>),
}

/// [`Kept`] by reference, for writing. The bytes are also those that the document's digest hashes.
#[derive(Clone, Copy, Serialize)]
pub(super) enum Keep<'a> {
    Document(&'a Document),
    Asset(Option<(u32, u32)>, u64, Option<Raster>),
}

impl Document {
    /// Digest of the front matter and the compiled text.
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| Digester::new().value(&Keep::Document(self)).finish())
    }

    /// Front matter and text of an article.
    pub fn article(&self) -> Option<(&Arc<ArticleHead>, &Arc<Body>)> {
        match &self.content {
            Content::Article(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// Front matter and text of an entry of live coverage in a file of its own.
    pub fn entry(&self) -> Option<(&Arc<EntryHead>, &Arc<Entry>)> {
        match &self.content {
            Content::Entry(head, entry) => Some((head, entry)),
            _ => None,
        }
    }

    /// Front matter and text of a briefing.
    pub fn briefing(&self) -> Option<(&Arc<BriefingHead>, &Arc<BriefingBody>)> {
        match &self.content {
            Content::Briefing(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// Front matter and text of a topic's file.
    pub fn topic(&self) -> Option<(&Arc<TopicHead>, &Arc<Body>)> {
        match &self.content {
            Content::Topic(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// Front matter and text of a person's file.
    pub fn person(&self) -> Option<(&Arc<PersonHead>, &Arc<Body>)> {
        match &self.content {
            Content::Person(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// Front matter and text of a standing page.
    pub fn page(&self) -> Option<(&Arc<PageHead>, &Arc<Body>)> {
        match &self.content {
            Content::Page(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// Rules of `check` that the file waives.
    pub fn waivers(&self) -> &[Waiver] {
        match &self.content {
            Content::Article(head, _) => &head.waive,
            Content::Entry(head, _) => &head.waive,
            Content::Briefing(head, _) => &head.waive,
            Content::Topic(head, _) => &head.waive,
            Content::Person(head, _) => &head.waive,
            Content::Page(head, _) => &head.waive,
        }
    }

    /// Its language, where it names one.
    pub fn language(&self) -> Option<&str> {
        match &self.content {
            Content::Article(head, _) => head.lang.as_deref(),
            Content::Entry(head, _) => head.lang.as_deref(),
            Content::Briefing(head, _) => head.lang.as_deref(),
            Content::Page(head, _) => head.lang.as_deref(),
            Content::Topic(head, _) => head.lang.as_deref(),
            Content::Person(..) => None,
        }
    }

    /// Its summary in the front matter: a dek, or a description.
    pub fn summary(&self) -> Option<&str> {
        match &self.content {
            Content::Article(head, _) => head.summary.as_deref(),
            Content::Briefing(head, _) => head.summary.as_deref(),
            Content::Topic(head, _) => head.summary.as_deref(),
            Content::Page(head, _) => head.summary.as_deref(),
            Content::Entry(..) | Content::Person(..) => None,
        }
    }

    /// Former addresses.
    pub fn aliases(&self) -> &[Route] {
        match &self.content {
            Content::Article(head, _) => &head.aliases,
            Content::Briefing(head, _) => &head.aliases,
            Content::Page(head, _) => &head.aliases,
            // For these, `aliases` are other names.
            Content::Topic(head, _) => &head.redirect_from,
            Content::Person(head, _) => &head.redirect_from,
            Content::Entry(..) => &[],
        }
    }

    /// The key that former addresses stand under.
    pub fn aliases_key(&self) -> &'static str {
        if matches!(self.content, Content::Topic(..) | Content::Person(..)) { "redirect_from" } else { "aliases" }
    }

    /// Values that were rejected, mostly entries of lists.
    pub fn left_out(&self) -> &LeftOut {
        self.positions.left_out()
    }

    /// The document without the entries of live coverage that are later than an instant; `None` when there are none.
    pub fn until(&self, as_of: Moment) -> Option<Self> {
        let Content::Article(head, body) = &self.content else { return None };
        let shown = body.entries.partition_point(|entry| entry.at.instant() <= as_of.instant());
        if shown == body.entries.len() {
            return None;
        }
        let mut body = Body::clone(body);
        let later = body.entries.split_off(shown);
        body.words -= later.iter().map(|entry| entry.words()).sum::<u32>();
        let content = Content::live_article(ArticleHead::clone(head), body);
        Some(Self { content, digest: OnceLock::new(), ..self.clone() })
    }

    /// The story of live coverage with entries in files of their own, which come among those in its text by their time.
    #[must_use]
    pub fn with_entries(&self, files: &[&Self]) -> Self {
        let Content::Article(head, body) = &self.content else { return self.clone() };
        let (mut head, mut body) = (ArticleHead::clone(head), Body::clone(body));
        for (front, entry) in files.iter().filter_map(|file| file.entry()) {
            body.words += entry.words();
            body.entries.push(Arc::clone(entry));
            // The places of these notes are in the files.
            head.updates.extend(front.updates.iter().map(|update| Update { index: None, ..update.clone() }));
        }
        body.entries.sort_by_key(|entry| entry.at.instant());
        head.updates.sort_by_key(|update| update.at.instant());
        Self { content: Content::live_article(head, body), digest: OnceLock::new(), ..self.clone() }
    }

    /// The document in another language; `None` when it has that already.
    #[must_use]
    pub fn in_language(&self, lang: Option<&str>) -> Option<Self> {
        let Content::Entry(head, entry) = &self.content else { return None };
        if head.lang.as_deref() == lang {
            return None;
        }
        let head = EntryHead { lang: lang.map(str::to_owned), ..EntryHead::clone(head) };
        let content = Content::Entry(Arc::new(head), Arc::clone(entry));
        Some(Self { content, digest: OnceLock::new(), ..self.clone() })
    }

    /// Place of the value at a path such as `["updates", "0", "at"]`. When it is absent, the place of its parent or of
    /// the whole file.
    pub fn place(&self, path: &[&str]) -> Place {
        front::place(&self.path, &self.front, &self.positions, path)
    }
}

/// Front matter and text, by kind. Both are shared with the site, whose articles and people hold their own, so that no
/// later lookup has to check the kind again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Content {
    /// `content/articles/**/*.md`.
    Article(Arc<ArticleHead>, Arc<Body>),
    /// `content/articles/**/entries/**/*.md`, of live coverage.
    Entry(Arc<EntryHead>, Arc<Entry>),
    /// `content/briefings/*.md`.
    Briefing(Arc<BriefingHead>, Arc<BriefingBody>),
    /// `content/topics/*.md`.
    Topic(Arc<TopicHead>, Arc<Body>),
    /// `content/people/*.md`.
    Person(Arc<PersonHead>, Arc<Body>),
    /// `content/pages/**/*.md`.
    Page(Arc<PageHead>, Arc<Body>),
}

/// The text of a briefing: an introduction and items.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct BriefingBody {
    /// The text before the first `##` heading.
    pub intro: Body,
    /// One item for each `##` heading with a text.
    pub items: Vec<Arc<Item>>,
    /// Stories that headings without a text place among the items, in order.
    pub placed: Vec<PlacedStory>,
}

/// A story that a heading of a briefing places: `## [[slug]]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedStory {
    /// Its slug, as written.
    pub name: String,
    /// Index of the item that follows; the number of items at the end.
    pub before: usize,
    /// Position of the heading in the source.
    pub span: Span,
}

/// An item of a briefing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Anchor on the briefing's page.
    pub id: String,
    /// Heading as plain text.
    pub title: Words,
    /// Topics of the item, as written.
    pub topics: Vec<String>,
    /// Line of the heading in the file, from 1.
    pub line: u32,
    /// Text after the heading.
    pub body: Body,
}

impl Content {
    /// Sets the language that the name of the file says, where the front matter names none.
    pub(super) fn set_language(&mut self, lang: &str) {
        let own = match self {
            Self::Article(head, _) => &mut Arc::make_mut(head).lang,
            Self::Entry(head, _) => &mut Arc::make_mut(head).lang,
            Self::Briefing(head, _) => &mut Arc::make_mut(head).lang,
            Self::Topic(head, _) => &mut Arc::make_mut(head).lang,
            Self::Page(head, _) => &mut Arc::make_mut(head).lang,
            Self::Person(..) => return,
        };
        own.get_or_insert_with(|| lang.to_owned());
    }

    /// Whether the title, name or date is missing or unusable.
    pub(super) fn is_incomplete(&self) -> bool {
        match self {
            Self::Article(head, _) => head.title.is_empty() || head.date == front::NO_DATE,
            Self::Entry(head, _) => head.date == front::NO_DATE,
            Self::Briefing(head, _) => head.date == front::NO_DATE,
            Self::Topic(head, _) => head.title.is_empty(),
            Self::Person(head, _) => head.name.is_empty(),
            Self::Page(head, _) => head.title.is_empty(),
        }
    }

    /// An article, whose front matter learns of the entries in its text.
    pub(super) fn live_article(mut head: ArticleHead, body: Body) -> Self {
        let last = body.entries.last().map(|entry| entry.at);
        if last.is_some() || head.live.is_some() {
            head.live = Some(LiveHead { last, ..head.live.unwrap_or_default() });
        }
        Self::Article(Arc::new(head), Arc::new(body))
    }

    /// All compiled texts in order: for a briefing, the introduction and the items; for live coverage, the introduction and
    /// the entries.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let (first, items) = match self {
            Self::Article(_, body) | Self::Topic(_, body) | Self::Person(_, body) | Self::Page(_, body) => {
                (&**body, [].as_slice())
            }
            Self::Entry(_, entry) => (&entry.body, [].as_slice()),
            Self::Briefing(_, body) => (&body.intro, body.items.as_slice()),
        };
        let entries = first.entries.iter().map(|entry| &entry.body);
        std::iter::once(first).chain(items.iter().map(|item| &item.body)).chain(entries)
    }

    /// The entries of live coverage, oldest first; empty for other documents.
    pub fn entries(&self) -> &[Arc<Entry>] {
        match self {
            Self::Article(_, body) => &body.entries,
            _ => &[],
        }
    }

    /// The items of a briefing; empty for other documents.
    pub fn items(&self) -> &[Arc<Item>] {
        match self {
            Self::Briefing(_, body) => &body.items,
            _ => &[],
        }
    }
}

impl Item {
    /// The heading with its links resolved.
    pub fn title(&self, fillings: &[Filling]) -> String {
        self.body.text(&self.title, fillings)
    }
}
