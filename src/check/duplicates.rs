//! Near-duplicate articles.
//!
//! Each text gets a fixed-size sketch by one-permutation hashing (a form of MinHash): its word n-grams are hashed,
//! and the minimum of each of [`BINS`] bins is kept. The share of equal bins estimates the share of common n-grams.
//! Only articles that agree in a whole row of bins are compared (locality-sensitive hashing), so the time grows
//! linearly.

use std::collections::{BTreeMap, HashMap};

use super::findings::Findings;
use super::subject::Subject;
use crate::base::rules;
use crate::site::{Article, Site};

/// Bins in a sketch.
const BINS: usize = 128;
/// Bins in a row, all of which must agree for two sketches to be compared.
const ROW: usize = 4;
/// Words in an n-gram.
const RUN: usize = 5;
/// Shorter texts, in words, have too few n-grams to compare.
const SHORTEST: usize = 60;
/// Equal bins of near-duplicates: seven in ten.
const ALIKE: usize = BINS * 7 / 10;
/// An empty bin.
const EMPTY: u32 = u32::MAX;

/// The sketch of a text.
pub(super) struct Print {
    path: String,
    bins: Box<[u32; BINS]>,
}

/// The sketch of an article; `None` for a short one.
pub(super) fn print(subject: &Subject<'_>) -> Option<Print> {
    subject.article()?;
    let bins = bins(&subject.prose.plain)?;
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

/// Fills empty bins from the next full one, mixed with its distance (densification): short texts leave many empty.
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

/// Hash of a word, ignoring case. It never leaves the process.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finaliser of `splitmix64`.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Equal bins of two sketches, which estimates the share of n-grams in common.
fn alike(one: &[u32; BINS], other: &[u32; BINS]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one == other).count()
}

/// Two articles with almost the same text.
pub(super) fn twin_articles(site: &Site, prints: Vec<Print>, found: &mut Findings) {
    let prints: HashMap<&str, &[u32; BINS]> = prints.iter().map(|print| (print.path.as_str(), &*print.bins)).collect();
    // Oldest first, because the later article is the duplicate.
    let articles: Vec<(&Article, &[u32; BINS])> = site
        .articles
        .iter()
        .rev()
        .filter(|article| article.head.canonical.is_none())
        .filter_map(|article| Some((&**article, *prints.get(site.document(article.doc).path.as_str())?)))
        .collect();
    for (later, (earlier, bins)) in pairs(&articles) {
        let (later, earlier) = (articles[later].0, articles[earlier].0);
        if later.translations.contains(&earlier.doc) {
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

/// For each near-duplicate of an earlier article, the most similar one and the number of equal bins.
fn pairs(articles: &[(&Article, &[u32; BINS])]) -> BTreeMap<usize, (usize, usize)> {
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for row in 0..BINS / ROW {
        let mut seen: HashMap<[u32; ROW], (usize, usize)> = HashMap::with_capacity(articles.len());
        for (index, (_, bins)) in articles.iter().enumerate() {
            let mut key = [EMPTY; ROW];
            key.copy_from_slice(&bins[row * ROW..(row + 1) * ROW]);
            // Comparing with the first and the last article of a row only: with all of them, boilerplate would take
            // quadratic time.
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

    /// A text of `words` words, of which each hundredth part beyond `same` is its own.
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
