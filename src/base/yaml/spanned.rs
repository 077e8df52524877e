//! YAML with positions: a tree in which every key and value has its byte range.
//!
//! It is needed when something is wrong. Values come from [`super`], which uses this tree only to find where a problem
//! is.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::compose::compose;
use super::nodes::{Index, NodeKind, YamlNode};
use super::scalar::{Scalar, of_plain};
use super::source::LeftOut;

pub use super::compose::Fault;

/// Maps with fewer entries are searched linearly.
const INDEXED: usize = 16;

/// A YAML document. An alias shares the node of its anchor.
#[derive(Debug)]
pub struct SpannedYaml {
    nodes: Vec<YamlNode>,
    root: usize,
}

/// A value in the tree.
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'m> {
    tree: &'m SpannedYaml,
    id: usize,
}

/// Identifies an entry of a map or an item of a list, rather than its value, which aliases may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(usize, usize);

/// A duplicate key.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'m> {
    /// The first occurrence.
    pub first: NodeRef<'m>,
    /// The duplicate.
    pub later: NodeRef<'m>,
    /// The duplicate's entry.
    pub slot: Slot,
}

impl<'m> NodeRef<'m> {
    fn node(self) -> &'m YamlNode {
        &self.tree.nodes[self.id]
    }

    /// Byte range.
    pub fn range(self) -> Range<usize> {
        self.node().range.clone()
    }

    /// The text of a scalar, without quotes.
    pub fn text(self) -> Option<&'m str> {
        match &self.node().kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The type of a scalar.
    pub fn scalar(self) -> Option<Scalar> {
        match &self.node().kind {
            NodeKind::Scalar { text, plain: true } => Some(of_plain(text)),
            NodeKind::Scalar { plain: false, .. } => Some(Scalar::Text),
            _ => None,
        }
    }

    /// Whether it is `null` or empty.
    pub fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// Items of a list.
    pub fn items(self) -> Option<impl ExactSizeIterator<Item = Self> + 'm> {
        match &self.node().kind {
            NodeKind::Sequence(items) => Some(items.iter().map(move |id| Self { id: *id, ..self })),
            _ => None,
        }
    }

    /// Keys and values of a map.
    pub fn entries(self) -> Option<impl ExactSizeIterator<Item = (Self, Self)> + 'm> {
        match &self.node().kind {
            NodeKind::Mapping(entries) => {
                Some(entries.iter().map(move |(key, value)| (Self { id: *key, ..self }, Self { id: *value, ..self })))
            }
            _ => None,
        }
    }

    /// Key and value of the entry `name` of a map.
    pub fn get(self, name: &str) -> Option<(Self, Self)> {
        let mut entries = self.entries()?;
        if entries.len() < INDEXED {
            return entries.find(|(key, _)| key.text() == Some(name));
        }
        let keys = || {
            let mut keys = HashMap::new();
            for (number, (key, _)) in self.entries().into_iter().flatten().enumerate() {
                key.text().map(|key| keys.entry(key.into()).or_insert(number));
            }
            Index::Keys(keys)
        };
        match self.node().index.get_or_init(keys) {
            Index::Keys(keys) => entries.nth(*keys.get(name)?),
            Index::Kept(_) => None,
        }
    }

    /// Item `index` of a list, counting all items or only accepted ones.
    fn item(self, index: usize, of: Counted) -> Option<Self> {
        let NodeKind::Sequence(items) = &self.node().kind else { return None };
        let id = match (of, self.node().index.get()) {
            (Counted::Kept, Some(Index::Kept(kept))) => kept.get(index)?,
            _ => items.get(index)?,
        };
        Some(Self { id: *id, ..self })
    }

    /// Identifies entry or item `index`.
    pub fn slot(self, index: usize) -> Slot {
        Slot(self.id, index)
    }
}

/// The items of a list that a path counts.
#[derive(Clone, Copy)]
enum Counted {
    All,
    Kept,
}

/// The result of following a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNode {
    /// Range of the key; `None` for the root and for items of lists.
    pub key: Option<Range<usize>>,
    /// Range of the value.
    pub value: Range<usize>,
}

impl SpannedYaml {
    /// The root.
    pub fn root(&self) -> NodeRef<'_> {
        NodeRef { tree: self, id: self.root }
    }

    /// Follows a path such as `["updates", "0", "at"]` as far as it leads. A single value counts as a list of one.
    pub fn find<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> FoundNode {
        self.follow(path, Counted::All)
    }

    /// Like [`Self::find`], for paths that do not count [rejected](Self::with_left_out) list entries.
    pub fn find_kept<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> FoundNode {
        self.follow(path, Counted::Kept)
    }

    /// Tells the tree which list entries were rejected.
    #[must_use]
    pub fn with_left_out(mut self, left_out: &LeftOut) -> Self {
        if left_out.0.is_empty() {
            return self;
        }
        for id in 0..self.nodes.len() {
            let NodeKind::Sequence(items) = &self.nodes[id].kind else { continue };
            let is_kept = |item: &&usize| !left_out.has(&self.nodes[**item].range);
            let kept: Vec<usize> = items.iter().filter(is_kept).copied().collect();
            if kept.len() < items.len() {
                self.nodes[id].index = Index::Kept(kept).into();
            }
        }
        self
    }

    fn follow<'p>(&self, path: impl IntoIterator<Item = &'p str>, of: Counted) -> FoundNode {
        let mut at = self.root();
        let mut found = FoundNode { key: None, value: at.range() };
        for step in path {
            if at.items().is_some() {
                let Some(item) = step.parse().ok().and_then(|index| at.item(index, of)) else { break };
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

    /// Byte ranges of those slots that are items of lists.
    pub(super) fn list_entries(&self, slots: &HashSet<Slot>) -> HashSet<Range<usize>> {
        let entries = slots.iter().filter_map(|Slot(id, index)| match &self.nodes[*id].kind {
            NodeKind::Sequence(items) => Some(self.nodes[*items.get(*index)?].range.clone()),
            _ => None,
        });
        entries.collect()
    }

    /// Duplicate keys at any depth.
    pub fn duplicates(&self) -> Vec<Duplicate<'_>> {
        let mut found = Vec::new();
        for (map, node) in self.nodes.iter().enumerate() {
            let NodeKind::Mapping(entries) = &node.kind else { continue };
            let mut seen: HashMap<&str, NodeRef<'_>> = HashMap::new();
            for (index, (id, _)) in entries.iter().enumerate() {
                let later = NodeRef { tree: self, id: *id };
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

    /// Removes entries and items.
    #[must_use]
    pub fn without(mut self, slots: &HashSet<Slot>) -> Self {
        for (id, node) in self.nodes.iter_mut().enumerate() {
            let mut index = 0;
            let mut keep = || {
                index += 1;
                !slots.contains(&Slot(id, index - 1))
            };
            node.index.take();
            match &mut node.kind {
                NodeKind::Scalar { .. } => {}
                NodeKind::Sequence(items) => items.retain(|_| keep()),
                NodeKind::Mapping(entries) => entries.retain(|_| keep()),
            }
        }
        self
    }
}

/// Parses one document.
pub fn parse(text: &str) -> Result<SpannedYaml, Fault> {
    compose(text).map(|(nodes, root)| SpannedYaml { nodes, root })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;

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
    fn a_comment_after_a_quoted_value_is_no_part_of_it() {
        let text = "a: \"x \\\" # y\"  # z\nb: 'it''s # y' # z\nc: plain # z\nd: [\"x\" # z\n  , 'y']\n";
        assert_eq!(at(text, "a").1, "\"x \\\" # y\"");
        assert_eq!(at(text, "b").1, "'it''s # y'");
        assert_eq!((at(text, "c").1, at(text, "d/0").1, at(text, "d/1").1), ("plain", "\"x\"", "'y'"));
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
