//! The search for secrets in the bytes of outputs.
//!
//! One automaton reads the raw bytes: it knows the addresses and names of withheld documents, and a few rare words of
//! each headline. Only where enough of those occur, or where something stands within a word, is the text normalised, and
//! searched for headlines by a second automaton.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, BuildError};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::below::Below;
use super::context::{self, Own};
use super::formats::Form;
use super::obscured;
use super::words::{Words, is_invisible, is_unspaced};
use crate::base::text;
use crate::site::secrets::{Secret, What};

/// The minimum length in bytes of a word to search for. Shorter words occur in too many texts to be a useful filter.
const TELLING: usize = 4;
/// The maximum number of rare words that are searched for per headline.
const FEW: usize = 3;
/// The maximum total size of patterns, in bytes, for which the automaton is built as a DFA: the fastest kind, and the
/// largest.
const SMALL: usize = 64 * 1024;

/// The automata for one set of secrets.
pub(super) struct Search {
    raw: AhoCorasick,
    /// The meaning of each pattern of `raw`, by pattern index.
    needles: Vec<Needle>,
    headlines: AhoCorasick,
    /// The index of the secret that each pattern of `headlines` belongs to.
    owners: Vec<usize>,
    /// For each pattern of `headlines`: the indices of its rare words, and how many of them must occur before the text
    /// is normalized.
    telling: Vec<(Vec<usize>, usize)>,
    words: usize,
    /// By secret: what follows its address in public addresses.
    below: HashMap<usize, Below>,
    own: Own,
}

#[derive(Clone, Copy)]
enum Needle {
    /// The address of the secret with this index.
    Address(usize),
    /// The slug of the secret with this index.
    Name(usize),
    /// A rare word, by its index.
    Word(usize),
    /// A character that may stand within a word unseen.
    Unseen,
}

/// Signs that a text may contain headlines.
struct Clues {
    /// The rare words that occur, by index.
    words: Vec<bool>,
    /// Whether a word is written so that it is not found in the raw bytes.
    is_obscured: bool,
}

impl Search {
    /// Builds the automata for `secrets`, on the site at `own`. Fails when the patterns are too many or too large.
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
        if !normal.is_empty() {
            for c in obscured::characters() {
                needles.push(Needle::Unseen);
                patterns.push(c.to_string());
            }
        }
        let below = secrets.iter().enumerate().filter(|(_, secret)| !secret.below.is_empty());
        let below = below.map(|(index, secret)| (index, Below::of(&secret.below))).collect();
        let size: usize = patterns.iter().map(String::len).sum();
        let kind = (size <= SMALL).then_some(AhoCorasickKind::DFA);
        let raw = AhoCorasickBuilder::new().ascii_case_insensitive(true).kind(kind).build(&patterns)?;
        let headlines = AhoCorasick::new(&normal)?;
        Ok(Self { raw, needles, headlines, owners, telling, words: numbers.len(), below, own })
    }

    /// Returns the indices of the secrets that occur in these bytes, sorted and without duplicates.
    pub(super) fn find(&self, bytes: &[u8], form: Form) -> Vec<usize> {
        let mut found = Vec::new();
        let clues = self.addresses(bytes, |secret, _| found.push(secret));
        let is_told = |(telling, enough): &(Vec<usize>, usize)| {
            telling.iter().filter(|word| clues.words[**word]).count() >= *enough
        };
        let may = clues.is_obscured
            || self.telling.iter().any(is_told)
            || !self.telling.is_empty() && form != Form::PLAIN && obscured::is_anywhere(bytes);
        if may {
            found.extend(self.mentions(bytes, form).map(|(secret, _)| secret));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns every occurrence of a secret in these bytes: its index and its byte range.
    pub(super) fn locate(&self, bytes: &[u8], form: Form) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        self.addresses(bytes, |secret, range| found.push((secret, range)));
        found.extend(self.mentions(bytes, form));
        found
    }

    /// Returns the indices of the headlines that occur in plain text, such as in another headline.
    pub(super) fn headlines_in(&self, text: &str) -> Vec<usize> {
        let words = Words::of(text.as_bytes(), Form::PLAIN);
        self.headlines(&words).map(|(secret, _)| secret).collect()
    }

    fn addresses(&self, bytes: &[u8], mut found: impl FnMut(usize, Range<usize>)) -> Clues {
        let mut clues = Clues { words: vec![false; self.words], is_obscured: false };
        for hit in self.raw.find_overlapping_iter(bytes) {
            match self.needles[hit.pattern().as_usize()] {
                Needle::Word(word) => clues.words[word] = true,
                Needle::Unseen => {
                    clues.is_obscured = clues.is_obscured || obscured::is_within_word(bytes, &hit.range());
                }
                Needle::Address(secret) if context::is_address(bytes, hit.range(), &self.own) => {
                    if !self.below.get(&secret).is_some_and(|below| below.continues(&bytes[hit.end()..])) {
                        found(secret, hit.range());
                    }
                }
                Needle::Name(secret) if context::is_name(bytes, hit.range(), &self.own) => found(secret, hit.range()),
                Needle::Address(_) | Needle::Name(_) => {}
            }
        }
        clues
    }

    /// Returns the headlines that occur in these bytes. A match inside a URL of another host is not a mention and is
    /// skipped.
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

/// Returns the spellings of an address or a slug in the output formats: as it is, HTML-escaped, percent-encoded, and
/// percent-encoded as a query value.
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

/// Returns the rare words of a text, each with its possible spellings, and how many of the words must be found. One of
/// several may be missing, because a tag or a hyphen can break a word. None is enough when a text may spell the words in
/// ways that do not follow from these.
fn telling_words(text: &str) -> (Vec<Vec<String>>, usize) {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let text = visible.as_str();
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
        let forms = |word: &str| {
            let mut forms = vec![word.to_owned()];
            if word.contains("ss") {
                forms.extend(["ß", "ẞ"].map(|sharp| word.replace("ss", sharp)));
            }
            forms
        };
        return (plain.into_iter().map(forms).collect(), enough);
    }
    let signs: Vec<char> = text.chars().filter(|c| is_unspaced(*c)).collect();
    let groups: Vec<Vec<String>> = if signs.is_empty() {
        let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && !text::is_mark(c)).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        if words.iter().take(2).any(|word| is_unaccented(word)) {
            return (Vec::new(), 0);
        }
        words.into_iter().filter(|word| !word.is_empty()).take(2).map(spellings).collect()
    } else {
        // Lines of scripts without spaces wrap anywhere, but hardly within both pairs of characters.
        signs
            .chunks(2)
            .filter(|pair| pair.len() == 2 || signs.len() == 1)
            .take(2)
            .map(|pair| vec![pair.iter().collect()])
            .collect()
    };
    (groups, 1)
}

/// Whether a normalized word occurs in the text unchanged, so that all formats write it the same way.
fn is_written(text: &str, word: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(word).any(|(at, _)| {
        let whole = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !text::is_mark(c));
        whole(lower[..at].chars().next_back()) && whole(lower[at + word.len()..].chars().next())
    })
}

/// Whether a word is in Greek capitals without accents, from which its small letters cannot be told.
fn is_unaccented(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{370}'..='\u{3ff}'))
        && word.chars().all(|c| !c.is_lowercase())
        && !DecomposingNormalizerBorrowed::new_nfd().normalize(word).chars().any(text::is_mark)
}

/// Returns the spellings of a word: as it is, in lower, upper and title case, each in NFC and in NFD, and without marks.
fn spellings(word: &str) -> Vec<String> {
    let mut first = word.chars();
    let title =
        first.next().map_or_else(String::new, |c| c.to_uppercase().chain(first.flat_map(char::to_lowercase)).collect());
    let mut forms = Vec::new();
    for spelling in [word.to_owned(), word.to_lowercase(), word.to_uppercase(), title] {
        forms.push(ComposingNormalizerBorrowed::new_nfc().normalize(&spelling).into_owned());
        let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&spelling).into_owned();
        forms.push(decomposed.chars().filter(|c| !text::is_mark(*c)).collect());
        forms.push(decomposed);
    }
    forms.push(Words::plain(word).trim().to_owned());
    forms.retain(|form| !form.is_empty());
    forms.sort();
    forms.dedup();
    forms
}
