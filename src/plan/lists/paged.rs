//! The interface of a paginated list.

use std::ops::Range;

use crate::base::date::Moment;
use crate::base::route::Route;
use crate::plan::page::Page;
use crate::plan::views::meta::Meta;
use crate::plan::{FeedSubject, Leaf, SiteContext};
use crate::site::DocId;

/// A paginated list. Its entries are numbered from the newest.
pub(super) trait Paged {
    /// The address of its front.
    fn route(&self, context: &SiteContext) -> Route;

    /// What it is called.
    fn title(&self, context: &SiteContext) -> String;

    /// How many entries it has.
    fn count(&self, context: &SiteContext) -> usize;

    /// The date of an entry.
    fn date(&self, context: &SiteContext, entry: usize) -> Moment;

    /// What its feeds are about, if it can have any.
    fn subject(&self) -> Option<FeedSubject>;

    /// The document that asks for its front.
    fn doc(&self, _desk: &SiteContext) -> Option<DocId> {
        None
    }

    /// One of its pages, with the entries in `shown` and without a pager. The title, the neighbours and the feeds are in
    /// `meta`.
    fn page(&self, context: &SiteContext, leaf: Leaf, shown: Range<usize>, meta: Meta) -> Page;
}
