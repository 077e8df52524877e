//! The inputs of an output in a compact binary form, written while the output is made and read only to explain it:
//! see [`listing`](super::listing). The format is described in `tokens`.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use super::inputs::Inputs;
use super::quoting::{WHOLE, beginning};
use super::tokens::{DERIVED, END, FALSE, FIELD, LONG_TEXT, MAP, NEGATIVE, NONE, NUMBER, SEQUENCE, SHARED, TEXT, WORD};
use super::value::{Digest, Digester};
use crate::base::hash::FastMap;
use crate::base::sync::Mutex;

/// Slots of the table of texts that were written before.
const SLOTS: usize = 256;
/// Lengths of texts that are looked up there: a shorter one costs as little as its position, and the length of a longer
/// one does not fit into one byte.
const REPEATED: std::ops::RangeInclusive<usize> = 3..=63;

/// Recordings of shared values, by the lower 64 bits of the value's digest. Each is made once.
#[derive(Debug, Default)]
pub struct Objects(Mutex<FastMap<u64, Box<[u8]>>>);

impl Objects {
    /// Starts with existing recordings.
    pub fn new(recordings: HashMap<u64, Box<[u8]>>) -> Self {
        Self(Mutex::new(recordings.into_iter().collect()))
    }

    /// What `read` makes of the recording of a value; `None` when there is none.
    pub(super) fn get<T>(&self, id: u64, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        read(self.0.lock().get(&id)?)
    }

    /// Takes all recordings out.
    pub fn into_inner(self) -> FastMap<u64, Box<[u8]>> {
        self.0.into_inner()
    }

    pub(super) fn add<T: Serialize + ?Sized>(&self, id: u64, value: &T) {
        if !self.0.lock().contains_key(&id) {
            // Not while the lock is held: others would wait for the serialisation.
            let mut recording = Recording::new(self);
            recording.record("", value);
            let recorded = recording.finish();
            self.0.lock().insert(id, recorded);
        }
    }
}

/// A serde serializer that records inputs.
pub struct Recording<'o> {
    objects: &'o Objects,
    bytes: Vec<u8>,
    /// For some texts, by their hash, one more than where they stand.
    seen: [u32; SLOTS],
}

impl<'o> Recording<'o> {
    /// An empty recording, which adds shared values to `objects`.
    pub fn new(objects: &'o Objects) -> Self {
        Self { objects, bytes: Vec::with_capacity(2048), seen: [0; SLOTS] }
    }

    /// The recorded bytes.
    pub fn finish(self) -> Box<[u8]> {
        self.bytes.into_boxed_slice()
    }

    /// Records a named value.
    pub(super) fn record<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.field(name, value).expect("views hold plain data, and memory does not fail");
    }

    /// Records a member. One that is absent, empty or `false`, which is the default, leaves no trace.
    pub(super) fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> fmt::Result {
        let start = self.bytes.len();
        self.name(name);
        let after = self.bytes.len();
        value.serialize(&mut *self)?;
        if matches!(self.bytes[after..], [NONE | FALSE] | [SEQUENCE | MAP, END]) {
            self.bytes.truncate(start);
        }
        Ok(())
    }

    pub(super) fn name(&mut self, name: &str) {
        self.bytes.push(FIELD);
        self.text(name);
    }

    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(super) fn text(&mut self, text: &str) {
        let (length, at) = (text.len(), self.bytes.len());
        if REPEATED.contains(&length) {
            let slot = &mut self.seen[slot(text.as_bytes())];
            if let Some(known) = slot.checked_sub(1) {
                // What stood there may have been taken back, with a member that is absent.
                let there = self.bytes.get(known as usize..).and_then(<[u8]>::split_first);
                if there
                    .is_some_and(|(first, rest)| *first == (length << 1 | 1) as u8 && rest.starts_with(text.as_bytes()))
                {
                    return self.number(u64::from(known) << 1);
                }
            }
            *slot = at as u32 + 1;
        }
        self.number((length as u64) << 1 | 1);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn word(&mut self, word: &str) {
        self.bytes.push(WORD);
        self.text(word);
    }

    pub(super) fn digest(&mut self, digest: Digest) {
        self.bytes.extend_from_slice(&digest.upper().to_le_bytes());
    }

    pub(super) fn signed(&mut self, value: i64) {
        self.bytes.push(if value < 0 { NEGATIVE } else { NUMBER });
        self.number(if value < 0 { !value } else { value }.cast_unsigned());
    }

    pub(super) fn unsigned(&mut self, value: u64) {
        self.bytes.push(NUMBER);
        self.number(value);
    }

    pub(super) fn token(&mut self, token: u8) {
        self.bytes.push(token);
    }

    pub(super) fn string(&mut self, value: &str) {
        if value.len() <= WHOLE {
            self.bytes.push(TEXT);
            self.text(value);
        } else {
            self.bytes.push(LONG_TEXT);
            self.text(beginning(value, WHOLE));
            self.number(value.len() as u64);
            self.digest(Digest::of(value.as_bytes()));
        }
    }
}

/// The slot of a text of [`REPEATED`] length: by its length, its first three bytes and its last four at most.
fn slot(text: &[u8]) -> usize {
    let last = text.last_chunk::<4>().map_or(0, |last| u32::from_le_bytes(*last));
    let first = u32::from_le_bytes([text[0], text[1], text[2], text.len() as u8]);
    (first.wrapping_mul(0x9e37_79b1) ^ last.wrapping_mul(0x85eb_ca6b)).wrapping_shr(24) as usize
}

impl Inputs for Recording<'_> {
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.record(name, value);
    }

    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, label: &str, digest: Digest, value: &T) {
        let id = digest.lower();
        self.objects.add(id, value);
        self.bytes.push(SHARED);
        self.text(name);
        self.text(label);
        self.bytes.extend_from_slice(&id.to_le_bytes());
    }

    fn derived<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.bytes.push(DERIVED);
        self.text(name);
        self.digest(Digester::new().value(value).finish());
    }
}
