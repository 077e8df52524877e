//! Lines that Goldmark reads otherwise than `CommonMark` with the extensions of GitHub has them, written so that both read
//! the same: boxes of tasks without a space behind them, or alone on their line.

use crate::import::moving::text::code_spans::Mask;

/// A text with such lines written out; all lines keep their number.
pub(super) fn plain(text: &str) -> String {
    let mut mask = Mask::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut before = "";
    for line in text.split_inclusive('\n') {
        let is_code = mask.end(at).is_some();
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

/// What the line after a box of a task that stands alone begins with, so that it is sure to go on with the item: without
/// it `pulldown_cmark` ends the item there, as no text precedes.
fn under_lone_task(line: &str) -> Option<String> {
    let (marks, rest) = containers(line);
    let is_item = marks.trim_end().ends_with(['*', '-', '+', '.', ')']);
    let is_alone = matches!(rest.trim_end(), "[ ]" | "[x]" | "[X]");
    (is_item && is_alone).then(|| marks.chars().map(|c| if c == '>' { c } else { ' ' }).collect())
}

/// Whether a line can only be words that go on with those before them.
fn goes_on(line: &str) -> bool {
    let is_mark = |rest: &str| rest.starts_with(['*', '_']) && !rest[1..].starts_with([' ', '*', '_', '\n']);
    line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '(')) && containers(line).0.is_empty()
        || is_mark(line)
}

/// The marks at the start of a line that open lists and quotations, and what follows them.
pub(super) fn containers(line: &str) -> (&str, &str) {
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

/// A line whose box of a task, such as `- [x]done`, is followed by a space.
fn task(line: &str) -> String {
    let (marks, rest) = containers(line);
    let is_item = marks.trim_end().ends_with(['*', '-', '+', '.', ')']);
    match ["[ ]", "[x]", "[X]"].into_iter().find(|mark| rest.starts_with(mark)).filter(|_| is_item) {
        // With a bracket or a colon behind it, it is a link or its definition.
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
