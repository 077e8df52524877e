//! Which bytes of a Markdown text are code: fenced blocks and code spans.

use std::collections::BTreeMap;
use std::ops::Range;

use super::links::{code_length, fence_run};

/// The byte ranges of code, in order, with their fences and backticks.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut fence: Option<(u8, usize, usize)> = None;
    let mut at = 0;
    while at < text.len() {
        let line = &text[at..];
        let end = at + line.find('\n').map_or(line.len(), |end| end + 1);
        let trimmed = text[at..end].trim_start_matches([' ', '\t', '>']);
        match (fence, fence_run(trimmed)) {
            (Some((sign, length, start)), Some((other, count)))
                if sign == other && count >= length && trimmed[count..].trim().is_empty() =>
            {
                found.push(start..end);
                fence = None;
                at = end;
            }
            (Some(_), _) => at = end,
            (None, Some((sign, count))) if count >= 3 && !trimmed[count..].contains('`') => {
                fence = Some((sign, count, at));
                at = end;
            }
            (None, _) => at = spans(text, at, end, &mut found),
        }
    }
    if let Some((_, _, start)) = fence {
        found.push(start..text.len());
    }
    found
}

/// The code spans that begin on one line; the byte at which the text goes on.
fn spans(text: &str, from: usize, end: usize, found: &mut Vec<Range<usize>>) -> usize {
    let mut at = from;
    while at < end {
        let Some(next) = text[at..end].find(['`', '\\']) else { return end };
        at += next;
        if text.as_bytes()[at] == b'\\' {
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
            continue;
        }
        let run = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        let length = code_length(&text[at..], run);
        if length > run {
            found.push(at..at + length);
        }
        at += length;
    }
    at
}

/// Whether a byte is code, for positions that are asked for in rising order.
pub(super) struct Mask {
    ranges: Vec<Range<usize>>,
    next: usize,
}

impl Mask {
    pub(super) fn new(text: &str) -> Self {
        Self { ranges: ranges(text), next: 0 }
    }

    /// The end of the code that covers the byte `at`; none where it is no code.
    pub(super) fn end(&mut self, at: usize) -> Option<usize> {
        while self.ranges.get(self.next).is_some_and(|range| range.end <= at) {
            self.next += 1;
        }
        self.ranges.get(self.next).filter(|range| range.start <= at).map(|range| range.end)
    }
}

/// A text that is searched from left to right: what was found far ahead is not searched for again, so that a whole text
/// costs what its length says.
pub(super) struct Ahead<'t> {
    pub(super) text: &'t str,
    /// For each needle the byte from which it was searched for, and where it stands, beyond the text where it does not.
    next: BTreeMap<&'static str, (usize, usize)>,
}

impl<'t> Ahead<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, next: BTreeMap::new() }
    }

    /// The text from a byte on.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// Where a needle stands next, from a byte on.
    pub(super) fn find(&mut self, needle: &'static str, from: usize) -> Option<usize> {
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
        let text = "a `b` ``c`d`` \\`e`\n```\nf\n```\ng `h\n\n~~~\ni";
        let found: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["`b`", "``c`d``", "```\nf\n```\n", "~~~\ni"]);
    }
}
