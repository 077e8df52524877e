//! Patterns of paths: rules of hosts, and of programs that a site moves from.

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternPart {
    /// This character.
    Char(char),
    /// Any one character.
    AnyChar,
    /// Any text, also none, and slashes in it.
    AnyText,
    /// A name between slashes: all up to the next slash or the end, and at least one character.
    Segment,
}

/// Whether the whole of a text is what a pattern allows. It is quadratic at worst: only the last `AnyText` is ever tried
/// again with more text, since what stands before it has matched as early in the text as it can.
pub fn matches(pattern: &[PatternPart], text: &str) -> bool {
    let (mut rest, mut left) = (pattern, text);
    // The parts after the last `AnyText`, and the text that it has yet to try.
    let mut again: Option<(&[PatternPart], &str)> = None;
    loop {
        match rest.split_first() {
            None if left.is_empty() => return true,
            Some((PatternPart::AnyText, after)) => {
                again = Some((after, left));
                rest = after;
                continue;
            }
            Some((part, after)) => {
                if let Some(behind) = strip(part, left) {
                    (rest, left) = (after, behind);
                    continue;
                }
            }
            None => {}
        }
        let Some((after, tried)) = again else { return false };
        let mut chars = tried.chars();
        if chars.next().is_none() {
            return false;
        }
        again = Some((after, chars.as_str()));
        (rest, left) = (after, chars.as_str());
    }
}

/// The rest of a text behind one part.
fn strip<'t>(part: &PatternPart, text: &'t str) -> Option<&'t str> {
    match part {
        PatternPart::Char(c) => text.strip_prefix(*c),
        PatternPart::AnyChar => {
            let mut chars = text.chars();
            chars.next().map(|_| chars.as_str())
        }
        PatternPart::Segment => {
            let end = text.find('/').unwrap_or(text.len());
            (end > 0).then(|| &text[end..])
        }
        PatternPart::AnyText => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Vec<PatternPart> {
        let part = |c| match c {
            '*' => PatternPart::AnyText,
            '?' => PatternPart::AnyChar,
            ':' => PatternPart::Segment,
            c => PatternPart::Char(c),
        };
        text.chars().map(part).collect()
    }

    /// The definition of a match, by trying every possibility.
    fn plainly(pattern: &[PatternPart], text: &str) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((PatternPart::AnyText, rest)) => {
                let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                ends.any(|at| plainly(rest, &text[at..]))
            }
            Some((part, rest)) => strip(part, text).is_some_and(|left| plainly(rest, left)),
        }
    }

    #[test]
    fn any_text_may_stand_anywhere_and_a_segment_ends_at_a_slash() {
        for (rule, text, is_fit) in [
            ("/*", "/", true),
            ("/*", "/a/b", true),
            ("*.md", "a/b.md", true),
            ("*.md", "a/b.mdx", false),
            ("a?.md", "aä.md", true),
            ("a?.md", "a.md", false),
            ("*a*b", "xaab", true),
            ("*a*b", "xaa", false),
            ("/:/feed.xml", "/b/feed.xml", true),
            ("/:/feed.xml", "/b/c/feed.xml", false),
            ("/:/feed.xml", "//feed.xml", false),
            ("/x/:/*", "/x/y/z/", true),
            ("/x/:/*", "/x/y", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(&pattern(rule), text), is_fit, "{rule} {text}");
        }
    }

    #[test]
    fn many_stars_take_no_longer() {
        let rule = pattern(&format!("{}b", "*a".repeat(200)));
        assert!(!matches(&rule, &"a".repeat(20_000)));
    }

    proptest! {
        #[test]
        fn what_a_pattern_means_is_found(rule in "[ab/*?:]{0,8}", text in "[ab/]{0,8}") {
            let rule = pattern(&rule);
            prop_assert_eq!(matches(&rule, &text), plainly(&rule, &text));
        }
    }
}
