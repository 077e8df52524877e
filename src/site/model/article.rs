//! The model of articles with a page of their own.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::Document;
use crate::content::head::{ArticleHead, CitedSource};
use crate::content::markdown::{Body, Filling};
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, StoryId, ThreadId, TopicId};

/// An article that is published on a page of its own.
#[derive(Clone, Debug)]
pub struct Article {
    /// The source document.
    pub doc: DocId,
    /// The document, with the entries of live coverage that are in files of their own.
    pub document: Arc<Document>,
    /// The front matter, shared with the document.
    pub head: Arc<ArticleHead>,
    /// The compiled text, shared with the document.
    pub body: Arc<Body>,
    /// The route of its page, such as `/2023/10/17/visit/`.
    pub route: Route,
    /// When it first appeared to readers, which pages, feeds and lists go by; in a preview, when it will.
    pub published: Moment,
    /// Its entry in lists; `None` when the article was withdrawn.
    pub story: Option<StoryId>,
    /// The reason why readers do not see it yet; `None` for a published article.
    pub preview: Option<Preview>,
    /// The resolved links and pictures, in the order of the slots of `body`.
    pub fillings: Arc<[Filling]>,
    /// The resolved main picture; `None` when there is none or its file is missing.
    pub image: Option<Filling>,
    /// The URL of the sound file; `None` when there is none or it is missing.
    pub audio: Option<Box<str>>,
    /// The cited sources. URLs within the site include the base path, and those of withheld stories are removed.
    pub sources: Vec<CitedSource>,
    /// The adjacent older article, for navigation.
    pub previous: Option<ArticleId>,
    /// The adjacent newer article, for navigation.
    pub next: Option<ArticleId>,
    /// Related older stories, each with the topics shared with this one.
    pub related: Vec<(StoryId, Vec<TopicId>)>,
    /// The thread of developing coverage that it belongs to.
    pub thread: Option<ThreadId>,
    /// The documents of all language versions including this one, ordered by language; empty when there is only one.
    pub translations: Vec<DocId>,
}

impl Article {
    /// The time of the last significant change, if it is after publication.
    pub fn modified(&self) -> Option<Moment> {
        self.head.modified(self.published)
    }

    /// The time of the last significant change, or else of publication.
    pub fn changed(&self) -> Moment {
        self.modified().unwrap_or(self.published)
    }

    /// The route of its Markdown version: `/2023/10/17/visit/index.md`, or `/2023/visit.md` for `/2023/visit.html`.
    pub fn twin_route(&self) -> Route {
        let path = self.route.as_str();
        match path.strip_suffix(".html") {
            Some(stem) => Route::own(&format!("{stem}.md")),
            None => Route::own(&format!("{path}index.md")),
        }
    }
}
