//! Control characters that character references bring in: `&#1;` is one in HTML, and XML 1.0 has no way to write it. The source
//! itself holds none (see `content::front::parts`), so that our own marks in the events cannot be forged.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use crate::base::text::{is_sound, without_controls};

/// The events without such characters in texts and destinations.
pub(super) fn removed(mut events: Vec<(Event<'_>, Range<usize>)>) -> Vec<(Event<'_>, Range<usize>)> {
    for (event, _) in &mut events {
        match event {
            Event::Text(text) => clean(text),
            // The destinations of links that no definition answers are our own.
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
    // What is borrowed stands in the source as it is.
    if !matches!(text, CowStr::Borrowed(_)) && !text.chars().all(is_sound) {
        *text = without_controls(text.to_string()).into();
    }
}

fn is_unknown(link: LinkType) -> bool {
    matches!(link, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}
