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
    /// Returns the route of the front.
    fn route(&self, context: &SiteContext) -> Route;

    /// Returns the title.
    fn title(&self, context: &SiteContext) -> String;

    /// Returns the number of entries.
    fn count(&self, context: &SiteContext) -> usize;

    /// Returns the date of an entry.
    fn date(&self, context: &SiteContext, entry: usize) -> Moment;

    /// Returns the subject of its feeds, if it can have feeds.
    fn subject(&self) -> Option<FeedSubject>;

    /// Returns the document that the front is made for, if there is one.
    fn doc(&self, _desk: &SiteContext) -> Option<DocId> {
        None
    }

    /// Makes one page with the entries in `shown`, without a pager. `meta` has the title, the neighbours and the feeds.
    fn page(&self, context: &SiteContext, leaf: Leaf, shown: Range<usize>, meta: Meta) -> Page;
}
