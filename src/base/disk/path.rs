//! Paths with `/` on every platform.

use std::path::{Path, PathBuf};

pub(super) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Joins `folder` and `path`, which is relative, with `/` on every platform.
pub fn join(folder: &Path, path: &str) -> PathBuf {
    let mut joined = PathBuf::with_capacity(folder.as_os_str().len() + path.len() + 1);
    joined.push(folder);
    if cfg!(windows) {
        // In verbatim Windows paths (`\\?\C:\…`), `/` is an ordinary character.
        joined.extend(path.split('/'));
    } else {
        joined.push(path);
    }
    joined
}
