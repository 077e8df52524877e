//! People with a page.

use std::sync::Arc;

use crate::base::route::Route;
use crate::content::head::{CitedSource, PersonHead};
use crate::content::markdown::{Body, Filling};
use crate::site::ids::{DocId, StoryId};

/// A person with a page.
#[derive(Debug)]
pub struct Person {
    /// The file.
    pub doc: DocId,
    /// The file's head.
    pub head: Arc<PersonHead>,
    /// The file's text, the biography.
    pub body: Arc<Body>,
    /// The name, as in by-lines.
    pub name: String,
    /// The route: `/people/world-desk/`.
    pub route: Route,
    /// Stories with this by-line, newest first.
    pub stories: Vec<StoryId>,
    /// What goes into the slots of the biography.
    pub fillings: Vec<Filling>,
    /// The picture's address and size.
    pub image: Option<Filling>,
    /// Pages elsewhere, and on this site: with the base path.
    pub links: Vec<CitedSource>,
}
