//! The parser's events, with links by slug resolved and undefined references reported.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::attributes;
use super::inline::{self, controls};
use super::options::options;
use super::parsed::Parsed;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::base::text::lines::Lines;
use crate::config::{Config, HtmlPolicy};
use crate::content::markdown::blocks::fence::{self, Fence};
use crate::content::markdown::body::{Name, Span, Words};
use crate::content::markdown::links::slug::{SLUG_MARK, slug_range, slug_target};
use crate::content::markdown::links::target::{self, Destination};
use crate::content::markdown::source::MarkdownSource;

/// Events of a text with their byte ranges, and its line index.
pub struct Events<'a> {
    list: Vec<(Event<'a>, Range<usize>)>,
    lines: Lines,
    /// By the start of each piece of raw HTML of several lines: the starts of its lines in the piece, after the first.
    html_lines: HashMap<usize, Vec<usize>>,
    text: &'a str,
    /// Ranges of link reference definitions.
    definitions: Vec<Range<usize>>,
    /// Definitions by the start of the links and pictures that use them.
    used: HashMap<usize, Range<usize>>,
    /// Boundaries of blocks by their start; in the list each is a thematic break.
    fences: BTreeMap<usize, Fence>,
    first_line: u32,
    config: &'a Config,
}

impl<'a> Events<'a> {
    /// Parses `source`. Reports references and footnotes without a definition.
    pub fn parse(source: MarkdownSource<'a>) -> (Self, Report) {
        let text = source.text;
        let Parsed { list, definitions, used, undefined, fences } =
            Parsed::with_whole_addresses(text, source.config.html);
        let list = controls::removed(whole(list));
        let (lines, first_line) = (Lines::of(text), source.first_line);
        let html_lines = html_lines(&list);
        let fences = fences.into_iter().map(|line| (line.start, fence::read(text, line))).collect();
        let config = source.config;
        let mut events = Self { list, lines, html_lines, text, definitions, used, fences, first_line, config };
        let mut report = Report::default();
        events.check_depth(source.file, &mut report);
        events.check_nesting(source.file, &mut report);
        events.strip_slug_brackets();
        let linked = inline::link(std::mem::take(&mut events.list), text, events.policy());
        events.list = inline::punctuate(linked, text, events.policy());
        for (label, range) in undefined {
            report.push(
                Diagnostic::warning(codes::UNDEFINED_REFERENCE, format!("`[{label}]` has no definition"))
                    .at(events.span(&range).place(source.file))
                    .help(format!("add a line `[{label}]: https://…`, or write `\\[` if brackets are meant")),
            );
        }
        events.check_footnotes(source.file, &mut report);
        events.check_tables(source.file, &mut report);
        events.check_html(source.file, &mut report);
        events.check_ends(source.file, &mut report);
        events.check_blocks(source.file, &mut report);
        (events, report)
    }

    /// The boundary of a block that the thematic break at a byte stands for.
    pub(in super::super) fn fence(&self, start: usize) -> Option<&Fence> {
        self.fences.get(&start)
    }

    /// All boundaries of blocks, in order.
    pub(super) fn fences(&self) -> impl Iterator<Item = &Fence> {
        self.fences.values()
    }

    /// Treatment of raw HTML.
    pub(in super::super) fn policy(&self) -> HtmlPolicy {
        self.config.html
    }

    /// Whether the site has no form by which readers subscribe.
    pub(super) fn has_no_signup(&self) -> bool {
        self.config.signup.is_none()
    }

    /// Source text.
    pub(in super::super) fn text(&self) -> &'a str {
        self.text
    }

    /// Ranges of link reference definitions, in order.
    pub(in super::super) fn definitions(&self) -> &[Range<usize>] {
        &self.definitions
    }

    /// The definition that the link or picture at a byte uses.
    pub(in super::super) fn definition(&self, start: usize) -> Option<&Range<usize>> {
        self.used.get(&start)
    }

    /// The source of a range.
    pub(in super::super) fn source(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// Maps a range within a piece of raw HTML to the source; `range` is that of the piece. In block quotations and
    /// lists, the source has markers before each line that the piece has not.
    pub(in super::super) fn inner(&self, html: &str, range: &Range<usize>, within: &Range<usize>) -> Range<usize> {
        let starts = self.html_lines.get(&range.start).map_or(&[][..], Vec::as_slice);
        let line = starts.partition_point(|start| *start <= within.start);
        // The first line has no marker before it in the range.
        let (here, there) = match line.checked_sub(1).map(|before| starts[before]) {
            None => (0, range.start),
            Some(here) => {
                let length = html[here..].lines().next().map_or(0, str::len);
                let source = self.lines.range(self.text, self.lines.line(range.start) + line);
                // The piece may end within the line.
                (here, source.start.max(source.end.min(range.end).saturating_sub(length)))
            }
        };
        let start = there + (within.start - here);
        let found = start..start + within.len();
        if self.text.get(found.clone()).is_some() { found } else { range.clone() }
    }

    /// Drops all events.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// An event with its byte range.
    pub fn get(&self, index: usize) -> Option<&(Event<'a>, Range<usize>)> {
        self.list.get(index)
    }

    /// Position of a byte range in the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let line = self.lines.line(start);
        let whole = self.lines.range(self.text, line);
        let end = range.end.clamp(start, whole.end.max(start));
        let column = self.lines.width(self.text, whole.start..start) as u32 + 1;
        Span {
            line: self.first_line + line as u32,
            column,
            end_column: column + (self.lines.width(self.text, start..end) as u32).max(1),
        }
    }

    /// Indices of the events that start headings of level 2 outside other blocks, `:::` included.
    pub fn sections(&self) -> Vec<usize> {
        let mut depth = 0usize;
        let mut starts = Vec::new();
        for (index, (event, range)) in self.list.iter().enumerate() {
            match event {
                Event::Start(tag) => {
                    if depth == 0 && matches!(tag, Tag::Heading { level: pulldown_cmark::HeadingLevel::H2, .. }) {
                        starts.push(index);
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Rule => {
                    if let Some(fence) = self.fence(range.start) {
                        depth += usize::from(fence.opening.is_some());
                        depth = depth.saturating_sub(usize::from(fence.closes));
                    }
                }
                _ => {}
            }
        }
        starts
    }

    /// The heading that starts at event `start`: text, id, and topics in its attributes (`## Ruling {#ruling
    /// topics=icc,energy-exports}`, or `topics="icc, energy exports"`).
    pub fn heading(&self, start: usize) -> SectionHeading {
        let mut heading = self.section(start);
        if let Some((Event::Start(Tag::Heading { classes, attrs, .. }), _)) = self.list.get(start) {
            (heading.topics, heading.unknown) = attributes::of_item(classes, attrs);
        }
        heading
    }

    /// The heading of an entry of live coverage: text, id, and what its attributes say (`## 14:05 Ruling {#ruling .key
    /// by="Lin Wei, Ada Okafor"}`).
    pub fn entry_heading(&self, start: usize) -> SectionHeading {
        let mut heading = self.section(start);
        if let Some((Event::Start(Tag::Heading { classes, attrs, .. }), _)) = self.list.get(start) {
            (heading.by, heading.is_key, heading.unknown) = attributes::of_entry(classes, attrs);
        }
        heading
    }

    /// A heading without what its attributes say.
    fn section(&self, start: usize) -> SectionHeading {
        let mut heading = SectionHeading::default();
        if let Some((Event::Start(Tag::Heading { id, .. }), range)) = self.list.get(start) {
            heading.id = id.as_ref().map(|id| text::composed(id).into_owned());
            heading.span = self.span(range);
        }
        (heading.start, heading.end) = (start, self.past(start, self.list.len()));
        let inner = start + 1..heading.end.saturating_sub(1);
        heading.title = self.words(inner.clone(), &mut heading.names);
        heading.notes = self.notes(inner.clone());
        heading.links = inner.filter_map(|index| self.lost_link(index)).collect();
        heading
    }

    /// The places of footnote references in a range that is shown as plain text.
    pub(in super::super) fn notes(&self, part: Range<usize>) -> Vec<Span> {
        let events = part.filter_map(|index| self.get(index));
        let notes = events.filter(|(event, _)| matches!(event, Event::FootnoteReference(_)));
        notes.map(|(_, range)| self.span(range)).collect()
    }

    /// Target of a link within the site that loses its destination, because only its words are shown.
    fn lost_link(&self, index: usize) -> Option<Name> {
        let (Event::Start(Tag::Link { dest_url, link_type, .. }), range) = self.list.get(index)? else { return None };
        let (target, range) = match dest_url.strip_prefix(SLUG_MARK) {
            Some(written) => {
                let (target, label) = slug_target(written);
                label?;
                (target, slug_range(range))
            }
            None if *link_type == LinkType::Email => return None,
            None => match target::classify(dest_url, &self.config.base_url, true) {
                Destination::Own(target) => (target, range.clone()),
                _ => return None,
            },
        };
        Some(Name { span: Some(self.span(&range)), ..Name::of(target) })
    }

    /// Reports footnotes that are referenced but not defined, and the reverse.
    fn check_footnotes(&self, file: &str, report: &mut Report) {
        let mut defined = Vec::new();
        // The footnotes that each footnote mentions, and those that the text outside of them does.
        let mut mentions: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
        let mut within = None;
        for (index, (event, range)) in self.list.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    defined.push((name, range));
                    within = Some(name.as_ref());
                }
                Event::End(TagEnd::FootnoteDefinition) => within = None,
                Event::FootnoteReference(name) => mentions.entry(within).or_default().push(name),
                // An undefined `[^x]` arrives as three texts.
                Event::Text(text)
                    if text.starts_with('^')
                        && self.is_text(index.wrapping_sub(1), "[")
                        && self.is_text(index + 1, "]") =>
                {
                    let whole = range.start - 1..range.end + 1;
                    report.push(
                        Diagnostic::warning(codes::FOOTNOTE, format!("footnote `[{text}]` has no definition"))
                            .at(self.span(&whole).place(file))
                            .help(format!("add a line `[{text}]: …`")),
                    );
                }
                _ => {}
            }
        }
        // A footnote that only itself mentions, or another such one, is never shown.
        let mut shown = HashSet::new();
        let mut next = mentions.remove(&None).unwrap_or_default();
        while let Some(name) = next.pop() {
            if shown.insert(name) {
                next.extend(mentions.remove(&Some(name)).unwrap_or_default());
            }
        }
        for (name, range) in defined {
            if !shown.contains(name.as_ref()) {
                report.push(
                    Diagnostic::warning(codes::FOOTNOTE, format!("footnote `[^{name}]` is defined but not mentioned"))
                        .at(self.span(range).place(file))
                        .help("mention it in the text, or delete it"),
                );
            }
        }
    }

    fn is_text(&self, index: usize, wanted: &str) -> bool {
        matches!(self.list.get(index), Some((Event::Text(text), _)) if text.as_ref() == wanted)
    }

    /// Removes the outer brackets of `[[slug]]`, which arrives as text `[`, link, text `]`.
    fn strip_slug_brackets(&mut self) {
        for index in 0..self.list.len() {
            let is_slug = matches!(&self.list[index].0, Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(SLUG_MARK));
            if !is_slug || index == 0 {
                continue;
            }
            let Some(end) = (index..self.list.len()).find(|at| matches!(self.list[*at].0, Event::End(TagEnd::Link)))
            else {
                continue;
            };
            if let Event::Text(text) = &self.list[index - 1].0 {
                let kept = text.strip_suffix('[').unwrap_or(text).to_owned();
                self.list[index - 1].0 = Event::Text(kept.into());
            }
            if let Some((Event::Text(text), _)) = self.list.get(end + 1) {
                let kept = text.strip_prefix(']').unwrap_or(text).to_owned();
                self.list[end + 1].0 = Event::Text(kept.into());
            }
        }
    }
}

/// Joins the lines of each block of raw HTML, because tags can span lines.
fn whole<'a>(list: Vec<(Event<'a>, Range<usize>)>) -> Vec<(Event<'a>, Range<usize>)> {
    let mut whole: Vec<(Event<'a>, Range<usize>)> = Vec::with_capacity(list.len());
    let mut lines = list.into_iter().peekable();
    while let Some((event, mut range)) = lines.next() {
        let next_line = |next: &(Event<'a>, Range<usize>)| matches!(next.0, Event::Html(_));
        let (Event::Html(first), true) = (&event, lines.peek().is_some_and(next_line)) else {
            whole.push((event, range));
            continue;
        };
        let mut block = first.to_string();
        while let Some((Event::Html(line), place)) = lines.next_if(next_line) {
            block.push_str(&line);
            range.end = place.end;
        }
        whole.push((Event::Html(block.into()), range));
    }
    whole
}

/// The starts of the lines of each piece of raw HTML, without the first line, by the start of the piece in the source.
fn html_lines(list: &[(Event<'_>, Range<usize>)]) -> HashMap<usize, Vec<usize>> {
    let lines = list.iter().filter_map(|(event, range)| match event {
        Event::Html(html) | Event::InlineHtml(html) if html.contains('\n') => {
            Some((range.start, html.match_indices('\n').map(|(at, _)| at + 1).collect()))
        }
        _ => None,
    });
    lines.collect()
}

/// Whether a text is exactly one block of raw HTML.
pub(in super::super) fn is_html_block(text: &str) -> bool {
    let first = Parser::new_ext(text, options()).into_offset_iter().next();
    matches!(first, Some((Event::Start(Tag::HtmlBlock), range)) if range.start == 0 && range.end == text.len())
}

/// A heading that starts an item of a briefing, or an entry of live coverage.
#[derive(Default)]
pub struct SectionHeading {
    /// Text.
    pub title: Words,
    /// Stories that the text names by slug.
    pub names: Vec<Name>,
    /// Targets of its other links.
    pub links: Vec<Name>,
    /// Places of its footnote references, which have no mark in plain text.
    pub notes: Vec<Span>,
    /// Explicit id.
    pub id: Option<String>,
    /// Topics of the item.
    pub topics: Vec<String>,
    /// Authors of the entry.
    pub by: Vec<String>,
    /// Whether the entry is among the key events.
    pub is_key: bool,
    /// Names of other attributes, and classes with their dots.
    pub unknown: Vec<String>,
    /// Index of the event that starts the heading.
    pub start: usize,
    /// Index of the event after the heading.
    pub end: usize,
    /// Position in the source.
    pub span: Span,
}
