//! Writes blocks: slots at which they begin and end, their values, and plain HTML for readers elsewhere.

use pulldown_cmark::Event;
use pulldown_cmark_escape::{escape_href, escape_html};

use super::writer::Writer;
use crate::base::text;
use crate::base::web::address;
use crate::content::data::csv;
use crate::content::markdown::blocks::TextBlock;
use crate::content::markdown::blocks::embed;
use crate::content::markdown::blocks::fence::{Fence, Opening};
use crate::content::markdown::blocks::kinds::{self, CHART, EMBED, GALLERY, ID, PULLQUOTE, SIGNUP, TABLE, VALUE};
use crate::content::markdown::body::SlotKind;
use crate::content::markdown::twin::trail::LinkTarget;

impl Writer<'_> {
    /// Writes a boundary of a block.
    pub(super) fn boundary(&mut self, fence: &Fence) {
        if let Some(opening) = &fence.opening {
            let block = self.block(opening);
            let number = self.body.blocks.len();
            self.link_target(LinkTarget::Slot(self.body.slots.len()));
            self.slot(SlotKind::Block(number as u32), &opening.at);
            self.body.blocks.push(block);
            self.open_blocks.push(number);
        }
        if fence.closes
            && let Some(number) = self.open_blocks.pop()
        {
            self.slot(SlotKind::BlockEnd(number as u32), &fence.range);
        }
    }

    /// Closes what its author has left open.
    pub(super) fn end_blocks(&mut self) {
        while let Some(number) = self.open_blocks.pop() {
            self.slot(SlotKind::BlockEnd(number as u32), &(0..0));
        }
    }

    fn block(&mut self, opening: &Opening) -> TextBlock {
        let at = self.events.span(&opening.at);
        let mut block = TextBlock {
            kind: opening.name.clone(),
            id: self.block_id(opening),
            file: self.source.file.to_owned(),
            line: at.line,
            column: at.column,
            ..TextBlock::default()
        };
        match kinds::kind(&opening.name) {
            Some(kind) => {
                let bare = || opening.arguments.iter().find(|argument| argument.name.is_none());
                for (index, name) in kind.arguments.iter().enumerate() {
                    let bare = bare().filter(|_| index == 0).map(|argument| argument.value.as_str());
                    let value = opening.value(name).or(bare).map(str::to_owned);
                    block.values.push(((*name).to_owned(), value));
                }
            }
            None => {
                for argument in &opening.arguments {
                    let name = argument.name.clone().unwrap_or_else(|| VALUE.to_owned());
                    if name != ID {
                        block.values.push((name, Some(argument.value.clone())));
                    }
                }
            }
        }
        match opening.name.as_str() {
            PULLQUOTE => {
                block.before.push_str("<blockquote>\n");
                let by = block.value("by").map(|by| format!("— {by}"));
                paragraph(by.as_deref(), &mut block.after);
                block.after.push_str("</blockquote>\n");
            }
            GALLERY => {
                block.before.push_str("<div>\n");
                let title = block.value("title").map(str::to_owned);
                paragraph(title.as_deref(), &mut block.after);
                block.after.push_str("</div>\n");
            }
            EMBED => self.embed(&mut block),
            TABLE | CHART => {
                let (title, source) =
                    (block.value("title").map(str::to_owned), block.value("source").map(str::to_owned));
                block.before.push_str("<div>\n");
                paragraph(title.as_deref(), &mut block.before);
                paragraph(source.as_deref(), &mut block.after);
                block.after.push_str("</div>\n");
            }
            SIGNUP => {
                let title = block.value("title").unwrap_or(&self.source.config.title).to_owned();
                block.before.push_str("<div>\n");
                let id = block.id.clone().unwrap_or_default();
                link(&format!("#{id}"), &title, &mut block.after);
                block.after.push_str("</div>\n");
            }
            _ => {
                block.before.push_str("<div>\n");
                block.after.push_str("</div>\n");
            }
        }
        block
    }

    /// Takes a code block within a `table` or `chart` as its rows, in CSV. Returns the index of the event after it.
    pub(super) fn rows(&mut self, language: &str, index: usize, end: usize) -> Option<usize> {
        let number = *self.open_blocks.last()?;
        if !self.body.blocks[number].has_rows() || !matches!(language, "" | "csv") {
            return None;
        }
        let past = self.past(index, end);
        let (mut text, mut first) = (String::new(), None);
        for at in index + 1..past {
            if let Some((Event::Text(line), range)) = self.events.get(at) {
                first.get_or_insert_with(|| self.events.span(range).line);
                text.push_str(line);
            }
        }
        match csv(self.source.file, &text, first.unwrap_or(1)) {
            Ok(rows) => self.body.blocks[number].rows = Some(rows),
            Err(problem) => self.report.push(*problem),
        }
        Some(past)
    }

    /// Adds what a link shows: its provider, and the frame that a click loads.
    fn embed(&self, block: &mut TextBlock) {
        let Some(address) = block.value("url").and_then(address::web) else {
            block.values.retain(|(name, _)| name != "url");
            block.values.push(("url".to_owned(), None));
            return;
        };
        let shown = embed::embed(&address, &self.source.config.frames);
        let title = match block.value("title") {
            Some(title) => format!("{title} ({})", shown.provider),
            None => shown.provider.clone(),
        };
        block.before.push_str("<figure>\n");
        link(&address.whole, &title, &mut block.after);
        block.after.push_str("</figure>\n");
        if let Some((_, value)) = block.values.iter_mut().find(|(name, _)| name == "url") {
            *value = Some(address.whole);
        }
        let further =
            [("provider", Some(shown.provider)), ("shape", Some(shown.shape.to_owned())), ("frame", shown.frame)];
        block.values.extend(further.map(|(name, value)| (name.to_owned(), value)));
    }

    /// The anchor of a block: its own, or one for a form, to which mails and feeds lead.
    fn block_id(&mut self, opening: &Opening) -> Option<String> {
        let given = opening.value(ID).map(|id| text::composed(id).into_owned());
        let id = match given {
            Some(id) if self.ids.take(&id) => id,
            Some(id) => {
                self.repeated(&id, &opening.at, "give the block another `id`; this one is left out");
                return None;
            }
            None if opening.name == SIGNUP => self.ids.take_near(SIGNUP),
            None => return None,
        };
        self.body.anchors.push(id.clone());
        Some(id)
    }
}

fn paragraph(text: Option<&str>, html: &mut String) {
    if let Some(text) = text {
        html.push_str("<p>");
        escape_html(&mut *html, text).expect("writing to a string does not fail");
        html.push_str("</p>\n");
    }
}

fn link(href: &str, text: &str, html: &mut String) {
    html.push_str("<p><a href=\"");
    escape_href(&mut *html, href).expect("writing to a string does not fail");
    html.push_str("\">");
    escape_html(&mut *html, text).expect("writing to a string does not fail");
    html.push_str("</a></p>\n");
}
