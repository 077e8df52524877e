//! Ensures that every file of the source site is imported or named in the report, by itself or by its folder.

use std::collections::{BTreeMap, BTreeSet};

use super::migration_log::MigrationLog;
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::story::Program;

/// Reports files that are neither imported nor named already. `along` are the imported files.
pub(super) fn name_the_rest(program: Program, folder: &Folder, along: &BTreeSet<&str>, log: &mut MigrationLog) {
    let named = log.files();
    let is_settings = |path: &str| match program {
        Program::Hugo => {
            path.starts_with("config/")
                || path.rsplit_once('.').is_some_and(|(stem, extension)| {
                    matches!(stem, "hugo" | "config") && matches!(extension, "toml" | "yaml" | "yml" | "json")
                })
        }
        Program::Jekyll => matches!(path, "_config.yml" | "_config.yaml" | "_config.toml"),
        Program::Zola => matches!(path, "zola.toml" | "config.toml"),
    };
    let is_known = |path: &&str| along.contains(*path) || named.contains(*path) || is_settings(path);
    let (known, rest): (Vec<&str>, Vec<&str>) = folder.files.keys().map(String::as_str).partition(is_known);
    let touched: BTreeSet<&str> = known.iter().flat_map(|path| folders(path)).collect();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for path in rest {
        let whole = folders(path).find(|above| !touched.contains(above));
        *left.entry(whole.map_or_else(|| path.to_owned(), |above| format!("{above}/"))).or_default() += 1;
    }
    for (path, count) in left {
        let what = match path.strip_suffix('/') {
            Some(_) => "a folder from which no file is imported",
            None => "a file that is not content, and that no story names",
        };
        log.add(codes::IMPORT_LEFT, what, Place::file(path));
        log.counts.dropped += count - 1;
    }
}

/// Returns the folders above a file, outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
