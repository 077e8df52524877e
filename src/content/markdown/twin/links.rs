//! Links and pictures in a twin.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::super::body::{MarkdownPart as Part, Name};
use super::build::Builder;
use super::escape::escaped;
use super::trail::LinkTarget;
use crate::content::markdown::links::slug::{slug_range, slug_target};
use crate::content::markdown::read::extract::destinations::inline;

impl Builder<'_> {
    pub(super) fn link(&mut self, index: usize, link_type: LinkType, address: &str, range: &Range<usize>) {
        let Some(target) = self.trail.targets.get(&index).copied() else { return };
        let written = || self.text[range.clone()].to_owned();
        let is_pointed = self.text[range.clone()].starts_with('<');
        match (link_type, target) {
            (LinkType::Email, _) | (LinkType::Autolink, LinkTarget::Kept | LinkTarget::Anchor) => {}
            (LinkType::Autolink, LinkTarget::Slot(slot)) if self.slot(slot).is_some() => {
                let slot = self.slot(slot).unwrap_or_default();
                let text = written().trim_start_matches('<').trim_end_matches('>').to_owned();
                let part = Part::Autolink { slot, written: written(), text, address: address.to_owned() };
                self.edit(range.clone(), vec![part]);
            }
            (LinkType::Autolink, _) if is_pointed => {
                self.edit(range.start..range.start + 1, Vec::new());
                self.edit(range.end - 1..range.end, Vec::new());
            }
            (LinkType::Autolink, _) => {}
            _ => self.bracketed(index, range, target),
        }
    }

    /// Position of the bracket that closes the text of the link or picture at `index`.
    fn closing(&self, index: usize, range: &Range<usize>, open: usize) -> Option<usize> {
        let past = self.events.past(index, self.events.len());
        let inner = (index + 1..past.saturating_sub(1)).filter_map(|at| self.events.get(at));
        let end = inner.map(|(_, inner)| inner.end).filter(|end| *end < range.end).max();
        let end = end.unwrap_or(0).max(range.start + open);
        Some(end + self.text.get(end..range.end)?.find(']')?)
    }

    /// Range of a link or picture including the empty brackets of `[a][]`, which the parser leaves out.
    fn whole(&self, closing: usize, range: &Range<usize>) -> Range<usize> {
        let is_collapsed = range.end == closing + 1 && self.text[range.end..].starts_with("[]");
        range.start..range.end + if is_collapsed { "[]".len() } else { 0 }
    }

    /// Destination of an inline link or picture.
    fn inline_destination(&self, closing: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let after = self.text.get(closing + 1..range.end)?;
        after.starts_with('(').then(|| inline(self.text, closing + 2)).filter(|found| found.end < range.end)
    }

    fn bracketed(&mut self, index: usize, range: &Range<usize>, target: LinkTarget) {
        let Some(closing) = self.closing(index, range, 1) else { return };
        let opening = range.start..range.start + 1;
        let range = &self.whole(closing, range);
        let destination = self.inline_destination(closing, range);
        if destination.is_none() {
            self.uses(range, target);
        }
        let text = |range: Range<usize>| self.text[range].to_owned();
        match (target, destination) {
            (LinkTarget::Slot(slot), destination) if self.slot(slot).is_some() => {
                let slot = self.slot(slot).unwrap_or_default();
                let parts = match destination {
                    Some(of) => vec![
                        Part::If(slot, text(closing..of.start)),
                        self.destination(slot, &of),
                        Part::If(slot, text(of.end..range.end)),
                    ],
                    None => vec![Part::If(slot, text(closing..range.end))],
                };
                self.edit(opening, vec![Part::If(slot, "[".to_owned())]);
                self.edit(closing..range.end, parts);
            }
            (LinkTarget::Slot(_) | LinkTarget::Gone, _) => {
                self.edit(opening, Vec::new());
                self.edit(closing..range.end, Vec::new());
            }
            (target, Some(destination)) => self.complete(target, &destination),
            (_, None) => {}
        }
    }

    /// Makes a destination absolute that is no slot.
    pub(super) fn complete(&mut self, target: LinkTarget, destination: &Range<usize>) {
        let start = destination.start + usize::from(self.text[destination.clone()].starts_with('<'));
        if target == LinkTarget::Anchor {
            self.edit(start..start, vec![Part::Page]);
        } else if self.text[start..].starts_with("//") {
            self.edit(start..start, vec![Part::Scheme]);
        }
    }

    pub(super) fn destination(&self, slot: u32, range: &Range<usize>) -> Part {
        let written = self.text[range.clone()].to_owned();
        let address = written.trim_start_matches('<').trim_end_matches('>').to_owned();
        Part::Destination { slot, written, address }
    }

    /// Records that a link or picture uses the definition of its destination.
    fn uses(&mut self, range: &Range<usize>, target: LinkTarget) {
        let is_there = match target {
            LinkTarget::Slot(slot) => self.slot(slot).is_some(),
            target => target != LinkTarget::Gone,
        };
        if let Some(definition) = self.events.definition(range.start).filter(|_| is_there) {
            self.definitions.entry(definition.start).or_insert(target);
        }
    }

    pub(super) fn image(&mut self, index: usize, title: &str, range: &Range<usize>) {
        let (Some(target), Some(closing)) =
            (self.trail.targets.get(&index).copied(), self.closing(index, range, "![".len()))
        else {
            return;
        };
        let range = &self.whole(closing, range);
        let words = range.start + "![".len()..closing;
        // Links and comments in alternative text are not rendered.
        let is_plain = |at: usize| {
            !matches!(
                self.events.get(at),
                Some((Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }), _))
            )
        };
        let past = self.events.past(index, self.events.len());
        let alt = self.trail.alts.get(&index).filter(|_| !(index + 1..past).all(is_plain)).cloned();
        let destination = self.inline_destination(closing, range);
        if destination.is_none() {
            self.uses(range, target);
        }
        let text = |range: Range<usize>| self.text[range].to_owned();
        let caption = self.trail.captions.get(&index).cloned().map(Part::Caption);
        match target {
            LinkTarget::Slot(slot) if self.slot(slot).is_some() => {
                let slot = self.slot(slot).unwrap_or_default();
                let mut parts = vec![Part::If(slot, "![".to_owned())];
                parts.push(match alt {
                    Some(words) => Part::Words { slot: Some(slot), words },
                    None => Part::If(slot, text(words)),
                });
                match (destination, caption) {
                    (Some(of), Some(caption)) => {
                        parts.extend([
                            Part::If(slot, text(closing..of.start)),
                            self.destination(slot, &of),
                            Part::If(slot, " \"".to_owned()),
                            caption,
                            Part::If(slot, "\")".to_owned()),
                        ]);
                        return self.edit(range.clone(), parts);
                    }
                    (Some(of), None) => parts.extend([
                        Part::If(slot, text(closing..of.start)),
                        self.destination(slot, &of),
                        Part::If(slot, text(of.end..range.end)),
                    ]),
                    (None, _) => parts.push(Part::If(slot, text(closing..range.end))),
                }
                parts.push(Part::Else(slot, escaped(title)));
                self.edit(range.clone(), parts);
            }
            LinkTarget::Slot(_) | LinkTarget::Gone | LinkTarget::Anchor => {
                self.edit(range.clone(), vec![caption.unwrap_or_else(|| Part::Text(escaped(title)))]);
            }
            LinkTarget::Kept => {
                if let Some(alt) = alt {
                    self.edit(words, vec![Part::Words { slot: None, words: alt }]);
                }
                if let Some(destination) = destination {
                    self.complete(target, &destination);
                    if let Some(caption) = caption {
                        let quote = |text: &str| Part::Text(text.to_owned());
                        self.edit(destination.end..range.end, vec![quote(" \""), caption, quote("\")")]);
                    }
                }
            }
        }
    }

    /// Handles a link by slug.
    pub(super) fn slug(&mut self, index: usize, written: &str, range: &Range<usize>) {
        let Some(LinkTarget::Slot(slot)) = self.trail.targets.get(&index).copied() else { return };
        let (target, label) = slug_target(written);
        let label = label.map(escaped);
        let parts = match (self.slot(slot), label) {
            (Some(slot), Some(label)) => vec![
                Part::If(slot, "[".to_owned()),
                Part::Text(label),
                Part::If(slot, "](".to_owned()),
                Part::Destination { slot, written: String::new(), address: String::new() },
                Part::If(slot, ")".to_owned()),
            ],
            (Some(slot), None) => vec![Part::Headline { slot, written: Name::of(target).written }],
            (None, label) => vec![Part::Text(label.unwrap_or_else(|| "…".to_owned()))],
        };
        self.edit(slug_range(range), parts);
    }
}
