//! Links by slug, in double brackets: `[[slug#anchor|label]]`.

use std::ops::Range;

use super::target::Target;
use crate::base::text;

/// The range including the outer brackets: the parser sees only the inner ones, as a reference.
pub(in super::super) fn slug_range(range: &Range<usize>) -> Range<usize> {
    range.start.saturating_sub(1)..range.end + 1
}

/// Target and label of a link in double brackets.
pub(in super::super) fn slug_target(written: &str) -> (Target, Option<&str>) {
    let (target, label) = written.split_once('|').map_or((written, None), |(target, label)| (target, Some(label)));
    let (slug, anchor) = target.split_once('#').unwrap_or((target, ""));
    let target = Target::Slug { slug: slug.trim().to_owned(), anchor: text::composed(anchor.trim()).into_owned() };
    (target, label.map(str::trim))
}

/// Marks the destination of a `[[slug]]` link; no address can start with it.
pub(in super::super) const SLUG_MARK: char = '\u{1}';
