//! A stretch of YAML within its file, and the problems found in it.

use std::collections::HashSet;
use std::ops::Range;

use crate::base::report::{Diagnostic, Place};
use crate::base::text::lines::Lines;

/// YAML text and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// Path relative to the site's root.
    pub file: &'t str,
    /// The YAML.
    pub text: &'t str,
    /// The line of the file on which the text starts: 1, or 2 after a `---`.
    pub first_line: u32,
}

impl<'t> Source<'t> {
    /// A file that is all YAML.
    pub fn whole(file: &'t str, text: &'t str) -> Self {
        Self { file, text, first_line: 1 }
    }

    /// The place of these bytes of the text.
    pub fn place(&self, range: Range<usize>) -> Place {
        self.place_within(&Lines::of(self.text), range)
    }

    /// The place of these bytes for one of many problems: `lines` is the index of the text.
    pub fn place_within(&self, lines: &Lines, range: Range<usize>) -> Place {
        let mut place = Place::within(self.file, self.text, lines, range);
        place.line += self.first_line - 1;
        place
    }

    /// The first line of the file: for what is missing.
    pub fn head(&self) -> Place {
        if self.first_line > 1 { Place::line(self.file, "---", 1, 1, 3) } else { self.place(0..self.text.len()) }
    }
}

/// A key as a step of a path: one that contains `/` is escaped, as in a JSON Pointer (RFC 6901, section 3).
pub fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Where in the YAML a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The value at a path such as `updates/0/at`.
    Value(String),
    /// The key that leads there.
    Key(String),
    /// Nowhere: this key is missing.
    Missing(String),
}

impl At {
    /// The path.
    pub fn path(&self) -> &str {
        match self {
            Self::Value(path) | Self::Key(path) | Self::Missing(path) => path,
        }
    }
}

/// The problems that a check finds in values, by path: where they stand is looked up once there are any.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<(At, Diagnostic)>,
    left_out: Vec<String>,
}

/// The values that were refused, entries of lists above all, by their bytes. What is made of a list is numbered without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(pub(super) HashSet<Range<usize>>);

impl LeftOut {
    /// The texts in `text` that were refused, without their quotation marks.
    pub fn texts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter_map(|range| Some(text.get(range.clone())?.trim_matches(['"', '\''])))
    }

    /// Whether the entry at these bytes was refused.
    pub(super) fn has(&self, entry: &Range<usize>) -> bool {
        self.0.contains(entry)
    }
}

impl Problems {
    /// Something is wrong with the value at `path`.
    pub fn value(&mut self, path: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((At::Value(path.into()), diagnostic));
    }

    /// Something is wrong with the key at `path`, or with all that it holds.
    pub fn key(&mut self, path: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((At::Key(path.into()), diagnostic));
    }

    /// A key of the document is missing.
    pub fn missing(&mut self, key: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((At::Missing(key.into()), diagnostic));
    }

    /// The entry of a list at `path` is not in what is made of the list.
    pub fn leave_out(&mut self, path: impl Into<String>) {
        self.left_out.push(path.into());
    }

    /// Whether there are none, and nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.left_out.is_empty()
    }

    /// The problems, in the order they were found, and the paths of the entries that were left out.
    pub fn into_parts(self) -> (Vec<(At, Diagnostic)>, Vec<String>) {
        (self.found, self.left_out)
    }
}
