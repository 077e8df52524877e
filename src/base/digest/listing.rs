//! The inputs of an output as lines of text: name, tab, value cut to one line. Lines refer to values that many outputs
//! share by digest.

use std::fmt::Write;

use super::quoting::{cut, quote, quote_beginning};
use super::recording::Objects;
use super::tokens::{
    DERIVED as DERIVED_TOKEN, END, FALSE, FIELD, LONG_TEXT, MAP, NEGATIVE, NONE, NUMBER, SEQUENCE,
    SHARED as SHARED_TOKEN, TEXT, TRUE, WORD,
};

/// Longest compound value that is listed whole on one line, in bytes.
const LINE: usize = 160;
/// First character of the line of a derived input.
pub(super) const DERIVED: char = '~';
/// First character of a reference to a shared value.
pub(super) const SHARED: char = '@';
/// Values within each other that are read; views have far fewer.
const DEPTH: usize = 64;

/// The lines of a recording; `None` when it is damaged.
pub fn listing(recording: &[u8]) -> Option<String> {
    let mut lister = Lister { bytes: recording, ..Lister::default() };
    while lister.at < recording.len() {
        lister.input()?;
    }
    Some(lister.text)
}

/// The lines of the shared value with this [name](super::Digest::name); `None` when there is none, or it is damaged.
pub(super) fn shared(objects: &Objects, name: &str) -> Option<String> {
    objects.get(u64::from_str_radix(name, 16).ok()?, listing)
}

/// The shared values that a recording refers to.
pub fn references(recording: &[u8]) -> Option<Vec<u64>> {
    let listing = listing(recording)?;
    let names = listing.lines().filter_map(|line| line.split_once("\t@")?.1.split_once('\t').map(|(name, _)| name));
    Some(names.filter_map(|name| u64::from_str_radix(name, 16).ok()).collect())
}

#[derive(Default)]
struct Lister<'b> {
    bytes: &'b [u8],
    at: usize,
    text: String,
    path: String,
    /// Values around the one that is being read.
    depth: usize,
    /// Of these, how many from the innermost one with a line of its own.
    inner: usize,
    line: String,
}

impl<'b> Lister<'b> {
    fn input(&mut self) -> Option<()> {
        match self.byte()? {
            FIELD => {
                self.path.clear();
                self.push_name()?;
                self.value()
            }
            SHARED_TOKEN => {
                let (name, label) = (self.string()?, self.string()?);
                let id = u64::from_le_bytes(self.chunk()?);
                writeln!(self.text, "{name}\t{SHARED}{id:016x}\t{label}").ok()
            }
            DERIVED_TOKEN => {
                let name = self.string()?;
                let digest = u32::from_le_bytes(self.chunk()?);
                writeln!(self.text, "{DERIVED}{name}\t{digest:08x}").ok()
            }
            _ => None,
        }
    }

    fn value(&mut self) -> Option<()> {
        let token = self.byte()?;
        match token {
            TEXT => {
                let text = self.string()?;
                self.write(|out| quote(text, out));
            }
            LONG_TEXT => {
                let (beginning, length) = (self.string()?, self.number()?);
                let digest = u32::from_le_bytes(self.chunk()?);
                self.write(|out| {
                    quote_beginning(beginning, out);
                    let _ = write!(out, " ({length} bytes, {digest:08x})");
                });
            }
            WORD => {
                let word = self.string()?;
                self.write(|out| out.push_str(word));
            }
            NUMBER => {
                let number = self.number()?;
                self.write(|out| out.push_str(&number.to_string()));
            }
            NEGATIVE => {
                let number = !i128::from(self.number()?);
                self.write(|out| out.push_str(&number.to_string()));
            }
            TRUE => self.write(|out| out.push_str("true")),
            FALSE => self.write(|out| out.push_str("false")),
            NONE => self.write(|out| out.push_str("none")),
            SEQUENCE | MAP => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return None;
                }
                let (open, close) = if token == MAP { ('{', '}') } else { ('[', ']') };
                self.bracket(open);
                while *self.bytes.get(self.at)? != END {
                    if token == MAP { self.member()? } else { self.element()? }
                }
                self.at += 1;
                self.bracket(close);
                self.depth -= 1;
            }
            _ => return None,
        }
        Some(())
    }

    fn member(&mut self) -> Option<()> {
        if self.byte()? != FIELD {
            return None;
        }
        if self.inner > 0 {
            self.comma();
            let name = self.string()?;
            self.line.push_str(name);
            self.line.push_str(": ");
            return self.value();
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.push_name()?;
        self.value()?;
        self.path.truncate(length);
        Some(())
    }

    /// Reads an element of a sequence, all on one line.
    fn element(&mut self) -> Option<()> {
        self.comma();
        self.inner += 1;
        self.value()?;
        self.inner -= 1;
        if self.inner == 0 {
            let line = std::mem::take(&mut self.line);
            self.write(|out| cut(&line, LINE, out));
            self.line = line;
            self.line.clear();
        }
        Some(())
    }

    /// Writes a line of its own, or a part of the line of the enclosing value.
    fn write(&mut self, value: impl FnOnce(&mut String)) {
        if self.inner > 0 {
            value(&mut self.line);
        } else {
            self.text.push_str(&self.path);
            self.text.push('\t');
            value(&mut self.text);
            self.text.push('\n');
        }
    }

    /// Adds a name to the path. Tabs end names and line feeds end lines, so control characters are replaced.
    fn push_name(&mut self) -> Option<()> {
        let name = self.string()?;
        self.path.extend(name.chars().map(|char| if char.is_control() { ' ' } else { char }));
        Some(())
    }

    fn bracket(&mut self, bracket: char) {
        if self.inner > 0 {
            self.line.push(bracket);
        }
    }

    fn comma(&mut self) {
        if self.inner > 0 && !self.line.ends_with(['{', '[']) {
            self.line.push_str(", ");
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.chunk::<1>().map(|[byte]| byte)
    }

    fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        let chunk = self.bytes.get(self.at..)?.first_chunk::<N>()?;
        self.at += N;
        Some(*chunk)
    }

    fn number(&mut self) -> Option<u64> {
        let (number, after) = number(self.bytes, self.at)?;
        self.at = after;
        Some(number)
    }

    fn string(&mut self) -> Option<&'b str> {
        let (start, after) = number(self.bytes, self.at)?;
        self.at = after;
        if start & 1 == 1 {
            let text = string(self.bytes, after, start >> 1)?;
            self.at += text.len();
            return Some(text);
        }
        match number(self.bytes, usize::try_from(start >> 1).ok()?)? {
            (length, at) if length & 1 == 1 => string(self.bytes, at, length >> 1),
            _ => None,
        }
    }
}

/// The number at a position, and where it ends.
fn number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for (index, byte) in bytes.get(at..)?.iter().enumerate().take(10) {
        let part = u64::from(byte & 0x7f);
        number |= part.checked_shl(7 * index as u32).filter(|moved| moved >> (7 * index) == part)?;
        if byte & 0x80 == 0 {
            return Some((number, at + index + 1));
        }
    }
    None
}

fn string(bytes: &[u8], at: usize, length: u64) -> Option<&str> {
    let bytes = bytes.get(at..)?.get(..usize::try_from(length).ok()?)?;
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::base::digest::Digest;
    use crate::base::digest::inputs::Inputs;
    use crate::base::digest::recording::Recording;

    #[test]
    fn every_field_has_a_line_and_an_element_of_a_list_has_one_for_all_of_it() {
        let objects = Objects::default();
        let mut recording = Recording::new(&objects);
        let value = json!({
            "title": "Two\tlines\n", "none": null, "draft": false,
            "image": {"size": [4, -3]}, "links": [{"title": "A", "to": ["x", null]}, {"title": "B"}],
            "long": "é".repeat(40),
        });
        recording.value("page", &value);
        recording.shared("card", "/a/", Digest::of(b"a"), &json!({"title": "A"}));
        recording.derived("topics", &["A"]);
        let id = Digest::of(b"a").name();
        let long = format!("page.long\t\"{}…\" (80 bytes, ", "é".repeat(22));
        let recorded = recording.finish();
        let text = listing(&recorded).unwrap_or_default();
        let expected = "page.title\t\"Two\\tlines\\n\"\npage.image.size\t4\npage.image.size\t-3\n\
            page.links\t{title: \"A\", to: [\"x\", none]}\npage.links\t{title: \"B\"}\n";
        assert!(text.starts_with(&format!("{expected}{long}")), "{text}");
        assert!(text.contains(&format!("card\t@{id}\t/a/\n~topics\t")), "{text}");
        assert_eq!(shared(&objects, &id).as_deref(), Some("title\t\"A\"\n"));
        assert_eq!(references(&recorded), u64::from_str_radix(&id, 16).ok().map(|id| vec![id]));
    }

    proptest! {
        #[test]
        fn texts_come_back_as_they_were(texts in prop::collection::vec("[a-cé\n]{0,70}", 0..40)) {
            let objects = Objects::default();
            let mut recording = Recording::new(&objects);
            let mut expected = String::new();
            for text in &texts {
                recording.value(text, text);
                expected.push_str(&text.replace('\n', " "));
                expected.push('\t');
                if text.len() <= 60 {
                    quote(text, &mut expected);
                } else {
                    quote_beginning(super::super::quoting::beginning(text, 60), &mut expected);
                    let digest = Digest::of(text.as_bytes()).short();
                    expected.push_str(&format!(" ({} bytes, {digest})", text.len()));
                }
                expected.push('\n');
            }
            prop_assert_eq!(listing(&recording.finish()), Some(expected));
        }

        #[test]
        fn damaged_bytes_are_no_listing_and_no_panic(bytes in prop::collection::vec(0_u8..20, 0..60)) {
            let _ = listing(&bytes);
        }

        #[test]
        fn a_recording_that_is_cut_short_is_no_panic(at in 0_usize..200) {
            let objects = Objects::default();
            let mut recording = Recording::new(&objects);
            recording.value("page", &json!({"title": "A", "links": [{"title": "B", "to": ["title", 1]}]}));
            let recorded = recording.finish();
            if at < recorded.len() {
                prop_assert!(at == 0 || listing(&recorded[..at]).is_none());
            }
        }
    }
}
