//! The addresses by which readers know the topic that goes away: those in `urls.lock`, and former ones in its file.

use std::collections::BTreeSet;
use std::path::Path;

use super::names::Side;
use crate::base::disk;
use crate::base::report::Report;
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::head::TopicHead;
use crate::site::UrlsLock;
use crate::site::urls_lock;

/// The folder of topics' pages.
const TOPICS: &str = "/topics/";

/// The list of published addresses; `None` when the desk keeps none.
pub(super) fn lock(root: &Path, config: &Config) -> (Option<UrlsLock>, Report) {
    let mut report = Report::default();
    let name = urls_lock::name(config.host.as_deref());
    let file = root.join(&name);
    if !disk::exists(&file) {
        return (None, report);
    }
    match disk::read_to_string(&file) {
        Ok(text) => UrlsLock::read(&name, &text),
        Err(error) => {
            report.push(error.into());
            (None, report)
        }
    }
}

/// The addresses of the topic that goes away which must lead to the one that stays. Each topic has the front matter of its
/// file, if it has one.
pub(super) fn addresses(
    lock: Option<&UrlsLock>,
    (gone, old): (&Side, Option<&TopicHead>),
    (stays, new): (&Side, Option<&TopicHead>),
) -> Vec<Route> {
    let slugs = |side: &Side, head: Option<&TopicHead>| -> BTreeSet<String> {
        let names = std::iter::once(&side.title).chain(head.iter().flat_map(|head| &head.aliases));
        let natural = names.map(|name| text::slugify(name)).filter(|slug| !slug.is_empty());
        let given = head.and_then(|head| head.slug.clone());
        let listed = lock.into_iter().flat_map(|lock| lock.names(TOPICS));
        let recorded = listed.filter(|(_, name)| side.folded.contains(*name)).map(|(slug, _)| slug.to_owned());
        natural.chain(given).chain(recorded).collect()
    };
    let kept = slugs(stays, new);
    // A slug that is recorded for another name is that topic's.
    let is_foreign = |slug: &str| {
        let mut listed = lock.into_iter().flat_map(|lock| lock.names(TOPICS));
        listed.any(|(known, name)| known == slug && !gone.folded.contains(name))
    };
    let published = slugs(gone, old).into_iter().filter(|slug| !kept.contains(slug) && !is_foreign(slug));
    let published = published.filter_map(|slug| Route::new(&format!("{TOPICS}{slug}/")).ok());
    let published = published.filter(|route| lock.is_some_and(|lock| lock.has(route.as_str())));
    let former = old.into_iter().flat_map(|head| head.redirect_from.iter().cloned());
    let is_known = |route: &Route| new.is_some_and(|head| head.redirect_from.contains(route));
    let mut found: Vec<Route> = Vec::new();
    for route in former.chain(published) {
        if !is_known(&route) && !found.contains(&route) {
            found.push(route);
        }
    }
    found
}
