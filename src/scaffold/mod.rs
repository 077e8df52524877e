//! New files for a site: for `new`, `init`, hosts that build it, and a desk in the browser.
//!
//! In: a configuration and a title, or nothing. Out: [`NewFile`]s, and [`create`], which writes them without
//! overwriting anything. Deliberately not here: reading a site.

pub mod ci;
#[cfg(feature = "cms")]
pub mod cms;
pub mod init;
pub mod new;

use std::path::Path;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};

/// A file to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Path relative to the site's root, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl NewFile {
    fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), bytes: text.into().into_bytes() }
    }
}

/// Writes all files below `root`, or none when any of them exists already; the error names those, and gives `way_out`
/// as its help.
pub fn create(root: &Path, files: &[NewFile], way_out: &str) -> Report {
    let mut report = Report::default();
    for file in files {
        let path = disk::join(root, &file.path);
        // A dangling link counts as an existing file.
        match disk::stat(&path) {
            Ok(disk::FileKind::Missing) => {}
            Ok(_) => report.push(exists(&path, way_out)),
            Err(error) => report.push(error.into()),
        }
    }
    if !report.has_errors() {
        for file in files {
            if let Err(problem) = write(&disk::join(root, &file.path), &file.bytes, way_out) {
                report.push(problem);
                break;
            }
        }
    }
    report
}

fn write(path: &Path, bytes: &[u8], way_out: &str) -> Result<(), Diagnostic> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        disk::create_dir_all(folder)?;
    }
    match disk::create(path, bytes) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(exists(path, way_out)),
        Err(error) => Err(error.into()),
    }
}

fn exists(path: &Path, way_out: &str) -> Diagnostic {
    let path = path.strip_prefix(".").unwrap_or(path);
    Diagnostic::error(codes::EXISTS, format!("`{}` is there already", path.display())).help(way_out)
}
