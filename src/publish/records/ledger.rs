//! The ledger: the outputs written into an output folder, with their keys. A text file with one line per output.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind, SizeAndTime};
use crate::base::route::Route;
use crate::base::text;
use crate::publish::Rank;
use crate::publish::layout::{LEDGER, own_folder};
use crate::publish::reason::Reason;

/// The first line: the format and its version. Other ledgers are ignored.
const HEADER: &str = "dateline ledger 2";

/// The comment for people who open the file.
const README: &str = "\
# This folder is Dateline's own; do not deploy it. It records what Dateline wrote here, so that the next build writes
# only what differs and deletes only what is its own. Without it, builds are slower and old pages stay.
# route, rank, family, why it was made, key, digest of the bytes, size, modified (ns), then each question with the digest of
# its answer.
";

/// The record of one output as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The route, which determines the file.
    pub route: Route,
    /// The order in the commit: assets before pages, for example.
    pub rank: Rank,
    /// The name of the output's family, such as articles or e-mails.
    pub family: Arc<str>,
    /// The reason for the last rendering.
    pub reason: Reason,
    /// The digest of all inputs of the output.
    pub key: Digest,
    /// The digest of the bytes.
    pub digest: Digest,
    /// The size and modification time of the file after writing, by which foreign edits are detected.
    pub stamp: SizeAndTime,
    /// The questions that the template asked the site, each with the digest of the answer.
    pub questions: Vec<(String, Digest)>,
}

/// The entries of a publication, sorted by route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: Vec<Arc<LedgerEntry>>,
}

impl Ledger {
    /// Sorts the entries into a ledger.
    pub fn new(mut entries: Vec<Arc<LedgerEntry>>) -> Self {
        entries.sort_unstable_by(|a, b| a.route.cmp(&b.route));
        Self { entries }
    }

    /// Reads the ledger of an output folder without its lock, for read-only commands. `None` when it is missing,
    /// damaged or of another version.
    pub fn of_folder(output: &Path) -> Option<Self> {
        Self::parse(&disk::read_to_string(&own_folder(output).join(LEDGER)).ok()?)
    }

    /// The entries, sorted by route.
    pub fn entries(&self) -> &[Arc<LedgerEntry>] {
        &self.entries
    }

    /// The entry of `route`, by binary search.
    pub fn get(&self, route: &str) -> Option<&LedgerEntry> {
        self.find(route).map(Arc::as_ref)
    }

    /// Like [`get`](Self::get), as a shared handle.
    pub(in crate::publish) fn find(&self, route: &str) -> Option<&Arc<LedgerEntry>> {
        let at = self.entries.binary_search_by(|entry| entry.route.as_str().cmp(route)).ok()?;
        Some(&self.entries[at])
    }

    /// The entry for the file of `route`, which may be recorded under another route for the same file (`/a/` and
    /// `/a/index.html`).
    pub(in crate::publish) fn owner(&self, route: &Route) -> Option<&LedgerEntry> {
        self.get(route.as_str()).or_else(|| match route.as_str().strip_suffix("index.html") {
            Some(folder) if folder.ends_with('/') => self.get(folder),
            None if route.as_str().ends_with('/') => self.get(&format!("{route}index.html")),
            _ => None,
        })
    }

    /// The files of this ledger that `after` lacks, to be deleted. On a case-insensitive file system, `Logo.svg` and
    /// `logo.svg` may be one file; it is kept when `after` has it under the other name.
    pub(in crate::publish) fn files_gone(&self, after: &Self, output: &Path) -> BTreeSet<String> {
        let files = self.entries.iter().filter(|e| after.owner(&e.route).is_none()).map(|e| e.route.file());
        let mut gone: BTreeSet<String> = files.collect();
        if gone.is_empty() || after.entries.is_empty() {
            return gone;
        }
        let by_name: HashMap<String, String> = gone.iter().map(|file| (caseless(file), file.clone())).collect();
        for file in after.entries.iter().map(|entry| entry.route.file()) {
            if let Some(old) = by_name.get(&caseless(&file))
                && disk::is_same(&disk::join(output, old), &disk::join(output, &file))
            {
                gone.remove(old);
            }
        }
        gone
    }

    /// The files, keyed by their [`caseless`] names.
    pub(in crate::publish) fn by_caseless_name(&self) -> HashMap<String, String> {
        self.entries.iter().map(|entry| entry.route.file()).map(|file| (caseless(&file), file)).collect()
    }

    /// The text form, which ends in a count and a digest against truncation and damage.
    pub fn encode(&self) -> String {
        let mut text = String::with_capacity(1024 + self.entries.len() * 192);
        text.push_str(HEADER);
        text.push('\n');
        text.push_str(README);
        for entry in &self.entries {
            entry.encode(&mut text);
        }
        let digest = Digest::of(text.as_bytes());
        let _ = writeln!(text, "end\t{}\t{digest}", self.entries.len());
        text
    }

    /// Parses the text form; `None` for another version or any damage.
    pub fn parse(text: &str) -> Option<Self> {
        if text.lines().next()? != HEADER {
            return None;
        }
        let body_end = text.strip_suffix('\n')?.rfind('\n')? + 1;
        let (body, last) = text.split_at(body_end);
        let mut end = last.trim_end_matches('\n').split('\t');
        let (Some("end"), Some(count), Some(digest), None) = (end.next(), end.next(), end.next(), end.next()) else {
            return None;
        };
        if Digest::parse(digest)? != Digest::of(body.as_bytes()) {
            return None;
        }
        let count: usize = count.parse().ok()?;
        let mut entries: Vec<Arc<LedgerEntry>> = Vec::with_capacity(count.min(body.len()));
        for line in body.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let previous = entries.last().map(|entry| &**entry);
            let entry = LedgerEntry::parse(line, previous)?;
            if previous.is_some_and(|previous| previous.route >= entry.route) {
                return None;
            }
            entries.push(Arc::new(entry));
        }
        (entries.len() == count).then_some(Self { entries })
    }
}

impl LedgerEntry {
    /// Whether the file in `folder` has the recorded size and modification time.
    pub fn stands(&self, folder: &Path) -> bool {
        disk::stat(&disk::join(folder, &self.route.file())).is_ok_and(|found| found == FileKind::File(self.stamp))
    }

    fn encode(&self, text: &mut String) {
        let Self { route, rank, family, reason, key, digest, stamp, questions } = self;
        let _ = write!(text, "{route}\t{}\t", rank.name());
        escape(family, text);
        let _ = write!(text, "\t{}\t{key}\t{digest}\t{}\t{}", reason.name(), stamp.size, stamp.modified);
        for (question, answer) in questions {
            text.push('\t');
            escape(question, text);
            let _ = write!(text, "\t{answer}");
        }
        text.push('\n');
    }

    fn parse(line: &str, previous: Option<&Self>) -> Option<Self> {
        let mut fields = line.split('\t');
        let route = Route::read_back(fields.next()?).ok()?;
        let rank = Rank::named(fields.next()?)?;
        let family = fields.next()?;
        // Neighbouring entries usually have the same family and share one allocation of its name.
        let family = match previous {
            Some(previous) if *previous.family == *family => Arc::clone(&previous.family),
            _ => unescape(family)?.into(),
        };
        let reason = fields.next()?;
        let reason = Reason::ALL.into_iter().find(|known| known.name() == reason)?;
        let key = Digest::parse(fields.next()?)?;
        let digest = Digest::parse(fields.next()?)?;
        let stamp = SizeAndTime { size: fields.next()?.parse().ok()?, modified: fields.next()?.parse().ok()? };
        let mut questions = Vec::new();
        while let Some(question) = fields.next() {
            questions.push((unescape(question)?, Digest::parse(fields.next()?)?));
        }
        Some(Self { route, rank, family, reason, key, digest, stamp, questions })
    }
}

fn escape(text: &str, out: &mut String) {
    if !text.bytes().any(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | b'\r')) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(c),
        }
    }
}

fn unescape(text: &str) -> Option<String> {
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            c => c,
        });
    }
    Some(plain)
}

/// The name as a case-insensitive, normalising file system compares it: in lower case and composed form (NFC).
pub(in crate::publish) fn caseless(file: &str) -> String {
    text::composed(&file.to_lowercase()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let entry = |route: &str, questions: &[&str]| {
            Arc::new(LedgerEntry {
                route: Route::own(route),
                rank: Rank::Front,
                family: "odd\tfamily".into(),
                reason: Reason::Answers,
                key: Digest::of(b"key"),
                digest: Digest::of(route.as_bytes()),
                stamp: SizeAndTime { size: 7, modified: -3 },
                questions: questions.iter().map(|q| ((*q).to_owned(), Digest::of(q.as_bytes()))).collect(),
            })
        };
        Ledger::new(vec![
            entry("/topics/", &["stories(topic=\"a\\b\",\n\tlimit=5)", ""]),
            entry("/", &[]),
            entry("/a b/日本/", &["x"]),
        ])
    }

    #[test]
    fn a_ledger_survives_its_text_form() {
        assert_eq!(Ledger::parse(&ledger().encode()), Some(ledger()));
        assert_eq!(Ledger::parse(&Ledger::default().encode()), Some(Ledger::default()));
    }

    #[test]
    fn any_damage_is_noticed() {
        let text = ledger().encode();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Ledger::parse(&text[..end]), None, "cut at {end}");
            if text.as_bytes()[end].is_ascii() {
                let mut bytes = text.clone().into_bytes();
                bytes[end] ^= 1;
                assert_eq!(Ledger::parse(std::str::from_utf8(&bytes).expect("still ASCII")), None, "bit at {end}");
            }
        }
    }

    #[test]
    fn a_file_has_one_owner_under_either_name() {
        let ledger = ledger();
        assert!(ledger.owner(&Route::own("/topics/index.html")).is_some());
        assert!(ledger.owner(&Route::own("/index.html")).is_some());
        assert!(ledger.owner(&Route::own("/topics")).is_none());
        assert!(ledger.owner(&Route::own("/topicsindex.html")).is_none());
    }
}
