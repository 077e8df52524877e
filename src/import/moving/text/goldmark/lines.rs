//! Rewrites lines that Goldmark parses differently from `CommonMark` with GitHub's extensions, so that both agree: task
//! boxes without a space after them, or alone on their line, and lists below empty items of another kind.

use crate::import::moving::text::code_spans::Mask;

/// Returns a text with such lines rewritten. Line numbers stay the same.
pub(super) fn plain(text: &str) -> String {
    let mut mask = Mask::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut before = "";
    // The indentation of a list that stands beside the one above it: where it begins, and how much of it is left out.
    let mut moved: Option<(usize, usize)> = None;
    for line in text.split_inclusive('\n') {
        // Code that is indented begins behind its indentation.
        let indent = (line.len() - line.trim_start_matches([' ', '\t']).len()).min(line.len() - 1);
        let is_code = mask.end(at + indent).is_some();
        at += line.len();
        if !is_code {
            out.push_str(&under_lone_task(before).filter(|_| goes_on(line)).unwrap_or_default());
            moved = under_empty_item(before, line).or(moved);
        }
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let bare = match moved {
            Some((inner, gap)) if spaces >= inner => &line[gap..],
            _ if !line.trim().is_empty() && (item(line).is_some() || before.trim().is_empty()) => {
                moved = None;
                line
            }
            _ => line,
        };
        out.push_str(&if is_code { bare.to_owned() } else { task(bare) });
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

/// Returns the indentation of a list below an empty item of a list of another kind, and how much of it is left out:
/// Goldmark takes the two for lists side by side, `CommonMark` one for part of the other.
fn under_empty_item(before: &str, line: &str) -> Option<(usize, usize)> {
    let ((outer, one, is_empty), (inner, other, _)) = (item(before)?, item(line)?);
    (is_empty && outer < inner && inner < 4 && one != other).then(|| (inner, inner - outer))
}

/// Returns the indentation of a list item, its sign, and whether it has no text; none when the line begins with
/// another marker or with text.
fn item(line: &str) -> Option<(usize, char, bool)> {
    let bare = line.trim_start_matches(' ');
    let (marks, rest) = containers(bare);
    let sign = marks.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()?;
    (sign != '>').then(|| (line.len() - bare.len(), sign, marks.trim_end().ends_with(sign) && rest.trim().is_empty()))
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
            ("* \n  1. a\nd\n  2. b\n     c\n- \n  - c\n", "* \n1. a\nd\n2. b\n   c\n- \n  - c\n"),
            ("* \n  1. a\n\n     ```\n     b\n     ```\n\nc\n\n   d", "* \n1. a\n\n   ```\n   b\n   ```\n\nc\n\n   d"),
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
