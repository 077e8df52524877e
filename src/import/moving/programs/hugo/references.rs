//! Resolves Hugo's `ref` and `relref`, which name a page by its path below the content folder, never by its slug.

use std::collections::HashMap;

use crate::import::moving::front_matter::Head;
use crate::import::moving::source::story::{MovedStory, folder_and_name, stem_and_extension};

/// The pages of each language by their logical paths and by their names.
#[derive(Default)]
pub(in crate::import::moving) struct References<'s> {
    by_path: HashMap<(&'s str, &'s str), usize>,
    /// `None` for a name that several pages share, which Hugo rejects as ambiguous.
    by_name: HashMap<(&'s str, &'s str), Option<usize>>,
}

impl<'s> References<'s> {
    pub(in crate::import::moving) fn new(stories: &'s [(MovedStory, Head)]) -> Self {
        let mut found = Self::default();
        for (index, (story, _)) in stories.iter().enumerate() {
            let Some(path) = story.logical_path.as_deref() else { continue };
            let language = story.language.as_deref().unwrap_or_default();
            found.by_path.entry((language, path)).or_insert(index);
            let name = folder_and_name(path).1;
            if !name.is_empty() {
                found.by_name.entry((language, name)).and_modify(|known| *known = None).or_insert(Some(index));
            }
        }
        found
    }

    /// Returns the index of the page that a reference in `from` means: relative to the page, then from the content
    /// root, and for a bare name the only page with that name.
    pub(in crate::import::moving) fn find(
        &self,
        from: &MovedStory,
        language: Option<&str>,
        reference: &str,
    ) -> Option<usize> {
        let own = from.logical_path.as_deref()?;
        let language = language.or(from.language.as_deref()).unwrap_or_default();
        let reference = reference.trim_end_matches('/');
        let has_extension = folder_and_name(reference).1.rsplit_once('.').is_some_and(|(_, end)| !end.is_empty());
        let at = |path: &str| self.by_path.get(&(language, path)).copied();
        if !reference.starts_with('/') {
            let is_branch = stem_and_extension(folder_and_name(&from.file).1).0.starts_with("_index");
            let is_leaf = from.bundle.is_some();
            let beside = folder_and_name(own).0;
            // The page's own folder is searched first for a section page, and for a file name that climbs with `../`.
            // For other file names it is searched last.
            let inside = if is_branch || is_leaf { own } else { beside };
            let first = if is_branch || has_extension && reference.starts_with("../") { inside } else { beside };
            let mut folders = vec![first];
            if has_extension {
                folders.push(inside);
            }
            let found = folders.into_iter().find_map(|folder| at(&path_of(folder, reference)?));
            if found.is_some() || reference.starts_with('.') {
                return found;
            }
        }
        let path = path_of("", reference)?;
        at(&path).or_else(|| {
            let name = folder_and_name(&path).1;
            self.by_name.get(&(language, name)).copied().flatten().filter(|_| !reference.contains('/'))
        })
    }
}

/// Returns Hugo's logical path of a page: in lower case, with hyphens for spaces, without extension and `index`.
pub(super) fn logical_path(folder: &str, stem: &str) -> String {
    let own = if matches!(stem, "index" | "_index") { "" } else { stem };
    let path = [folder, own].iter().filter(|part| !part.is_empty()).map(|part| format!("/{part}")).collect::<String>();
    path.replace(' ', "-").to_lowercase()
}

/// Resolves a reference relative to a folder; none when it climbs above the root.
fn path_of(folder: &str, reference: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let name = parts.pop().unwrap_or_default();
    let (stem, extension) = stem_and_extension(name);
    let stem = if matches!(extension.as_str(), "md" | "markdown" | "mdown" | "html" | "htm") { stem } else { name };
    Some(logical_path(&parts.join("/"), stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_that_hugo_has() {
        for (folder, reference, path) in [
            ("/posts", "a.md", Some("/posts/a")),
            ("/posts", "../Foo Bar.md", Some("/foo-bar")),
            ("/posts/leaf", "./index.md", Some("/posts/leaf")),
            ("", "/posts/_index.md", Some("/posts")),
            ("", "/", Some("")),
            ("", "v1.2", Some("/v1.2")),
            ("", "../a", None),
        ] {
            assert_eq!(path_of(folder, reference).as_deref(), path, "{reference}");
        }
    }
}
