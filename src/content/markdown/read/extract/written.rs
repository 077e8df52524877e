//! Headings and inline constructs with their positions in the source, for commands that edit texts.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::content::markdown::read::inline::autolink;
use crate::content::markdown::read::options::options;

/// A heading with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHeading {
    /// Range from the first `#` or letter.
    pub range: Range<usize>,
    /// Text without marks; soft line breaks are kept.
    pub title: String,
    /// Explicit id.
    pub id: Option<String>,
    /// Whether it has attributes in braces.
    pub has_attributes: bool,
    /// Ranges of the text that are autolinks.
    pub addresses: Vec<Range<usize>>,
    /// Ranges of the text that are pictures.
    pub pictures: Vec<Range<usize>>,
    /// Ranges of the text that are struck out.
    pub struck: Vec<Range<usize>>,
    /// Ranges of the text that are written in another way, and how: character references, dashes, quotation marks.
    pub written: Vec<(Range<usize>, String)>,
    /// The attribute `id="…"` in braces, which is not the id.
    pub id_attribute: Option<String>,
}

impl WrittenHeading {
    /// The text without the given ranges.
    pub fn without(&self, stretches: &[Range<usize>]) -> String {
        self.rewritten(stretches, |_| false)
    }

    /// The text without the given ranges, and with those parts as they are written that `is_kept` is true for.
    pub fn rewritten(&self, gone: &[Range<usize>], is_kept: impl Fn(&str) -> bool) -> String {
        let kept = self.written.iter().filter(|(_, written)| is_kept(written));
        let mut edits: Vec<(&Range<usize>, &str)> = kept.map(|(range, written)| (range, written.as_str())).collect();
        edits.extend(gone.iter().map(|range| (range, "")));
        edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let (mut title, mut from) = (String::with_capacity(self.title.len()), 0);
        for (range, new) in edits {
            if range.start >= from {
                title.push_str(&self.title[from..range.start]);
                title.push_str(new);
                from = range.end;
            }
        }
        title.push_str(&self.title[from..]);
        title
    }
}

/// All headings of a text, in order.
pub fn headings(text: &str) -> Vec<WrittenHeading> {
    let mut found: Vec<WrittenHeading> = Vec::new();
    let mut is_open = false;
    let (mut from, mut struck) = (0, 0);
    for (event, range) in Parser::new_ext(text, options() | Options::ENABLE_SMART_PUNCTUATION).into_offset_iter() {
        match (event, found.last_mut().filter(|_| is_open)) {
            (Event::Start(Tag::Heading { id, classes, attrs, .. }), _) => {
                is_open = true;
                let has_attributes = id.is_some() || !classes.is_empty() || !attrs.is_empty();
                let id = id.map(|id| id.to_string());
                let of_id = attrs.iter().find(|(name, _)| &**name == "id").and_then(|(_, value)| value.as_deref());
                found.push(WrittenHeading {
                    struck: Vec::new(),
                    written: Vec::new(),
                    id_attribute: of_id.map(|id| id.trim_matches(['"', '\'']).to_owned()),
                    range,
                    title: String::new(),
                    id,
                    has_attributes,
                    addresses: Vec::new(),
                    pictures: Vec::new(),
                });
            }
            (Event::End(TagEnd::Heading(_)), heading) => {
                is_open = false;
                heading.into_iter().for_each(bare_addresses);
            }
            (Event::Start(Tag::Link { .. } | Tag::Image { .. }), Some(heading)) => from = heading.title.len(),
            (Event::End(TagEnd::Image), Some(heading)) => heading.pictures.push(from..heading.title.len()),
            (Event::End(TagEnd::Link), Some(heading)) if text[..range.end].ends_with('>') => {
                heading.addresses.push(from..heading.title.len());
            }
            (Event::Start(Tag::Strikethrough), Some(heading)) => struck = heading.title.len(),
            (Event::End(TagEnd::Strikethrough), Some(heading)) => heading.struck.push(struck..heading.title.len()),
            (Event::Text(part), Some(heading)) => {
                let start = heading.title.len();
                heading.title.push_str(&part);
                let source = &text[range];
                if *source != *part {
                    heading.written.push((start..heading.title.len(), source.to_owned()));
                }
            }
            (Event::Code(text), Some(heading)) => heading.title.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(heading)) => heading.title.push('\n'),
            _ => {}
        }
    }
    found
}

/// Adds bare addresses.
fn bare_addresses(heading: &mut WrittenHeading) {
    for (range, _) in autolink::find(&heading.title, None) {
        if !heading.addresses.iter().any(|known| known.start < range.end && range.start < known.end) {
            heading.addresses.push(range);
        }
    }
    heading.addresses.sort_by_key(|range| range.start);
}

/// Kind of a source range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construct {
    /// Code, with fences or backticks.
    Code,
    /// A block of HTML.
    HtmlBlock,
    /// An inline tag or comment.
    Tag,
    /// An inline link or picture, from its first bracket.
    Link,
    /// A soft line break.
    SoftBreak,
    /// The definition of a term, from its colon.
    Definition,
    /// A bare address without scheme: `www.…`.
    Www,
    /// A link reference definition.
    Target,
}

/// The ranges of a text that are more than words, in order of their starts.
pub fn constructs(text: &str) -> Vec<(Range<usize>, Construct)> {
    let mut found = Vec::new();
    let mut words: Range<usize> = 0..0;
    let mut links = 0_usize;
    let mut blocks = 0_usize;
    let mut addresses = Vec::new();
    let mut events = Parser::new_ext(text, options()).into_offset_iter();
    found.extend(events.reference_definitions().iter().map(|(_, target)| (target.span.clone(), Construct::Target)));
    for (event, range) in events.by_ref() {
        match &event {
            Event::Text(_) if links == 0 && blocks == 0 && words.end == range.start => words.end = range.end,
            Event::Text(_) if links == 0 && blocks == 0 => {
                addresses.push(std::mem::replace(&mut words, range.clone()));
            }
            _ => {}
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                blocks += 1;
                found.push((range, Construct::Code));
            }
            Event::End(TagEnd::CodeBlock) => blocks -= 1,
            Event::Code(_) => found.push((range, Construct::Code)),
            Event::Start(Tag::HtmlBlock) => found.push((range, Construct::HtmlBlock)),
            Event::InlineHtml(_) => found.push((range, Construct::Tag)),
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                links += 1;
                found.extend((link_type == LinkType::Inline).then_some((range, Construct::Link)));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links -= 1,
            Event::SoftBreak => found.push((range, Construct::SoftBreak)),
            Event::Start(Tag::DefinitionListDefinition) => found.push((range, Construct::Definition)),
            _ => {}
        }
    }
    addresses.push(words);
    for range in addresses {
        let before = text[..range.start].chars().next_back();
        let own = autolink::find(&text[range.clone()], before)
            .into_iter()
            .filter(|(_, kind)| *kind == autolink::AutolinkKind::Www);
        found.extend(own.map(|(of, _)| (range.start + of.start..range.start + of.end, Construct::Www)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}
