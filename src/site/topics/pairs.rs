//! Pairs of topics that enough stories have in common.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::gather::{ShownTopic, TOGETHER, ancestors};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::content::head::TopicKind;
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{PairId, StoryId, TopicId};
use crate::site::model::{Pair, Site, Story};

impl Pair {
    /// The route, such as `/topics/belt-and-road/with/icc/`, with the slugs in alphabetical order. An order by the
    /// number of stories would move the page when a story is published.
    pub fn route(&self, site: &Site) -> Route {
        let [first, second] = self.slugs(site);
        site.config.own_route(&format!("/topics/{first}/with/{second}/"))
    }

    /// Alternative routes, which redirect: the slugs in the other order, and both orders joined by `+`, as earlier
    /// versions did. Some hosts read `+` as a space.
    pub fn others(&self, site: &Site) -> [Route; 3] {
        let [first, second] = self.slugs(site);
        [
            format!("/topics/{second}/with/{first}/"),
            format!("/topics/{first}+{second}/"),
            format!("/topics/{second}+{first}/"),
        ]
        .map(|route| site.config.own_route(&route))
    }

    fn slugs<'s>(&self, site: &'s Site) -> [&'s str; 2] {
        [self.first, self.second].map(|id| site.topic(id).slug.as_str())
    }

    /// The topic of the pair that is not `id`.
    pub fn other(&self, id: TopicId) -> TopicId {
        if self.first == id { self.second } else { self.first }
    }
}

/// Finds all pairs in one pass over the stories, so that the cost depends on the topics per story rather than on their
/// total number. Sections are excluded, as are pairs of a topic with a broader one, which say nothing new. Warns of
/// stories with too many topics.
pub(in crate::site) fn gather(
    inputs: PassInputs<'_>,
    topics: &[ShownTopic],
    stories: &[Story],
    report: &mut Report,
) -> Vec<Pair> {
    let Some(least) = inputs.config.topic_pairs else { return Vec::new() };
    let of_story = |(index, story): (usize, &Story)| {
        let is_subject = |id: &TopicId| topics[id.0].kind != TopicKind::Section;
        let mut subjects: Vec<TopicId> = story.topics.iter().copied().filter(is_subject).collect();
        if subjects.len() > TOGETHER {
            return Vec::new();
        }
        // Topic ids are ordered by slug.
        subjects.sort_unstable();
        let mut found = Vec::with_capacity(subjects.len() * subjects.len().saturating_sub(1) / 2);
        for (at, first) in subjects.iter().enumerate() {
            found.extend(subjects[at + 1..].iter().map(|second| (*first, *second, StoryId(index))));
        }
        found
    };
    for story in stories.iter().filter(|story| story.topics.len() > TOGETHER) {
        let message = format!("{} topics are too many to be paired", story.topics.len());
        report.push(
            Diagnostic::warning(codes::BAD_VALUE, message)
                .at(inputs.documents.get(story.doc).place(&["topics"]))
                .help(format!("a story pairs its topics when it has at most {TOGETHER}; keep those that it is about")),
        );
    }
    let mut found: Vec<_> = stories.par_iter().enumerate().flat_map_iter(of_story).collect();
    found.par_sort_unstable();
    let mut above: HashMap<TopicId, HashSet<TopicId>> = HashMap::new();
    let mut is_above = |above_it: TopicId, id: TopicId| {
        let all = above.entry(id).or_insert_with(|| ancestors(topics, id).into_iter().collect());
        all.contains(&above_it)
    };
    found
        .chunk_by(|one, next| (one.0, one.1) == (next.0, next.1))
        .filter(|together| together.len() >= least)
        .map(|together| (together[0].0, together[0].1, together))
        .filter(|(first, second, _)| !is_above(*first, *second) && !is_above(*second, *first))
        .map(|(first, second, together)| Pair {
            first,
            second,
            stories: together.iter().map(|(_, _, story)| *story).collect(),
        })
        .collect()
}

/// The pairs of each topic, those with most stories first; `topics` is the number of topics.
pub(in crate::site) fn of_topics(pairs: &[Pair], topics: usize) -> Vec<Vec<PairId>> {
    let mut all = vec![Vec::new(); topics];
    for (index, pair) in pairs.iter().enumerate() {
        all[pair.first.0].push(PairId(index));
        all[pair.second.0].push(PairId(index));
    }
    for own in &mut all {
        own.sort_by_key(|id| (std::cmp::Reverse(pairs[id.0].stories.len()), *id));
    }
    all
}
