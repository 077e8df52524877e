//! Foreign files: everything in the output folder that Dateline did not write.
//!
//! A folder's modification time changes when an entry is added or removed. So a folder older than the last scan still
//! has the same entries, and only the others are listed again: one `stat` per folder instead of a listing, which for a
//! site of many small folders is most of the cost of a publication that changes nothing. The result is cached in the
//! file `foreign` with the digest of the ledger that it belongs to; without a valid cache, every folder is listed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::commit;
use super::files::Files;
use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind};
use crate::publish::layout::{FOREIGN, OWN};

/// The first line of the cache: the format and its version.
const HEADER: &str = "dateline foreign 1";

/// The number of listed folders up to which an unchanged result is not worth writing to the cache again.
const FEW: usize = 100;

/// The foreign files of an output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::publish) struct Foreign {
    /// The time of the scan by the file system's clock, in nanoseconds; `None` when every folder must be listed.
    since: Option<i128>,
    /// Foreign files in folders that also contain outputs.
    files: BTreeSet<String>,
    /// Outermost folders without outputs, whose contents are all foreign.
    folders: BTreeSet<String>,
}

impl Foreign {
    /// The cached result, if it belongs to `ledger`; otherwise an empty one that trusts no folder.
    pub(in crate::publish) fn remembered(own: &Path, ledger: Digest) -> Self {
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

    /// The empty result for an output folder that was created as a whole at `since`.
    pub(in crate::publish) fn none(since: i128) -> Self {
        Self { since: Some(since), ..Self::default() }
    }

    /// Writes the cache. A failure is ignored: it only costs time.
    pub(in crate::publish) fn remember(&self, own: &Path, ledger: Digest) {
        let Some(since) = self.since else { return };
        // Names with line breaks or invalid UTF-8 cannot be represented in the cache, so that it must not exist.
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

    /// Scans again after the outputs became `ours` and those in `gone` were deleted. Returns whether the result is
    /// worth writing to the cache.
    pub(in crate::publish) fn rescan(&mut self, output: &Path, ours: &Files, gone: &BTreeSet<String>) -> bool {
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
        // Cached entries of folders that were not listed again, and folders that contained outputs until now.
        let found = |path: &str| disk::stat(&disk::join(output, path)).unwrap_or(FileKind::Missing);
        let files = before.files.iter().filter(|file| !ours.has(file));
        self.files.extend(files.filter(|file| !matches!(found(file), FileKind::Missing | FileKind::Folder)).cloned());
        let left =
            gone.iter().flat_map(|file| commit::above(file)).chain(before.folders.iter().map(|folder| &**folder));
        let is_foreign =
            |folder: &&str| !folders.contains(folder) && !is_own(folder) && found(folder) == FileKind::Folder;
        let left = left.filter(is_foreign);
        self.folders.extend(left.map(str::to_owned));
        // The outermost foreign folder stands for everything below it.
        let outermost = Self { folders: self.folders.clone(), ..Self::default() };
        self.files.retain(|file| !outermost.holds(file));
        self.folders.retain(|folder| !outermost.holds(folder));
        before.since.is_none() || readings > FEW || self.files != before.files || self.folders != before.folders
    }

    fn read(&mut self, output: &Path, folder: &str, folders: &BTreeSet<&str>, ours: &Files) {
        // An unreadable folder counts as empty.
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

    /// Whether `path` is below one of the foreign folders.
    fn holds(&self, path: &str) -> bool {
        !self.folders.is_empty() && commit::above(path).any(|folder| self.folders.contains(folder))
    }

    /// The paths of all foreign files, sorted.
    pub(in crate::publish) fn paths(&self, output: &Path) -> Vec<String> {
        let mut paths: Vec<String> = self.files.iter().cloned().collect();
        for folder in &self.folders {
            let below = disk::contents(&disk::join(output, folder), "");
            paths.extend(below.into_iter().map(|path| format!("{folder}/{path}")));
        }
        paths.sort();
        paths
    }
}

/// Whether `folder` is the private folder or below it; everything in there is ours.
fn is_own(folder: &str) -> bool {
    folder.strip_prefix(OWN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Deletes the cache, before a commit that may be interrupted.
pub(in crate::publish) fn forget(own: &Path) {
    let _ = disk::remove_file(&own.join(FOREIGN));
}
