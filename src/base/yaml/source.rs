//! YAML text within its file, and the problems found in it.

use std::collections::HashSet;
use std::ops::Range;

use crate::base::report::{Diagnostic, Place};
use crate::base::text::lines::Lines;

/// YAML text and its location.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// Path relative to the site's root.
    pub file: &'t str,
    /// The YAML text.
    pub text: &'t str,
    /// Line of the file on which the text starts: 1, or 2 after `---`.
    pub first_line: u32,
}

impl<'t> Source<'t> {
    /// A file that consists of YAML.
    pub fn whole(file: &'t str, text: &'t str) -> Self {
        Self { file, text, first_line: 1 }
    }

    /// The place of a byte range.
    pub fn place(&self, range: Range<usize>) -> Place {
        self.place_within(&Lines::of(self.text), range)
    }

    /// Like [`Self::place`], with a line index, for many places in one text.
    pub fn place_within(&self, lines: &Lines, range: Range<usize>) -> Place {
        let mut place = Place::within(self.file, self.text, lines, range);
        place.line += self.first_line - 1;
        place
    }

    /// The first line of the file, for what is missing.
    pub fn head(&self) -> Place {
        if self.first_line > 1 { Place::line(self.file, "---", 1, 1, 3) } else { self.place(0..self.text.len()) }
    }
}

/// Escapes a key as a step of a path, as in a JSON Pointer (RFC 6901, section 3).
pub fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Location of a problem in the YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPath {
    /// The value at a path such as `updates/0/at`.
    Value(String),
    /// The key of the value at a path.
    Key(String),
    /// A missing key.
    Missing(String),
}

impl KeyPath {
    /// The path.
    pub fn path(&self) -> &str {
        match self {
            Self::Value(path) | Self::Key(path) | Self::Missing(path) => path,
        }
    }
}

/// Problems that a check finds, by path. Positions are looked up only when there are problems.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<(KeyPath, Diagnostic)>,
    left_out: Vec<String>,
    is_lacking: bool,
}

/// Byte ranges of rejected values, mostly list entries. The accepted entries are numbered without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(pub(super) HashSet<Range<usize>>);

impl LeftOut {
    /// The rejected texts, without quotation marks.
    pub fn texts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter_map(|range| Some(text.get(range.clone())?.trim_matches(['"', '\''])))
    }

    /// Whether the entry at a byte range was rejected.
    pub(super) fn has(&self, entry: &Range<usize>) -> bool {
        self.0.contains(entry)
    }
}

impl Problems {
    /// Reports a problem of the value at `path`.
    pub fn value(&mut self, path: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((KeyPath::Value(path.into()), diagnostic));
    }

    /// Reports a problem of the key at `path`, or of everything under it.
    pub fn key(&mut self, path: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((KeyPath::Key(path.into()), diagnostic));
    }

    /// Reports a missing key of the document.
    pub fn missing(&mut self, key: impl Into<String>, diagnostic: Diagnostic) {
        self.found.push((KeyPath::Missing(key.into()), diagnostic));
    }

    /// Records that the list entry at `path` was rejected.
    pub fn leave_out(&mut self, path: impl Into<String>) {
        self.left_out.push(path.into());
    }

    /// Records that a required key has no value; a closer look at the text reports it.
    pub fn lack(&mut self) {
        self.is_lacking = true;
    }

    /// Whether there are no problems, no rejected entries, and nothing required is absent.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.left_out.is_empty() && !self.is_lacking
    }

    /// The problems in order, and the paths of rejected entries.
    pub fn into_parts(self) -> (Vec<(KeyPath, Diagnostic)>, Vec<String>) {
        (self.found, self.left_out)
    }
}
