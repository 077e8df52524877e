//! Topics.

use std::sync::Arc;

use crate::base::route::Route;
use crate::content::head::{TopicHead, TopicKind};
use crate::content::markdown::{Body, Filling};
use crate::site::ids::{DocId, PairId, StoryId, TopicId};

/// A topic.
#[derive(Debug)]
pub struct Topic {
    /// The display name: the file's title, else the most used spelling.
    pub title: String,
    /// The last part of its URL.
    pub slug: String,
    /// The identity of its name: the form in which all its spellings are the same.
    pub folded: String,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// Its file, when it has one.
    pub file: Option<TopicFile>,
    /// Topics it belongs to.
    pub parents: Vec<TopicId>,
    /// Topics that belong to it, by title.
    pub children: Vec<TopicId>,
    /// Topics that a reader may want too.
    pub see_also: Vec<TopicId>,
    /// Stories about it or about a topic below it, newest first.
    pub stories: Vec<StoryId>,
    /// Topics that stories about this one are also about, with the number of such stories, most first.
    pub related: Vec<(TopicId, usize)>,
    /// Pairs that it is one of, by their places in [`Site::pairs`](super::site::Site::pairs), those with most stories first.
    pub pairs: Vec<PairId>,
    /// What goes into the slots of its introduction.
    pub fillings: Vec<Filling>,
}

/// The file of a topic.
#[derive(Debug)]
pub struct TopicFile {
    /// Its document.
    pub doc: DocId,
    /// The document's head.
    pub head: Arc<TopicHead>,
    /// The document's text, the introduction.
    pub body: Arc<Body>,
}

impl Topic {
    /// The document of its file, when it has one.
    pub fn doc(&self) -> Option<DocId> {
        self.file.as_ref().map(|file| file.doc)
    }

    /// The head of its file, when it has one.
    pub fn head(&self) -> Option<&TopicHead> {
        self.file.as_ref().map(|file| &*file.head)
    }

    /// Its route: `/topics/icc/`.
    pub fn route(&self) -> Route {
        Self::route_of(&self.slug)
    }

    /// The route of the topic with this slug.
    pub(in crate::site) fn route_of(slug: &str) -> Route {
        Route::own(&format!("/topics/{slug}/"))
    }
}
