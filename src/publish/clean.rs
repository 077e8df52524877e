//! The removal of everything published in an output folder, and of nothing else.

use std::path::Path;

use super::layout::{FOREIGN, HTACCESS, INPUTS, JOURNAL, LEDGER, NEXT, OWN, SETTLED, STAGING, own_folder};
use super::records::ledger::Ledger;
use super::transaction::commit::{self, Steps};
use super::{guard, lock};
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;

/// The outcome of cleaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The number of files in the ledger.
    pub removed: usize,
    /// Paths of the files that Dateline did not write, which stay.
    pub foreign: Vec<String>,
}

/// Deletes exactly the files in the ledger of `output`, then the folders that become empty, then our private folder,
/// and the output folder itself if it becomes empty. A missing output folder is clean. Fails when the folder has no
/// readable ledger, is locked, or a deletion fails.
pub fn clean(output: &Path, command: &str) -> Result<Cleaned, Diagnostic> {
    let folder = disk::resolve(output)?;
    let own = own_folder(&folder);
    if disk::stat(&folder)? == FileKind::Missing {
        return Ok(Cleaned::default());
    }
    if disk::stat(&own)? != FileKind::Folder {
        return Err(guard::refusal(output, "was not made by Dateline", "delete it yourself if you are sure"));
    }
    let lock = lock::take(&own, output, command)?;
    commit::recover(&folder, &mut Steps::all())?;
    let Some(ledger) = Ledger::of_folder(&folder) else {
        let why = "has no readable record of what Dateline wrote there";
        return Err(guard::refusal(output, why, "delete it yourself if you are sure"));
    };
    let files = ledger.files_gone(&Ledger::default(), &folder);
    commit::delete(&folder, &files, &mut Steps::all())?;
    for file in [NEXT, JOURNAL, FOREIGN, SETTLED, INPUTS, HTACCESS, LEDGER] {
        disk::remove_file(&own.join(file))?;
    }
    disk::remove_dir_all(&own.join(STAGING))?;
    lock.remove()?;
    disk::remove_empty_dir(&own);
    let foreign = disk::contents(&folder, OWN);
    if foreign.is_empty() {
        disk::remove_empty_dir(&folder);
    }
    Ok(Cleaned { removed: files.len(), foreign })
}
