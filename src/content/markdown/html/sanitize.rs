//! Sanitises HTML and keeps slots. Texts without raw HTML are not sanitised, because the compiler writes only safe
//! HTML.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::twin_mark::TwinMark;
use crate::base::html::{self, Tag, Token};
use crate::base::web::scheme;
use crate::config::HtmlPolicy;
use crate::content::markdown::body::{Slot, SlotKind, Span};

/// URL scheme that carries the number of a slot through the sanitiser.
const SCHEME: &str = "dateline";

/// Attribute that carries the mark of a piece through the sanitiser.
pub(in super::super) const MARK: &str = "data-dateline-mark";

static RULES: LazyLock<Builder<'static>> = LazyLock::new(rules);

/// The rules for HTML with marks of pieces.
static MARKED_RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut rules = rules();
    rules.add_generic_attributes([MARK]);
    rules
});

fn rules() -> Builder<'static> {
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
        // Obsolete elements without a successor are unwrapped: their text stays.
        .rm_tags(["center", "rtc"])
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
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("data", ["value"])
        .url_schemes(scheme::KNOWN.into_iter().chain([SCHEME]).collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    rules
}

/// Elements that the sanitiser keeps, and the attributes that it keeps of all of them and of each.
struct Kept {
    elements: HashSet<&'static str>,
    attributes: HashSet<&'static str>,
    of_elements: HashMap<&'static str, HashSet<&'static str>>,
}

static KEPT: LazyLock<Kept> = LazyLock::new(|| Kept {
    elements: RULES.clone_tags(),
    attributes: RULES.clone_generic_attributes(),
    of_elements: RULES.clone_tag_attributes(),
});

/// Whether the sanitiser keeps an element, by its name in lower case.
pub(super) fn keeps_element(name: &str) -> bool {
    KEPT.elements.contains(name)
}

/// Whether it keeps an attribute of an element.
pub(super) fn keeps_attribute(element: &str, attribute: &str) -> bool {
    KEPT.attributes.contains(attribute) || KEPT.of_elements.get(element).is_some_and(|of| of.contains(attribute))
}

/// Sanitised HTML.
pub(in super::super) struct Clean {
    pub(in super::super) html: String,
    pub(in super::super) slots: Vec<Slot>,
    /// The new number of each slot; `None` when sanitising removed it.
    pub(in super::super) moved: Vec<Option<u32>>,
}

/// Sanitises `html` and moves `slots` along. Slots in removed elements are removed.
pub(in super::super) fn sanitize(html: &str, slots: Vec<Slot>) -> Clean {
    let clean = RULES.clean(&with_marks(html, slot_marks(&slots))).to_string();
    take_marks(&clean, slots)
}

/// HTML with marks for slots and pieces, sanitised if the policy says so.
pub(in super::super) fn marked(html: &str, slots: &[Slot], pieces: &[TwinMark], policy: HtmlPolicy) -> String {
    let pieces = pieces.iter().enumerate().map(|(number, mark)| {
        let sign = format!("\u{1}{number}\u{2}");
        // Without quotation marks, which could close an attribute that its author left open.
        ((mark.at, 2 * mark.slots), if mark.is_tag { format!(" {MARK}={sign} ") } else { sign })
    });
    // In the order of writing, because several marks can share an offset.
    let slots = slot_marks(slots).enumerate().map(|(number, (at, mark))| ((at, 2 * number + 1), mark));
    let mut marks: Vec<_> = pieces.chain(slots).collect();
    marks.sort_by_key(|(place, _)| *place);
    let marked = with_marks(html, marks.into_iter().map(|((at, _), mark)| (at, mark)));
    if policy == HtmlPolicy::Sanitise { MARKED_RULES.clean(&marked).to_string() } else { marked }
}

/// The number of the slot that an address represents.
pub(in super::super) fn slot_number(address: &str) -> Option<usize> {
    address.strip_prefix(SCHEME)?.strip_prefix(':')?.parse().ok()
}

fn slot_marks(slots: &[Slot]) -> impl Iterator<Item = (u32, String)> {
    slots.iter().enumerate().map(|(number, slot)| {
        let mark = match &slot.kind {
            SlotKind::Link { .. } => format!("<a href=\"{SCHEME}:{number}\">"),
            SlotKind::Close => "</a>".to_owned(),
            // No text has these characters, and the sanitiser leaves them where they are.
            SlotKind::Block(_) | SlotKind::BlockEnd(_) => format!("\u{3}{number}\u{4}"),
            SlotKind::Image { .. } => format!("<img src=\"{SCHEME}:{number}\">"),
            SlotKind::Address { attribute: Some(name), .. } => format!("{name}=\"{SCHEME}:{number}\""),
            SlotKind::Address { attribute: None, .. } => format!("{SCHEME}:{number}"),
        };
        (slot.at, mark)
    })
}

fn with_marks(html: &str, marks: impl IntoIterator<Item = (u32, String)>) -> String {
    let mut marked = String::with_capacity(html.len() * 2);
    let mut from = 0;
    for (at, mark) in marks {
        marked.push_str(&html[from..at as usize]);
        from = at as usize;
        marked.push_str(&mark);
    }
    marked.push_str(&html[from..]);
    marked
}

fn take_marks(marked: &str, slots: Vec<Slot>) -> Clean {
    let mut finder = MarkFinder {
        marked,
        moved: vec![None; slots.len()],
        slots: slots.into_iter().map(Some).collect(),
        html: String::with_capacity(marked.len()),
        kept: Vec::new(),
    };
    // Whether the innermost open link is a slot.
    let mut open = false;
    for (token, range) in html::tokens(marked) {
        match token {
            Token::Open(tag) => open |= finder.tag(&tag, range),
            Token::Text(text) if text.contains('\u{3}') => finder.text(text),
            Token::Close("a") if open => {
                finder.keep(Slot { at: 0, kind: SlotKind::Close, span: Span::default() });
                open = false;
            }
            Token::Close(name) if successor(name).is_some() => {
                finder.html.extend(["</", successor(name).unwrap_or_default(), ">"]);
            }
            _ => finder.html.push_str(&marked[range]),
        }
    }
    Clean { html: finder.html, slots: finder.kept, moved: finder.moved }
}

/// The element that is written in place of another: the page has its own `h1`, and HTML names successors of obsolete
/// elements (WHATWG HTML, section 16.2).
fn successor(name: &str) -> Option<&'static str> {
    let known = [("h1", "h2"), ("strike", "s"), ("acronym", "abbr"), ("tt", "code")];
    known.into_iter().find(|(of, _)| *of == name).map(|(_, successor)| successor)
}

/// Finds marks in sanitised HTML, in which names are lower case and values are in double quotes.
struct MarkFinder<'m> {
    marked: &'m str,
    slots: Vec<Option<Slot>>,
    html: String,
    kept: Vec<Slot>,
    moved: Vec<Option<u32>>,
}

impl MarkFinder<'_> {
    fn keep(&mut self, mut slot: Slot) {
        slot.at = self.html.len() as u32;
        self.kept.push(slot);
    }

    /// Writes a text with marks of blocks.
    fn text(&mut self, text: &str) {
        let mut pieces = text.split('\u{3}');
        self.html.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (number, rest) = piece.split_once('\u{4}').unwrap_or_default();
            let slot =
                number.parse().ok().and_then(|number: usize| Some((number, self.slots.get_mut(number)?.take()?)));
            if let Some((number, slot)) = slot {
                self.moved[number] = Some(self.kept.len() as u32);
                self.keep(slot);
            }
            self.html.push_str(rest);
        }
    }

    /// The slot that an address marks, once. Texts cannot forge marks, because no text may contain an address with this
    /// scheme.
    fn take(&mut self, address: &str) -> Option<Slot> {
        let number = slot_number(address)?;
        let slot = self.slots.get_mut(number)?.take()?;
        self.moved[number] = Some(self.kept.len() as u32);
        Some(slot)
    }

    /// Writes a start tag. Returns whether it opens a link that is a slot.
    fn tag(&mut self, tag: &Tag<'_>, range: Range<usize>) -> bool {
        // Form fields are removed, except the checkboxes of task lists.
        if tag.is("input") && tag.get("type").as_deref() != Some("checkbox") {
            return false;
        }
        let (mut from, end) = (range.start, range.end - 1);
        if let Some(name) = successor(tag.name) {
            self.html.extend(["<", name]);
            from += "<".len() + tag.name.len();
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
        // An empty `alt` makes screen readers skip an undescribed picture.
        if tag.is("img") && tag.get("alt").is_none() {
            self.html.push_str(" alt=\"\"");
        }
        self.html.push('>');
        false
    }
}

/// Whether a piece of raw HTML is only a comment, such as `<!-- more -->`.
pub(in super::super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| !inner.contains("-->"))
}
