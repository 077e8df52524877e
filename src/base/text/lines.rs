//! A line index: finds the line and column of a byte without scanning from the start, so that many diagnostics in one
//! text, or on one very long line, stay cheap.

use std::ops::Range;

/// Distance in bytes between precomputed character counts.
const BLOCK: usize = 1024;

/// The line starts and character counts of one text. Every query must pass the text that the index was made from.
#[derive(Debug, Default)]
pub struct Lines {
    /// Byte offset of each line start.
    starts: Vec<usize>,
    /// Number of characters that start before each block.
    before: Vec<usize>,
}

impl Lines {
    /// Builds the index in one pass.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let breaks = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
        let mut count = 0;
        let before = bytes.chunks(BLOCK).map(|block| {
            let here = count;
            count += characters(block);
            here
        });
        Self { before: before.collect(), starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line that contains a byte, counted from 0.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The byte range of a line (from 0) without its line break; an empty range at the end when there is no such line.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let Some(start) = self.starts.get(line) else { return text.len()..text.len() };
        let end = self.starts.get(line + 1).map_or(text.len(), |next| next - 1);
        *start..start + text[*start..end].trim_end_matches('\r').len()
    }

    /// Number of characters in a byte range.
    pub fn width(&self, text: &str, range: Range<usize>) -> usize {
        if range.len() <= BLOCK {
            return characters(&text.as_bytes()[range]);
        }
        self.position(text, range.end) - self.position(text, range.start)
    }

    /// The byte offset of the character that is `count` characters after the one at `from`; the end of the text when it
    /// is shorter.
    pub fn after(&self, text: &str, from: usize, count: usize) -> usize {
        let wanted = self.position(text, from) + count;
        let block = self.before.partition_point(|before| *before <= wanted).saturating_sub(1);
        let mut left = wanted - self.before.get(block).copied().unwrap_or(0);
        for (at, byte) in text.as_bytes().iter().enumerate().skip(block * BLOCK) {
            if is_start(*byte) {
                if left == 0 {
                    return at;
                }
                left -= 1;
            }
        }
        text.len()
    }

    /// Number of characters that start before a byte.
    fn position(&self, text: &str, at: usize) -> usize {
        let block = at / BLOCK;
        let known = self.before.get(block).copied();
        let block = if known.is_some() { block } else { block.saturating_sub(1) };
        self.before.get(block).copied().unwrap_or(0) + characters(&text.as_bytes()[block * BLOCK..at])
    }
}

fn characters(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

/// Whether a byte starts a character of UTF-8.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_counts_as_one_would_by_hand(text in "[aéあ\r\n😀]{0,1500}", at in 0_usize..6000, count in 0_usize..1600) {
            let lines = Lines::of(&text);
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            assert_eq!(lines.line(at), text[..at].matches('\n').count());
            assert_eq!(lines.width(&text, 0..at), text[..at].chars().count());
            assert_eq!(lines.width(&text, at..text.len()), text[at..].chars().count());
            let by_hand = text[at..].char_indices().nth(count).map_or(text.len(), |(byte, _)| at + byte);
            assert_eq!(lines.after(&text, at, count), by_hand);
            let line = lines.line(at);
            let whole = text.split('\n').nth(line).expect("it is there");
            assert_eq!(&text[lines.range(&text, line)], whole.trim_end_matches('\r'));
        }
    }
}
