//! The guard against writing into a folder that is not meant for output.

use std::path::{Path, PathBuf};

use super::layout::OWN;
use crate::base::codes;
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;

/// An output folder that has passed the guard.
pub(super) struct Output {
    /// Its path with symbolic links resolved.
    pub(super) folder: PathBuf,
    /// Its path as the user wrote it, for messages.
    pub(super) shown: PathBuf,
    /// Whether it is missing, or contains at most our private folder.
    pub(super) empty: bool,
}

/// Fails when the output folder is the root of a disk, is protected, contains or is inside sources, holds a site's
/// configuration or a repository, or holds files and was not created by Dateline.
pub(super) fn check(output: &Path, sources: &[PathBuf], protected: &[PathBuf]) -> Result<Output, Diagnostic> {
    let folder = disk::resolve(output)?;
    let refuse = |why: &str| refusal(output, why, "name another folder with `-o`");
    if folder.parent().is_none() {
        return Err(refuse("is the root of the disk"));
    }
    for path in protected {
        if disk::resolve(path)? == folder {
            return Err(refuse("is a folder of yours, not one for output"));
        }
    }
    for source in sources {
        let resolved = disk::resolve(source)?;
        let source = source.display();
        if resolved == folder {
            return Err(refuse("is a folder of sources"));
        } else if resolved.starts_with(&folder) {
            return Err(refuse(&format!("holds the sources in `{source}`")));
        } else if folder.starts_with(&resolved) {
            return Err(refuse(&format!("lies inside `{source}`")));
        }
    }
    for name in ["dateline.yaml", ".git"] {
        if disk::stat(&folder.join(name))? != FileKind::Missing {
            return Err(refuse(&format!("holds `{name}`")));
        }
    }
    let empty = match disk::stat(&folder)? {
        FileKind::Missing => true,
        FileKind::Folder => disk::list(&folder)?.iter().all(|(name, _)| name == OWN),
        FileKind::File(_) | FileKind::Other => return Err(refuse("is not a folder")),
    };
    match disk::stat(&folder.join(OWN))? {
        FileKind::Folder => {}
        FileKind::Missing if empty => {}
        FileKind::Missing => {
            let way_out = "name another folder with `-o`, or empty this one";
            return Err(refusal(output, "is not empty, and Dateline did not make it", way_out));
        }
        FileKind::File(_) | FileKind::Other => {
            return Err(refuse("has something else in place of the folder `.dateline`"));
        }
    }
    Ok(Output { folder, shown: output.to_owned(), empty })
}

/// Makes sure that our record files can be written: an empty folder or a special file of the same name is removed.
/// Fails when a folder of that name has contents, which are somebody's.
pub(super) fn clear_records(own: &Path, shown: &Path) -> Result<(), Diagnostic> {
    use super::layout::{FOREIGN, INPUTS, JOURNAL, LEDGER, NEXT, SETTLED};
    for name in [LEDGER, NEXT, JOURNAL, FOREIGN, SETTLED, INPUTS] {
        let path = own.join(name);
        match disk::stat(&path)? {
            FileKind::Missing | FileKind::File(_) => {}
            FileKind::Other => disk::remove_file(&path)?,
            FileKind::Folder if disk::remove_empty_dir(&path) => {}
            FileKind::Folder => {
                let place = shown.join(OWN).join(name);
                return Err(refusal(&place, "is a folder, where Dateline keeps a file", "delete it"));
            }
        }
    }
    Ok(())
}

/// The error for an output folder, or a path in it, that must not be touched.
pub(super) fn refusal(path: &Path, why: &str, way_out: &str) -> Diagnostic {
    Diagnostic::error(codes::OUTPUT_REFUSED, format!("`{}` {why}", path.display())).help(way_out)
}

/// The error for a foreign file at the destination of an output; `more` counts further ones.
pub(super) fn in_the_way(output: &Output, file: &str, more: usize) -> Diagnostic {
    let others = if more == 0 { String::new() } else { format!(" (and so are {more} others)") };
    refusal(
        &disk::join(&output.shown, file),
        &format!("was not written by Dateline and is in the way of an output{others}"),
        "move it elsewhere or delete it, or give the output another route",
    )
}
