//! Atomic writes: a file appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{Named, Result};
use super::read::pump;
use super::remove::remove_file;
use super::stat::{SizeAndTime, size_and_time};
use crate::base::digest::{Digest, Digester};

/// The current time by the clock of `folder`'s file system, in nanoseconds since 1970.
pub fn clock(folder: &Path) -> Result<i128> {
    let probe = folder.join(format!(".clock.{}~", std::process::id()));
    let time = File::create(&probe).and_then(|file| file.metadata()).named("write", &probe)?;
    remove_file(&probe)?;
    Ok(size_and_time(&time).modified)
}

/// Writes a new file; an error of kind `AlreadyExists` when there is one.
pub fn create(path: &Path, bytes: &[u8]) -> Result<SizeAndTime> {
    let mut file = File::create_new(path).named("write", path)?;
    file.write_all(bytes).named("write", path)?;
    Ok(size_and_time(&file.metadata().named("write", path)?))
}

/// Copies `from` to `to`, which must not exist. Only bytes are copied, not permissions: a source that only its author
/// may read is still published for all.
pub fn copy(from: &Path, to: &Path) -> Result<(Digest, SizeAndTime)> {
    let mut source = File::open(from).named("read", from)?;
    let mut target = File::create_new(to).named("write", to)?;
    let mut digester = Digester::new();
    pump(&mut source, from, |bytes| {
        digester.write_all(bytes).named("read", from)?;
        target.write_all(bytes).named("write", to)
    })?;
    Ok((digester.finish(), size_and_time(&target.metadata().named("write", to)?)))
}

/// Writes or replaces a file. Readers see the old bytes or the new ones, never a mixture.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, |_| Ok(()))
}

/// Checks that [`write()`] can write a file there, before there is anything to write.
pub fn try_write(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(io::Error::from(ErrorKind::IsADirectory)).named("write", path);
    }
    let draft = draft(path);
    File::create(&draft).named("write", path)?;
    remove_file(&draft)
}

/// Like [`write()`], but syncs the bytes to the medium before renaming.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, File::sync_all)
}

/// Writes or replaces a file with what `fill` writes. Readers see the old bytes or the new ones, never a mixture.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
    place(path, |file| {
        let mut buffer = BufWriter::with_capacity(256 * 1024, file);
        fill(&mut buffer)?;
        buffer.flush()
    })
}

/// Appends bytes to a file.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    File::options().append(true).open(path).and_then(|mut file| file.write_all(bytes)).named("write", path)
}

pub(super) fn replace(path: &Path, bytes: &[u8], settle: impl Fn(&File) -> io::Result<()>) -> Result<()> {
    place(path, |mut file| file.write_all(bytes).and_then(|()| settle(&file)))
}

/// The name of a temporary file beside `path`. It does not contain the file's name, which may be as long as names can
/// be.
pub(super) fn draft(path: &Path) -> PathBuf {
    let name = Digest::of(path.file_name().unwrap_or_default().as_encoded_bytes());
    path.with_file_name(format!(".{name}.{}~", std::process::id()))
}

/// Renames a file into place once it is complete.
pub(super) fn place(path: &Path, fill: impl FnOnce(File) -> io::Result<()>) -> Result<()> {
    let draft = draft(path);
    let written = File::create(&draft).and_then(fill).and_then(|()| patient_rename(&draft, path));
    if written.is_err() {
        // The temporary file is useless now; the first error is reported.
        let _ = fs::remove_file(&draft);
    }
    written.named("write", path)
}

/// Renames a file or folder within its file system. A file replaces a file.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    patient_rename(from, to).named("write", to)
}

/// How often Windows is asked again to move a file, and how long to wait between.
const TRIES: u32 = 20;
const TRY_AGAIN: Duration = Duration::from_millis(10);

/// Windows moves no file, and replaces none, that another program has open: scanners for viruses and indexers open every new
/// file for a moment. A folder is not tried again: that another is in its place is told in the same way.
fn patient_rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut tries = if cfg!(windows) { TRIES } else { 0 };
    loop {
        match fs::rename(from, to) {
            Err(error) if tries > 0 && is_open_elsewhere(&error) && from.is_file() && !to.is_dir() => {
                tries -= 1;
                std::thread::sleep(TRY_AGAIN);
            }
            result => return result,
        }
    }
}

/// `ERROR_ACCESS_DENIED`, `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION` of Windows.
fn is_open_elsewhere(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Creates a folder; succeeds when it exists.
pub fn create_dir(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        result => result.named("make the folder", path),
    }
}

/// Creates a folder and its parents.
pub fn create_dir_all(path: &Path) -> Result<()> {
    fs::create_dir_all(path).named("make the folder", path)
}
