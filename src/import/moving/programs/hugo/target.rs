//! The pages that a rule of Hugo is for: the `target` of a cascade, and of a permalink.

use crate::import::moving::addresses::hugo_paths::main_language;
use crate::import::moving::source::patterns::{Patterns, Stars};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, folder_and_name, stem_and_extension};
use crate::import::moving::source::values::{Keys, get, texts};

/// The pages that a rule is for. What it does not name fits any page.
#[derive(Debug, Default)]
pub(in crate::import::moving::programs) struct CascadeTarget {
    path: Patterns,
    kind: Patterns,
    language: Patterns,
    environment: Patterns,
}

impl CascadeTarget {
    /// Reads the `target` of a rule.
    pub(in crate::import::moving::programs) fn of(rule: &Keys) -> Self {
        let map = ["target", "_target"].iter().find_map(|key| get(rule, key)?.as_object());
        let Some(map) = map else { return Self::default() };
        let globs = |name: &str| {
            let all = get(map, name).and_then(texts).unwrap_or_default();
            let all: Vec<String> = all.iter().map(|glob| glob.to_lowercase()).collect();
            Patterns::globs(&all, Stars::StopAtSlash)
        };
        Self { path: globs("path"), kind: globs("kind"), language: globs("lang"), environment: globs("environment") }
    }

    /// Whether the rule is for a page.
    pub(in crate::import::moving::programs) fn fits(&self, story: &MovedStory, settings: &Settings) -> bool {
        let path = story.logical_path.as_deref().filter(|path| !path.is_empty()).unwrap_or("/");
        let language = story.language.clone().unwrap_or_else(|| main_language(settings));
        [(&self.path, path), (&self.kind, kind(story, path)), (&self.language, &language)]
            .into_iter()
            .chain([(&self.environment, "production")])
            .all(|(patterns, value)| patterns.is_empty() || patterns.fits(value))
    }
}

fn kind(story: &MovedStory, path: &str) -> &'static str {
    let (stem, _) = stem_and_extension(folder_and_name(&story.file).1);
    match path {
        "/" => "home",
        _ if stem == "_index" || stem.starts_with("_index.") => "section",
        _ => "page",
    }
}
