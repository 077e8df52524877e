//! The model of the whole site.

use std::collections::HashMap;
use std::sync::Arc;

use super::article::Article;
use super::edition::Edition;
use super::front::Front;
use super::page::{PathLink, StandingPage};
use super::pair::Pair;
use super::person::Person;
use super::story::Story;
use super::thread::Thread;
use super::topic::Topic;
use crate::base::date::Moment;
use crate::base::picture::rendition::Rendition;
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::data::Data;
use crate::content::document::Document;
use crate::content::head::StoryKind;
use crate::site::documents::entry_files::EntryFiles;
use crate::site::documents::heads::topic_names;
use crate::site::documents::lookup::Documents;
use crate::site::documents::visibility::{Change, Scope, Withheld};
use crate::site::ids::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, PersonId, StoryId, ThreadId, TopicId};
use crate::site::urls_lock::UrlsLock;

/// The age up to which an article is in the news sitemap: Google wants articles of the last two days there.
pub(in crate::site) const NEWS_HOURS: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);

/// A whole site as of one instant; the root of the model, immutable once assembled.
///
/// Its parts are shared, so that a copy with few differences costs little.
#[derive(Clone, Debug)]
pub struct Site {
    /// The configuration, without pictures whose files are missing.
    pub config: Arc<Config>,
    /// The instant that decides which documents are published.
    pub as_of: Moment,
    /// The withheld documents that a preview includes.
    pub scope: Scope,
    /// All documents by path, including withheld ones, which only this module may access.
    pub(in crate::site) documents: Documents,
    /// Data files.
    pub data: Arc<Data>,
    /// The entries of lists, newest first: articles and items of briefings.
    pub stories: Arc<[Story]>,
    /// All articles with a page, newest first, including withdrawn ones.
    pub articles: Vec<Arc<Article>>,
    /// All topics, ordered by slug.
    pub topics: Arc<[Topic]>,
    /// Pairs of topics with enough common stories, ordered by their two slugs.
    pub pairs: Arc<[Pair]>,
    /// All editions, newest first.
    pub editions: Arc<[Edition]>,
    pub(in crate::site) edition_by_doc: Arc<HashMap<DocId, EditionId>>,
    /// All people with a file, ordered by name.
    pub people: Arc<[Person]>,
    /// Threads of developing stories, ordered by their newest part, newest first.
    pub threads: Arc<[Thread]>,
    /// Standing pages, ordered by route.
    pub pages: Arc<[StandingPage]>,
    /// Files beside documents that are published with a page, ordered by their routes.
    pub files: Arc<[(Route, AssetId)]>,
    /// Scaled copies of pictures beside documents that a page shows, ordered by their routes.
    pub renditions: Arc<[(Route, AssetId, Rendition)]>,
    /// All files beside documents, ordered by path.
    pub assets: Arc<[Asset]>,
    /// Files of the folder `static/`, ordered by path.
    pub statics: Arc<[Asset]>,
    /// What the desk has arranged for the front page.
    pub front: Arc<Front>,
    /// Links to paths of this site, to be checked against the plan.
    pub path_links: Arc<[PathLink]>,
    /// The published addresses from `urls.lock`; `None` when the desk keeps none.
    pub lock: Option<Arc<UrlsLock>>,
    /// The documents that are shown in editions of other languages, ordered by path.
    pub elsewhere: Arc<[DocId]>,
    /// The documents that are not shown, with the reasons.
    pub withheld: Arc<[Withheld]>,
    /// The documents of live coverage with entries that are not shown yet, as they are in full. Only this module may access
    /// them.
    pub(in crate::site) held_entries: Arc<[(DocId, Arc<Document>)]>,
    /// The entries of live coverage in files of their own. Only this module may access them.
    pub(in crate::site) entries: EntryFiles,
    /// Future changes of visibility by date, soonest first.
    pub upcoming: Arc<[Change]>,
}

impl Site {
    /// The documents with a page, and entries of live coverage on that of their story, by kind; in the edition at the root of its host, those of the others there after them.
    pub fn shown(&self) -> impl Iterator<Item = &Document> {
        let articles = self.articles.iter().map(|article| article.doc);
        let pages = self.pages.iter().map(|page| page.doc);
        let editions = self.editions.iter().filter_map(Edition::doc);
        let topics = self.topics.iter().filter_map(Topic::doc);
        let people = self.people.iter().map(|person| person.doc);
        let articles = articles.flat_map(|doc| std::iter::once(doc).chain(self.entries_of(doc)));
        let own = articles.chain(pages).chain(editions).chain(topics).chain(people);
        own.chain(self.elsewhere_here()).map(|doc| self.document(doc))
    }

    /// The files with entries of a story of live coverage that are shown with it.
    pub(in crate::site) fn entries_of(&self, story: DocId) -> impl Iterator<Item = DocId> {
        let is_shown = |doc: &DocId| !self.withheld.iter().any(|withheld| withheld.doc == *doc);
        self.entries.of(story).iter().copied().filter(is_shown)
    }

    /// The documents of live coverage in all languages, shown or not.
    pub fn live_stories(&self) -> impl Iterator<Item = &Document> {
        let documents = self.documents.all().iter().map(Arc::as_ref);
        documents.filter(|document| document.article().is_some_and(|(head, _)| head.kind == StoryKind::Live))
    }

    /// The paths of all files with entries of a story of live coverage, shown or not.
    pub fn entry_paths(&self, story: DocId) -> impl Iterator<Item = &str> {
        self.entries.of(story).iter().map(|doc| self.document(*doc).path.as_str())
    }

    /// The path of the document whose page shows a file: for an entry of live coverage, its story.
    pub fn page_path<'p>(&'p self, path: &'p str) -> &'p str {
        let story = self.documents.at(path).and_then(|doc| self.entries.story_of(doc));
        story.map_or(path, |story| self.document(story).path.as_str())
    }

    /// The article with a page whose document is at a path.
    pub fn article_at(&self, path: &str) -> Option<&Article> {
        let doc = self.documents.at(path)?;
        self.articles.iter().map(Arc::as_ref).find(|article| article.doc == doc)
    }

    /// In the edition at the root of a host, the documents of the others on it, which are shown too.
    pub(in crate::site) fn elsewhere_here(&self) -> impl Iterator<Item = DocId> {
        let is_here = |doc: &DocId| self.config.other_host(self.document(*doc).language()).is_none();
        self.elsewhere.iter().copied().filter(move |doc| self.config.is_root() && is_here(doc))
    }

    /// A link to the page of a document, in the edition of its language: absolute where that has another host.
    pub fn link_to(&self, id: DocId) -> Option<String> {
        let document = self.document(id);
        Some(self.config.link_in(document.language(), document.route.as_ref()?.as_str()))
    }

    /// The absolute address of the page of a document, in the edition of its language.
    pub fn address_of(&self, id: DocId) -> Option<String> {
        let document = self.document(id);
        Some(self.config.absolute_in(document.language(), document.route.as_ref()?.as_str()))
    }

    /// The document with this id. Callers outside this module have only the ids of shown documents, and of those listed
    /// as withheld.
    pub fn document(&self, id: DocId) -> &Document {
        self.documents.get(id)
    }

    /// Whether a path of the site may be the address of a content file with errors, or of a list that it would be in. It
    /// is not reported as missing then: the errors are the cause.
    pub fn may_be_unread(&self, path: &str) -> bool {
        self.documents.may_answer(path)
    }

    /// The next instant at which the site changes without an edit.
    pub fn next_change(&self) -> Option<Moment> {
        let changes = self.upcoming.first().map(|change| change.at).into_iter().chain(self.front.until);
        changes.min_by_key(|at| at.instant())
    }

    /// The instant until which the same sources give the same site and report: the next change of visibility, the date
    /// of an update that is dated ahead, a first appearance that is recorded ahead, the expiry of an article in the news
    /// sitemap, or of `security.txt`. `None` for ever.
    pub fn stays_until(&self) -> Option<Moment> {
        let logs = self.articles.iter().map(|article| &article.head.updates);
        let files = self.editions.iter().filter_map(|edition| edition.file.as_ref());
        let logs = logs.chain(files.map(|file| &file.head.updates));
        let updates = logs.flatten().map(|update| update.at);
        let ahead = updates.filter(|at| at.instant() > self.as_of.instant());
        // Articles leave the news sitemap after two days, and `security.txt` should be renewed 30 days before it
        // expires.
        let old = self
            .recent_articles()
            .filter_map(|article| article.published.instant().checked_add(NEWS_HOURS).ok().map(Moment::at));
        let renewals = self.config.security.iter().flat_map(|security| {
            let renewal = security.expires.instant().checked_sub(jiff::SignedDuration::from_hours(30 * 24));
            [renewal.ok().map(Moment::at), Some(security.expires)].into_iter().flatten()
        });
        let renewals = renewals.filter(|at| at.instant() > self.as_of.instant());
        // Before the instant of a record, it does not count.
        let recorded = self.lock.as_deref().and_then(|lock| lock.next_appearance(self.as_of, &self.config.zone));
        ahead.chain(self.next_change()).chain(recorded).chain(old).chain(renewals).min_by_key(|at| at.instant())
    }

    /// Whether search engines should index the article as one of this site: it stands, is not `noindex`, and has no
    /// canonical URL elsewhere.
    pub fn is_listed(&self, article: &Article) -> bool {
        let head = &article.head;
        article.story.is_some() && !head.noindex && head.canonical.is_none()
    }

    /// The topic's codes in external vocabularies, as pairs of vocabulary and code.
    pub fn codes(&self, id: TopicId) -> &[(String, String)] {
        self.topic(id).head().map_or(&[], |head| &head.codes)
    }

    /// The articles for the news sitemap, newest first: published in the last two days and listed by `is_listed`.
    pub fn recent_articles(&self) -> impl Iterator<Item = &Article> {
        let now = self.as_of.instant();
        let age = move |article: &&Article| now.duration_since(article.published.instant());
        self.articles
            .iter()
            .map(Arc::as_ref)
            .skip_while(move |article| age(article).is_negative())
            .take_while(move |article| age(article) < NEWS_HOURS)
            .filter(|article| self.is_listed(article))
    }

    /// The edition whose source is this document.
    pub fn edition_of(&self, doc: DocId) -> Option<&Edition> {
        self.edition_by_doc.get(&doc).map(|id| self.edition(*id))
    }

    /// Whether any document, even a withheld or withdrawn one, uses this name or slug for a topic, or `urls.lock` lists its
    /// page. A template that asks for the stories of such a topic has no typing error; it just gets none for now.
    pub fn names_topic(&self, name: &str) -> bool {
        let folded = text::fold(name);
        let is_it = |written: &str| text::fold(written) == folded || text::slugify(written) == name;
        let is_listed = self.lock.as_deref().is_some_and(|lock| {
            let topics = self.config.own("/topics/");
            lock.has(&format!("{topics}{name}/")) || lock.names(&topics).any(|(_, recorded)| recorded == folded)
        });
        is_listed
            || self.documents.all().iter().any(|document| {
                let is_own = document.topic().is_some_and(|(head, _)| {
                    is_it(&head.title)
                        || head.aliases.iter().any(|alias| is_it(alias))
                        || head.slug.as_deref() == Some(name)
                });
                is_own || topic_names(document).into_iter().any(|written| is_it(written))
            })
    }

    /// What to do about a name that no topic has.
    pub fn topic_proposal(&self, name: &str) -> String {
        match text::nearest(name, self.topics.iter().flat_map(|topic| [&*topic.title, &*topic.slug])) {
            Some(near) => text::did_you_mean(near),
            None => "a file in `content/topics/` makes known one that has no story yet".to_owned(),
        }
    }

    /// The story with this id.
    pub fn story(&self, id: StoryId) -> &Story {
        &self.stories[id.0]
    }

    /// The article with this id.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0]
    }

    /// The topic with this id.
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.0]
    }

    /// The pair of topics with this id.
    pub fn pair(&self, id: PairId) -> &Pair {
        &self.pairs[id.0]
    }

    /// The edition with this id.
    pub fn edition(&self, id: EditionId) -> &Edition {
        &self.editions[id.0]
    }

    /// The person with this id.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0]
    }

    /// The thread with this id.
    pub fn thread(&self, id: ThreadId) -> &Thread {
        &self.threads[id.0]
    }

    /// The standing page with this id.
    pub fn page(&self, id: PageId) -> &StandingPage {
        &self.pages[id.0]
    }

    /// The file with this id.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0]
    }

    /// The BCP 47 language tag of a document: its own, or else that of the main edition.
    pub fn language<'a>(&'a self, document: &'a Document) -> &'a str {
        document.language().unwrap_or(&self.config.main_language)
    }
}
