//! Writes raw HTML, with slots for addresses within the site, and with unique ids.

use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::Writer;
use crate::base::codes;
use crate::base::html::{self, Address, Attribute, Role, Tag, Token};
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::config::HtmlPolicy;
use crate::content::markdown::body::SlotKind;
use crate::content::markdown::html::{elements, sanitize};
use crate::content::markdown::links::target::{self, Destination, Target};

/// A piece of raw HTML with its range in the source.
struct Piece<'p> {
    html: &'p str,
    range: &'p Range<usize>,
}

/// The treatment of an address.
enum AddressOutcome {
    /// It becomes a slot.
    Slot(Target),
    /// It is kept.
    Kept,
    /// It leads to this id on the page.
    Anchor(String),
    /// It is removed.
    Dropped,
}

/// Attributes that refer to elements of the page by their ids.
const REFERENCES: &[&str] = &[
    "for",
    "form",
    "headers",
    "list",
    "itemref",
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
];

impl Writer<'_> {
    /// Reserves the ids in raw HTML, so that ids made from headings avoid them.
    pub(super) fn take_raw_ids(&mut self, part: Range<usize>) {
        if self.source.config.html == HtmlPolicy::Escape {
            return;
        }
        for index in part {
            let Some((Event::Html(html) | Event::InlineHtml(html), _)) = self.events.get(index) else { continue };
            for (token, _) in html::tokens(html) {
                let Token::Open(tag) = token else { continue };
                let id = self.given_id(&tag).map(id_of);
                if let Some(id) = id.filter(|id| self.ids.take(id)) {
                    self.raw_ids.insert(id);
                }
            }
        }
    }

    pub(super) fn html(&mut self, html: &str, range: &Range<usize>) {
        let policy = self.source.config.html;
        if policy == HtmlPolicy::Escape {
            self.mark(0);
            return self.text(html);
        }
        if sanitize::is_comment(html) {
            return;
        }
        let piece = Piece { html, range };
        for (number, (token, within)) in html::tokens(html).enumerate() {
            // `<your name>`, or guillemets in ASCII, is meant to be read.
            if policy == HtmlPolicy::Sanitise && self.foreign == 0 && elements::is_unknown(&token) {
                self.mark(number);
                self.text(&html[within]);
                continue;
            }
            self.raw = true;
            self.foreign = elements::foreign(&token, self.foreign);
            self.opening.raw(&html[within.clone()], self.in_paragraph);
            match token {
                Token::Open(tag) => {
                    if let Some(trail) = &mut self.trail {
                        trail.mark(&self.body, "<".len() + tag.name.len(), number, true);
                    }
                    self.tag(&tag, within, &piece);
                }
                Token::Text(text) => {
                    if !text.trim().is_empty() {
                        self.mark(number);
                    }
                    self.push(text);
                }
                _ => self.push(&html[within]),
            }
        }
    }

    /// Writes a start tag.
    fn tag(&mut self, tag: &Tag<'_>, within: Range<usize>, piece: &Piece<'_>) {
        let addresses = tag.addresses();
        let given = self.given_id(tag).map(|attribute| attribute.range.clone());
        let mut written = within.start;
        for (index, attribute) in tag.attributes.iter().enumerate() {
            let whole = attribute.whole.clone();
            let held: Vec<&Address<'_>> = addresses.iter().filter(|address| address.attribute == index).collect();
            if given.as_ref() == Some(&attribute.range) {
                self.push(&piece.html[written..whole.start]);
                written = whole.end;
                self.id(attribute, piece);
            } else if attribute.name.eq_ignore_ascii_case("name") && tag.is("a") {
                let name = id_of(attribute);
                self.ids.take(&name);
                self.composed(attribute, &mut written, piece);
                self.body.anchors.push(name);
            } else if REFERENCES.iter().any(|name| attribute.name.eq_ignore_ascii_case(name)) {
                self.composed(attribute, &mut written, piece);
            } else if ["style", "content"].iter().any(|name| attribute.name.eq_ignore_ascii_case(name)) {
                written = self.within(&held, written, piece);
            } else if held.first().is_some_and(|first| first.is_listed) {
                self.push(&piece.html[written..whole.start]);
                written = whole.end;
                self.list(attribute.name, &held, piece);
            } else if let Some(address) = held.first() {
                let outcome = self.outcome(address, piece);
                if matches!(outcome, AddressOutcome::Kept) {
                    continue;
                }
                self.push(&piece.html[written..whole.start]);
                written = whole.end;
                if let AddressOutcome::Anchor(id) = &outcome {
                    self.written(attribute.name, &format!("#{id}"));
                }
                if let AddressOutcome::Slot(target) = outcome {
                    let is_open = ["width", "height", "style"].iter().all(|name| tag.get(name).is_none());
                    let sized = address.role == Role::Picture && tag.is("img") && is_open;
                    let attribute = Some(attribute.name.to_owned());
                    let kind = SlotKind::Address { target, role: address.role, attribute, sized };
                    let range = self.events.inner(piece.html, piece.range, &address.range);
                    self.slot(kind, &range);
                }
            }
        }
        self.push(&piece.html[written..within.end]);
    }

    /// Writes a tag up to the last address within one of its attributes, a style or a refresh, and returns where that
    /// address ends. The sanitiser removes such attributes, so this matters only for trusted HTML.
    fn within(&mut self, held: &[&Address<'_>], mut written: usize, piece: &Piece<'_>) -> usize {
        if self.source.config.html != HtmlPolicy::Trust {
            return written;
        }
        for address in held {
            if let AddressOutcome::Slot(target) = self.outcome(address, piece) {
                self.push(&piece.html[written..address.range.start]);
                written = address.range.end;
                let range = self.events.inner(piece.html, piece.range, &address.range);
                self.slot(SlotKind::Address { target, role: address.role, attribute: None, sized: false }, &range);
            }
        }
        written
    }

    /// Writes an attribute with several addresses, without forbidden ones.
    fn list(&mut self, name: &str, held: &[&Address<'_>], piece: &Piece<'_>) {
        let mut between = "";
        for address in held {
            let outcome = self.outcome(address, piece);
            if matches!(outcome, AddressOutcome::Dropped) {
                continue;
            }
            if between.is_empty() {
                self.push(name);
                self.push("=\"");
            }
            self.push(between);
            between = if address.role == Role::Endpoint { " " } else { ", " };
            match outcome {
                AddressOutcome::Slot(target) => {
                    let range = self.events.inner(piece.html, piece.range, &address.range);
                    self.slot(SlotKind::Address { target, role: address.role, attribute: None, sized: false }, &range);
                }
                AddressOutcome::Anchor(id) => self.attribute(&format!("#{id}")),
                AddressOutcome::Kept | AddressOutcome::Dropped => self.attribute(&html::decode(address.value)),
            }
            if !address.descriptor.is_empty() {
                self.push(" ");
                self.attribute(&html::decode(address.descriptor));
            }
        }
        if !between.is_empty() {
            self.push("\"");
        }
    }

    fn outcome(&mut self, address: &Address<'_>, piece: &Piece<'_>) -> AddressOutcome {
        let trusted = self.source.config.html == HtmlPolicy::Trust;
        // Browsers ignore line breaks and tabs in addresses (URL Standard, section 4.4).
        let value = html::decode(address.value).replace(['\n', '\r', '\t'], "");
        let value = value.trim_matches(|c: char| c <= ' ');
        let is_picture = address.role == Role::Picture && target::is_picture(value);
        match target::classify(value, &self.source.config.base_url, trusted || is_picture) {
            Destination::Own(target) => AddressOutcome::Slot(target),
            Destination::Outside(address) if is_picture => AddressOutcome::Slot(Target::Outside(address)),
            Destination::Outside(_) => AddressOutcome::Kept,
            Destination::Anchor(id) => {
                // An address in which only the form of the characters differs is written anew.
                let is_composed = text::composed(&target::decode(value)) == target::decode(value);
                let outcome = if is_composed { AddressOutcome::Kept } else { AddressOutcome::Anchor(id.clone()) };
                if address.role == Role::Page {
                    let range = self.events.inner(piece.html, piece.range, &address.range);
                    self.want(id, &range);
                }
                outcome
            }
            Destination::Unknown(_) => {
                let range = self.events.inner(piece.html, piece.range, &address.range);
                self.unknown_scheme(value, trusted, &range);
                if trusted { AddressOutcome::Kept } else { AddressOutcome::Dropped }
            }
            Destination::Unsafe => {
                let range = self.events.inner(piece.html, piece.range, &address.range);
                let help = "the address is left out; link to a page, or let the site’s owner set `html: trust`";
                self.unsafe_address(value, help, &range);
                AddressOutcome::Dropped
            }
        }
    }

    /// The id of a tag. For the sanitiser, which drops `name`, the name of an old-style anchor counts too.
    fn given_id<'t, 'h>(&self, tag: &'t Tag<'h>) -> Option<&'t Attribute<'h>> {
        let find = |name: &str| tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        let is_old = self.source.config.html == HtmlPolicy::Sanitise && tag.is("a");
        let given = find("id").or_else(|| find("name").filter(|_| is_old));
        given.filter(|attribute| !attribute.value.trim().is_empty())
    }

    /// Writes an attribute whose value is ids anew where they are not in composed form. `written` is the end of what is
    /// written of the tag.
    fn composed(&mut self, attribute: &Attribute<'_>, written: &mut usize, piece: &Piece<'_>) {
        let ids = id_of(attribute);
        if *ids != *html::decode(attribute.value) {
            self.push(&piece.html[*written..attribute.whole.start]);
            *written = attribute.whole.end;
            self.written(attribute.name, &ids);
        }
    }

    /// Writes an attribute.
    fn written(&mut self, name: &str, value: &str) {
        self.push(name);
        self.push("=\"");
        self.attribute(value);
        self.push("\"");
    }

    /// Writes an id of raw HTML, unless the page already has it.
    fn id(&mut self, attribute: &Attribute<'_>, piece: &Piece<'_>) {
        let id = id_of(attribute);
        if self.raw_ids.remove(&id) || self.ids.take(&id) {
            self.written("id", &id);
            self.body.anchors.push(id);
        } else {
            let range = self.events.inner(piece.html, piece.range, &attribute.range);
            self.repeated(&id, &range, "give the element another `id`; this one is left out");
        }
    }

    /// Reports an explicit id that is already taken or reserved.
    pub(super) fn repeated(&mut self, id: &str, range: &Range<usize>, help: &str) {
        let (code, message) = if self.ids.is_reserved(id) {
            (codes::RESERVED_ANCHOR, format!("the page itself has the anchor `{id}`, or may come to have it"))
        } else {
            (codes::DUPLICATE_ANCHOR, format!("the anchor `{id}` occurs twice in this text"))
        };
        let place = self.events.span(range).place(self.source.file);
        self.report.push(Diagnostic::warning(code, message).at(place).help(help));
    }
}

/// The value of an attribute that contains an id, in composed form (NFC), in which links are written too.
fn id_of(attribute: &Attribute<'_>) -> String {
    text::composed(&html::decode(attribute.value)).into_owned()
}
