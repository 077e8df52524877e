//! Decides which files Jekyll reads, by the settings `include` and `exclude` and by file names.

use crate::base::text::pattern::{PatternPart, matches};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{get, text_of, texts};

/// The paths that Jekyll excludes by default. Its settings add to them.
const EXCLUDED: &[&str] = &[
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// The `include` and `exclude` lists of the settings.
pub(super) struct Rules {
    included: Vec<String>,
    excluded: Vec<String>,
}

impl Rules {
    pub(super) fn of(settings: &Settings) -> Self {
        let list = |name: &str| get(&settings.keys, name).and_then(texts);
        let mut excluded = list("exclude").unwrap_or_default();
        excluded.extend(EXCLUDED.iter().map(|rule| (*rule).to_owned()));
        excluded.extend(text_of(&settings.keys, "destination"));
        Self { included: list("include").unwrap_or_else(|| vec![".htaccess".to_owned()]), excluded }
    }

    /// Whether the settings exclude a file.
    pub(super) fn excludes(&self, path: &str) -> bool {
        // An excluded directory excludes everything in it.
        let all = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
        all.into_iter().any(|path| {
            let is = |rules: &[String]| rules.iter().any(|rule| fits(rule, path));
            is(&self.excluded) && !self.is_included(path)
        })
    }

    /// Whether the name of a file or directory excludes it; `path` is its full path.
    pub(super) fn hides(&self, name: &str, path: &str) -> bool {
        name.starts_with(['.', '_', '#', '~']) && !self.is_included(path)
    }

    /// Whether the settings include a file that would be left out by its name.
    pub(super) fn is_included(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        self.included.iter().any(|rule| fits(rule, path) || fits(rule, name))
    }
}

/// Whether a path begins with a rule, or matches its wildcards `*` and `?`.
fn fits(rule: &str, path: &str) -> bool {
    let rule = rule.strip_prefix("./").unwrap_or(rule).trim_start_matches('/');
    !rule.is_empty()
        && (path.starts_with(rule) || rule.strip_suffix('/') == Some(path) || matches(&pattern(rule), path))
}

/// Compiles a glob of Jekyll's settings: `*` matches any characters including slashes, `?` a single one.
fn pattern(rule: &str) -> Vec<PatternPart> {
    let part = |c| match c {
        '*' => PatternPart::AnyText,
        '?' => PatternPart::AnyChar,
        c => PatternPart::Char(c),
    };
    rule.chars().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_prefixes_or_patterns() {
        for (rule, path, is_fit) in [
            ("drop", "drop/x.md", true),
            ("doc", "document.md", true),
            ("/drop/", "drop", true),
            ("*.md", "a/b.md", true),
            ("a?.md", "ab.md", true),
            ("a?.md", "a.md", false),
            ("b.md", "a/b.md", false),
            ("", "a", false),
        ] {
            assert_eq!(fits(rule, path), is_fit, "{rule} {path}");
        }
    }
}
