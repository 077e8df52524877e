//! When a story first appeared to readers, which pages, feeds and lists go by.
//!
//! That is the later of `date` and `embargo`. What `urls.lock` has recorded takes precedence, so that no later edit of the two
//! moves a published story to another day: an embargo that pulls it back for a while, or the removal of one that is over.

use crate::base::date::Moment;
use crate::config::Config;
use crate::content::address;
use crate::content::document::{Content, Document};
use crate::site::urls_lock::{Recorded, UrlsLock};

/// The first appearance of an article or a briefing; `None` for other documents, which have no date. It may lie ahead. A
/// record that lies after `as_of` is ignored: at that instant, it had not been made.
pub(in crate::site) fn first(
    document: &Document,
    config: &Config,
    lock: Option<&UrlsLock>,
    as_of: Moment,
) -> Option<Moment> {
    let (date, embargo) = dates(document)?;
    let recorded = recorded(document, config, lock).map(|recorded| match recorded {
        Recorded::At(at) => at,
        // Earlier versions of the program went by `date` alone, and have filed the story under it.
        Recorded::Unknown => date,
    });
    let recorded = recorded.filter(|at| at.instant() <= as_of.instant());
    Some(recorded.unwrap_or_else(|| later(date, embargo)))
}

/// What `urls.lock` knows of the first appearance of a document, by its address or a former one; `None` for an address that
/// was never published.
pub fn recorded(document: &Document, config: &Config, lock: Option<&UrlsLock>) -> Option<Recorded> {
    let former = document.aliases().iter().map(address::of_alias);
    lock?.appearance(document.route.as_ref()?, former, &config.zone)
}

/// The later of `date` and `embargo`.
pub fn later(date: Moment, embargo: Option<Moment>) -> Moment {
    embargo.filter(|embargo| embargo.instant() > date.instant()).unwrap_or(date)
}

/// The `date` and `embargo` of an article or a briefing.
fn dates(document: &Document) -> Option<(Moment, Option<Moment>)> {
    match &document.content {
        Content::Article(head, _) => Some((head.date, head.embargo)),
        Content::Briefing(head, _) => Some((head.date, head.embargo)),
        Content::Entry(..) | Content::Topic(..) | Content::Person(..) | Content::Page(..) => None,
    }
}
