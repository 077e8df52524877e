//! The folders that a site of Hugo reads content and static files from, and what it takes of them.

use crate::import::moving::source::patterns::GlobFilter;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, text_of, texts};

/// A folder that stands for one of Hugo's, or for one below it.
pub(super) struct Root {
    /// Its path in the source site.
    pub(super) folder: String,
    /// The path below Hugo's folder, with a slash at its end unless it is empty.
    prefix: String,
    /// The language of its content.
    pub(super) language: String,
    filter: GlobFilter,
}

impl Root {
    fn new(folder: &str, language: &str) -> Self {
        let folder = folder.trim_matches('/').to_owned();
        Self { folder, prefix: String::new(), language: language.to_owned(), filter: GlobFilter::default() }
    }

    /// The path of a file below Hugo's folder; none when it is elsewhere, or the filter leaves it out.
    pub(super) fn inner(&self, path: &str) -> Option<String> {
        let inner = below(path, &self.folder).filter(|inner| self.filter.takes(inner))?;
        Some(format!("{}{inner}", self.prefix))
    }
}

/// The path of a file below a folder.
pub(super) fn below<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    path.strip_prefix(root)?.strip_prefix('/')
}

/// The folders of content, the longest paths first. `named` are the languages that name a folder of their own.
pub(super) fn content(settings: &Settings, main: &str, named: &[(&str, &str)]) -> Vec<Root> {
    let mut roots = mounted(settings, "content", main);
    if roots.is_empty() {
        let folder = text_of(&settings.keys, "contentDir").unwrap_or_else(|| "content".to_owned());
        roots.push(Root::new(&folder, main));
    }
    for (language, folder) in named {
        roots.retain(|root| root.language != *language);
        roots.push(Root::new(folder, language));
    }
    roots.sort_by_key(|root| std::cmp::Reverse(root.folder.len()));
    roots
}

/// The folders of files that are copied as they are.
pub(super) fn statics(settings: &Settings) -> Vec<Root> {
    let named = get(&settings.keys, "staticDir").and_then(texts).unwrap_or_else(|| vec!["static".to_owned()]);
    let mounted = mounted(settings, "static", "");
    // Mounts, if there are any, replace the folders of the configuration.
    if mounted.is_empty() { named.iter().map(|folder| Root::new(folder, "")).collect() } else { mounted }
}

fn mounted(settings: &Settings, component: &str, main: &str) -> Vec<Root> {
    let all = settings.map("module").and_then(|module| get(module, "mounts")).and_then(|value| value.as_array());
    let mounts = all.into_iter().flatten().filter_map(|value| value.as_object());
    mounts
        .filter_map(|mount| {
            let (source, target) = (text_of(mount, "source")?, text_of(mount, "target")?);
            let inner = target.trim_matches('/').strip_prefix(component)?;
            let inner = inner.strip_prefix('/').or_else(|| inner.is_empty().then_some(""))?;
            let prefix = if inner.is_empty() { String::new() } else { format!("{inner}/") };
            let language = text_of(mount, "lang").map_or_else(|| main.to_owned(), |tag| tag.to_lowercase());
            Some(Root { prefix, filter: filter(mount), ..Root::new(&source, &language) })
        })
        .collect()
}

/// The filter of a mount: `files`, or `includeFiles` and `excludeFiles` of older versions.
fn filter(mount: &Keys) -> GlobFilter {
    let mut filter = GlobFilter::default();
    for (name, is_taken) in [("files", true), ("includeFiles", true), ("excludeFiles", false)] {
        for glob in get(mount, name).and_then(texts).unwrap_or_default() {
            filter.add(&glob, is_taken);
        }
    }
    filter
}
