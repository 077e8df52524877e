//! Escaping for HTML, and removal of characters that documents may not contain.

/// Escapes text for HTML content and quoted attributes.
pub fn escape_html(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match special.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &special[1..];
    }
    out.push_str(rest);
}

/// Removes the characters that neither HTML nor XML 1.0 allows: control characters other than tab, line feed and
/// carriage return, and Unicode noncharacters. Word processors and wire services leave them in copy, where nobody can
/// see them.
pub fn without_controls(text: String) -> String {
    if all_characters(&text, is_allowed) { text } else { text.chars().filter(|c| is_allowed(*c)).collect() }
}

/// Whether `is_fine` holds for all characters. It is asked only about those that may be a control character or a
/// noncharacter, and must hold for all others.
pub fn all_characters(text: &str, is_fine: impl Fn(char) -> bool) -> bool {
    let mut at = 0;
    while let Some(found) = next_special(text.as_bytes(), at) {
        if !text[found..].chars().next().is_none_or(&is_fine) {
            return false;
        }
        at = found + 1;
    }
    true
}

/// The first byte from `at` on for which `may_be_special` holds. Most blocks of bytes have none; they are examined
/// without a branch, which the compiler turns into a few instructions for all of a block.
fn next_special(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = &bytes[at..];
    let (blocks, _) = bytes.as_chunks::<32>();
    let is_plain = |block: &&[u8; 32]| block.iter().fold(0, |found, byte| found | u8::from(may_be_special(*byte))) == 0;
    let plain = 32 * blocks.iter().take_while(is_plain).count();
    bytes[plain..].iter().position(|byte| may_be_special(*byte)).map(|found| at + plain + found)
}

/// Whether a character that starts with this byte of UTF-8 may be a control character or a noncharacter: ASCII controls;
/// U+0080 to U+00BF; and U+F000 and above.
#[expect(clippy::needless_bitwise_bool, reason = "branches keep the compiler from examining many bytes at once")]
fn may_be_special(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\n') & (byte != b'\t') & (byte != b'\r')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte >= 0xef)
}

/// Whether HTML and XML 1.0 both allow a character.
pub fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe && !('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_not_allowed_is_removed_and_nothing_else(
            before in "[a-z é]{0,70}",
            other in "[\u{0}-\u{9f}\u{a0}«\u{d7ff}\u{e000}\u{efff}\u{f000}\u{fdcf}-\u{fdf0}\u{fffd}-\u{10001}\u{1fffd}-\u{1ffff}\u{10fffe}😀]{0,4}",
            after in "[a-z]{0,70}",
        ) {
            let text = format!("{before}{other}{after}");
            let kept: String = text.chars().filter(|c| is_allowed(*c)).collect();
            assert_eq!(without_controls(text), kept);
        }
    }

    #[test]
    fn markup_is_escaped_wherever_it_stands() {
        let mut out = String::from("x");
        escape_html("<é & \"あ\">", &mut out);
        assert_eq!(out, "x&lt;é &amp; &quot;あ&quot;&gt;");
    }
}
