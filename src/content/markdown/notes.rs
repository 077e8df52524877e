//! Footnotes by name: their definitions, and their numbers in the order of mention.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::events::Events;

/// Where each footnote's definition stands among the events.
pub(super) fn definitions<'e>(events: &'e Events<'_>) -> HashMap<&'e str, Range<usize>> {
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

/// The footnotes mentioned so far.
#[derive(Default)]
pub(super) struct Mentions {
    numbers: HashMap<String, usize>,
    /// Names in the order of their numbers, with the number of mentions.
    order: Vec<(String, usize)>,
}

impl Mentions {
    /// Counts a mention of `name`; its number (from 1), and which mention of it this is (from 1).
    pub(super) fn mention(&mut self, name: &CowStr<'_>) -> (usize, usize) {
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(name.to_string()).or_insert(next);
        if number == next {
            self.order.push((name.to_string(), 0));
        }
        let count = &mut self.order[number - 1].1;
        *count += 1;
        (number, *count)
    }

    /// The name of footnote `number`, while there is one.
    pub(super) fn name(&self, number: usize) -> Option<&str> {
        self.order.get(number - 1).map(|(name, _)| name.as_str())
    }

    /// How often footnote `number` was mentioned.
    pub(super) fn count(&self, number: usize) -> usize {
        self.order.get(number - 1).map_or(0, |(_, count)| *count)
    }
}
