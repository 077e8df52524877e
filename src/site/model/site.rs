//! The whole site.

use std::collections::HashMap;
use std::sync::Arc;

use super::article::Article;
use super::edition::Edition;
use super::page::{PathLink, StandingPage};
use super::pair::Pair;
use super::person::Person;
use super::story::Story;
use super::thread::Thread;
use super::topic::Topic;
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::document::Document;
use crate::site::documents::heads::topic_names;
use crate::site::documents::lookup::Documents;
use crate::site::documents::visibility::{Change, Scope, Withheld};
use crate::site::ids::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, PersonId, StoryId, ThreadId, TopicId};
use crate::site::lock::Lock;

/// For so long an article is news to search engines: two days.
pub(in crate::site) const NEWS_HOURS: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);

/// A whole site, as of one instant.
#[derive(Debug)]
pub struct Site {
    /// Its configuration.
    pub config: Arc<Config>,
    /// The instant that it is published as of.
    pub as_of: Moment,
    /// Whether drafts and future stories are shown.
    pub scope: Scope,
    /// All documents, withheld ones too, by path. Only this floor may look a withheld one up.
    pub(in crate::site) documents: Documents,
    /// What lists show, newest first: articles, and items of briefings.
    pub stories: Vec<Story>,
    /// All articles with a page, withdrawn ones too, newest first.
    pub articles: Vec<Article>,
    /// All topics, by slug.
    pub topics: Vec<Topic>,
    /// Pairs of topics that enough stories are about together, by their slugs.
    pub pairs: Vec<Pair>,
    /// Editions, newest first.
    pub editions: Vec<Edition>,
    pub(in crate::site) edition_by_doc: HashMap<DocId, EditionId>,
    /// People with a file, by name.
    pub people: Vec<Person>,
    /// Developing stories, the one with the newest part first.
    pub threads: Vec<Thread>,
    /// Standing pages, by route.
    pub pages: Vec<StandingPage>,
    /// Files beside stories that are published with them: the route, and the file.
    pub files: Vec<(Route, AssetId)>,
    /// All files beside stories.
    pub assets: Vec<Asset>,
    /// Static files, by path.
    pub statics: Arc<[Asset]>,
    /// Links to paths of this site, to be checked against the plan.
    pub path_links: Vec<PathLink>,
    /// Every address that was published, where the desk keeps a list.
    pub lock: Option<Lock>,
    /// What is not shown, and why.
    pub withheld: Vec<Withheld>,
    /// What the site will do by itself, in order of time.
    pub upcoming: Vec<Change>,
}

impl Site {
    /// All documents that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Document> {
        let articles = self.articles.iter().map(|article| article.doc);
        let pages = self.pages.iter().map(|page| page.doc);
        let editions = self.editions.iter().filter_map(Edition::doc);
        let topics = self.topics.iter().filter_map(Topic::doc);
        let people = self.people.iter().map(|person| person.doc);
        articles.chain(pages).chain(editions).chain(topics).chain(people).map(|doc| self.document(doc))
    }

    /// A document that is shown.
    pub fn document(&self, id: DocId) -> &Document {
        self.documents.get(id)
    }

    /// Like [`document`](Self::document), as a shared handle.
    pub fn shared_document(&self, id: DocId) -> &Arc<Document> {
        self.documents.get(id)
    }

    /// When the site next changes by itself.
    pub fn next_change(&self) -> Option<Moment> {
        self.upcoming.first().map(|change| change.at)
    }

    /// Until when the same sources give the same site and the same report: until it changes by itself, or an update that
    /// is dated ahead is no longer so.
    pub fn stays_until(&self) -> Option<Moment> {
        let logs = self.articles.iter().map(|article| &article.head.updates);
        let files = self.editions.iter().filter_map(|edition| edition.file.as_ref());
        let logs = logs.chain(files.map(|file| &file.head.updates));
        let updates = logs.flatten().map(|update| update.at);
        let ahead = updates.filter(|at| at.instant() > self.as_of.instant());
        // An article that is news today is not the day after tomorrow, and a `security.txt` wants to be renewed in time.
        let old = self.recent_articles().filter_map(|article| {
            let date = article.head.date.instant();
            date.checked_add(NEWS_HOURS).ok().map(Moment::at)
        });
        let renewals = self.config.security.iter().flat_map(|security| {
            let renewal = security.expires.instant().checked_sub(jiff::SignedDuration::from_hours(30 * 24));
            [renewal.ok().map(Moment::at), Some(security.expires)].into_iter().flatten()
        });
        let renewals = renewals.filter(|at| at.instant() > self.as_of.instant());
        ahead.chain(self.next_change()).chain(old).chain(renewals).min_by_key(|at| at.instant())
    }

    /// Whether search engines may show an article as this site's.
    pub fn is_listed(&self, article: &Article) -> bool {
        let head = &article.head;
        article.story.is_some() && !head.noindex && head.canonical.is_none()
    }

    /// A topic's codes in outside vocabularies, as names of vocabularies and codes.
    pub fn codes(&self, id: TopicId) -> &[(String, String)] {
        self.topic(id).head().map_or(&[], |head| &head.codes)
    }

    /// Articles that are news: first published in the last two days, newest first, without those that search engines are
    /// to find elsewhere or not at all.
    pub fn recent_articles(&self) -> impl Iterator<Item = &Article> {
        let now = self.as_of.instant();
        let age = move |article: &&Article| now.duration_since(article.head.date.instant());
        self.articles
            .iter()
            .skip_while(move |article| age(article).is_negative())
            .take_while(move |article| age(article) < NEWS_HOURS)
            .filter(|article| self.is_listed(article))
    }

    /// The edition that a document is.
    pub fn edition_of(&self, doc: DocId) -> Option<&Edition> {
        self.edition_by_doc.get(&doc).map(|id| self.edition(*id))
    }

    /// Whether a document names a topic or section by this name or slug, be it withheld or withdrawn. To ask for the stories
    /// of such a topic is no slip: there are none until a document is public, or since the last one is not.
    pub fn names_topic(&self, name: &str) -> bool {
        let folded = text::fold(name);
        let is_it = |written: &str| text::fold(written) == folded || text::slugify(written) == name;
        self.documents.all().iter().any(|document| {
            let is_own = document.topic().is_some_and(|(head, _)| {
                is_it(&head.title)
                    || head.aliases.iter().any(|alias| is_it(alias))
                    || head.slug.as_deref() == Some(name)
            });
            is_own || topic_names(document).into_iter().any(|written| is_it(written))
        })
    }

    /// A story.
    pub fn story(&self, id: StoryId) -> &Story {
        &self.stories[id.0]
    }

    /// An article.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0]
    }

    /// A topic.
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.0]
    }

    /// A pair of topics.
    pub fn pair(&self, id: PairId) -> &Pair {
        &self.pairs[id.0]
    }

    /// An edition.
    pub fn edition(&self, id: EditionId) -> &Edition {
        &self.editions[id.0]
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0]
    }

    /// A developing story.
    pub fn thread(&self, id: ThreadId) -> &Thread {
        &self.threads[id.0]
    }

    /// A standing page.
    pub fn page(&self, id: PageId) -> &StandingPage {
        &self.pages[id.0]
    }

    /// A file beside a story.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0]
    }

    /// The language of a document.
    pub fn language<'a>(&'a self, document: &'a Document) -> &'a str {
        document.language().unwrap_or(&self.config.language)
    }
}
