//! File names that walks skip.

/// Decides whether a walk skips a name.
pub type Ignored = fn(&str) -> bool;

/// Files that editors, operating systems and Git leave in folders, and that nobody means to publish. Other hidden files
/// are found.
pub fn is_leftover(name: &str) -> bool {
    let is_swap = || name.rsplit_once(".sw").is_some_and(|(_, rest)| rest.len() == 1);
    name == ".DS_Store"
        || is_of_windows(name)
        || name == "4913"
        || [".git", "._", ".#", ".svn", ".hg"].iter().any(|start| name.starts_with(start))
        || (name.starts_with('.') && is_swap())
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Hidden files, and temporary files of editors. `.well-known` is an exception: web standards put public files there.
pub fn is_ignored(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || is_of_windows(name)
}

/// Whether it is a file that Windows leaves in folders on display: thumbnails of their pictures, and settings.
fn is_of_windows(name: &str) -> bool {
    ["Thumbs.db", "ehthumbs.db", "desktop.ini"].iter().any(|own| name.eq_ignore_ascii_case(own))
}
