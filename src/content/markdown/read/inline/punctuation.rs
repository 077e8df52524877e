//! Smart punctuation: quotation marks, dashes and ellipses. Code, addresses, and the marks of feet and inches are left
//! as they are.

use std::ops::Range;

use super::autolink;

/// A plain text, such as a headline, with the marks that a body of the same words would have.
pub fn punctuated(text: String) -> String {
    let changes = Context::default().set(&text, 0, None);
    if changes.is_empty() {
        return text;
    }
    let (mut out, mut at) = (String::with_capacity(text.len() + 8), 0);
    for Replacement { range, text: mark } in changes {
        out.push_str(&text[at..range.start]);
        out.push_str(&mark);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// State within a block.
#[derive(Clone, Debug, Default)]
pub(in crate::content::markdown::read) struct Context {
    previous: Option<char>,
    open: OpenQuotations,
}

/// Closing marks of open quotations, outermost first, with the positions of both kinds, so that the last of a kind is
/// found without a search.
#[derive(Clone, Debug, Default)]
struct OpenQuotations {
    marks: Vec<char>,
    doubles: Vec<usize>,
    singles: Vec<usize>,
}

impl OpenQuotations {
    fn push(&mut self, mark: char) {
        let of_kind = if mark == '’' { &mut self.singles } else { &mut self.doubles };
        of_kind.push(self.marks.len());
        self.marks.push(mark);
    }

    /// Closes a quotation and those within it.
    fn close(&mut self, at: usize) {
        self.marks.truncate(at);
        for of_kind in [&mut self.singles, &mut self.doubles] {
            while of_kind.last().is_some_and(|last| *last >= at) {
                of_kind.pop();
            }
        }
    }

    fn last_double(&self) -> Option<usize> {
        self.doubles.last().copied()
    }

    fn last_single(&self) -> Option<usize> {
        self.singles.last().copied()
    }
}

/// A range to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::content::markdown::read) struct Replacement {
    pub(in crate::content::markdown::read) range: Range<usize>,
    pub(in crate::content::markdown::read) text: String,
}

impl Context {
    /// Skips code, a picture or a line break.
    pub(in crate::content::markdown::read) fn pass(&mut self, last: char) {
        self.previous = Some(last);
    }

    /// Replacements in `text`. The first `literal` bytes are left as they are; `next` is the character after the text.
    pub(in crate::content::markdown::read) fn set(
        &mut self,
        text: &str,
        literal: usize,
        next: Option<char>,
    ) -> Vec<Replacement> {
        let mut changes = Vec::new();
        let interesting = |byte: u8| matches!(byte, b'"' | b'\'' | b'-' | b'.');
        if may_change(text) {
            let left_alone = autolink::untouchable(text);
            let mut left_alone = left_alone.iter().peekable();
            let mut at = literal;
            // The end of the run that was counted last. A run of dots or quotation marks takes several steps.
            let mut run_end = 0;
            while let Some(found) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(|b| interesting(*b)))
            {
                let start = at + found;
                while left_alone.peek().is_some_and(|range| range.end <= start) {
                    left_alone.next();
                }
                if let Some(range) = left_alone.peek().filter(|range| range.contains(&start)) {
                    at = range.end;
                    continue;
                }
                let sign = text.as_bytes()[start];
                if run_end <= start {
                    run_end = start + text.as_bytes()[start..].iter().take_while(|byte| **byte == sign).count();
                }
                let run = run_end - start;
                let (length, written) = match sign {
                    b'-' if run > 1 => (run, dashes(run)),
                    b'.' if run > 2 => (3, "…".to_owned()),
                    b'-' | b'.' => (run, String::new()),
                    // Two primes are inches.
                    b'\'' if run == 2 && self.is_after_figure(&text[..start]) => (2, String::new()),
                    _ => {
                        let before = text[..start].chars().next_back().or(self.previous);
                        let rest = &text[start + 1..];
                        let after = rest.chars().next().or(next);
                        let mark =
                            if sign == b'"' { self.double(before, after) } else { self.single(before, after, rest) };
                        (1, mark.map_or_else(String::new, String::from))
                    }
                };
                if !written.is_empty() {
                    changes.push(Replacement { range: start..start + length, text: written });
                }
                at = start + length;
            }
        }
        self.previous = text.chars().next_back().or(self.previous);
        changes
    }

    /// Whether a number precedes and no quotation waits to be closed.
    fn is_after_figure(&self, text: &str) -> bool {
        text.chars().next_back().or(self.previous).is_some_and(char::is_numeric) && self.open.last_single().is_none()
    }

    fn double(&mut self, before: Option<char>, after: Option<char>) -> Option<char> {
        let straight_or = |mark: char| Some(mark).filter(|mark| *mark != '"');
        let open = self.open.last_double();
        let at_end = after.is_none_or(char::is_whitespace);
        let at_start = before.is_none_or(char::is_whitespace);
        if at_start && at_end {
            return None;
        }
        let opens =
            !at_end && (at_start || before.is_some_and(is_opening) || before.is_some_and(is_dash) && open.is_none());
        if opens {
            let mark = if after.is_some_and(is_cjk) { '"' } else { '”' };
            self.open.push(mark);
            return straight_or(if mark == '”' { '“' } else { '"' });
        }
        if let Some(at) = open {
            let mark = self.open.marks[at];
            self.open.close(at);
            return straight_or(mark);
        }
        if before.is_some_and(is_cjk) || after.is_some_and(is_cjk) {
            self.open.push('"');
            return None;
        }
        // Inches, or a mark between letters, which has another meaning.
        let is_inch = before.is_some_and(|c| c.is_numeric() || matches!(c, '⁄' | '½' | '¼' | '¾' | '\'' | '′'));
        let inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if is_inch || inside {
            return None;
        }
        if at_end || !before.is_some_and(|c| !c.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)) {
            return Some('”');
        }
        self.open.push('”');
        Some('“')
    }

    fn single(&mut self, before: Option<char>, after: Option<char>, rest: &str) -> Option<char> {
        let at_end = after.is_none_or(char::is_whitespace);
        let at_start = before.is_none_or(char::is_whitespace);
        if at_start && at_end || before.is_some_and(is_cjk) || after.is_some_and(is_cjk) {
            return None;
        }
        let is_figure = |c: Option<char>| c.is_some_and(char::is_numeric);
        let open = self.open.last_single();
        // Dimensions in feet: 10'x12'.
        let by = rest.strip_prefix(['x', 'X', '×']).map(str::trim_start);
        if is_figure(before) && by.is_some_and(|rest| rest.starts_with(char::is_numeric)) {
            return None;
        }
        if before.is_some_and(char::is_alphanumeric) {
            if after.is_some_and(char::is_alphabetic) {
                return Some('’');
            }
            if let Some(at) = open {
                self.open.close(at);
                return Some('’');
            }
            // Feet.
            return if is_figure(before) { None } else { Some('’') };
        }
        if at_end {
            if let Some(at) = open {
                self.open.close(at);
            }
            return Some('’');
        }
        if at_start || before.is_some_and(|c| is_opening(c) || is_dash(c)) {
            // An apostrophe for omitted characters: ’90s, rock ’n’ roll.
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            let is_short = matches!(word.to_lowercase().as_str(), "n" | "tis" | "twas" | "em" | "til");
            if is_short || word.len() > 1 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.len() <= 3 {
                return Some('’');
            }
            self.open.push('’');
            return Some('‘');
        }
        if let Some(at) = open {
            self.open.close(at);
        }
        Some('’')
    }
}

/// Whether a text has a mark, or two hyphens or full stops in a row. Most have only single ones, and stay as they are.
fn may_change(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2(b'"', b'\'', bytes).is_some()
        || memchr::memchr2_iter(b'-', b'.', bytes).any(|at| bytes.get(at + 1) == Some(&bytes[at]))
}

/// Converts a run of hyphens into em and en dashes, all of one kind if possible.
fn dashes(count: usize) -> String {
    let (em, en) = match count {
        count if count % 3 == 0 => (count / 3, 0),
        count if count % 2 == 0 => (0, count / 2),
        count if count % 3 == 2 => (count / 3, 1),
        count => ((count - 4) / 3, 2),
    };
    "—".repeat(em) + &"–".repeat(en)
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '“' | '‘' | '«' | '‹' | '„' | '"' | '\'' | '/' | '¿' | '¡')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// Scripts that write no spaces around quotations.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        let mut context = Context::default();
        let mut out = text.to_owned();
        for Replacement { range, text } in context.set(text, 0, None).into_iter().rev() {
            out.replace_range(range, &text);
        }
        out
    }

    #[test]
    fn quotation_marks_open_and_close_as_readers_expect() {
        for (text, expected) in [
            ("\"He said \"no\" to it.\" She left.", "“He said “no” to it.” She left."),
            ("He is 6'2\". A 10\" gun, 2\"x4\".", "He is 6'2\". A 10\" gun, 2\"x4\"."),
            ("10'x12', 3'x4\", 1'2'' and 5'×6', 10' x 12'", "10'x12', 3'x4\", 1'2'' and 5'×6', 10' x 12'"),
            ("1990's, 5'ers, the 10'x12' room's", "1990’s, 5’ers, the 10'x12' room’s"),
            ("6' 2\" tall, 12\" gun", "6' 2\" tall, 12\" gun"),
            ("\"It was 1945\" he said", "“It was 1945” he said"),
            ("他说\"你好\"。", "他说\"你好\"。"),
            ("他说\"hello\"。 \"你好\"", "他说\"hello\"。 \"你好\""),
            ("rock 'n' roll in the '90s", "rock ’n’ roll in the ’90s"),
            (
                "It's the workers' \"own\" choice, he's 'sure', isn't it?",
                "It’s the workers’ “own” choice, he’s ‘sure’, isn’t it?",
            ),
            ("(\"a\") \"'b' c\" \"d 'e'\"", "(“a”) “‘b’ c” “d ‘e’”"),
            ("a -- b --- c ... d----e", "a – b — c … d––e"),
            (
                "see https://a.example/x--y...z and b.example/a--b.pdf",
                "see https://a.example/x--y...z and b.example/a--b.pdf",
            ),
            ("\" and '", "\" and '"),
            ("\"open paragraph", "“open paragraph"),
            ("word \"", "word \""),
            ("end.\"", "end.”"),
            ("a....... b", "a……. b"),
            ("\"a 'b\" c' \"d\"", "“a ‘b” c’ “d”"),
        ] {
            assert_eq!(set(text), expected, "{text}");
        }
    }
}
