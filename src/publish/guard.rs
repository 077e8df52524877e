//! The guard: which folders are not for writing to.

use std::path::{Path, PathBuf};

use super::layout::OWN;
use crate::base::codes;
use crate::base::disk::{self, FileKind};
use crate::base::report::Diagnostic;

/// An output folder that may be written to.
pub(super) struct Output {
    /// Its path without links.
    pub(super) folder: PathBuf,
    /// Its path as the user wrote it, for messages.
    pub(super) shown: PathBuf,
    /// Whether nothing but our own folder is in it.
    pub(super) empty: bool,
}

/// Refuses an output folder that holds or touches sources, is protected, or holds files and was not made by us.
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

/// Makes room for our records: an empty folder or a pipe in the place of one goes; a folder that holds something is somebody's,
/// and refused.
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

/// The diagnostic for an output folder, or something in it, that is not ours to touch.
pub(super) fn refusal(path: &Path, why: &str, way_out: &str) -> Diagnostic {
    Diagnostic::error(codes::OUTPUT_REFUSED, format!("`{}` {why}", path.display())).help(way_out)
}

/// The diagnostic for a foreign file where an output must go.
pub(super) fn in_the_way(output: &Output, file: &str, more: usize) -> Diagnostic {
    let others = if more == 0 { String::new() } else { format!(" (and so are {more} others)") };
    refusal(
        &disk::join(&output.shown, file),
        &format!("was not written by Dateline and is in the way of an output{others}"),
        "move it elsewhere or delete it, or give the output another route",
    )
}
