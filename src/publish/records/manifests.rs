//! The recorded inputs of every output, which explain why a stale output is stale.
//!
//! The file `inputs` is a header line followed by segments. A segment holds the recordings of the outputs rendered in
//! one publication: a length, a digest, and that many bytes of `MessagePack`. A publication appends one segment without
//! reading the others. Once the file exceeds twice its first segment, it is compacted: the last recording of each
//! output stays, with its differences from the one before. Only explanations depend on this file, so it is written
//! last, and a damaged or missing file counts as empty.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ledger::{Ledger, LedgerEntry};
use crate::base::digest::Digest;
use crate::base::digest::differences::{Change, Listed, changes};
use crate::base::digest::listing::{listing, references};
use crate::base::digest::msgpack;
use crate::base::digest::recording::Objects;
use crate::base::disk::{self, FileKind};
use crate::base::route::Route;
use crate::base::sync::Mutex;
use crate::publish::layout::{INPUTS, own_folder};

const FIRST_LINE: &[u8] = b"dateline inputs 3\n";
/// The length in bytes of the frame before each segment: a `u64` and a hexadecimal digest.
const FRAME: usize = 8 + 32;
/// The growth in bytes that is always allowed before compaction.
const ROOM: u64 = 64 * 1024;

/// The inputs of one output at one rendering.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    route: String,
    key: Digest,
    inputs: Recorded,
    /// The differences from the previous recording, kept when that was dropped in a compaction.
    changes: Vec<Change>,
}

/// The bytes of a [`Recording`](crate::base::digest::recording::Recording).
#[derive(Clone, Debug)]
struct Recorded(Box<[u8]>);

#[derive(Default, Serialize, Deserialize)]
struct Segment {
    /// In the order of routes.
    records: Vec<Record>,
    /// Values that several recordings refer to by digest, in the order of that digest.
    objects: Vec<(u64, Recorded)>,
}

impl Serialize for Recorded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Recorded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Recorded;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Recorded, E> {
                Ok(Recorded(bytes.into()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

impl Segment {
    fn new(mut records: Vec<Record>, objects: Objects) -> Self {
        records.sort_unstable_by(|a, b| a.route.cmp(&b.route));
        let mut objects: Vec<_> = objects.into_inner().into_iter().map(|(id, bytes)| (id, Recorded(bytes))).collect();
        objects.sort_unstable_by_key(|(id, _)| *id);
        Self { records, objects }
    }

    /// The segment after `start`, with its frame.
    fn framed(&self, start: &[u8]) -> Vec<u8> {
        let recorded = self.records.iter().map(|record| &record.inputs).chain(self.objects.iter().map(|(_, o)| o));
        let mut bytes = Vec::with_capacity(recorded.map(|recorded| recorded.0.len() + 128).sum());
        bytes.extend_from_slice(start);
        bytes.extend_from_slice(&[0; FRAME]);
        msgpack::append(&mut bytes, self);
        let (frame, body) = bytes[start.len()..].split_at_mut(FRAME);
        frame[..8].copy_from_slice(&(body.len() as u64).to_le_bytes());
        frame[8..].copy_from_slice(Digest::of(body).to_string().as_bytes());
        bytes
    }
}

/// Collects the recordings of a publication in progress, from several threads.
#[derive(Default)]
pub(in crate::publish) struct Recorder {
    records: Mutex<Vec<Record>>,
    /// Values that several listings share.
    pub(in crate::publish) objects: Objects,
}

impl Recorder {
    /// Adds the recording of one output.
    pub(in crate::publish) fn add(&self, route: &Route, key: Digest, inputs: Box<[u8]>) {
        let record = Record { route: route.as_str().to_owned(), key, inputs: Recorded(inputs), changes: Vec::new() };
        self.records.lock().push(record);
    }

    /// Appends the recordings to the file, compacting it if due; with `is_new`, starts a new file. Errors are ignored,
    /// since only explanations are lost.
    pub(in crate::publish) fn write(self, own: &Path, ledger: &Ledger, is_new: bool) {
        let records = self.records.into_inner();
        if records.is_empty() {
            return;
        }
        let segment = Segment::new(records, self.objects);
        let file = own.join(INPUTS);
        let _ = match grown(&file).filter(|_| !is_new) {
            Some(false) => disk::append(&file, &segment.framed(&[])),
            Some(true) => {
                let mut bytes = disk::read(&file).unwrap_or_default();
                bytes.append(&mut segment.framed(&[]));
                disk::write(&file, &History::read(&bytes).settled(ledger).framed(FIRST_LINE))
            }
            None => disk::write(&file, &segment.framed(FIRST_LINE)),
        };
    }
}

/// Whether the file is due for compaction; `None` when it is missing, truncated or of another version.
fn grown(file: &Path) -> Option<bool> {
    let Ok(FileKind::File(stamp)) = disk::stat(file) else { return None };
    let part = |from: u64, length: u64| disk::read_part(file, from, from + length - 1).ok();
    let start = FIRST_LINE.len() as u64;
    part(0, start).filter(|line| line == FIRST_LINE)?;
    let (mut at, mut first) = (start, None);
    while at < stamp.size {
        let length = u64::from_le_bytes(part(at, 8)?.try_into().ok()?);
        at = at.checked_add(FRAME as u64)?.checked_add(length)?;
        first.get_or_insert(length);
    }
    (at == stamp.size).then(|| stamp.size > 2 * first.unwrap_or(0) + ROOM)
}

/// The recorded inputs of the outputs in an output folder.
#[derive(Default)]
pub struct History {
    /// The records of each route, oldest first.
    records: HashMap<String, Vec<Record>>,
    objects: Objects,
}

impl History {
    /// Reads the file `inputs`; empty when it is missing or damaged.
    pub fn of_folder(output: &Path) -> Self {
        Self::read(&disk::read(&own_folder(output).join(INPUTS)).unwrap_or_default())
    }

    fn read(bytes: &[u8]) -> Self {
        let mut records: HashMap<String, Vec<Record>> = HashMap::new();
        let mut objects = HashMap::new();
        let mut rest = bytes.strip_prefix(FIRST_LINE).unwrap_or_default();
        while let Some((segment, after)) = segment(rest) {
            objects.extend(segment.objects.into_iter().map(|(id, recorded)| (id, recorded.0)));
            for record in segment.records {
                records.entry(record.route.clone()).or_default().push(record);
            }
            rest = after;
        }
        Self { records, objects: Objects::new(objects) }
    }

    /// The differences between the recorded inputs of an output and its current ones; empty when nothing is recorded.
    pub fn since(&self, made: &LedgerEntry, now: &[u8], objects: &Objects) -> Vec<Change> {
        let Some(before) = self.of(made).last() else { return Vec::new() };
        let now = Listed { text: &listing(now).unwrap_or_default(), objects };
        changes(self.listed(&before.text()), now)
    }

    /// The differences that caused the last rendering of an output; empty when unknown.
    pub fn before(&self, made: &LedgerEntry) -> Vec<Change> {
        match self.of(made) {
            [.., before, last] => changes(self.listed(&before.text()), self.listed(&last.text())),
            [only] => only.changes.clone(),
            [] => Vec::new(),
        }
    }

    fn listed<'l>(&'l self, text: &'l str) -> Listed<'l> {
        Listed { text, objects: &self.objects }
    }

    /// The records of an output up to the one with the key in its ledger entry; later ones do not describe the file
    /// that stands.
    fn of(&self, made: &LedgerEntry) -> &[Record] {
        let records = self.records.get(made.route.as_str()).map_or(&[][..], Vec::as_slice);
        let last = records.iter().rposition(|record| record.key == made.key);
        last.map_or(&[], |last| &records[..=last])
    }

    /// The compacted form: for each output in the ledger its last record, with the differences from the one before.
    fn settled(self, ledger: &Ledger) -> Segment {
        let last = |entry| Some(Record { changes: self.before(entry), ..self.of(entry).last()?.clone() });
        let records: Vec<Record> = ledger.entries().iter().filter_map(|entry| last(entry)).collect();
        let mut queue: Vec<u64> = records.iter().filter_map(|record| references(&record.inputs.0)).flatten().collect();
        let mut objects = self.objects.into_inner();
        let mut used = HashMap::new();
        while let Some(id) = queue.pop() {
            if let Some(recorded) = objects.remove(&id) {
                queue.extend(references(&recorded).unwrap_or_default());
                used.insert(id, recorded);
            }
        }
        Segment::new(records, Objects::new(used))
    }
}

impl Record {
    fn text(&self) -> String {
        listing(&self.inputs.0).unwrap_or_default()
    }
}

/// Splits off the first segment; `None` when the bytes are truncated or damaged.
fn segment(bytes: &[u8]) -> Option<(Segment, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (digest, rest) = rest.split_at_checked(32)?;
    let (packed, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let is_whole = Digest::of(packed).to_string().as_bytes() == digest;
    Some((is_whole.then(|| msgpack::decode(packed))??, rest))
}
