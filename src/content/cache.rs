//! The head cache: what was made of each source file, kept from one run to the next in `.dateline/heads` beside the
//! configuration.
//!
//! It only saves time. Whoever deletes it waits longer once; a file that is damaged, cut short, of another version or
//! of other settings counts as none. Each entry names the mark of the file that it was made of, so an old one is not
//! used. A document with problems is not kept: it is read again, and its problems are found again.
//!
//! The file is a first line, then segments. Each segment has the length and the digest of what follows: an index, and
//! the bytes that it points into. Later segments are added at the end, and what they say holds.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::base::digest::Digest;
use crate::base::disk::{self, Found, Mark};
use crate::base::pack::{pack, unpack};

const FIRST_LINE: &[u8] = b"dateline heads 1\n";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The length and the digest before each segment.
const FRAME: usize = 8 + 32;

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

/// A file that was read: its path below the site's root, its mark, when it was seen, and what was made of it.
pub(super) struct Entry<T> {
    pub(super) path: String,
    pub(super) mark: Mark,
    pub(super) seen: i64,
    pub(super) digest: Digest,
    pub(super) kept: T,
}

/// What was made of a file.
#[derive(Deserialize)]
pub(super) enum Kept {
    /// A document without problems.
    Document(Box<Document>),
    /// A file to publish as it is: the size of a picture.
    Asset(Option<(u32, u32)>),
}

/// [`Kept`], on its way into the file.
#[derive(Clone, Copy, Serialize)]
pub(super) enum Keep<'a> {
    Document(&'a Document),
    Asset(Option<(u32, u32)>),
}

/// What is new since the file was read or written.
#[derive(Default)]
pub(super) struct Changes<'a> {
    /// Files of which something else was made.
    pub(super) made: Vec<Entry<Keep<'a>>>,
    /// Files that were seen again and are the same.
    pub(super) seen: Vec<(String, Mark, i64)>,
    /// Files that are gone, or of which nothing is kept.
    pub(super) gone: Vec<String>,
}

impl Changes<'_> {
    /// Whether there is nothing new.
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.seen.is_empty() && self.gone.is_empty()
    }
}

/// A line of the index.
#[derive(Serialize, Deserialize)]
enum Line {
    /// What was made of a file: the bytes `at..at + length` of the segment after its index.
    Made(String, Mark, i64, Digest, u64, u64),
    Seen(String, Mark, i64),
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

    /// Reads the file at `path`, as far as it is sound and of these settings.
    pub(super) fn read(path: &Path, settings: Digest) -> (Self, Vec<Entry<Kept>>) {
        let mut cache = Self::none(path);
        let Ok(file) = disk::read(path) else { return (cache, Vec::new()) };
        let Some(mut rest) = file.strip_prefix(FIRST_LINE) else { return (cache, Vec::new()) };
        let mut found: HashMap<String, (Mark, i64, Digest, &[u8])> = HashMap::new();
        while let Some((index, bytes, after)) = segment(rest) {
            if index.version != VERSION || index.settings != settings {
                return (cache, Vec::new());
            }
            for line in index.lines {
                apply(line, bytes, &mut found);
            }
            rest = after;
        }
        // What does not make a whole segment was not written to its end.
        cache.length = (file.len() - rest.len()) as u64;
        if !rest.is_empty() {
            cache.length = 0;
        }
        let live: usize = found.iter().map(|(path, (.., bytes))| path.len() + bytes.len() + LINE).sum();
        cache.dead = cache.length.saturating_sub(live as u64);
        let entries = found.into_par_iter().filter_map(|(path, (mark, seen, digest, bytes))| {
            Some(Entry { path, mark, seen, digest, kept: unpack(bytes)? })
        });
        let mut entries: Vec<Entry<Kept>> = entries.collect();
        entries.par_sort_by(|a, b| a.path.cmp(&b.path));
        (cache, entries)
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
    pub(super) fn write(&mut self, settings: Digest, changes: Changes<'_>) -> disk::Result<()> {
        let mut file = FIRST_LINE.to_vec();
        encode(settings, changes, &mut file);
        if let Some(folder) = self.path.parent() {
            disk::create_dir(folder)?;
            disk::write(&folder.join(".gitignore"), b"*\n")?;
        }
        disk::write(&self.path, &file)?;
        (self.length, self.dead) = (file.len() as u64, 0);
        Ok(())
    }

    /// Adds what is new to the file. When another command has written to it since, nothing is added.
    pub(super) fn append(&mut self, settings: Digest, changes: Changes<'_>) -> disk::Result<()> {
        let is_ours = matches!(disk::look(&self.path), Ok(Found::File(stamp)) if stamp.size == self.length);
        if !is_ours {
            self.length = 0;
            return Ok(());
        }
        let mut segment = Vec::new();
        encode(settings, changes, &mut segment);
        disk::append(&self.path, &segment)?;
        self.length += segment.len() as u64;
        self.dead += segment.len() as u64;
        Ok(())
    }
}

/// The index of the first segment, the bytes that it points into, and what follows.
fn segment(bytes: &[u8]) -> Option<(Index, &[u8], &[u8])> {
    let (frame, rest) = bytes.split_at_checked(FRAME)?;
    let (length, digest) = frame.split_at(8);
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (segment, after) = rest.split_at_checked(length)?;
    if Digest::parse(std::str::from_utf8(digest).ok()?)? != Digest::of(segment) {
        return None;
    }
    let (length, rest) = segment.split_at_checked(8)?;
    let (index, bytes) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?)?;
    Some((unpack(index)?, bytes, after))
}

/// Does what a line says.
fn apply<'a>(line: Line, bytes: &'a [u8], found: &mut HashMap<String, (Mark, i64, Digest, &'a [u8])>) {
    match line {
        Line::Made(path, mark, seen, digest, at, length) => {
            let range = usize::try_from(at).ok().zip(usize::try_from(length).ok());
            let range = range.and_then(|(at, length)| bytes.get(at..at.checked_add(length)?));
            if let Some(bytes) = range {
                found.insert(path, (mark, seen, digest, bytes));
            }
        }
        Line::Seen(path, mark, seen) => {
            if let Some(entry) = found.get_mut(&path) {
                (entry.0, entry.1) = (mark, seen);
            }
        }
        Line::Gone(path) => {
            found.remove(&path);
        }
    }
}

fn encode(settings: Digest, changes: Changes<'_>, file: &mut Vec<u8>) {
    let Changes { made, seen, gone } = changes;
    let packed: Vec<Vec<u8>> = made.par_iter().map(|entry| pack(&entry.kept)).collect();
    let mut at = 0;
    let made = made.into_iter().zip(&packed).map(|(entry, bytes)| {
        let (start, length) = (at, bytes.len() as u64);
        at += length;
        Line::Made(entry.path, entry.mark, entry.seen, entry.digest, start, length)
    });
    let seen = seen.into_iter().map(|(path, mark, seen)| Line::Seen(path, mark, seen));
    let lines = made.chain(seen).chain(gone.into_iter().map(Line::Gone)).collect();
    let index = pack(&Index { version: VERSION.to_owned(), settings, lines });
    let start = file.len();
    file.reserve(FRAME + 8 + index.len() + usize::try_from(at).unwrap_or(0));
    file.extend([0; FRAME]);
    file.extend((index.len() as u64).to_le_bytes());
    file.extend(index);
    for bytes in packed {
        file.extend(bytes);
    }
    let segment = &file[start + FRAME..];
    let (length, digest) = ((segment.len() as u64).to_le_bytes(), Digest::of(segment).to_string());
    file[start..start + 8].copy_from_slice(&length);
    file[start + 8..start + FRAME].copy_from_slice(digest.as_bytes());
}
