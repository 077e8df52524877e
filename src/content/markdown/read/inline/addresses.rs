//! Marks of emphasis within bare addresses. An address takes precedence over emphasis (GFM specification, section 6.9),
//! which the parser does not know. So a text in which it found emphasis within an address is parsed a second time, with
//! letters in place of these marks.

use std::cell::LazyCell;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::autolink::{self, AutolinkKind};

/// The source with a letter in place of each mark of emphasis within a bare address; `None` when the parser found no
/// emphasis there. `linkable` gives the ranges of the texts in which addresses become links, in order.
pub(in crate::content::markdown::read) fn masked(
    text: &str,
    list: &[(Event<'_>, Range<usize>)],
    linkable: impl FnOnce() -> Vec<Range<usize>>,
) -> Option<String> {
    let linkable = LazyCell::new(linkable);
    let mut masked: Option<Vec<u8>> = None;
    let mut done = 0;
    for mark in marks(list) {
        if mark < done {
            continue;
        }
        let is_outside = |c: char| c.is_whitespace() || c == '<';
        let before = &text[..mark];
        let start = before.rfind(is_outside).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let start = start.max(done);
        done = text[mark..].find(is_outside).map_or(text.len(), |length| mark + length);
        let word = &text[start..done];
        if !(word.contains("://") || word.contains("ww.") || word.contains("WW.")) {
            continue;
        }
        for (range, kind) in autolink::find(word, text[..start].chars().next_back()) {
            let (from, to) = (start + range.start, start + range.end);
            let run = linkable.partition_point(|run| run.end <= from);
            let is_link = kind != AutolinkKind::Mail && linkable.get(run).is_some_and(|run| run.start <= from);
            if is_link {
                let bytes = masked.get_or_insert_with(|| text.as_bytes().to_vec());
                for at in from..to {
                    let is_mark = matches!(bytes[at], b'*' | b'_' | b'~');
                    if is_mark && !text[..at].ends_with('\\') {
                        bytes[at] = b'x';
                    }
                }
            }
        }
    }
    let masked = String::from_utf8(masked?).ok()?;
    (masked != text).then_some(masked)
}

/// The places of all marks that the parser read as emphasis, in order.
fn marks(list: &[(Event<'_>, Range<usize>)]) -> Vec<usize> {
    let mut marks: Vec<usize> = list
        .iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => Some(range.start),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => Some(range.end.saturating_sub(1)),
            _ => None,
        })
        .collect();
    marks.sort_unstable();
    marks
}

/// The events of a masked source, with the words of the source.
pub(in crate::content::markdown::read) fn unmasked<'a>(
    list: Vec<(Event<'_>, Range<usize>)>,
    masked: &str,
    text: &'a str,
) -> Vec<(Event<'a>, Range<usize>)> {
    let word = |event: Event<'_>, range: &Range<usize>| match event {
        Event::Text(words) if masked.get(range.clone()) == Some(&*words) => {
            Event::Text(CowStr::Borrowed(text.get(range.clone()).unwrap_or_default()))
        }
        event => event.into_static(),
    };
    list.into_iter().map(|(event, range)| (word(event, &range), range)).collect()
}
