//! The words of a text, and how two texts differ.

use std::ops::Range;

/// The words of a text with one space between them.
pub(super) fn normal(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for one in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&word(one));
    }
    words
}

/// A word without its typography: the form of quotation marks, dashes and ellipses makes no difference.
pub fn word(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '‘' | '’' | '‚' | '‹' | '›' => plain.push('\''),
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '‐' | '‑' | '–' | '—' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            '\u{ad}' | '\u{200b}' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// The ranges of words in which two texts differ, from the first difference to the last.
pub fn difference(was: &[&str], is: &[&str]) -> (Range<usize>, Range<usize>) {
    let start = was.iter().zip(is).take_while(|(one, other)| one == other).count();
    let (after_was, after_is) = (&was[start..], &is[start..]);
    let end = after_was.iter().rev().zip(after_is.iter().rev()).take_while(|(one, other)| one == other).count();
    (start..was.len() - end, start..is.len() - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_no_difference_and_a_number_is() {
        assert_eq!(normal("It’s “so” –\u{a0}now…\n\nthen"), normal("It's \"so\" - now... then"));
        assert_ne!(normal("3.5"), normal("35"));
        assert_ne!(normal("−5 %"), normal("5 %"));
    }

    #[test]
    fn the_words_that_changed_are_found() {
        let ranges = |was: &str, is: &str| {
            let (was, is): (Vec<&str>, Vec<&str>) = (was.split(' ').collect(), is.split(' ').collect());
            difference(&was, &is)
        };
        assert_eq!(ranges("a third of all", "a fifth of all"), (1..2, 1..2));
        assert_eq!(ranges("one two", "one new two"), (1..1, 1..2));
        assert_eq!(ranges("one old two", "one two"), (1..2, 1..1));
        assert_eq!(ranges("a a", "a a a"), (2..2, 2..3));
    }
}
