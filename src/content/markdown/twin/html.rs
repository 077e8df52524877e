//! Raw HTML in a twin, reduced to what the page shows.

use std::ops::Range;

use super::super::body::MarkdownPart as Part;
use super::build::Builder;
use super::escape::{escaped_lines, literal};
use crate::base::html::{self, Attribute, Tag, Token};
use crate::base::text;
use crate::config::HtmlPolicy;
use crate::content::markdown::html::sanitize;
use crate::content::markdown::read::events;

/// Raw HTML in progress contains `\u{1}N\u{2}` for open parts, and this where something was removed.
const REMOVED: char = '\u{3}';

#[derive(Default)]
struct Rewritten {
    flat: String,
    parts: Vec<Part>,
    is_changed: bool,
}

impl Rewritten {
    fn open(&mut self, part: Part) {
        self.flat.push_str(&format!("\u{1}{}\u{2}", self.parts.len()));
        self.parts.push(part);
        self.is_changed = true;
    }

    fn remove(&mut self) {
        self.flat.push(REMOVED);
        self.is_changed = true;
    }

    /// The parts in order, with the text between them.
    fn parts(self) -> Vec<Part> {
        let mut open = self.parts.into_iter();
        let mut parts = Vec::new();
        for (number, piece) in self.flat.split('\u{1}').enumerate() {
            let text = if number == 0 { piece } else { piece.split_once('\u{2}').map_or("", |(_, text)| text) };
            parts.extend((number > 0).then(|| open.next()).flatten());
            parts.push(Part::Text(text.replace(REMOVED, "")));
        }
        parts
    }
}

impl Builder<'_> {
    pub(super) fn html(&mut self, index: usize, html: &str, range: &Range<usize>, is_block: bool) {
        let policy = self.events.policy();
        if policy == HtmlPolicy::Escape {
            let is_shown = self.shown.texts.contains(&(index, 0));
            self.piece(is_shown);
            let text = match (is_shown, is_block) {
                (false, _) => String::new(),
                (true, false) => literal(html),
                (true, true) => self.quoted(escaped_lines(html), html, range) + "\n",
            };
            return self.edit(range.clone(), vec![Part::Text(text)]);
        }
        let mut new = Rewritten::default();
        for (number, (token, within)) in html::tokens(html).enumerate() {
            let source = &html[within];
            let is_text = self.shown.texts.contains(&(index, number));
            match token {
                Token::Text(text) if text.trim().is_empty() => new.flat.push_str(source),
                Token::Text(_) => {
                    self.piece(is_text);
                    if is_text { new.flat.push_str(source) } else { new.remove() }
                }
                // The brackets of unknown tags are text.
                Token::Open(_) | Token::Close(_) if is_text => {
                    self.piece(true);
                    new.is_changed = true;
                    if is_block {
                        text::escape_html(source, &mut new.flat);
                    } else {
                        new.flat.push_str(&literal(source));
                    }
                }
                Token::Open(tag) => {
                    let shown = self.shown.tags.get(&(index, number));
                    self.piece(shown.is_some());
                    if !html::VOID.iter().any(|name| tag.is(name)) {
                        self.tags.push((tag.name.to_ascii_lowercase(), shown.is_some()));
                    }
                    match shown {
                        Some(shown) => self.tag(shown, &tag, source, &mut new),
                        None => new.remove(),
                    }
                }
                Token::Close(name) => {
                    let open = self.tags.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name));
                    let is_shown = open.is_some_and(|open| self.tags[open].1);
                    self.tags.truncate(open.unwrap_or(self.tags.len()));
                    if is_shown { new.flat.push_str(source) } else { new.remove() }
                }
                Token::Comment => new.remove(),
            }
        }
        if !new.is_changed {
            return;
        }
        if is_block {
            new.flat = self.quoted(block(&new.flat), html, range);
            if self.text[range.clone()].ends_with('\n') {
                new.flat.push('\n');
            }
        } else {
            new.flat = new.flat.replace('\n', " ");
        }
        self.edit(range.clone(), new.parts());
    }

    /// A start tag as on the page: `shown`, or the author's own if it is equivalent.
    fn tag(&self, shown: &str, own: &Tag<'_>, source: &str, new: &mut Rewritten) {
        let Some((Token::Open(tag), _)) = html::tokens(shown).next() else { return new.remove() };
        // An unclosed attribute has swallowed what follows.
        let swallows = |of: &Attribute<'_>| of.name != sanitize::MARK && of.value.contains(['\u{1}', '\u{2}']);
        if tag.attributes.iter().any(swallows) {
            return new.remove();
        }
        // Form fields are removed, except the checkboxes of task lists.
        if tag.is("input") && self.events.policy() == HtmlPolicy::Sanitise && tag.task().is_none() {
            return new.remove();
        }
        let before = new.parts.len();
        let start = new.flat.len();
        let mut from = 0;
        let addresses = tag.addresses();
        for (index, attribute) in tag.attributes.iter().enumerate() {
            if attribute.name == sanitize::MARK {
                new.flat.push_str(shown[from..attribute.whole.start].trim_end());
                from = attribute.whole.end;
                from += usize::from(shown[from..].starts_with("  ") || shown[from..].starts_with(" >"));
                continue;
            }
            for address in addresses.iter().filter(|address| address.attribute == index) {
                let number = sanitize::slot_number(address.value);
                match number.map(|number| self.slot(number)) {
                    Some(slot) => {
                        let place = if address.is_listed { &address.range } else { &attribute.whole };
                        new.flat.push_str(&shown[from..place.start]);
                        from = place.end;
                        let name = (!address.is_listed).then(|| attribute.name.to_owned());
                        if let Some(slot) = slot {
                            new.open(Part::Address { slot, attribute: name });
                        }
                    }
                    None if address.value.starts_with('#') || address.value.starts_with("//") => {
                        new.flat.push_str(&shown[from..address.range.start]);
                        from = address.range.start;
                        new.open(if address.value.starts_with('#') { Part::Page } else { Part::Scheme });
                    }
                    None => {}
                }
            }
        }
        new.flat.push_str(&shown[from..]);
        let attributes = |tag: &Tag<'_>| -> Vec<(String, String)> {
            let others = tag.attributes.iter().filter(|attribute| attribute.name != sanitize::MARK);
            others.map(|of| (of.name.to_ascii_lowercase(), html::decode(of.value).into_owned())).collect()
        };
        if new.parts.len() == before && tag.is(own.name) && attributes(&tag) == attributes(own) {
            new.flat.truncate(start);
            new.flat.push_str(source);
        } else {
            new.is_changed = true;
        }
    }

    /// Lines of a block, with the block quotation and list markers that the source has before them.
    fn quoted(&self, text: String, html: &str, range: &Range<usize>) -> String {
        let second = |text: &str| text.lines().nth(1).map(str::to_owned);
        let (Some(source), Some(own)) = (second(&self.text[range.clone()]), second(html)) else { return text };
        match source.strip_suffix(&own) {
            None | Some("") => text,
            Some(marks) => text.replace('\n', &format!("\n{marks}")),
        }
    }
}

/// A block from which something was removed, in a form that is parsed as an HTML block again.
fn block(flat: &str) -> String {
    let is_left = |line: &&str| !line.contains(REMOVED) || line.chars().any(|c| c != REMOVED && !c.is_whitespace());
    let flat = flat.lines().filter(is_left).collect::<Vec<_>>().join("\n");
    let has_text = html::tokens(&flat).any(
        |(token, _)| matches!(token, Token::Text(text) if text.contains(|c: char| c != REMOVED && !c.is_whitespace())),
    );
    if !has_text || events::is_html_block(&flat.replace('\u{1}', "x").replace(['\u{2}', REMOVED], "")) {
        return flat;
    }
    let lines = flat.lines().filter(|line| !line.trim().is_empty());
    format!("<div>{}</div>", lines.collect::<Vec<_>>().join("\n"))
}
