//! The content of an output that is about to be written.

use std::path::Path;

use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// The bytes of an output, in memory or in a file.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Bytes in memory.
    Bytes(&'a [u8]),
    /// A file to copy, which is never held in memory as a whole, and its digest when the sources were scanned. The copy
    /// must have that digest, because pages already refer to these bytes, for example by fingerprint or image size.
    File(&'a Path, Digest),
}

impl Content<'_> {
    /// Fails if the copied file has changed since the sources were scanned. `digest` is that of the copied bytes.
    pub fn verify(&self, digest: Digest) -> Result<(), Diagnostic> {
        match self {
            Self::File(file, known) if *known != digest => {
                Err(Diagnostic::error(codes::CHANGING, format!("`{}` changed while the site was made", file.display()))
                    .help(WRITE_ELSEWHERE_FIRST))
            }
            _ => Ok(()),
        }
    }
}

/// The help for files that appear, disappear or change during a build.
const WRITE_ELSEWHERE_FIRST: &str =
    "whatever writes this file should make it elsewhere and move it here once it is whole; then build again";

/// Returns the diagnostic of a file to copy that cannot be read. A file that has disappeared, or has become a folder, has
/// a code of its own, so that the build is tried again without it.
pub fn unread(error: disk::Error, content: &Content<'_>) -> Diagnostic {
    let is_gone = error.is_gone() || error.kind() == std::io::ErrorKind::IsADirectory;
    match content {
        Content::File(file, _) if is_gone && error.path() == *file => {
            Diagnostic::error(codes::VANISHED, format!("`{}` went away while the site was made", file.display()))
                .help(WRITE_ELSEWHERE_FIRST)
        }
        _ => error.into(),
    }
}
