//! Compiles Markdown to a [`Body`].
//!
//! In: the text after the front matter. Out: HTML with slots for links within the site, which are filled when the whole
//! site is known; anchors, the outline, a word count and the start of the text. Deliberately not here: whether a link's
//! target exists, and templates: `{{` in a story is text.

pub mod blocks;
mod body;
mod html;
mod ids;
mod labels;
mod links;
mod outside;
mod read;
mod source;
mod twin;
mod write;

use std::ops::Range;

use crate::base::report::Report;

pub use body::{Body, Entry, Filling, Heading, Name, OutlineEntry, Renditions, Slot, SlotKind, Span, Words};
pub use ids::Ids;
pub use labels::in_words;
pub use links::target::{Target, decode};
pub use read::blocks::without_blocks;
pub use read::events::{Events, SectionHeading};
pub use read::extract::plain_text::{lowered, raised};
pub use read::extract::prose::Prose;
pub use read::extract::prose_blocks::{Address, Block, BlockKind, Image, Link};
pub use read::extract::reading::{Mark, Reading};
pub use read::extract::written::{Construct, WrittenHeading, constructs, headings};
pub use read::inline::punctuation::punctuated;
pub use source::MarkdownSource;
pub use twin::escape::escaped;
pub use write::fill::Audience;

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

/// Compiles a range of events. Headings are shifted down to at least one level below `outer_level`. `ids` are those of
/// the page so far.
pub fn compile_part(
    source: MarkdownSource<'_>,
    events: &Events<'_>,
    part: Range<usize>,
    outer_level: u8,
    ids: &mut Ids,
) -> (Body, Report) {
    let mut report = events.check_attributes(part.clone(), source.file);
    let body = report.take(write::writer::write(source, events, part, outer_level, ids));
    (body, report)
}

#[cfg(test)]
mod tests;
