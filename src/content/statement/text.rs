//! The visible text of a compiled body.

use super::words::normal;
use crate::base::html::{self, Token};
use crate::content::markdown::{Body, SlotKind};

/// The words of each block, in order. Pictures are blocks of their descriptions, and the headline of a story that is named by
/// its slug is that slug: it may change by itself.
pub(super) fn blocks(body: &Body) -> Vec<String> {
    let mut text = String::with_capacity(body.html.len());
    let mut unseen: Vec<&str> = Vec::new();
    let mut slots = body.slots.iter().peekable();
    for (token, range) in html::tokens(&body.html) {
        let mut from = range.start;
        while let Some(slot) = slots.next_if(|slot| (slot.at as usize) < range.end) {
            let at = (slot.at as usize).max(from);
            if unseen.is_empty() && matches!(token, Token::Text(_)) {
                words(&mut text, body.html.get(from..at));
                from = at;
            }
            match &slot.kind {
                SlotKind::Link { bare: Some(name), .. } => text.push_str(name),
                SlotKind::Image { alt, .. } => {
                    text.push_str(&alt.without_names());
                    text.push('\n');
                }
                SlotKind::Block(number) => block(&mut text, body, *number),
                SlotKind::Link { .. } | SlotKind::Close | SlotKind::BlockEnd(_) | SlotKind::Address { .. } => {}
            }
        }
        match token {
            Token::Open(tag) => {
                if let Some(alt) = tag.get("alt") {
                    text.push_str(&alt);
                }
                line_break(&mut text, tag.name);
                let is_void = html::VOID.iter().any(|name| tag.is(name));
                if !is_void && (!unseen.is_empty() || tag.is_unseen()) {
                    unseen.push(tag.name);
                }
            }
            Token::Close(name) => {
                let open = unseen.iter().rposition(|open| open.eq_ignore_ascii_case(name));
                unseen.truncate(open.unwrap_or(unseen.len()));
                line_break(&mut text, name);
            }
            Token::Text(_) if unseen.is_empty() => words(&mut text, body.html.get(from..range.end)),
            Token::Text(_) | Token::Comment => {}
        }
    }
    for slot in slots {
        if let SlotKind::Block(number) = slot.kind {
            block(&mut text, body, number);
        }
    }
    text.lines().map(normal).filter(|block| !block.is_empty()).collect()
}

/// The words that a block shows beside its text.
fn block(text: &mut String, body: &Body, number: u32) {
    let shown = body.blocks.get(number as usize).into_iter().flat_map(|block| &block.values);
    for (name, value) in shown {
        if let ("title" | "by", Some(value)) = (name.as_str(), value) {
            text.extend(["\n", value, "\n"]);
        }
    }
}

fn words(text: &mut String, html: Option<&str>) {
    text.push_str(&html::decode(html.unwrap_or_default()).replace('\n', " "));
}

fn line_break(text: &mut String, element: &str) {
    if html::is_block(element) || element.eq_ignore_ascii_case("br") {
        text.push('\n');
    }
}
