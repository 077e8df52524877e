//! The lines at which blocks begin and end.
//!
//! The parser knows no blocks. It is given a thematic break of the same length in place of each such line: that ends a
//! paragraph, a list and a quotation, as a line of three colons does, and stays text in code. So the parser itself says which of
//! them are boundaries.

use std::ops::Range;

/// A boundary of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::content::markdown) struct Fence {
    /// The line, without its end.
    pub(in crate::content::markdown) range: Range<usize>,
    /// The block that begins here.
    pub(in crate::content::markdown) opening: Option<Opening>,
    /// Whether a block ends here: that one, or else the innermost open one.
    pub(in crate::content::markdown) closes: bool,
}

/// The start of a block: `::: name bare key="value"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::content::markdown) struct Opening {
    /// Its name, and where that is.
    pub(in crate::content::markdown) name: String,
    pub(in crate::content::markdown) at: Range<usize>,
    /// Its arguments in order.
    pub(in crate::content::markdown) arguments: Vec<Argument>,
    /// What cannot be read, and where.
    pub(in crate::content::markdown) fault: Option<(&'static str, Range<usize>)>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::content::markdown) struct Argument {
    /// Its name; none for a bare value.
    pub(in crate::content::markdown) name: Option<String>,
    pub(in crate::content::markdown) value: String,
    /// Range of the whole argument in the text.
    pub(in crate::content::markdown) range: Range<usize>,
}

impl Opening {
    /// The value of an argument, if it is not blank.
    pub(in crate::content::markdown) fn value(&self, name: &str) -> Option<&str> {
        let found = self.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        found.map(|argument| argument.value.trim()).filter(|value| !value.is_empty())
    }
}

/// The ranges of all lines that look like a boundary.
pub(in crate::content::markdown) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(":::") {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if is_boundary(bare) {
            found.push(start..start + bare.len());
        }
        start += line.len();
    }
    found
}

/// Whether a line looks like a boundary: three colons or more, and nothing else or a name.
fn is_boundary(line: &str) -> bool {
    let rest = line.trim_start_matches(':');
    line.len() - rest.len() >= 3
        && (rest.is_empty() || rest.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{'))
}

/// The text with a thematic break in place of each of the lines.
pub(in crate::content::markdown) fn masked(text: &str, lines: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for line in lines {
        masked.push_str(&text[from..line.start]);
        masked.extend(std::iter::repeat_n('*', line.len()));
        from = line.end;
    }
    masked.push_str(&text[from..]);
    masked
}

/// Reads the boundary in a line. In masked text it has the same range.
pub(in crate::content::markdown) fn read(text: &str, range: Range<usize>) -> Fence {
    let line = text.get(range.clone()).unwrap_or("");
    let rest = line.trim_start_matches(':');
    let mut at = range.start + (line.len() - rest.len());
    let rest = rest.trim_end();
    let (rest, closes) = match rest.strip_suffix(":::") {
        Some(before) if before.ends_with([' ', '\t', ':']) => (before.trim_end_matches(':'), true),
        _ => (rest, rest.trim().is_empty()),
    };
    if rest.trim().is_empty() {
        return Fence { range, opening: None, closes: true };
    }
    at += rest.len() - rest.trim_start().len();
    Fence { range, opening: Some(opening(rest.trim(), at)), closes }
}

fn opening(text: &str, at: usize) -> Opening {
    let length = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    let mut opening = Opening { name: text[..length].to_owned(), at: at..at + length, ..Opening::default() };
    let rest = &text[length..];
    if length == 0 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        opening.fault = Some(("a block begins with its name and its values", at..at + text.len()));
        return opening;
    }
    let mut from = length;
    loop {
        from += text[from..].len() - text[from..].trim_start().len();
        if from >= text.len() {
            return opening;
        }
        match argument(&text[from..], at + from) {
            Ok(argument) => {
                from = argument.range.end - at;
                opening.arguments.push(argument);
            }
            Err(fault) => {
                opening.fault = Some((fault, at + from..at + text.len()));
                return opening;
            }
        }
    }
}

/// Reads the argument that starts `text`: `value`, `"a value"`, `name=value` or `name="a value"`.
fn argument(text: &str, at: usize) -> Result<Argument, &'static str> {
    let name = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).filter(|end| *end > 0);
    let (name, start) = match name {
        Some(end) if text[end..].starts_with('=') => (Some(text[..end].replace('-', "_")), end + 1),
        _ => (None, 0),
    };
    let rest = &text[start..];
    let (value, length) = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let end = rest[1..].find(quote).ok_or("a quotation mark is not closed")?;
            (rest[1..=end].to_owned(), end + 2)
        }
        Some('“' | '”' | '„') => return Err("the quotation marks around a value are straight ones: `\"`"),
        _ => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (rest[..end].to_owned(), end)
        }
    };
    if !(rest[length..].is_empty() || rest[length..].starts_with(char::is_whitespace)) {
        return Err("there is no space between two values");
    }
    Ok(Argument { name, value, range: at..at + start + length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Fence {
        read(line, 0..line.len())
    }

    #[test]
    fn a_line_is_read() {
        let fence = one("::: embed https://a.example/?b=c title=\"A “film”\" height=300");
        let opening = fence.opening.expect("an opening");
        assert_eq!((&*opening.name, opening.at, fence.closes), ("embed", 4..9, false));
        let values: Vec<_> = opening.arguments.iter().map(|a| (a.name.as_deref(), a.value.as_str())).collect();
        let address = (None, "https://a.example/?b=c");
        assert_eq!(values, [address, (Some("title"), "A “film”"), (Some("height"), "300")]);
        assert_eq!(one(":::"), Fence { range: 0..3, opening: None, closes: true });
        assert_eq!(one("::::: "), Fence { range: 0..6, opening: None, closes: true });
        assert!(one("::: signup :::").closes && one(":::signup").opening.is_some_and(|o| o.name == "signup"));
        for line in ["::: {.a}", "::: a b=\"c", "::: a “b”", "::: a b=\"c\"d"] {
            assert!(one(line).opening.expect(line).fault.is_some(), "{line}");
        }
    }

    #[test]
    fn lines_keep_their_places() {
        let text = "A\n::: é b\r\nC\n :::\n::: 1\n:::\n";
        let lines = lines(text);
        assert_eq!(lines.iter().map(|line| &text[line.clone()]).collect::<Vec<_>>(), ["::: é b", ":::"]);
        assert_eq!(masked(text, &lines), "A\n********\r\nC\n :::\n::: 1\n***\n");
    }
}
