//! The model of standing pages, and of links to paths.

use std::sync::Arc;

use crate::base::report::Place;
use crate::base::route::Route;
use crate::content::head::PageHead;
use crate::content::markdown::{Body, Filling};
use crate::site::documents::visibility::Preview;
use crate::site::ids::DocId;

/// A standing page, such as an imprint, which has no date.
#[derive(Debug)]
pub struct StandingPage {
    /// The source document.
    pub doc: DocId,
    /// The front matter, shared with the document.
    pub head: Arc<PageHead>,
    /// The compiled text, shared with the document.
    pub body: Arc<Body>,
    /// The route of the page.
    pub route: Route,
    /// The resolved links and pictures, in the order of the slots of `body`.
    pub fillings: Vec<Filling>,
    /// The reason why readers do not see it yet; `None` for a published page.
    pub preview: Option<Preview>,
}

/// A link to a path of this site, which can be checked only when the plan lists all routes.
#[derive(Clone, Debug)]
pub struct PathLink {
    /// The path as written, without the base path; may have a query and a fragment.
    pub path: String,
    /// The position of the link in its source file.
    pub place: Place,
}
