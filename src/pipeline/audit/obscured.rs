//! Words in which something stands: a character reference, an escape, an inline tag or an invisible character. The search
//! in raw bytes does not see them, so a text with such a word is normalized.

use std::ops::Range;

use super::formats;
use super::words::{INVISIBLE, is_invisible, is_mark};
use crate::base::html;

/// Bytes of a tag that are read at most.
const LONGEST_TAG: usize = 512;
/// The maximum number of tags and references in a row within a word.
const ROW: usize = 8;
/// The number of bytes on each side that must be text. Pictures contain the bytes of any character by chance.
const NEAR: usize = 12;

/// Returns the characters that a word may contain unseen: the invisible ones, and the two letters that Turkish capitals
/// and small letters do not share with other languages.
pub(super) fn characters() -> impl Iterator<Item = char> {
    INVISIBLE.iter().cloned().flatten().chain(['ı', 'İ'])
}

/// Whether one of these [`characters`] stands within a word.
pub(super) fn is_within_word(bytes: &[u8], range: &Range<usize>) -> bool {
    let is_invisible = bytes.get(range.clone()).is_some_and(|c| first(c).is_some_and(is_invisible));
    is_text(bytes, range) && (!is_invisible || is_wordy(last(&bytes[..range.start])) && goes_on(bytes, range.end))
}

/// Whether a word is written with a character reference, a JSON escape or an inline tag within it.
pub(super) fn is_anywhere(bytes: &[u8]) -> bool {
    memchr::memchr3_iter(b'<', b'&', b'\\', bytes).any(|at| {
        // In JSON, the letter of `\n` is no part of a word.
        let is_escape = || matches!(bytes[..at], [.., b'\\', b'n' | b'r' | b't']);
        let follows = || is_wordy(last(&bytes[..at])) && !is_escape();
        match bytes[at] {
            b'<' => {
                bytes.get(at + 1).is_some_and(|next| *next == b'/' || next.is_ascii_alphabetic())
                    && follows()
                    && goes_on(bytes, at)
            }
            b'&' => is_letter_reference(bytes, at) || follows() && goes_on(bytes, at),
            _ => {
                let (c, _) = formats::unescaped(bytes, at);
                bytes.get(at + 1) == Some(&b'u')
                    && (c.is_alphanumeric() || is_invisible(c))
                    && is_text(bytes, &(at..at + 1))
            }
        }
    })
}

fn is_letter_reference(bytes: &[u8], at: usize) -> bool {
    let (c, end) = formats::unescaped(bytes, at);
    end > at + 1 && c.is_alphanumeric()
}

/// Whether a word goes on after the tags, references and invisible characters at this offset.
fn goes_on(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..ROW {
        let (c, end) = match bytes.get(at) {
            Some(b'&') => formats::unescaped(bytes, at),
            Some(_) => match first(&bytes[at..]) {
                Some(c) => (c, at + c.len_utf8()),
                None => return false,
            },
            None => return false,
        };
        at = if c == '<' {
            let Some(end) = tag_end(bytes, end) else { return false };
            end
        } else if is_invisible(c) {
            end
        } else {
            return is_wordy(Some(c));
        };
    }
    // A text with this much markup is worth the full search.
    true
}

/// Returns the end of the inline tag whose name or slash is at this offset.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = &bytes[from..bytes.len().min(from + LONGEST_TAG)];
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = std::str::from_utf8(&name[..length]).ok().filter(|name| html::is_inline(name))?;
    let length = rest.iter().position(|byte| *byte == b'>' || *byte == b';')?;
    let is_end = rest[length] == b'>' || rest[..length].ends_with(b"&gt");
    let is_tag = is_end && length >= name.len() && is_plain(&rest[..length]);
    is_tag.then_some(from + length + 1)
}

/// Whether the bytes around a range are text.
fn is_text(bytes: &[u8], range: &Range<usize>) -> bool {
    is_plain(&bytes[range.start.saturating_sub(NEAR)..range.start])
        && is_plain(&bytes[range.end..bytes.len().min(range.end + NEAR)])
}

/// Whether bytes are a part of a text: UTF-8, but for a character that is cut at an end, without control characters.
fn is_plain(bytes: &[u8]) -> bool {
    let cut = bytes.iter().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    let text = match std::str::from_utf8(&bytes[cut..]) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[cut..cut + error.valid_up_to()]).unwrap_or("")
        }
        Err(_) => return false,
    };
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

fn is_wordy(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || is_mark(c))
}

fn first(bytes: &[u8]) -> Option<char> {
    let near = &bytes[..bytes.len().min(4)];
    let valid = std::str::from_utf8(near).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&near[..valid]).ok()?.chars().next()
}

fn last(bytes: &[u8]) -> Option<char> {
    let start = bytes.iter().rposition(|byte| byte & 0xc0 != 0x80)?;
    first(bytes.get(start..)?).filter(|c| start + c.len_utf8() == bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_obscured(text: &str) -> bool {
        let within =
            |c: char| text.match_indices(c).any(|(at, found)| is_within_word(text.as_bytes(), &(at..at + found.len())));
        is_anywhere(text.as_bytes()) || characters().any(within)
    }

    #[test]
    fn a_word_with_something_in_it_is_noticed() {
        for text in [
            "Mi&shy;nisters",
            "Mi\u{ad}nisters",
            "Mi&#173;nisters",
            "Mi&amp;shy;nisters",
            "M&#105;nisters",
            "M&uuml;ller",
            "<b>M</b>inisters",
            "&lt;b&gt;M&lt;/b&gt;inisters",
            "Mi<wbr>nisters",
            "Mi<wbr>&shy;<b>n</b> isters",
            "M\\u00fcller",
            "部\u{200b}长",
            "kapıyı",
        ] {
            assert!(is_obscured(text), "{text}");
        }
        for text in [
            "<p>Ministers <em>close</em> the <a href=\"/x/\">port</a>.</p><p>Ministers</p>",
            "AT&amp;T &lt;p&gt;Ministers&lt;/p&gt;&lt;p&gt;close&lt;/p&gt; it&#x27;s",
            "a \u{200f}b\u{200e} 1 < 2, a<b c, say \\n \\u003c",
            "<td>x</td><td>y</td>",
            "a.\\n<code>b</code> c\\n<em>d</em> e",
        ] {
            assert!(!is_obscured(text), "{text}");
        }
        assert!(!is_within_word(b"\x00a\xc2\xadb\xff", &(2..4)), "a picture");
    }
}
