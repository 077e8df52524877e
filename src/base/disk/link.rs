//! Hard links, and symbolic links to folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Named, Result};
use super::remove::absent_is_fine;
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
    absent_is_fine(remove_link(&draft)).named("delete", &draft)?;
    symlink(target, &draft).and_then(|()| replace_link(&draft, link)).named("write", link)
}

/// Moves a link to a folder into the place of another. Windows before 10, and disks other than NTFS, take a link to a folder
/// for a folder and move nothing into its place: there the old link goes first, and for a moment there is none.
fn replace_link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(_) if cfg!(windows) => absent_is_fine(remove_link(to)).and_then(|()| fs::rename(from, to)),
        result => result,
    }
}

/// Removes a link to a folder, which Windows takes for a folder.
fn remove_link(link: &Path) -> io::Result<()> {
    if cfg!(windows) { fs::remove_dir(link) } else { fs::remove_file(link) }
}

/// Whether two paths lead to one file: by a link, or because the disk makes no difference between their names.
pub fn is_same(one: &Path, other: &Path) -> bool {
    same_file::is_same_file(one, other).unwrap_or(false)
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}
