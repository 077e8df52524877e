//! Gives the editions of a site the words of its own files.

use std::sync::Arc;

use super::settings::Config;
use super::words::{Catalog, candidates, is_named};
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};

/// Adds the words of the interface from the files of the site, by path: each edition has those of its language. Reports files
/// that are of no language of the site, and how many words of a language are missing.
pub fn with_words(mut config: Config, files: &[(String, String)]) -> (Config, Report) {
    let mut report = Report::default();
    let mut used = Vec::new();
    let tags: Vec<String> = std::iter::once(config.language.clone())
        .chain(config.languages.iter().map(|edition| edition.tag.clone()))
        .collect();
    for (index, tag) in tags.iter().enumerate() {
        let mut words = Catalog::shipped(tag);
        // A file of `de` is for `de-AT` too, whose own file then wins.
        for name in candidates(tag).iter().rev() {
            let is_it =
                |(path, _): &&(String, String)| path.rsplit('/').next().is_some_and(|file| is_named(file, name));
            let Some((path, text)) = files.iter().find(is_it) else { continue };
            if !used.contains(path) {
                used.push(path.clone());
            }
            report.extend(words.read(path, text));
        }
        if !words.missing.is_empty() {
            let place = if index == 0 { config.place(&["language"]) } else { config.place(&["languages", tag]) };
            let message =
                format!("{} words of the interface are in English, and the site is in `{tag}`", words.missing.len());
            let problem = Diagnostic::warning(codes::ENGLISH_LABELS, message).at(place);
            report.push(problem.help(format!("write them in `i18n/{tag}.yaml`, as `docs/theming.md` shows")));
        }
        let words = Arc::new(words);
        match index.checked_sub(1) {
            None => config.words = words,
            Some(index) => config.languages[index].words = words,
        }
    }
    for (path, _) in files.iter().filter(|(path, _)| !used.contains(path)) {
        let problem = Diagnostic::warning(codes::UNUSED_FILE, "these are words of no language of the site");
        report.push(problem.at(Place::file(path.clone())).help(format!(
            "name the file by a language of the site: {}",
            tags.iter().map(|tag| format!("`{tag}.yaml`")).collect::<Vec<_>>().join(", ")
        )));
    }
    (config, report)
}
