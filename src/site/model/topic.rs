//! The model of topics.

use std::sync::Arc;

use crate::base::route::Route;
use crate::content::head::{TopicHead, TopicKind};
use crate::content::markdown::{Body, Filling};
use crate::site::ids::{DocId, PairId, StoryId, TopicId};

/// A topic: everything that stories of one subject have in common.
#[derive(Debug)]
pub struct Topic {
    /// The display name: the title in its file, or else the most used spelling.
    pub title: String,
    /// The last segment of its path.
    pub slug: String,
    /// The route of its page: `/topics/icc/`.
    pub(in crate::site) route: Route,
    /// The name in folded form (`text::fold`), in which all spellings are equal.
    pub folded: String,
    /// The kind of subject, such as a place or an organisation; a topic that stories use as their section is a section.
    pub kind: TopicKind,
    /// The place among the sections: light ones come first, and those without a weight last.
    pub weight: Option<i32>,
    /// The file in the main language that the topics of several languages have in common.
    pub origin: Option<DocId>,
    /// Its source file; `None` when stories merely name it.
    pub file: Option<TopicFile>,
    /// Broader topics, in the order of the file; the first one is in the breadcrumb trail.
    pub parents: Vec<TopicId>,
    /// Narrower topics, ordered by title.
    pub children: Vec<TopicId>,
    /// Topics that the file recommends, in its order.
    pub see_also: Vec<TopicId>,
    /// Stories about it or about a narrower topic, newest first.
    pub stories: Vec<StoryId>,
    /// Topics that often occur with this one, with the number of common stories, most first.
    pub related: Vec<(TopicId, usize)>,
    /// The pairs that it is part of, as indices into [`Site::pairs`](super::site::Site::pairs), those with most stories
    /// first.
    pub pairs: Vec<PairId>,
    /// The resolved links and pictures of the introduction, in the order of its slots.
    pub fillings: Vec<Filling>,
}

/// The source file of a topic.
#[derive(Debug)]
pub struct TopicFile {
    /// The source document.
    pub doc: DocId,
    /// The front matter, shared with the document.
    pub head: Arc<TopicHead>,
    /// The compiled introduction, shared with the document.
    pub body: Arc<Body>,
}

impl Topic {
    /// The source document; `None` without a file.
    pub fn doc(&self) -> Option<DocId> {
        self.file.as_ref().map(|file| file.doc)
    }

    /// The front matter; `None` without a file.
    pub fn head(&self) -> Option<&TopicHead> {
        self.file.as_ref().map(|file| &*file.head)
    }

    /// The route of its page: `/topics/icc/`.
    pub fn route(&self) -> Route {
        self.route.clone()
    }
}
