//! Raw HTML made harmless, with slots kept. Costs nothing for texts without raw HTML: they never come here.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::body::{Slot, SlotKind, Span};
use crate::base::html::{self, Tag, Token};
use crate::base::scheme;

/// The scheme that carries a slot's number through the sanitiser.
const SCHEME: &str = "dateline";

static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut rules = Builder::default();
    rules
        .add_tags([
            "figure",
            "figcaption",
            "section",
            "aside",
            "input",
            "mark",
            "picture",
            "source",
            "video",
            "audio",
            "track",
            "details",
            "summary",
        ])
        // What HTML no longer has: its text stays.
        .rm_tags(["acronym", "center", "rtc", "strike", "tt"])
        .rm_tag_attributes("col", ["align", "char", "charoff"])
        .rm_tag_attributes("colgroup", ["align", "char", "charoff"])
        .rm_tag_attributes("hr", ["align", "size", "width"])
        .rm_tag_attributes("img", ["align"])
        .rm_tag_attributes("table", ["align", "char", "charoff", "summary"])
        .rm_tag_attributes("tbody", ["align", "char", "charoff"])
        .rm_tag_attributes("td", ["align", "char", "charoff"])
        .rm_tag_attributes("tfoot", ["align", "char", "charoff"])
        .rm_tag_attributes("th", ["align", "char", "charoff"])
        .rm_tag_attributes("thead", ["align", "char", "charoff"])
        .rm_tag_attributes("tr", ["align", "char", "charoff"])
        .add_generic_attributes([
            "class",
            "id",
            "lang",
            "dir",
            "title",
            "hidden",
            "role",
            "tabindex",
            "aria-label",
            "aria-hidden",
            "aria-describedby",
        ])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes"])
        .add_tag_attributes("video", ["src", "controls", "poster", "width", "height", "preload"])
        .add_tag_attributes("audio", ["src", "controls", "preload"])
        .add_tag_attributes("source", ["src", "srcset", "type", "media", "sizes"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label", "default"])
        .add_tag_attributes("a", ["rel", "download"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start", "reversed", "type"])
        .add_tag_attributes("li", ["value"])
        .url_schemes(scheme::KNOWN.into_iter().chain([SCHEME]).collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    rules
});

/// Sanitises `html` and moves `slots` to where their places went. Slots inside of removed elements go with them.
pub(super) fn sanitise(html: &str, slots: Vec<Slot>) -> (String, Vec<Slot>) {
    let clean = RULES.clean(&with_marks(html, &slots)).to_string();
    take_marks(&clean, slots)
}

fn with_marks(html: &str, slots: &[Slot]) -> String {
    let mut marked = String::with_capacity(html.len() + slots.len() * 24);
    let mut from = 0;
    for (number, slot) in slots.iter().enumerate() {
        marked.push_str(&html[from..slot.at as usize]);
        from = slot.at as usize;
        let written = match &slot.kind {
            SlotKind::Link { .. } => write!(marked, "<a href=\"{SCHEME}:{number}\">"),
            SlotKind::Close => write!(marked, "</a>"),
            SlotKind::Image { .. } => write!(marked, "<img src=\"{SCHEME}:{number}\">"),
            SlotKind::Address { attribute: Some(name), .. } => write!(marked, "{name}=\"{SCHEME}:{number}\""),
            SlotKind::Address { attribute: None, .. } => write!(marked, "{SCHEME}:{number}"),
        };
        written.expect("writing to a string does not fail");
    }
    marked.push_str(&html[from..]);
    marked
}

fn take_marks(marked: &str, slots: Vec<Slot>) -> (String, Vec<Slot>) {
    let mut taker = Taker {
        marked,
        slots: slots.into_iter().map(Some).collect(),
        html: String::with_capacity(marked.len()),
        kept: Vec::new(),
    };
    // Whether a link is open that begins with a slot.
    let mut open = false;
    for (token, range) in html::tokens(marked) {
        match token {
            Token::Open(tag) => open |= taker.tag(&tag, range),
            Token::Close("a") if open => {
                taker.keep(Slot { at: 0, kind: SlotKind::Close, span: Span::default() });
                open = false;
            }
            // The page has its headline.
            Token::Close("h1") => taker.html.push_str("</h2>"),
            _ => taker.html.push_str(&marked[range]),
        }
    }
    (taker.html, taker.kept)
}

/// Finds the marks in what the sanitiser has written: names in small letters, values in double quotes.
struct Taker<'m> {
    marked: &'m str,
    slots: Vec<Option<Slot>>,
    html: String,
    kept: Vec<Slot>,
}

impl Taker<'_> {
    fn keep(&mut self, mut slot: Slot) {
        slot.at = self.html.len() as u32;
        self.kept.push(slot);
    }

    /// The slot that an address marks. Only once: texts cannot bring marks of their own, since no text may have an address
    /// with this scheme.
    fn take(&mut self, address: &str) -> Option<Slot> {
        let number: usize = address.strip_prefix(SCHEME)?.strip_prefix(':')?.parse().ok()?;
        self.slots.get_mut(number)?.take()
    }

    /// Writes a start tag; whether it opens a link that is a slot.
    fn tag(&mut self, tag: &Tag<'_>, range: Range<usize>) -> bool {
        // What can be filled in leads nowhere, but for the boxes of a list of tasks.
        if tag.is("input") && tag.get("type").as_deref() != Some("checkbox") {
            return false;
        }
        let (mut from, end) = (range.start, range.end - 1);
        if tag.is("h1") {
            self.html.push_str("<h2");
            from += "<h1".len();
        }
        for address in tag.addresses() {
            let Some(slot) = self.take(address.value) else { continue };
            let place = match &slot.kind {
                SlotKind::Address { attribute: None, .. } => address.range,
                SlotKind::Address { .. } => tag.attributes[address.attribute].whole.clone(),
                kind => {
                    let is_link = matches!(kind, SlotKind::Link { .. });
                    self.keep(slot);
                    return is_link;
                }
            };
            self.html.push_str(&self.marked[from..place.start]);
            self.keep(slot);
            from = place.end;
        }
        self.html.push_str(&self.marked[from..end]);
        // A picture that says nothing of itself is passed over by those who cannot see it.
        if tag.is("img") && tag.get("alt").is_none() {
            self.html.push_str(" alt=\"\"");
        }
        self.html.push('>');
        false
    }
}

/// Whether a piece of raw HTML is nothing but a comment, such as `<!-- more -->`.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| !inner.contains("-->"))
}
