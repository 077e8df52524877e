//! Removing files and folders.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::error::{Named, Result};

/// Removes a file; succeeds when it does not exist.
pub fn remove_file(path: &Path) -> Result<()> {
    absent_is_fine(fs::remove_file(path)).named("delete", path)
}

/// Removes a folder if it is empty, and returns whether it is gone.
pub fn remove_empty_dir(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

/// Removes a folder with its contents; succeeds when it does not exist.
pub fn remove_dir_all(path: &Path) -> Result<()> {
    absent_is_fine(fs::remove_dir_all(path)).named("delete", path)
}

pub(super) fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
