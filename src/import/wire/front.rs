//! Front matter, written.

use std::fmt::Write;

use crate::base::yaml::emit;

/// Front matter that grows key by key. Values that say nothing are left out.
#[derive(Default)]
pub(super) struct Front {
    text: String,
    depth: usize,
}

impl Front {
    /// A key with a text.
    pub(super) fn text(&mut self, key: &str, text: &str) -> &mut Self {
        if text.is_empty() { self } else { self.line(key, &emit::scalar(text)) }
    }

    /// A key with a value that needs no quotes, such as a date.
    pub(super) fn bare(&mut self, key: &str, text: &str) -> &mut Self {
        self.line(key, text)
    }

    /// A key with texts, one a line.
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

    /// A key with maps, one an entry; each map is of keys with texts.
    pub(super) fn maps(&mut self, key: &str, maps: &[Vec<(&str, String)>]) -> &mut Self {
        if !maps.is_empty() {
            self.line(key, "");
            let indent = " ".repeat(self.depth);
            for map in maps {
                for (index, (key, text)) in map.iter().enumerate() {
                    let sign = if index == 0 { "- " } else { "  " };
                    // Days are dates, not texts.
                    let text = if *key == "at" { text.clone() } else { emit::scalar(text) };
                    writeln!(self.text, "{indent}  {sign}{key}: {text}").expect("a text takes all");
                }
            }
        }
        self
    }

    /// A key with keys of its own; left out when there are none.
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

    /// A whole file with this front matter.
    pub(super) fn file(&self, body: &str) -> String {
        format!("---\n{}---\n\n{body}", self.text)
    }
}
