//! Bounds for symbolic links: the site, and the folders beside it that its settings name.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::ignored::is_leftover;
use crate::base::disk::path::join;
use crate::base::disk::resolve::resolve;

/// Longest chain of links that is followed, as on Linux (`MAXSYMLINKS`).
const LINKS: usize = 40;

/// The folders that symbolic links may lead into. Anyone whose change is built can add a link, and its target is
/// published: without bounds, that could be any file of the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds(Option<Vec<PathBuf>>);

impl Bounds {
    /// No bounds, for reading what is not published.
    pub const NONE: Self = Self(None);

    /// The folder `root`, and others by their paths from there.
    pub fn of(root: &Path, others: &[String]) -> Self {
        let folders = std::iter::once(root.to_owned()).chain(others.iter().map(|other| join(root, other)));
        Self(Some(folders.filter_map(|folder| resolve(&folder).ok()).collect()))
    }

    /// Whether the link leads out of the bounds, or to hidden files within them, such as those of Git. A dangling link
    /// does neither.
    pub fn refuse(&self, link: &Path) -> bool {
        let Self(Some(folders)) = self else { return false };
        let Ok(target) = resolve(link) else { return false };
        let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
        let may = |folder: &PathBuf| target.strip_prefix(folder).is_ok_and(|below| !below.components().any(is_hidden));
        !folders.iter().any(may)
    }
}

/// All paths on which the targets of symbolic links at and below `folder` depend: the links, intermediate links, and
/// the targets, which may not exist. For a link out of bounds, only the link itself.
pub fn trails(folder: &Path, bounds: &Bounds) -> BTreeSet<PathBuf> {
    let mut trails = BTreeSet::new();
    let mut walker = WalkDir::new(folder).follow_links(true).into_iter();
    while let Some(step) = walker.next() {
        // Dangling links and cycles are reported where they are read.
        let (path, is_folder) = match &step {
            Ok(found) if !found.path_is_symlink() && !found.file_type().is_dir() => continue,
            Ok(found) => (found.path(), found.file_type().is_dir()),
            Err(error) => match error.path() {
                Some(path) => (path, false),
                None => continue,
            },
        };
        let is_left_out = path.file_name().and_then(|name| name.to_str()).is_some_and(is_leftover);
        let is_link = !is_left_out && path.is_symlink();
        let is_refused = is_link && bounds.refuse(path);
        if is_refused {
            trails.insert(path.to_owned());
        } else if is_link {
            follow(path, &mut trails);
        }
        if is_folder && (is_left_out || is_refused) {
            walker.skip_current_dir();
        }
    }
    trails
}

/// All paths on which a single file depends that is a symbolic link; empty for one that is none.
pub fn trail(file: &Path) -> BTreeSet<PathBuf> {
    let mut trail = BTreeSet::new();
    if file.is_symlink() {
        follow(file, &mut trail);
    }
    trail
}

/// Follows one link component by component, as the operating system does.
fn follow(link: &Path, trail: &mut BTreeSet<PathBuf>) {
    let parts =
        |path: &Path| path.components().rev().map(|part| part.as_os_str().to_owned()).collect::<Vec<OsString>>();
    let mut rest = parts(link);
    let mut at = PathBuf::new();
    let mut links = 0;
    while let Some(part) = rest.pop() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => {
                at.pop();
                continue;
            }
            Some(Component::CurDir) | None => continue,
            Some(_) => at.push(&part),
        }
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => {
                trail.insert(at.clone());
                links += 1;
                let Some(target) = fs::read_link(&at).ok().filter(|_| links < LINKS) else { return };
                at.pop();
                rest.extend(parts(&target));
            }
            Ok(_) => {}
            // The rest of the path does not exist.
            Err(_) => break,
        }
    }
    trail.insert(at);
}
