//! The manifest of a target: the digest of each object put, so that a deployment uploads only the differences, and what the
//! stories said, in digests, so that `check` notices one that has changed since. If it is lost, `rebuild.rs` reconstructs the
//! first.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::base::digest::Digest;
use crate::content::statement::Statement;

/// The first line: the format and its version. Other manifests are ignored.
const HEADER: &str = "dateline manifest 2";
/// The first line of a manifest without stories.
const WITHOUT_STORIES: &str = "dateline manifest 1";
/// The start of the line of a story. Its number rises when the same file would have other digests, by other fields or another
/// reading of the text: stories of other versions are ignored, since all of them would seem to have changed.
const STORY: &str = "story 1";

/// The limit of the uncompressed size in bytes, against decompression bombs.
const LONGEST: u64 = 1 << 30;

/// What was put.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The objects, by key.
    pub(super) objects: BTreeMap<String, KnownObject>,
    /// What the public stories said, in digests; `None` when it is unknown.
    pub(super) stories: Option<Vec<Statement>>,
}

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
        let header = if self.stories.is_some() { HEADER } else { WITHOUT_STORIES };
        let mut text = format!("{header}\n");
        for (key, KnownObject { digest, size, retired }) in &self.objects {
            let digest = digest.map_or_else(|| "-".to_owned(), |digest| digest.to_string());
            let size = size.map_or_else(|| "-".to_owned(), |size| size.to_string());
            let retired = retired.map_or_else(|| "-".to_owned(), |time| time.to_string());
            let _ = writeln!(text, "{key}\t{digest}\t{size}\t{retired}");
        }
        for story in self.stories.iter().flatten() {
            let json = serde_json::to_string(story).expect("a statement is plain data");
            let _ = writeln!(text, "{STORY}\t{json}");
        }
        let count = self.objects.len() + self.stories.as_ref().map_or(0, Vec::len);
        let _ = writeln!(text, "end\t{count}");
        gzip(text.as_bytes())
    }

    /// Parses the gzipped text form; `None` when it is damaged or of another version.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8(gunzip(bytes)?).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let has_stories = match lines.next()? {
            HEADER => true,
            WITHOUT_STORIES => false,
            _ => return None,
        };
        let count: usize = lines.next_back()?.strip_prefix("end\t")?.parse().ok()?;
        let lines: Vec<&str> = lines.collect();
        let is_story = |line: &&&str| line.starts_with("story ") && line.split('\t').count() == 2;
        let (objects, stories) = lines.split_at(lines.iter().take_while(|line| !is_story(line)).count());
        if !stories.iter().all(|line| is_story(&line)) {
            return None;
        }
        let objects: BTreeMap<String, KnownObject> = objects.iter().map(|line| entry(line)).collect::<Option<_>>()?;
        if objects.len() + stories.len() != count || !has_stories && !stories.is_empty() {
            return None;
        }
        let story = |line: &&str| serde_json::from_str(line.strip_prefix(STORY)?.strip_prefix('\t')?).ok();
        let stories: Option<Vec<Statement>> = stories.iter().map(story).collect();
        Some(Self { objects, stories: stories.filter(|_| has_stories) })
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
    use crate::base::route::Route;

    #[test]
    fn a_manifest_survives_its_bytes_and_damage_is_noticed() {
        let known = |size: Option<u64>, retired| KnownObject { digest: size.map(|_| Digest::of(b"x")), size, retired };
        let objects = BTreeMap::from([
            ("a b/日本/index.html".to_owned(), known(Some(7), None)),
            ("style.1.css".to_owned(), known(Some(0), Some(-3))),
            ("x".to_owned(), known(None, None)),
        ]);
        let story = Statement {
            path: "content/articles/a\tb.md".to_owned(),
            route: Route::own("/2023/10/17/a/"),
            updated: Some(-1),
            expires: None,
            notes: Vec::new(),
            fields: Vec::new(),
        };
        let manifest = Manifest { objects, stories: Some(vec![story]) };
        let bytes = manifest.encode();
        assert_eq!(Manifest::decode(&bytes), Some(manifest.clone()));
        for known in [
            Manifest::default(),
            Manifest { stories: Some(Vec::new()), ..Manifest::default() },
            Manifest { stories: None, ..manifest.clone() },
        ] {
            assert_eq!(Manifest::decode(&known.encode()), Some(known));
        }
        let later = String::from_utf8(gunzip(&bytes).expect("it is whole")).expect("text").replace(STORY, "story 9");
        let other = Manifest { stories: None, ..manifest };
        assert_eq!(Manifest::decode(&gzip(later.as_bytes())), Some(other), "another version is unknown");
        for end in 0..bytes.len() {
            assert_eq!(Manifest::decode(&bytes[..end]), None, "cut at {end}");
        }
        assert_eq!(Manifest::decode(&gzip(b"dateline manifest 3\nend\t0\n")), None);
        let damaged = b"dateline manifest 2\nx\t\t-\t-\t-\nend\t1\n";
        assert_eq!(Manifest::decode(&gzip(damaged)), None, "a line that is neither");
        assert_eq!(Manifest::decode(b"<html>not found</html>"), None);
    }
}
