//! The only door to the disk. Everything above names files by paths with `/` and gets errors that name the file.

mod bounds;
mod link;
mod lock;
mod pipe;
mod resolve;
mod tree;
mod walk;
mod windows;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::codes;
use super::digest::{Digest, Digester};
use super::report::Diagnostic;

pub use bounds::{Bounds, trails};
pub use link::{hard_link, read_link, switch_link};
pub use lock::{Lock, Locking, lock};
pub use resolve::resolve;
pub use tree::{Look, Mark, Node, Tree, time};
pub use walk::{Entry, Ignored, contents, is_ignored, is_leftover, walk, walk_within};
pub use windows::windows;

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// An operation on the disk that failed: what, on which file, why.
#[derive(Debug)]
pub struct Error {
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
}

/// What the functions here return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of the system, met while `doing` something (`read`, `write`) to `path`.
    pub fn new(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self { doing, path: path.to_owned(), source }
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> ErrorKind {
        self.source.kind()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is no such file: it was never there, or is gone since it was listed.
    pub fn is_gone(&self) -> bool {
        is_gone(self.kind())
    }

    /// The same failure, told of the file that the reader knows about.
    #[must_use]
    pub fn of(mut self, path: PathBuf) -> Self {
        self.path = path;
        self
    }
}

/// A folder above a file whose place another file has taken is gone with all that was in it.
fn is_gone(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.doing, self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl From<Error> for Diagnostic {
    fn from(error: Error) -> Self {
        let help = match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "check the permissions, or name another place"
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk",
            ErrorKind::FileTooLarge => "the system grants no file that size; raise the limit (`ulimit -f`)",
            _ => return Self::error(codes::IO, error.to_string()).caused_by(error.source.to_string()),
        };
        Self::error(codes::IO, error.to_string()).caused_by(error.source.to_string()).help(help)
    }
}

trait Named<T> {
    fn named(self, doing: &'static str, path: &Path) -> Result<T>;
}

impl<T> Named<T> for io::Result<T> {
    fn named(self, doing: &'static str, path: &Path) -> Result<T> {
        self.map_err(|source| Error::new(doing, path, source))
    }
}

/// Size and time of modification: what tells, without reading, that a file is still the one that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i128,
}

fn stamp(metadata: &fs::Metadata) -> Stamp {
    // A file system without times gives 1970 for all: sizes and bytes must then tell files apart.
    Stamp { size: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds) }
}

/// Nanoseconds since 1970.
fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    }
}

/// What stands at a path. Symbolic links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Missing,
    /// A regular file.
    File(Stamp),
    /// A folder.
    Folder,
    /// A symbolic link, a device, a pipe.
    Other,
}

/// Looks what stands at `path`.
pub fn look(path: &Path) -> Result<Found> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Found::File(stamp(&metadata))),
        Ok(metadata) if metadata.is_dir() => Ok(Found::Folder),
        Ok(_) => Ok(Found::Other),
        Err(error) if is_gone(error.kind()) => Ok(Found::Missing),
        Err(error) => Err(Error::new("look at", path, error)),
    }
}

/// When an entry of this folder last came or went, in nanoseconds since 1970; `None` when it is not a folder.
pub fn folder_time(path: &Path) -> Option<i128> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_dir).map(|metadata| stamp(&metadata).modified)
}

/// The time that the file system would give to a file in `folder` now, in nanoseconds since 1970.
pub fn clock(folder: &Path) -> Result<i128> {
    let probe = folder.join(format!(".clock.{}~", std::process::id()));
    let time = File::create(&probe).and_then(|file| file.metadata()).named("write", &probe)?;
    remove_file(&probe)?;
    Ok(stamp(&time).modified)
}

/// Whether `path` leads to anything, through links too.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// `path` below `folder`; `path` is relative, with `/` on every platform.
pub fn join(folder: &Path, path: &str) -> PathBuf {
    let mut joined = PathBuf::with_capacity(folder.as_os_str().len() + path.len() + 1);
    joined.push(folder);
    if cfg!(windows) {
        // Resolved Windows paths (`\\?\C:\…`) take `/` for a letter.
        joined.extend(path.split('/'));
    } else {
        joined.push(path);
    }
    joined
}

/// The bytes of a file that was `size` bytes long when last seen. One call of the system for the bytes, where
/// [`read`] needs three; right also when the file has changed since.
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
        // Where the size is as expected, a short answer is the end; else only an empty one is.
        if read == 0 || (filled == size && read < asked) {
            bytes.truncate(filled);
            return Ok(bytes);
        }
        if filled == bytes.len() {
            bytes.resize(filled * 2, 0);
        }
    }
}

/// Some bytes of a file, from `first` to `last`; fewer when it has become shorter.
pub fn read_part(path: &Path, first: u64, last: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).named("read", path)?;
    file.seek(SeekFrom::Start(first)).named("read", path)?;
    file.take((last - first).saturating_add(1)).read_to_end(&mut bytes).named("read", path)?;
    Ok(bytes)
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    pipe::refuse(path)?;
    fs::read(path).named("read", path)
}

/// The text of a file; bytes that are not UTF-8 are an error of kind `InvalidData`.
pub fn read_to_string(path: &Path) -> Result<String> {
    pipe::refuse(path)?;
    fs::read_to_string(path).named("read", path)
}

/// The digest of a file's bytes, which are never all in memory.
pub fn digest(path: &Path) -> Result<Digest> {
    let mut digester = Digester::new();
    let mut source = File::open(path).named("read", path)?;
    pump(&mut source, path, |bytes| digester.write_all(bytes).named("read", path))?;
    Ok(digester.finish())
}

fn pump(source: &mut File, path: &Path, mut sink: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
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

/// Writes a file that does not exist yet; if it does, that is an error of kind `AlreadyExists`.
pub fn create(path: &Path, bytes: &[u8]) -> Result<Stamp> {
    let mut file = File::create_new(path).named("write", path)?;
    file.write_all(bytes).named("write", path)?;
    Ok(stamp(&file.metadata().named("write", path)?))
}

/// Copies `from` to `to`, which does not exist yet. Only bytes are copied: a source that only its author may read is
/// still published for all.
pub fn copy(from: &Path, to: &Path) -> Result<(Digest, Stamp)> {
    let mut source = File::open(from).named("read", from)?;
    let mut target = File::create_new(to).named("write", to)?;
    let mut digester = Digester::new();
    pump(&mut source, from, |bytes| {
        digester.write_all(bytes).named("read", from)?;
        target.write_all(bytes).named("write", to)
    })?;
    Ok((digester.finish(), stamp(&target.metadata().named("write", to)?)))
}

/// Writes or replaces a file: readers see the old bytes or the new ones, never a mixture.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, |_| Ok(()))
}

/// [`write()`], and the bytes are on the medium before the name is.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, File::sync_all)
}

/// Writes or replaces a file with what `fill` writes: readers see the old bytes or the new ones, never a mixture.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<()> {
    place(path, |file| {
        let mut buffer = BufWriter::with_capacity(256 * 1024, file);
        fill(&mut buffer)?;
        buffer.flush()
    })
}

/// Adds bytes to the end of a file.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    File::options().append(true).open(path).and_then(|mut file| file.write_all(bytes)).named("write", path)
}

fn replace(path: &Path, bytes: &[u8], settle: impl Fn(&File) -> io::Result<()>) -> Result<()> {
    place(path, |mut file| file.write_all(bytes).and_then(|()| settle(&file)))
}

/// The name of a draft beside a file. It is not made of the file's name, which may be as long as names can be.
fn draft(path: &Path) -> PathBuf {
    let name = Digest::of(path.file_name().unwrap_or_default().as_encoded_bytes());
    path.with_file_name(format!(".{name}.{}~", std::process::id()))
}

/// Puts a file into its place once it is filled.
fn place(path: &Path, fill: impl FnOnce(File) -> io::Result<()>) -> Result<()> {
    let draft = draft(path);
    let written = File::create(&draft).and_then(fill).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The draft is of no use to anyone; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    written.named("write", path)
}

/// Moves a file or a folder within its file system. A file replaces a file.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).named("write", to)
}

/// Makes one folder; that it is there already is no error.
pub fn create_dir(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        result => result.named("make the folder", path),
    }
}

/// Makes a folder and those above it.
pub fn create_dir_all(path: &Path) -> Result<()> {
    fs::create_dir_all(path).named("make the folder", path)
}

/// Removes a file; that it is gone already is no error.
pub fn remove_file(path: &Path) -> Result<()> {
    absent_is_fine(fs::remove_file(path)).named("delete", path)
}

/// Removes a folder if it is empty, and says whether it is gone.
pub fn remove_empty_dir(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

/// Removes a folder and all in it; that it is gone already is no error.
pub fn remove_dir_all(path: &Path) -> Result<()> {
    absent_is_fine(fs::remove_dir_all(path)).named("delete", path)
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// What stands directly in a folder: names, and whether each is a folder. Sorted by name.
pub fn list(folder: &Path) -> Result<Vec<(std::ffi::OsString, bool)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).named("read", folder)? {
        let entry = entry.named("read", folder)?;
        names.push((entry.file_name(), entry.file_type().named("read", folder)?.is_dir()));
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_replaces_and_leaves_no_draft() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a");
        write(&file, b"old").expect("written");
        write_durably(&file, b"new").expect("written");
        assert_eq!(read_to_string(&file).expect("read"), "new");
        assert_eq!(contents(folder.path(), ""), ["a"]);
        write(&folder.path().join("n".repeat(255)), b"").expect("the longest name leaves room for a draft");
        assert_eq!(create(&file, b"x").map_err(|error| error.kind()), Err(ErrorKind::AlreadyExists));
    }

    #[test]
    fn errors_name_the_file_and_become_diagnostics() {
        let error = read(Path::new("/nowhere/a.md")).expect_err("it is not there");
        let diagnostic = Diagnostic::from(error);
        assert_eq!(diagnostic.code, codes::IO);
        assert!(diagnostic.message.starts_with("cannot read `/nowhere/a.md`: "), "{}", diagnostic.message);
    }

    #[test]
    fn a_streamed_digest_is_that_of_the_bytes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bytes: Vec<u8> = (0..300_000_u32).map(|n| n as u8).collect();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        create(&from, &bytes).expect("written");
        let (digest_of_copy, stamp_of_copy) = copy(&from, &to).expect("copied");
        assert_eq!(digest_of_copy, Digest::of(&bytes));
        assert_eq!(digest(&to).expect("read"), Digest::of(&bytes));
        assert_eq!(look(&to).expect("there"), Found::File(stamp_of_copy));
    }

    #[test]
    fn paths_resolve_whether_or_not_they_exist() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let base = folder.path().canonicalize().expect("it exists");
        assert_eq!(resolve(&base.join("a/../b/c")).expect("resolved"), base.join("b/c"));
        assert_eq!(resolve(&base.join("a/b/../../../x")).expect("resolved"), base.parent().expect("one").join("x"));
        assert_eq!(resolve(&base).expect("resolved"), base);
    }

    #[test]
    fn a_lock_is_held_once_and_names_its_holder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("lock");
        let Ok(Locking::Taken(first)) = lock(&path, "first") else { panic!("nobody has it") };
        let Ok(Locking::Held(holder)) = lock(&path, "second") else { panic!("the first has it") };
        assert!(holder == "first" || cfg!(windows));
        drop(first);
        let Ok(Locking::Taken(third)) = lock(&path, "third") else { panic!("it was released") };
        third.remove().expect("removed");
        assert!(!exists(&path));
    }

    #[test]
    fn a_file_that_grew_or_shrank_since_is_read_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, b"0123456789").expect("written");
        for size in [0, 3, 9, 10, 11, 500] {
            assert_eq!(read_sized(&path, size).expect("read"), b"0123456789", "{size}");
        }
    }
}
