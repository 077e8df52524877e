//! In-place edits of the front matter of a draft: only the line of `draft` and the value of `date` change.

use std::ops::Range;

use crate::base::yaml::spanned;
use crate::content::front;

/// The text of the file at `path` without `draft`, and with `date` where one is given. `None` for front matter that cannot
/// be edited by byte ranges, such as a map in braces.
pub(super) fn released(path: &str, text: &str, date: Option<&str>) -> Option<String> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let parts = front::split(path, &text[mark..]).ok()?;
    let start = mark + text[mark..].find('\n')? + 1;
    let mut front = parts.front.to_owned();
    let tree = spanned::parse(&front).ok()?;
    let (key, value) = tree.root().get("draft")?;
    let draft = line(&front, key.range().start..value.range().end)?;
    let mut edits = match (date, tree.root().get("date")) {
        (None, _) => vec![(draft, String::new())],
        (Some(date), Some((key, value))) => {
            // A YAML alias is represented by the node of its anchor, whose range lies elsewhere in the text.
            let range = Some(value.range()).filter(|range| range.start > key.range().end && !range.is_empty())?;
            vec![(draft, String::new()), (range, date.to_owned())]
        }
        // The name of the file has the day.
        (Some(date), None) => {
            let text = &front[draft.clone()];
            let (indent, end) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
            vec![(draft.clone(), format!("{indent}date: {date}{end}"))]
        }
    };
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in edits {
        front.replace_range(range, &new);
    }
    Some(format!("{}{front}{}", &text[..start], &text[start + parts.front.len()..]))
}

/// The whole line of an entry that has it for itself, with its comment.
fn line(front: &str, entry: Range<usize>) -> Option<Range<usize>> {
    let start = front[..entry.start].rfind('\n').map_or(0, |end| end + 1);
    let end = front[entry.end..].find('\n').map_or(front.len(), |end| entry.end + end + 1);
    let rest = front[entry.end..end].trim();
    let is_alone = front[start..entry.start].trim().is_empty() && (rest.is_empty() || rest.starts_with('#'));
    is_alone.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_released(before: &str, after: Option<&str>) {
        let whole = |front: &str| format!("---\n{front}\n---\n\ndraft: true\n");
        let done = released("a.md", &whole(before), Some("2023-10-19T06:00:00Z"));
        assert_eq!(done, after.map(whole), "{before}");
    }

    #[test]
    fn no_other_byte_changes() {
        assert_released(
            "title:  A  # draft: true\ndate: \"2023-10-17\" # Tuesday\ndraft: true   # for Lin\nextra: {date: 1}",
            Some("title:  A  # draft: true\ndate: 2023-10-19T06:00:00Z # Tuesday\nextra: {date: 1}"),
        );
        assert_released("draft: yes\r\ndate: 2023-10-17\r\nx: 1\r", Some("date: 2023-10-19T06:00:00Z\r\nx: 1\r"));
        assert_released("{title: A, date: 2023-10-17, draft: true}", None);
        assert_released("title: A\ndraft: true\nx: 1", Some("title: A\ndate: 2023-10-19T06:00:00Z\nx: 1"));
        assert_released("title: A\ndate:\ndraft: true", None);
    }
}
