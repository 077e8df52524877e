//! A place in a source file, with as much of its line as is shown.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::text::lines::Lines;

/// Lines of up to so many characters are kept whole; of longer ones, so many around the marked ones. It is more than a
/// terminal shows, and little enough to be kept thousands of times.
const WINDOW: usize = 400;
/// So many characters are kept before the marked ones.
const BEFORE: usize = 150;

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the site's root, with `/` on every platform.
    pub file: String,
    /// Line, from 1; 0 when the problem is about the whole file.
    pub line: u32,
    /// First column in characters, from 1.
    pub column: u32,
    /// Column after the last marked character, on the same line.
    pub end_column: u32,
    /// The source line itself, without its line ending; of a very long one, the part around the marked characters.
    pub text: String,
    /// How many characters of the line stand before `text`.
    pub shift: u32,
}

impl Place {
    /// The whole of `file`.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, end_column: 0, text: String::new(), shift: 0 }
    }

    /// Columns of a line of `file`, both from 1; the line itself is [filled in](Self::quote) when it is shown.
    pub fn columns(file: impl Into<String>, line: u32, columns: Range<u32>) -> Self {
        let Range { start: column, end: end_column } = columns;
        Self { line, column, end_column, ..Self::file(file) }
    }

    /// The bytes `start..end` of `text`, the full text of `file`. Offsets outside the text or inside a
    /// character are moved to the nearest character before them.
    pub fn bytes(file: impl Into<String>, text: &str, start: usize, end: usize) -> Self {
        Self::within(file, text, &Lines::of(text), start..end)
    }

    /// [`Place::bytes`] for one of many places in a text: `lines` is its index.
    pub fn within(file: impl Into<String>, text: &str, lines: &Lines, range: Range<usize>) -> Self {
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(range.start);
        let line = lines.line(start);
        let whole = lines.range(text, line);
        let end = floor(range.end).clamp(start, whole.end.max(start));
        let column = lines.width(text, whole.start..start) as u32 + 1;
        let mut place =
            Self::columns(file, line as u32 + 1, column..column + (lines.width(text, start..end) as u32).max(1));
        place.quote(text, lines);
        place
    }

    /// Line and column (both from 1, the column in characters) of `text`, marking `width` characters.
    pub fn line(file: impl Into<String>, text: &str, line: u32, column: u32, width: u32) -> Self {
        let source = text.split('\n').nth(line.saturating_sub(1) as usize).unwrap_or("");
        let mut place = Self::columns(file, 1, column.max(1)..column.max(1) + width.max(1));
        place.quote(source, &Lines::of(source));
        place.line = line;
        place
    }

    /// Takes over what is shown of the place's line out of the file's `text`.
    pub fn quote(&mut self, text: &str, lines: &Lines) {
        let Some(line) = self.line.checked_sub(1) else { return };
        let whole = lines.range(text, line as usize);
        let mut from = whole.start;
        if lines.width(text, whole.clone()) > WINDOW {
            self.shift = self.column.saturating_sub(1 + BEFORE as u32);
            from = lines.after(text, whole.start, self.shift as usize).min(whole.end);
        }
        let to = if self.shift == 0 && whole.len() <= WINDOW { whole.end } else { lines.after(text, from, WINDOW) };
        text[from..to.min(whole.end)].clone_into(&mut self.text);
    }

    /// The columns within `text`, from 0.
    pub fn marked(&self) -> Range<usize> {
        let within = |column: u32| column.saturating_sub(1).saturating_sub(self.shift) as usize;
        within(self.column)..within(self.end_column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_keeps_its_line() {
        let text = "one\r\ntwö thrée\r\n";
        let at = text.find("thrée").expect("it is there");
        let place = Place::bytes("a.md", text, at, at + "thrée".len());
        assert_eq!((place.line, place.column, place.end_column), (2, 5, 10));
        assert_eq!((place.text.as_str(), place.shift), ("twö thrée", 0));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let place = Place::bytes("a.md", "é", 1, 99);
        assert_eq!((place.line, place.column), (1, 1));
    }

    #[test]
    fn of_a_very_long_line_the_part_around_the_mark_is_kept() {
        let text = format!("one\n{}mark{}\nthree", "é".repeat(5000), "ö".repeat(5000));
        let at = text.find("mark").expect("it is there");
        let place = Place::bytes("a.md", &text, at, at + 4);
        assert_eq!((place.line, place.column, place.end_column, place.shift), (2, 5001, 5005, 5000 - BEFORE as u32));
        assert_eq!(place.text, format!("{}mark{}", "é".repeat(BEFORE), "ö".repeat(WINDOW - BEFORE - 4)));
        assert_eq!(place.marked(), BEFORE..BEFORE + 4);
        // At the start of a long line, its start.
        let start = Place::bytes("a.md", &text, 4, 6);
        assert_eq!((start.column, start.shift, start.text.chars().count()), (1, 0, WINDOW));
        let line = Place::line("a.md", &text, 2, 5001, 4);
        assert_eq!(line, place);
    }
}
