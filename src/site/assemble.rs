//! The passes that assemble a site. Each needs the results of those before it.

use std::sync::Arc;

use super::documents::entry_files::EntryFiles;
use super::documents::lookup::Documents;
use super::documents::pass::PassInputs;
use super::documents::visibility::{self, Held, Scope, Showing, Visibility};
use super::finish::Kin;
use super::links::published::PublishedFiles;
use super::links::resolver::LinkTargets;
use super::model::Site;
use super::registry::names::Registry;
use super::stories::Listed;
use super::stories::shown::ShownDocuments;
use super::stories::{people, related, threads, translations};
use super::topics::pairs;
use super::urls_lock::UrlsLock;
use super::{editions, links, stories, topics};
use crate::base::date::Moment;
use crate::base::report::Report;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::data::Data;
use crate::content::document::Document;
use crate::content::unread::UnreadFile;

/// Everything from which a site is assembled.
#[derive(Clone)]
pub struct SiteInputs {
    /// The checked configuration.
    pub config: Arc<Config>,
    /// All documents, ordered by path.
    pub documents: Vec<Arc<Document>>,
    /// All files beside documents, ordered by path.
    pub assets: Vec<Asset>,
    /// Files of the folder `static/`, ordered by path.
    pub statics: Arc<[Asset]>,
    /// Data files.
    pub data: Arc<Data>,
    /// The published addresses from `urls.lock`; `None` when the desk keeps none.
    pub lock: Option<Arc<UrlsLock>>,
    /// Documents without a usable title, name or date, by path. Only their links are checked.
    pub incomplete: Vec<Arc<Document>>,
    /// Content files that have no page because of their errors; a link to one of them is not reported as broken.
    pub unread: Vec<UnreadFile>,
    /// The instant that decides which documents are published.
    pub as_of: Moment,
    /// The withheld documents that a preview includes.
    pub scope: Scope,
}

/// Assembles a site, as a pure function of its inputs. The site is complete even when the report has errors.
pub fn assemble(inputs: SiteInputs) -> (Site, Report) {
    let SiteInputs { config, mut documents, assets, statics, data, lock, incomplete, unread, as_of, scope } = inputs;
    let mut report = Report::default();
    let entries = EntryFiles::find(&mut documents, &unread, &config, &mut report);
    let Visibility { shown: showing, withheld, upcoming } =
        visibility::sort_out(&documents, &entries, &config, as_of, scope);
    let Held { documents, held } =
        visibility::hold_entries(documents, &entries, &showing, (as_of, scope), &config, &mut report);
    let documents = Documents::new(documents, unread, &config);
    let shown = &*showing;
    let inputs =
        PassInputs { config: &config, documents: &documents, shown, entries: &entries, lock: lock.as_deref(), as_of };

    let mut shown = ShownDocuments::of(inputs);
    shown.check_updates(inputs, &mut report);
    stories::entries::join(inputs, &mut shown.articles, &mut report);
    shown.check_items(inputs, &mut report);
    let ShownDocuments { articles, briefings, pages } = shown;
    let registry = Registry::read(inputs, &mut report);
    let mut named = stories::of_articles(inputs, &articles, &registry, &mut report);
    topics::check_files(inputs, &registry, &mut report);
    named.extend(stories::of_items(inputs, &briefings, &registry, &mut report));
    let named = stories::order(named);
    let (topics, topic_ids) = topics::gather(inputs, &registry, &named, &mut report);
    let stories = topic_ids.stories(named);
    let neighbors = stories::neighbors(&stories, articles.len());
    let listed = Listed { articles: &articles, neighbors: &neighbors, stories: &stories };

    let topic_lists = topics::lists(&topics, &stories);
    let pairs = pairs::gather(inputs, &topics, &stories, &mut report);
    let pairs_of = pairs::of_topics(&pairs, topics.len());
    let editions = editions::editions(inputs, briefings, listed, &mut report);
    let people = people::gather(inputs, &articles, editions::authors(&editions));
    let by_lines = people::by_lines(inputs, &people, listed, &mut report);
    let (threads, thread_of) = threads::gather(inputs, listed, &mut report);
    translations::check_incomplete(inputs, &incomplete, &mut report);
    let related = related::relate(listed, topics.len());
    let translations = translations::group(inputs, listed, &mut report);

    let targets = LinkTargets {
        articles: &articles,
        standing: &pages,
        people: &people,
        topics: &topics,
        editions: &editions,
        beside: &assets,
        statics: &statics,
        data: &data,
        held: &held,
    };
    let links = links::resolve(inputs, targets, &incomplete, &mut report);
    let published = PublishedFiles::new(&config, &statics, &links.files);
    let article_fillings = published.articles(&articles, links.articles);
    let person_fillings = published.people(&people, links.people);
    let page_fillings = published.pages(&pages, links.pages);
    let topic_fillings = published.topics(&topics, links.topics);
    let edition_fillings = published.editions(&editions, links.editions);
    let answered = published.config(&mut report);

    let articles = articles.into_iter().zip(neighbors).zip(article_fillings);
    let articles = articles.zip(related).zip(thread_of).zip(translations);
    let edition_by_doc = editions::by_doc(&editions);
    let is_elsewhere = |(_, showing): &(_, &Showing)| **showing == Showing::Elsewhere;
    let elsewhere = documents.numbered().zip(&showing).filter(is_elsewhere).map(|((doc, _), _)| doc).collect();
    let mut site = Site {
        config: answered.map_or(config, Arc::new),
        as_of,
        scope,
        data,
        documents,
        stories: stories.into(),
        articles: articles
            .map(|(((((shown, neighbors), fillings), related), thread), translations)| {
                Arc::new(shown.finish(neighbors, fillings, Kin { related, thread, translations }))
            })
            .collect(),
        topics: topics
            .into_iter()
            .zip(topic_lists)
            .zip(pairs_of)
            .zip(topic_fillings)
            .map(|(((shown, lists), pairs), fillings)| shown.finish(lists, pairs, fillings))
            .collect(),
        pairs: pairs.into(),
        editions: editions.into_iter().zip(edition_fillings).map(|(shown, fillings)| shown.finish(fillings)).collect(),
        edition_by_doc: Arc::new(edition_by_doc),
        people: people
            .into_iter()
            .zip(by_lines)
            .zip(person_fillings)
            .map(|((shown, stories), fillings)| shown.finish(stories, fillings))
            .collect(),
        threads: threads.into(),
        pages: pages.into_iter().zip(page_fillings).map(|(shown, fillings)| shown.finish(fillings)).collect(),
        files: links.files.into(),
        renditions: links.renditions.into(),
        assets: assets.into(),
        statics,
        path_links: links.path_links.into(),
        lock,
        elsewhere,
        withheld: withheld.into(),
        held_entries: held.into(),
        entries,
        upcoming: upcoming.into(),
        front: Arc::default(),
    };
    site.front = Arc::new(site.arrange_front(&mut report));
    (site, report)
}
