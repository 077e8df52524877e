//! Raw HTML made harmless, with slots kept. Costs nothing for texts without raw HTML: they never come here.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::{Slot, SlotKind};

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
        .add_url_schemes([SCHEME])
        .url_schemes(HashSet::from([
            SCHEME, "http", "https", "mailto", "tel", "sms", "ftp", "geo", "magnet", "news", "xmpp", "irc",
        ]))
        .url_relative(UrlRelative::Custom(Box::new(from_root)))
        .link_rel(None)
        .strip_comments(true);
    rules
});

/// Marks a path of this site, which gets the base path later.
#[expect(clippy::unnecessary_wraps, reason = "the signature is ammonia's")]
fn from_root(address: &str) -> Option<Cow<'_, str>> {
    let is_path = address.starts_with('/') && !address.starts_with("//");
    Some(if is_path { format!("{SCHEME}:{address}").into() } else { address.into() })
}

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
        let written = match slot.kind {
            SlotKind::Link { .. } => write!(marked, "<a href=\"{SCHEME}:{number}\">"),
            SlotKind::Close => write!(marked, "</a>"),
            SlotKind::Image { .. } => write!(marked, "<img src=\"{SCHEME}:{number}\">"),
            // Only sanitising makes them.
            SlotKind::Root { .. } => Ok(()),
        };
        written.expect("writing to a string does not fail");
    }
    marked.push_str(&html[from..]);
    marked
}

fn take_marks(marked: &str, slots: Vec<Slot>) -> (String, Vec<Slot>) {
    let (link, image) = (format!("<a href=\"{SCHEME}:"), format!("<img src=\"{SCHEME}:"));
    let root = format!("=\"{SCHEME}:/");
    let mut slots: Vec<Option<Slot>> = slots.into_iter().map(Some).collect();
    let mut html = String::with_capacity(marked.len());
    let mut kept = Vec::new();
    let mut rest = marked;
    let mut open = false;
    while let Some(at) = rest.find('<') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = [&link, &image].into_iter().find_map(|prefix| rest.strip_prefix(prefix.as_str()));
        let number = mark
            .and_then(|after| after.split_once("\">"))
            .and_then(|(number, after)| Some((number.parse::<usize>().ok()?, after)));
        if let Some((number, after)) = number {
            if let Some(mut slot) = slots.get_mut(number).and_then(Option::take) {
                open = matches!(slot.kind, SlotKind::Link { .. });
                slot.at = html.len() as u32;
                kept.push(slot);
            }
            rest = after;
        } else if let (true, Some(after)) = (open, rest.strip_prefix("</a>")) {
            kept.push(Slot { at: html.len() as u32, kind: SlotKind::Close, span: super::Span::default() });
            open = false;
            rest = after;
        } else {
            // Quotes within a value are written `&quot;`, so this can only begin one.
            let (mut tag, after) = rest.split_at(rest.find('>').unwrap_or(rest.len()));
            // A picture that says nothing of itself is passed over by those who cannot see it.
            let is_silent = tag.starts_with("<img") && !tag.contains(" alt=\"");
            // The page has its headline; and what can be filled in leads nowhere, but for the boxes of a list of tasks.
            if let Some(attributes) = tag.strip_prefix("<h1").or_else(|| tag.strip_prefix("</h1")) {
                html.push_str(if tag.starts_with("</") { "</h2" } else { "<h2" });
                tag = attributes;
            } else if tag.starts_with("<input") && !tag.contains(" type=\"checkbox\"") {
                rest = after.strip_prefix('>').unwrap_or(after);
                continue;
            }
            while let Some((before, path)) = tag.split_once(root.as_str()) {
                html.push_str(before);
                html.push_str("=\"");
                tag = &tag[tag.len() - path.len() - 1..];
                let path = tag.split('"').next().unwrap_or("").replace("&amp;", "&");
                let kind = SlotKind::Root { path };
                kept.push(Slot { at: html.len() as u32, kind, span: super::Span::default() });
            }
            html.push_str(tag);
            html.push_str(if is_silent { " alt=\"\"" } else { "" });
            rest = after;
        }
    }
    html.push_str(rest);
    (html, kept)
}

/// The `id` and `name` attributes in a piece of raw HTML, as what links may point at.
pub(super) fn ids(html: &str) -> impl Iterator<Item = &str> {
    html.split(['<', ' ', '\n', '\t']).filter_map(|attribute| {
        let value = attribute.strip_prefix("id=").or_else(|| attribute.strip_prefix("name="))?;
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(['"', '\'', '>', '/']).unwrap_or(value.len());
        Some(&value[..end]).filter(|id| !id.is_empty())
    })
}

/// Whether a piece of raw HTML is nothing but a comment, such as `<!-- more -->`.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| !inner.contains("-->"))
}
