//! A folder as of its last scan, with a value for each file that is kept as long as the file's stat stays the same.

use std::collections::BTreeSet;
use std::path::Path;

use super::bounds::Bounds;
use super::ignored::Ignored;
use super::walk::{SourceFile, is_markdown, walk_names, walk_noting};
use crate::base::disk::path::join;
use crate::base::disk::stat::file_stat;
use crate::base::report::Report;

/// The extent of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rescan {
    /// All folders.
    All,
    /// Only these files and folders: paths relative to the site's root, with `/`.
    Paths(BTreeSet<String>),
}

impl Default for Rescan {
    /// Nothing.
    fn default() -> Self {
        Self::Paths(BTreeSet::new())
    }
}

impl Rescan {
    /// Adds everything that `other` names.
    pub fn add(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Paths(paths), Self::Paths(more)) => paths.extend(more),
            (_, Self::All) => *self = Self::All,
            (Self::All, _) => {}
        }
    }
}

/// A file and the value made from it.
#[derive(Clone, Debug)]
pub struct Node<T> {
    /// The file.
    pub entry: SourceFile,
    /// The value.
    pub made: T,
}

/// The files below a folder, by path.
#[derive(Debug)]
pub struct Tree<T> {
    nodes: Vec<Node<T>>,
    report: Report,
    /// Notes on hidden files that may be meant as sources.
    hidden: Report,
    walked: bool,
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self { nodes: Vec::new(), report: Report::default(), hidden: Report::default(), walked: false }
    }
}

impl<T: Default> Tree<T> {
    /// A tree of values by path, whose files are yet to be scanned.
    pub fn remembered(nodes: Vec<Node<T>>) -> Self {
        Self { nodes, ..Self::default() }
    }

    /// All files.
    pub fn nodes(&self) -> &[Node<T>] {
        &self.nodes
    }

    /// All files, for changing their values.
    pub fn nodes_mut(&mut self) -> &mut [Node<T>] {
        &mut self.nodes
    }

    /// Drops the values of all files.
    pub fn forget(&mut self) {
        for node in &mut self.nodes {
            node.made = T::default();
        }
    }

    /// Problems of the last scan.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Hidden files of the last scan that may be meant as sources.
    pub fn hidden(&self) -> &Report {
        &self.hidden
    }

    /// Scans the files below `root/name`, skipping ignored names and links out of bounds. Values stay with their paths.
    /// Returns the paths that are gone.
    pub fn rescan(&mut self, root: &Path, name: &str, rescan: &Rescan, which: (Ignored, &Bounds)) -> Vec<String> {
        let folder = join(root, name);
        let mut gone = Vec::new();
        let touched: Option<Vec<&str>> = match rescan {
            // After a walk with problems, problems can have changed anywhere.
            Rescan::Paths(paths) if self.walked && self.report.is_empty() => {
                let below = |path: &'_ &String| **path == name || path.starts_with(&format!("{name}/"));
                Some(paths.iter().filter(below).map(|path| path[name.len()..].trim_start_matches('/')).collect())
            }
            _ => None,
        };
        let seen_again = touched.is_some_and(|touched| {
            touched.into_iter().all(|path| !path.is_empty() && self.rescan_path(&folder, path, which, &mut gone))
        });
        if !seen_again {
            let mut hidden = Report::default();
            let (entries, report) = walk_noting(&folder, name, which.0, which.1, &mut hidden);
            self.hidden = hidden;
            self.replace(0..self.nodes.len(), entries, &mut gone);
            self.report = report;
            self.walked = true;
        }
        gone
    }

    /// Scans one path. Returns false when only a full walk can tell what changed.
    fn rescan_path(
        &mut self,
        folder: &Path,
        path: &str,
        (is_ignored, bounds): (Ignored, &Bounds),
        gone: &mut Vec<String>,
    ) -> bool {
        if path.split('/').any(is_ignored) {
            // Only a full walk notes hidden stories.
            return !is_markdown(Path::new(path));
        }
        let below = format!("{path}/");
        let from = self.nodes.partition_point(|node| *node.entry.path < *path);
        // Files that sort between a folder's name and its contents, such as `a-b.md` between `a` and `a/x.md`, stay.
        let is_inside = |node: &Node<T>| node.entry.path == path || node.entry.path.starts_with(&below);
        let end = self.nodes.partition_point(|node| *node.entry.path < *below || node.entry.path.starts_with(&below));
        let file = join(folder, path);
        let Ok(metadata) = std::fs::symlink_metadata(&file) else {
            let mut between: Vec<Node<T>> = self.nodes.drain(from..end.max(from)).collect();
            gone.extend(between.extract_if(.., |node| is_inside(node)).map(|node| node.entry.path));
            self.nodes.splice(from..from, between);
            return true;
        };
        if metadata.is_file() {
            let inside = self.nodes[from..end.max(from)].iter().filter(|node| is_inside(node)).count();
            let entry = SourceFile { path: path.to_owned(), file, stat: file_stat(&metadata) };
            match self.nodes.get_mut(from).filter(|node| node.entry.path == path) {
                Some(node) if inside == 1 => node.entry = entry,
                None if inside == 0 => self.nodes.insert(from, Node { entry, made: T::default() }),
                _ => return false,
            }
            return true;
        }
        if !metadata.is_dir() {
            return false;
        }
        let (entries, report) = walk_names(&file, path, is_ignored, bounds);
        if !report.is_empty() || self.nodes.get(from).is_some_and(|node| node.entry.path == path) {
            return false;
        }
        let from = self.nodes.partition_point(|node| *node.entry.path < *below);
        let entries = entries.into_iter().map(|entry| SourceFile { path: format!("{below}{}", entry.path), ..entry });
        self.replace(from..end.max(from), entries.collect(), gone);
        true
    }

    /// Replaces a range of nodes by `entries`; both are sorted.
    fn replace(&mut self, range: std::ops::Range<usize>, entries: Vec<SourceFile>, gone: &mut Vec<String>) {
        let mut before = self.nodes.splice(range.clone(), []).collect::<Vec<_>>().into_iter().peekable();
        let mut nodes = Vec::with_capacity(entries.len());
        for entry in entries {
            while let Some(node) = before.next_if(|node| node.entry.path < entry.path) {
                gone.push(node.entry.path);
            }
            let made = before.next_if(|node| node.entry.path == entry.path).map(|node| node.made).unwrap_or_default();
            nodes.push(Node { entry, made });
        }
        gone.extend(before.map(|node| node.entry.path));
        self.nodes.splice(range.start..range.start, nodes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::disk;
    use crate::base::disk::stat::DOUBT;
    use crate::base::disk::{is_ignored, time, walk};

    fn write(root: &Path, files: &[&str]) {
        for file in files {
            let path = join(root, file);
            disk::create_dir_all(path.parent().expect("it has one")).expect("made");
            disk::write(&path, file.as_bytes()).expect("written");
        }
    }

    fn paths(tree: &Tree<u32>) -> Vec<&str> {
        tree.nodes().iter().map(|node| &*node.entry.path).collect()
    }

    #[test]
    fn looking_at_what_was_touched_finds_what_a_walk_finds() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        write(root, &["c/a.md", "c/a/x.md", "c/a/y/z.md", "c/a-b.md", "c/a.b/x.md", "c/b.md"]);
        let mut tree = Tree::default();
        let at = |paths: &[&str]| Rescan::Paths(paths.iter().map(|path| (*path).to_owned()).collect());
        tree.rescan(root, "c", &at(&["c/nothing"]), (is_ignored, &Bounds::NONE));
        let check = |tree: &mut Tree<u32>, rescan: &Rescan| {
            let gone = tree.rescan(root, "c", rescan, (is_ignored, &Bounds::NONE));
            let mut whole = Tree::default();
            whole.rescan(root, "c", &Rescan::All, (is_ignored, &Bounds::NONE));
            assert_eq!(paths(tree), paths(&whole), "{rescan:?}");
            gone
        };
        for (index, node) in tree.nodes_mut().iter_mut().enumerate() {
            node.made = index as u32 + 1;
        }
        disk::remove_dir_all(&root.join("c/a")).expect("removed");
        assert_eq!(check(&mut tree, &at(&["c/a"])), ["a/x.md", "a/y/z.md"]);
        write(root, &["c/a/x.md", "c/0.md", "c/.hidden.md"]);
        assert_eq!(check(&mut tree, &at(&["c/a", "c/0.md", "c/.hidden.md", "static/x"])), [""; 0]);
        disk::rename(&root.join("c/a.b"), &root.join("c/d")).expect("moved");
        assert_eq!(check(&mut tree, &at(&["c/a.b", "c/d"])), ["a.b/x.md"]);
        disk::remove_file(&root.join("c/b.md")).expect("removed");
        write(root, &["c/b.md/x.md"]);
        check(&mut tree, &at(&["c/b.md"]));
        disk::remove_dir_all(&root.join("c")).expect("removed");
        check(&mut tree, &at(&["c"]));
        assert_eq!(paths(&tree), [""; 0]);
        write(root, &["c/new.md"]);
        check(&mut tree, &Rescan::All);
    }

    #[test]
    fn what_was_made_of_a_file_stays_with_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &["c/a.md", "c/b.md", "c/c.md"]);
        let mut tree = Tree::default();
        tree.rescan(folder.path(), "c", &Rescan::All, (is_ignored, &Bounds::NONE));
        for (index, node) in tree.nodes_mut().iter_mut().enumerate() {
            node.made = index as u32 + 1;
        }
        disk::remove_file(&folder.path().join("c/b.md")).expect("removed");
        write(folder.path(), &["c/0.md"]);
        tree.rescan(folder.path(), "c", &Rescan::All, (is_ignored, &Bounds::NONE));
        assert_eq!(tree.nodes().iter().map(|node| node.made).collect::<Vec<_>>(), [0, 1, 3]);
    }

    #[test]
    fn a_stat_is_trusted_once_the_clock_has_ticked_and_tells_files_apart() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &["c/a.md", "d/a.md"]);
        let stat = |name: &str| walk(&folder.path().join(name), name).0[0].stat;
        let seen = time();
        assert!(!stat("c").is_settled(seen) && stat("c").is_settled(seen + 2 * DOUBT));
        let (before, other) = (stat("c"), stat("d"));
        disk::rename(&folder.path().join("d/a.md"), &folder.path().join("c/a.md")).expect("moved");
        assert_eq!(before.size, other.size);
        assert!(!cfg!(unix) || stat("c") != before);
    }
}
