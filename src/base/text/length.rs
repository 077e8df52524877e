//! Measuring text: truncation, word count, reading time.

/// Truncates plain text to at most `limit` characters, at a word boundary, with an ellipsis.
pub fn truncate(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let kept = &text[..end];
    let kept = kept.rfind(char::is_whitespace).filter(|at| *at > limit / 2).map_or(kept, |at| &kept[..at]);
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-')))
}

/// Counts the words of a text. For scripts without spaces, two ideographs count as one word, so that the reading time
/// comes out right.
pub fn count_words(text: &str) -> usize {
    let (mut words, mut ideographs, mut in_word) = (0, 0usize, false);
    // ASCII, the common case, needs no decoding.
    if text.is_ascii() {
        for byte in text.bytes() {
            let counts = byte.is_ascii_alphanumeric();
            words += usize::from(counts && !in_word);
            in_word = (in_word || counts) && (byte > b' ');
        }
        return words;
    }
    for c in text.chars() {
        if is_ideograph(c) {
            ideographs += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() {
            in_word = false;
        }
    }
    words + ideographs.div_ceil(2)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Reading time in minutes, at 230 words a minute.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(230).max(1)
}

/// A count with its noun: `1 story`, `3 stories`.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_end_at_a_word() {
        assert_eq!(truncate("The court ruled on Monday, in The Hague.", 27), "The court ruled on Monday…");
        assert_eq!(truncate("short", 10), "short");
    }

    #[test]
    fn words_are_counted_in_scripts_without_spaces() {
        assert_eq!(count_words("two words — and more"), 4);
        assert_eq!(count_words("北京时间"), 2);
    }
}
