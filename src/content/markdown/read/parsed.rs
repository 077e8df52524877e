//! The parser: text → events as the parser has them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag};

use super::colons;
use super::inline::{self, addresses};
use super::options::options;
use crate::config::HtmlPolicy;
use crate::content::markdown::blocks::fence;
use crate::content::markdown::links::slug::SLUG_MARK;

/// The events of a text with their byte ranges, and what the parser knows of references.
pub(super) struct Parsed<'t> {
    pub(super) list: Vec<(Event<'t>, Range<usize>)>,
    /// Ranges of link reference definitions, in order.
    pub(super) definitions: Vec<Range<usize>>,
    /// Definitions by the start of the links and pictures that use them.
    pub(super) used: HashMap<usize, Range<usize>>,
    /// References without a definition, in order.
    pub(super) undefined: Vec<(String, Range<usize>)>,
    /// Lines at which blocks begin and end, in order; in the list each is a thematic break.
    pub(super) fences: Vec<Range<usize>>,
}

/// Most times that a text is parsed to find the boundaries of its blocks: in the last, no line is one that the parser takes
/// for something else.
const ROUNDS: usize = 3;

impl<'t> Parsed<'t> {
    /// Parses a text in which bare addresses take precedence over emphasis.
    pub(super) fn with_whole_addresses(text: &'t str, policy: HtmlPolicy) -> Self {
        let parsed = Self::of(text);
        let masked = addresses::masked(text, &parsed.list, || inline::linkable(&parsed.list, policy));
        let Some(masked) = masked else { return parsed };
        let Parsed { list, definitions, used, undefined, fences } = Parsed::of(&masked);
        Self { list: addresses::unmasked(list, &masked, text), definitions, used, undefined, fences }
    }

    /// The boundaries of the blocks of a text.
    pub(super) fn fences(text: &str) -> Vec<Range<usize>> {
        if text.contains(":::") { Parsed::of(text).fences } else { Vec::new() }
    }

    /// Parses a text with blocks.
    fn of(text: &'t str) -> Self {
        let mut fences = fence::lines(text);
        for _ in 0..ROUNDS {
            if fences.is_empty() {
                break;
            }
            let masked = fence::masked(text, &fences);
            let parsed = Parsed::without_blocks(&masked).into_static(Range::clone);
            let breaks = parsed.breaks();
            let count = fences.len();
            fences.retain(|line| breaks.contains(&line.start));
            if fences.len() == count {
                return Parsed { fences, ..parsed };
            }
        }
        Self::without_blocks(text)
    }

    /// The starts of the thematic breaks that are in no other block.
    fn breaks(&self) -> HashSet<usize> {
        let (mut depth, mut breaks) = (0usize, HashSet::new());
        for (event, range) in &self.list {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Rule if depth == 0 => drop(breaks.insert(range.start)),
                _ => {}
            }
        }
        breaks
    }

    fn without_blocks(text: &'t str) -> Self {
        let mut parsed = match colons::escaped(text) {
            Some(colons) => Parsed::plain(&colons.text).into_static(|range| colons.range(range)),
            None => Self::plain(text),
        };
        parsed.name_footnotes();
        parsed
    }

    fn plain(text: &'t str) -> Self {
        let undefined = RefCell::new(Vec::new());
        let callback = |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
            if is_slug_link(text, &link) {
                return Some((format!("{SLUG_MARK}{}", link.reference).into(), "".into()));
            }
            // `[a][b](c)` is text in brackets before an inline link, not a reference.
            if link.link_type == LinkType::Reference && !text[link.span.end..].starts_with('(') {
                undefined.borrow_mut().push((link.reference.to_string(), link.span));
            }
            None
        };
        let mut parser = Parser::new_with_broken_link_callback(text, options(), Some(callback)).into_offset_iter();
        let mut definitions: Vec<_> =
            parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
        definitions.sort_by_key(|range| range.start);
        let mut used = HashMap::new();
        let mut list = Vec::new();
        while let Some((event, range)) = parser.next() {
            if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = &event
                && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
                && let Some(definition) = parser.reference_definitions().get(id)
            {
                used.insert(range.start, definition.span.clone());
            }
            list.push((event, range));
        }
        drop(parser);
        let mut undefined = undefined.into_inner();
        undefined.sort_by_key(|(_, span)| span.start);
        undefined.dedup();
        Self { list, definitions, used, undefined, fences: Vec::new() }
    }

    /// These events with the ranges of the original text.
    fn into_static(self, original: impl Fn(&Range<usize>) -> Range<usize>) -> Parsed<'static> {
        let Self { list, definitions, used, undefined, fences } = self;
        Parsed {
            list: list.into_iter().map(|(event, range)| (event.into_static(), original(&range))).collect(),
            definitions: definitions.iter().map(&original).collect(),
            used: used.iter().map(|(start, range)| (original(&(*start..*start)).start, original(range))).collect(),
            undefined: undefined.into_iter().map(|(name, range)| (name, original(&range))).collect(),
            fences: fences.iter().map(&original).collect(),
        }
    }

    /// Gives references to footnotes the name of their definition, which may be written in other capitals.
    fn name_footnotes(&mut self) {
        let folded = |name: &str| name.to_uppercase().to_lowercase();
        let mut names: HashMap<String, CowStr<'t>> = HashMap::new();
        for (event, _) in &self.list {
            if let Event::Start(Tag::FootnoteDefinition(name)) = event {
                names.entry(folded(name)).or_insert_with(|| name.clone());
            }
        }
        if names.is_empty() {
            return;
        }
        for (event, _) in &mut self.list {
            if let Event::FootnoteReference(name) = event
                && let Some(known) = names.get(&folded(name))
            {
                *name = known.clone();
            }
        }
    }
}

/// Whether a reference is in double brackets, and not the text of an inline link.
fn is_slug_link(text: &str, link: &BrokenLink<'_>) -> bool {
    let before = text[..link.span.start].ends_with('[') && !text[..link.span.start].ends_with("\\[");
    let after = text[link.span.end..].strip_prefix(']');
    link.link_type == LinkType::Shortcut
        && before
        && after.is_some_and(|rest| !rest.starts_with(['(', '[']))
        && !link.reference.contains('\n')
}
