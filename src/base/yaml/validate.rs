//! Validates a tree against the JSON Schema of its raw type. Editors validate against the same schema, so both agree.
//!
//! It implements the keywords that the raw types use: `type`, `properties`, `additionalProperties`, `required`,
//! `items`, `anyOf`, `oneOf`, `enum` and `const`.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::Value;

use super::scalar::Scalar;
use super::spanned::{NodeRef, Slot, SpannedYaml};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::text::nearest;

/// Violations of the schema.
#[derive(Debug, Default)]
pub(super) struct Violations {
    /// Problems; those without a range are about the whole document.
    pub problems: Vec<(Option<Range<usize>>, Diagnostic)>,
    /// Entries to leave out so that the rest can be parsed.
    pub slots: HashSet<Slot>,
    /// Whether nothing can be parsed.
    pub nothing: bool,
    /// Top-level keys for which everything is reported: they are left out, or misspelt.
    pub keys: HashSet<String>,
}

/// Compares `tree`, which was parsed from `text`, with `schema`. `synonyms` maps keys of other programs to Dateline's.
pub(super) fn validate(tree: &SpannedYaml, text: &str, schema: &Value, synonyms: &[(&str, &str)]) -> Violations {
    let mut walk = Walk { text, synonyms, found: Violations::default() };
    let root = tree.root();
    if !root.is_null() && !walk.value(root, schema, &Name::Root) {
        walk.found.nothing = true;
    }
    if root.is_null() {
        for key in required(schema) {
            walk.missing(None, key, &Name::Root);
        }
    }
    walk.found
}

/// The name of a value in messages.
enum Name<'n> {
    Root,
    Key { key: NodeRef<'n>, name: &'n str },
    Item(&'n str),
}

impl Name<'_> {
    fn text(&self) -> String {
        match self {
            Self::Root => "this".to_owned(),
            Self::Key { name, .. } => format!("`{name}`"),
            Self::Item(list) => format!("an entry of `{list}`"),
        }
    }

    fn word(&self) -> &str {
        match self {
            Self::Root => "",
            Self::Key { name, .. } | Self::Item(name) => name,
        }
    }
}

struct Walk<'t> {
    text: &'t str,
    synonyms: &'t [(&'t str, &'t str)],
    found: Violations,
}

impl Walk<'_> {
    /// Validates a value; whether it can be parsed.
    fn value(&mut self, mark: NodeRef<'_>, schema: &Value, name: &Name<'_>) -> bool {
        let branches = branches(schema);
        if branches.iter().any(|branch| is_free(branch)) {
            return true;
        }
        if let Some(items) = mark.items() {
            if let Some(one) = branches.iter().find_map(|branch| branch.get("items")) {
                for (index, item) in items.enumerate() {
                    let fits = self.value(item, one, &Name::Item(name.word()));
                    self.keep(mark.slot(index), fits);
                }
                return true;
            }
        } else if mark.entries().is_some() {
            if let Some(map) = branches.iter().find(|branch| types(branch).any(|kind| kind == "object")) {
                return self.map(mark, map, name);
            }
        } else if let Some(fits) = self.scalar(mark, &branches, name) {
            return fits;
        }
        self.wrong(mark, &branches, name);
        false
    }

    /// Validates a scalar; `None` when no branch accepts its type.
    fn scalar(&mut self, mark: NodeRef<'_>, branches: &[&Value], name: &Name<'_>) -> Option<bool> {
        let (text, scalar) = (mark.text()?, mark.scalar()?);
        let takes = |kind: &str| branches.iter().any(|branch| types(branch).any(|known| known == kind));
        let words = words(branches);
        if !words.is_empty() {
            if words.contains(&text) {
                return Some(true);
            }
            if !takes("integer") && !takes("boolean") {
                self.unknown_word(mark, text, &words, name);
                return Some(false);
            }
        } else if takes("string") {
            return Some(true);
        }
        match scalar {
            Scalar::Bool(_) if takes("boolean") => Some(true),
            Scalar::Int(_) if takes("integer") || takes("number") => Some(true),
            Scalar::Float(_) if takes("number") => Some(true),
            _ => None,
        }
    }

    fn map(&mut self, mark: NodeRef<'_>, schema: &Value, name: &Name<'_>) -> bool {
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let rest = schema.get("additionalProperties");
        let mut misspelt = HashSet::new();
        let present: HashSet<&str> = mark.entries().into_iter().flatten().filter_map(|(key, _)| key.text()).collect();
        let free: Vec<&str> = known.keys().map(String::as_str).filter(|key| !present.contains(key)).collect();
        for (index, (key, value)) in mark.entries().into_iter().flatten().enumerate() {
            let slot = mark.slot(index);
            let Some(word) = key.text() else {
                let problem = Diagnostic::error(codes::WRONG_TYPE, "a key must be a text, not a list or a map");
                self.found.problems.push((Some(self.line(key.range())), problem));
                self.keep(slot, false);
                continue;
            };
            let below = Name::Key { key, name: word };
            if let Some(schema) = known.get(word) {
                let fits = value.is_null() || self.value(value, schema, &below);
                self.keep(slot, fits);
                if !fits && matches!(name, Name::Root) {
                    self.found.keys.insert(word.to_owned());
                }
            } else if let Some(schema) = rest.filter(|rest| **rest != Value::Bool(false)) {
                let fits = self.value(value, schema, &below);
                self.keep(slot, fits);
            } else {
                misspelt.extend(self.unknown_key(key, word, known, &free, matches!(name, Name::Root)));
                self.keep(slot, false);
            }
        }
        let mut whole = true;
        for key in required(schema) {
            match mark.get(key) {
                Some((at, value)) if value.is_null() => {
                    let problem = Diagnostic::error(codes::MISSING_KEY, format!("`{key}` is empty"));
                    self.found.problems.push((Some(at.range()), problem.help("give it a value")));
                    whole = false;
                }
                Some(_) => {}
                None => {
                    if !misspelt.contains(key) {
                        self.missing(Some(mark), key, name);
                    }
                    whole = false;
                }
            }
        }
        if matches!(name, Name::Root) {
            self.found.keys.extend(misspelt);
        }
        // At the root, raw types make all keys optional; nested types do not.
        whole || matches!(name, Name::Root)
    }

    fn missing(&mut self, mark: Option<NodeRef<'_>>, key: &str, name: &Name<'_>) {
        let (range, message) = match (name, mark) {
            (Name::Root, _) | (_, None) => (None, format!("`{key}` is missing")),
            (Name::Key { key: at, .. }, Some(_)) => (Some(at.range()), format!("{} has no `{key}`", name.text())),
            (Name::Item(_), Some(mark)) => (Some(self.line(mark.range())), format!("{} has no `{key}`", name.text())),
        };
        let problem = Diagnostic::error(codes::MISSING_KEY, message).help(format!("add `{key}: …`"));
        self.found.problems.push((range, problem));
    }

    /// Reports an unknown key. Returns the key that was meant.
    fn unknown_key(
        &mut self,
        key: NodeRef<'_>,
        word: &str,
        known: &serde_json::Map<String, Value>,
        free: &[&str],
        top: bool,
    ) -> Option<String> {
        let range = key.range();
        if word == "<<" {
            let problem = Diagnostic::error(codes::UNKNOWN_KEY, "merge keys (`<<`) are not read");
            self.found.problems.push((Some(range), problem.help("write the values out")));
            return None;
        }
        let synonym = |(theirs, ours): &&(&str, &str)| theirs.eq_ignore_ascii_case(word) && known.contains_key(*ours);
        let ours = self.synonyms.iter().find(synonym).map(|(_, ours)| *ours);
        let meant = nearest(&word.replace('-', "_"), free.iter().copied()).map(str::to_owned);
        let meant = meant.as_deref().or(ours).or_else(|| nearest(word, known.keys().map(String::as_str)));
        let problem = Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown key `{word}`"));
        let problem = match meant {
            Some(meant) => problem.propose(meant),
            None if top && known.contains_key("extra") => problem.help("put values of your own under `extra:`"),
            None => problem.help(format!("the keys here are {}", list(known.keys().map(String::as_str), "and"))),
        };
        self.found.problems.push((Some(range), problem));
        meant.map(str::to_owned)
    }

    fn unknown_word(&mut self, mark: NodeRef<'_>, text: &str, words: &[&str], name: &Name<'_>) {
        let problem = Diagnostic::error(codes::BAD_VALUE, format!("{} cannot be `{text}`", name.text()));
        let problem = match nearest(&text.replace([' ', '_'], "-"), words.iter().copied()) {
            Some(meant) => problem.propose(meant),
            None => problem.help(format!("write {}", list(words.iter().copied(), "or"))),
        };
        self.found.problems.push((Some(self.spot(mark, name)), problem));
    }

    fn wrong(&mut self, mark: NodeRef<'_>, branches: &[&Value], name: &Name<'_>) {
        let expected = list_plain(branches.iter().filter_map(|branch| expected(branch)));
        let is = match mark.scalar() {
            None if mark.items().is_some() => "a list".to_owned(),
            None => "a map".to_owned(),
            Some(Scalar::Null) => "empty".to_owned(),
            Some(Scalar::Text) => match mark.text() {
                Some(text) if text.len() <= 40 && !text.contains('\n') => format!("the text `{text}`"),
                _ => "a text".to_owned(),
            },
            Some(_) => format!("`{}`", mark.text().unwrap_or_default()),
        };
        let problem = Diagnostic::error(codes::WRONG_TYPE, format!("{} must be {expected}, not {is}", name.text()));
        let takes = |kind: &str| branches.iter().any(|branch| types(branch).any(|known| known == kind));
        let boolean = takes("boolean");
        let problem = match mark.text().map(str::to_lowercase).as_deref() {
            Some("yes" | "on" | "y" | "true" | "1") if boolean => problem.help("write `true`").replace_with("true"),
            Some("no" | "off" | "n" | "false" | "0") if boolean => problem.help("write `false`").replace_with("false"),
            Some(text) if takes("integer") && text.parse::<i64>().is_ok() => {
                // `010` is a text because of its leading zero.
                let number = text.parse::<i64>().unwrap_or_default().to_string();
                let help =
                    if number == text { "write it without quotes".to_owned() } else { format!("write `{number}`") };
                problem.help(help).replace_with(number)
            }
            _ => problem,
        };
        self.found.problems.push((Some(self.spot(mark, name)), problem));
    }

    fn keep(&mut self, slot: Slot, fits: bool) {
        if !fits {
            self.found.slots.insert(slot);
        }
    }

    /// Range of the value if it is on the line of its key, or else of the key.
    fn spot(&self, mark: NodeRef<'_>, name: &Name<'_>) -> Range<usize> {
        let range = mark.range();
        match name {
            Name::Key { key, .. } if range.is_empty() || self.text[key.range().end..range.start].contains('\n') => {
                key.range()
            }
            _ => self.line(range),
        }
    }

    /// Range of the first line.
    fn line(&self, range: Range<usize>) -> Range<usize> {
        let end = self.text[range.clone()].find(['\r', '\n']).map_or(range.end, |at| range.start + at);
        range.start..end
    }
}

/// Alternatives of a schema, flattened.
fn branches(schema: &Value) -> Vec<&Value> {
    match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        Some(some) => some.iter().flat_map(branches).collect(),
        None => vec![schema],
    }
}

fn is_free(branch: &Value) -> bool {
    *branch == Value::Bool(true) || ["type", "const", "enum"].iter().all(|key| branch.get(key).is_none())
}

fn types(branch: &Value) -> impl Iterator<Item = &str> {
    let (one, many) = match branch.get("type") {
        Some(Value::Array(many)) => (None, many.as_slice()),
        one => (one, [].as_slice()),
    };
    one.into_iter().chain(many).filter_map(Value::as_str)
}

fn words<'s>(branches: &[&'s Value]) -> Vec<&'s str> {
    let listed = |branch: &&'s Value| branch.get("enum").and_then(Value::as_array).into_iter().flatten();
    let constants = branches.iter().filter_map(|branch| branch.get("const"));
    constants.chain(branches.iter().flat_map(listed)).filter_map(Value::as_str).collect()
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The type that a branch accepts, in words.
fn expected(branch: &Value) -> Option<String> {
    if branch.get("const").is_some() || branch.get("enum").is_some() {
        return Some(list(words(&[branch]).into_iter(), "or"));
    }
    let kinds: Vec<_> = types(branch).collect();
    let text = match *kinds.iter().find(|kind| **kind != "null")? {
        _ if kinds.contains(&"string") => "a text",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        _ => match branch.get("properties").and_then(Value::as_object) {
            Some(known) if known.len() <= 6 => {
                return Some(format!("a map of {}", list(known.keys().map(String::as_str), "and")));
            }
            _ => "a map",
        },
    };
    Some(text.to_owned())
}

/// `` `a`, `b` and `c` ``.
fn list<'a>(words: impl Iterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [some @ .., end] => format!("{} {last} {end}", some.join(", ")),
    }
}

fn list_plain(words: impl Iterator<Item = String>) -> String {
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(" or ")
}
