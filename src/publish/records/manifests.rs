//! The recorded inputs of every output, which explain why a stale output is stale.
//!
//! The file `inputs` is a header line followed by segments. A segment holds the listings of the outputs rendered in one
//! publication: a length, a digest, and that many bytes of `MessagePack` in which each distinct name and value occurs
//! once. A publication appends one segment without reading the others. Once the file exceeds twice its first segment,
//! it is compacted: the last listing of each output stays, with its differences from the one before. Only explanations
//! depend on this file, so it is written last, and a damaged or missing file counts as empty.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::ledger::{Ledger, LedgerEntry};
use crate::base::digest::Digest;
use crate::base::digest::differences::{Change, Listed, changes};
use crate::base::digest::listing::Objects;
use crate::base::digest::msgpack;
use crate::base::disk::{self, FileKind};
use crate::base::hash::FastMap;
use crate::base::route::Route;
use crate::base::sync::Mutex;
use crate::publish::layout::{INPUTS, own_folder};

const FIRST_LINE: &[u8] = b"dateline inputs 2\n";
/// The length in bytes of the frame before each segment: a `u64` and a hexadecimal digest.
const FRAME: u64 = 8 + 32;
/// The growth in bytes that is always allowed before compaction.
const ROOM: u64 = 64 * 1024;

/// The inputs of one output at one rendering.
#[derive(Clone, Debug)]
struct Record {
    route: String,
    key: Digest,
    /// The listing of its inputs: lines of name and value, separated by a tab.
    inputs: String,
    /// The differences from the previous listing, kept when that listing was dropped in a compaction.
    changes: Vec<Change>,
}

#[derive(Default)]
struct Segment {
    records: Vec<Record>,
    /// Values that several listings refer to by digest, by that digest.
    objects: BTreeMap<String, String>,
}

/// The lines of a listing as indices into `names` and `values`, in bytes of seven bits each, the lowest first.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn push(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// The numbers; none when the last one is cut off or one is too large.
    fn numbers(&self) -> Option<Vec<u32>> {
        let (mut numbers, mut number, mut shift) = (Vec::new(), 0_u32, 0);
        for byte in &self.0 {
            let part = u32::from(byte & 0x7f);
            number |= part.checked_shl(shift).filter(|moved| moved >> shift == part)?;
            shift += 7;
            if byte & 0x80 == 0 {
                numbers.push(std::mem::take(&mut number));
                shift = 0;
            }
        }
        (shift == 0).then_some(numbers)
    }
}

impl Serialize for Lines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Lines;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Lines, E> {
                Ok(Lines(bytes.to_owned()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// The serialised form of a segment, borrowed for writing.
#[derive(Serialize)]
struct Written<'s> {
    names: Vec<&'s str>,
    values: Vec<&'s str>,
    records: Vec<(&'s str, Digest, Lines, &'s [Change])>,
    objects: Vec<(&'s str, Lines)>,
}

/// The serialised form of a segment, owned for reading; the fields match those of `Written`.
#[derive(Deserialize)]
struct Packed {
    names: Vec<String>,
    values: Vec<String>,
    records: Vec<(String, Digest, Lines, Vec<Change>)>,
    objects: Vec<(String, Lines)>,
}

/// A string table: each distinct string once, in the order of first use.
#[derive(Default)]
struct Words<'s> {
    known: FastMap<&'s str, u32>,
    all: Vec<&'s str>,
}

impl<'s> Words<'s> {
    fn number(&mut self, word: &'s str) -> u32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(word);
        self.known.insert(word, number);
        number
    }
}

impl Segment {
    fn encode(&self) -> Vec<u8> {
        let (mut names, mut values) = (Words::default(), Words::default());
        let mut lines = |text| -> Lines {
            let mut lines = Lines::default();
            let text: &str = text;
            let mut start = 0;
            for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
                let line = &text[start..end];
                if let Some(tab) = memchr::memchr(b'\t', line.as_bytes()) {
                    lines.push(names.number(&line[..tab]));
                    lines.push(values.number(&line[tab + 1..]));
                }
                start = end + 1;
            }
            lines
        };
        let records = self.records.iter().map(|record| {
            let Record { route, key, inputs, changes } = record;
            (route.as_str(), *key, lines(inputs), changes.as_slice())
        });
        let records = records.collect();
        let objects = self.objects.iter().map(|(id, text)| (id.as_str(), lines(text))).collect();
        msgpack::encode(&Written { names: names.all, values: values.all, records, objects })
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let Packed { names, values, records, objects } = msgpack::decode(bytes)?;
        let text = |lines: Lines| -> Option<String> {
            let mut text = String::new();
            let numbers = lines.numbers()?;
            let (pairs, []) = numbers.as_chunks::<2>() else { return None };
            for [name, value] in pairs {
                let (name, value) = (names.get(*name as usize)?, values.get(*value as usize)?);
                text.extend([name.as_str(), "\t", value, "\n"]);
            }
            Some(text)
        };
        let records = records
            .into_iter()
            .map(|(route, key, lines, changes)| Some(Record { route, key, inputs: text(lines)?, changes }))
            .collect::<Option<_>>()?;
        let objects = objects.into_iter().map(|(id, lines)| Some((id, text(lines)?))).collect::<Option<_>>()?;
        Some(Self { records, objects })
    }
}

/// Collects the listings of a publication in progress, from several threads.
#[derive(Default)]
pub(in crate::publish) struct Recorder {
    records: Mutex<Vec<Record>>,
    /// Values that several listings share.
    pub(in crate::publish) objects: Objects,
}

impl Recorder {
    /// Adds the listing of one output.
    pub(in crate::publish) fn add(&self, route: &Route, key: Digest, inputs: String) {
        let record = Record { route: route.as_str().to_owned(), key, inputs, changes: Vec::new() };
        self.records.lock().push(record);
    }

    /// Appends the listings to the file, compacting it if due; with `is_new`, starts a new file. Errors are ignored,
    /// since only explanations are lost.
    pub(in crate::publish) fn write(self, own: &Path, ledger: &Ledger, is_new: bool) {
        let mut records = self.records.into_inner();
        if records.is_empty() {
            return;
        }
        records.sort_unstable_by(|a, b| a.route.cmp(&b.route));
        let segment = framed(&Segment { records, objects: self.objects.into_inner().into_iter().collect() });
        let file = own.join(INPUTS);
        let _ = match grown(&file).filter(|_| !is_new) {
            Some(false) => disk::append(&file, &segment),
            Some(true) => {
                let mut bytes = disk::read(&file).unwrap_or_default();
                bytes.extend_from_slice(&segment);
                disk::write(&file, &[FIRST_LINE, &framed(&History::read(&bytes).settled(ledger))].concat())
            }
            None => disk::write(&file, &[FIRST_LINE, &segment].concat()),
        };
    }
}

fn framed(segment: &Segment) -> Vec<u8> {
    let bytes = segment.encode();
    let length = (bytes.len() as u64).to_le_bytes();
    [&length[..], Digest::of(&bytes).to_string().as_bytes(), &bytes].concat()
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
        at = at.checked_add(FRAME)?.checked_add(length)?;
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
            objects.extend(segment.objects);
            for record in segment.records {
                records.entry(record.route.clone()).or_default().push(record);
            }
            rest = after;
        }
        Self { records, objects: Objects::new(objects) }
    }

    /// The differences between the recorded inputs of an output and its current ones; empty when nothing is recorded.
    pub fn since(&self, made: &LedgerEntry, now: Listed<'_>) -> Vec<Change> {
        let Some(record) = self.of(made).last() else { return Vec::new() };
        changes(self.listed(record), now)
    }

    /// The differences that caused the last rendering of an output; empty when unknown.
    pub fn before(&self, made: &LedgerEntry) -> Vec<Change> {
        match self.of(made) {
            [.., before, last] => changes(self.listed(before), self.listed(last)),
            [only] => only.changes.clone(),
            [] => Vec::new(),
        }
    }

    fn listed<'l>(&'l self, record: &'l Record) -> Listed<'l> {
        Listed { text: &record.inputs, objects: &self.objects }
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
        let mut settled = Segment::default();
        for entry in ledger.entries() {
            if let Some(last) = self.of(entry).last() {
                settled.records.push(Record { changes: self.before(entry), ..last.clone() });
            }
        }
        let mut queue: Vec<String> = settled.records.iter().flat_map(|record| references(&record.inputs)).collect();
        let mut objects = self.objects.into_inner();
        while let Some(id) = queue.pop() {
            if let Some(text) = objects.remove(&id) {
                queue.extend(references(&text));
                settled.objects.insert(id, text);
            }
        }
        settled
    }
}

/// The digests of shared values that a listing refers to.
fn references(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter_map(|line| Some(line.split_once("\t@")?.1.split_once('\t')?.0.to_owned()))
}

/// Splits off the first segment; `None` when the bytes are truncated or damaged.
fn segment(bytes: &[u8]) -> Option<(Segment, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (digest, rest) = rest.split_at_checked(32)?;
    let (packed, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let is_whole = Digest::of(packed).to_string().as_bytes() == digest;
    Some((is_whole.then(|| Segment::decode(packed))??, rest))
}
