//! Standing pages, and links that only the plan can check.

use std::sync::Arc;

use crate::base::report::Place;
use crate::base::route::Route;
use crate::content::head::PageHead;
use crate::content::markdown::{Body, Filling};
use crate::site::documents::visibility::Preview;
use crate::site::ids::DocId;

/// A standing page.
#[derive(Debug)]
pub struct StandingPage {
    /// Its document.
    pub doc: DocId,
    /// The document's head.
    pub head: Arc<PageHead>,
    /// The document's text.
    pub body: Arc<Body>,
    /// Its route.
    pub route: Route,
    /// What goes into its slots.
    pub fillings: Vec<Filling>,
    /// Why it would be withheld, when it is shown all the same.
    pub preview: Option<Preview>,
}

/// A link to a path of this site, which only the plan can check.
#[derive(Clone, Debug)]
pub struct PathLink {
    /// The path as written, without the base path; may have a query and an anchor.
    pub path: String,
    /// Where it stands.
    pub place: Place,
}
