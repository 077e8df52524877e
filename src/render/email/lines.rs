//! The lines of an e-mail as plain text.

use crate::base::text::wrap::{columns, wrap};

/// The width of lines of text, in columns.
const WIDTH: usize = 72;
/// Lines of up to so many columns are not wrapped.
const BEARABLE: usize = 74;

/// Wraps long lines, trims the ends of all, and leaves no more than one empty line between others.
pub(in crate::render) fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        let inset = &line[..line.len() - line.trim_start().len()];
        if columns(line) > BEARABLE {
            lines.extend(wrap(line, inset, inset, WIDTH));
        } else if !line.is_empty() {
            lines.push(line.to_owned());
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}
