//! Articles with a page of their own.

use std::sync::Arc;

use crate::base::route::Route;
use crate::content::head::{ArticleHead, CitedSource};
use crate::content::markdown::{Body, Filling};
use crate::site::documents::visibility::Preview;
use crate::site::ids::{ArticleId, DocId, StoryId, ThreadId, TopicId};

/// An article with a page of its own.
#[derive(Debug)]
pub struct Article {
    /// Its document.
    pub doc: DocId,
    /// The document's head.
    pub head: Arc<ArticleHead>,
    /// The document's text.
    pub body: Arc<Body>,
    /// Its route.
    pub route: Route,
    /// The story it is in lists; none when withdrawn.
    pub story: Option<StoryId>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
    /// What goes into its slots.
    pub fillings: Arc<[Filling]>,
    /// The main picture's address and size, when it has one.
    pub image: Option<Filling>,
    /// The sound file's address, when it has one.
    pub audio: Option<Box<str>>,
    /// Where the story comes from. Links within the site have the base path; one to what is withheld is none.
    pub sources: Vec<CitedSource>,
    /// The article before it in time.
    pub previous: Option<ArticleId>,
    /// The article after it in time.
    pub next: Option<ArticleId>,
    /// Older stories about the same things, with the topics they share.
    pub related: Vec<(StoryId, Vec<TopicId>)>,
    /// Index of the thread it belongs to.
    pub thread: Option<ThreadId>,
    /// The same article in other languages and itself, by language; empty when it stands alone.
    pub translations: Vec<ArticleId>,
}

impl Article {
    /// Where its text is as Markdown: `/2023/10/17/visit/index.md`, or `/2023/visit.md` beside `/2023/visit.html`.
    pub fn twin_route(&self) -> Route {
        let path = self.route.as_str();
        match path.strip_suffix(".html") {
            Some(stem) => Route::own(&format!("{stem}.md")),
            None => Route::own(&format!("{path}index.md")),
        }
    }
}
