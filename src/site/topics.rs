//! Topics: one for each name, whatever its spelling, with what is about it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::closed::check_closed;
use super::ids::{DocId, StoryId, TopicId};
use super::model::{Site, Topic, TopicFile};
use super::registry::Registry;
use super::slugs::Slugs;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::head::{TopicHead, TopicKind};

/// Builds all topics that anything shown is about or that have a file, and puts `site.stories`' topics in terms of them.
pub(super) fn gather(site: &mut Site, registry: Registry, report: &mut Report) {
    let heads: Vec<Option<&TopicHead>> = registry.entries.iter().map(|entry| entry.head(&site.documents)).collect();
    let Slugs { slugs, displaced } = registry.slugs(&heads, site.lock.as_ref());
    let sections: HashSet<usize> =
        site.stories.iter().filter_map(|story| story.section).map(|TopicId(at)| at).collect();
    let Parents { kept: parents, .. } = parents(&registry, &heads);
    // A topic is shown when it has a file, when a story is about it, or when a shown topic names it.
    let mut wanted: Vec<bool> = registry.entries.iter().map(|entry| entry.doc.is_some()).collect();
    site.stories.iter().flat_map(|story| &story.topics).for_each(|TopicId(at)| wanted[*at] = true);
    for at in 0..wanted.len() {
        if let Some(head) = heads[at] {
            parents[at].iter().for_each(|parent| wanted[*parent] = true);
            head.see_also.iter().for_each(|name| wanted[registry.find(name).0] = true);
        }
    }
    // Two files that give one slug are an error already.
    let is_given = |at: &usize| heads[*at].is_some_and(|head| head.slug.is_some());
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, holder) in displaced.into_iter().filter(|(at, holder)| wanted[*at] && wanted[*holder] && !is_given(at)) {
        beside.entry(holder).or_default().push(at);
    }
    for (holder, others) in beside {
        report.push(displaced_by(site, &registry, &slugs, &others, holder));
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
                folded: entry.folded.clone(),
                kind: heads[*at]
                    .map_or(inferred, |head| if sections.contains(at) { TopicKind::Section } else { head.kind }),
                file: entry.doc.and_then(|doc| file(&site.documents, doc)),
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
    let mut above: HashMap<TopicId, Vec<TopicId>> = HashMap::new();
    for (index, story) in site.stories.iter_mut().enumerate() {
        story.section = story.section.map(|TopicId(at)| id[at]);
        for topic in &mut story.topics {
            *topic = id[topic.0];
        }
        let mut about: Vec<TopicId> = story.topics.clone();
        for topic in &story.topics {
            about.extend(above.entry(*topic).or_insert_with(|| ancestors(&topics, *topic)).iter());
        }
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

/// A topic's file.
fn file(documents: &[Arc<Document>], doc: DocId) -> Option<TopicFile> {
    let (head, body) = documents[doc.0].topic()?;
    Some(TopicFile { doc, head: Arc::clone(head), body: Arc::clone(body) })
}

/// What stands above each entry.
struct Parents {
    /// The parents of each entry, without those that lead back to their child, so that trails end.
    kept: Vec<Vec<usize>>,
    /// Those that lead back: the entry, and the place of the parent in its list. Each circle is broken, and named, once.
    circular: Vec<(usize, usize)>,
}

/// Walks up from each entry in turn, and leaves out whatever leads back to an entry that the walk came from.
fn parents(registry: &Registry, heads: &[Option<&TopicHead>]) -> Parents {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let named: Vec<Vec<usize>> = heads
        .iter()
        .map(|head| head.iter().flat_map(|head| &head.parents).map(|name| registry.find(name).0).collect())
        .collect();
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    let mut circular = Vec::new();
    let mut states = vec![State::New; heads.len()];
    // By which entry a parent was last taken: one that is named twice counts once.
    let mut taken_by = vec![usize::MAX; heads.len()];
    for start in 0..heads.len() {
        if states[start] != State::New {
            continue;
        }
        let mut stack = vec![(start, 0)];
        states[start] = State::Open;
        while let Some((at, next)) = stack.last_mut() {
            let (at, index) = (*at, *next);
            *next += 1;
            match named[at].get(index).map(|parent| (*parent, states[*parent])) {
                None => {
                    states[at] = State::Done;
                    stack.pop();
                }
                Some((_, State::Open)) => circular.push((at, index)),
                Some((parent, State::New)) => {
                    states[parent] = State::Open;
                    stack.push((parent, 0));
                }
                Some((_, State::Done)) => {}
            }
        }
    }
    let left_out: HashSet<(usize, usize)> = circular.iter().copied().collect();
    for (at, named) in named.iter().enumerate() {
        for (index, parent) in named.iter().enumerate() {
            if !left_out.contains(&(at, index)) && std::mem::replace(&mut taken_by[*parent], at) != at {
                kept[at].push(*parent);
            }
        }
    }
    circular.sort_unstable();
    Parents { kept, circular }
}

/// Says that topics do not have the address that their names make, since another one has it.
fn displaced_by(site: &Site, registry: &Registry, slugs: &[String], others: &[usize], holder: usize) -> Diagnostic {
    let at = others[0];
    let name = |at: usize| {
        let entry = &registry.entries[at];
        let title = entry.head(&site.documents).map(|head| head.title.as_str());
        title.or_else(|| entry.spellings.keys().next().map(String::as_str)).unwrap_or(&entry.folded)
    };
    let entry = &registry.entries[at];
    let place = entry.doc.map(|doc| site.documents[doc.0].place(&["title"])).or_else(|| {
        let document = &site.documents[entry.first?.1.0];
        let names: &[String] = match &document.content {
            Content::Article(head, _) => &head.topics,
            Content::Briefing(head, _) => &head.topics,
            _ => &[],
        };
        let index = names.iter().position(|name| registry.find(name).0 == at);
        Some(match index {
            Some(index) => document.place(&["topics", &index.to_string()]),
            None => document.place(&["section"]),
        })
    });
    let (first, second, address) = (name(at), name(holder), &slugs[holder]);
    let message = match others.len() - 1 {
        0 => format!(
            "`{first}` and `{second}` want one address: the second keeps `/topics/{address}/`, the first is at `/topics/{}/`",
            slugs[at]
        ),
        more => format!(
            "`{first}` and {} want the address of `{second}`: it keeps `/topics/{address}/`, the others have a mark behind it",
            text::plural(more, "other name", "other names")
        ),
    };
    let problem = Diagnostic::warning(codes::SHARED_SLUG, message)
    .help("if they are one topic, make one name an alias in the other’s file under `content/topics/`; else give one a `slug:` there");
    match place {
        Some(place) => problem.at(place),
        None => problem,
    }
}

/// Reports parents that lead back to their child.
pub(super) fn check_parents(site: &Site, registry: &Registry, report: &mut Report) {
    let heads: Vec<Option<&TopicHead>> = registry.entries.iter().map(|entry| entry.head(&site.documents)).collect();
    for (at, index) in parents(registry, &heads).circular {
        let (Some(head), Some(doc)) = (heads[at], registry.entries[at].doc) else { continue };
        report.push(
            Diagnostic::error(
                codes::TOPIC_CONFLICT,
                format!("the parent `{}` leads back to this topic", head.parents[index]),
            )
            .at(site.documents[doc.0].place(&["parents", &index.to_string()]))
            .help("remove it here, or remove this topic from the parents above it"),
        );
    }
    for (at, head) in heads.iter().enumerate() {
        let (Some(head), Some(doc)) = (head, registry.entries[at].doc) else { continue };
        let document = &site.documents[doc.0];
        check_closed(
            site,
            document,
            head.parents.iter().enumerate().map(|(i, n)| ("parents", Some(i), n)),
            registry,
            report,
        );
        check_closed(
            site,
            document,
            head.see_also.iter().enumerate().map(|(i, n)| ("see_also", Some(i), n)),
            registry,
            report,
        );
    }
}

/// All topics above one, nearest first, without repeats.
pub(super) fn ancestors(topics: &[Topic], id: TopicId) -> Vec<TopicId> {
    let mut found: Vec<TopicId> = Vec::new();
    let mut seen: HashSet<TopicId> = HashSet::new();
    let mut next: &[TopicId] = &topics[id.0].parents;
    let mut at = 0;
    loop {
        found.extend(next.iter().filter(|topic| seen.insert(**topic)));
        let Some(TopicId(topic)) = found.get(at) else { return found };
        (next, at) = (&topics[*topic].parents, at + 1);
    }
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

/// A story about more topics than this says of none that they belong together: it neither relates nor pairs them.
pub const TOGETHER: usize = 64;

/// Counts for each topic which others its stories are also about; ancestors and descendants do not count.
fn co_occurrence(site: &mut Site) {
    let mut all = Vec::with_capacity(site.topics.len());
    let mut counts: Vec<usize> = vec![0; site.topics.len()];
    for (index, topic) in site.topics.iter().enumerate() {
        let mut touched = Vec::new();
        for story in &topic.stories {
            for other in site.story(*story).topics.iter().filter(|_| site.story(*story).topics.len() <= TOGETHER) {
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
            .collect();
        // Most of them are no kin; few are looked at.
        let kin: HashSet<TopicId> = topic.parents.iter().chain(&topic.children).copied().collect();
        related.retain(|(other, _)| !kin.contains(other));
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
