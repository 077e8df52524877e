//! Masking parts of a text without moving anything else, so that parsers of the rest report the right line and column.

/// Overwrites bytes with spaces, except line feeds.
pub fn blank(bytes: &mut [u8]) {
    cover(bytes, b' ');
}

fn cover(bytes: &mut [u8], with: u8) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = with;
    }
}

/// Overwrites everything between pairs of delimiters, such as those of comments, and the delimiters themselves, with
/// one ASCII character. An unclosed pair extends to the end of the text.
pub fn cover_between(text: &str, pairs: &[(&str, &str)], with: char) -> String {
    debug_assert!(with.is_ascii());
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    let next = |at: usize| {
        let found = pairs.iter().filter_map(|(start, end)| Some((at + text[at..].find(start)?, *start, *end)));
        found.min_by_key(|(at, ..)| *at)
    };
    while let Some((from, start, end)) = next(at) {
        let inside = from + start.len();
        let to = text[inside..].find(end).map_or(text.len(), |length| inside + length + end.len());
        cover(&mut bytes[from..to], with as u8);
        at = to;
    }
    String::from_utf8(bytes).unwrap_or_default()
}
