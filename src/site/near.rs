//! Topics that may be one under two names.

use std::cmp::Reverse;

use super::{Site, TopicId};
use crate::base::text;

/// Beyond so many topics not all of them are compared with each other; those with the most stories are.
const COMPARED: usize = 3000;

/// Pairs of topics whose names are alike, the one with more stories first, and the most read pairs first.
pub fn topics(site: &Site) -> Vec<(TopicId, TopicId)> {
    let mut order: Vec<usize> = (0..site.topics.len()).collect();
    order.sort_by_key(|at| Reverse(site.topics[*at].stories.len()));
    order.truncate(COMPARED);
    let names: Vec<(String, u64)> = order
        .iter()
        .map(|at| {
            let name = text::fold(&site.topics[*at].title);
            let letters = letters(&name);
            (name, letters)
        })
        .collect();
    let mut pairs = Vec::new();
    for (first, (name, letters)) in names.iter().enumerate() {
        for (second, (other, others)) in names.iter().enumerate().skip(first + 1) {
            // Names that are alike share nearly all letters; this is quick to tell and rules out nearly all pairs.
            if (letters ^ others).count_ones() <= 4 && text::are_alike(name, other) {
                pairs.push((TopicId(order[first]), TopicId(order[second])));
            }
        }
    }
    pairs
}

/// The letters of a name as bits.
fn letters(name: &str) -> u64 {
    name.chars().filter(|c| *c != ' ').fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}
