//! File metadata: size, times and kind.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::error::{Error, Result, is_gone};

/// Age in nanoseconds from which a stat can be trusted. File systems have timestamps as coarse as two seconds (FAT),
/// and machines that share files disagree slightly about the time.
pub(super) const DOUBT: i64 = 2_500_000_000;

/// Metadata that shows whether a file has changed: a file with an equal stat, which was older than the timestamps'
/// granularity when it was read, has the same bytes. Where the system has them, the inode number and `ctime` are
/// included, so that a file that was moved into the place of another is noticed even with equal size and modification
/// time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStat {
    /// Size in bytes.
    pub size: u64,
    /// Modification time, in nanoseconds since 1970.
    pub modified: i64,
    /// `ctime`, in nanoseconds since 1970; 0 on systems without it.
    changed: i64,
    number: u64,
}

impl FileStat {
    /// Whether a file with this stat cannot have been written after `seen`, in nanoseconds since 1970.
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

/// The current time in nanoseconds since 1970, for comparison with file times only. It reaches no output.
pub fn time() -> i64 {
    count(SystemTime::now())
}

pub(super) fn count(time: SystemTime) -> i64 {
    i64::try_from(nanoseconds(time)).unwrap_or(i64::MAX)
}

/// Size and modification time, which show without reading that a file is still the one that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeAndTime {
    /// Size in bytes.
    pub size: u64,
    /// Modification time, in nanoseconds since 1970.
    pub modified: i128,
}

pub(super) fn size_and_time(metadata: &Metadata) -> SizeAndTime {
    // A file system without times reports 1970 for all, and sizes and bytes must tell files apart.
    SizeAndTime { size: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds) }
}

/// Converts a time to nanoseconds since 1970.
pub(super) fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    }
}

/// Kind of a directory entry. Symbolic links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// No entry.
    Missing,
    /// A regular file.
    File(SizeAndTime),
    /// A folder.
    Folder,
    /// A symbolic link, device or pipe.
    Other,
}

/// The kind of the entry at `path`, without following symbolic links.
pub fn stat(path: &Path) -> Result<FileKind> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(FileKind::File(size_and_time(&metadata))),
        Ok(metadata) if metadata.is_dir() => Ok(FileKind::Folder),
        Ok(_) => Ok(FileKind::Other),
        Err(error) if is_gone(error.kind()) => Ok(FileKind::Missing),
        Err(error) => Err(Error::new("look at", path, error)),
    }
}

/// Modification time of a folder, in nanoseconds since 1970: when an entry was last added or removed. `None` when it is
/// not a folder.
pub fn folder_time(path: &Path) -> Option<i128> {
    fs::symlink_metadata(path).ok().filter(Metadata::is_dir).map(|metadata| size_and_time(&metadata).modified)
}

/// Whether `path` is a folder or a link to one.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether `path` exists, following links.
pub fn exists(path: &Path) -> bool {
    path.exists()
}
