//! Reading files, parts of files, digests and folders.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::error::{Error, Named, Result};
use super::pipe;
use crate::base::digest::{Digest, Digester};

/// Reads a file that was `size` bytes long when last seen. This takes one system call for the contents, where [`read`]
/// needs three, and is correct even if the size has changed.
pub fn read_sized(path: &Path, size: u64) -> Result<Vec<u8>> {
    let fail = |source| Error::new("read", path, source);
    let mut file = File::open(path).map_err(fail)?;
    let size = usize::try_from(size).unwrap_or(0);
    let mut bytes = vec![0; size + 1];
    let mut filled = 0;
    loop {
        let asked = bytes.len() - filled;
        let read = file.read(&mut bytes[filled..]).map_err(fail)?;
        filled += read;
        // At the expected size, a short read is the end of the file; otherwise only an empty one is.
        if read == 0 || (filled == size && read < asked) {
            bytes.truncate(filled);
            return Ok(bytes);
        }
        if filled == bytes.len() {
            bytes.resize(filled * 2, 0);
        }
    }
}

/// Reads the bytes `first` to `last` of a file; fewer when it has become shorter.
pub fn read_part(path: &Path, first: u64, last: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).named("read", path)?;
    file.seek(SeekFrom::Start(first)).named("read", path)?;
    file.take((last - first).saturating_add(1)).read_to_end(&mut bytes).named("read", path)?;
    Ok(bytes)
}

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    pipe::refuse(path)?;
    fs::read(path).named("read", path)
}

/// Reads a text file; an error of kind `InvalidData` when it is not UTF-8.
pub fn read_to_string(path: &Path) -> Result<String> {
    pipe::refuse(path)?;
    fs::read_to_string(path).named("read", path)
}

/// Digest of a file, computed piece by piece.
pub fn digest(path: &Path) -> Result<Digest> {
    let mut digester = Digester::new();
    let mut source = File::open(path).named("read", path)?;
    pump(&mut source, path, |bytes| digester.write_all(bytes).named("read", path))?;
    Ok(digester.finish())
}

pub(super) fn pump(source: &mut File, path: &Path, mut sink: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => sink(&buffer[..count])?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::new("read", path, error)),
        }
    }
}

/// Entries of a folder, sorted by name, each with whether it is a folder.
pub fn list(folder: &Path) -> Result<Vec<(std::ffi::OsString, bool)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).named("read", folder)? {
        let entry = entry.named("read", folder)?;
        names.push((entry.file_name(), entry.file_type().named("read", folder)?.is_dir()));
    }
    names.sort();
    Ok(names)
}
