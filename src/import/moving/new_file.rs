//! Files that the import makes: where nothing stands, and all of them or none.

use std::path::{Path, PathBuf};

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};

/// A file to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the root of the site, with `/`.
    pub path: String,
    /// What is in it.
    pub source: FileContent,
}

/// What is in a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// This text.
    Text(String),
    /// The bytes of this file.
    File(PathBuf),
}

/// Makes all files, or none when something stands where one is to be made. Says how many were made.
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

/// Paths at which the site has a file of other bytes.
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
