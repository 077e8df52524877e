//! The counts of an import, and the places that an editor should check.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::codes::{self, Code};
use crate::base::report::{Diagnostic, Place, Report};

/// The counts of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// The number of articles.
    pub articles: usize,
    /// The number of standing pages.
    pub pages: usize,
    /// The number of images and other copied files.
    pub files: usize,
    /// The number of mapped front matter keys, by `theirs → ours`.
    pub mapped: BTreeMap<String, usize>,
    /// The number of front matter keys that are kept under `extra`, by key.
    pub kept: BTreeMap<String, usize>,
    /// The number of stories that keep their address.
    pub addresses_kept: usize,
    /// The number of former addresses that became aliases.
    pub aliases: usize,
    /// The number of links that were rewritten.
    pub links: usize,
    /// The number of template calls that became links, addresses or code.
    pub calls: usize,
    /// The number of guessed titles, dates and names.
    pub guessed: usize,
    /// The number of template calls that are left as text.
    pub left: usize,
    /// The number of files that are not imported.
    pub dropped: usize,
}

/// The counts, and the findings with their places.
#[derive(Default)]
pub(super) struct MigrationLog {
    pub(super) counts: Counts,
    kinds: BTreeMap<(Code, String), Vec<Place>>,
}

impl MigrationLog {
    /// Adds a finding for an editor. Findings of one kind share one message.
    pub(super) fn add(&mut self, code: Code, what: impl Into<String>, place: Place) {
        match code {
            codes::IMPORT_GUESS => self.counts.guessed += 1,
            codes::IMPORT_CALL => self.counts.left += 1,
            codes::IMPORT_LEFT | codes::IMPORT_UNREAD => self.counts.dropped += 1,
            _ => {}
        }
        self.kinds.entry((code, what.into())).or_default().push(place);
    }

    /// Returns the files that are reported as left out, unreadable, or in conflict with others.
    pub(super) fn files(&self) -> BTreeSet<String> {
        let kinds = self
            .kinds
            .iter()
            .filter(|((code, _), _)| matches!(*code, codes::IMPORT_LEFT | codes::IMPORT_UNREAD | codes::IMPORT_CLASH));
        kinds.flat_map(|(_, places)| places).map(|place| place.file.clone()).collect()
    }

    /// Adds a file that cannot be read.
    pub(super) fn unread(&mut self, path: &str, error: &str) {
        self.add(codes::IMPORT_UNREAD, format!("this file cannot be read: {error}"), Place::file(path));
    }

    /// Counts a front matter key that was mapped.
    pub(super) fn mapped(&mut self, theirs: &str, ours: &str) {
        *self.counts.mapped.entry(format!("{theirs} → {ours}")).or_default() += 1;
    }

    /// Counts a front matter key that is kept under `extra`.
    pub(super) fn kept(&mut self, theirs: &str) {
        *self.counts.kept.entry(theirs.to_owned()).or_default() += 1;
    }

    /// Adds the counts and findings of another log.
    pub(super) fn merge(&mut self, other: Self) {
        let Self { counts, kinds } = other;
        let Counts {
            articles,
            pages,
            files,
            mapped,
            kept,
            addresses_kept,
            aliases,
            links,
            calls,
            guessed,
            left,
            dropped,
        } = counts;
        let own = &mut self.counts;
        for (key, count) in mapped {
            *own.mapped.entry(key).or_default() += count;
        }
        for (key, count) in kept {
            *own.kept.entry(key).or_default() += count;
        }
        for (sum, count) in [
            (&mut own.articles, articles),
            (&mut own.pages, pages),
            (&mut own.files, files),
            (&mut own.addresses_kept, addresses_kept),
            (&mut own.aliases, aliases),
            (&mut own.links, links),
            (&mut own.calls, calls),
            (&mut own.guessed, guessed),
            (&mut own.left, left),
            (&mut own.dropped, dropped),
        ] {
            *sum += count;
        }
        for (kind, places) in kinds {
            self.kinds.entry(kind).or_default().extend(places);
        }
    }

    /// Returns the counts, and the findings as a report.
    pub(super) fn finish(self) -> (Counts, Report) {
        let mut report = Report::default();
        for ((code, what), places) in self.kinds {
            for place in places {
                let problem = match code {
                    codes::IMPORT_GUESS
                    | codes::IMPORT_LEFT
                    | codes::IMPORT_KEY
                    | codes::IMPORT_HIDDEN
                    | codes::IMPORT_MARK => Diagnostic::note(code, what.as_str()),
                    _ => Diagnostic::warning(code, what.as_str()),
                };
                report.push(problem.help(way_out(code)).at(place));
            }
        }
        (self.counts, report)
    }
}

fn way_out(code: Code) -> &'static str {
    match code {
        codes::IMPORT_CALL => "replace it with what it stood for, or remove it",
        codes::IMPORT_GUESS => "see that it is right",
        codes::IMPORT_LEFT => "Dateline makes such pages itself, or has no use for it",
        codes::IMPORT_KEY => "your own templates find it as `extra`",
        codes::IMPORT_HIDDEN => "it is still in the file that it came from",
        codes::IMPORT_MARK => "check whether something in it is needed",
        codes::IMPORT_TEXT => "compare it with the original page, and correct the new file",
        codes::IMPORT_LINK => "link to the page that took its place",
        codes::IMPORT_CLASH => "rename one of the two where the name matters",
        _ => "correct it there, and import again",
    }
}
