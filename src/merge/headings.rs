//! Rewriting the topics that item headings of briefings name: `## Ruling {#ruling topics=icc,energy-exports}`.

use std::ops::Range;

use super::swap::{EditOutcome, Swap};
use crate::base::text;
use crate::config::Config;
use crate::content::markdown::{Events, MarkdownSource};

/// A briefing item's heading with the attributes in its trailing braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemHeading {
    /// The visible heading text.
    pub(super) title: String,
    /// The fragment identifier from `{#id}`; `None` when the heading has no explicit one.
    pub(super) id: Option<String>,
    /// Topic names in the order and spelling of `topics=`.
    pub(super) topics: Vec<String>,
    /// The byte range of the heading, relative to the start of the body.
    range: Range<usize>,
}

/// Parses the body and returns the heading of each item in document order.
pub(super) fn items(body: &str, config: &Config) -> Vec<ItemHeading> {
    let source = MarkdownSource { file: "", text: body, first_line: 1, prefix: "", shared: false, twin: false, config };
    let (events, _) = Events::parse(source);
    let sections = events.sections().into_iter();
    sections
        .filter_map(|start| {
            let (_, range) = events.get(start)?;
            let heading = events.heading(start);
            Some(ItemHeading {
                title: heading.title.without_names(),
                id: heading.id,
                topics: heading.topics,
                range: range.clone(),
            })
        })
        .collect()
}

/// Returns the body with the names replaced in every heading that needs it; `None` when a heading's `topics=` value
/// cannot be located, so that the file must be edited by hand. Headings are rewritten from last to first, which keeps
/// the earlier byte ranges valid.
pub(super) fn swap(body: &str, items: &[ItemHeading], swap: &Swap) -> Option<String> {
    let mut text = body.to_owned();
    for item in items.iter().rev().filter(|item| swap.first(&item.topics).is_some()) {
        let value = value(body, item.range.clone())?;
        text.replace_range(value.clone(), &swapped(&body[value], swap));
    }
    Some(text)
}

/// The byte range of the value of `topics=`, quotes included, in the last braces of a heading; `None` when there is
/// none.
fn value(body: &str, heading: Range<usize>) -> Option<Range<usize>> {
    let open = heading.start + body[heading.clone()].rfind('{')?;
    let close = open + body[open..heading.end].rfind('}')?;
    let inside = &body[..close];
    let mut from = open + 1;
    let start = loop {
        let at = from + inside[from..].find("topics=")?;
        if inside[open..at].ends_with(|c: char| c.is_whitespace() || c == '{') {
            break at + "topics=".len();
        }
        from = at + 1;
    };
    let rest = &inside[start..];
    let end = match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => rest[1..].find(quote)? + 2,
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    Some(start..start + end)
}

/// Returns the attribute value with the names replaced. Existing quotes stay, and double quotes are added when a new
/// name cannot be written bare.
fn swapped(value: &str, swap: &Swap) -> String {
    let mut quote = value.chars().next().filter(|c| matches!(c, '"' | '\'')).map(String::from).unwrap_or_default();
    let inner = value[quote.len()..value.len() - quote.len()].to_owned();
    let mut pieces: Vec<String> = inner.split(',').map(str::to_owned).collect();
    while let Some((at, fate)) = swap.first(&pieces.iter().map(|piece| piece.trim()).collect::<Vec<_>>()) {
        let piece = pieces[at].clone();
        let space = piece[..piece.len() - piece.trim_start().len()].to_owned();
        match fate {
            EditOutcome::Replaced(title) => {
                let word = if quote.is_empty() { bare(&title) } else { Some(title.clone()) };
                if word.is_none() {
                    "\"".clone_into(&mut quote);
                }
                pieces[at] = format!("{space}{}{}", word.unwrap_or(title), &piece[piece.trim_end().len()..]);
            }
            EditOutcome::Dropped => {
                pieces.remove(at);
                if let (0, Some(first)) = (at, pieces.first_mut()) {
                    *first = format!("{space}{}", first.trim_start());
                }
            }
        }
    }
    format!("{quote}{}{quote}", pieces.join(","))
}

/// The unquoted form of a name: the name itself, or its slug if that folds to the same name. `None` when it must be
/// quoted.
fn bare(title: &str) -> Option<String> {
    let is_bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if title.chars().all(is_bare) {
        return Some(title.to_owned());
    }
    Some(text::slugify(title)).filter(|slug| text::fold(slug) == text::fold(title))
}
