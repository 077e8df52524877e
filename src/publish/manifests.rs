//! The inputs of every output, listed: what tells, when an output is stale, which of its inputs changed.
//!
//! The file `inputs` holds a first line, then segments, each the listings of what one publication made: a length, a digest and
//! that many bytes, in which each name and each value stands once. A publication only adds a segment, and reads nothing. A file that has grown to twice its first segment is
//! written anew: of each output the last listing stays, with what then differed from the one before. Nothing but explanations
//! depends on the file, so it is written last, and one that is damaged or missing is none.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::layout::{INPUTS, own_folder};
use super::ledger::{Ledger, LedgerEntry};
use crate::base::digest::Digest;
use crate::base::digest::differences::{Change, Listed, changes};
use crate::base::digest::listing::Objects;
use crate::base::digest::msgpack;
use crate::base::disk::{self, FileKind};
use crate::base::route::Route;
use crate::base::sync::Mutex;

const FIRST_LINE: &[u8] = b"dateline inputs 1\n";
/// The length and the digest before each segment.
const FRAME: u64 = 8 + 32;
/// A file may always grow by so much.
const ROOM: u64 = 64 * 1024;

/// What an output was made from.
#[derive(Clone, Debug)]
struct Record {
    route: String,
    key: Digest,
    /// Its inputs, listed.
    inputs: String,
    /// What differed from the listing before, where that is not kept.
    changes: Vec<Change>,
}

#[derive(Default)]
struct Segment {
    records: Vec<Record>,
    /// What the listings refer to.
    objects: BTreeMap<String, String>,
}

/// The lines of a listing, by the numbers of their names and values.
type Lines = Vec<(u32, u32)>;

/// A segment as it is written.
#[derive(Serialize)]
struct Written<'s> {
    names: Vec<&'s str>,
    values: Vec<&'s str>,
    records: Vec<(&'s str, Digest, Lines, &'s [Change])>,
    objects: Vec<(&'s str, Lines)>,
}

/// The same as it is read.
#[derive(Deserialize)]
struct Packed {
    names: Vec<String>,
    values: Vec<String>,
    records: Vec<(String, Digest, Lines, Vec<Change>)>,
    objects: Vec<(String, Lines)>,
}

/// Words, each once, in the order in which they come.
#[derive(Default)]
struct Words<'s> {
    known: HashMap<&'s str, u32>,
    all: Vec<&'s str>,
}

impl<'s> Words<'s> {
    fn number(&mut self, word: &'s str) -> u32 {
        *self.known.entry(word).or_insert_with(|| {
            self.all.push(word);
            self.all.len() as u32 - 1
        })
    }
}

impl Segment {
    fn encode(&self) -> Vec<u8> {
        let (mut names, mut values) = (Words::default(), Words::default());
        let mut lines = |text| -> Lines {
            let lines = str::lines(text).filter_map(|line| line.split_once('\t'));
            lines.map(|(name, value)| (names.number(name), values.number(value))).collect()
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
            for (name, value) in lines {
                let (name, value) = (names.get(name as usize)?, values.get(value as usize)?);
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

/// The listings of a publication in the making.
#[derive(Default)]
pub(super) struct Recorder {
    records: Mutex<Vec<Record>>,
    /// What many of them refer to.
    pub(super) objects: Objects,
}

impl Recorder {
    /// Adds what an output is made from.
    pub(super) fn add(&self, route: &Route, key: Digest, inputs: String) {
        let record = Record { route: route.as_str().to_owned(), key, inputs, changes: Vec::new() };
        self.records.lock().push(record);
    }

    /// Adds it all to the file, or begins a new one. That it cannot be written is no problem of the site's.
    pub(super) fn write(self, own: &Path, ledger: &Ledger, anew: bool) {
        let mut records = self.records.into_inner();
        if records.is_empty() {
            return;
        }
        records.sort_unstable_by(|a, b| a.route.cmp(&b.route));
        let segment = framed(&Segment { records, objects: self.objects.into_inner().into_iter().collect() });
        let file = own.join(INPUTS);
        let _ = match grown(&file).filter(|_| !anew) {
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

/// Whether a file has grown too long; none when it is not whole, or not there.
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

/// The listings of an output folder.
#[derive(Default)]
pub struct History {
    /// Of each output, the oldest first.
    records: HashMap<String, Vec<Record>>,
    objects: Objects,
}

impl History {
    /// Reads it; where there is none, nothing is known.
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

    /// What changed between the listing that an output was made from and another of the same output.
    pub fn since(&self, made: &LedgerEntry, now: Listed<'_>) -> Vec<Change> {
        let Some(record) = self.of(made).last() else { return Vec::new() };
        changes(self.listed(record), now)
    }

    /// What had changed when an output was last made.
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

    /// The records of an output up to that which the ledger tells of.
    fn of(&self, made: &LedgerEntry) -> &[Record] {
        let records = self.records.get(made.route.as_str()).map_or(&[][..], Vec::as_slice);
        let last = records.iter().rposition(|record| record.key == made.key);
        last.map_or(&[], |last| &records[..=last])
    }

    /// The last record of each output that stands, with what had changed then.
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

/// The digests that a listing refers to.
fn references(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter_map(|line| Some(line.split_once("\t@")?.1.split_once('\t')?.0.to_owned()))
}

/// The first segment, and what follows it.
fn segment(bytes: &[u8]) -> Option<(Segment, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (digest, rest) = rest.split_at_checked(32)?;
    let (packed, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let is_whole = Digest::of(packed).to_string().as_bytes() == digest;
    Some((is_whole.then(|| Segment::decode(packed))??, rest))
}
