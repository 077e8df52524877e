//! Staging: new outputs are written to `.dateline/staging/`, one tree per rank, and moved in the commit.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::content::Content;
use crate::base::digest::Digest;
use crate::base::disk::{self, SizeAndTime};
use crate::base::sync::Mutex;
use crate::publish::Rank;

/// The staging folder.
pub(in crate::publish) struct Staging {
    folder: PathBuf,
    /// The folders created so far, by the digest of rank and path; looking here spares a system call per file.
    made: Mutex<HashSet<Digest>>,
}

impl Staging {
    /// Staging in `folder`. Deletes the drafts of an earlier command, and fails when that does.
    pub(in crate::publish) fn new(folder: PathBuf) -> disk::Result<Self> {
        disk::remove_dir_all(&folder)?;
        Ok(Self { folder, made: Mutex::default() })
    }

    /// Writes a draft of `file` into the tree of `rank`, and returns its digest, size and time. Fails when the draft
    /// cannot be written, or when Windows has no such file name.
    pub(in crate::publish) fn add(
        &self,
        rank: Rank,
        file: &str,
        content: &Content<'_>,
    ) -> disk::Result<(Digest, SizeAndTime)> {
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
            // In most cases only the last folder is missing; `create_dir_all` would check all folders above it first.
            disk::create_dir(folder).or_else(|_| disk::create_dir_all(folder))?;
            self.made.lock().insert(name);
        }
        Ok(())
    }
}

impl Content<'_> {
    /// The digest of the bytes; reads a file, and fails when that does.
    pub(in crate::publish) fn digest(&self) -> disk::Result<Digest> {
        match self {
            Self::Bytes(bytes) => Ok(Digest::of(bytes)),
            Self::File(path, _) => disk::digest(path),
        }
    }

    /// Whether the content could have this size; always true of files, whose size is not read.
    pub(in crate::publish) fn may_have_size(&self, size: u64) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64 == size,
            Self::File(..) => true,
        }
    }
}

/// The staging tree of a rank.
pub(in crate::publish) fn tree(staging: &Path, rank: Rank) -> PathBuf {
    staging.join(format!("{}-{}", rank as u8, rank.name()))
}
