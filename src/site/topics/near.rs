//! A search for topics with similar names, which may be duplicates.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::text;
use crate::base::text::near::Near;
use crate::site::ids::TopicId;
use crate::site::model::Site;

/// The size up to which all names of a group are compared with each other.
const FEW: usize = 32;

/// Returns pairs of topics with similar names, that with more stories first; pairs of the most used topics come first.
pub fn topics(site: &Site) -> Vec<(TopicId, TopicId)> {
    let mut order: Vec<usize> = (0..site.topics.len()).collect();
    order.sort_by_key(|at| Reverse(site.topics[*at].stories.len()));
    let names: Vec<String> = order.iter().map(|at| text::fold(&site.topics[*at].title)).collect();
    let pairs = alike(&names).into_iter();
    pairs.map(|(first, second)| (TopicId(order[first]), TopicId(order[second]))).collect()
}

/// The grouping keys of names. Similar names share at least one (see [`text::are_alike`]).
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Common {
    /// The name without spaces.
    Letters(String),
    /// The position of one word in alphabetical order, and all other words.
    Words(usize, String),
}

/// The pairs of similar names, by index. Only names with a common key are compared, since comparing all with all would
/// take quadratic time.
fn alike(names: &[String]) -> BTreeSet<(usize, usize)> {
    let mut groups: BTreeMap<Common, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        groups.entry(Common::Letters(name.replace(' ', ""))).or_default().push((at, ""));
        let mut words: Vec<&str> = name.split(' ').collect();
        words.sort_unstable();
        for (place, word) in words.iter().enumerate() {
            let rest = [&words[..place], &words[place + 1..]].concat().join(" ");
            groups.entry(Common::Words(place, rest)).or_default().push((at, word));
        }
    }
    let mut pairs = BTreeSet::new();
    let mut compare = |one: usize, other: usize| {
        let (one, other) = (one.min(other), one.max(other));
        if one != other && text::are_alike(&names[one], &names[other]) {
            pairs.insert((one, other));
        }
    };
    for group in groups.into_values() {
        if group.len() <= FEW {
            for (place, (one, _)) in group.iter().enumerate() {
                group[place + 1..].iter().for_each(|(other, _)| compare(*one, *other));
            }
            continue;
        }
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, word) in &group {
            by_word.entry(word).or_default().push(*at);
        }
        let near = Near::of(by_word.keys().copied());
        for (word, own) in &by_word {
            for other in near.around(word).flat_map(|word| &by_word[word]) {
                for one in own {
                    compare(*one, *other);
                }
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(names: &[String]) -> BTreeSet<(usize, usize)> {
        let all = 0..names.len();
        let pairs = all.clone().flat_map(|one| (one + 1..names.len()).map(move |other| (one, other)));
        pairs.filter(|(one, other)| text::are_alike(&names[*one], &names[*other])).collect()
    }

    #[test]
    fn names_that_are_alike_are_found_among_thousands() {
        let numbered = (0..1000).map(|number: u32| {
            let letters: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
            format!("{letters}{letters}stan")
        });
        let mut names: Vec<String> = numbered.collect();
        names.extend(
            ["grain corridor", "grain corridors", "corridor grain", "wildfire", "wild fire"].map(str::to_owned),
        );
        let found = alike(&names);
        let late: Vec<_> = found.iter().filter(|(one, _)| *one >= 1000).copied().collect();
        assert_eq!(late, [(1000, 1001), (1000, 1002), (1001, 1002), (1003, 1004)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_pair_is_missed(names in prop::collection::btree_set("[ab]{3,8}s?( [ab]{1,6}){0,2}", 0..60)) {
            let names: Vec<String> = names.into_iter().collect();
            prop_assert_eq!(alike(&names), plainly(&names));
        }
    }
}
