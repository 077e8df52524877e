//! Removes control characters written as character references: `&#1;` yields one in HTML, and XML 1.0 cannot represent
//! it. The source itself contains none (see `content::front::parts`), so a text cannot forge the internal marks in
//! events.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use crate::base::text::{is_allowed, without_controls};

/// Removes control characters from texts and destinations.
pub(in crate::content::markdown::read) fn removed(
    mut events: Vec<(Event<'_>, Range<usize>)>,
) -> Vec<(Event<'_>, Range<usize>)> {
    for (event, _) in &mut events {
        match event {
            Event::Text(text) => clean(text),
            // Destinations of unresolved references are internal marks.
            Event::Start(
                Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
            ) => {
                if !is_unknown(*link_type) {
                    clean(dest_url);
                }
                clean(title);
            }
            _ => {}
        }
    }
    events
}

fn clean(text: &mut CowStr<'_>) {
    // Borrowed text is the source as it is.
    if !matches!(text, CowStr::Borrowed(_)) && !text.chars().all(is_allowed) {
        *text = without_controls(text.to_string()).into();
    }
}

fn is_unknown(link: LinkType) -> bool {
    matches!(link, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}
