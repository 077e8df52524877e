//! The boundaries of blocks in a twin: nothing at the start, and at the end what readers need who have no component.

use std::ops::Range;

use super::super::body::MarkdownPart as Part;
use super::build::Builder;
use super::escape::{destination, escaped};
use super::trail::LinkTarget;
use crate::base::web::address;
use crate::content::markdown::blocks::fence::Opening;
use crate::content::markdown::blocks::kinds::{CHART, EMBED, PULLQUOTE, SIGNUP, TABLE};

impl Builder<'_> {
    /// Handles the boundary of a block.
    pub(super) fn boundary(&mut self, index: usize, range: &Range<usize>) {
        let events = self.events;
        let Some(fence) = events.fence(range.start) else { return };
        let mut parts = Vec::new();
        if let Some(opening) = &fence.opening {
            self.blocks.push(opening.clone());
            let slot = match self.trail.targets.get(&index) {
                Some(LinkTarget::Slot(slot)) => self.slot(*slot),
                _ => None,
            };
            if let (TABLE | CHART, Some(slot)) = (opening.name.as_str(), slot) {
                let title = opening.value("title").map(|title| Part::Text(format!("\n{}\n\n", escaped(title))));
                parts.extend(title.into_iter().chain([Part::Figure(slot)]));
            }
        }
        if fence.closes
            && let Some(opening) = self.blocks.pop()
        {
            parts.extend(after(&opening));
        }
        // The range has the end of the line, which keeps the blocks around it apart.
        parts.push(Part::Text("\n".to_owned()));
        if self.leaf(index, range) {
            self.edit(range.clone(), parts);
        }
    }
}

/// What follows the text of a block, in paragraphs of its own.
fn after(opening: &Opening) -> Vec<Part> {
    let title = opening.value("title");
    let text = match opening.name.as_str() {
        TABLE | CHART => opening.value("source").map(|source| format!("\n{}\n", escaped(source))),
        PULLQUOTE => opening.value("by").map(|by| format!("\n— {}\n", escaped(by))),
        EMBED => {
            let bare = opening.arguments.iter().find(|argument| argument.name.is_none());
            let written = opening.value("url").or(bare.map(|argument| argument.value.as_str()));
            written.and_then(address::web).map(|address| {
                let text = title.unwrap_or(&address.host);
                format!("\n[{}]({})\n", escaped(text), destination(&address.whole))
            })
        }
        SIGNUP => {
            return title.map_or_else(Vec::new, |title| {
                vec![Part::Text(format!("\n[{}](", escaped(title))), Part::Page, Part::Text(")\n".to_owned())]
            });
        }
        _ => title.map(|title| format!("\n{}\n", escaped(title))),
    };
    text.map(Part::Text).into_iter().collect()
}
