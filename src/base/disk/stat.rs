//! Metadata of files: sizes, times and kinds.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::error::{Error, Result, is_gone};

/// Stamps are trusted once they are this old, in nanoseconds: the coarsest clock of a file system ticks every two
/// seconds (FAT), and machines that share files disagree a little.
pub(super) const DOUBT: i64 = 2_500_000_000;

/// Metadata that tells whether a file was written to since: a file with the same one, which was older than the clock's
/// granularity when it was read, has the same bytes. The time of the last change of the file's own record (`ctime`) and
/// its number are part of it where there are such, so that a file that was moved into the place of another is noticed
/// although it has its size and its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStat {
    /// In bytes.
    pub size: u64,
    /// When the bytes last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// When the file's record last changed, in nanoseconds since 1970; 0 where systems keep none.
    changed: i64,
    number: u64,
}

impl FileStat {
    /// Whether the file cannot have been written to after `seen`, in nanoseconds since 1970, and have the same metadata.
    pub fn is_settled(&self, seen: i64) -> bool {
        self.modified.max(self.changed).saturating_add(DOUBT) < seen
    }
}

#[cfg(unix)]
pub(super) fn file_stat(metadata: &Metadata) -> FileStat {
    use std::os::unix::fs::MetadataExt;
    FileStat {
        size: metadata.len(),
        modified: metadata.mtime().saturating_mul(1_000_000_000).saturating_add(metadata.mtime_nsec()),
        changed: metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec()),
        number: metadata.ino(),
    }
}

#[cfg(not(unix))]
pub(super) fn file_stat(metadata: &Metadata) -> FileStat {
    let modified = metadata.modified().map_or(0, count);
    FileStat { size: metadata.len(), modified, changed: metadata.created().map_or(0, count), number: 0 }
}

/// The time, to compare with that of files. It reaches no output.
pub fn time() -> i64 {
    count(SystemTime::now())
}

pub(super) fn count(time: SystemTime) -> i64 {
    i64::try_from(nanoseconds(time)).unwrap_or(i64::MAX)
}

/// Size and time of modification: they tell, without reading, that a file is still the one that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeAndTime {
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i128,
}

pub(super) fn size_and_time(metadata: &Metadata) -> SizeAndTime {
    // A file system without times gives 1970 for all: sizes and bytes must then tell files apart.
    SizeAndTime { size: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds) }
}

/// Nanoseconds since 1970.
pub(super) fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    }
}

/// The kind of a directory entry. Symbolic links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nothing.
    Missing,
    /// A regular file.
    File(SizeAndTime),
    /// A folder.
    Folder,
    /// A symbolic link, a device, a pipe.
    Other,
}

/// The kind, size and time of the entry at `path`; symbolic links are not followed.
pub fn stat(path: &Path) -> Result<FileKind> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(FileKind::File(size_and_time(&metadata))),
        Ok(metadata) if metadata.is_dir() => Ok(FileKind::Folder),
        Ok(_) => Ok(FileKind::Other),
        Err(error) if is_gone(error.kind()) => Ok(FileKind::Missing),
        Err(error) => Err(Error::new("look at", path, error)),
    }
}

/// When an entry of this folder last came or went, in nanoseconds since 1970; `None` when it is not a folder.
pub fn folder_time(path: &Path) -> Option<i128> {
    fs::symlink_metadata(path).ok().filter(Metadata::is_dir).map(|metadata| size_and_time(&metadata).modified)
}

/// Whether there is a folder at `path`, itself or by a link.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether `path` leads to anything, through links too.
pub fn exists(path: &Path) -> bool {
    path.exists()
}
