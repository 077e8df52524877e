//! Writes the checkboxes of task lists: `- [x] done`.

use pulldown_cmark::{Event, Tag};

use super::writer::Writer;

impl Writer<'_> {
    /// A checkbox. In plain text it becomes its Markdown mark.
    pub(super) fn task(&mut self, done: bool) {
        self.push("<input type=\"checkbox\" disabled");
        self.push(if done { " checked aria-label=\"done\"> " } else { " aria-label=\"to do\"> " });
        self.opening(|opening| opening.text(if done { "[x] " } else { "[ ] " }));
    }

    pub(super) fn is_task(&self, index: usize) -> bool {
        let is_marker = |at| matches!(self.events.get(at), Some((Event::TaskListMarker(_), _)));
        is_marker(index + 1)
            || (matches!(self.events.get(index + 1), Some((Event::Start(Tag::Paragraph), _))) && is_marker(index + 2))
    }
}
