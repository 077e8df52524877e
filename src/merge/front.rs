//! In-place edits of YAML front matter: only the bytes of the names change, so that comments and layout survive. The
//! functions return `None` for YAML that cannot be edited by byte ranges, such as a list behind an alias.

use std::ops::Range;

use super::swap::{EditOutcome, Swap};
use crate::base::yaml::scalar::Scalar;
use crate::base::yaml::spanned::{self, NodeRef};

/// Returns the front matter with names replaced in the list, or the single name, under `key`; unchanged when the key is
/// absent.
pub(super) fn swap(front: &str, key: &str, swap: &Swap) -> Option<String> {
    let mut text = front.to_owned();
    // Each round replaces or drops one name of the topic that goes away, and a text has fewer names than bytes.
    for _ in 0..=front.len() {
        let tree = spanned::parse(&text).ok()?;
        let Some((name, value)) = tree.root().get(key) else { return Some(text) };
        let (start, items) = match value.items() {
            Some(items) => (value.range().start, items.collect()),
            None => (name.range().end, vec![value]),
        };
        let names: Vec<&str> = items.iter().map(|item| item.text().unwrap_or_default().trim()).collect();
        let Some((at, fate)) = swap.first(&names) else { return Some(text) };
        // A YAML alias (`*name`) is represented by the node of its anchor, whose range lies elsewhere in the text.
        let before = if at == 0 { start.max(name.range().end) } else { items[at - 1].range().end };
        let range = items[at].range();
        if range.start < before || range.end > value.range().end {
            return None;
        }
        let is_flow = text[value.range()].starts_with('[');
        let (range, new) = match fate {
            EditOutcome::Replaced(title) => (range.clone(), written(&title, &text[range], is_flow)?),
            EditOutcome::Dropped if value.items().is_none() => {
                let gap = text[..range.start].len() - text[..range.start].trim_end_matches(' ').len();
                (range.start - gap..range.end, String::new())
            }
            EditOutcome::Dropped if is_flow => (flow_item(&text, value.range(), &items, at)?, String::new()),
            EditOutcome::Dropped => (block_item(&text, range)?, String::new()),
        };
        text.replace_range(range, &new);
    }
    None
}

/// The byte range to delete with an item of a flow sequence (`[a, b]`): the item with its comma, and the whole line
/// when nothing else is on it. `None` when an anchor or a tag precedes the item.
fn flow_item(text: &str, list: Range<usize>, items: &[NodeRef<'_>], at: usize) -> Option<Range<usize>> {
    let item = items[at].range();
    let before = if at == 0 { list.start + 1 } else { items[at - 1].range().end };
    let after = items.get(at + 1).map_or(list.end - 1, |next| next.range().start);
    // An anchor or a tag belongs to the item; the anchor may be referred to elsewhere.
    if !is_gap(text.get(before..item.start)?) {
        return None;
    }
    let Some(comma) = comma(text.get(item.end..after)?) else {
        let comma_before = comma_at(text, before, item.start);
        return Some(match comma_before {
            Some(at) if text[at + 1..item.start].trim().is_empty() => at..item.end,
            _ => item,
        });
    };
    let end = item.end + comma + 1;
    let (line_start, line_end) = (start_of_line(text, item.start), end_of_line(text, end));
    let rest = text[end..line_end].trim();
    if line_start >= list.start && text[line_start..item.start].trim().is_empty() && is_gap(rest) {
        return Some(line_start..line_end);
    }
    let after = text[end..].trim_start_matches([' ', '\t']);
    // In YAML, `#` starts a comment only after white space, so that one is left in place.
    let spaces = if after.starts_with('#') { 0 } else { text.len() - end - after.len() };
    Some(item.start..end + spaces)
}

/// The byte range of the lines of a block sequence item (`- a`); `None` when more than the dash precedes it.
fn block_item(text: &str, item: Range<usize>) -> Option<Range<usize>> {
    let start = start_of_line(text, item.start);
    (text[start..item.start].trim() == "-").then(|| start..end_of_line(text, item.end))
}

/// Whether the text between items is only white space, commas and comments.
fn is_gap(text: &str) -> bool {
    text.lines().map(|line| line.trim_matches([' ', '\t', ','])).all(|line| line.is_empty() || line.starts_with('#'))
}

fn comma_at(text: &str, from: usize, to: usize) -> Option<usize> {
    comma(&text[from..to]).map(|at| from + at)
}

/// The offset of the first comma outside comments.
fn comma(text: &str) -> Option<usize> {
    let mut comment = false;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '#' => comment = true,
            '\n' => comment = false,
            ',' if !comment => return Some(at),
            _ => {}
        }
        None
    })
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The offset after the line break that ends the line of `at`.
fn end_of_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Returns the front matter with `names` added to the list under `key`, in the style of an existing one, or as a new flow
/// list after `title`.
pub(super) fn add(front: &str, key: &str, names: &[String]) -> Option<String> {
    let tree = spanned::parse(front).ok()?;
    let line_end = if front.contains("\r\n") { "\r\n" } else { "\n" };
    let inline = |names: &[String]| {
        Some(names.iter().map(|name| written(name, "", true)).collect::<Option<Vec<_>>>()?.join(", "))
    };
    let (range, new) = match tree.root().get(key) {
        None => {
            let (title, value) = tree.root().get("title")?;
            let indent = &front[start_of_line(front, title.range().start)..title.range().start];
            if !indent.trim().is_empty() {
                return None;
            }
            let at = end_of_line(front, value.range().end);
            (at..at, format!("{indent}{key}: [{}]{line_end}", inline(names)?))
        }
        Some((key, value)) if value.is_null() && value.range().is_empty() => {
            let at = key.range().end + front[key.range().end..].find(':')? + 1;
            (at..at, format!(" [{}]", inline(names)?))
        }
        Some((_, value)) if value.is_null() => (value.range(), format!("[{}]", inline(names)?)),
        Some((key, value)) if value.range().start < key.range().end => return None,
        Some((_, value)) => match (value.items().map(Iterator::collect::<Vec<_>>), value.text()) {
            (Some(items), _) if front[value.range()].starts_with('[') => match items.last() {
                Some(last) => (last.range().end..last.range().end, format!(", {}", inline(names)?)),
                None => (value.range(), format!("[{}]", inline(names)?)),
            },
            (Some(items), _) => {
                let last = items.last()?.range();
                let dash = &front[start_of_line(front, last.start)..last.start];
                if dash.trim() != "-" {
                    return None;
                }
                let at = end_of_line(front, last.end);
                let lines = names.iter().map(|name| Some(format!("{dash}{}{line_end}", written(name, "", false)?)));
                (at..at, lines.collect::<Option<String>>()?)
            }
            (None, Some(single)) => {
                let old = &front[value.range()];
                let old = if old.starts_with(['"', '\'']) { old.to_owned() } else { written(single, "", true)? };
                (value.range(), format!("[{old}, {}]", inline(names)?))
            }
            (None, None) => return None,
        },
    };
    let mut text = front.to_owned();
    text.replace_range(range, &new);
    Some(text)
}

/// A name as a YAML scalar in the quoting style of `old`; `None` for block scalars (`|`, `>`), which are not rewritten.
/// A name that plain style would misread gets double quotes.
pub(super) fn written(name: &str, old: &str, is_flow: bool) -> Option<String> {
    let quoted = || serde_json::to_string(name).ok();
    match old.bytes().next() {
        Some(b'\'') => Some(format!("'{}'", name.replace('\'', "''"))),
        Some(b'"') => quoted(),
        Some(b'|' | b'>') => None,
        _ if is_plain(name, is_flow) => Some(name.to_owned()),
        _ => quoted(),
    }
}

/// Whether the name as a plain scalar parses back as that string, rather than as a number, boolean or other syntax.
fn is_plain(name: &str, is_flow: bool) -> bool {
    let text = if is_flow { format!("[{name}]") } else { format!("- {name}\n") };
    let Ok(tree) = spanned::parse(&text) else { return false };
    let Some(items) = tree.root().items() else { return false };
    let items: Vec<NodeRef<'_>> = items.collect();
    matches!(&items[..], [item] if item.text() == Some(name) && item.scalar() == Some(Scalar::Text))
}
