//! Footnotes: numbered in the order of their first mention, gathered at the end of the text that mentions them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Events;
use super::writer::Writer;

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

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &CowStr<'_>) {
        let (number, mention) = self.mentions.mention(name);
        let prefix = self.note_prefix();
        let repeat = if mention > 1 { format!("-{mention}") } else { String::new() };
        write!(
            self.body.html,
            "<sup class=\"footnote-ref\" id=\"fnref-{prefix}{number}{repeat}\"><a href=\"#fn-{prefix}{number}\">{number}</a></sup>"
        )
        .expect("writing to a string does not fail");
    }

    fn note_prefix(&self) -> String {
        if self.source.prefix.is_empty() { String::new() } else { format!("{}-", self.source.prefix) }
    }

    pub(super) fn footnotes(&mut self) {
        if self.mentions.name(1).is_none() {
            return;
        }
        let definitions = definitions(self.events);
        self.in_notes = true;
        self.push("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol>\n");
        let prefix = self.note_prefix();
        let mut number = 1;
        while let Some(name) = self.mentions.name(number) {
            let definition = definitions.get(name).cloned();
            write!(self.body.html, "<li id=\"fn-{prefix}{number}\">").expect("writing to a string does not fail");
            self.run(definition.unwrap_or(0..0));
            if self.body.html.ends_with("</p>\n") {
                self.body.html.truncate(self.body.html.len() - "</p>\n".len());
            } else {
                self.push("<p>");
            }
            for mention in 1..=self.mentions.count(number) {
                let repeat = if mention > 1 { format!("-{mention}") } else { String::new() };
                write!(
                    self.body.html,
                    " <a class=\"footnote-back\" href=\"#fnref-{prefix}{number}{repeat}\" aria-label=\"Back to mention {number}{repeat}\">↩</a>"
                )
                .expect("writing to a string does not fail");
            }
            self.push("</p></li>\n");
            number += 1;
        }
        self.push("</ol></section>\n");
    }
}
