//! Digests: 128 bits of XXH3, for telling changed from unchanged. Not for security.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The digest of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(u128);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Reads the text form: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        // In halves: a ledger holds thousands of these, and 128-bit arithmetic is several times slower.
        let (high, low) = text.split_at(16);
        let half = |text| u64::from_str_radix(text, 16).ok().map(u128::from);
        Some(Self(half(high)? << 64 | half(low)?))
    }

    /// One of so many shards, evenly.
    pub fn shard(self, shards: usize) -> usize {
        self.0 as usize % shards
    }

    /// The first eight hexadecimal digits: for file names, where a clash only costs a cache.
    pub fn short(self) -> String {
        format!("{:08x}", (self.0 >> 96) as u32)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
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

/// Builds a digest from parts. Each part is framed by its length, so that moving a boundary changes the digest.
#[derive(Default)]
pub struct Digester(Xxh3);

impl Digester {
    /// An empty one.
    pub fn new() -> Self {
        Self(Xxh3::new())
    }

    /// Adds a part.
    pub fn part(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a serialisable part, through its `MessagePack` form: framed, stable, and independent of the platform.
    pub fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        rmp_serde::encode::write(&mut *self, value).expect("views hold plain data, and hashing does not fail");
        self
    }

    /// The digest of all parts so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.digest128())
    }
}

impl io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
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
    fn a_digest_survives_its_text_form() {
        let digest = Digest::of(b"news");
        assert_eq!(Digest::try_from(digest.to_string()), Ok(digest));
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("+1"), None);
        assert_eq!(digest.short().len(), 8);
    }
}
