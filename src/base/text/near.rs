//! An index for spelling suggestions: finds the known text nearest to a word without measuring every known text.
//!
//! Two filters run before the edit distance. Texts within two edits share a *deletion neighbour*: deleting at most
//! two characters from each gives the same text (the idea of `SymSpell`). Only the last characters are compared this
//! way, because paths start alike and differ at the end. Texts farther away share the word's rarest trigrams. The
//! candidates that pass are measured exactly as [`spelling::nearest`] does, so that both give the same suggestion for a
//! typo.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::spelling;

/// Length of the suffix for which deletion neighbours are indexed, in characters.
const WINDOW: usize = 12;
/// The edit distance that deletion neighbours cover.
const EDITS: usize = 2;
/// Entries of one postings list that a query reads: those nearest to the word in alphabetical order.
const ENTRIES: usize = 64;
/// Candidates that a query measures.
const MEASURED: usize = 128;
/// Candidates from the trigram index that a query measures.
const SIMILAR: usize = 16;

/// Known texts, indexed for nearest-spelling queries.
pub struct Near {
    /// Lower case and as written, sorted.
    known: Vec<(String, Box<str>)>,
    neighbors: Postings,
    /// The trigram index, built by the first query without a deletion neighbour.
    trigrams: OnceLock<Postings>,
}

impl Near {
    /// Indexes the given texts.
    pub fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<_> = known.into_iter().map(|text| (text.to_lowercase(), text.into())).collect();
        known.sort_unstable();
        known.dedup();
        let neighbors = Postings::of(&known, neighbors);
        Self { known, neighbors, trigrams: OnceLock::new() }
    }

    /// The known text that `word` most likely meant, if any is near.
    pub fn to(&self, word: &str) -> Option<&str> {
        let lower = word.to_lowercase();
        let rank = self.known.partition_point(|(known, _)| *known < lower);
        let close = self.candidates(&lower, rank);
        let nearest = |ids: Vec<usize>| {
            let measured = ids.into_iter().map(|id| &self.known[id]);
            let measured = measured.filter_map(|(known, text)| Some((spelling::distance(&lower, known)?, &**text)));
            measured.min()
        };
        let typo = nearest(close).filter(|(distance, _)| *distance <= EDITS);
        typo.or_else(|| nearest(self.similar(&lower, rank))).map(|(_, found)| found)
    }

    /// All known texts within two edits of `word`, and possibly others.
    pub fn around(&self, word: &str) -> impl Iterator<Item = &str> {
        let lower = word.to_lowercase();
        let rank = self.known.partition_point(|(known, _)| *known < lower);
        self.candidates(&lower, rank).into_iter().map(|id| &*self.known[id].1)
    }

    /// Candidates that share a deletion neighbour with a text.
    fn candidates(&self, lower: &str, rank: usize) -> Vec<usize> {
        let mut found = HashSet::new();
        for hash in neighbors(lower) {
            let list = self.neighbors.list(hash);
            found.extend(around(list, rank, ENTRIES).iter().map(|(_, id)| *id as usize));
        }
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable_by_key(|id| (id.abs_diff(rank), *id));
        found.truncate(MEASURED);
        found
    }

    /// Candidates that share a text's rarest trigrams.
    fn similar(&self, lower: &str, rank: usize) -> Vec<usize> {
        let postings = self.trigrams.get_or_init(|| Postings::of(&self.known, trigrams));
        let mut lists: Vec<_> = trigrams(lower).into_iter().map(|gram| postings.list(gram)).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let mut seen = 0;
        for list in lists {
            let list = around(list, rank, ENTRIES);
            for (_, id) in list {
                *shared.entry(*id as usize).or_default() += 1;
            }
            seen += list.len();
            if seen > ENTRIES * SIMILAR {
                break;
            }
        }
        let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
        found.sort_unstable_by_key(|(id, count)| (Reverse(*count), id.abs_diff(rank), *id));
        found.into_iter().take(SIMILAR).map(|(id, _)| id).collect()
    }
}

/// For each hash, the texts that have it, sorted.
struct Postings(Vec<(u32, u32)>);

impl Postings {
    fn of(known: &[(String, Box<str>)], hashes: fn(&str) -> Vec<u32>) -> Self {
        let numbered = known.iter().zip(0u32..);
        let mut all: Vec<(u32, u32)> =
            numbered.flat_map(|((text, _), id)| hashes(text).into_iter().map(move |hash| (hash, id))).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    fn list(&self, hash: u32) -> &[(u32, u32)] {
        let start = self.0.partition_point(|(other, _)| *other < hash);
        let rest = &self.0[start..];
        &rest[..rest.partition_point(|(other, _)| *other == hash)]
    }
}

/// The entries of a postings list whose texts are alphabetically nearest to a rank.
fn around(list: &[(u32, u32)], rank: usize, count: usize) -> &[(u32, u32)] {
    let at = list.partition_point(|(_, id)| (*id as usize) < rank);
    let range: Range<usize> = at.saturating_sub(count / 2)..(at + count / 2).min(list.len());
    &list[range]
}

/// Hashes of a text's suffix with zero, one or two characters deleted.
fn neighbors(text: &str) -> Vec<u32> {
    let end: Vec<char> = text.chars().rev().take(WINDOW).collect();
    let without = |left_out: [usize; EDITS]| {
        hash(end.iter().enumerate().filter(|(at, _)| !left_out.contains(at)).map(|(_, c)| *c))
    };
    let all = end.len();
    // There is nothing to delete beyond the end.
    let mut hashes: Vec<u32> =
        (0..=all).flat_map(|first| (first..=all).map(move |second| [first, second])).map(without).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Hashes of all trigrams of a text.
fn trigrams(text: &str) -> Vec<u32> {
    let characters: Vec<char> = text.chars().collect();
    let mut hashes: Vec<u32> = characters.windows(3).map(|three| hash(three.iter().copied())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a over characters. A collision costs one extra measurement, nothing more.
fn hash(text: impl Iterator<Item = char>) -> u32 {
    text.fold(0x811c_9dc5, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_typo_is_found_among_thousands_that_end_alike() {
        let paths: Vec<String> =
            (0..2000).map(|day| format!("/20{:02}/{:03}/live-updates/", day / 365, day % 365)).collect();
        let near = Near::of(paths.iter().map(String::as_str));
        for typo in
            ["/2005/100/live-updtes/", "/2005/100/lvie-updates/", "/2005/100/live-updates", "/2005/100/live_updatess/"]
        {
            assert_eq!(near.to(typo), Some("/2005/100/live-updates/"), "{typo}");
        }
    }

    #[test]
    fn what_is_farther_away_shares_its_rare_parts() {
        let paths: Vec<String> = (0..500).map(|number| format!("/2023/10/17/story-{number}/")).collect();
        let near = Near::of(paths.iter().map(String::as_str).chain(["/2023/10/17/grain-corridor-reopens/"]));
        assert_eq!(near.to("/2023/10/19/graincoridor-re-opens/"), Some("/2023/10/17/grain-corridor-reopens/"));
        assert_eq!(near.to("/somewhere/else/entirely/"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn a_typo_has_the_suggestion_of_the_plain_method(
            known in prop::collection::vec("[a-cA/é-]{0,16}", 0..20),
            word in "[a-cA/é-]{0,16}",
            typo in any::<prop::sample::Index>(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), "[a-c/]?", any::<bool>()), 0..3),
        ) {
            let mut words = vec![word];
            if !known.is_empty() {
                let mut characters: Vec<char> = typo.get(&known).chars().collect();
                for (at, new, is_swap) in edits {
                    if characters.is_empty() { break }
                    let at = at.index(characters.len());
                    if is_swap && at > 0 {
                        characters.swap(at, at - 1);
                    } else {
                        characters.splice(at..=at, new.chars());
                    }
                }
                words.push(characters.into_iter().collect());
            }
            let near = Near::of(known.iter().map(String::as_str));
            for word in words {
                let plain = spelling::nearest(&word, known.iter().map(String::as_str));
                let found = near.to(&word);
                match plain.and_then(|plain| spelling::distance(&word.to_lowercase(), &plain.to_lowercase())) {
                    Some(0..=EDITS) => prop_assert_eq!(found, plain),
                    Some(_) => {
                        let distance = found.map(|found| spelling::distance(&word.to_lowercase(), &found.to_lowercase()));
                        prop_assert_ne!(distance, Some(None));
                    }
                    None => prop_assert_eq!(found, None),
                }
            }
        }
    }
}
