//! The model of people with a page.

use std::sync::Arc;

use crate::base::route::Route;
use crate::content::head::{CitedSource, PersonHead};
use crate::content::markdown::{Body, Filling};
use crate::site::ids::{DocId, StoryId};

/// An author or contributor with a file, and so with a page.
#[derive(Debug)]
pub struct Person {
    /// The source document.
    pub doc: DocId,
    /// The front matter, shared with the document.
    pub head: Arc<PersonHead>,
    /// The compiled biography, shared with the document.
    pub body: Arc<Body>,
    /// The name as by-lines print it.
    pub name: String,
    /// The route of the page: `/people/world-desk/`.
    pub route: Route,
    /// The stories with this person in the by-line, newest first.
    pub stories: Vec<StoryId>,
    /// The resolved links and pictures, in the order of the slots of `body`.
    pub fillings: Vec<Filling>,
    /// The resolved portrait; `None` when there is none or its file is missing.
    pub image: Option<Filling>,
    /// Links to profiles and other pages; URLs within the site include the base path.
    pub links: Vec<CitedSource>,
}
