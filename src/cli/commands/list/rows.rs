//! The rows of each list of `dateline list`.

use std::cmp::Reverse;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::base::date::{Moment, Zone};
use crate::base::text;
use crate::cli::output::table::TextTable;
use crate::site::{Article, Edition, Site, Topic, Withheld, editions};

/// Formats an instant, for people or for programs.
pub(super) type When = fn(Moment, &Zone) -> String;

pub(super) fn articles(sites: &[Arc<Site>], when: When) -> TextTable {
    let row = |(site, article): (&Site, &Article)| {
        let document = site.document(article.doc);
        let head = &article.head;
        let state = if article.story.is_some() { "live" } else { "withdrawn" };
        let topics = article.story.map_or_else(Vec::new, |id| site.story(id).topics.clone());
        let topics: Vec<&str> = topics.into_iter().map(|id| site.topic(id).title.as_str()).collect();
        vec![
            json!(when(article.published, &site.config.zone)),
            json!(state),
            json!(head.title),
            json!(topics),
            url(site, article.route.as_str()),
            json!(document.path),
        ]
    };
    let all = sites.iter().flat_map(|site| site.articles.iter().map(|article| (&**site, &**article)));
    let mut articles: Vec<(&Site, &Article)> = all.collect();
    articles.sort_by_key(|(_, article)| Reverse(article.published.instant()));
    TextTable {
        columns: &["date", "state", "title", "topics", "url", "file"],
        rows: articles.into_iter().map(row).collect(),
    }
}

pub(super) fn briefings(sites: &[Arc<Site>], when: When) -> TextTable {
    let row = |(site, edition): (&Site, &Edition)| {
        let file = edition.doc().map(|doc| site.document(doc).path.as_str());
        let items = edition.item_fillings.len() + edition.stories.len();
        let title = editions::title(site, edition);
        vec![
            json!(when(edition.date, &site.config.zone)),
            json!(edition.number),
            json!(title),
            json!(items),
            url(site, edition.route.as_str()),
            json!(file),
        ]
    };
    let all = sites.iter().flat_map(|site| site.editions.iter().map(|edition| (&**site, edition)));
    let mut editions: Vec<(&Site, &Edition)> = all.collect();
    editions.sort_by_key(|(_, edition)| Reverse(edition.date.instant()));
    TextTable {
        columns: &["date", "number", "title", "items", "url", "file"],
        rows: editions.into_iter().map(row).collect(),
    }
}

pub(super) fn topics(sites: &[Arc<Site>], when: When) -> TextTable {
    let all = sites.iter().flat_map(|site| site.topics.iter().map(|topic| (&**site, topic)));
    let mut topics: Vec<(&Site, &Topic)> = all.collect();
    topics.sort_by_cached_key(|(_, topic)| (text::fold(&topic.title), topic.route()));
    let row = |(site, topic): (&Site, &Topic)| {
        let newest = topic.stories.first().map(|id| when(site.story(*id).date, &site.config.zone));
        let file = topic.doc().map(|doc| site.document(doc).path.as_str());
        vec![
            json!(topic.title),
            json!(topic.kind),
            json!(topic.stories.len()),
            json!(newest),
            url(site, topic.route().as_str()),
            json!(file),
        ]
    };
    TextTable {
        columns: &["title", "kind", "stories", "newest", "url", "file"],
        rows: topics.into_iter().map(row).collect(),
    }
}

pub(super) fn withheld(site: &Site, when: When, wanted: impl Fn(&Withheld) -> bool) -> TextTable {
    let mut held: Vec<&Withheld> = site.withheld.iter().filter(|held| wanted(held)).collect();
    // Stories that wait longest, or forever, come last.
    held.sort_by_key(|held| (held.until.is_none(), held.until.map(Moment::instant), &held.path));
    let row = |held: &Withheld| {
        vec![
            json!(held.reason.word()),
            json!(held.until.map(|until| when(until, &site.config.zone))),
            json!(held.title),
            json!(held.path),
        ]
    };
    TextTable { columns: &["reason", "until", "title", "file"], rows: held.into_iter().map(row).collect() }
}

fn url(site: &Site, route: &str) -> Value {
    json!(site.config.base_url.absolute(route))
}
