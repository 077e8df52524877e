//! A publication: outputs are put or kept, then committed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::commit::{self, Owned, Recovery, Steps};
use super::content::{Content, unread};
use super::files::{Files, clash};
use super::foreign::{self, Foreign};
use super::staging::Staging;
use crate::base::digest::Digest;
use crate::base::digest::recording::Objects;
use crate::base::disk::{self, FileKind, Lock, SizeAndTime};
use crate::base::report::Diagnostic;
use crate::base::route::Route;
use crate::base::sync::Mutex;
use crate::publish::layout::{LEDGER, NEXT, STAGING, own_folder};
use crate::publish::options::PublishOptions;
use crate::publish::reason::Reason;
use crate::publish::records::build_record::{Audited, BuildRecord};
use crate::publish::records::ledger::{Ledger, caseless};
use crate::publish::records::manifests::Recorder;
use crate::publish::summary::Summary;
use crate::publish::{LedgerEntry, Rank, guard, lock};

/// A transaction on the output folder. Dropped without [`Publication::commit`], it leaves the folder unchanged.
pub struct Publication {
    output: guard::Output,
    own: PathBuf,
    options: PublishOptions,
    before: Ledger,
    before_text: Option<Digest>,
    /// Whether `before` lists every file that Dateline has written here. If it may not, a file at the path of an
    /// output counts as ours.
    ledger_is_complete: bool,
    of_this_folder: OnceLock<bool>,
    by_caseless_name: OnceLock<HashMap<String, String>>,
    recovery: Recovery,
    staging: Staging,
    records: Mutex<Vec<Record>>,
    reasons: Mutex<BTreeMap<Route, Reason>>,
    build_record: Option<BuildRecord>,
    inputs: Recorder,
    /// Folders created by this publication, outermost first. They are removed again if it is dropped.
    made: Vec<PathBuf>,
    lock: Option<Lock>,
    /// Whether the journal has been written. From then on the staged files must survive a failure, because the next
    /// command completes the commit from them.
    journal_written: bool,
}

struct Record {
    entry: Arc<LedgerEntry>,
    outcome: PutOutcome,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PutOutcome {
    Added,
    Changed,
    Unchanged,
}

impl Publication {
    /// Checks that the output folder is none of the source folders, locks it, completes an interrupted commit, and
    /// reads the ledger.
    pub fn open(output: &Path, sources: &[PathBuf], options: PublishOptions) -> Result<Self, Diagnostic> {
        let mut output = guard::check(output, sources, &options.protected)?;
        let own = own_folder(&output.folder);
        let made = missing_folders(&own)?;
        disk::create_dir_all(&own).map_err(|error| error.of(output.shown.clone()))?;
        let lock = lock::take(&own, &output.shown, &options.command)?;
        guard::clear_records(&own, &output.shown)?;
        let recovery = commit::recover(&output.folder, &mut Steps::all())?;
        output.empty &= recovery == Recovery::Nothing;
        // An unreadable ledger is treated like a missing one.
        let text = disk::read_to_string(&own.join(LEDGER)).ok();
        let before = text.as_deref().and_then(Ledger::parse);
        Ok(Self {
            staging: Staging::new(own.join(STAGING))?,
            ledger_is_complete: before.is_some() && recovery != Recovery::Impossible,
            before_text: text.map(|text| Digest::of(text.as_bytes())),
            before: before.unwrap_or_default(),
            output,
            own,
            options,
            recovery,
            of_this_folder: OnceLock::new(),
            by_caseless_name: OnceLock::new(),
            records: Mutex::default(),
            reasons: Mutex::default(),
            build_record: None,
            inputs: Recorder::default(),
            made,
            lock: Some(lock),
            journal_written: false,
        })
    }

    /// Whether [`Publication::open`] completed a commit that an earlier command was interrupted in.
    pub fn recovered(&self) -> bool {
        self.recovery == Recovery::Completed
    }

    /// The audit of the published outputs: the digest of the search terms, and the findings. `None` without a record.
    pub fn audited(&self) -> Option<Audited> {
        BuildRecord::audited(&self.own, self.before_text.filter(|_| self.ledger_is_complete)?)
    }

    /// The ledger entry of `route`. `None` for a clean build, which trusts no record.
    pub fn recorded(&self, route: &Route) -> Option<&LedgerEntry> {
        self.reliable(route).map(Arc::as_ref)
    }

    fn reliable(&self, route: &Route) -> Option<&Arc<LedgerEntry>> {
        if self.options.clean { None } else { self.before.find(route.as_str()) }
    }

    /// Keeps the published output at `route` without rendering it, for a caller that has compared its key and answers.
    /// Returns `false` if there is no record or the file was modified since it was written; it must then be put.
    #[must_use = "an output that was not kept must be put"]
    pub fn keep(&self, route: &Route) -> bool {
        self.reliable(route).is_some_and(|entry| self.keep_entry(entry))
    }

    fn keep_entry(&self, entry: &Arc<LedgerEntry>) -> bool {
        let kept = entry.stands(&self.output.folder);
        if kept {
            self.record(Arc::clone(entry), PutOutcome::Unchanged);
        }
        kept
    }

    /// Keeps all published outputs if the folder still matches the record of the last build. Returns `false`, and
    /// keeps none, if any of them differs.
    #[must_use = "outputs that were not kept must be put"]
    pub fn keep_all(&self, record: &BuildRecord) -> bool {
        let is_known = !self.options.clean && self.ledger_is_complete && self.before_text == record.ledger;
        let kept = is_known && self.before.entries().par_iter().all(|entry| self.keep_entry(entry));
        if !kept {
            self.records.lock().clear();
        }
        kept
    }

    /// Sets the record that the commit writes, for the fast path of the next build.
    pub fn set_build_record(&mut self, record: BuildRecord) {
        self.build_record = Some(record);
    }

    /// Returns the reason why the output at `route` must be rendered; `None` if the published one has the same key and
    /// answers and was kept. `holds` tells whether the recorded answers still hold for the site.
    pub fn stale(&self, route: &Route, key: Digest, holds: impl FnOnce(&[(String, Digest)]) -> bool) -> Option<Reason> {
        let was_there = self.options.clean && self.before.get(route.as_str()).is_some();
        let reason = Reason::find(self.recorded(route), key, holds, |_| self.keep(route))?;
        let reason = if was_there { Reason::Clean } else { reason };
        self.reasons.lock().insert(route.clone(), reason);
        Some(reason)
    }

    /// Stages an output unless the published file has the same bytes. May be called from many threads.
    pub fn put(
        &self,
        route: &Route,
        rank: Rank,
        key: Digest,
        family: &str,
        questions: Vec<(String, Digest)>,
        content: Content<'_>,
    ) -> Result<(), Diagnostic> {
        let file = route.file();
        let (digest, stamp, outcome) = if let Some((digest, stamp)) = self.standing(route, &file, &content)? {
            (digest, stamp, PutOutcome::Unchanged)
        } else {
            let (digest, stamp) = self.stage(route, rank, &file, &content)?;
            (digest, stamp, if self.before.owner(route).is_some() { PutOutcome::Changed } else { PutOutcome::Added })
        };
        content.verify(digest)?;
        let reason = self.reasons.lock().get(route).copied();
        let reason = reason.unwrap_or(Reason::New);
        let family = family.into();
        let entry = LedgerEntry { route: route.clone(), rank, family, reason, key, digest, stamp, questions };
        self.record(Arc::new(entry), outcome);
        Ok(())
    }

    /// Keeps the inputs of an output for `dateline why`, as `record` records them.
    pub fn note(&self, route: &Route, key: Digest, record: impl FnOnce(&Objects) -> Box<[u8]>) {
        self.inputs.add(route, key, record(&self.inputs.objects));
    }

    /// Returns digest and stat of the published file if it already has the bytes of `content`.
    fn standing(
        &self,
        route: &Route,
        file: &str,
        content: &Content<'_>,
    ) -> Result<Option<(Digest, SizeAndTime)>, Diagnostic> {
        if self.output.empty {
            return Ok(None);
        }
        let path = disk::join(&self.output.folder, file);
        let FileKind::File(stamp) = disk::stat(&path)? else { return Ok(None) };
        let digest = content.digest().map_err(|error| unread(error, content))?;
        let same = match self.before.owner(route) {
            Some(entry) if entry.stamp == stamp && !self.options.clean => entry.digest == digest,
            _ => content.may_have_size(stamp.size) && disk::digest(&path)? == digest,
        };
        if same {
            Ok(Some((digest, stamp)))
        } else if self.owned(route) == Owned::No {
            Err(guard::in_the_way(&self.output, file, 0))
        } else {
            Ok(None)
        }
    }

    fn stage(
        &self,
        route: &Route,
        rank: Rank,
        file: &str,
        content: &Content<'_>,
    ) -> Result<(Digest, SizeAndTime), Diagnostic> {
        use std::io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
        self.staging.add(rank, file, content).map_err(|error| match (error.kind(), content) {
            (_, Content::File(source, _)) if error.path() == *source => unread(error, content),
            (AlreadyExists | IsADirectory | NotADirectory, _) => clash(route),
            _ => error.of(disk::join(&self.output.shown, file)).into(),
        })
    }

    /// Whether the ledger belongs to the outputs in this folder. A CI cache may restore the ledger of one build beside
    /// the outputs of another; such a ledger proves nothing about who wrote a file.
    fn is_of_this_folder(&self) -> bool {
        *self.of_this_folder.get_or_init(|| {
            let entries = self.before.entries();
            entries.is_empty() || entries.par_iter().any(|entry| entry.stands(&self.output.folder))
        })
    }

    /// Whether the file at `route` is one of ours under a name that the file system considers equal, such as `Logo.svg`
    /// and `logo.svg` on a case-insensitive disk.
    fn is_renamed(&self, route: &Route) -> bool {
        let file = route.file();
        let by_name = self.by_caseless_name.get_or_init(|| self.before.by_caseless_name());
        let at = |file: &str| disk::join(&self.output.folder, file);
        by_name.get(&caseless(&file)).is_some_and(|old| *old != file && disk::is_same(&at(old), &at(&file)))
    }

    fn owned(&self, route: &Route) -> Owned {
        match self.before.owner(route) {
            Some(_) => Owned::Yes,
            None if self.ledger_is_complete && self.is_of_this_folder() && !self.is_renamed(route) => Owned::No,
            None if self.ledger_is_complete && self.is_of_this_folder() => Owned::Yes,
            None => Owned::Perhaps,
        }
    }

    /// Returns the sizes of all outputs of a family that were put or kept.
    pub fn sizes(&self, family: &str) -> BTreeMap<Route, u64> {
        let records = self.records.lock();
        let of_family = records.iter().map(|record| &record.entry).filter(|entry| *entry.family == *family);
        of_family.map(|entry| (entry.route.clone(), entry.stamp.size)).collect()
    }

    fn record(&self, entry: Arc<LedgerEntry>, outcome: PutOutcome) {
        self.records.lock().push(Record { entry, outcome });
    }

    /// Publishes everything that was put or kept, and deletes outputs of the previous build that were neither. If this
    /// fails before the journal is written, the folder is unchanged; if it fails later, the next publication completes
    /// the commit.
    pub fn commit(self) -> Result<Summary, Diagnostic> {
        self.commit_in(Steps::all())
    }

    pub(in crate::publish) fn commit_in(mut self, mut steps: Steps) -> Result<Summary, Diagnostic> {
        let records = std::mem::take(&mut *self.records.lock());
        let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
        let found = std::mem::take(&mut *self.reasons.lock());
        for reason in found.into_values() {
            *reasons.entry(reason).or_default() += 1;
        }
        let mut summary = Summary { reasons, ..Summary::default() };
        let mut staged = Vec::new();
        let mut entries = Vec::with_capacity(records.len());
        for Record { entry, outcome } in records {
            match outcome {
                PutOutcome::Unchanged => summary.unchanged += 1,
                PutOutcome::Added => summary.added.push(entry.route.clone()),
                PutOutcome::Changed => summary.changed.push(entry.route.clone()),
            }
            if outcome != PutOutcome::Unchanged && !self.output.empty {
                staged.push((entry.route.file(), self.owned(&entry.route)));
            }
            entries.push(entry);
        }
        let after = Ledger::new(entries);
        let files = Files::of(&after)?;
        let gone = self.before.files_gone(&after, &self.output.folder);
        summary
            .removed
            .extend(self.before.entries().iter().map(|e| &e.route).filter(|r| after.owner(r).is_none()).cloned());
        summary.added.sort_unstable();
        summary.changed.sort_unstable();
        commit::clear_way(&self.output, staged.iter().map(|(file, owned)| (&**file, *owned)), &gone)?;

        let moves = !(summary.added.is_empty() && summary.changed.is_empty() && gone.is_empty());
        // A ledger that says the same is not encoded again. Entries that were kept are shared, and so quick to compare.
        let known = self.before_text.filter(|_| !moves && self.ledger_is_complete && self.before == after);
        let text = if known.is_some() { String::new() } else { after.encode() };
        let digest = known.unwrap_or_else(|| Digest::of(text.as_bytes()));
        let same_ledger = self.before_text == Some(digest);
        let mut foreign = match self.before_text {
            Some(before) if self.ledger_is_complete && !self.options.clean => Foreign::remembered(&self.own, before),
            _ => Foreign::default(),
        };
        if moves {
            if self.output.empty {
                foreign = Foreign::none(disk::clock(&self.own)?);
            }
            foreign::forget(&self.own);
            commit::begin(&self.own, &text, &mut steps)?;
            self.journal_written = true;
            commit::carry_out(&self.output.folder, &gone, &mut steps).map_err(|error| {
                Diagnostic::from(error).help("the next `dateline build` completes the interrupted publication")
            })?;
            self.journal_written = false;
        } else if !same_ledger {
            disk::write_durably(&self.own.join(LEDGER), text.as_bytes())?;
        }
        self.made.clear();
        if self.output.empty || foreign.rescan(&self.output.folder, &files, &gone) || !same_ledger {
            foreign.remember(&self.own, digest);
        }
        if let Some(record) = self.build_record.take() {
            record.write(&self.own, digest);
        }
        let is_first = self.options.clean || self.before.entries().is_empty();
        std::mem::take(&mut self.inputs).write(&self.own, &after, is_first);
        summary.foreign = foreign.paths(&self.output.folder);
        Ok(summary)
    }

    /// Discards the publication and leaves the output folder unchanged.
    pub fn abandon(self) {
        drop(self);
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if !self.journal_written {
            // Staged files that cannot be removed do no harm: the next command deletes them.
            let _ = disk::remove_file(&self.own.join(NEXT));
            let _ = disk::remove_dir_all(&self.own.join(STAGING));
            if let Some(lock) = self.lock.take_if(|_| !self.made.is_empty()) {
                let _ = lock.remove();
            }
            for folder in self.made.iter().rev() {
                disk::remove_empty_dir(folder);
            }
        }
    }
}

/// The part of `folder`'s path that is not there yet, the outermost first.
fn missing_folders(folder: &Path) -> disk::Result<Vec<PathBuf>> {
    let mut missing = Vec::new();
    for ancestor in folder.ancestors() {
        if disk::stat(ancestor)? != FileKind::Missing {
            break;
        }
        missing.push(ancestor.to_owned());
    }
    missing.reverse();
    Ok(missing)
}
