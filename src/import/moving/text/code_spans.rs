//! Which bytes of a Markdown text are code, as it is read.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::markdown::{Construct, constructs};

/// The byte ranges of code, in order, with their fences and backticks.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    constructs(text).into_iter().filter(|(_, part)| *part == Construct::Code).map(|(range, _)| range).collect()
}

/// Whether a byte is code, for positions that are asked for in rising order.
pub(super) struct Mask {
    ranges: Vec<Range<usize>>,
    next: usize,
}

impl Mask {
    pub(in crate::import::moving) fn new(text: &str) -> Self {
        Self::over(ranges(text))
    }

    /// The same for other stretches, of which none lies in another.
    pub(super) fn over(ranges: Vec<Range<usize>>) -> Self {
        Self { ranges, next: 0 }
    }

    /// The end of the code that covers the byte `at`; none where it is no code.
    pub(in crate::import::moving) fn end(&mut self, at: usize) -> Option<usize> {
        while self.ranges.get(self.next).is_some_and(|range| range.end <= at) {
            self.next += 1;
        }
        self.ranges.get(self.next).filter(|range| range.start <= at).map(|range| range.end)
    }
}

/// A text that is searched from left to right: what was found far ahead is not searched for again, so that a whole text
/// costs what its length says.
pub(super) struct Ahead<'t> {
    pub(in crate::import::moving) text: &'t str,
    /// For each needle the byte from which it was searched for, and where it stands, beyond the text where it does not.
    next: BTreeMap<&'static str, (usize, usize)>,
}

impl<'t> Ahead<'t> {
    pub(in crate::import::moving) fn new(text: &'t str) -> Self {
        Self { text, next: BTreeMap::new() }
    }

    /// The text from a byte on.
    pub(in crate::import::moving) fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// Where a needle stands next, from a byte on.
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
