//! Escapes plain text for Markdown.

/// A line of plain text without any Markdown syntax.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek();
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' => true,
            // Only where it could start a character reference, or end a heading.
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            '#' => next.is_none_or(|next| *next == '#'),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Inline text that is read literally: no syntax, no links, no smart punctuation.
pub(super) fn literal(text: &str) -> String {
    marked(text, |c| c.is_ascii_punctuation() && !">/=,;?()+%$".contains(c))
}

/// Lines of plain text, none of which starts a block.
pub(super) fn escaped_lines(text: &str) -> String {
    text.lines().map(|line| marked(line.trim(), |c| c.is_ascii_punctuation())).collect::<Vec<_>>().join("\n")
}

fn marked(text: &str, is_sign: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if is_sign(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address as a link destination (`CommonMark`, section 6.3).
pub(super) fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            c if c.is_ascii_control() || matches!(c, ' ' | '<' | '>' | '|' | '\\' | '(' | ')') => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            '&' if is_reference(&address[at + 1..]) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether the text after `&` could complete a character reference.
fn is_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    name.starts_with(';')
}
