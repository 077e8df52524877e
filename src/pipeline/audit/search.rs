//! Searching bytes for secrets.
//!
//! One automaton reads the raw bytes: it knows the addresses and names of withheld documents, and a few rare words of
//! each headline. Only where enough of those occur is the text normalised, and searched for headlines by a second
//! automaton. Most outputs are therefore read once.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, BuildError};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::context::{self, Own};
use super::formats::Form;
use super::words::{Words, is_unspaced};
use crate::base::text;
use crate::site::secrets::{Secret, What};

/// A word of fewer letters is in too many texts.
const TELLING: usize = 4;
/// So many words of a headline are looked for.
const FEW: usize = 3;
/// Up to so many bytes of patterns become a table for each state, which is the fastest and the largest.
const SMALL: usize = 64 * 1024;

/// What is looked for, ready to be found.
pub(super) struct Search {
    raw: AhoCorasick,
    /// What each pattern of `raw` is.
    needles: Vec<Needle>,
    headlines: AhoCorasick,
    /// The secret that each pattern of `headlines` is.
    owners: Vec<usize>,
    /// For each pattern of `headlines`: its telling words, and how many of them must be there.
    telling: Vec<(Vec<usize>, usize)>,
    words: usize,
    own: Own,
}

#[derive(Clone, Copy)]
enum Needle {
    /// A secret's address.
    Address(usize),
    /// A secret's name in addresses.
    Name(usize),
    /// A word, by its number.
    Word(usize),
}

impl Search {
    /// A search for `secrets` on the site that lives at `own`.
    pub(super) fn new(secrets: &[Secret], own: Own) -> Result<Self, BuildError> {
        let (mut patterns, mut needles) = (Vec::new(), Vec::new());
        let (mut normal, mut owners, mut telling) = (Vec::new(), Vec::new(), Vec::new());
        let mut numbers = std::collections::BTreeMap::new();
        for (index, secret) in secrets.iter().enumerate() {
            match secret.what {
                What::Address | What::Alias => {
                    let address = secret.text.trim_end_matches('/');
                    if !address.is_empty() {
                        let forms = written(address);
                        needles.extend(forms.iter().map(|_| Needle::Address(index)));
                        patterns.extend(forms);
                    }
                }
                What::Name => {
                    let forms = written(&secret.text);
                    needles.extend(forms.iter().map(|_| Needle::Name(index)));
                    patterns.extend(forms);
                }
                What::Headline | What::Heading | What::Summary => {
                    let (groups, enough) = telling_words(&secret.text);
                    let mut words = Vec::new();
                    for forms in groups {
                        let next = numbers.len();
                        let number = *numbers.entry(forms.clone()).or_insert(next);
                        if number == next {
                            needles.extend(forms.iter().map(|_| Needle::Word(number)));
                            patterns.extend(forms);
                        }
                        words.push(number);
                    }
                    normal.push(Words::plain(&secret.text));
                    owners.push(index);
                    telling.push((words, enough));
                }
            }
        }
        let size: usize = patterns.iter().map(String::len).sum();
        let kind = (size <= SMALL).then_some(AhoCorasickKind::DFA);
        let raw = AhoCorasickBuilder::new().ascii_case_insensitive(true).kind(kind).build(&patterns)?;
        let headlines = AhoCorasick::new(&normal)?;
        Ok(Self { raw, needles, headlines, owners, telling, words: numbers.len(), own })
    }

    /// The secrets that stand in these bytes, each once, by its number.
    pub(super) fn find(&self, bytes: &[u8], form: Form) -> Vec<usize> {
        let mut found = Vec::new();
        let mut words = vec![false; self.words];
        self.addresses(bytes, &mut words, |secret, _| found.push(secret));
        if self.telling.iter().any(|(telling, enough)| telling.iter().filter(|word| words[**word]).count() >= *enough) {
            found.extend(self.mentions(bytes, form).map(|(secret, _)| secret));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Where secrets stand in these bytes.
    pub(super) fn locate(&self, bytes: &[u8], form: Form) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        self.addresses(bytes, &mut vec![false; self.words], |secret, range| found.push((secret, range)));
        found.extend(self.mentions(bytes, form));
        found
    }

    /// The headlines that stand in a text without markup, such as another headline.
    pub(super) fn headlines_in(&self, text: &str) -> Vec<usize> {
        let words = Words::of(text.as_bytes(), Form::PLAIN);
        self.headlines(&words).map(|(secret, _)| secret).collect()
    }

    fn addresses(&self, bytes: &[u8], words: &mut [bool], mut found: impl FnMut(usize, Range<usize>)) {
        for hit in self.raw.find_overlapping_iter(bytes) {
            match self.needles[hit.pattern().as_usize()] {
                Needle::Word(word) => words[word] = true,
                Needle::Address(secret) if context::is_address(bytes, hit.range(), &self.own) => {
                    found(secret, hit.range());
                }
                Needle::Name(secret) if context::is_name(bytes, hit.range(), &self.own) => found(secret, hit.range()),
                Needle::Address(_) | Needle::Name(_) => {}
            }
        }
    }

    /// The headlines that stand in these bytes. Words of an address on another host are those of that host.
    fn mentions(&self, bytes: &[u8], form: Form) -> impl Iterator<Item = (usize, Range<usize>)> {
        let words = Words::of(bytes, form);
        let hits: Vec<_> = self.headlines(&words).map(|(secret, range)| (secret, words.source(range))).collect();
        hits.into_iter().filter(|(_, range)| !context::is_elsewhere(bytes, range.start, &self.own))
    }

    fn headlines(&self, words: &Words) -> impl Iterator<Item = (usize, Range<usize>)> {
        let hits = self.headlines.find_overlapping_iter(&words.text);
        hits.map(|hit| (self.owners[hit.pattern().as_usize()], hit.range()))
    }
}

/// An address or a name as formats write it: as it is, as HTML, percent-encoded, and so as a value in a query.
fn written(plain: &str) -> Vec<String> {
    let mut html = String::new();
    text::escape_html(plain, &mut html);
    let encoded = |keep: fn(u8) -> bool| -> String {
        plain
            .bytes()
            .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    };
    let mut forms = vec![
        plain.to_owned(),
        html,
        encoded(|byte| byte.is_ascii_graphic()),
        encoded(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)),
    ];
    forms.sort();
    forms.dedup();
    forms
}

/// The words by which a text may be there, each in the forms in which it may be written, and how many of them must be found.
/// One of several may be broken by a tag or a hyphen.
fn telling_words(text: &str) -> (Vec<Vec<String>>, usize) {
    let normal = Words::plain(text);
    let mut plain: Vec<&str> = normal
        .split_whitespace()
        .filter(|word| word.is_ascii() && word.len() >= TELLING && is_written(text, word))
        .collect();
    plain.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    plain.dedup();
    plain.truncate(FEW);
    if !plain.is_empty() {
        let enough = plain.len().saturating_sub(1).max(1);
        return (plain.into_iter().map(|word| vec![word.to_owned()]).collect(), enough);
    }
    let signs: Vec<char> = text.chars().filter(|c| is_unspaced(*c)).collect();
    let groups: Vec<Vec<String>> = if signs.is_empty() {
        let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && !text::is_mark(c)).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter().filter(|word| !word.is_empty()).take(2).map(spellings).collect()
    } else {
        // Lines of such scripts wrap anywhere, but not at two places at once.
        signs
            .chunks(2)
            .filter(|pair| pair.len() == 2 || signs.len() == 1)
            .take(2)
            .map(|pair| vec![pair.iter().collect()])
            .collect()
    };
    (groups, 1)
}

/// Whether a word of the normal form stands in the text as it is, so that every format writes it so.
fn is_written(text: &str, word: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(word).any(|(at, _)| {
        let whole = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !text::is_mark(c));
        whole(lower[..at].chars().next_back()) && whole(lower[at + word.len()..].chars().next())
    })
}

/// A word in small and capital letters, composed and decomposed.
fn spellings(word: &str) -> Vec<String> {
    let mut first = word.chars();
    let title =
        first.next().map_or_else(String::new, |c| c.to_uppercase().chain(first.flat_map(char::to_lowercase)).collect());
    let mut forms = Vec::new();
    for spelling in [word.to_owned(), word.to_lowercase(), word.to_uppercase(), title] {
        forms.push(ComposingNormalizerBorrowed::new_nfc().normalize(&spelling).into_owned());
        forms.push(DecomposingNormalizerBorrowed::new_nfd().normalize(&spelling).into_owned());
    }
    forms.sort();
    forms.dedup();
    forms
}
