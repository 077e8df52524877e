//! How far symbolic links lead: within a site, and to the folders beside it that its settings name.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::ignored::is_leftover;
use super::path::join;
use super::resolve::resolve;

/// The longest chain of links that is followed, as long as that of systems (`MAXSYMLINKS` of Linux).
const LINKS: usize = 40;

/// The folders that symbolic links may lead into. A link can be added by anyone whose change is built, and what it leads to is
/// published: without bounds, that would be any file of the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds(Option<Vec<PathBuf>>);

impl Bounds {
    /// No bounds, where nothing that is read goes on to others.
    pub const NONE: Self = Self(None);

    /// The folder `root`, and others by their paths from there.
    pub fn of(root: &Path, others: &[String]) -> Self {
        let folders = std::iter::once(root.to_owned()).chain(others.iter().map(|other| join(root, other)));
        Self(Some(folders.filter_map(|folder| resolve(&folder).ok()).collect()))
    }

    /// Whether the link leads out of the bounds, or to hidden files in them, such as those of Git. One that leads nowhere does not.
    pub fn refuse(&self, link: &Path) -> bool {
        let Self(Some(folders)) = self else { return false };
        let Ok(target) = resolve(link) else { return false };
        let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
        let may = |folder: &PathBuf| target.strip_prefix(folder).is_ok_and(|below| !below.components().any(is_hidden));
        !folders.iter().any(may)
    }
}

/// The paths that decide what the symbolic links at and below `folder` lead to: the links, those that they lead to, and what
/// stands at the end, or would stand there. Of a link that is refused, only its own.
pub fn trails(folder: &Path, bounds: &Bounds) -> BTreeSet<PathBuf> {
    let mut trails = BTreeSet::new();
    let mut walker = WalkDir::new(folder).follow_links(true).into_iter();
    while let Some(step) = walker.next() {
        // A link that leads nowhere or in a circle is met as an error.
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

/// Follows one link as the system does, part by part.
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
            // The rest of the way is not there.
            Err(_) => break,
        }
    }
    trail.insert(at);
}
