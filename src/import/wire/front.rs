//! Writes YAML front matter.

use std::fmt::Write;

use crate::base::yaml::emit;

/// A builder for front matter. Empty values are left out.
#[derive(Default)]
pub(super) struct Front {
    text: String,
    depth: usize,
}

impl Front {
    /// Adds a key with a string, quoted where YAML needs it.
    pub(super) fn text(&mut self, key: &str, text: &str) -> &mut Self {
        if text.is_empty() { self } else { self.line(key, &emit::scalar(text)) }
    }

    /// Adds a key with a value that is written as it is, such as a date.
    pub(super) fn bare(&mut self, key: &str, text: &str) -> &mut Self {
        self.line(key, text)
    }

    /// Adds a key with a list of strings, one per line.
    pub(super) fn list<'a>(&mut self, key: &str, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() {
            self.line(key, "");
            let indent = " ".repeat(self.depth);
            for text in texts {
                writeln!(self.text, "{indent}  - {}", emit::scalar(text)).expect("a text takes all");
            }
        }
        self
    }

    /// Adds a key with a list of maps from keys to strings.
    pub(super) fn maps(&mut self, key: &str, maps: &[Vec<(&str, String)>]) -> &mut Self {
        if !maps.is_empty() {
            self.line(key, "");
            let indent = " ".repeat(self.depth);
            for map in maps {
                for (index, (key, text)) in map.iter().enumerate() {
                    let sign = if index == 0 { "- " } else { "  " };
                    // Dates are written without quotes.
                    let text = if *key == "at" { text.clone() } else { emit::scalar(text) };
                    writeln!(self.text, "{indent}  {sign}{key}: {text}").expect("a text takes all");
                }
            }
        }
        self
    }

    /// Adds a key with the map that `fill` builds; nothing when the map is empty.
    pub(super) fn map(&mut self, key: &str, fill: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self { text: String::new(), depth: self.depth + 2 };
        fill(&mut inner);
        if !inner.text.is_empty() {
            self.line(key, "");
            self.text.push_str(&inner.text);
        }
        self
    }

    fn line(&mut self, key: &str, value: &str) -> &mut Self {
        let space = if value.is_empty() { "" } else { " " };
        writeln!(self.text, "{}{key}:{space}{value}", " ".repeat(self.depth)).expect("a text takes all");
        self
    }

    /// Returns the whole file: this front matter, then the body.
    pub(super) fn file(&self, body: &str) -> String {
        format!("---\n{}---\n\n{body}", self.text)
    }
}
