//! The hierarchy of topics: the parents that files name, without cycles.

use std::collections::HashSet;

use crate::content::head::TopicHead;
use crate::site::registry::names::{NameId, Registry};

/// The broader names of each name in the registry.
pub(in crate::site) struct Parents {
    /// The parents of each name, without those that would close a cycle, so that walks upwards end.
    pub(in crate::site) kept: Vec<Vec<NameId>>,
    /// The edges that would close a cycle: the child, and the index of the parent in its list. Each cycle is cut and
    /// reported once.
    pub(in crate::site) circular: Vec<(NameId, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

impl Parents {
    /// A depth-first search upwards from each name, which drops every edge to a name on the current path.
    pub(in crate::site) fn of(registry: &Registry, heads: &[Option<&TopicHead>]) -> Self {
        let named: Vec<Vec<NameId>> = heads
            .iter()
            .map(|head| head.iter().flat_map(|head| &head.parents).map(|name| registry.find(name)).collect())
            .collect();
        let mut kept: Vec<Vec<NameId>> = vec![Vec::new(); heads.len()];
        let mut circular = Vec::new();
        let mut states = vec![State::New; heads.len()];
        for start in 0..heads.len() {
            if states[start] != State::New {
                continue;
            }
            let mut stack = vec![(start, 0)];
            states[start] = State::Open;
            while let Some((at, next)) = stack.last_mut() {
                let (at, index) = (*at, *next);
                *next += 1;
                match named[at].get(index).map(|NameId(parent)| (*parent, states[*parent])) {
                    None => {
                        states[at] = State::Done;
                        stack.pop();
                    }
                    Some((_, State::Open)) => circular.push((NameId(at), index)),
                    Some((parent, State::New)) => {
                        states[parent] = State::Open;
                        stack.push((parent, 0));
                    }
                    Some((_, State::Done)) => {}
                }
            }
        }
        let left_out: HashSet<(NameId, usize)> = circular.iter().copied().collect();
        // The child that last took each parent, by which a parent that a list names twice counts once.
        let mut taken_by = vec![usize::MAX; heads.len()];
        for (at, named) in named.iter().enumerate() {
            for (index, parent) in named.iter().enumerate() {
                if !left_out.contains(&(NameId(at), index)) && std::mem::replace(&mut taken_by[parent.0], at) != at {
                    kept[at].push(*parent);
                }
            }
        }
        circular.sort_unstable();
        Self { kept, circular }
    }
}
