//! Articles with almost the same text.
//!
//! Each text becomes a print of fixed length: its runs of words are hashed, and of the hashes that fall into each of
//! [`BINS`] bins the least is kept (one-permutation hashing). The more bins two prints share, the more runs two texts
//! share. Only articles that share a whole row of bins are compared, so the time grows with their number and no faster.

use std::collections::{BTreeMap, HashMap};

use super::found::Found;
use super::subject::Subject;
use crate::base::rules;
use crate::site::{Article, Site};

/// How many bins a print has.
const BINS: usize = 128;
/// So many bins in a row, alike in two prints, are reason to compare the two.
const ROW: usize = 4;
/// A run of so many words is a sign.
const RUN: usize = 5;
/// A text of fewer words has too few runs to tell.
const SHORTEST: usize = 60;
/// So many bins are alike when two texts are almost the same: seven in ten.
const ALIKE: usize = BINS * 7 / 10;
/// No run fell into this bin.
const EMPTY: u32 = u32::MAX;

/// What of a text tells whether another is almost the same.
pub(super) struct Print {
    path: String,
    bins: Box<[u32; BINS]>,
}

/// The print of an article's text; none of a short one.
pub(super) fn print(subject: &Subject<'_>) -> Option<Print> {
    subject.article()?;
    let bins = bins(&subject.copy.plain)?;
    Some(Print { path: subject.path().to_owned(), bins })
}

fn bins(text: &str) -> Option<Box<[u32; BINS]>> {
    let mut bins = Box::new([EMPTY; BINS]);
    let mut run = [0_u64; RUN];
    let mut words = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        run[words % RUN] = hash(word);
        words += 1;
        if words >= RUN {
            let mixed = (0..RUN).fold(0, |mixed: u64, at| mix(mixed ^ run[(words + at) % RUN]));
            let bin = &mut bins[(mixed >> 32) as usize % BINS];
            *bin = (*bin).min(mixed as u32);
        }
    }
    (words >= SHORTEST).then(|| filled(bins))
}

/// A print whose empty bins have what the next one has, mixed with how far it is away: a short text fills few.
fn filled(mut bins: Box<[u32; BINS]>) -> Box<[u32; BINS]> {
    let sparse = bins.clone();
    for at in 0..BINS {
        let next =
            (0..BINS).find_map(|far| Some(sparse[(at + far) % BINS]).filter(|bin| *bin != EMPTY).map(|bin| (far, bin)));
        if let Some((far, bin)) = next.filter(|(far, _)| *far > 0) {
            bins[at] = mix(u64::from(bin) << 8 | far as u64) as u32;
        }
    }
    bins
}

/// A hash of a word, without regard to capitals. It never leaves the process.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The last steps of `splitmix64`.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// How many bins of two prints are alike: of all, about the share of runs that two texts have in common.
fn alike(one: &[u32; BINS], other: &[u32; BINS]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one == other).count()
}

/// Two articles have almost the same text.
pub(super) fn twin_articles(site: &Site, prints: Vec<Print>, found: &mut Found) {
    let prints: HashMap<&str, &[u32; BINS]> = prints.iter().map(|print| (print.path.as_str(), &*print.bins)).collect();
    // Oldest first: the later one is the one too many.
    let articles: Vec<(&Article, &[u32; BINS])> = site
        .articles
        .iter()
        .rev()
        .filter(|article| article.head.canonical.is_none())
        .filter_map(|article| Some((article, *prints.get(site.document(article.doc).path.as_str())?)))
        .collect();
    for (later, (earlier, bins)) in pairs(&articles) {
        let (later, earlier) = (articles[later].0, articles[earlier].0);
        if later.translations.iter().any(|id| site.article(*id).doc == earlier.doc) {
            continue;
        }
        let (later, earlier) = (site.document(later.doc), site.document(earlier.doc));
        let message = format!(
            "this text is almost that of `{}`: about {} of 100 runs of words are the same",
            earlier.path,
            bins * 100 / BINS
        );
        let help = "take one of them down with an alias to the other, or say under `canonical` which is the original";
        found.push_pair(rules::TWIN_ARTICLES, later.place(&["title"]), Some(earlier.path.clone()), message, help);
    }
}

/// For each article that is almost the same as an earlier one: the one that it is most like, and how much.
fn pairs(articles: &[(&Article, &[u32; BINS])]) -> BTreeMap<usize, (usize, usize)> {
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for row in 0..BINS / ROW {
        let mut seen: HashMap<[u32; ROW], (usize, usize)> = HashMap::with_capacity(articles.len());
        for (index, (_, bins)) in articles.iter().enumerate() {
            let mut key = [EMPTY; ROW];
            key.copy_from_slice(&bins[row * ROW..(row + 1) * ROW]);
            // The first of its kind and the last one before: with all of them, a boilerplate would take forever.
            let (first, last) = *seen.entry(key).or_insert((index, index));
            seen.insert(key, (first, index));
            for earlier in [first, last].into_iter().filter(|earlier| *earlier != index) {
                let count = alike(bins, articles[earlier].1);
                if count >= ALIKE && best.get(&index).is_none_or(|(_, known)| count > *known) {
                    best.insert(index, (earlier, count));
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words, of which each hundredth part beyond `same` is its own.
    fn text(name: &str, same: usize) -> String {
        (0..400).map(|at| if at % 100 < same { format!("word{at} ") } else { format!("{name}{at} ") }).collect()
    }

    #[test]
    fn the_share_is_near_the_true_one() {
        let print = |text: &str| bins(text).expect("it is long enough");
        let alike = |one: &str, other: &str| alike(&print(one), &print(other)) * 100 / BINS;
        assert_eq!(alike(&text("a", 100), &text("b", 100)), 100);
        let most = alike(&text("a", 95), &text("b", 95));
        assert!((75..95).contains(&most), "{most}");
        let half = alike(&text("a", 60), &text("b", 60));
        assert!((25..55).contains(&half), "{half}");
        assert!(alike(&text("a", 0), &text("b", 0)) < 10);
        assert!(bins("too short").is_none());
    }
}
