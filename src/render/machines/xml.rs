//! A writer of XML, for feeds and sitemaps.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesStart, BytesText, Event};

use crate::base::text;

/// An XML document, written element by element. Characters that XML 1.0 forbids (section 2.2) are dropped.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    pub(super) fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::with_capacity(16 * 1024), b' ', 1));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing to memory does not fail");
    }

    /// An element with attributes and whatever `inside` writes.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        let mut start = BytesStart::new(name);
        for (attribute, value) in attributes {
            start.push_attribute((*attribute, legal(value).as_ref()));
        }
        let end = start.to_end().into_owned();
        self.event(Event::Start(start.clone()));
        inside(self);
        self.event(Event::End(end));
    }

    /// An element with attributes alone.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let mut start = BytesStart::new(name);
        for (attribute, value) in attributes {
            start.push_attribute((*attribute, legal(value).as_ref()));
        }
        self.event(Event::Empty(start));
    }

    /// An element with text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |xml| xml.event(Event::Text(BytesText::new(legal(text).as_ref()))));
    }

    /// An element with plain text, in the form that the RSS profile recommends: readers of RSS that take it for HTML see the
    /// same signs.
    pub(super) fn rss_text(&mut self, name: &str, text: &str) {
        let escaped = legal(text).replace('&', "&#x26;").replace('<', "&#x3C;").replace('>', "&#x3E;");
        self.element(name, &[], |xml| xml.event(Event::Text(BytesText::from_escaped(escaped))));
    }

    /// An element with text as it stands; `]]>` is split.
    pub(super) fn cdata(&mut self, name: &str, text: &str) {
        self.element(name, &[], |xml| {
            for part in BytesCData::escaped(legal(text).as_ref()) {
                xml.event(Event::CData(part));
            }
        });
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn legal(text: &str) -> Cow<'_, str> {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text::all_characters(text, is_legal) {
        text.into()
    } else {
        text.chars().filter(|c| is_legal(*c)).collect::<String>().into()
    }
}
