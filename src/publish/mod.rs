//! Floor 6: what was rendered goes live, all or nothing.
//!
//! In: routes with their bytes, or the files to copy. Out: an output folder that holds exactly those, and whatever else
//! the user keeps there; a [`Summary`] of what changed. Files whose bytes are the same are not touched.
//!
//! Deliberately not here: what a page is, why it must be rendered again, and where else it is deployed to.
//!
//! Everything that this floor keeps is in `<output>/.dateline/`: the `ledger` of what was written, the `lock`, and,
//! while a command runs, `staging/` and `journal`. See `commit.rs` for what happens when it is interrupted.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk::{self, Found, Lock, Stamp};
use crate::base::report::Diagnostic;
use crate::base::route::Route;

mod clean;
mod commit;
mod guard;
pub mod ledger;
mod lock;
mod staging;
#[cfg(test)]
mod tests;

use commit::{Owned, Recovery, Steps};
use ledger::Ledger;
use staging::Staging;

pub use clean::{Cleaned, clean};
pub use ledger::Entry;

/// Our own folder in the output.
pub const OWN: &str = ".dateline";
const LEDGER: &str = "ledger";
const NEXT: &str = "ledger.next";
const JOURNAL: &str = "journal";
const STAGING: &str = "staging";
const LOCK: &str = "lock";

fn own_folder(output: &Path) -> PathBuf {
    output.join(OWN)
}

/// When in a commit an output moves: what others point to comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Images, styles, scripts, static files.
    Asset,
    /// Stories and standing pages.
    Story,
    /// Permanent pages of lists.
    List,
    /// Front pages: of the site, of topics, of archives.
    Front,
    /// Feeds.
    Feed,
    /// Sitemaps, redirects and other files for machines.
    Machine,
}

impl Rank {
    /// All ranks, in order.
    pub const ALL: [Self; 6] = [Self::Asset, Self::Story, Self::List, Self::Front, Self::Feed, Self::Machine];

    fn name(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Story => "story",
            Self::List => "list",
            Self::Front => "front",
            Self::Feed => "feed",
            Self::Machine => "machine",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name() == name)
    }
}

/// What an output consists of.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of this file, which are copied and never all in memory.
    File(&'a Path),
}

impl Content<'_> {
    fn digest(&self) -> disk::Result<Digest> {
        match self {
            Self::Bytes(bytes) => Ok(Digest::of(bytes)),
            Self::File(path) => disk::digest(path),
        }
    }

    fn may_have_size(&self, size: u64) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64 == size,
            Self::File(_) => true,
        }
    }
}

/// How to publish.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Trust no record: no output is taken to be up to date, and all are compared with the files by their bytes.
    pub clean: bool,
    /// The command that is running, for others that find the output locked.
    pub command: String,
    /// Folders that are never outputs, such as the user's home.
    pub protected: Vec<PathBuf>,
}

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Routes that were not there before.
    pub added: Vec<Route>,
    /// Routes with other bytes than before, or whose file someone had changed or removed.
    pub changed: Vec<Route>,
    /// Routes that are no longer there.
    pub removed: Vec<Route>,
    /// How many outputs were left as they were.
    pub unchanged: usize,
    /// Files in the output folder that are not Dateline's, by path.
    pub foreign: Vec<String>,
}

/// A publication in the making. Dropped without [`Publication::commit`], it leaves the output as it was.
pub struct Publication {
    output: guard::Output,
    own: PathBuf,
    options: Options,
    before: Ledger,
    before_text: Option<Digest>,
    /// Whether `before` tells all that was written here. If not, files that are in the way count as ours.
    proven: bool,
    recovery: Recovery,
    staging: Staging,
    records: Mutex<Vec<Record>>,
    /// Folders made for this publication, the outermost first.
    made: Vec<PathBuf>,
    lock: Option<Lock>,
    /// Whether the journal stands, so that staging must be left for the next command if this one fails.
    announced: bool,
}

struct Record {
    entry: Entry,
    fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Added,
    Changed,
    Unchanged,
}

impl Publication {
    /// Checks the output folder against the folders of sources, takes its lock, completes a commit that was
    /// interrupted, and reads the ledger.
    pub fn open(output: &Path, sources: &[PathBuf], options: Options) -> Result<Self, Diagnostic> {
        let mut output = guard::check(output, sources, &options.protected)?;
        let own = own_folder(&output.folder);
        let made = missing_folders(&own)?;
        disk::create_dir_all(&own).map_err(|error| error.of(output.shown.clone()))?;
        let lock = lock::take(&own, &output.shown, &options.command)?;
        let recovery = commit::recover(&output.folder, &mut Steps::all())?;
        output.empty &= recovery == Recovery::Nothing;
        // A ledger that cannot be read is as good as none.
        let text = disk::read_to_string(&own.join(LEDGER)).ok();
        let before = text.as_deref().and_then(Ledger::parse);
        Ok(Self {
            staging: Staging::new(own.join(STAGING))?,
            proven: before.is_some() && recovery != Recovery::Impossible,
            before_text: text.map(|text| Digest::of(text.as_bytes())),
            before: before.unwrap_or_default(),
            output,
            own,
            options,
            recovery,
            records: Mutex::default(),
            made,
            lock: Some(lock),
            announced: false,
        })
    }

    /// Whether an earlier command had been interrupted in its commit, which [`Publication::open`] has completed.
    pub fn recovered(&self) -> bool {
        self.recovery == Recovery::Completed
    }

    /// What was written for `route`, if that record may be relied on.
    pub fn recorded(&self, route: &Route) -> Option<&Entry> {
        if self.options.clean { None } else { self.before.get(route.as_str()) }
    }

    /// Takes over what stands at `route` without making it again, because its key and answers are still the same.
    /// `false` when there is no such record or the file is not as it was written: then it must be made and put.
    #[must_use = "an output that was not kept must be put"]
    pub fn keep(&self, route: &Route) -> bool {
        let Some(entry) = self.recorded(route) else { return false };
        let path = disk::join(&self.output.folder, &route.file());
        let kept = disk::look(&path).is_ok_and(|found| found == Found::File(entry.stamp));
        if kept {
            self.record(entry.clone(), Fate::Unchanged);
        }
        kept
    }

    /// Puts an output in its place, as far as it differs from what stands there. May be called from many threads.
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
        let (digest, stamp, fate) = if let Some((digest, stamp)) = self.standing(route, &file, &content)? {
            (digest, stamp, Fate::Unchanged)
        } else {
            let (digest, stamp) = self.stage(route, rank, &file, &content)?;
            (digest, stamp, if self.owned(route) == Owned::Yes { Fate::Changed } else { Fate::Added })
        };
        self.record(Entry { route: route.clone(), rank, family: family.into(), key, digest, stamp, questions }, fate);
        Ok(())
    }

    /// Digest and stamp of the published file, if it has the bytes of `content` already.
    fn standing(
        &self,
        route: &Route,
        file: &str,
        content: &Content<'_>,
    ) -> Result<Option<(Digest, Stamp)>, Diagnostic> {
        if self.output.empty {
            return Ok(None);
        }
        let path = disk::join(&self.output.folder, file);
        let Found::File(stamp) = disk::look(&path)? else { return Ok(None) };
        let digest = content.digest()?;
        let same = match self.before.owner(route) {
            Some(entry) if entry.stamp == stamp && !self.options.clean => entry.digest == digest,
            _ => content.may_have_size(stamp.size) && disk::digest(&path)? == digest,
        };
        if same {
            Ok(Some((digest, stamp)))
        } else if self.owned(route) == Owned::No {
            Err(in_the_way(&self.output, file, 0))
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
    ) -> Result<(Digest, Stamp), Diagnostic> {
        use std::io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
        self.staging.add(rank, file, content).map_err(|error| match (error.kind(), content) {
            (AlreadyExists | IsADirectory | NotADirectory, Content::Bytes(_)) => clash(route),
            (AlreadyExists | NotADirectory, Content::File(source)) if disk::exists(source) => clash(route),
            (_, Content::File(source)) if !disk::exists(source) => error.into(),
            _ => error.of(disk::join(&self.output.shown, file)).into(),
        })
    }

    fn owned(&self, route: &Route) -> Owned {
        match self.before.owner(route) {
            Some(_) => Owned::Yes,
            None if self.proven => Owned::No,
            None => Owned::Perhaps,
        }
    }

    fn record(&self, entry: Entry, fate: Fate) {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).push(Record { entry, fate });
    }

    /// Makes everything that was put or kept the published site, and removes what was published before and was
    /// neither. When this fails before anything moved, the output is as it was; when it fails later, the next
    /// publication completes it.
    pub fn commit(self) -> Result<Summary, Diagnostic> {
        self.commit_in(Steps::all())
    }

    fn commit_in(mut self, mut steps: Steps) -> Result<Summary, Diagnostic> {
        let records = std::mem::take(&mut *self.records.lock().unwrap_or_else(PoisonError::into_inner));
        let mut summary = Summary::default();
        let mut staged = Vec::new();
        let mut entries = Vec::with_capacity(records.len());
        for Record { entry, fate } in records {
            match fate {
                Fate::Unchanged => summary.unchanged += 1,
                Fate::Added => summary.added.push(entry.route.clone()),
                Fate::Changed => summary.changed.push(entry.route.clone()),
            }
            if fate != Fate::Unchanged && !self.output.empty {
                staged.push((entry.route.file(), self.owned(&entry.route)));
            }
            entries.push(entry);
        }
        let after = Ledger::new(entries);
        let files = Files::of(&after)?;
        let gone = self.before.files_gone(&after);
        summary
            .removed
            .extend(self.before.entries().iter().map(|e| &e.route).filter(|r| after.owner(r).is_none()).cloned());
        summary.added.sort_unstable();
        summary.changed.sort_unstable();
        commit::clear_way(&self.output, staged.iter().map(|(file, owned)| (&**file, *owned)), &gone)?;

        let text = after.encode();
        if summary.added.is_empty() && summary.changed.is_empty() && gone.is_empty() {
            if self.before_text != Some(Digest::of(text.as_bytes())) {
                disk::write_durably(&self.own.join(LEDGER), text.as_bytes())?;
            }
        } else {
            commit::begin(&self.own, &text, &mut steps)?;
            self.announced = true;
            commit::carry_out(&self.output.folder, &gone, &mut steps)
                .map_err(|error| Diagnostic::from(error).help("the next `dateline build` completes what was begun"))?;
            self.announced = false;
        }
        self.made.clear();
        if !self.output.empty {
            summary.foreign = disk::contents(&self.output.folder, OWN);
            summary.foreign.retain(|path| !files.has(path));
        }
        Ok(summary)
    }

    /// Leaves the output as it was.
    pub fn abandon(self) {
        drop(self);
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if !self.announced {
            // Drafts that stay behind do no harm: the next command throws them away.
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
        if disk::look(ancestor)? != Found::Missing {
            break;
        }
        missing.push(ancestor.to_owned());
    }
    missing.reverse();
    Ok(missing)
}

/// The files of a ledger, sorted.
struct Files(Vec<String>);

impl Files {
    /// Lists the files; an error when two outputs want one file, or one wants a file where the other wants a folder.
    fn of(ledger: &Ledger) -> Result<Self, Diagnostic> {
        let mut files: Vec<String> = ledger.entries().iter().map(|entry| entry.route.file()).collect();
        files.sort_unstable();
        let files = Self(files);
        for (at, file) in files.0.iter().enumerate() {
            let previous = at.checked_sub(1).map_or("", |at| &*files.0[at]);
            // Folders shared with the file before were looked at with that one.
            let fresh = commit::above(file)
                .filter(|folder| !previous.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
            if previous == file || fresh.into_iter().any(|folder| files.has(folder)) {
                return Err(clash(&Route::new(&format!("/{file}")).unwrap_or_else(|_| Route::own("/"))));
            }
        }
        Ok(files)
    }

    fn has(&self, file: &str) -> bool {
        self.0.binary_search_by(|other| other.as_str().cmp(file)).is_ok()
    }
}

fn clash(route: &Route) -> Diagnostic {
    Diagnostic::error(codes::ROUTE_CONFLICT, format!("two outputs claim `{route}`"))
        .help("give one of the two another slug")
}

/// The diagnostic for a foreign file where an output must go.
fn in_the_way(output: &guard::Output, file: &str, more: usize) -> Diagnostic {
    let others = if more == 0 { String::new() } else { format!(" (and so are {more} others)") };
    guard::refusal(
        &disk::join(&output.shown, file),
        &format!("was not written by Dateline and is in the way of an output{others}"),
        "move it elsewhere or delete it, or give the output another route",
    )
}
