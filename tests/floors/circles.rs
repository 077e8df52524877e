//! Finds circles of files in every folder and between folders.

use std::collections::{BTreeMap, BTreeSet};

use crate::reader::{Crate, parent};

/// One folder, seen from above: its files and folders, and which of them names items of which other.
pub(crate) struct Folder {
    pub(crate) name: String,
    /// Each edge with a file in it and a path that this file names.
    pub(crate) edges: BTreeMap<(String, String), (String, String)>,
}

/// The folders of a crate, each with its files and folders as nodes. Its own `mod.rs` is the node `mod`.
pub(crate) fn folders(files: &Crate) -> Vec<Folder> {
    let edges = files.edges();
    let names: BTreeSet<&str> = files.sources.keys().filter(|module| !module.is_empty()).map(|m| parent(m)).collect();
    let folder = |name: &str| Folder {
        name: name.to_owned(),
        edges: edges
            .iter()
            .filter_map(|((from, to), paths)| {
                let (a, b) = (node(name, from)?, node(name, to)?);
                (a != b).then(|| ((a, b), (from.clone(), paths[0].clone())))
            })
            .collect(),
    };
    names.into_iter().map(folder).collect()
}

impl Folder {
    /// The sets of nodes that reach each other, each with a shortest circle, written out.
    pub(crate) fn circles(&self) -> Vec<String> {
        let mut circles = Vec::new();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        for (node, _) in self.edges.keys() {
            let reached = self.reached(node);
            if done.contains(node.as_str()) || !reached.contains_key(node.as_str()) {
                continue;
            }
            let group: Vec<&str> =
                reached.keys().copied().filter(|other| self.reached(other).contains_key(node.as_str())).collect();
            done.extend(&group);
            let mut steps = Vec::new();
            let mut at = node.as_str();
            loop {
                let before = reached[at];
                let (file, path) = &self.edges[&(before.to_owned(), at.to_owned())];
                steps.push(format!("{file} names `{path}`"));
                at = before;
                if at == node {
                    break;
                }
            }
            steps.reverse();
            circles.push(format!("{}: {} reach each other: {}", self.name, group.join(", "), steps.join("; ")));
        }
        circles
    }

    /// The nodes by their floor: the lowest names none of the others.
    pub(crate) fn floors(&self) -> Vec<Vec<&str>> {
        let mut rest: BTreeSet<&str> = self.edges.keys().flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect();
        let mut floors = Vec::new();
        while !rest.is_empty() {
            let stands_on = |node: &str| self.edges.keys().any(|(a, b)| a == node && rest.contains(b.as_str()));
            let floor: Vec<&str> = rest.iter().copied().filter(|node| !stands_on(node)).collect();
            if floor.is_empty() {
                break;
            }
            rest.retain(|node| !floor.contains(node));
            floors.push(floor);
        }
        floors
    }

    /// The nodes that a path of one step or more leads to, each with the node before it on a shortest one.
    fn reached<'a>(&'a self, start: &'a str) -> BTreeMap<&'a str, &'a str> {
        let mut before = BTreeMap::new();
        let mut queue = vec![start];
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            for (from, to) in self.edges.keys().filter(|(from, _)| from == node) {
                if !before.contains_key(to.as_str()) {
                    before.insert(to.as_str(), from.as_str());
                    queue.push(to);
                }
            }
        }
        before
    }
}

/// The file or folder of `folder` in which a module is.
fn node(folder: &str, module: &str) -> Option<String> {
    let inner = if folder.is_empty() { module } else { module.strip_prefix(folder)? };
    if inner.is_empty() {
        return Some("mod".to_owned());
    }
    let inner = if folder.is_empty() { inner } else { inner.strip_prefix("::")? };
    inner.split("::").next().map(str::to_owned)
}
