//! Files of feeds: their names and media types, and whether the site has any of its own.

use super::feed_dates::last_known;
use crate::config::FeedFormat;
use crate::site::{Site, UrlsLock};

/// The file of a feed in its folder.
pub(in crate::plan) fn file(format: FeedFormat) -> &'static str {
    match format {
        FeedFormat::Atom => "feed.xml",
        FeedFormat::Rss => "rss.xml",
        FeedFormat::Json => "feed.json",
    }
}

/// Whether an address is that of a feed.
pub fn is_feed(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or(url);
    [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json].into_iter().any(|format| file(format) == name)
}

/// The media type of a feed.
pub fn feed_type(format: FeedFormat) -> &'static str {
    match format {
        FeedFormat::Atom => "application/atom+xml",
        FeedFormat::Rss => "application/rss+xml",
        FeedFormat::Json => "application/feed+json",
    }
}

/// Whether the site has feeds of its own. Atom requires `updated`, and a feed without entries has no date for it: the feeds
/// begin with the first story, unless `urls.lock` says that readers subscribed to them already, and something has a date.
pub(in crate::plan) fn is_site_fed(site: &Site) -> bool {
    let formats = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];
    let is_known =
        |lock: &UrlsLock| formats.into_iter().any(|format| lock.has(&site.config.own(&format!("/{}", file(format)))));
    let is_kept = || site.lock.as_deref().is_some_and(is_known) && last_known(site).is_some();
    !site.stories.is_empty() || !site.articles.is_empty() || is_kept()
}
