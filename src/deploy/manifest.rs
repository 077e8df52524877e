//! The manifest: what a deployment put into a bucket, so that the next one sends only what differs. A lost one is no
//! harm, see `rebuild.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::base::digest::Digest;

/// The first line: the format and its version. A manifest that starts otherwise is not read.
const HEADER: &str = "dateline manifest 1";

/// No manifest is that long; what unpacks to more is not ours.
const LONGEST: u64 = 1 << 30;

/// What was put, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub(super) BTreeMap<String, KnownObject>);

/// An object of ours in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownObject {
    /// The digest of its bytes and headers; none when a deployment was interrupted before it said whether it was put.
    pub(super) digest: Option<Digest>,
    /// Its size in the bucket, where that is known.
    pub(super) size: Option<u64>,
    /// Since when nothing leads to it, in seconds since 1970; browsers may still have a page that does.
    pub(super) retired: Option<i64>,
}

impl Manifest {
    /// The bytes of a manifest.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut text = format!("{HEADER}\n");
        for (key, KnownObject { digest, size, retired }) in &self.0 {
            let digest = digest.map_or_else(|| "-".to_owned(), |digest| digest.to_string());
            let size = size.map_or_else(|| "-".to_owned(), |size| size.to_string());
            let retired = retired.map_or_else(|| "-".to_owned(), |time| time.to_string());
            let _ = writeln!(text, "{key}\t{digest}\t{size}\t{retired}");
        }
        let _ = writeln!(text, "end\t{}", self.0.len());
        gzip(text.as_bytes())
    }

    /// Reads a manifest; anything out of order, and there is none.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8(gunzip(bytes)?).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEADER {
            return None;
        }
        let count: usize = lines.next_back()?.strip_prefix("end\t")?.parse().ok()?;
        let entries: Option<BTreeMap<String, KnownObject>> = lines.map(entry).collect();
        entries.filter(|entries| entries.len() == count).map(Self)
    }
}

fn entry(line: &str) -> Option<(String, KnownObject)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [key, digest, size, retired] = fields[..] else { return None };
    let known = KnownObject {
        digest: if digest == "-" { None } else { Some(Digest::parse(digest)?) },
        size: if size == "-" { None } else { Some(size.parse().ok()?) },
        retired: if retired == "-" { None } else { Some(retired.parse().ok()?) },
    };
    Some((key.to_owned(), known))
}

/// Compresses; the same bytes give the same bytes.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(7));
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("writing into memory does not fail")
}

pub(super) fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).take(LONGEST).read_to_end(&mut plain).ok()?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_its_bytes_and_damage_is_noticed() {
        let known = |size: Option<u64>, retired| KnownObject { digest: size.map(|_| Digest::of(b"x")), size, retired };
        let manifest = Manifest(BTreeMap::from([
            ("a b/日本/index.html".to_owned(), known(Some(7), None)),
            ("style.1.css".to_owned(), known(Some(0), Some(-3))),
            ("x".to_owned(), known(None, None)),
        ]));
        let bytes = manifest.encode();
        assert_eq!(Manifest::decode(&bytes), Some(manifest));
        assert_eq!(Manifest::decode(&Manifest::default().encode()), Some(Manifest::default()));
        for end in 0..bytes.len() {
            assert_eq!(Manifest::decode(&bytes[..end]), None, "cut at {end}");
        }
        assert_eq!(Manifest::decode(&gzip(b"dateline manifest 2\nend\t0\n")), None);
        assert_eq!(Manifest::decode(b"<html>not found</html>"), None);
    }
}
