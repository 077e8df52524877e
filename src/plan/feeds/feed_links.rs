//! The feeds that pages link to, and their names there.

use crate::base::route::Route;
use crate::config::FeedFormat;
use crate::plan::outputs::feed_dates::last_known;
use crate::plan::outputs::feed_files::file;
use crate::plan::views::shapes::FeedLink;
use crate::plan::{FeedSubject, Output, OutputKind, SiteContext, feed_type};
use crate::site::lists::withdrawals::Withdrawal;

/// Adds the feeds of a page, in the formats of the configuration.
pub(in crate::plan) fn add(context: &SiteContext, folder: &str, subject: FeedSubject, outputs: &mut Vec<Output>) {
    if !is_fed(context, folder, subject) {
        return;
    }
    let doc = match subject {
        FeedSubject::Live(id) => Some(context.site.article(id).doc),
        _ => None,
    };
    for format in &context.site.config.feeds.formats {
        let route = Route::own(&format!("{folder}{}", file(*format)));
        outputs.push(Output { route, kind: OutputKind::Feed(*format, subject), doc });
    }
}

/// Whether a page has feeds. A topic or person without a story has none, unless a story of it was withdrawn, or
/// `urls.lock` says that it had one.
pub(in crate::plan) fn is_fed(context: &SiteContext, folder: &str, subject: FeedSubject) -> bool {
    let stories = match subject {
        FeedSubject::Topic(id) => &context.site.topic(id).stories,
        FeedSubject::Person(id) => &context.site.person(id).stories,
        FeedSubject::Site
        | FeedSubject::Thread(_)
        | FeedSubject::Live(_)
        | FeedSubject::Briefings
        | FeedSubject::Corrections => return true,
    };
    // Or have a story that was withdrawn.
    let has_withdrawn = || context.withdrawals().iter().any(|withdrawal| has_shown(subject, withdrawal));
    let site = &context.site;
    let has_date = || !site.stories.is_empty() || last_known(site).is_some();
    let is_kept = || site.lock.as_ref().is_some_and(|lock| lock.has(&first(context, folder))) && has_date();
    !stories.is_empty() || has_withdrawn() || is_kept()
}

/// Links to the feeds of a page.
pub(in crate::plan) fn links(context: &SiteContext, folder: &str, title: &str) -> Vec<FeedLink> {
    let link = |format: &FeedFormat| FeedLink {
        title: title.to_owned(),
        url: context.link(&format!("{folder}{}", file(*format))),
        media_type: feed_type(*format),
    };
    context.site.config.feeds.formats.iter().map(link).collect()
}

/// The route of the feed that a page names to its readers.
pub(in crate::plan) fn first(context: &SiteContext, folder: &str) -> String {
    let format = context.site.config.feeds.formats.first().copied().unwrap_or(FeedFormat::Atom);
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
        // That of live coverage goes with its story. The entries of the other are what was put right; that of the withdrawal
        // is one of them.
        FeedSubject::Live(_) | FeedSubject::Corrections => false,
    }
}
