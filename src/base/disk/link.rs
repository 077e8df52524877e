//! Hard links, and symbolic links to folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Named, Result};
use super::remove::remove_file;
use super::write::draft;

/// Creates a hard link; an error where the file system has none.
pub fn hard_link(from: &Path, to: &Path) -> Result<()> {
    fs::hard_link(from, to).named("write", to)
}

/// Target of a symbolic link; `None` when there is no such link.
pub fn read_link(link: &Path) -> Option<PathBuf> {
    fs::read_link(link).ok()
}

/// Atomically points a symbolic link to the folder `target`, which may be relative to the link. Readers see the old
/// folder or the new one, never none.
pub fn switch_link(link: &Path, target: &Path) -> Result<()> {
    let draft = draft(link);
    remove_file(&draft)?;
    symlink(target, &draft).and_then(|()| fs::rename(&draft, link)).named("write", link)
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}
