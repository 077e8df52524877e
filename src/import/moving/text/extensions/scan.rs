//! A text while the marks of its extensions are found, and what they look like.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::markdown::Construct;
use crate::import::moving::text::code_spans::Mask;
use crate::import::moving::text::goldmark::containers;

/// A text with what is found in it.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    /// The parts that are not changed: code, HTML, destinations of links, calls.
    pub(super) kept: Mask,
    pub(super) edits: Vec<(Range<usize>, String)>,
    /// The offsets of what is said.
    pub(super) said: Vec<(usize, &'static str)>,
    /// The delimiters of formulas that nothing closes from here on.
    pub(super) unclosed: BTreeSet<usize>,
}

impl<'t> Scan<'t> {
    /// A text in which nothing is found yet.
    pub(super) fn new(text: &'t str, found: &[(Range<usize>, Construct)]) -> Self {
        let kept = Mask::over(kept(text, found));
        Self { text, kept, edits: Vec::new(), said: Vec::new(), unclosed: BTreeSet::new() }
    }

    /// Returns the offset at which the text of a block begins that starts at an offset; none in code and HTML.
    pub(super) fn block_text(&self, block: usize) -> Option<usize> {
        let line = self.text[block..].lines().next()?;
        let (marks, rest) = containers(line);
        let cell = rest.len() - rest.trim_start_matches('|').len();
        let is_text = !rest.starts_with(['<', '`', '#']) && !rest.starts_with("~~~") && !line.starts_with("    ");
        is_text.then_some(block + marks.len() + cell)
    }
}

/// The ranges of a text that are not words, sorted and disjoint.
fn kept(text: &str, found: &[(Range<usize>, Construct)]) -> Vec<Range<usize>> {
    let part = |(range, part): &(Range<usize>, Construct)| match part {
        Construct::Code | Construct::HtmlBlock | Construct::Tag | Construct::Target => Some(range.clone()),
        Construct::Link => text[range.clone()].rfind("](").map(|at| range.start + at..range.end),
        _ => None,
    };
    let mut all: Vec<Range<usize>> = found.iter().filter_map(part).collect();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|start| at + start) {
        let Some(end) = text[start..].find("}}").map(|end| start + end + 2) else { break };
        all.push(start..end);
        at = end;
    }
    all.sort_by_key(|range| (range.start, range.end));
    let mut disjoint: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match disjoint.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => disjoint.push(range),
        }
    }
    disjoint
}

/// Whether exactly these signs stand at an offset, not more of them.
pub(super) fn is_run(text: &str, at: usize, sign: &str) -> bool {
    let c = sign.chars().next().unwrap_or_default();
    text[at..].starts_with(sign) && !text[at + sign.len()..].starts_with(c) && !text[..at].ends_with(c)
}

/// Whether a text begins with the name of an emoji between colons.
pub(super) fn is_emoji(text: &str) -> bool {
    let Some((name, _)) = text.strip_prefix(':').and_then(|rest| rest.split_once(':')) else { return false };
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-');
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase()) || matches!(name, "+1" | "-1");
    is_name && name.bytes().all(is_sign)
}

/// Whether a line holds the attributes of a block and nothing else.
pub(super) fn is_attributes(line: &str) -> bool {
    let inner = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| {
        let is_first = inner.trim_start().starts_with(['.', '#']) || inner.contains('=');
        is_first && !inner.contains(['{', '}', '%', '<'])
    })
}

/// Whether a line is the ruler below the head of a table.
pub(super) fn is_ruler(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}
