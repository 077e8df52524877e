//! People with a page.

use crate::base::route::Route;
use crate::content::head::CitedSource;
use crate::content::markdown::Filling;
use crate::site::ids::{DocId, StoryId};

/// A person with a page.
#[derive(Debug)]
pub struct Person {
    /// The file.
    pub doc: DocId,
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
