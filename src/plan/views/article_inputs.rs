//! The inputs of an article's page: its document, and what other documents add to it.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use super::shapes::{CodedTopic, LinkView, PersonRef};
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::content::document::Document;
use crate::content::head::{ArticleHead, CitedSource};
use crate::content::markdown::{Audience, Body, Filling, OutlineEntry};
use crate::site::Preview;

/// The inputs of an article's page and of its linked data; with [`Common`](super::common::Common) there are no others.
/// Both are in the page's key, which hashes them once: they stand there by their digest.
pub struct ArticleInputs {
    parts: ArticleParts,
    digest: OnceLock<Digest>,
}

impl ArticleInputs {
    /// Wraps the inputs.
    pub(in crate::plan) fn new(parts: ArticleParts) -> Self {
        Self { parts, digest: OnceLock::new() }
    }
}

impl Deref for ArticleInputs {
    type Target = ArticleParts;

    fn deref(&self) -> &ArticleParts {
        &self.parts
    }
}

impl Serialize for ArticleInputs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.parts.serialize(serializer);
        }
        self.digest.get_or_init(|| Digester::new().value(&self.parts).finish()).stand_in(serializer)
    }
}

/// The inputs of an article's page. The document is hashed by its digest.
#[derive(Serialize)]
pub struct ArticleParts {
    #[serde(serialize_with = "by_digest")]
    pub(in crate::plan) document: Arc<Document>,
    /// The document's head, which its digest covers.
    #[serde(skip)]
    pub(in crate::plan) head: Arc<ArticleHead>,
    /// The document's text, which its digest covers.
    #[serde(skip)]
    pub(in crate::plan) body: Arc<Body>,
    /// The values for the slots of the document's text.
    pub(in crate::plan) fillings: Arc<[Filling]>,
    /// The text with names of topics linked, where `auto_link_topics` is set: which names there are depends on the site, and
    /// the document's digest does not cover it.
    pub(in crate::plan) whole: Option<String>,
    pub(in crate::plan) url: String,
    /// When it first appeared.
    pub(in crate::plan) published: Moment,
    pub(in crate::plan) section: Option<Arc<CodedTopic>>,
    /// The topics, without the section.
    pub(in crate::plan) topics: Vec<Arc<CodedTopic>>,
    pub(in crate::plan) authors: Vec<PersonRef>,
    pub(in crate::plan) editors: Vec<PersonRef>,
    pub(in crate::plan) contributors: Vec<PersonRef>,
    pub(in crate::plan) image: Option<Filling>,
    pub(in crate::plan) audio: Option<Box<str>>,
    /// The cited sources; a withdrawn story shows none.
    pub(in crate::plan) sources: Vec<CitedSource>,
    pub(in crate::plan) preview: Option<Preview>,
    pub(in crate::plan) thread: Option<LinkView>,
    pub(in crate::plan) translations: Vec<Translation>,
    /// What live coverage has besides its document.
    pub(in crate::plan) live: Option<LiveParts>,
}

/// What other documents and the configuration add to live coverage.
#[derive(Serialize)]
pub(in crate::plan) struct LiveParts {
    /// The authors of each entry, oldest first.
    pub(in crate::plan) people: Vec<Vec<PersonRef>>,
    /// The file by which an open page learns of new entries; none once coverage has ended, and in a preview.
    pub(in crate::plan) poll: Option<String>,
    /// The feed of the entries.
    pub(in crate::plan) feed: Option<String>,
}

/// A translation of the article.
#[derive(Clone, Serialize)]
pub(in crate::plan) struct Translation {
    pub(in crate::plan) lang: String,
    pub(in crate::plan) dir: &'static str,
    pub(in crate::plan) language: String,
    pub(in crate::plan) title: String,
    pub(in crate::plan) url: String,
}

fn by_digest<S: Serializer>(document: &Arc<Document>, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        let Some((front, body)) = document.article() else { return serializer.serialize_none() };
        return Listed { front, body: &body.html, all: document.digest().short() }.serialize(serializer);
    }
    document.digest().stand_in(serializer)
}

/// A document as `why` lists it.
#[derive(Serialize)]
struct Listed<'d> {
    front: &'d ArticleHead,
    body: &'d str,
    /// The digest of the whole file: comments in the front matter count too.
    #[serde(rename = "~all")]
    all: String,
}

impl ArticleParts {
    /// The text as HTML, for the page itself.
    pub(in crate::plan) fn html(&self) -> String {
        let open = || self.body.fill(&self.fillings, Audience::Page);
        self.whole.clone().unwrap_or_else(open)
    }

    /// The headings of the text.
    pub(in crate::plan) fn outline(&self) -> Vec<OutlineEntry> {
        self.body.outline(&self.fillings)
    }
}
