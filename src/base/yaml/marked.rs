//! YAML with positions: a tree in which every key and value knows its bytes.
//!
//! For the moments when something is wrong. The values that a site is made of come from [`super`], which asks
//! this tree only to say where a problem stands.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::scalar::{Scalar, plain};
use super::source::LeftOut;
use crate::base::codes::{self, Code};

/// Deepest nesting that is read.
const DEPTH: usize = 64;
const TOO_DEEP: &str = "the YAML is nested more than 64 levels deep";
/// Most values that aliases may stand for, all told: beyond that it is a bomb.
const EXPANDED: usize = 100_000;

/// A YAML document. An alias is the node of its anchor, not a copy of it.
#[derive(Debug)]
pub struct Marked {
    nodes: Vec<Node>,
    root: usize,
}

#[derive(Debug)]
struct Node {
    range: Range<usize>,
    kind: Kind,
    /// How many values it stands for, with aliases written out.
    size: usize,
}

#[derive(Debug)]
enum Kind {
    Scalar { text: String, plain: bool },
    Sequence(Vec<usize>),
    Mapping(Vec<(usize, usize)>),
}

/// Why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `yaml-syntax` or `yaml-limit`.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<&'static str>,
    /// Where.
    pub range: Range<usize>,
}

/// A value in the tree.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'m> {
    tree: &'m Marked,
    id: usize,
}

/// An entry of a map or an item of a list. Not the value itself: through aliases, that may stand elsewhere too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(usize, usize);

/// A key that stands once more in its map.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'m> {
    /// The first of its kind.
    pub first: Mark<'m>,
    /// This one.
    pub later: Mark<'m>,
    /// Its entry.
    pub slot: Slot,
}

impl<'m> Mark<'m> {
    fn node(self) -> &'m Node {
        &self.tree.nodes[self.id]
    }

    /// Its bytes.
    pub fn range(self) -> Range<usize> {
        self.node().range.clone()
    }

    /// Its text as written (without quotes), when it is a scalar.
    pub fn text(self) -> Option<&'m str> {
        match &self.node().kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What kind of scalar it is, when it is one.
    pub fn scalar(self) -> Option<Scalar> {
        match &self.node().kind {
            Kind::Scalar { text, plain: true } => Some(plain(text)),
            Kind::Scalar { plain: false, .. } => Some(Scalar::Text),
            _ => None,
        }
    }

    /// Whether it is `null` or nothing.
    pub fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// Its items, when it is a list.
    pub fn items(self) -> Option<impl ExactSizeIterator<Item = Self> + 'm> {
        match &self.node().kind {
            Kind::Sequence(items) => Some(items.iter().map(move |id| Self { id: *id, ..self })),
            _ => None,
        }
    }

    /// Its keys and values, when it is a map.
    pub fn entries(self) -> Option<impl ExactSizeIterator<Item = (Self, Self)> + 'm> {
        match &self.node().kind {
            Kind::Mapping(entries) => {
                Some(entries.iter().map(move |(key, value)| (Self { id: *key, ..self }, Self { id: *value, ..self })))
            }
            _ => None,
        }
    }

    /// The key and value under `name`, when it is a map.
    pub fn get(self, name: &str) -> Option<(Self, Self)> {
        self.entries()?.find(|(key, _)| key.text() == Some(name))
    }

    /// What identifies its entry (or item) number `index`.
    pub fn slot(self, index: usize) -> Slot {
        Slot(self.id, index)
    }
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNode {
    /// The key that leads to the value; none for the root and for items of a list.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

impl Marked {
    /// The whole document.
    pub fn root(&self) -> Mark<'_> {
        Mark { tree: self, id: self.root }
    }

    /// Follows a path such as `["updates", "0", "at"]`, as far as it leads. A value on its own counts as a list of one.
    pub fn find<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> FoundNode {
        self.follow(path, |_| true)
    }

    /// The same for a path that counts only those entries of lists that were kept.
    pub fn find_kept<'p>(&self, path: impl IntoIterator<Item = &'p str>, left_out: &LeftOut) -> FoundNode {
        self.follow(path, |item| !left_out.has(&item.range()))
    }

    fn follow<'p>(&self, path: impl IntoIterator<Item = &'p str>, counts: impl Fn(Mark<'_>) -> bool) -> FoundNode {
        let mut at = self.root();
        let mut found = FoundNode { key: None, value: at.range() };
        for step in path {
            if let Some(items) = at.items() {
                let index: Option<usize> = step.parse().ok();
                let Some(item) = index.and_then(|index| items.filter(|item| counts(*item)).nth(index)) else { break };
                at = item;
                found = FoundNode { key: None, value: at.range() };
            } else if let Some((key, value)) = at.get(step) {
                at = value;
                found = FoundNode { key: Some(key.range()), value: at.range() };
            } else if step != "0" {
                break;
            }
        }
        found
    }

    /// The bytes of those slots that are entries of lists.
    pub(super) fn list_entries(&self, slots: &HashSet<Slot>) -> HashSet<Range<usize>> {
        let entries = slots.iter().filter_map(|Slot(id, index)| match &self.nodes[*id].kind {
            Kind::Sequence(items) => Some(self.nodes[*items.get(*index)?].range.clone()),
            _ => None,
        });
        entries.collect()
    }

    /// Keys that stand more than once in one map, at any depth.
    pub fn duplicates(&self) -> Vec<Duplicate<'_>> {
        let mut found = Vec::new();
        for (map, node) in self.nodes.iter().enumerate() {
            let Kind::Mapping(entries) = &node.kind else { continue };
            let mut seen: HashMap<&str, Mark<'_>> = HashMap::new();
            for (index, (id, _)) in entries.iter().enumerate() {
                let later = Mark { tree: self, id: *id };
                let Some(name) = later.text() else { continue };
                match seen.get(name) {
                    Some(&first) => found.push(Duplicate { first, later, slot: Slot(map, index) }),
                    None => drop(seen.insert(name, later)),
                }
            }
        }
        found.sort_by_key(|duplicate| duplicate.later.range().start);
        found
    }

    /// The tree without these entries and items.
    #[must_use]
    pub fn without(mut self, slots: &HashSet<Slot>) -> Self {
        for (id, node) in self.nodes.iter_mut().enumerate() {
            let mut index = 0;
            let mut keep = || {
                index += 1;
                !slots.contains(&Slot(id, index - 1))
            };
            match &mut node.kind {
                Kind::Scalar { .. } => {}
                Kind::Sequence(items) => items.retain(|_| keep()),
                Kind::Mapping(entries) => entries.retain(|_| keep()),
            }
        }
        self
    }
}

/// Reads one document.
pub fn parse(text: &str) -> Result<Marked, Fault> {
    Builder { text, bytes: Bytes::of(text), nodes: Vec::new(), anchors: HashMap::new() }.document()
}

/// The parser counts characters; a text in one alphabet only needs no table.
enum Bytes {
    Same(usize),
    Table(Vec<u32>),
}

impl Bytes {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Same(text.len());
        }
        Self::Table(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect())
    }

    fn at(&self, index: usize) -> usize {
        match self {
            Self::Same(len) => index.min(*len),
            Self::Table(table) => table.get(index).or(table.last()).map_or(0, |at| *at as usize),
        }
    }
}

struct Builder<'t> {
    text: &'t str,
    bytes: Bytes,
    nodes: Vec<Node>,
    anchors: HashMap<usize, usize>,
}

/// A list or map that is still open.
struct Open {
    start: usize,
    anchor: usize,
    mapping: bool,
    children: Vec<usize>,
}

impl Builder<'_> {
    fn document(mut self) -> Result<Marked, Fault> {
        let mut parser = Parser::new_from_str(self.text);
        let mut stack: Vec<Open> = Vec::new();
        let mut root = None;
        let mut expanded = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(error.info(), error.marker().index()))?;
            let range = self.range(span);
            let done = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let plain = style == ScalarStyle::Plain;
                    // A value that is not there comes as `~` of no length.
                    let text = if plain && range.is_empty() { String::new() } else { text.into_owned() };
                    self.add(Node { range, kind: Kind::Scalar { text, plain }, size: 1 }, anchor)
                }
                Event::Alias(anchor) => {
                    let Some(&id) = self.anchors.get(&anchor) else {
                        return Err(limit("an alias stands within the value that it repeats", range));
                    };
                    expanded += self.nodes[id].size;
                    if expanded > EXPANDED {
                        return Err(limit("the aliases in this YAML stand for far too many values", range));
                    }
                    id
                }
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    if stack.len() >= DEPTH {
                        return Err(limit(TOO_DEEP, range));
                    }
                    let mapping = matches!(event, Event::MappingStart(..));
                    stack.push(Open { start: range.start, anchor, mapping, children: Vec::new() });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(open) = stack.pop() else { continue };
                    self.close(open, range.end)
                }
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Fault {
                        code: codes::YAML_SYNTAX,
                        message: "a second YAML document starts here".to_owned(),
                        help: Some("keep one: `---` and `...` cannot stand inside it"),
                        range,
                    });
                }
                Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::StreamStart
                | Event::StreamEnd
                | Event::Nothing => continue,
            };
            match stack.last_mut() {
                Some(open) => open.children.push(done),
                None => root = Some(done),
            }
        }
        let root = root.unwrap_or_else(|| {
            let kind = Kind::Scalar { text: String::new(), plain: true };
            self.add(Node { range: 0..0, kind, size: 1 }, 0)
        });
        Ok(Marked { nodes: self.nodes, root })
    }

    fn add(&mut self, node: Node, anchor: usize) -> usize {
        self.nodes.push(node);
        let id = self.nodes.len() - 1;
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        id
    }

    fn close(&mut self, open: Open, end: usize) -> usize {
        let Open { start, anchor, mapping, children } = open;
        let size = 1 + children.iter().map(|id| self.nodes[*id].size).sum::<usize>();
        let end = start + self.text[start..end.max(start)].trim_end().len();
        let kind = if mapping {
            Kind::Mapping(children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        } else {
            Kind::Sequence(children)
        };
        self.add(Node { range: start..end, kind, size }, anchor)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.bytes.at(span.start.index());
        let end = self.bytes.at(span.end.index()).max(start);
        start..start + self.text[start..end].trim_end().len()
    }

    fn syntax(&self, info: &str, index: usize) -> Fault {
        let at = self.bytes.at(index);
        if info.contains("recursion limit") {
            return limit(TOO_DEEP, at..at + 1);
        }
        Fault { code: codes::YAML_SYNTAX, message: format!("this is not YAML: {info}"), help: None, range: at..at + 1 }
    }
}

fn limit(message: &str, range: Range<usize>) -> Fault {
    Fault {
        code: codes::YAML_LIMIT,
        message: message.to_owned(),
        help: Some("write the values out, and keep them flat"),
        range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'t>(text: &'t str, path: &str) -> (Option<&'t str>, &'t str) {
        let found = parse(text).expect("YAML").find(path.split('/'));
        (found.key.map(|range| &text[range]), &text[found.value])
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "title: Ça “va”\r\nupdates:\r\n  - at: 2023-10-17\r\n    text: >\r\n      folded\r\n      text\r\n  - {at: \"x y\"}\r\nlast: [ä, ö]\r\n";
        assert_eq!(at(text, "title"), (Some("title"), "Ça “va”"));
        assert_eq!(at(text, "updates/0/at"), (Some("at"), "2023-10-17"));
        assert_eq!(at(text, "updates/1/at"), (Some("at"), "\"x y\""));
        assert_eq!(at(text, "updates/1"), (None, "{at: \"x y\"}"));
        assert_eq!(at(text, "last/1"), (None, "ö"));
        assert_eq!(at(text, "last"), (Some("last"), "[ä, ö]"));
        assert_eq!(at(text, "updates/9/at").0, Some("updates"), "as far as it leads");
        assert_eq!(at(text, "title/0"), (Some("title"), "Ça “va”"), "a list of one");
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        let text = "a: 1\nb: {c: 1, d: 2, c: 3}\n\"a\": 2\n";
        let tree = parse(text).expect("YAML");
        let lines: Vec<_> = tree.duplicates().iter().map(|d| (&text[d.first.range()], d.later.range().start)).collect();
        assert_eq!(lines, [("c", 21), ("a", 27)]);
    }

    #[test]
    fn bombs_and_towers_are_refused_at_once() {
        use std::fmt::Write as _;
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let _ = writeln!(bomb, "a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(", "));
        }
        for text in [bomb, "[".repeat(1 << 20), "- ".repeat(2000), "a: &a [*a]".to_owned()] {
            let fault = parse(&text).expect_err("a limit");
            assert_eq!(fault.code, codes::YAML_LIMIT, "{}", fault.message);
        }
    }

    #[test]
    fn an_alias_is_the_value_of_its_anchor() {
        let text = "a: &x [1, 2]\nb: *x\n";
        let tree = parse(text).expect("YAML");
        let (_, b) = tree.root().get("b").expect("it is there");
        assert_eq!(b.items().map(|items| items.len()), Some(2));
    }

    #[test]
    fn an_empty_text_is_null() {
        for text in ["", "\n", "# only a note\n"] {
            assert!(parse(text).expect("YAML").root().is_null(), "{text:?}");
        }
    }
}
