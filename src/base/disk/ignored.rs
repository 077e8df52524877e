//! Names that a walk skips.

/// Tells which names a walk skips.
pub type Ignored = fn(&str) -> bool;

/// Files that editors, systems and Git leave in any folder and nobody means to publish. Other hidden files are found.
pub fn is_leftover(name: &str) -> bool {
    let is_swap = || name.rsplit_once(".sw").is_some_and(|(_, rest)| rest.len() == 1);
    name == ".DS_Store"
        || name == "4913"
        || [".git", "._", ".#", ".svn", ".hg"].iter().any(|start| name.starts_with(start))
        || (name.starts_with('.') && is_swap())
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Hidden files, and what vim, emacs and others leave beside the file being edited. `.well-known` is hidden by name
/// only: web standards put public files there.
pub fn is_ignored(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}
