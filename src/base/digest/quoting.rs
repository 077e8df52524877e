//! Strings on one line, and long ones cut, as a listing shows them.

use std::fmt::{self, Write};

use super::value::Digest;

/// Longest string that is listed whole, in bytes.
const WHOLE: usize = 60;

/// The start of a text longer than `limit`, leaving room for its length and digest.
fn beginning(text: &str, limit: usize) -> &str {
    let end = (0..=limit * 3 / 4).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Writes at most so many bytes of a text; of a longer one its start, length and digest.
pub(super) fn cut(text: &str, limit: usize, out: &mut String) -> fmt::Result {
    if text.len() <= limit {
        out.push_str(text);
        return Ok(());
    }
    let beginning = beginning(text, limit);
    write!(out, "{beginning}… ({} bytes, {})", text.len(), Digest::of(text.as_bytes()).short())
}

/// Writes a quoted string on one line, truncated like [`cut`].
pub(super) fn quote(text: &str, out: &mut String) -> fmt::Result {
    let is_whole = text.len() <= WHOLE;
    let mut rest = if is_whole { text } else { beginning(text, WHOLE) };
    out.push('"');
    while let Some(at) = first_special(rest.as_bytes()) {
        let (before, special) = rest.split_at(at);
        let mut after = special.chars();
        let first = after.next().unwrap_or_default();
        out.push_str(before);
        if first.is_control() {
            out.extend(first.escape_default());
        } else {
            out.push(first);
        }
        rest = after.as_str();
    }
    out.push_str(rest);
    if is_whole {
        out.push('"');
        return Ok(());
    }
    write!(out, "…\" ({} bytes, {})", text.len(), Digest::of(text.as_bytes()).short())
}

/// Where a character begins that may be a control character: in ASCII, or from U+0080 to U+009F. Most strings have none.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let is_special = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2);
    let (blocks, _) = bytes.as_chunks::<16>();
    // No branch for each byte: the compiler examines a whole block at once.
    let is_plain = |block: &&[u8; 16]| block.iter().fold(0, |found, byte| found | u8::from(is_special(*byte))) == 0;
    let plain = 16 * blocks.iter().take_while(is_plain).count();
    bytes[plain..].iter().position(|byte| is_special(*byte)).map(|found| plain + found)
}
