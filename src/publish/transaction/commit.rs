//! The commit: staged files are moved into place, obsolete ones deleted, and the ledger replaced.
//!
//! | step | `.dateline/` then holds | a crash after it |
//! |---|---|---|
//! | drafts are staged | `staging/` | is undone: the drafts are thrown away |
//! | the new ledger is written | `staging/`, `ledger.next` | is undone |
//! | the journal is written | `staging/`, `ledger.next`, `journal` | is completed by the next command |
//! | drafts move, rank by rank; old files are deleted | the same, fewer drafts | is completed |
//! | the new ledger takes the old one's place | `staging/` (empty), `journal` | is completed |
//! | the journal is removed | nothing | has nothing left to do |
//!
//! Recovery runs the same code again: files moved already are no longer staged, deleted ones no longer there, and the
//! obsolete ones are the difference of the two ledgers. So the journal needs no list of files. Only the new ledger and
//! the journal are synced; after a power cut, files that never reached the disk differ from the ledger in size or time,
//! and are written again.

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::Path;

use super::staging;
use crate::base::digest::Digest;
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;
use crate::publish::Rank;
use crate::publish::guard;
use crate::publish::layout::{JOURNAL, LEDGER, NEXT, OWN, STAGING, deny};
use crate::publish::records::ledger::Ledger;

/// The first line of the journal: the format and its version.
const HEADER: &str = "dateline journal 1";

/// The number of operations left before a simulated crash, for tests; unlimited in production.
#[derive(Clone, Copy)]
pub(in crate::publish) struct Steps(Option<usize>);

impl Steps {
    /// Unlimited operations.
    pub(in crate::publish) fn all() -> Self {
        Self(None)
    }

    /// A simulated crash after `count` operations.
    #[cfg(test)]
    pub(in crate::publish) fn only(count: usize) -> Self {
        Self(Some(count))
    }

    fn next(&mut self, path: &Path) -> disk::Result<()> {
        match &mut self.0 {
            Some(0) => return Err(disk::Error::new("go on with", path, io::ErrorKind::Interrupted.into())),
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(())
    }
}

/// Writes the new ledger beside the old one, then the journal, which makes the commit irrevocable.
pub(in crate::publish) fn begin(own: &Path, ledger: &str, steps: &mut Steps) -> disk::Result<()> {
    steps.next(own)?;
    disk::write_durably(&own.join(NEXT), ledger.as_bytes())?;
    steps.next(own)?;
    let journal = format!("{HEADER}\n{}\n", Digest::of(ledger.as_bytes()));
    disk::write_durably(&own.join(JOURNAL), journal.as_bytes())
}

/// Executes a commit that [`begin`] announced. `gone` are the files that the old ledger has and the new one lacks.
/// Fails on the first I/O error; the journal then stays for [`recover`].
pub(in crate::publish) fn carry_out(output: &Path, gone: &BTreeSet<String>, steps: &mut Steps) -> disk::Result<()> {
    let own = output.join(OWN);
    deny(&own)?;
    for rank in Rank::ALL {
        let tree = staging::tree(&own.join(STAGING), rank);
        if disk::stat(&tree)? == FileKind::Folder {
            Move { output, gone, steps }.children(&tree, "")?;
        }
    }
    delete(output, gone, steps)?;
    steps.next(&own)?;
    disk::rename(&own.join(NEXT), &own.join(LEDGER))?;
    finish(&own, steps)
}

fn finish(own: &Path, steps: &mut Steps) -> disk::Result<()> {
    steps.next(own)?;
    disk::remove_file(&own.join(JOURNAL))?;
    steps.next(own)?;
    disk::remove_dir_all(&own.join(STAGING))
}

/// The outcome of the check for an interrupted commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::publish) enum Recovery {
    /// No commit was interrupted; drafts that were left are thrown away.
    Nothing,
    /// An interrupted commit has been completed.
    Completed,
    /// An interrupted commit cannot be completed, because a power cut damaged the new ledger.
    Impossible,
}

/// Completes an interrupted commit, if there is one, and removes leftovers of others.
pub(in crate::publish) fn recover(output: &Path, steps: &mut Steps) -> disk::Result<Recovery> {
    let own = output.join(OWN);
    if disk::stat(&own.join(JOURNAL))? == FileKind::Missing {
        disk::remove_file(&own.join(NEXT))?;
        return Ok(Recovery::Nothing);
    }
    let text = |name: &str| disk::read_to_string(&own.join(name)).unwrap_or_default();
    let (journal, next, current) = (text(JOURNAL), text(NEXT), text(LEDGER));
    let announced = |ledger: &str| journal == format!("{HEADER}\n{}\n", Digest::of(ledger.as_bytes()));
    if let Some(after) = Ledger::parse(&next).filter(|_| announced(&next)) {
        let before = Ledger::parse(&current).unwrap_or_default();
        carry_out(output, &before.files_gone(&after, output), steps)?;
        Ok(Recovery::Completed)
    } else if announced(&current) {
        finish(&own, steps)?;
        Ok(Recovery::Completed)
    } else {
        disk::remove_file(&own.join(NEXT))?;
        disk::remove_file(&own.join(JOURNAL))?;
        Ok(Recovery::Impossible)
    }
}

struct Move<'a> {
    output: &'a Path,
    gone: &'a BTreeSet<String>,
    steps: &'a mut Steps,
}

impl Move<'_> {
    fn children(&mut self, from: &Path, below: &str) -> disk::Result<()> {
        for (name, is_folder) in disk::list(from)? {
            // Names come from routes, which are UTF-8.
            let name = name.to_string_lossy();
            let path = if below.is_empty() { name.to_string() } else { format!("{below}/{name}") };
            self.entry(&from.join(&*name), &path, is_folder)?;
        }
        Ok(())
    }

    /// Moves a draft to `path`. A folder without a counterpart in the output moves in one rename, which is cheaper to
    /// try than to check first.
    fn entry(&mut self, from: &Path, path: &str, is_folder: bool) -> disk::Result<()> {
        let to = disk::join(self.output, path);
        self.steps.next(&to)?;
        let Err(error) = disk::rename(from, &to) else { return Ok(()) };
        match disk::stat(&to)? {
            FileKind::Folder if is_folder => return self.children(from, path),
            FileKind::Folder => {
                // `/a/` has become `/a`: the old files in the folder must be deleted first.
                let below = format!("{path}/");
                for file in self.gone.range(below.clone()..).take_while(|file| file.starts_with(&below)) {
                    self.steps.next(&to)?;
                    disk::remove_file(&disk::join(self.output, file))?;
                }
                prune(&to);
            }
            FileKind::File(_) if is_folder && self.gone.contains(path) => {
                // `/a` has become `/a/`.
                self.steps.next(&to)?;
                disk::remove_file(&to)?;
            }
            _ => return Err(error),
        }
        self.steps.next(&to)?;
        disk::rename(from, &to)
    }
}

/// Removes a folder that contains nothing but empty folders.
fn prune(folder: &Path) {
    for (name, is_folder) in disk::list(folder).unwrap_or_default() {
        if is_folder {
            prune(&folder.join(name));
        }
    }
    disk::remove_empty_dir(folder);
}

/// Deletes `files` from the output, and the folders that become empty. A path that is no longer a regular file, or
/// leads through a symbolic link, was not written by us and is left alone.
pub(in crate::publish) fn delete(output: &Path, files: &BTreeSet<String>, steps: &mut Steps) -> disk::Result<()> {
    let mut ways = Ways::default();
    let mut folders = BTreeSet::new();
    for file in files {
        if ways.obstacle(output, file)?.is_some() {
            continue;
        }
        let path = disk::join(output, file);
        if matches!(disk::stat(&path)?, FileKind::File(_)) {
            steps.next(&path)?;
            disk::remove_file(&path)?;
        }
        folders.extend(above(file));
    }
    // The deepest folders come first, as `a/b` sorts after `a`.
    for folder in folders.into_iter().rev() {
        disk::remove_empty_dir(&disk::join(output, folder));
    }
    Ok(())
}

/// The ancestor folders of `file`, outermost first.
pub(in crate::publish) fn above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

/// A cache of paths in the output that are known to be real folders.
#[derive(Default)]
struct Ways<'a>(HashSet<&'a str>);

impl<'a> Ways<'a> {
    /// The outermost ancestor of `file` that exists but is not a real folder; `None` when the way is clear.
    fn obstacle(&mut self, output: &Path, file: &'a str) -> disk::Result<Option<&'a str>> {
        for folder in above(file) {
            if self.0.contains(folder) {
                continue;
            }
            match disk::stat(&disk::join(output, folder))? {
                FileKind::Folder => self.0.insert(folder),
                FileKind::Missing => return Ok(None),
                FileKind::File(_) | FileKind::Other => return Ok(Some(folder)),
            };
        }
        Ok(None)
    }
}

/// Whether an existing file at the destination of a draft belongs to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::publish) enum Owned {
    /// The ledger lists it.
    Yes,
    /// The ledger is lost or does not fit this folder, so regular files count as ours.
    Perhaps,
    /// The ledger does not list it.
    No,
}

/// Checks before any move that no foreign file is in the way of a draft. Fails with the first such file.
pub(in crate::publish) fn clear_way<'a>(
    output: &guard::Output,
    staged: impl Iterator<Item = (&'a str, Owned)>,
    gone: &BTreeSet<String>,
) -> Result<(), Diagnostic> {
    let mut ways = Ways::default();
    let mut foreign: BTreeSet<String> = BTreeSet::new();
    for (file, owned) in staged {
        if let Some(way) = ways.obstacle(&output.folder, file)? {
            if !gone.contains(way) {
                foreign.insert(way.to_owned());
            }
            continue;
        }
        let path = disk::join(&output.folder, file);
        match disk::stat(&path)? {
            FileKind::Missing => {}
            FileKind::File(_) if owned != Owned::No => {}
            FileKind::Other if owned == Owned::Yes => {}
            FileKind::File(_) | FileKind::Other => drop(foreign.insert(file.to_owned())),
            FileKind::Folder => {
                let inside = disk::contents(&path, "").into_iter().map(|below| format!("{file}/{below}"));
                foreign.extend(inside.filter(|path| !gone.contains(path)));
            }
        }
    }
    let Some(first) = foreign.first() else { return Ok(()) };
    Err(guard::in_the_way(output, first, foreign.len() - 1))
}
