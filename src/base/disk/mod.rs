//! All access to the file system. Callers name files by paths with `/`, and get errors that name the file.
//!
//! In: paths below a root. Out: bytes, stats, trees of files, locks. Deliberately not here: what a file is for. Nothing outside
//! of this folder names `std::fs` (`clippy.toml`).

mod error;
mod link;
mod lock;
mod path;
mod pipe;
mod read;
mod remove;
mod resolve;
mod scan;
mod stat;
mod windows;
mod write;

pub use error::{Error, Result};
pub use link::{hard_link, is_same, read_link, switch_link};
pub use lock::{Lock, Locking, lock};
pub use path::{join, slashed, unfit_for_windows};
pub use read::{digest, list, read, read_part, read_sized, read_to_string};
pub use remove::{remove_dir_all, remove_empty_dir, remove_file};
pub use resolve::resolve;
pub use scan::bounds::{Bounds, trail, trails};
pub use scan::ignored::{Ignored, is_ignored, is_leftover};
pub use scan::tree::{Node, Rescan, Tree};
pub use scan::walk::{SourceFile, contents, walk, walk_names, walk_within};
pub use stat::{FileKind, FileStat, SizeAndTime, exists, folder_time, is_folder, stat, time};
pub use windows::windows;
pub use write::{
    append, clock, copy, create, create_dir, create_dir_all, rename, try_write, write, write_durably, write_with,
};

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;
    use std::path::Path;

    use super::*;
    use crate::base::codes;
    use crate::base::digest::Digest;
    use crate::base::report::Diagnostic;

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
        assert_eq!(stat(&to).expect("there"), FileKind::File(stamp_of_copy));
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
