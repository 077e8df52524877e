//! The source cache: what was made of each source file, kept from one run to the next in `.dateline/sources` beside the
//! configuration.
//!
//! It only saves time. Whoever deletes it waits longer once; a file that is damaged, cut short, of another version or
//! of other settings counts as none. Each entry names the stat of the file that it was made of, so an old one is not
//! used. A document with problems is not kept: it is read again, and its problems are found again.
//!
//! The file is a first line, then segments: the lengths of an index and of the bytes that it points into, the digest
//! of the index, the bytes, the index. Later segments are added at the end, and what they say holds. Only the indexes
//! are read at first: when nothing has changed, nobody asks for the rest.

use std::collections::HashMap;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::document::{Keep, Kept};
use crate::base::digest::Digest;
use crate::base::digest::msgpack::{pack, unpack};
use crate::base::disk::{self, FileKind, FileStat};

const FIRST_LINE: &[u8] = b"dateline sources 1\n";
const VERSION: &str = crate::base::BUILD;
/// The lengths and the digest before each segment.
const FRAME: usize = 8 + 8 + 32;

/// Entries serialised per parallel batch.
const SOME: usize = 512;
/// About so many bytes a line of the index has beside its path.
const LINE: usize = 96;

/// The file, as it was last read or written.
#[derive(Debug)]
pub(super) struct Cache {
    path: PathBuf,
    /// How long it is; 0 when there is none that can be used.
    length: u64,
    /// Bytes that no longer hold.
    dead: u64,
}

/// A file that was read: its path below the site's root, its stat, when it was seen, and what was made of it.
pub(super) struct CacheEntry<T> {
    pub(super) path: String,
    pub(super) stat: FileStat,
    pub(super) seen: i64,
    pub(super) digest: Digest,
    pub(super) kept: T,
}

/// Where in the file it stands what was made of a source: still to be unpacked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    at: u64,
    length: u64,
    digest: Digest,
}

impl Packed {
    /// What was made of the source, out of the bytes of the whole file; none when they are not those that were written.
    pub(super) fn unpack(self, file: &[u8]) -> Option<Kept> {
        let at = usize::try_from(self.at).ok()?;
        let bytes = file.get(at..at.checked_add(usize::try_from(self.length).ok()?)?)?;
        let kept = if Digest::of(bytes) == self.digest { unpack(bytes)? } else { return None };
        if let Kept::Document(document) = &kept {
            // It is the digest of the document: what stands here are the bytes that it hashes.
            let _ = document.digest.set(self.digest);
        }
        Some(kept)
    }
}

/// Entries that are new since the file was read or written.
#[derive(Default)]
pub(super) struct CacheChanges<'a> {
    /// Files of which something else was made.
    pub(super) made: Vec<CacheEntry<Keep<'a>>>,
    /// Files that were seen again and are the same.
    pub(super) seen: Vec<(String, FileStat, i64)>,
    /// Files that are gone, or of which nothing is kept.
    pub(super) gone: Vec<String>,
}

impl CacheChanges<'_> {
    /// Whether there is nothing new.
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.seen.is_empty() && self.gone.is_empty()
    }
}

/// A line of the index.
#[derive(Serialize, Deserialize)]
enum Line {
    /// What was made of a file: the bytes `at..at + length` of the segment after its index, and their digest.
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
    /// No file that can be used.
    pub(super) fn none(path: &Path) -> Self {
        Self { path: path.to_owned(), length: 0, dead: 0 }
    }

    /// Reads the indexes of the file at `path`, as far as it is sound and of these settings.
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
        // What does not make a whole segment was not written to its end: what stands before it holds, and the file is
        // written anew.
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

    /// The bytes of the whole file, to unpack entries from.
    pub(super) fn bytes(&self) -> Vec<u8> {
        disk::read(&self.path).unwrap_or_default()
    }

    /// Nothing in the file holds any more.
    pub(super) fn discard(&mut self) {
        self.length = 0;
    }

    /// Whether the file is best written anew: there is none, or half of it no longer holds.
    pub(super) fn is_spent(&self) -> bool {
        self.length == 0 || self.dead * 2 > self.length
    }

    /// Writes the file anew.
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

    /// Adds what is new to the file. When another command has written to it since, nothing is added.
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

/// The index of the segment at `at`, where its bytes stand, and where it ends.
fn segment(at: u64, size: u64, part: &impl Fn(u64, u64) -> Option<Vec<u8>>) -> Option<(Index, u64, u64)> {
    let frame = part(at, FRAME as u64).filter(|frame| frame.len() == FRAME)?;
    let number = |from: usize| frame[from..from + 8].try_into().ok().map(u64::from_le_bytes);
    let (length, bytes) = (number(0)?, number(8)?);
    let bytes_at = at + FRAME as u64;
    let index_at = bytes_at.checked_add(bytes)?;
    let end = index_at.checked_add(length).filter(|end| length > 0 && *end <= size)?;
    let index = part(index_at, length)?;
    let digest = Digest::parse(std::str::from_utf8(&frame[16..]).ok()?)?;
    (Digest::of(&index) == digest).then(|| unpack(&index))?.map(|index| (index, bytes_at, end))
}

/// Does what a line says.
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

/// Writes a segment at `start`, some entries after others so that they are never all in memory; where it ends.
fn encode(settings: Digest, changes: CacheChanges<'_>, file: &mut (impl Write + Seek), start: u64) -> io::Result<u64> {
    let CacheChanges { made, seen, gone } = changes;
    file.write_all(&[0; FRAME])?;
    let mut lines = Vec::with_capacity(made.len() + seen.len() + gone.len());
    let mut at = 0;
    let mut made = made.into_iter().peekable();
    while made.peek().is_some() {
        let some: Vec<CacheEntry<Keep<'_>>> = made.by_ref().take(SOME).collect();
        let packed: Vec<Vec<u8>> = some.par_iter().map(|entry| pack(&entry.kept)).collect();
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
    let index = pack(&Index { version: VERSION.to_owned(), settings, lines });
    file.write_all(&index)?;
    // Only now is it a segment.
    file.seek(SeekFrom::Start(start))?;
    file.write_all(&(index.len() as u64).to_le_bytes())?;
    file.write_all(&at.to_le_bytes())?;
    file.write_all(Digest::of(&index).to_string().as_bytes())?;
    Ok(start + FRAME as u64 + at + index.len() as u64)
}
