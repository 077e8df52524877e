//! Pipes and sockets: to read one where a file is expected could wait for ever.

use std::path::Path;

use super::error::{Error, Result};

/// An error where a pipe or a socket stands. What the system hands over as one in `/dev` may be read.
#[cfg(unix)]
pub(super) fn refuse(path: &Path) -> Result<()> {
    use std::os::unix::fs::FileTypeExt;
    let is_pipe =
        std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo() || found.file_type().is_socket());
    if is_pipe && !path.starts_with("/dev") {
        let why = std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is a pipe or a socket, and no file");
        return Err(Error::new("read", path, why));
    }
    Ok(())
}

/// Other systems keep no pipes among their files.
#[cfg(not(unix))]
pub(super) fn refuse(_: &Path) -> Result<()> {
    Ok(())
}
