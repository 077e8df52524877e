//! 128-bit XXH3 digests, for change detection. Not for security.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize, Serializer};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A 128-bit digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(u128);

impl Digest {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Parses the text form, 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        // In two halves: a ledger holds thousands of these, and 128-bit arithmetic is several times slower.
        let (high, low) = text.split_at(16);
        let half = |text| u64::from_str_radix(text, 16).ok().map(u128::from);
        Some(Self(half(high)? << 64 | half(low)?))
    }

    /// The shard, out of `shards`, in which this digest belongs. Shards fill evenly.
    pub fn shard(self, shards: usize) -> usize {
        self.0 as usize % shards
    }

    /// Serialises the digest as bytes, in place of the value it stands for.
    pub fn stand_in<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.to_le_bytes())
    }

    /// The lower 64 bits: for explanations, where a collision only misleads.
    pub(super) fn lower(self) -> u64 {
        self.0 as u64
    }

    /// The upper 32 bits, which differ from [`lower`](Self::lower).
    pub(super) fn upper(self) -> u32 {
        (self.0 >> 96) as u32
    }

    /// The lower 64 bits as 16 hexadecimal digits: for explanations, where a collision only misleads.
    pub fn name(self) -> String {
        let mut name = String::with_capacity(16);
        self.push_name(&mut name);
        name
    }

    /// Adds the [`name`](Self::name) to a text.
    pub fn push_name(self, text: &mut String) {
        let low = self.0 as u64;
        let digit = |at: usize| b"0123456789abcdef"[(low >> (60 - 4 * at)) as usize & 15];
        let digits: [u8; 16] = std::array::from_fn(digit);
        text.push_str(std::str::from_utf8(&digits).unwrap_or_default());
    }

    /// The upper 32 bits as 8 hexadecimal digits: for file names of caches, where a collision costs a cache miss.
    pub fn short(self) -> String {
        format!("{:08x}", self.upper())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In two halves, as in `parse`.
        write!(f, "{:016x}{:016x}", (self.0 >> 64) as u64, self.0 as u64)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        u128::from_str_radix(&text, 16).map(Self)
    }
}

/// Buffer size in bytes. Values arrive in very small pieces, which XXH3 hashes slowly one by one.
const GATHERED: usize = 1024;

/// Builds a digest from parts. Each part is framed by its length, so that moving a boundary changes the digest.
#[derive(Default)]
pub struct Digester {
    hash: Xxh3,
    gathered: Vec<u8>,
}

impl Digester {
    /// An empty digester.
    pub fn new() -> Self {
        Self { hash: Xxh3::new(), gathered: Vec::new() }
    }

    /// Adds a part.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Self {
        self.add(&(bytes.len() as u64).to_le_bytes());
        self.add(bytes);
        self
    }

    /// Adds a digest, in place of the value it stands for.
    pub fn digest(&mut self, digest: Digest) -> &mut Self {
        self.add(&digest.0.to_le_bytes());
        self
    }

    /// Adds a serialisable value in `MessagePack` form, which is self-delimiting, stable and the same on every
    /// platform.
    pub fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        rmp_serde::encode::write(&mut *self, value).expect("views hold plain data, and hashing does not fail");
        self
    }

    /// The digest of all parts so far.
    pub fn finish(&mut self) -> Digest {
        self.hash.update(&self.gathered);
        self.gathered.clear();
        Digest(self.hash.digest128())
    }

    fn add(&mut self, bytes: &[u8]) {
        if self.gathered.len() + bytes.len() > GATHERED {
            self.hash.update(&self.gathered);
            self.gathered.clear();
            if bytes.len() > GATHERED {
                self.hash.update(bytes);
                return;
            }
        }
        if self.gathered.capacity() == 0 {
            self.gathered.reserve_exact(GATHERED);
        }
        self.gathered.extend_from_slice(bytes);
    }
}

impl io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.add(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_boundary_changes_the_digest() {
        let digest = |parts: &[&str]| {
            let mut digester = Digester::new();
            for part in parts {
                digester.part(part.as_bytes());
            }
            digester.finish()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }

    #[test]
    fn the_digest_of_many_pieces_is_that_of_all_bytes() {
        for size in [1, 7, GATHERED - 1, GATHERED, GATHERED + 1, 3 * GATHERED] {
            let bytes: Vec<u8> = (0..4 * GATHERED + 5).map(|at| at as u8).collect();
            let mut digester = Digester::new();
            for piece in bytes.chunks(size) {
                io::Write::write_all(&mut digester, piece).expect("hashing does not fail");
            }
            assert_eq!(digester.finish(), Digest::of(&bytes), "pieces of {size}");
        }
    }

    #[test]
    fn a_digest_survives_its_text_form() {
        let digest = Digest::of(b"news");
        assert_eq!(Digest::try_from(digest.to_string()), Ok(digest));
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("+1"), None);
        assert_eq!(digest.short().len(), 8);
        assert!(digest.to_string().ends_with(&digest.name()));
    }
}
