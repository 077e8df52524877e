//! The collection of topics: one per name, whatever the spelling, with its stories and relations.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::parents::Parents;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::Content;
use crate::content::head::TopicKind;
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{DocId, StoryId, TopicId};
use crate::site::model::{Site, Story, TopicFile};
use crate::site::registry::closed::check_closed;
use crate::site::registry::names::{NameId, Registry};
use crate::site::registry::slugs::Slugs;
use crate::site::stories::NamedStory;

/// A topic with a page, before its links are resolved and its lists are known.
pub(in crate::site) struct ShownTopic {
    pub(in crate::site) title: String,
    pub(in crate::site) slug: String,
    pub(in crate::site) route: Route,
    pub(in crate::site) folded: String,
    pub(in crate::site) kind: TopicKind,
    pub(in crate::site) weight: Option<i32>,
    pub(in crate::site) origin: Option<DocId>,
    pub(in crate::site) file: Option<TopicFile>,
    pub(in crate::site) parents: Vec<TopicId>,
    pub(in crate::site) see_also: Vec<TopicId>,
}

/// The lists on the page of a topic.
pub(in crate::site) struct TopicLists {
    /// Narrower topics, ordered by title.
    pub(in crate::site) children: Vec<TopicId>,
    /// Stories about it or about a narrower topic, newest first.
    pub(in crate::site) stories: Vec<StoryId>,
    /// Topics that often occur with this one, with the number of common stories, most first.
    pub(in crate::site) related: Vec<(TopicId, usize)>,
}

/// The mapping from names in the registry to topics with a page.
pub(in crate::site) struct TopicIds {
    /// The names with a page, ordered by slug; the index is the [`TopicId`].
    names: Vec<NameId>,
    /// The topic of each name; `None` for a name without a page.
    of_name: Vec<Option<TopicId>>,
}

impl TopicIds {
    /// Numbers `names` in this order; `registered` is the number of names in the registry.
    fn new(names: Vec<NameId>, registered: usize) -> Self {
        let mut of_name = vec![None; registered];
        for (index, name) in names.iter().enumerate() {
            of_name[name.0] = Some(TopicId(index));
        }
        Self { names, of_name }
    }

    /// The topics of these names, in their order. Names without a page are skipped, which those of shown stories and
    /// topics never are.
    fn all(&self, names: impl IntoIterator<Item = NameId>) -> Vec<TopicId> {
        names.into_iter().filter_map(|name| self.of_name[name.0]).collect()
    }

    /// Replaces the names of topics in stories by topic ids.
    pub(in crate::site) fn stories(&self, named: Vec<NamedStory>) -> Vec<Story> {
        let story = |NamedStory { doc, kind, route, date, topics, section, preview }| Story {
            doc,
            kind,
            route,
            date,
            topics: self.all(topics),
            section: section.and_then(|NameId(at)| self.of_name[at]),
            preview,
        };
        named.into_iter().map(story).collect()
    }
}

/// Returns the topics that need a page, ordered by slug, with the mapping from names. Warns of names whose slugs are
/// taken by others.
pub(in crate::site) fn gather(
    inputs: PassInputs<'_>,
    registry: &Registry,
    stories: &[NamedStory],
    report: &mut Report,
) -> (Vec<ShownTopic>, TopicIds) {
    let heads = registry.heads(inputs.documents);
    let Slugs { slugs, displaced } = registry.slugs(&heads, inputs.config, inputs.lock);
    let sections: HashSet<NameId> = stories.iter().filter_map(|story| story.section).collect();
    let Parents { kept: parents, .. } = Parents::of(registry, &heads);
    // A topic needs a page when it has a file, when a story is about it, or when a file of a topic names it.
    // One whose file is in the main language only, when a story in this language is about it or a narrower one.
    let mut wanted: Vec<bool> = registry.entries.iter().map(|entry| entry.doc.is_some() && !entry.is_shared).collect();
    stories.iter().flat_map(|story| &story.topics).for_each(|NameId(at)| wanted[*at] = true);
    let mut open: Vec<usize> = (0..wanted.len()).filter(|at| wanted[*at]).collect();
    while let Some(at) = open.pop() {
        let see_also =
            heads[at].filter(|_| !registry.entries[at].is_shared).into_iter().flat_map(|head| &head.see_also);
        let named = parents[at].iter().copied().chain(see_also.map(|name| registry.find(name)));
        open.extend(named.map(|NameId(other)| other).filter(|other| !std::mem::replace(&mut wanted[*other], true)));
    }
    // Two files that set the same slug are an error, which is reported elsewhere.
    let is_given = |at: &usize| heads[*at].is_some_and(|head| head.slug.is_some());
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, holder) in displaced.into_iter().filter(|(at, holder)| wanted[*at] && wanted[*holder] && !is_given(at)) {
        beside.entry(holder).or_default().push(at);
    }
    for (holder, others) in beside {
        report.push(displaced_by(inputs, registry, &slugs, &others, holder));
    }
    let mut names: Vec<NameId> = (0..wanted.len()).filter(|at| wanted[*at]).map(NameId).collect();
    names.sort_by(|a, b| slugs[a.0].cmp(&slugs[b.0]));
    let ids = TopicIds::new(names, wanted.len());
    let topic = |name: &NameId| {
        let (entry, head) = (&registry.entries[name.0], heads[name.0]);
        let own = head.map_or(TopicKind::Topic, |head| head.kind);
        // A file in the main language gives a title only to a topic that no story in this language names.
        let title = head.filter(|_| !entry.is_shared || entry.spellings.is_empty());
        ShownTopic {
            title: title.map_or_else(|| entry.most_used().to_owned(), |head| head.title.clone()),
            route: inputs.config.own_route(&format!("/topics/{}/", slugs[name.0])),
            slug: slugs[name.0].clone(),
            folded: entry.folded.clone(),
            origin: if inputs.config.is_main() { entry.doc } else { entry.origin },
            kind: if sections.contains(name) { TopicKind::Section } else { own },
            weight: head.and_then(|head| head.weight),
            file: entry.doc.filter(|_| !entry.is_shared).and_then(|doc| {
                let (head, body) = inputs.documents.get(doc).topic()?;
                Some(TopicFile { doc, head: Arc::clone(head), body: Arc::clone(body) })
            }),
            parents: ids.all(parents[name.0].iter().copied()),
            see_also: ids.all(
                head.iter()
                    .filter(|_| !entry.is_shared)
                    .flat_map(|head| &head.see_also)
                    .map(|name| registry.find(name)),
            ),
        }
    };
    let topics = ids.names.iter().map(topic).collect();
    (topics, ids)
}

/// Returns the lists of each topic.
pub(in crate::site) fn lists(topics: &[ShownTopic], stories: &[Story]) -> Vec<TopicLists> {
    let (about, children) = (stories_about(topics, stories), children(topics));
    let related = co_occurrence(topics, stories, &about, &children);
    let lists = children.into_iter().zip(about).zip(related);
    lists.map(|((children, stories), related)| TopicLists { children, stories, related }).collect()
}

/// The stories about each topic or a narrower one, newest first.
fn stories_about(topics: &[ShownTopic], stories: &[Story]) -> Vec<Vec<StoryId>> {
    let mut found = vec![Vec::new(); topics.len()];
    let mut above: HashMap<TopicId, Vec<TopicId>> = HashMap::new();
    for (index, story) in stories.iter().enumerate() {
        let mut about: Vec<TopicId> = story.topics.clone();
        for topic in &story.topics {
            about.extend(above.entry(*topic).or_insert_with(|| ancestors(topics, *topic)).iter());
        }
        about.sort_unstable();
        about.dedup();
        for TopicId(topic) in about {
            found[topic].push(StoryId(index));
        }
    }
    found
}

/// The narrower topics of each topic, ordered by title.
fn children(topics: &[ShownTopic]) -> Vec<Vec<TopicId>> {
    let mut all = vec![Vec::new(); topics.len()];
    for (child, topic) in topics.iter().enumerate() {
        for TopicId(parent) in &topic.parents {
            all[*parent].push(TopicId(child));
        }
    }
    for children in &mut all {
        children.sort_by(|a, b| topics[a.0].title.cmp(&topics[b.0].title));
    }
    all
}

/// The warning that topics cannot have the slug of their names, because another one has it.
fn displaced_by(
    inputs: PassInputs<'_>,
    registry: &Registry,
    slugs: &[String],
    others: &[usize],
    holder: usize,
) -> Diagnostic {
    let at = others[0];
    let name = |at: usize| {
        let entry = &registry.entries[at];
        let title = entry.head(inputs.documents).map(|head| head.title.as_str());
        title.or_else(|| entry.spellings.keys().next().map(String::as_str)).unwrap_or(&entry.folded)
    };
    let entry = &registry.entries[at];
    let place = entry.doc.map(|doc| inputs.documents.get(doc).place(&["title"])).or_else(|| {
        let document = inputs.documents.get(entry.first?.1);
        let names: &[String] = match &document.content {
            Content::Article(head, _) => &head.topics,
            Content::Briefing(head, _) => &head.topics,
            _ => &[],
        };
        let index = names.iter().position(|name| registry.find(name) == NameId(at));
        Some(match index {
            Some(index) => document.place(&["topics", &index.to_string()]),
            None => document.place(&["section"]),
        })
    });
    let (first, second, address) = (name(at), name(holder), &slugs[holder]);
    let folder = inputs.config.own("/topics/");
    let message = match others.len() - 1 {
        0 => format!(
            "`{first}` and `{second}` want one address: the second keeps `{folder}{address}/`, the first is at `{folder}{}/`",
            slugs[at]
        ),
        more => format!(
            "`{first}` and {} want the address of `{second}`: it keeps `{folder}{address}/`, the others have a mark behind it",
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

/// Reports parents in topic files that form a cycle, and names in `parents` and `see_also` without a file, where the
/// configuration demands one.
pub(in crate::site) fn check_files(inputs: PassInputs<'_>, registry: &Registry, report: &mut Report) {
    let heads = registry.heads(inputs.documents);
    for (NameId(at), index) in Parents::of(registry, &heads).circular {
        let (Some(head), Some(doc)) = (heads[at], registry.entries[at].doc) else { continue };
        report.push(
            Diagnostic::error(
                codes::TOPIC_CONFLICT,
                format!("the parent `{}` leads back to this topic", head.parents[index]),
            )
            .at(inputs.documents.get(doc).place(&["parents", &index.to_string()]))
            .help("remove it here, or remove this topic from the parents above it"),
        );
    }
    for (at, head) in heads.iter().enumerate().filter(|(at, _)| !registry.entries[*at].is_shared) {
        let (Some(head), Some(doc)) = (head, registry.entries[at].doc) else { continue };
        let document = inputs.documents.get(doc);
        check_closed(
            inputs,
            document,
            head.parents.iter().enumerate().map(|(i, n)| ("parents", Some(i), n)),
            registry,
            report,
        );
        check_closed(
            inputs,
            document,
            head.see_also.iter().enumerate().map(|(i, n)| ("see_also", Some(i), n)),
            registry,
            report,
        );
    }
}

/// All broader topics of a topic in breadth-first order, without duplicates.
pub(in crate::site) fn ancestors(topics: &[ShownTopic], id: TopicId) -> Vec<TopicId> {
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
    /// The breadcrumb trail of a topic: its nearest first parents, outermost first, without the topic itself.
    pub fn trail(&self, id: TopicId) -> Vec<TopicId> {
        let mut trail = Vec::new();
        let mut at = id;
        while trail.len() < LONGEST_TRAIL
            && let Some(parent) = self.topic(at).parents.first()
        {
            trail.push(*parent);
            at = *parent;
        }
        trail.reverse();
        trail
    }
}

/// The most parents that a breadcrumb trail names, the nearest. Deep hierarchies would cost the square of their depth in
/// bytes, and nobody reads so long a trail.
const LONGEST_TRAIL: usize = 12;

/// The number of topics up to which a story relates and pairs them; a story with more is too general, and would cost
/// quadratic time.
pub const TOGETHER: usize = 64;

/// The topics that share at least two stories with each topic, without sections, parents and children; the eight most
/// frequent.
fn co_occurrence(
    topics: &[ShownTopic],
    stories: &[Story],
    about: &[Vec<StoryId>],
    children: &[Vec<TopicId>],
) -> Vec<Vec<(TopicId, usize)>> {
    let mut all = Vec::with_capacity(topics.len());
    let mut counts: Vec<usize> = vec![0; topics.len()];
    for (index, topic) in topics.iter().enumerate() {
        let mut touched = Vec::new();
        let together = about[index].iter().map(|StoryId(at)| &stories[*at].topics);
        for other in together.filter(|topics| topics.len() <= TOGETHER).flatten() {
            if counts[other.0] == 0 {
                touched.push(*other);
            }
            counts[other.0] += 1;
        }
        let mut related: Vec<(TopicId, usize)> = touched
            .iter()
            .map(|other| (*other, counts[other.0]))
            .filter(|(other, count)| other.0 != index && *count >= 2 && topics[other.0].kind != TopicKind::Section)
            .collect();
        // Filtering by kinship comes after that by count, which removes most candidates.
        let kin: HashSet<TopicId> = topic.parents.iter().chain(&children[index]).copied().collect();
        related.retain(|(other, _)| !kin.contains(other));
        related.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| topics[a.0.0].title.cmp(&topics[b.0.0].title)));
        related.truncate(8);
        for other in touched {
            counts[other.0] = 0;
        }
        all.push(related);
    }
    all
}
