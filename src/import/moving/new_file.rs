//! Writes the files of an import: all of them or none, and never over an existing file.

use std::path::{Path, PathBuf};

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};

/// A file to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The path, relative to the root of the site, with `/` as separator.
    pub path: String,
    /// The content.
    pub source: FileContent,
}

/// The content of a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// A text, encoded as UTF-8.
    Text(String),
    /// A copy of the file at this path.
    File(PathBuf),
}

/// Creates all files, or none when one of them exists already. Returns the number of files that were created; after an
/// I/O error these are the files before it.
pub fn write(files: &[NewFile], root: &Path) -> (usize, Report) {
    let mut report = Report::default();
    for NewFile { path, .. } in files {
        if disk::exists(&disk::join(root, path)) {
            let problem = Diagnostic::error(codes::EXISTS, format!("`{path}` is there already"));
            report.push(problem.help("name another folder with `--output`, or move that file away"));
        }
    }
    if report.has_errors() {
        return (0, report);
    }
    for (done, NewFile { path, source }) in files.iter().enumerate() {
        let target = disk::join(root, path);
        let made = target.parent().map_or(Ok(()), disk::create_dir_all).and_then(|()| match source {
            FileContent::Text(text) => disk::create(&target, text.as_bytes()).map(drop),
            FileContent::File(file) => disk::copy(file, &target).map(drop),
        });
        if let Err(error) = made {
            report.push(error.into());
            return (done, report);
        }
    }
    (files.len(), report)
}

/// Returns the paths at which the site has a file with different content.
pub(super) fn others(root: &Path, files: &[NewFile]) -> Vec<String> {
    let differs = |file: &&NewFile| {
        let target = disk::join(root, &file.path);
        disk::exists(&target)
            && match &file.source {
                FileContent::Text(text) => disk::read(&target).map_or(true, |bytes| bytes != text.as_bytes()),
                FileContent::File(source) => match (disk::digest(&target), disk::digest(source)) {
                    (Ok(one), Ok(other)) => one != other,
                    _ => true,
                },
            }
    };
    files.iter().filter(differs).map(|file| file.path.clone()).collect()
}
