//! Line wrapping for plain-text mail and terminals. Width is measured in columns; East Asian wide characters take two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Closing punctuation may exceed the width: no line of Chinese or Japanese may start with it.
const CLOSING: &str = "，。、；：？！）」』》】”’…";

/// Breaks `text` into lines of at most `width` columns. The first line starts with `first`, all others with `next`.
/// Lines break at spaces. A word longer than a line is broken anywhere, but an address is never broken.
pub fn wrap(text: &str, first: &str, next: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        let space = usize::from(!is_empty);
        if line.width() + space + word.width() <= width {
            line.push_str(if is_empty { "" } else { " " });
            line.push_str(word);
            is_empty = false;
            continue;
        }
        let is_wide = word.width() > word.chars().count();
        let is_long = next.width() + word.width() > width;
        if is_address(word) || !(is_wide || is_long) {
            // The number of a note stays on one line with its address.
            if line.starts_with('[') && is_address(word) && !line.contains(' ') {
                line.push(' ');
            } else if !is_empty {
                lines.push(std::mem::replace(&mut line, next.to_owned()));
            }
            line.push_str(word);
        } else {
            if is_wide || is_empty {
                line.push_str(if is_empty { "" } else { " " });
            } else {
                lines.push(std::mem::replace(&mut line, next.to_owned()));
            }
            for c in word.chars() {
                if line.width() + c.width().unwrap_or(0) > width && !CLOSING.contains(c) {
                    lines.push(std::mem::replace(&mut line, next.to_owned()));
                }
                line.push(c);
            }
        }
        is_empty = false;
    }
    if !is_empty {
        lines.push(line);
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The width of a text in terminal columns.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Whether a word is an address or a placeholder for one.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("mailto:") || word.contains("{{")
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_spaces_and_addresses_stay_whole() {
        assert_eq!(wrap("one two  three", "- ", "  ", 9), ["- one two", "  three"]);
        assert_eq!(wrap("see https://a.example/long now", "", "", 10), ["see", "https://a.example/long", "now"]);
        assert_eq!(wrap("[1] https://a.example/long", "", "", 10), ["[1] https://a.example/long"]);
        assert_eq!(wrap("", "> ", "> ", 9), [""; 0]);
        assert_eq!(wrap("abcdefghijkl m", "", "", 5), ["abcde", "fghij", "kl m"]);
    }

    #[test]
    fn wide_characters_count_twice_and_no_line_begins_with_a_full_stop() {
        assert_eq!(wrap("普京抵达北京，出席论坛。", "", "", 12), ["普京抵达北京，", "出席论坛。"]);
    }
}
