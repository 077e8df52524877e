//! Refuses pipes and sockets, because reading one where a file is expected could block forever.

use std::path::Path;

use super::error::Result;

/// An error for a pipe or socket. Those that the operating system offers in `/dev` may be read.
#[cfg(unix)]
pub(super) fn refuse(path: &Path) -> Result<()> {
    use std::os::unix::fs::FileTypeExt;

    use super::error::Error;
    let is_pipe =
        std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo() || found.file_type().is_socket());
    if is_pipe && !path.starts_with("/dev") {
        let why = std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is a pipe or a socket, and no file");
        return Err(Error::new("read", path, why));
    }
    Ok(())
}

/// Other systems have no pipes in the file system.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other one can fail")]
pub(super) fn refuse(_: &Path) -> Result<()> {
    Ok(())
}
