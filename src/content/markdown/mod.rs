//! Markdown → a compiled [`Body`].
//!
//! In: the text after the front matter. Out: HTML whose links within the site are left open, as slots, until the
//! whole site is known; with the anchors, the outline, a word count and the opening words. Deliberately not here:
//! whether a link's target exists, and the template engine: `{{` in a story is text.

mod addresses;
mod autolink;
mod body;
mod controls;
mod copy;
mod elements;
mod escape;
mod events;
mod fill;
mod footnotes;
mod headings;
mod ids;
mod inline;
mod labels;
mod links;
mod notes;
mod outside;
mod punctuation;
mod raw;
mod reading;
mod sanitise;
mod slug;
mod source;
mod target;
mod tasks;
mod twin;
mod twin_mark;
mod unended;
mod vet;
mod words;
mod writer;
mod written;

use std::ops::Range;

use crate::base::report::Report;

pub use body::{Body, Filling, Heading, Name, OutlineEntry, Slot, SlotKind, Span, Words};
pub use copy::{Address, Block, BlockKind, Copy, Image, Link};
pub use escape::escaped;
pub use events::{Events, SectionHeading};
pub use fill::Audience;
pub use ids::Ids;
pub use labels::mark_labels;
pub use reading::{Mark, Reading};
pub use source::MarkdownSource;
pub use target::{Target, decode};
pub use words::{lowered, raised};
pub use written::{Part, WrittenHeading, headings, parts};

/// Compiles a whole text.
pub fn compile(source: MarkdownSource<'_>) -> (Body, Report) {
    let mut report = Report::default();
    let events = report.take(Events::parse(source));
    let range = 0..events.len();
    let mut ids = Ids::of([source.prefix]);
    let body = report.take(compile_part(source, &events, range, 1, &mut ids));
    report.extend(ids.check());
    (body, report)
}

/// Compiles some events of a text. Headings are moved down so that none is above level `1 + deepest_outer`. `ids` are
/// those of the page so far.
pub fn compile_part(
    source: MarkdownSource<'_>,
    events: &Events<'_>,
    part: Range<usize>,
    outer_level: u8,
    ids: &mut Ids,
) -> (Body, Report) {
    writer::write(source, events, part, outer_level, ids)
}

#[cfg(test)]
mod tests;
