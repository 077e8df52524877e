//! What an article's page is made of: its document, and what other documents add to it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::desk::Desk;
use super::ld;
use super::shapes::{LinkView, PersonRef};
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::head::{ArticleHead, CitedSource};
use crate::content::markdown::{Audience, Body, Filling, OutlineEntry};
use crate::site::stories::article_head;
use crate::site::{Article, Preview, ThreadId};

/// What an article's page and its linked data are made of, with [`Common`](super::common::Common) and nothing else. The
/// document goes into the hash by its digest, so that a page that is kept costs next to nothing.
#[derive(Serialize)]
pub struct Ingredients {
    #[serde(serialize_with = "by_digest")]
    document: Arc<Document>,
    /// What goes into the slots of the document's text.
    fillings: Arc<[Filling]>,
    /// All of its text, where names of topics are linked in it, and which there are is for the site to know.
    whole: Option<String>,
    pub(super) url: String,
    pub(super) section: Option<Arc<ld::Thing>>,
    /// The topics, without the section.
    pub(super) topics: Vec<Arc<ld::Thing>>,
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
    lang: String,
    dir: &'static str,
    title: String,
    url: String,
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

impl Ingredients {
    pub(super) fn new(desk: &Desk, article: &Article) -> Self {
        let site = &desk.site;
        let document = site.shared_document(article.doc);
        let head = article_head(document);
        let story = article.story.map(|id| site.story(id));
        let section = story.and_then(|story| story.section);
        let topics = story.iter().flat_map(|story| &story.topics).filter(|id| Some(**id) != section);
        let whole = match &document.content {
            Content::Article(_, body) if desk.links_topics() => Some(desk.article_text(article, body, Audience::Page)),
            _ => None,
        };
        let thread = |id: ThreadId| {
            let thread = site.thread(id);
            LinkView { title: thread.title.clone(), url: desk.link(thread.route.as_str()) }
        };
        Self {
            document: Arc::clone(document),
            fillings: Arc::clone(&article.fillings),
            whole,
            url: desk.link(article.route.as_str()),
            section: section.map(|id| Arc::clone(desk.thing(id))),
            topics: topics.map(|id| Arc::clone(desk.thing(*id))).collect(),
            authors: desk.people(&head.authors),
            editors: desk.people(&head.editors),
            contributors: desk.people(&head.contributors),
            image: article.image.clone(),
            audio: article.audio.clone(),
            sources: article.sources.clone(),
            preview: article.preview,
            thread: article.thread.map(thread),
            translations: translations(desk, article),
        }
    }

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

fn translations(desk: &Desk, article: &Article) -> Vec<Translation> {
    let others = article.translations.iter().map(|id| desk.site.article(*id)).filter(|other| other.doc != article.doc);
    others
        .map(|other| {
            let document = desk.site.document(other.doc);
            let lang = desk.site.language(document);
            Translation {
                lang: lang.to_owned(),
                dir: text::direction(lang),
                title: article_head(document).title.clone(),
                url: desk.link(other.route.as_str()),
            }
        })
        .collect()
}
