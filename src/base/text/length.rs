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
    let (mut words, mut ideographs, mut in_word, mut at) = (0, 0usize, false, 0);
    loop {
        // Skip bytes that change nothing: within a word all but white space, elsewhere all but letters and digits.
        let rest = &text.as_bytes()[at..];
        let step = if in_word {
            rest.iter().position(|byte| KINDS[usize::from(*byte)] & (SPACE | OTHER) != 0)
        } else {
            rest.iter().position(|byte| KINDS[usize::from(*byte)] & (PART | OTHER) != 0)
        };
        let Some(step) = step else { break };
        at += step;
        if rest[step].is_ascii() {
            words += usize::from(!in_word);
            in_word = !in_word;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
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

/// The kind of a byte that separates words.
const SPACE: u8 = 1;
/// The kind of a letter or a digit.
const PART: u8 = 2;
/// The kind of a byte of a character that must be decoded.
const OTHER: u8 = 4;

/// The kind of each byte; 0 for those that neither begin nor end a word.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 0x80 {
            kinds[byte] = OTHER;
        } else if (byte as u8).is_ascii_alphanumeric() {
            kinds[byte] = PART;
        } else if byte <= b' ' as usize {
            kinds[byte] = SPACE;
        }
        byte += 1;
    }
    kinds
};

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
        assert_eq!(count_words("don\u{2019}t «l'été» 3.5 — 北京 x-y\u{a0}z"), 6);
    }
}
