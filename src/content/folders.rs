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

/// Words of the interface, by language.
pub const WORDS: &str = "i18n";

/// Data for templates and blocks.
pub const DATA: &str = "data";

/// Static files that are merged with the generated file of the same name.
pub const JOINED: [&str; 3] = ["_redirects", "_headers", ".htaccess"];

/// Whether a file is a content file, by its name.
pub fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// The name of a file without its ending, or that of its folder for `index.md`.
pub(super) fn stem(path: &str) -> &str {
    let name = path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    name.rsplit('/').next().unwrap_or(name)
}

/// The folder of the story that an entry of live coverage at `path` belongs to: what is above `entries/`. `None` for any other
/// file.
pub fn folder_of_story(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("content/articles/")?;
    let at = inner.find("/entries/")?;
    Some(&path[..path.len() - inner.len() + at])
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
