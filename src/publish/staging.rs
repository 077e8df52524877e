//! Staging: outputs are written beside the published ones, one tree a rank, and move when all of them are there.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Rank;
use super::content::Content;
use crate::base::digest::Digest;
use crate::base::disk::{self, SizeAndTime};
use crate::base::sync::Mutex;

/// The folder of drafts.
pub(super) struct Staging {
    folder: PathBuf,
    /// Folders made so far, by the digest of their path: a clash costs one failed attempt to create a file.
    made: Mutex<HashSet<Digest>>,
}

impl Staging {
    /// Staging in `folder`, which is emptied first.
    pub(super) fn new(folder: PathBuf) -> disk::Result<Self> {
        disk::remove_dir_all(&folder)?;
        Ok(Self { folder, made: Mutex::default() })
    }

    /// Writes a draft of `file`.
    pub(super) fn add(&self, rank: Rank, file: &str, content: &Content<'_>) -> disk::Result<(Digest, SizeAndTime)> {
        let path = disk::join(&tree(&self.folder, rank), file);
        if cfg!(windows)
            && let Some(part) = disk::unfit_for_windows(file)
        {
            let reason = format!("no file or folder of Windows can be called `{part}`; give the page another address");
            return Err(disk::Error::new("write", &path, io::Error::new(io::ErrorKind::InvalidFilename, reason)));
        }
        let folder = path.parent().unwrap_or(&self.folder);
        self.make(folder, rank, file)?;
        match content {
            Content::Bytes(bytes) => Ok((Digest::of(bytes), disk::create(&path, bytes)?)),
            Content::File(source, _) => disk::copy(source, &path),
        }
    }

    fn make(&self, folder: &Path, rank: Rank, file: &str) -> disk::Result<()> {
        let name =
            Digest::of(&[&[rank as u8], file.rsplit_once('/').map_or("", |(above, _)| above).as_bytes()].concat());
        if !self.made.lock().contains(&name) {
            // One folder is the usual case; the call that makes all above it looks at each of them first.
            disk::create_dir(folder).or_else(|_| disk::create_dir_all(folder))?;
            self.made.lock().insert(name);
        }
        Ok(())
    }
}

impl Content<'_> {
    /// The digest of the bytes.
    pub(super) fn digest(&self) -> disk::Result<Digest> {
        match self {
            Self::Bytes(bytes) => Ok(Digest::of(bytes)),
            Self::File(path, _) => disk::digest(path),
        }
    }

    /// Whether the content could have this size; always true of files, whose size is not read.
    pub(super) fn may_have_size(&self, size: u64) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64 == size,
            Self::File(..) => true,
        }
    }
}

/// The tree of one rank.
pub(super) fn tree(staging: &Path, rank: Rank) -> PathBuf {
    staging.join(format!("{}-{}", rank as u8, rank.name()))
}
