//! The content of an output that is about to be written.

use std::path::Path;

use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// What an output consists of.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of this file, which are copied and never all in memory, and the digest that they had when the file was
    /// read: what is said of them elsewhere on the site must be true of what goes out.
    File(&'a Path, Digest),
}

impl Content<'_> {
    /// Fails when a file to copy has changed since it was looked at: when its bytes have not this digest.
    pub(super) fn verify(&self, digest: Digest) -> Result<(), Diagnostic> {
        match self {
            Self::File(file, known) if *known != digest => {
                Err(Diagnostic::error(codes::CHANGING, format!("`{}` changed while the site was made", file.display()))
                    .help(WRITE_ELSEWHERE_FIRST))
            }
            _ => Ok(()),
        }
    }
}

/// What to do about files that come, go and change while a site is made.
const WRITE_ELSEWHERE_FIRST: &str =
    "whatever writes this file should make it elsewhere and move it here once it is whole; then build again";

/// The problem of a file that was to be published and cannot be read. That it is gone, or a folder in its place, is one of its own.
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
