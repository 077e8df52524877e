//! Footnotes: definitions by name, and numbers in the order of reference.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::events::Events;

/// Event ranges of footnote definitions, by name.
pub(in super::super) fn definitions<'e>(events: &'e Events<'_>) -> HashMap<&'e str, Range<usize>> {
    let mut found = HashMap::new();
    let mut open: Option<(&str, usize)> = None;
    for index in 0..events.len() {
        match events.get(index).map(|(event, _)| event) {
            Some(Event::Start(Tag::FootnoteDefinition(name))) => open = Some((name, index + 1)),
            Some(Event::End(TagEnd::FootnoteDefinition)) => {
                if let Some((name, start)) = open.take() {
                    found.entry(name).or_insert(start..index);
                }
            }
            _ => {}
        }
    }
    found
}

/// The footnotes referenced so far.
#[derive(Default)]
pub(in super::super) struct Mentions {
    numbers: HashMap<String, usize>,
    /// Names in numeric order, with their number of references.
    order: Vec<(String, usize)>,
}

impl Mentions {
    /// Counts a reference to `name`. Returns the footnote's number and the number of this reference, both from 1.
    pub(in super::super) fn mention(&mut self, name: &CowStr<'_>) -> (usize, usize) {
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(name.to_string()).or_insert(next);
        if number == next {
            self.order.push((name.to_string(), 0));
        }
        let count = &mut self.order[number - 1].1;
        *count += 1;
        (number, *count)
    }

    /// Name of footnote `number`, if it exists.
    pub(in super::super) fn name(&self, number: usize) -> Option<&str> {
        self.order.get(number - 1).map(|(name, _)| name.as_str())
    }

    /// Number of references to footnote `number`.
    pub(in super::super) fn count(&self, number: usize) -> usize {
        self.order.get(number - 1).map_or(0, |(_, count)| *count)
    }
}
