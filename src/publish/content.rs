//! The content of an output that is about to be written.

use std::path::Path;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// What an output consists of.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of this file, which are copied and never all in memory.
    File(&'a Path),
}

/// The problem of a file that was to be published and cannot be read. That it is gone, or a folder in its place, is one of its own.
pub fn unread(error: disk::Error, content: &Content<'_>) -> Diagnostic {
    let is_gone = error.is_gone() || error.kind() == std::io::ErrorKind::IsADirectory;
    match content {
        Content::File(file) if is_gone && error.path() == *file => Diagnostic::error(
            codes::VANISHED,
            format!("`{}` went away while the site was made", file.display()),
        )
        .help("whatever writes this file should make it elsewhere and move it here once it is whole; then build again"),
        _ => error.into(),
    }
}
