//! The manifest of a target: the digest of each object put, so that a deployment uploads only the differences. If it is
//! lost, `rebuild.rs` reconstructs it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::base::digest::Digest;

/// The first line: the format and its version. Other manifests are ignored.
const HEADER: &str = "dateline manifest 1";

/// The limit of the uncompressed size in bytes, against decompression bombs.
const LONGEST: u64 = 1 << 30;

/// The objects put, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub(super) BTreeMap<String, KnownObject>);

/// The manifest entry of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownObject {
    /// The digest of content and headers; `None` when an interrupted deployment left it unknown.
    pub(super) digest: Option<Digest>,
    /// The stored size in bytes, if known; compared with the listing to detect foreign writes.
    pub(super) size: Option<u64>,
    /// The time since which no page links to it, in seconds since 1970; pages in browser caches may still do so.
    pub(super) retired: Option<i64>,
}

impl Manifest {
    /// The gzipped text form.
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

    /// Parses the gzipped text form; `None` when it is damaged or of another version.
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

/// Compresses deterministically, so that equal text gives equal bytes.
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
