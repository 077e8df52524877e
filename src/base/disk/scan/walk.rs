//! Walking source folders and output folders.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::bounds::Bounds;
use super::ignored::{Ignored, is_ignored, is_leftover};
use crate::base::codes;
use crate::base::disk::error::is_gone;
use crate::base::disk::path::slashed;
use crate::base::disk::stat::{FileStat, file_stat};
use crate::base::report::{Diagnostic, Place, Report};

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the walked folder, with `/` on every platform.
    pub path: String,
    /// Location on the disk.
    pub file: PathBuf,
    /// Stat at the time of the walk.
    pub stat: FileStat,
}

/// All regular files below `folder`, sorted by path. Symbolic links are followed. Hidden files and temporary files of
/// editors are skipped. Files that cannot be read, named or followed are reported, with places that start with `label`.
/// A missing folder counts as empty.
pub fn walk(folder: &Path, label: &str) -> (Vec<SourceFile>, Report) {
    walk_names(folder, label, is_ignored, &Bounds::NONE)
}

/// Like [`walk`], but links that lead out of `bounds` are reported and not followed.
pub fn walk_within(folder: &Path, label: &str, bounds: &Bounds) -> (Vec<SourceFile>, Report) {
    walk_names(folder, label, is_ignored, bounds)
}

/// Like [`walk_within`], with a choice of names to skip.
pub fn walk_names(folder: &Path, label: &str, is_ignored: Ignored, bounds: &Bounds) -> (Vec<SourceFile>, Report) {
    walk_noting(folder, label, is_ignored, bounds, &mut Report::default())
}

/// Like [`walk_names`]. Notes hidden Markdown files, and hidden folders with Markdown files, which somebody may take for
/// stories.
pub(super) fn walk_noting(
    folder: &Path,
    label: &str,
    is_ignored: Ignored,
    bounds: &Bounds,
    hidden: &mut Report,
) -> (Vec<SourceFile>, Report) {
    let mut entries = Vec::new();
    let mut report = Report::default();
    if folder.is_symlink() && bounds.refuse(folder) {
        report.push(leads_out(folder).at(Place::file(label)));
        return (entries, report);
    }
    let place = |path: &Path| {
        let below = path.strip_prefix(folder).map(slashed).unwrap_or_default();
        if below.is_empty() { label.to_owned() } else { format!("{label}/{below}") }
    };
    let mut walker = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
    while let Some(step) = walker.next() {
        let found = match step {
            Ok(found) => found,
            Err(error) => {
                report.extend(walk_problem(&error, is_ignored, &place));
                continue;
            }
        };
        let folder_found = found.file_type().is_dir();
        let name = found.file_name().to_str();
        if name.is_none_or(is_ignored) {
            if name.is_none() {
                let diagnostic = Diagnostic::error(codes::NOT_UTF8, "the name of this file is not UTF-8")
                    .at(Place::file(place(found.path())))
                    .help("rename it");
                report.push(diagnostic);
            }
            if let Some(what) = name.and_then(|name| hidden_story(found.path(), name, folder_found)) {
                let problem = Diagnostic::note(codes::UNUSED_FILE, format!("{what} hidden, and is not read"));
                let help = "give it a name without a dot at its start, if readers are to see it";
                hidden.push(problem.at(Place::file(place(found.path()))).help(help));
            }
            if folder_found {
                walker.skip_current_dir();
            }
        } else if found.path_is_symlink() && bounds.refuse(found.path()) {
            report.push(leads_out(found.path()).at(Place::file(place(found.path()))));
            if folder_found {
                walker.skip_current_dir();
            }
        } else if found.file_type().is_file() {
            match found.metadata() {
                Ok(metadata) => {
                    let stat = file_stat(&metadata);
                    let path = found.path().strip_prefix(folder).map(slashed).unwrap_or_default();
                    entries.push(SourceFile { path, file: found.into_path(), stat });
                }
                Err(error) => report.extend(walk_problem(&error, is_ignored, &place)),
            }
        } else if !folder_found {
            let problem = "this is a pipe, a socket or a device, and nothing reads it";
            let diagnostic = Diagnostic::warning(codes::UNUSED_FILE, problem).at(Place::file(place(found.path())));
            report.push(diagnostic.help("delete it, or move it elsewhere"));
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    report.sort();
    (entries, report)
}

/// The kind of a hidden entry that may be meant as a story: a Markdown file, or a folder that contains one.
fn hidden_story(path: &Path, name: &str, is_folder: bool) -> Option<&'static str> {
    if !name.starts_with('.') || is_leftover(name) {
        return None;
    }
    if !is_folder {
        return is_markdown(path).then_some("this file is");
    }
    let mut inside = std::fs::read_dir(path).ok()?.filter_map(Result::ok);
    inside.any(|entry| is_markdown(&entry.path())).then_some("this folder with Markdown files is")
}

/// Whether a path has the extension of Markdown files.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn leads_out(link: &Path) -> Diagnostic {
    let target = std::fs::read_link(link).map(|target| slashed(&target)).unwrap_or_default();
    Diagnostic::error(codes::LINK_OUTSIDE, format!("this symbolic link leads out of the site or to a hidden file: `{target}`"))
        .help("copy the file into the site, or name the folder that the link leads into under `follow_links` in `dateline.yaml`")
}

fn walk_problem(error: &walkdir::Error, is_ignored: Ignored, place: &dyn Fn(&Path) -> String) -> Report {
    let mut report = Report::default();
    let missing = error.io_error().is_some_and(|error| is_gone(error.kind()));
    let Some(path) = error.path().filter(|_| !(error.depth() == 0 && missing)) else { return report };
    // A file that disappeared after it was listed counts as absent, unless it is a dangling link.
    if missing && !path.is_symlink() {
        return report;
    }
    if path.file_name().and_then(|name| name.to_str()).is_some_and(is_ignored) {
        return report;
    }
    let diagnostic = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => {
            let ancestor = place(ancestor);
            Diagnostic::error(codes::LINK_LOOP, format!("this symbolic link leads back to `{ancestor}`"))
                .help("remove the link, or let it point elsewhere")
        }
        (None, Some(_)) if missing => Diagnostic::error(codes::UNREADABLE, "this symbolic link leads nowhere")
            .help("remove the link, or let it point to a file"),
        (None, Some(error)) => Diagnostic::error(codes::UNREADABLE, format!("this cannot be read: {error}")),
        (None, None) => Diagnostic::error(codes::UNREADABLE, "this cannot be read"),
    };
    report.push(diagnostic.at(Place::file(place(path))));
    report
}

/// Everything below `folder` that is not a folder, as sorted relative paths. Links are listed but not followed; the
/// top-level entry `except` is left out. A folder that cannot be read is listed itself, with a trailing `/`.
pub fn contents(folder: &Path, except: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let walker = WalkDir::new(folder).min_depth(1).into_iter();
    for step in walker.filter_entry(|entry| entry.depth() != 1 || entry.file_name() != except) {
        let (path, ending) = match &step {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => (Some(entry.path()), ""),
            Err(error) => (error.path(), "/"),
        };
        if let Some(Ok(below)) = path.map(|path| path.strip_prefix(folder)) {
            paths.push(slashed(below) + ending);
        }
    }
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::disk;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = disk::join(folder.path(), file);
            disk::create_dir_all(path.parent().expect("it has one")).expect("made");
            disk::create(&path, file.as_bytes()).expect("written");
        }
        folder
    }

    fn paths(entries: &[SourceFile]) -> Vec<&str> {
        entries.iter().map(|entry| &*entry.path).collect()
    }

    #[test]
    fn a_walk_is_sorted_and_leaves_out_what_editors_leave_behind() {
        let folder = folder(&[
            "b.md",
            "a/x.md",
            "a-b.md",
            "ä/日本.md",
            ".hidden.md",
            ".git/config.md",
            ".well-known/security.txt",
            "b.md~",
            "a/Thumbs.db",
            "Desktop.ini",
            "#b.md#",
            ".b.md.swp",
            "a/4913",
        ]);
        let (entries, report) = walk(folder.path(), "content");
        assert_eq!(paths(&entries), [".well-known/security.txt", "a-b.md", "a/x.md", "b.md", "ä/日本.md"]);
        assert_eq!(entries[2].stat.size, 6);
        assert!(entries[2].stat.modified > 0 && report.is_empty());
    }

    #[test]
    fn a_missing_folder_is_empty() {
        let (entries, report) = walk(Path::new("/nowhere/at/all"), "content");
        assert!(entries.is_empty() && report.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_and_dead_ends_are_reported() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["real/a.md"]);
        let at = |name: &str| folder.path().join(name);
        symlink(at("real"), at("linked")).expect("linked");
        symlink(folder.path(), at("real/loop")).expect("linked");
        symlink("nowhere", at("dead.md")).expect("linked");
        symlink("user@host.123", at(".#a.md")).expect("linked, as emacs does");
        let (entries, report) = walk(folder.path(), "content");
        assert_eq!(paths(&entries), ["linked/a.md", "real/a.md"]);
        let found: Vec<_> =
            report.diagnostics().iter().map(|d| (d.code, d.place.as_ref().map_or("", |p| &*p.file))).collect();
        assert_eq!(
            found,
            [
                (codes::UNREADABLE, "content/dead.md"),
                (codes::LINK_LOOP, "content/linked/loop"),
                (codes::LINK_LOOP, "content/real/loop"),
            ]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf8_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&["a.md"]);
        let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
        disk::create_dir_all(&odd).expect("made");
        disk::create(&odd.join("x.md"), b"").expect("written");
        let (entries, report) = walk(folder.path(), "content");
        assert_eq!(paths(&entries), ["a.md"]);
        assert_eq!(report.diagnostics().len(), 1);
        assert_eq!(report.diagnostics()[0].code, codes::NOT_UTF8);
    }

    #[test]
    fn contents_name_everything_but_folders() {
        let folder = folder(&[".own/ledger", "a/.own/x", ".nojekyll", "b~"]);
        assert_eq!(contents(folder.path(), ".own"), [".nojekyll", "a/.own/x", "b~"]);
    }
}
