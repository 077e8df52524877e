//! Foreign files: what else lies in the output folder.
//!
//! A folder's time moves when an entry of it comes or goes. So a folder that is older than the last look holds what it
//! held then, and only the others are read again: a look at each folder instead of a reading of it, which for a site
//! of many small folders is most of the cost of a publication that changes nothing. What was found is remembered in
//! `foreign`, together with the digest of the ledger that it belongs to; without it, everything is read.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::commit;
use super::files::Files;
use super::layout::{FOREIGN, OWN};
use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind};

/// The first line of the memory: the format and its version.
const HEADER: &str = "dateline foreign 1";

/// Readings that are not worth remembering.
const FEW: usize = 100;

/// What was found in an output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Foreign {
    /// When we looked, by the clock of the file system; nothing is known of folders that changed since.
    since: Option<i128>,
    /// Files in folders of ours.
    files: BTreeSet<String>,
    /// Folders that hold no output. Whatever is in them is foreign.
    folders: BTreeSet<String>,
}

impl Foreign {
    /// What was found when `ledger` was the ledger.
    pub(super) fn remembered(own: &Path, ledger: Digest) -> Self {
        let parse = || {
            let text = disk::read_to_string(&own.join(FOREIGN)).ok()?;
            let (body, sum) = text.strip_suffix('\n')?.rsplit_once('\n')?;
            let mut lines = body.lines();
            let sound = Digest::parse(sum)? == Digest::of(body.as_bytes())
                && lines.next()? == HEADER
                && Digest::parse(lines.next()?)? == ledger;
            let mut foreign = Self { since: Some(lines.next().filter(|_| sound)?.parse().ok()?), ..Self::default() };
            for line in lines {
                match line.strip_suffix('/') {
                    Some(folder) => foreign.folders.insert(folder.to_owned()),
                    None => foreign.files.insert(line.to_owned()),
                };
            }
            Some(foreign)
        };
        parse().unwrap_or_default()
    }

    /// Nothing, in an output that is made in one go at `since`.
    pub(super) fn none(since: i128) -> Self {
        Self { since: Some(since), ..Self::default() }
    }

    /// Remembers this for the next command. That it cannot be written costs only time.
    pub(super) fn remember(&self, own: &Path, ledger: Digest) {
        let Some(since) = self.since else { return };
        // Names with a line break, or that are not UTF-8, do not survive as text: then there is nothing to rely on.
        if self.files.iter().chain(&self.folders).any(|path| path.contains(['\n', '\r', '\u{fffd}'])) {
            return forget(own);
        }
        let mut text = format!("{HEADER}\n{ledger}\n{since}");
        for file in &self.files {
            let _ = write!(text, "\n{file}");
        }
        for folder in &self.folders {
            let _ = write!(text, "\n{folder}/");
        }
        let sum = Digest::of(text.as_bytes());
        let _ = write!(text, "\n{sum}\n");
        let _ = disk::write(&own.join(FOREIGN), text.as_bytes());
    }

    /// Looks again, after outputs have become `ours` and those in `gone` have gone. Says whether what was found is worth
    /// remembering.
    pub(super) fn rescan(&mut self, output: &Path, ours: &Files, gone: &BTreeSet<String>) -> bool {
        let before = std::mem::take(self);
        self.since = disk::clock(&output.join(OWN)).ok();
        let folders: BTreeSet<&str> = ours.folders().filter(|folder| !is_own(folder)).collect();
        let mut readings = 0;
        self.read(output, "", &folders, ours);
        for folder in &folders {
            let Some(time) = disk::folder_time(&disk::join(output, folder)) else { continue };
            let was_foreign = || before.folders.contains(*folder) || before.holds(folder);
            if before.since.is_none_or(|since| time >= since) || was_foreign() {
                self.read(output, folder, &folders, ours);
                readings += 1;
            }
        }
        // What is known of the folders that were not read again, and of those that were ours until now.
        let found = |path: &str| disk::stat(&disk::join(output, path)).unwrap_or(FileKind::Missing);
        let files = before.files.iter().filter(|file| !ours.has(file));
        self.files.extend(files.filter(|file| !matches!(found(file), FileKind::Missing | FileKind::Folder)).cloned());
        let left =
            gone.iter().flat_map(|file| commit::above(file)).chain(before.folders.iter().map(|folder| &**folder));
        let is_foreign =
            |folder: &&str| !folders.contains(folder) && !is_own(folder) && found(folder) == FileKind::Folder;
        let left = left.filter(is_foreign);
        self.folders.extend(left.map(str::to_owned));
        // The outermost foreign folder stands for all in it.
        let outermost = Self { folders: self.folders.clone(), ..Self::default() };
        self.files.retain(|file| !outermost.holds(file));
        self.folders.retain(|folder| !outermost.holds(folder));
        before.since.is_none() || readings > FEW || self.files != before.files || self.folders != before.folders
    }

    fn read(&mut self, output: &Path, folder: &str, folders: &BTreeSet<&str>, ours: &Files) {
        // A folder that cannot be read hides its foreign files from us as from everyone.
        for (name, is_folder) in disk::list(&disk::join(output, folder)).unwrap_or_default() {
            let name = name.to_string_lossy();
            let path = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
            match is_folder {
                true if path != OWN && !folders.contains(&*path) => drop(self.folders.insert(path)),
                false if !ours.has(&path) => drop(self.files.insert(path)),
                _ => {}
            }
        }
    }

    /// Whether `path` is in one of the folders that hold no output.
    fn holds(&self, path: &str) -> bool {
        !self.folders.is_empty() && commit::above(path).any(|folder| self.folders.contains(folder))
    }

    /// All foreign files, sorted.
    pub(super) fn paths(&self, output: &Path) -> Vec<String> {
        let mut paths: Vec<String> = self.files.iter().cloned().collect();
        for folder in &self.folders {
            let below = disk::contents(&disk::join(output, folder), "");
            paths.extend(below.into_iter().map(|path| format!("{folder}/{path}")));
        }
        paths.sort();
        paths
    }
}

/// Whether a folder is our own, or in it: private outputs lie there, and nothing in it is anybody else's.
fn is_own(folder: &str) -> bool {
    folder.strip_prefix(OWN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Forgets what was found: before a commit, which may not come to its end.
pub(super) fn forget(own: &Path) {
    let _ = disk::remove_file(&own.join(FOREIGN));
}
