//! Headings as they stand in a text, for whoever edits the text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::events;

/// A heading, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHeading {
    /// Its bytes, from the first `#` or letter on.
    pub range: Range<usize>,
    /// Its text without marks; an end of line within it is one here.
    pub title: String,
    /// The id that it gives itself.
    pub id: Option<String>,
    /// Whether it has attributes in braces.
    pub has_attributes: bool,
}

/// All headings of a text, in order.
pub fn headings(text: &str) -> Vec<WrittenHeading> {
    let mut found: Vec<WrittenHeading> = Vec::new();
    let mut is_open = false;
    for (event, range) in
        Parser::new_ext(text, events::options() | Options::ENABLE_SMART_PUNCTUATION).into_offset_iter()
    {
        match (event, found.last_mut().filter(|_| is_open)) {
            (Event::Start(Tag::Heading { id, classes, attrs, .. }), _) => {
                is_open = true;
                let has_attributes = id.is_some() || !classes.is_empty() || !attrs.is_empty();
                let id = id.map(|id| id.to_string());
                found.push(WrittenHeading { range, title: String::new(), id, has_attributes });
            }
            (Event::End(TagEnd::Heading(_)), _) => is_open = false,
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.title.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(heading)) => heading.title.push('\n'),
            _ => {}
        }
    }
    found
}
