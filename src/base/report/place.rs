//! A place in a source file, with the part of its line that messages show.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::text::lines::Lines;

/// Most characters of a line that are kept. A longer line is cut around the marked ones: more than a terminal shows,
/// but little enough to keep thousands.
const WINDOW: usize = 400;
/// Characters kept before the marked ones in a line that is cut.
const BEFORE: usize = 150;

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the site's root, with `/` on every platform.
    pub file: String,
    /// Line, from 1; 0 when the diagnostic is about the whole file.
    pub line: u32,
    /// First column, from 1, in characters.
    pub column: u32,
    /// Column after the last marked character, on the same line.
    pub end_column: u32,
    /// The source line without its line break; of a very long one, the part around the marked characters.
    pub text: String,
    /// Number of characters of the line before `text`.
    pub shift: u32,
}

impl Place {
    /// The whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, end_column: 0, text: String::new(), shift: 0 }
    }

    /// Columns of a line, both from 1; [`Place::quote`] adds the line itself when it is shown.
    pub fn columns(file: impl Into<String>, line: u32, columns: Range<u32>) -> Self {
        let Range { start: column, end: end_column } = columns;
        Self { line, column, end_column, ..Self::file(file) }
    }

    /// The bytes `start..end` of `text`, the full text of `file`. Offsets outside the text or inside a character move
    /// to the nearest character boundary before them.
    pub fn bytes(file: impl Into<String>, text: &str, start: usize, end: usize) -> Self {
        Self::within(file, text, &Lines::of(text), start..end)
    }

    /// Like [`Place::bytes`], with an index of the text, for many places in one text.
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

    /// Line and column of `text`, both from 1 and in characters, marking `width` characters.
    pub fn line(file: impl Into<String>, text: &str, line: u32, column: u32, width: u32) -> Self {
        let source = text.split('\n').nth(line.saturating_sub(1) as usize).unwrap_or("");
        let mut place = Self::columns(file, 1, column.max(1)..column.max(1) + width.max(1));
        place.quote(source, &Lines::of(source));
        place.line = line;
        place
    }

    /// Takes the source line from the file's `text`.
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

    /// The marked columns within `text`, from 0.
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
