//! The source folders of a site, and how the files in them are read.

use std::path::Path;

/// Content files.
pub const CONTENT: &str = "content";

/// Files that are published unchanged.
pub const STATIC: &str = "static";

/// The desk in the browser, within the static files.
pub const ADMIN: &str = "static/admin";

/// Templates.
pub const TEMPLATES: &str = "templates";

/// Data for templates and blocks.
pub const DATA: &str = "data";

/// Static files that are merged with the generated file of the same name.
pub const JOINED: [&str; 3] = ["_redirects", "_headers", ".htaccess"];

/// Whether a file is a content file, by its name.
pub fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// A source folder whose files are cached.
#[derive(Clone, Copy, Debug)]
pub(super) enum SourceFolder {
    /// `content/`.
    Content,
    /// `static/`.
    Static,
}

impl SourceFolder {
    /// Name of the folder.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Content => CONTENT,
            Self::Static => STATIC,
        }
    }
}
