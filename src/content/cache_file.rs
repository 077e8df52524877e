//! The file of the source cache, `.dateline/sources` beside the configuration, which keeps parsed sources between runs.
//!
//! It only saves time, and can be deleted. A file that is damaged, truncated, or of another version or other settings
//! is ignored. Each entry names the stat of its source file, so outdated entries are never used. Documents with
//! problems are not cached: they are parsed again, which finds their problems again.
//!
//! Format: a header line, then segments. A segment has the lengths of its index and its data, the digest of the index,
//! the data, and the index. New segments are appended, and override earlier ones. Only the indexes are read at first;
//! when nothing has changed, the data is never read.

use std::collections::HashMap;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::document::{Keep, Kept};
use crate::base::digest::Digest;
use crate::base::digest::msgpack;
use crate::base::disk::{self, FileKind, FileStat};

const FIRST_LINE: &[u8] = b"dateline sources 1\n";
const VERSION: &str = crate::base::BUILD;
/// Size of the lengths and the digest before each segment, in bytes.
const FRAME: usize = 8 + 8 + 32;

/// Entries serialised per parallel batch.
const SOME: usize = 512;
/// Approximate size of an index line without its path, in bytes.
const LINE: usize = 96;

/// The cache file as it was last read or written.
#[derive(Debug)]
pub(super) struct Cache {
    path: PathBuf,
    /// Its length in bytes; 0 when there is no usable file.
    length: u64,
    /// Bytes that later segments have made obsolete.
    dead: u64,
}

/// A source file: its path below the site's root, its stat, when it was read, and what was parsed from it.
pub(super) struct CacheEntry<T> {
    pub(super) path: String,
    pub(super) stat: FileStat,
    pub(super) seen: i64,
    pub(super) digest: Digest,
    pub(super) kept: T,
}

/// The location in the cache file of a parsed source that is not deserialised yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    at: u64,
    length: u64,
    digest: Digest,
}

impl Packed {
    /// Deserialises the source from the bytes of the cache file; `None` when they are not what was written.
    pub(super) fn unpack(self, file: &[u8]) -> Option<Kept> {
        let at = usize::try_from(self.at).ok()?;
        let bytes = file.get(at..at.checked_add(usize::try_from(self.length).ok()?)?)?;
        let kept = if Digest::of(bytes) == self.digest { msgpack::decode(bytes)? } else { return None };
        if let Kept::Document(document) = &kept {
            // These are the bytes that the document's digest hashes, so it is known already.
            let _ = document.digest.set(self.digest);
        }
        Some(kept)
    }
}

/// Changes since the cache file was read or written.
#[derive(Default)]
pub(super) struct CacheChanges<'a> {
    /// Files that were parsed again.
    pub(super) made: Vec<CacheEntry<Keep<'a>>>,
    /// Files whose stat is new but whose content is the same.
    pub(super) seen: Vec<(String, FileStat, i64)>,
    /// Files that are gone, or that are not cached.
    pub(super) gone: Vec<String>,
}

impl CacheChanges<'_> {
    /// Whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.seen.is_empty() && self.gone.is_empty()
    }
}

/// A line of the index.
#[derive(Serialize, Deserialize)]
enum Line {
    /// A parsed file: digest of the source, range `at..at + length` in the data of the segment, digest of that range.
    Made(String, FileStat, i64, Digest, u64, u64, Digest),
    Seen(String, FileStat, i64),
    Gone(String),
}

#[derive(Serialize, Deserialize)]
struct Index {
    version: String,
    settings: Digest,
    lines: Vec<Line>,
}

impl Cache {
    /// An empty cache without a file.
    pub(super) fn none(path: &Path) -> Self {
        Self { path: path.to_owned(), length: 0, dead: 0 }
    }

    /// Reads the indexes of the file at `path`, up to the first damage, if it was written with these settings.
    pub(super) fn read(path: &Path, settings: Digest) -> (Self, Vec<CacheEntry<Packed>>) {
        let mut cache = Self::none(path);
        let part = |from: u64, length: u64| disk::read_part(path, from, from + length - 1).ok();
        let Ok(FileKind::File(stamp)) = disk::stat(path) else { return (cache, Vec::new()) };
        let mut at = FIRST_LINE.len() as u64;
        if part(0, at).as_deref() != Some(FIRST_LINE) {
            return (cache, Vec::new());
        }
        let mut found: HashMap<String, (FileStat, i64, Digest, Packed)> = HashMap::new();
        while let Some((index, bytes_at, end)) = segment(at, stamp.size, &part) {
            if index.version != VERSION || index.settings != settings {
                return (cache, Vec::new());
            }
            for line in index.lines {
                apply(line, bytes_at, &mut found);
            }
            at = end;
        }
        // An incomplete segment was not written to its end. The segments before it are valid, but the file must be
        // rewritten.
        cache.length = if at == stamp.size { at } else { 0 };
        let live: u64 = found.iter().map(|(path, (.., packed))| (path.len() + LINE) as u64 + packed.length).sum();
        cache.dead = cache.length.saturating_sub(live);
        let mut entries: Vec<CacheEntry<Packed>> = found
            .into_iter()
            .map(|(path, (stat, seen, digest, kept))| CacheEntry { path, stat, seen, digest, kept })
            .collect();
        entries.par_sort_by(|a, b| a.path.cmp(&b.path));
        (cache, entries)
    }

    /// The bytes of the whole file, from which entries are deserialised.
    pub(super) fn bytes(&self) -> Vec<u8> {
        disk::read(&self.path).unwrap_or_default()
    }

    /// Drops everything in the file.
    pub(super) fn discard(&mut self) {
        self.length = 0;
    }

    /// Whether to rewrite the file: there is none, or at least half of it is obsolete.
    pub(super) fn is_spent(&self) -> bool {
        self.length == 0 || self.dead * 2 > self.length
    }

    /// Rewrites the file.
    pub(super) fn write(&mut self, settings: Digest, changes: CacheChanges<'_>) -> disk::Result<()> {
        if let Some(folder) = self.path.parent() {
            disk::create_dir(folder)?;
            disk::write(&folder.join(".gitignore"), b"*\n")?;
        }
        let mut length = 0;
        disk::write_with(&self.path, |file| {
            file.write_all(FIRST_LINE)?;
            length = encode(settings, changes, file, FIRST_LINE.len() as u64)?;
            Ok(())
        })?;
        (self.length, self.dead) = (length, 0);
        Ok(())
    }

    /// Appends changes to the file, unless another command has written to it since.
    pub(super) fn append(&mut self, settings: Digest, changes: CacheChanges<'_>) -> disk::Result<()> {
        let is_ours = matches!(disk::stat(&self.path), Ok(FileKind::File(stamp)) if stamp.size == self.length);
        if !is_ours {
            self.length = 0;
            return Ok(());
        }
        let mut segment = io::Cursor::new(Vec::new());
        let length = encode(settings, changes, &mut segment, 0).expect("memory does not fail");
        disk::append(&self.path, segment.get_ref())?;
        self.length += length;
        self.dead += length;
        Ok(())
    }
}

/// The index of the segment at `at`, the offset of its data, and its end.
fn segment(at: u64, size: u64, part: &impl Fn(u64, u64) -> Option<Vec<u8>>) -> Option<(Index, u64, u64)> {
    let frame = part(at, FRAME as u64).filter(|frame| frame.len() == FRAME)?;
    let number = |from: usize| frame[from..from + 8].try_into().ok().map(u64::from_le_bytes);
    let (length, bytes) = (number(0)?, number(8)?);
    let bytes_at = at + FRAME as u64;
    let index_at = bytes_at.checked_add(bytes)?;
    let end = index_at.checked_add(length).filter(|end| length > 0 && *end <= size)?;
    let index = part(index_at, length)?;
    let digest = Digest::parse(std::str::from_utf8(&frame[16..]).ok()?)?;
    (Digest::of(&index) == digest).then(|| msgpack::decode(&index))?.map(|index| (index, bytes_at, end))
}

/// Applies an index line.
fn apply(line: Line, bytes_at: u64, found: &mut HashMap<String, (FileStat, i64, Digest, Packed)>) {
    match line {
        Line::Made(path, stat, seen, digest, at, length, packed) => {
            let packed = Packed { at: bytes_at.saturating_add(at), length, digest: packed };
            found.insert(path, (stat, seen, digest, packed));
        }
        Line::Seen(path, stat, seen) => {
            if let Some(entry) = found.get_mut(&path) {
                (entry.0, entry.1) = (stat, seen);
            }
        }
        Line::Gone(path) => {
            found.remove(&path);
        }
    }
}

/// Writes a segment at `start` in batches, so that the entries are never in memory all at once. Returns its end.
fn encode(settings: Digest, changes: CacheChanges<'_>, file: &mut (impl Write + Seek), start: u64) -> io::Result<u64> {
    let CacheChanges { made, seen, gone } = changes;
    file.write_all(&[0; FRAME])?;
    let mut lines = Vec::with_capacity(made.len() + seen.len() + gone.len());
    let mut at = 0;
    let mut made = made.into_iter().peekable();
    while made.peek().is_some() {
        let some: Vec<CacheEntry<Keep<'_>>> = made.by_ref().take(SOME).collect();
        let packed: Vec<Vec<u8>> = some.par_iter().map(|entry| msgpack::encode(&entry.kept)).collect();
        for (entry, bytes) in some.into_iter().zip(packed) {
            let CacheEntry { path, stat, seen, digest, kept: _ } = entry;
            let length = bytes.len() as u64;
            lines.push(Line::Made(path, stat, seen, digest, at, length, Digest::of(&bytes)));
            file.write_all(&bytes)?;
            at += length;
        }
    }
    lines.extend(seen.into_iter().map(|(path, stat, seen)| Line::Seen(path, stat, seen)));
    lines.extend(gone.into_iter().map(Line::Gone));
    let index = msgpack::encode(&Index { version: VERSION.to_owned(), settings, lines });
    file.write_all(&index)?;
    // The header is written last: before it, the segment does not exist.
    file.seek(SeekFrom::Start(start))?;
    file.write_all(&(index.len() as u64).to_le_bytes())?;
    file.write_all(&at.to_le_bytes())?;
    file.write_all(Digest::of(&index).to_string().as_bytes())?;
    Ok(start + FRAME as u64 + at + index.len() as u64)
}
