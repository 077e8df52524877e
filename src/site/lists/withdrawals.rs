//! The list of withdrawn articles, with the lists that each belonged to.

use std::collections::{BTreeSet, HashMap};

use crate::base::text;
use crate::content::head::{ArticleHead, Update};
use crate::site::ids::{ArticleId, PersonId, ThreadId, TopicId};
use crate::site::model::Site;

/// A withdrawn article with the lists that contained it.
pub struct Withdrawal {
    /// The withdrawn article.
    pub article: ArticleId,
    /// The entry of the change log with the notice.
    pub update: Update,
    /// Its topics and all broader ones.
    pub topics: BTreeSet<TopicId>,
    /// The people in its by-line or among its contributors.
    pub people: BTreeSet<PersonId>,
    /// Its thread, if other parts of that remain.
    pub thread: Option<ThreadId>,
    /// Whether an edition listed it.
    pub is_briefed: bool,
}

/// All withdrawn articles, the most recent withdrawal first.
pub fn all(site: &Site) -> Vec<Withdrawal> {
    let heads = site.articles.iter().enumerate().filter(|(_, article)| article.story.is_none());
    let heads = heads.map(|(index, article)| (ArticleId(index), &*article.head));
    let heads: Vec<(ArticleId, &ArticleHead, &Update)> =
        heads.filter_map(|(id, head)| Some((id, head, &head.updates[Update::withdrawal(&head.updates)?]))).collect();
    if heads.is_empty() {
        return Vec::new();
    }
    let names = NamedInHeads::new(site);
    let briefed: BTreeSet<usize> =
        site.editions.iter().flat_map(|edition| &edition.withdrawn).map(|ArticleId(at)| *at).collect();
    let withdrawal = |(article, head, update): (ArticleId, &ArticleHead, &Update)| Withdrawal {
        article,
        update: update.clone(),
        topics: names.topics(site, head),
        people: names.people(head),
        thread: head.thread.as_ref().and_then(|name| {
            let folded = text::fold(name);
            site.threads.iter().position(|thread| thread.folded == folded).map(ThreadId)
        }),
        is_briefed: briefed.contains(&article.0),
    };
    let mut found: Vec<Withdrawal> = heads.into_iter().map(withdrawal).collect();
    found.sort_by_key(|withdrawal| (std::cmp::Reverse(withdrawal.update.at.instant()), withdrawal.article));
    found
}

/// An index of names for the front matter of withdrawn articles, which the passes over stories do not see.
struct NamedInHeads {
    topics: HashMap<String, TopicId>,
    people: HashMap<String, PersonId>,
}

impl NamedInHeads {
    fn new(site: &Site) -> Self {
        let mut topics = HashMap::new();
        for (index, topic) in site.topics.iter().enumerate() {
            topics.insert(topic.folded.clone(), TopicId(index));
            if let Some(head) = topic.head() {
                topics.extend(head.aliases.iter().map(|alias| (text::fold(alias), TopicId(index))));
            }
        }
        let mut people = HashMap::new();
        for (index, person) in site.people.iter().enumerate() {
            people.extend(
                std::iter::once(&person.head.name)
                    .chain(&person.head.aliases)
                    .map(|name| (text::fold(name), PersonId(index))),
            );
        }
        Self { topics, people }
    }

    fn topics(&self, site: &Site, head: &ArticleHead) -> BTreeSet<TopicId> {
        let mut found = BTreeSet::new();
        let named = head.section.iter().chain(&head.topics).filter_map(|name| self.topics.get(&text::fold(name)));
        let mut open: Vec<TopicId> = named.copied().collect();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(&site.topic(id).parents);
            }
        }
        found
    }

    fn people(&self, head: &ArticleHead) -> BTreeSet<PersonId> {
        let named = head.authors.iter().chain(&head.contributors);
        named.filter_map(|name| self.people.get(&text::fold(name)).copied()).collect()
    }
}
