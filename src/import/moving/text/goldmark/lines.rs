//! Rewrites lines that Goldmark parses differently from `CommonMark` with GitHub's extensions, so that both agree: task
//! boxes without a space after them, or alone on their line.

use crate::import::moving::text::code_spans::Mask;

/// Returns a text with such lines rewritten. Line numbers stay the same.
pub(super) fn plain(text: &str) -> String {
    let mut mask = Mask::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut before = "";
    for line in text.split_inclusive('\n') {
        // Code that is indented begins behind its indentation.
        let indent = (line.len() - line.trim_start_matches([' ', '\t']).len()).min(line.len() - 1);
        let is_code = mask.end(at + indent).is_some();
        at += line.len();
        if is_code {
            out.push_str(line);
        } else {
            out.push_str(&under_lone_task(before).filter(|_| goes_on(line)).unwrap_or_default());
            out.push_str(&task(line));
        }
        before = if is_code { "" } else { line };
    }
    out
}

/// Returns the prefix for the line after a lone task box, which makes it continue the list item. Without it,
/// `pulldown_cmark` ends the item, because the item has no text yet.
fn under_lone_task(line: &str) -> Option<String> {
    let (marks, rest) = containers(line);
    let is_item = marks.trim_end().ends_with(['*', '-', '+', '.', ')']);
    let is_alone = matches!(rest.trim_end(), "[ ]" | "[x]" | "[X]");
    (is_item && is_alone).then(|| marks.chars().map(|c| if c == '>' { c } else { ' ' }).collect())
}

/// Whether a line can only be a paragraph continuation.
fn goes_on(line: &str) -> bool {
    let is_mark = |rest: &str| rest.starts_with(['*', '_']) && !rest[1..].starts_with([' ', '*', '_', '\n']);
    line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '(')) && containers(line).0.is_empty()
        || is_mark(line)
}

/// Splits a line into its list and block quote markers and the rest.
pub(in crate::import::moving::text) fn containers(line: &str) -> (&str, &str) {
    let mut rest = line;
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = match bare.strip_prefix('>') {
            Some(after) => Some(after),
            None => match bare.strip_prefix(['*', '-', '+']) {
                Some(after) => Some(after).filter(|after| after.is_empty() || after.starts_with([' ', '\t'])),
                None if bare.len() - number.len() > 0 && bare.len() - number.len() < 10 => {
                    number.strip_prefix(['.', ')']).filter(|after| after.is_empty() || after.starts_with([' ', '\t']))
                }
                None => None,
            },
        };
        match after {
            Some(after) => rest = after,
            None => return line.split_at(line.len() - bare.len()),
        }
    }
}

/// Inserts the space after a task box such as `- [x]done`.
fn task(line: &str) -> String {
    let (marks, rest) = containers(line);
    let is_item = marks.trim_end().ends_with(['*', '-', '+', '.', ')']);
    match ["[ ]", "[x]", "[X]"].into_iter().find(|mark| rest.starts_with(mark)).filter(|_| is_item) {
        // Before a parenthesis or a colon, the brackets are a link or its definition.
        Some(mark) if !matches!(rest[3..].chars().next(), None | Some(' ' | '\t' | '\r' | '\n' | '(' | ':')) => {
            format!("{marks}{mark} {}", &rest[3..])
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_written_as_both_read_them() {
        for (text, expected) in [
            ("- [ ]日本\n- [x]done\n", "- [ ] 日本\n- [x] done\n"),
            ("* [ ][x] y", "* [ ] [x] y"),
            ("- [x](/a) [ ]b\n[x]c\n- [x]: d", "- [x](/a) [ ]b\n[x]c\n- [x]: d"),
            ("```\n- [ ]x\n```\n- [ ]\n", "```\n- [ ]x\n```\n- [ ]\n"),
            ("    * [ ]a\n\nb\n\n- c\n\n      - [ ]d\n\t- [ ]e", "    * [ ]a\n\nb\n\n- c\n\n      - [ ]d\n\t- [ ] e"),
            ("1. [x]\na *b*\n# c", "1. [x]\n   a *b*\n# c"),
            ("> - [ ]\n*a*\n\n- [ ]\n\nb", "> - [ ]\n>   *a*\n\n- [ ]\n\nb"),
            ("- [ ]\n- [x]\n1. a\n- [x]\n**\n", "- [ ]\n- [x]\n1. a\n- [x]\n**\n"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        for (line, marks) in [("> * >> a", "> * >> "), ("  12. > a", "  12. > "), ("*a*", ""), ("1.5", ""), ("-", "-")]
        {
            assert_eq!(containers(line).0, marks, "{line}");
        }
    }
}
