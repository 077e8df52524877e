//! Nodes of a YAML document (YAML 1.2.2, section 3.2.1) as a flat list, in which parents refer to children by index.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct YamlNode {
    pub(super) range: Range<usize>,
    pub(super) kind: NodeKind,
    /// Number of values it contains after expansion of aliases.
    pub(super) size: usize,
    /// Index of its entries, built on demand.
    pub(super) index: OnceLock<Index>,
}

/// Index of a large list or map.
#[derive(Debug)]
pub(super) enum Index {
    /// Items of a list that has rejected ones.
    Kept(Vec<usize>),
    /// Entries of a map by key; the first of duplicates.
    Keys(HashMap<Box<str>, usize>),
}

#[derive(Debug)]
pub(super) enum NodeKind {
    Scalar { text: String, plain: bool },
    Sequence(Vec<usize>),
    Mapping(Vec<(usize, usize)>),
}
