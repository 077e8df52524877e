//! The nodes of a YAML document (YAML 1.2.2, section 3.2.1): a flat list, in which parents name their children by number.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct YamlNode {
    pub(super) range: Range<usize>,
    pub(super) kind: NodeKind,
    /// How many values it stands for, with aliases written out.
    pub(super) size: usize,
    /// Its entries, once somebody has followed a path through it.
    pub(super) index: OnceLock<Index>,
}

/// The entries of a large list or map, to be found without going through all of them.
#[derive(Debug)]
pub(super) enum Index {
    /// The items of a list of which others were left out.
    Kept(Vec<usize>),
    /// The numbers of a map's entries by their keys; of equal keys the first.
    Keys(HashMap<Box<str>, usize>),
}

#[derive(Debug)]
pub(super) enum NodeKind {
    Scalar { text: String, plain: bool },
    Sequence(Vec<usize>),
    Mapping(Vec<(usize, usize)>),
}
