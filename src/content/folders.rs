//! The folders of a site's sources, and which files in them are read how.

use std::path::Path;

/// The folders of a site's sources, relative to its root.
pub const CONTENT: &str = "content";

/// Files that go out as they are.
pub const STATIC: &str = "static";

/// Templates.
pub const TEMPLATES: &str = "templates";

/// Static files that the built ones of the same names are joined with.
pub const JOINED: [&str; 3] = ["_redirects", "_headers", ".htaccess"];

/// Whether a file is a content file, by its name.
pub fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// A folder of sources that stay in the cache.
#[derive(Clone, Copy, Debug)]
pub(super) enum SourceFolder {
    /// `content/`.
    Content,
    /// `static/`.
    Static,
}

impl SourceFolder {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Content => CONTENT,
            Self::Static => STATIC,
        }
    }
}
