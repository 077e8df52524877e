//! Topics: one for each name, whatever its spelling, with what is about it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{DocId, Site, StoryId, TopicId};
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::head::{TopicHead, TopicKind};
use crate::content::markdown::Filling;

/// A topic.
#[derive(Debug)]
pub struct Topic {
    /// The display name: the file's title, else the most used spelling.
    pub title: String,
    /// The last part of its URL.
    pub slug: String,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// Its file, when it has one.
    pub doc: Option<DocId>,
    /// Topics it belongs to.
    pub parents: Vec<TopicId>,
    /// Topics that belong to it, by title.
    pub children: Vec<TopicId>,
    /// Topics that a reader may want too.
    pub see_also: Vec<TopicId>,
    /// Stories about it or about a topic below it, newest first.
    pub stories: Vec<StoryId>,
    /// Topics that stories about this one are also about, with the number of such stories, most first.
    pub related: Vec<(TopicId, usize)>,
    /// What goes into the slots of its introduction.
    pub fillings: Vec<Filling>,
}

impl Topic {
    /// Its route: `/topics/icc/`.
    pub fn route(&self) -> Route {
        Route::own(&format!("/topics/{}/", self.slug))
    }
}

/// All names of topics: which are one, how they are spelled, and which have a file.
pub(super) struct Registry {
    /// Topics by their order of registration: those with files first, by path; then by folded name.
    entries: Vec<RegistryEntry>,
    by_name: HashMap<String, usize>,
}

struct RegistryEntry {
    folded: String,
    doc: Option<DocId>,
    /// Spellings in stories, with how often each is used.
    spellings: BTreeMap<String, usize>,
}

impl Registry {
    /// Reads all topic files and all names that anything uses.
    pub(super) fn read(documents: &[Document], report: &mut Report) -> Self {
        let mut registry = Self { entries: Vec::new(), by_name: HashMap::new() };
        let heads = || {
            documents.iter().enumerate().filter_map(|(index, document)| match &document.content {
                Content::Topic(head, _) => Some((DocId(index), document, head)),
                _ => None,
            })
        };
        for (doc, document, head) in heads() {
            registry.claim(&head.title, doc, document, &["title"], documents, report);
        }
        for (doc, document, head) in heads() {
            for (index, alias) in head.aliases.iter().enumerate() {
                registry.claim(alias, doc, document, &["aliases", &index.to_string()], documents, report);
            }
        }
        let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        let mut used =
            |name: &str| *names.entry(text::fold(name)).or_default().entry(name.to_owned()).or_default() += 1;
        for document in documents {
            match &document.content {
                Content::Article(head, _) => head.section.iter().chain(&head.topics).for_each(|name| used(name)),
                Content::Briefing(head, body) => {
                    head.topics
                        .iter()
                        .chain(body.items.iter().flat_map(|item| &item.topics))
                        .for_each(|name| used(name));
                }
                Content::Topic(head, _) => head.parents.iter().chain(&head.see_also).for_each(|name| used(name)),
                Content::Person(..) | Content::Page(..) => {}
            }
        }
        for (folded, spellings) in names {
            let entry = *registry.by_name.entry(folded.clone()).or_insert_with(|| {
                registry.entries.push(RegistryEntry { folded, doc: None, spellings: BTreeMap::new() });
                registry.entries.len() - 1
            });
            for (spelling, count) in spellings {
                *registry.entries[entry].spellings.entry(spelling).or_default() += count;
            }
        }
        registry
    }

    fn claim(
        &mut self,
        name: &str,
        doc: DocId,
        document: &Document,
        at: &[&str],
        documents: &[Document],
        report: &mut Report,
    ) {
        let folded = text::fold(name);
        let own = self.entries.iter().position(|entry| entry.doc == Some(doc));
        match self.by_name.get(&folded) {
            Some(holder) if Some(*holder) == own => {}
            Some(holder) => {
                let other = self.entries[*holder].doc.map_or("another topic", |doc| documents[doc.0].path.as_str());
                report.push(
                    Diagnostic::error(codes::TOPIC_CONFLICT, format!("`{name}` already names the topic of `{other}`"))
                        .at(document.place(at))
                        .help("`ICC`, `icc` and `I.C.C.` are one name; keep it in one of the two files"),
                );
            }
            None => {
                let entry = own.unwrap_or_else(|| {
                    self.entries.push(RegistryEntry {
                        folded: folded.clone(),
                        doc: Some(doc),
                        spellings: BTreeMap::new(),
                    });
                    self.entries.len() - 1
                });
                self.by_name.insert(folded, entry);
            }
        }
    }

    /// The topic of a name that was read.
    pub(super) fn find(&self, name: &str) -> TopicId {
        TopicId(self.by_name[&text::fold(name)])
    }

    /// Whether the topic of a name has a file.
    pub(super) fn has_file(&self, name: &str) -> bool {
        self.entries[self.find(name).0].doc.is_some()
    }

    /// The name with a file that is nearest to `name`.
    pub(super) fn nearest<'a>(&'a self, name: &str) -> Option<&'a str> {
        let known = self.by_name.iter().filter(|(_, entry)| self.entries[**entry].doc.is_some());
        let mut known: Vec<&str> = known.map(|(name, _)| name.as_str()).collect();
        known.sort_unstable();
        text::nearest(&text::fold(name), known)
    }

    /// The slug of each entry: readable, and unique.
    fn slugs(&self, heads: &[Option<&TopicHead>]) -> Vec<String> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        // Who keeps the plain slug: a given one, then topics with files, then names in plain ASCII.
        order.sort_by_key(|at| {
            let entry = &self.entries[*at];
            let given = heads[*at].is_some_and(|head| head.slug.is_some());
            (!given, entry.doc.is_none(), !entry.folded.is_ascii(), entry.folded.clone())
        });
        let mut taken = HashSet::new();
        let mut slugs = vec![String::new(); self.entries.len()];
        for at in order {
            let entry = &self.entries[at];
            let given = heads[at].and_then(|head| head.slug.clone());
            let mut slug = given.unwrap_or_else(|| text::slugify(&entry.folded));
            if slug.is_empty() || !taken.insert(slug.clone()) {
                let mark = &Digest::of(entry.folded.as_bytes()).short()[..4];
                slug = if slug.is_empty() { format!("topic-{mark}") } else { format!("{slug}-{mark}") };
                taken.insert(slug.clone());
            }
            slugs[at] = slug;
        }
        slugs
    }
}

/// Builds all topics that anything shown is about or that have a file, and puts `site.stories`' topics in terms of them.
pub(super) fn gather(site: &mut Site, registry: Registry) {
    let heads: Vec<Option<&TopicHead>> =
        registry.entries.iter().map(|entry| entry.doc.and_then(|doc| head(&site.documents[doc.0]))).collect();
    let slugs = registry.slugs(&heads);
    let sections: HashSet<usize> =
        site.stories.iter().filter_map(|story| story.section).map(|TopicId(at)| at).collect();
    let parents = parents(&registry, &heads);
    // A topic is shown when it has a file, when a story is about it, or when a shown topic names it.
    let mut wanted: Vec<bool> = registry.entries.iter().map(|entry| entry.doc.is_some()).collect();
    site.stories.iter().flat_map(|story| &story.topics).for_each(|TopicId(at)| wanted[*at] = true);
    for at in 0..wanted.len() {
        if let Some(head) = heads[at] {
            parents[at].iter().for_each(|parent| wanted[*parent] = true);
            head.see_also.iter().for_each(|name| wanted[registry.find(name).0] = true);
        }
    }
    let mut order: Vec<usize> = (0..wanted.len()).filter(|at| wanted[*at]).collect();
    order.sort_by(|a, b| slugs[*a].cmp(&slugs[*b]));
    let mut id = vec![TopicId(usize::MAX); wanted.len()];
    for (new, old) in order.iter().enumerate() {
        id[*old] = TopicId(new);
    }
    let mut topics: Vec<Topic> = order
        .iter()
        .map(|at| {
            let entry = &registry.entries[*at];
            let most_used = entry.spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            let inferred = if sections.contains(at) { TopicKind::Section } else { TopicKind::Topic };
            Topic {
                title: heads[*at].map_or_else(
                    || most_used.map_or_else(|| entry.folded.clone(), |(name, _)| name.clone()),
                    |head| head.title.clone(),
                ),
                slug: slugs[*at].clone(),
                kind: heads[*at]
                    .map_or(inferred, |head| if sections.contains(at) { TopicKind::Section } else { head.kind }),
                doc: entry.doc,
                parents: parents[*at].iter().map(|parent| id[*parent]).collect(),
                children: Vec::new(),
                see_also: heads[*at]
                    .map_or_else(Vec::new, |head| head.see_also.iter().map(|name| id[registry.find(name).0]).collect()),
                stories: Vec::new(),
                related: Vec::new(),
                fillings: Vec::new(),
            }
        })
        .collect();
    let ancestors: Vec<Vec<TopicId>> = (0..topics.len()).map(|at| ancestors(&topics, TopicId(at))).collect();
    for (index, story) in site.stories.iter_mut().enumerate() {
        story.section = story.section.map(|TopicId(at)| id[at]);
        for topic in &mut story.topics {
            *topic = id[topic.0];
        }
        let mut about: Vec<TopicId> = story
            .topics
            .iter()
            .flat_map(|topic| std::iter::once(*topic).chain(ancestors[topic.0].iter().copied()))
            .collect();
        about.sort_unstable();
        about.dedup();
        for TopicId(topic) in about {
            topics[topic].stories.push(StoryId(index));
        }
    }
    for child in 0..topics.len() {
        for TopicId(parent) in topics[child].parents.clone() {
            topics[parent].children.push(TopicId(child));
        }
    }
    for at in 0..topics.len() {
        let mut children = std::mem::take(&mut topics[at].children);
        children.sort_by(|a, b| topics[a.0].title.cmp(&topics[b.0].title));
        topics[at].children = children;
    }
    site.topics = topics;
    co_occurrence(site);
}

fn head(document: &Document) -> Option<&TopicHead> {
    match &document.content {
        Content::Topic(head, _) => Some(head),
        _ => None,
    }
}

/// The parents of each entry; a parent that leads back to its child is left out, so that trails end.
fn parents(registry: &Registry, heads: &[Option<&TopicHead>]) -> Vec<Vec<usize>> {
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (at, head) in heads.iter().enumerate() {
        for name in head.iter().flat_map(|head| &head.parents) {
            let parent = registry.find(name).0;
            if parent != at && !parents[at].contains(&parent) && !reaches(&parents, parent, at) {
                parents[at].push(parent);
            }
        }
    }
    parents
}

fn reaches(parents: &[Vec<usize>], from: usize, to: usize) -> bool {
    from == to || parents[from].iter().any(|parent| reaches(parents, *parent, to))
}

/// Reports parents that lead back to their child.
pub(super) fn check_parents(site: &Site, registry: &Registry, report: &mut Report) {
    let heads: Vec<Option<&TopicHead>> =
        registry.entries.iter().map(|entry| entry.doc.and_then(|doc| head(&site.documents[doc.0]))).collect();
    let kept = parents(registry, &heads);
    for (at, head) in heads.iter().enumerate() {
        let (Some(head), Some(doc)) = (head, registry.entries[at].doc) else { continue };
        for (index, name) in head.parents.iter().enumerate() {
            if !kept[at].contains(&registry.find(name).0) {
                report.push(
                    Diagnostic::error(codes::TOPIC_CONFLICT, format!("the parent `{name}` leads back to this topic"))
                        .at(site.documents[doc.0].place(&["parents", &index.to_string()]))
                        .help("remove it here, or remove this topic from the parents above it"),
                );
            }
        }
        let document = &site.documents[doc.0];
        super::stories::check_closed(
            site,
            document,
            head.parents.iter().enumerate().map(|(i, n)| ("parents", Some(i), n)),
            registry,
            report,
        );
        super::stories::check_closed(
            site,
            document,
            head.see_also.iter().enumerate().map(|(i, n)| ("see_also", Some(i), n)),
            registry,
            report,
        );
    }
}

/// All topics above one, nearest first, without repeats.
fn ancestors(topics: &[Topic], id: TopicId) -> Vec<TopicId> {
    let mut found: Vec<TopicId> = Vec::new();
    let mut queue = topics[id.0].parents.clone();
    while let Some(next) = queue.first().copied() {
        queue.remove(0);
        if !found.contains(&next) {
            found.push(next);
            queue.extend(&topics[next.0].parents);
        }
    }
    found
}

impl Site {
    /// The trail from the outermost topic down to a topic's first parent.
    pub fn trail(&self, id: TopicId) -> Vec<TopicId> {
        let mut trail = Vec::new();
        let mut at = id;
        while let Some(parent) = self.topic(at).parents.first() {
            trail.push(*parent);
            at = *parent;
        }
        trail.reverse();
        trail
    }
}

/// Counts for each topic which others its stories are also about; ancestors and descendants do not count.
fn co_occurrence(site: &mut Site) {
    let mut all = Vec::with_capacity(site.topics.len());
    let mut counts: Vec<usize> = vec![0; site.topics.len()];
    for (index, topic) in site.topics.iter().enumerate() {
        let mut touched = Vec::new();
        for story in &topic.stories {
            for other in &site.story(*story).topics {
                if counts[other.0] == 0 {
                    touched.push(*other);
                }
                counts[other.0] += 1;
            }
        }
        let mut related: Vec<(TopicId, usize)> = touched
            .iter()
            .map(|other| (*other, counts[other.0]))
            .filter(|(other, count)| other.0 != index && *count >= 2 && site.topics[other.0].kind != TopicKind::Section)
            .filter(|(other, _)| !topic.parents.contains(other) && !topic.children.contains(other))
            .collect();
        related.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| site.topics[a.0.0].title.cmp(&site.topics[b.0.0].title)));
        related.truncate(8);
        for other in touched {
            counts[other.0] = 0;
        }
        all.push(related);
    }
    for (topic, related) in site.topics.iter_mut().zip(all) {
        topic.related = related;
    }
}
