//! What an article's page is made of: its document, and what other documents add to it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::shapes::{CodedTopic, LinkView, PersonRef};
use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, CitedSource};
use crate::content::markdown::{Audience, Body, Filling, OutlineEntry};
use crate::site::Preview;

/// What an article's page and its linked data are made of, with [`Common`](super::common::Common) and nothing else. The
/// document goes into the hash by its digest, so that a page that is kept costs next to nothing.
#[derive(Serialize)]
pub struct ArticleInputs {
    #[serde(serialize_with = "by_digest")]
    pub(super) document: Arc<Document>,
    /// What goes into the slots of the document's text.
    pub(super) fillings: Arc<[Filling]>,
    /// All of its text, where names of topics are linked in it, and which there are is for the site to know.
    pub(super) whole: Option<String>,
    pub(super) url: String,
    pub(super) section: Option<Arc<CodedTopic>>,
    /// The topics, without the section.
    pub(super) topics: Vec<Arc<CodedTopic>>,
    pub(super) authors: Vec<PersonRef>,
    pub(super) editors: Vec<PersonRef>,
    pub(super) contributors: Vec<PersonRef>,
    pub(super) image: Option<Filling>,
    pub(super) audio: Option<Box<str>>,
    /// None of a withdrawn story.
    pub(super) sources: Vec<CitedSource>,
    pub(super) preview: Option<Preview>,
    pub(super) thread: Option<LinkView>,
    pub(super) translations: Vec<Translation>,
}

/// The same article in another language.
#[derive(Clone, Serialize)]
pub(super) struct Translation {
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) title: String,
    pub(super) url: String,
}

fn by_digest<S: Serializer>(document: &Arc<Document>, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        let Content::Article(front, body) = &document.content else { return serializer.serialize_none() };
        return Listed { front, body: &body.html, all: document.digest().short() }.serialize(serializer);
    }
    document.digest().stand_in(serializer)
}

/// A document as people are told of it.
#[derive(Serialize)]
struct Listed<'d> {
    front: &'d ArticleHead,
    body: &'d str,
    /// All of it, such as comments in its front matter.
    #[serde(rename = "~all")]
    all: String,
}

impl ArticleInputs {
    /// What the document says.
    pub(super) fn head_and_body(&self) -> (&ArticleHead, &Body) {
        match &self.document.content {
            Content::Article(head, body) => (head, body),
            _ => unreachable!("an article's document is an article"),
        }
    }

    /// The text as HTML, for the page itself.
    pub(super) fn html(&self) -> String {
        let open = || self.head_and_body().1.fill(&self.fillings, Audience::Page);
        self.whole.clone().unwrap_or_else(open)
    }

    /// The headings of the text.
    pub(super) fn outline(&self) -> Vec<OutlineEntry> {
        self.head_and_body().1.outline(&self.fillings)
    }
}
