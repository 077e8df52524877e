//! A content file, read and compiled.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::front;
use super::head::{ArticleHead, BriefingHead, PageHead, PersonHead, TopicHead, Waiver};
use super::markdown::{Body, Filling, Words};
use crate::base::digest::{Digest, Digester};
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::LeftOut;

/// One content file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Path relative to the site's root, with `/`: `content/articles/2023/10/visit.md`.
    pub path: String,
    /// The front matter's text, between the two `---` lines; it starts on the file's second line.
    pub front: Box<str>,
    /// What it is.
    pub content: Content,
    /// The name by which links mean it; none of topics and people.
    pub slug: Option<String>,
    /// The route of its page; none of topics and people, whose routes depend on each other.
    pub route: Option<Route>,
    /// The digest of all this, once somebody has asked for it.
    #[serde(skip)]
    pub(super) digest: OnceLock<Digest>,
    /// Where the values of the front matter stand, once somebody has asked for it. What is kept from one run to the next
    /// has no entries that were left out.
    #[serde(skip)]
    pub(super) positions: Positions,
}

/// The part of a source file that is cached from one run to the next.
#[derive(Deserialize)]
pub(super) enum Kept {
    /// A document without problems.
    Document(Box<Document>),
    /// A file to publish as it is: the size of a picture.
    Asset(Option<(u32, u32)>),
}

/// [`Kept`], on its way to where it is kept. A document's digest is that of these bytes, so that it need not be worked
/// out again.
#[derive(Clone, Copy, Serialize)]
pub(super) enum Keep<'a> {
    Document(&'a Document),
    Asset(Option<(u32, u32)>),
}

impl Document {
    /// The digest of everything that was read and compiled.
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| Digester::new().value(&Keep::Document(self)).finish())
    }

    /// The head and the text of an article.
    pub fn article(&self) -> Option<(&Arc<ArticleHead>, &Arc<Body>)> {
        match &self.content {
            Content::Article(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// The head and the text of a briefing.
    pub fn briefing(&self) -> Option<(&Arc<BriefingHead>, &Arc<BriefingBody>)> {
        match &self.content {
            Content::Briefing(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// The head and the text of a topic's file.
    pub fn topic(&self) -> Option<(&Arc<TopicHead>, &Arc<Body>)> {
        match &self.content {
            Content::Topic(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// The head and the text of a person's file.
    pub fn person(&self) -> Option<(&Arc<PersonHead>, &Arc<Body>)> {
        match &self.content {
            Content::Person(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// The head and the text of a standing page.
    pub fn page(&self) -> Option<(&Arc<PageHead>, &Arc<Body>)> {
        match &self.content {
            Content::Page(head, body) => Some((head, body)),
            _ => None,
        }
    }

    /// The rules of `check` that it is let off.
    pub fn waivers(&self) -> &[Waiver] {
        match &self.content {
            Content::Article(head, _) => &head.waive,
            Content::Briefing(head, _) => &head.waive,
            Content::Topic(head, _) => &head.waive,
            Content::Person(head, _) => &head.waive,
            Content::Page(head, _) => &head.waive,
        }
    }

    /// The former addresses that it names.
    pub fn aliases(&self) -> &[Route] {
        match &self.content {
            Content::Article(head, _) => &head.aliases,
            Content::Briefing(head, _) => &head.aliases,
            Content::Page(head, _) => &head.aliases,
            // Their `aliases` are other names.
            Content::Topic(..) | Content::Person(..) => &[],
        }
    }

    /// The values that were refused, entries of lists above all.
    pub fn left_out(&self) -> &LeftOut {
        self.positions.left_out()
    }

    /// Where a value of the front matter stands, by its path: `["updates", "0", "at"]`. The value's parent, or the
    /// whole file, when it is not there.
    pub fn place(&self, path: &[&str]) -> Place {
        front::place(&self.path, &self.front, &self.positions, path)
    }
}

/// The kinds of content. Heads and texts are shared, so that a site's articles and people hold their own: nothing has to
/// be looked up again, or to be proven of the kind that it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Content {
    /// `content/articles/**/*.md`.
    Article(Arc<ArticleHead>, Arc<Body>),
    /// `content/briefings/*.md`.
    Briefing(Arc<BriefingHead>, Arc<BriefingBody>),
    /// `content/topics/*.md`.
    Topic(Arc<TopicHead>, Arc<Body>),
    /// `content/people/*.md`.
    Person(Arc<PersonHead>, Arc<Body>),
    /// `content/pages/**/*.md`.
    Page(Arc<PageHead>, Arc<Body>),
}

/// The body of a briefing: an introduction, then items.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct BriefingBody {
    /// What stands before the first `##` heading.
    pub intro: Body,
    /// One item for each `##` heading.
    pub items: Vec<Arc<Item>>,
}

/// An item of a briefing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Its anchor on the briefing's page.
    pub id: String,
    /// The heading, as plain text.
    pub title: Words,
    /// Topics of its own, as written.
    pub topics: Vec<String>,
    /// The line of the heading in the file, from 1.
    pub line: u32,
    /// What follows the heading.
    pub body: Body,
}

impl Content {
    /// The texts of a document, in order: of a briefing its introduction, then its items.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        let (first, items) = match self {
            Self::Article(_, body) | Self::Topic(_, body) | Self::Person(_, body) | Self::Page(_, body) => {
                (&**body, [].as_slice())
            }
            Self::Briefing(_, body) => (&body.intro, body.items.as_slice()),
        };
        std::iter::once(first).chain(items.iter().map(|item| &item.body))
    }

    /// The items of a briefing; none of other documents.
    pub fn items(&self) -> &[Arc<Item>] {
        match self {
            Self::Briefing(_, body) => &body.items,
            Self::Article(..) | Self::Topic(..) | Self::Person(..) | Self::Page(..) => &[],
        }
    }
}

impl Item {
    /// The heading as readers may see it.
    pub fn title(&self, fillings: &[Filling]) -> String {
        self.body.text(&self.title, fillings)
    }
}
