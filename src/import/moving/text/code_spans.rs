//! Tells which bytes of a Markdown text are code.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::markdown::{Construct, constructs};

/// Returns the byte ranges of code spans and code blocks, sorted, including their delimiters.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    constructs(text).into_iter().filter(|(_, part)| *part == Construct::Code).map(|(range, _)| range).collect()
}

/// A lookup of byte ranges for offsets that are queried in ascending order.
pub(in crate::import::moving) struct Mask {
    ranges: Vec<Range<usize>>,
    next: usize,
}

impl Mask {
    pub(in crate::import::moving) fn new(text: &str) -> Self {
        Self::over(ranges(text))
    }

    /// Creates a lookup of other ranges, which must be sorted and disjoint.
    pub(in crate::import::moving) fn over(ranges: Vec<Range<usize>>) -> Self {
        Self { ranges, next: 0 }
    }

    /// Returns the end of the range that covers the byte `at`; none when no range does.
    pub(in crate::import::moving) fn end(&mut self, at: usize) -> Option<usize> {
        while self.ranges.get(self.next).is_some_and(|range| range.end <= at) {
            self.next += 1;
        }
        self.ranges.get(self.next).filter(|range| range.start <= at).map(|range| range.end)
    }
}

/// A forward search in a text. The next occurrence of each needle is cached, so that a whole text is searched in linear
/// time.
pub(super) struct Ahead<'t> {
    pub(in crate::import::moving) text: &'t str,
    /// For each needle: the offset from which it was searched, and the offset of its next occurrence, `usize::MAX` when
    /// there is none.
    next: BTreeMap<&'static str, (usize, usize)>,
}

impl<'t> Ahead<'t> {
    pub(in crate::import::moving) fn new(text: &'t str) -> Self {
        Self { text, next: BTreeMap::new() }
    }

    /// Returns the text from a byte offset on.
    pub(in crate::import::moving) fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// Returns the offset of the next occurrence of a needle at or after `from`.
    pub(in crate::import::moving) fn find(&mut self, needle: &'static str, from: usize) -> Option<usize> {
        let known = self.next.get(needle).copied().filter(|(asked, next)| *asked <= from && from <= *next);
        let next = match known {
            Some((_, next)) => next,
            None => self.text[from..].find(needle).map_or(usize::MAX, |at| from + at),
        };
        if known.is_none() {
            self.next.insert(needle, (from, next));
        }
        Some(next).filter(|next| *next != usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_told_from_text() {
        let text = "a `b` ``c`d`` \\`e`\n```\nf\n```\ng `h\n\n    k\n\n~~~\ni";
        let found: Vec<&str> = ranges(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, ["`b`", "``c`d``", "```\nf\n```", "k", "~~~\ni"]);
    }
}
