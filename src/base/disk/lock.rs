//! Locks between processes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{Error, Named, Result};
use super::remove::remove_file;

/// How often a lock that somebody has is asked for again, and how long to wait between.
const TRIES: u32 = 20;
const TRY_AGAIN: Duration = Duration::from_millis(10);

/// A lock that the system drops when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// The result of an attempt to take a lock.
#[derive(Debug)]
pub enum Locking {
    /// The lock is ours.
    Taken(Lock),
    /// Someone has it; with what they wrote about themselves, where the platform lets that be read.
    Held(String),
}

/// Takes the lock at `path` or says who has it. `about` is written into the file, for others to read.
pub fn lock(path: &Path, about: &str) -> Result<Locking> {
    let mut tries = TRIES;
    loop {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path).named("write", path)?;
        match file.try_lock() {
            Ok(()) => {}
            // A process that is just being started holds its parent's locks until its own program is loaded.
            Err(TryLockError::WouldBlock) if tries > 0 => {
                tries -= 1;
                std::thread::sleep(TRY_AGAIN);
                continue;
            }
            Err(TryLockError::WouldBlock) => return Ok(Locking::Held(fs::read_to_string(path).unwrap_or_default())),
            Err(TryLockError::Error(error)) => return Err(Error::new("lock", path, error)),
        }
        // The process that had it may have removed the file between our opening and locking it: then we locked a file that
        // nobody else will ever find.
        if same_file(&file, path) {
            file.set_len(0).and_then(|()| file.write_all(about.as_bytes())).named("write", path)?;
            return Ok(Locking::Taken(Lock { file, path: path.to_owned() }));
        }
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(ours), Ok(named)) if id(&ours) == id(&named))
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Lock {
    /// Releases the lock and removes its file.
    pub fn remove(self) -> Result<()> {
        remove_file(&self.path)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file stays, so that all contenders lock the same one; only what it says is out of date.
        let _ = self.file.set_len(0);
    }
}
