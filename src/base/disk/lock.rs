//! Locks between processes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use same_file::Handle;

use super::error::{Error, Named, Result};
use super::remove::remove_file;

/// Attempts to take a lock that is held, and the pause between them.
const TRIES: u32 = 20;
const TRY_AGAIN: Duration = Duration::from_millis(10);

/// A lock that the operating system releases when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// The result of trying to take a lock.
#[derive(Debug)]
pub enum Locking {
    /// The lock was taken.
    Taken(Lock),
    /// Another process holds it; with its description, on platforms where that can be read.
    Held(String),
}

/// Tries to take the lock at `path`. `about` is written into the file, for other processes to read.
pub fn lock(path: &Path, about: &str) -> Result<Locking> {
    let mut tries = TRIES;
    loop {
        let mut options = OpenOptions::new();
        let mut file = match options.read(true).write(true).create(true).truncate(false).open(path) {
            // Windows opens no file that its holder has just deleted and not yet closed.
            Err(error) if cfg!(windows) && error.kind() == ErrorKind::PermissionDenied && tries > 0 => {
                tries -= 1;
                std::thread::sleep(TRY_AGAIN);
                continue;
            }
            opened => opened.named("write", path)?,
        };
        match file.try_lock() {
            Ok(()) => {}
            // A child process inherits its parent's locks until it executes its own program, so this may pass.
            Err(TryLockError::WouldBlock) if tries > 0 => {
                tries -= 1;
                std::thread::sleep(TRY_AGAIN);
                continue;
            }
            Err(TryLockError::WouldBlock) => return Ok(Locking::Held(fs::read_to_string(path).unwrap_or_default())),
            Err(TryLockError::Error(error)) => return Err(Error::new("lock", path, error)),
        }
        // The former holder may have removed the file after it was opened here: then this is a lock on a file that
        // nobody else will find.
        if is_at(&file, path) {
            file.set_len(0).and_then(|()| file.write_all(about.as_bytes())).named("write", path)?;
            return Ok(Locking::Taken(Lock { file, path: path.to_owned() }));
        }
    }
}

/// Whether an open file is still the one at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    let ours = file.try_clone().and_then(Handle::from_file);
    matches!((ours, Handle::from_path(path)), (Ok(ours), Ok(named)) if ours == named)
}

impl Lock {
    /// Releases the lock and removes its file.
    pub fn remove(self) -> Result<()> {
        remove_file(&self.path)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file stays, so that all contenders lock the same one; only its contents are outdated.
        let _ = self.file.set_len(0);
    }
}
