//! Which pages have feeds, and how they name them.

use crate::base::route::Route;
use crate::config::FeedFormat;
use crate::plan::outputs::feed_files::file;
use crate::plan::views::shapes::FeedLink;
use crate::plan::{Desk, FeedSubject, Output, OutputKind, feed_type};
use crate::site::withdrawals::Withdrawal;

/// Adds the feeds of a page, in the formats of the configuration.
pub(in crate::plan) fn add(desk: &Desk, folder: &str, subject: FeedSubject, outputs: &mut Vec<Output>) {
    if !is_fed(desk, folder, subject) {
        return;
    }
    for format in &desk.site.config.feeds.formats {
        let route = Route::own(&format!("{folder}{}", file(*format)));
        outputs.push(Output { route, kind: OutputKind::Feed(*format, subject), doc: None });
    }
}

/// Whether a page has feeds. Of what has no story there is nothing to tell, unless readers have the feed already.
pub(in crate::plan) fn is_fed(desk: &Desk, folder: &str, subject: FeedSubject) -> bool {
    let stories = match subject {
        FeedSubject::Topic(id) => &desk.site.topic(id).stories,
        FeedSubject::Person(id) => &desk.site.person(id).stories,
        FeedSubject::Site | FeedSubject::Thread(_) | FeedSubject::Briefings | FeedSubject::Corrections => return true,
    };
    // Or have a story that was withdrawn.
    let has_withdrawn = || desk.withdrawals().iter().any(|withdrawal| has_shown(subject, withdrawal));
    !stories.is_empty() || has_withdrawn() || desk.site.lock.as_ref().is_some_and(|lock| lock.has(&first(desk, folder)))
}

/// Links to the feeds of a page.
pub(in crate::plan) fn links(desk: &Desk, folder: &str, title: &str) -> Vec<FeedLink> {
    let link = |format: &FeedFormat| FeedLink {
        title: title.to_owned(),
        url: desk.link(&format!("{folder}{}", file(*format))),
        media_type: feed_type(*format),
    };
    desk.site.config.feeds.formats.iter().map(link).collect()
}

/// The route of the feed that a page names to its readers.
pub(in crate::plan) fn first(desk: &Desk, folder: &str) -> String {
    let format = desk.site.config.feeds.formats.first().copied().unwrap_or(FeedFormat::Atom);
    format!("{folder}{}", file(format))
}

/// Whether a feed may have shown a story before it was withdrawn.
pub(super) fn has_shown(subject: FeedSubject, withdrawal: &Withdrawal) -> bool {
    match subject {
        FeedSubject::Site => true,
        FeedSubject::Topic(id) => withdrawal.topics.contains(&id),
        FeedSubject::Person(id) => withdrawal.people.contains(&id),
        FeedSubject::Thread(id) => withdrawal.thread == Some(id),
        FeedSubject::Briefings => withdrawal.is_briefed,
        // Its entries are what was put right; that of the withdrawal is one of them.
        FeedSubject::Corrections => false,
    }
}
