//! Paths with `/` on every platform.

use std::path::{Path, PathBuf};

/// A path with `/` on every platform.
pub fn slashed(path: &Path) -> String {
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

/// Names of devices, which Windows gives to no file, whatever its extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The first part of a path that no file or folder of Windows can be called.
pub fn unfit_for_windows(path: &str) -> Option<&str> {
    let is_numbered = |stem: &str, device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']) || "¹²³".contains(rest) && !rest.is_empty())
    };
    path.split('/').find(|part| {
        let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
        part.ends_with([' ', '.'])
            || part.contains(|c: char| c.is_control() || "<>:\"|?*\\".contains(c))
            || DEVICES.contains(&&*stem)
            || is_numbered(&stem, "com")
            || is_numbered(&stem, "lpt")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_has_for_devices_and_streams_are_found() {
        for (path, unfit) in [
            ("topics/con/index.html", Some("con")),
            ("Aux.md", Some("Aux.md")),
            ("com1.tar.gz", Some("com1.tar.gz")),
            ("lpt¹", Some("lpt¹")),
            ("2010:old/index.html", Some("2010:old")),
            ("a./b", Some("a.")),
            ("what?", Some("what?")),
            ("topics/congo/index.html", None),
            ("com/com10/null", None),
            ("a.b/.well-known/x", None),
        ] {
            assert_eq!(unfit_for_windows(path), unfit, "{path}");
        }
    }
}
