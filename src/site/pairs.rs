//! Pairs of topics: the stories that are about both, where there are enough of them.

use rayon::prelude::*;

use super::{Site, StoryId, TopicId};
use crate::base::route::Route;
use crate::content::head::TopicKind;

/// Two topics that enough stories are about together.
#[derive(Debug)]
pub struct Pair {
    /// The topic whose slug is first in the alphabet.
    pub first: TopicId,
    /// The other topic.
    pub second: TopicId,
    /// Stories that name both, newest first.
    pub stories: Vec<StoryId>,
}

impl Pair {
    /// Its route, `/topics/belt-and-road+icc/`: the slugs in the order of the alphabet. An order by how much is about
    /// each would move the page when a story is published.
    pub fn route(&self, site: &Site) -> Route {
        Route::own(&format!("/topics/{}+{}/", site.topic(self.first).slug, site.topic(self.second).slug))
    }

    /// The same address with its slugs the other way round.
    pub fn reverse(&self, site: &Site) -> Route {
        Route::own(&format!("/topics/{}+{}/", site.topic(self.second).slug, site.topic(self.first).slug))
    }

    /// The topic beside `id`.
    pub fn other(&self, id: TopicId) -> TopicId {
        if self.first == id { self.second } else { self.first }
    }
}

/// Finds all pairs in one pass over the stories: what costs is how many topics a story has, not how many there are.
/// A topic that the other belongs to says nothing new, and a section is no subject.
pub(super) fn gather(site: &mut Site) {
    let Some(least) = site.config.topic_pairs else { return };
    let of_story = |(index, story): (usize, &super::Story)| {
        let is_subject = |id: &TopicId| site.topic(*id).kind != TopicKind::Section;
        let mut topics: Vec<TopicId> = story.topics.iter().copied().filter(is_subject).collect();
        // Topics are numbered by their slugs.
        topics.sort_unstable();
        let mut found = Vec::with_capacity(topics.len() * topics.len().saturating_sub(1) / 2);
        for (at, first) in topics.iter().enumerate() {
            found.extend(topics[at + 1..].iter().map(|second| (*first, *second, StoryId(index))));
        }
        found
    };
    let mut found: Vec<_> = site.stories.par_iter().enumerate().flat_map_iter(of_story).collect();
    found.par_sort_unstable();
    let pairs = found
        .chunk_by(|one, next| (one.0, one.1) == (next.0, next.1))
        .filter(|together| together.len() >= least)
        .map(|together| (together[0].0, together[0].1, together))
        .filter(|(first, second, _)| !site.is_above(*first, *second) && !site.is_above(*second, *first))
        .map(|(first, second, together)| Pair {
            first,
            second,
            stories: together.iter().map(|(_, _, story)| *story).collect(),
        })
        .collect();
    site.pairs = pairs;
    for (index, pair) in site.pairs.iter().enumerate() {
        site.topics[pair.first.0].pairs.push(index);
        site.topics[pair.second.0].pairs.push(index);
    }
    let (pairs, topics) = (&site.pairs, &mut site.topics);
    for topic in topics {
        topic.pairs.sort_by_key(|index| (std::cmp::Reverse(pairs[*index].stories.len()), *index));
    }
}
