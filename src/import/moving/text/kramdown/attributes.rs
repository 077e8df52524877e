//! Parses kramdown's constructs in braces: inline attribute lists of blocks and spans, attribute list definitions,
//! extensions.

use super::lines::near;

/// An attribute list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// The names of attribute list definitions that it refers to, and special names such as `toc`.
    pub(super) names: Vec<String>,
    /// All other attributes: their names and values.
    pub(super) pairs: Vec<(String, String)>,
}

impl Attributes {
    /// Parses the text between the braces.
    pub(super) fn read(inside: &str) -> Self {
        let mut found = Self::default();
        let mut rest = inside.trim();
        while !rest.is_empty() {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let pair = rest[..end].find('=').and_then(|at| {
                let quote = rest[at + 1..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
                let close = rest[at + 2..].find(quote)?;
                Some((&rest[..at], &rest[at + 2..at + 2 + close], at + 3 + close))
            });
            if let Some((name, value, length)) = pair {
                found.pairs.push((name.to_owned(), value.to_owned()));
                rest = rest[length..].trim_start();
            } else {
                found.word(&rest[..end]);
                rest = rest[end..].trim_start();
            }
        }
        found
    }

    /// Parses `#id`, `.class`, several of these in one word, or the name of a definition.
    fn word(&mut self, word: &str) {
        if !word.starts_with(['#', '.']) {
            self.names.push(word.to_owned());
            return;
        }
        let mut rest = word;
        while !rest.is_empty() {
            let end = rest[1..].find(['#', '.']).map_or(rest.len(), |end| end + 1);
            let (part, after) = rest.split_at(end);
            match part.strip_prefix('#') {
                Some(id) if id.starts_with(|c: char| c.is_ascii_alphabetic()) => self.id = Some(id.to_owned()),
                Some(_) => {}
                None => self.classes.push(part[1..].to_owned()),
            }
            rest = after;
        }
    }

    /// Adds the attributes of another list. Its id takes precedence.
    pub(super) fn extend(&mut self, other: &Self) {
        let Self { id, classes, names, pairs } = other.clone();
        self.id = id.or_else(|| self.id.take());
        self.classes.extend(classes);
        self.names.extend(names);
        self.pairs.extend(pairs);
    }

    /// Returns what matters of the attributes for the text.
    pub(super) fn effect(&self) -> Effect {
        Effect {
            id: self.id.clone(),
            language: self.classes.iter().find_map(|class| class.strip_prefix("language-")).map(str::to_owned),
            has_more: self.has_more(),
            is_toc: self.names.iter().any(|name| name == "toc"),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether there are attributes that Markdown cannot express.
    pub(super) fn has_more(&self) -> bool {
        let shown = |class: &&String| !class.starts_with("language-") && *class != "no_toc";
        self.classes.iter().any(|class| shown(&class)) || !self.pairs.is_empty()
    }
}

/// The effect of a block's attributes on the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Effect {
    pub(super) id: Option<String>,
    /// The language of a code block, from a class `language-…`.
    pub(super) language: Option<String>,
    /// Whether there are attributes that Markdown cannot express.
    pub(super) has_more: bool,
    /// Whether a list is replaced by a table of contents.
    pub(super) is_toc: bool,
}

impl Effect {
    /// Adds an attribute list definition. Its id takes precedence.
    pub(super) fn extend(&mut self, other: &Self) {
        self.id = other.id.clone().or_else(|| self.id.take());
        self.language = self.language.take().or_else(|| other.language.clone());
        self.has_more |= other.has_more;
        self.is_toc |= other.is_toc;
    }
}

/// Returns the text between `open` and the closing brace at the start of a text, and the length including both.
fn braced<'t>(text: &'t str, open: &str) -> Option<(&'t str, usize)> {
    let rest = text.strip_prefix(open)?;
    let mut is_escaped = false;
    let end = rest.find(|c: char| {
        let ends = c == '}' && !is_escaped;
        is_escaped = c == '\\';
        ends
    })?;
    Some((&rest[..end], open.len() + end + 1))
}

/// Returns the attribute list of a line that consists of a block attribute list.
pub(super) fn of_block(line: &str) -> Option<&str> {
    let bare = near(line)?;
    let (inside, length) = braced(bare, "{:")?;
    (!inside.is_empty() && !inside.starts_with([':', '/']) && bare[length..].trim().is_empty()).then_some(inside)
}

/// Parses an attribute list definition: its name and its attributes.
pub(super) fn named(line: &str) -> Option<(&str, Attributes)> {
    let (name, attributes) = of_block(line)?.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_name.then(|| (name, Attributes::read(attributes)))
}

/// Parses an attribute list after a span, or at the start of a list item; returns its length and its attributes.
pub(super) fn of_span(text: &str) -> Option<(usize, Attributes)> {
    let (inside, length) = braced(text, "{:").filter(|_| !text[2..].starts_with([':', '/']))?;
    (!inside.is_empty() && !inside.starts_with([':', '/'])).then(|| (length, Attributes::read(inside)))
}

/// The start tag of an extension.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Extension<'t> {
    /// The name, such as `comment` or `nomarkdown`.
    pub(super) name: &'t str,
    /// The options after the name.
    pub(super) about: &'t str,
    /// Whether it has no content: `{::name /}`.
    pub(super) is_whole: bool,
    /// The length of the tag in bytes.
    pub(super) length: usize,
}

/// Parses the start tag of an extension at the start of a text: `{::name …}`.
pub(super) fn extension(text: &str) -> Option<Extension<'_>> {
    let (inside, length) = braced(text, "{::")?;
    let end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len());
    let (name, about) = inside.split_at(end);
    let (about, is_whole) = about.strip_suffix('/').map_or((about, false), |about| (about, true));
    (!name.is_empty() && (about.is_empty() || about.starts_with(char::is_whitespace))).then(|| Extension {
        name,
        about: about.trim(),
        is_whole,
        length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_kramdown_reads_them() {
        let found = Attributes::read(" #a.b .c toc target=\"_blank\" title='x y' ");
        assert_eq!(found.id.as_deref(), Some("a"));
        assert_eq!((found.classes.join(" "), found.names.join(" ")), ("b c".to_owned(), "toc".to_owned()));
        assert_eq!(found.pairs, [("target".into(), "_blank".into()), ("title".into(), "x y".into())]);
        assert_eq!(of_block("  {: .a}  "), Some(" .a"));
        assert_eq!(of_block("{: .a} b").or(of_block("{::a /}")).or(of_block("    {: .a}")), None);
        assert_eq!(named("{:ref: .a}").map(|(name, _)| name), Some("ref"));
        assert_eq!(of_span("{:.a}b").map(|(length, _)| length), Some(5));
        let found = extension("{::options a=\"b\" /} c");
        assert_eq!(found, Some(Extension { name: "options", about: "a=\"b\"", is_whole: true, length: 19 }));
    }
}
