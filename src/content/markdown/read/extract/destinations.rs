//! Finds the destinations of links in the source (`CommonMark`, sections 4.7 and 6.3).

use std::ops::Range;

/// The destination of an inline link or picture; `open` is the byte after the parenthesis.
pub(in crate::content::markdown) fn inline(text: &str, open: usize) -> Range<usize> {
    destination(text, open)
}

/// The destination in a link reference definition.
pub(in crate::content::markdown) fn defined(text: &str, definition: &Range<usize>) -> Option<Range<usize>> {
    let mut escaped = false;
    for (at, c) in text.get(definition.clone())?.char_indices() {
        if c == ']' && !escaped {
            let colon = definition.start + at + 1;
            return text[colon..].starts_with(':').then(|| destination(text, colon + 1));
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn destination(text: &str, from: usize) -> Range<usize> {
    let mut start = from;
    let mut is_new_line = false;
    for c in text[from..].chars() {
        // Lines in a block quotation start with its marker.
        if !(c.is_ascii_whitespace() || is_new_line && c == '>') {
            break;
        }
        is_new_line |= c == '\n';
        start += c.len_utf8();
    }
    let is_pointed = text[start..].starts_with('<');
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in text[start..].char_indices() {
        let end = start + at;
        match c {
            _ if escaped => {}
            '>' if is_pointed => return start..end + 1,
            '(' if !is_pointed => depth += 1,
            ')' if !is_pointed && depth == 0 => return start..end,
            ')' if !is_pointed => depth -= 1,
            c if !is_pointed && (c.is_ascii_whitespace() || c.is_ascii_control()) => return start..end,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    start..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_found_in_each_form() {
        for (text, expected) in [
            ("(a.md)", "a.md"),
            ("( a(b(c))d \"t (x)\")", "a(b(c))d"),
            ("(<a b> 't')", "<a b>"),
            ("(a\\)b)", "a\\)b"),
            ("()", ""),
            ("(<>)", "<>"),
            ("(\n> a.md\n> \"t\")", "a.md"),
        ] {
            assert_eq!(&text[inline(text, 1)], expected, "{text}");
        }
        for (text, expected) in [
            ("[a]: b.md", Some("b.md")),
            ("[a\\]: x]:\n  <b c> 't'", Some("<b c>")),
            ("[a]:b.md\n", Some("b.md")),
            ("[a] b", None),
        ] {
            assert_eq!(defined(text, &(0..text.len())).map(|range| &text[range]), expected, "{text}");
        }
    }
}
