//! I/O errors that name the operation and the file.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::base::codes;
use crate::base::report::Diagnostic;

/// A failed disk operation: what, on which file, why.
#[derive(Debug)]
pub struct Error {
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
}

/// The result of the functions here.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wraps an error of the operating system that occurred while `doing` something (`read`, `write`) to `path`.
    pub fn new(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self { doing, path: path.to_owned(), source }
    }

    /// Kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.source.kind()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file does not exist: it never did, or is gone since it was listed.
    pub fn is_gone(&self) -> bool {
        is_gone(self.kind())
    }

    /// The same error for another path: the one that the reader knows.
    #[must_use]
    pub fn of(mut self, path: PathBuf) -> Self {
        self.path = path;
        self
    }
}

/// `NotADirectory` counts too: a parent folder has been replaced by a file, and its contents are gone.
pub(super) fn is_gone(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.doing, self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl From<Error> for Diagnostic {
    fn from(error: Error) -> Self {
        let help = match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "check the permissions, or name another place"
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk",
            ErrorKind::FileTooLarge => "the system grants no file that size; raise the limit (`ulimit -f`)",
            _ => return Self::error(codes::IO, error.to_string()).caused_by(error.source.to_string()),
        };
        Self::error(codes::IO, error.to_string()).caused_by(error.source.to_string()).help(help)
    }
}

/// Adds operation and file to an I/O error.
pub(super) trait Named<T> {
    fn named(self, doing: &'static str, path: &Path) -> Result<T>;
}

impl<T> Named<T> for io::Result<T> {
    fn named(self, doing: &'static str, path: &Path) -> Result<T> {
        self.map_err(|source| Error::new(doing, path, source))
    }
}
