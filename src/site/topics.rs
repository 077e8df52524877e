//! Topics: one for each name, whatever its spelling, with what is about it.

use std::collections::HashSet;

use super::registry::{Registry, head};
use super::{DocId, Site, StoryId, TopicId};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
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
    /// Pairs that it is one of, by their places in [`Site::pairs`], those with most stories first.
    pub pairs: Vec<usize>,
    /// What goes into the slots of its introduction.
    pub fillings: Vec<Filling>,
}

impl Topic {
    /// Its route: `/topics/icc/`.
    pub fn route(&self) -> Route {
        Route::own(&format!("/topics/{}/", self.slug))
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
                pairs: Vec::new(),
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
    /// Whether a topic is among those above another.
    pub(super) fn is_above(&self, above: TopicId, id: TopicId) -> bool {
        ancestors(&self.topics, id).contains(&above)
    }

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
