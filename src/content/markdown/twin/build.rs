//! Events → edits that turn the source into its twin.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::body::{Markdown, MarkdownPart as Part};
use super::trail::{LinkTarget, Shown, Trail};
use crate::content::markdown::blocks::fence::Opening;
use crate::content::markdown::links::slug::SLUG_MARK;
use crate::content::markdown::read::events::Events;
use crate::content::markdown::read::extract::destinations::defined;

/// Builds the twin of a text that was written with `trail`. `moved` maps slots to their numbers in the finished HTML,
/// or to `None` when they were removed.
pub(in super::super) fn build(events: &Events<'_>, trail: &Trail, shown: &Shown, moved: &[Option<u32>]) -> Markdown {
    let mut builder = Builder {
        text: events.text(),
        events,
        trail,
        shown,
        moved,
        edits: Vec::new(),
        open: Vec::new(),
        tags: Vec::new(),
        definitions: BTreeMap::new(),
        first: None,
        mentions: Vec::new(),
        notes: HashSet::new(),
        seen: 0,
        blocks: Vec::new(),
    };
    let mut index = 0;
    while index < events.len() {
        index = builder.event(index);
    }
    builder.between(builder.text.len());
    builder.define();
    builder.finish()
}

/// A range of the source and its replacement.
struct Edit {
    range: Range<usize>,
    parts: Vec<Part>,
}

/// An open block or inline element.
struct Open {
    index: usize,
    has_pieces: bool,
    is_shown: bool,
    /// For containers of blocks: the end of the last gap between blocks that was handled.
    seen: Option<usize>,
}

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) events: &'a Events<'a>,
    pub(super) trail: &'a Trail,
    pub(super) shown: &'a Shown,
    moved: &'a [Option<u32>],
    edits: Vec<Edit>,
    open: Vec<Open>,
    /// Open elements of raw HTML, and whether the page has them.
    pub(super) tags: Vec<(String, bool)>,
    /// Link reference definitions that visible links use, by start.
    pub(super) definitions: BTreeMap<usize, LinkTarget>,
    /// Whether the first visible block is an ordinary paragraph.
    first: Option<bool>,
    /// Footnote references, and the footnotes that the page shows.
    mentions: Vec<(String, Range<usize>)>,
    notes: HashSet<String>,
    /// At the top level: the end of the last gap between blocks that was handled.
    seen: usize,
    /// Open blocks.
    pub(super) blocks: Vec<Opening>,
}

impl Builder<'_> {
    pub(super) fn edit(&mut self, range: Range<usize>, parts: Vec<Part>) {
        self.edits.push(Edit { range, parts });
    }

    /// The number of a slot in the finished HTML.
    pub(super) fn slot(&self, number: usize) -> Option<u32> {
        self.moved.get(number).copied().flatten()
    }

    /// Records in all open elements that a piece was seen, and whether it is visible.
    pub(super) fn piece(&mut self, is_shown: bool) {
        for open in &mut self.open {
            open.has_pieces = true;
            open.is_shown |= is_shown;
        }
    }

    /// Handles the event at `index`. Returns the index of the next one.
    fn event(&mut self, index: usize) -> usize {
        let events = self.events;
        let Some((event, range)) = events.get(index) else { return index + 1 };
        let mut next = index + 1;
        self.between(if matches!(event, Event::End(_)) { range.end } else { range.start });
        match event {
            Event::Start(Tag::Image { title, .. }) => {
                if self.leaf(index, range) {
                    self.image(index, title, range);
                }
                next = events.past(index, events.len());
            }
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(SLUG_MARK) => {
                if self.leaf(index, range) {
                    self.slug(index, dest_url.trim_start_matches(SLUG_MARK), range);
                }
                next = events.past(index, events.len());
            }
            Event::Start(tag) => {
                let seen = match tag {
                    Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::DefinitionListDefinition => Some(range.start),
                    Tag::FootnoteDefinition(_) => {
                        self.text[range.clone()].find("]:").map(|label| range.start + label + "]:".len())
                    }
                    _ => None,
                };
                self.open.push(Open { index, has_pieces: false, is_shown: false, seen });
                return next;
            }
            Event::End(tag) => self.end(*tag, range),
            Event::Html(html) => self.html(index, html, range, true),
            Event::InlineHtml(html) => self.html(index, html, range, false),
            Event::Rule if events.fence(range.start).is_some() => self.boundary(index, range),
            Event::Rule => {
                let is_shown = self.leaf(index, range);
                if self.open.is_empty() && is_shown {
                    self.first.get_or_insert(false);
                }
            }
            Event::FootnoteReference(name) => {
                if self.leaf(index, range) {
                    self.mentions.push((name.to_string(), range.clone()));
                }
            }
            Event::Text(text) if text.is_empty() => {}
            Event::SoftBreak | Event::HardBreak => {}
            _ => {
                self.leaf(index, range);
            }
        }
        if let Some(seen) = self.seen_here() {
            *seen = range.end.max(*seen);
        }
        next
    }

    /// The end of the last handled gap of the innermost container; `None` within a text.
    fn seen_here(&mut self) -> Option<&mut usize> {
        match self.open.last_mut() {
            Some(open) => open.seen.as_mut(),
            None => Some(&mut self.seen),
        }
    }

    /// Removes text between blocks, up to `end`, that belongs to none: duplicate definitions, for which the parser
    /// emits no event. Markers of block quotations and lists stay.
    fn between(&mut self, end: usize) {
        let Some(seen) = self.seen_here() else { return };
        let start = *seen;
        *seen = end.max(start);
        let Some(gap) = self.text.get(start..end) else { return };
        let definitions = self.events.definitions();
        let is_known = |at: usize| {
            let next = definitions.partition_point(|known| known.end <= at);
            definitions.get(next).is_some_and(|known| known.contains(&at))
        };
        let is_definition = |at: &usize| {
            let label = &gap[at + 1..];
            let end = label.match_indices(']').find(|(end, _)| !label[..*end].ends_with('\\'));
            !label.starts_with('^')
                && end.is_some_and(|(end, _)| label[end..].starts_with("]:"))
                && !is_known(start + at)
        };
        let Some(first) = gap.match_indices('[').map(|(at, _)| at).find(is_definition) else { return };
        let mut at = start + first;
        for line in gap[first..].split_inclusive('\n') {
            let words = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let line_end = at + line.trim_end().len();
            if words < line_end && !is_known(words) {
                self.edits.push(Edit { range: words..line_end, parts: Vec::new() });
            }
            at += line.len();
        }
    }

    /// Whether the page shows the piece at `index`; otherwise it is removed.
    pub(super) fn leaf(&mut self, index: usize, range: &Range<usize>) -> bool {
        let is_shown = self.shown.texts.contains(&(index, 0));
        self.piece(is_shown);
        if !is_shown {
            self.edit(range.clone(), Vec::new());
        }
        is_shown
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        let Some(Open { index, has_pieces, is_shown, .. }) = self.open.pop() else { return };
        if has_pieces && !is_shown {
            // Keeps the blocks around it apart.
            let rest = if self.text[range.clone()].ends_with('\n') { "\n" } else { "" };
            return self.edit(range.clone(), vec![Part::Text(rest.to_owned())]);
        }
        if is_shown && self.open.is_empty() && tag != TagEnd::FootnoteDefinition {
            self.first.get_or_insert(tag == TagEnd::Paragraph);
        }
        match self.events.get(index) {
            Some((Event::Start(Tag::Link { link_type, dest_url, .. }), _)) => {
                self.link(index, *link_type, dest_url, range);
            }
            Some((Event::Start(Tag::FootnoteDefinition(name)), _)) => drop(self.notes.insert(name.to_string())),
            _ => {}
        }
    }

    /// Handles definitions: those within the site become open, and unused ones, which some authors use as comments, are
    /// removed.
    fn define(&mut self) {
        let events = self.events;
        // The page has lost this footnote.
        for (name, range) in std::mem::take(&mut self.mentions) {
            if !self.notes.contains(&name) {
                self.edit(range, Vec::new());
            }
        }
        for range in events.definitions() {
            let target = self.definitions.get(&range.start).copied();
            let destination = defined(self.text, range);
            match (target, destination) {
                (Some(LinkTarget::Slot(slot)), Some(of)) => {
                    let slot = self.slot(slot).unwrap_or_default();
                    let parts = vec![
                        Part::If(slot, self.text[range.start..of.start].to_owned()),
                        self.destination(slot, &of),
                        Part::If(slot, self.text[of.end..range.end].to_owned()),
                    ];
                    self.edit(range.clone(), parts);
                }
                (Some(target), Some(of)) => self.complete(target, &of),
                _ => self.edit(range.clone(), Vec::new()),
            }
        }
    }

    fn finish(mut self) -> Markdown {
        // Edits of a whole range come before edits inside it.
        self.edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut markdown = Markdown { parts: Vec::new(), is_paragraph: self.first == Some(true) };
        let mut at = 0;
        for Edit { range, parts } in self.edits {
            if range.start < at {
                continue;
            }
            markdown.push(Part::Text(self.text[at..range.start].to_owned()));
            for part in parts {
                markdown.push(part);
            }
            at = range.end;
        }
        markdown.push(Part::Text(self.text[at..].to_owned()));
        markdown
    }
}
