//! Strings on one line, and long ones cut, as a listing shows them.

use std::fmt::Write;

use super::value::Digest;

/// Longest string that is listed whole, in bytes.
pub(super) const WHOLE: usize = 60;

/// The start of a text longer than `limit`, leaving room for its length and digest.
pub(super) fn beginning(text: &str, limit: usize) -> &str {
    let end = (0..=limit * 3 / 4).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Writes at most so many bytes of a text; of a longer one its start, length and digest.
pub(super) fn cut(text: &str, limit: usize, out: &mut String) {
    if text.len() <= limit {
        out.push_str(text);
        return;
    }
    let beginning = beginning(text, limit);
    let _ = write!(out, "{beginning}… ({} bytes, {})", text.len(), Digest::of(text.as_bytes()).short());
}

/// Writes a quoted string on one line.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    escape(text, out);
    out.push('"');
}

/// Writes the beginning of a string like [`quote`].
pub(super) fn quote_beginning(text: &str, out: &mut String) {
    out.push('"');
    escape(text, out);
    out.push_str("…\"");
}

fn escape(text: &str, out: &mut String) {
    for char in text.chars() {
        if char.is_control() { out.extend(char.escape_default()) } else { out.push(char) }
    }
}
