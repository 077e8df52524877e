//! The words of a text in any format: the normal form of both the searched text and the secrets.
//!
//! Letters and digits of all scripts, in lower case, decomposed and without combining marks (so NFC and NFD are equal),
//! as words separated by single spaces. Letters that only differ by their case or place are one: `ς` is `σ`, `ß` is `ss`,
//! and `ı` and `İ` are `i`, because capitals do not tell them apart. Raised and lowered digits are digits. Everything else only separates words, so typographic marks, white space and
//! line breaks make no difference. Inline tags (`<em>`) do not even separate; the text inside tags follows the visible
//! text. Character references and JSON escapes are resolved, including doubly escaped ones.

use std::ops::{Range, RangeInclusive};

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};

/// A normalized text, with the offsets of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The normalized text: a space, then the words in UTF-8, each followed by a space.
    pub(super) text: Vec<u8>,
    /// For each byte of `text`: its byte offset in the source.
    pub(super) at: Vec<u32>,
}

impl Words {
    /// Returns the normal form of plain text, such as a headline.
    pub(super) fn plain(text: &str) -> String {
        let mut words = Self::start();
        for (at, c) in text.char_indices() {
            words.push(c, at);
        }
        words.gap(text.len());
        String::from_utf8_lossy(&words.text).into_owned()
    }

    /// Returns the byte range of the source that a range of the normal form stands for.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let at = |index: usize| self.at.get(index).copied().unwrap_or(0) as usize;
        // A match begins and ends with a space; the offset of the last one is where the last word ends in the source.
        at((range.start + 1).min(range.end.saturating_sub(1)))..at(range.end.saturating_sub(1))
    }

    pub(super) fn start() -> Self {
        Self { text: vec![b' '], at: vec![0] }
    }

    pub(super) fn gap(&mut self, at: usize) {
        if self.text.last() != Some(&b' ') {
            self.put(b' ', at);
        }
    }

    pub(super) fn put(&mut self, byte: u8, at: usize) {
        self.text.push(byte);
        self.at.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    pub(super) fn push(&mut self, c: char, at: usize) {
        if c.is_ascii_alphanumeric() {
            self.put(c.to_ascii_lowercase() as u8, at);
        } else if c.is_ascii() {
            self.gap(at);
        } else {
            self.push_other(c, at);
        }
    }

    fn push_other(&mut self, c: char, at: usize) {
        if is_invisible(c) || is_mark(c) {
            return;
        }
        if !c.is_alphanumeric() {
            return self.gap(at);
        }
        match CanonicalDecompositionBorrowed::new().decompose(c) {
            Decomposed::Singleton(base) if base != c => return self.push(base, at),
            Decomposed::Expansion(base, rest) => {
                self.push(base, at);
                if !is_mark(rest) {
                    self.push(rest, at);
                }
                return;
            }
            _ => {}
        }
        if c == 'ẞ' {
            self.put(b's', at);
            return self.put(b's', at);
        }
        if let Some(digit) = shifted_digit(c) {
            return self.put(digit, at);
        }
        // Scripts without spaces wrap anywhere, so each character is a word.
        let alone = is_unspaced(c);
        if alone {
            self.gap(at);
        }
        for lower in c.to_uppercase().flat_map(char::to_lowercase).filter(|lower| !is_mark(*lower)) {
            for byte in lower.encode_utf8(&mut [0; 4]).bytes() {
                self.put(byte, at);
            }
        }
        if alone {
            self.gap(at + c.len_utf8());
        }
    }
}

/// The weight from which a headline is too long to be a coincidence, in words.
const LONG: usize = 4;

/// Whether a headline is so long that it cannot occur by coincidence.
pub(super) fn is_long(headline: &str) -> bool {
    weight(&Words::plain(headline)) >= LONG
}

/// Returns the weight of a normalized headline in words. In scripts without spaces, two characters count as a word.
pub(super) fn weight(words: &str) -> usize {
    let (signs, words): (Vec<&str>, Vec<&str>) =
        words.split_whitespace().partition(|word| word.chars().all(is_unspaced));
    words.len() + signs.len() / 2
}

/// The invisible characters: soft hyphens, zero-width characters, directional marks, variation selectors.
pub(super) const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{2069}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
];

pub(super) fn is_invisible(c: char) -> bool {
    INVISIBLE.iter().any(|range| range.contains(&c))
}

/// The ASCII digit that a superscript or subscript stands for.
fn shifted_digit(c: char) -> Option<u8> {
    let value = match c {
        '\u{b9}' => 1,
        '\u{b2}' | '\u{b3}' => u32::from(c) - 0xb0,
        '\u{2070}' | '\u{2074}'..='\u{2079}' => u32::from(c) - 0x2070,
        '\u{2080}'..='\u{2089}' => u32::from(c) - 0x2080,
        _ => return None,
    };
    u8::try_from(value).ok().map(|value| b'0' + value)
}

pub(super) fn is_mark(c: char) -> bool {
    crate::base::text::is_mark(c)
        || matches!(c, '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}')
}

pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
