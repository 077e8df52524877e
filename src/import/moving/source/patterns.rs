//! Patterns of paths in the configuration of a source site: regular expressions and globs.

use regex_automata::meta::Regex;

use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::migration_log::MigrationLog;

/// The meaning of stars in a glob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum Stars {
    /// A star stops at a slash, and only `**` goes across it, as in Hugo.
    StopAtSlash,
    /// Each star goes across slashes, as in Zola.
    CrossSlashes,
}

/// Patterns of which one must match.
#[derive(Debug, Default)]
pub(in crate::import::moving) struct Patterns(Vec<Regex>);

impl Patterns {
    /// Compiles the regular expressions of a setting. One that cannot be read is logged, and matches nothing.
    pub(in crate::import::moving) fn expressions(setting: &str, all: &[String], log: &mut MigrationLog) -> Self {
        let read = |text: &String| {
            let found = Regex::new(text).ok();
            if found.is_none() {
                let what = format!("`{setting}` holds `{text}`, which cannot be read; nothing is left out by it");
                log.add(codes::IMPORT_GUESS, what, Place::file("."));
            }
            found
        };
        Self(all.iter().filter_map(read).collect())
    }

    /// Compiles globs. What is no glob matches itself.
    pub(in crate::import::moving) fn globs(all: &[String], stars: Stars) -> Self {
        Self(all.iter().filter_map(|text| Regex::new(&glob(text, stars)).ok()).collect())
    }

    /// Whether there are none.
    pub(in crate::import::moving) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them matches.
    pub(in crate::import::moving) fn fits(&self, text: &str) -> bool {
        self.0.iter().any(|pattern| pattern.is_match(text))
    }
}

/// The globs of a mount of Hugo, in their order: those that take files, and those that begin with `! ` and leave them
/// out. Capitals make no difference.
#[derive(Debug, Default)]
pub(in crate::import::moving) struct GlobFilter(Vec<(bool, Patterns)>);

impl GlobFilter {
    /// Adds a glob.
    pub(in crate::import::moving) fn add(&mut self, glob: &str, is_taken: bool) {
        let form = |glob: &str| vec![glob.trim().trim_start_matches('/').to_lowercase()];
        let (glob, is_taken) = match glob.trim().strip_prefix("! ") {
            Some(glob) => (form(glob), !is_taken),
            None => (form(glob), is_taken),
        };
        self.0.push((is_taken, Patterns::globs(&glob, Stars::StopAtSlash)));
    }

    /// Whether the filter takes a file. A folder that is left out takes its files along.
    pub(in crate::import::moving) fn takes(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let folders = || path.match_indices('/').map(|(at, _)| &path[..at]);
        let mut taken = None;
        for (is_taken, pattern) in &self.0 {
            taken = Some(if *is_taken {
                taken == Some(true) || pattern.fits(&path)
            } else {
                taken != Some(false) && !pattern.fits(&path) && !folders().any(|folder| pattern.fits(folder))
            });
        }
        taken != Some(false)
    }
}

/// Converts a glob to a regular expression for the whole text.
fn glob(text: &str, stars: Stars) -> String {
    let one = if stars == Stars::StopAtSlash { "[^/]" } else { "." };
    let mut out = String::from("(?s)^(?:");
    let (mut rest, mut depth) = (text, 0_usize);
    while let Some(c) = rest.chars().next() {
        let is_start = rest.len() == text.len() || out.ends_with('/');
        let (length, part) = match c {
            // In Zola `**/` is also no folder at all.
            '*' if rest.starts_with("**/") && is_start && stars == Stars::CrossSlashes => (3, "(?:.*/)?".to_owned()),
            '*' if rest.starts_with("**") => (2, ".*".to_owned()),
            '*' => (1, format!("{one}*")),
            '?' => (1, one.to_owned()),
            '{' => {
                depth += 1;
                (1, "(?:".to_owned())
            }
            ',' if depth > 0 => (1, "|".to_owned()),
            '}' if depth > 0 => {
                depth -= 1;
                (1, ")".to_owned())
            }
            '[' => match rest.find(']') {
                Some(end) if end > 1 => {
                    let inner = rest[1..end].replace('\\', "\\\\").replace('[', "\\[");
                    let inner = inner.strip_prefix('!').map_or(inner.clone(), |inner| format!("^{inner}"));
                    (end + 1, format!("[{inner}]"))
                }
                _ => (1, "\\[".to_owned()),
            },
            '\\' => match rest[1..].chars().next() {
                Some(next) => (1 + next.len_utf8(), escaped(next)),
                None => (1, "\\\\".to_owned()),
            },
            c => (c.len_utf8(), escaped(c)),
        };
        out.push_str(&part);
        rest = &rest[length..];
    }
    out.extend(std::iter::repeat_n(')', depth + 1));
    out.push('$');
    out
}

/// A character as it stands for itself in a regular expression.
fn escaped(c: char) -> String {
    if c.is_ascii_punctuation()
        && !matches!(c, '/' | '_' | '<' | '>' | '"' | '\'' | '`' | '=' | ',' | ';' | ':' | '!' | '@' | '%')
    {
        format!("\\{c}")
    } else {
        c.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_read_as_each_program_reads_them() {
        for (glob, path, hugo, zola) in [
            ("*.notes.md", "a.notes.md", true, true),
            ("*.notes.md", "a/b.notes.md", false, true),
            ("**/*.psd", "big.psd", false, true),
            ("**/*.psd", "a/b/big.psd", true, true),
            ("/posts/x*", "/posts/x1", true, true),
            ("/posts/x*", "/posts/a", false, false),
            ("{/posts,/posts/**}", "/posts/a/b", true, true),
            ("{/posts,/posts/**}", "/posts", true, true),
            ("{/posts,/posts/**}", "/news", false, false),
            ("temp.[ab]?", "temp.b1", true, true),
            ("temp.[!ab]?", "temp.b1", false, false),
            ("a.b", "axb", false, false),
            ("[", "[", true, true),
            ("a+(b)", "a+(b)", true, true),
        ] {
            let fits = |stars| Patterns::globs(&[glob.to_owned()], stars).fits(path);
            assert_eq!((fits(Stars::StopAtSlash), fits(Stars::CrossSlashes)), (hugo, zola), "{glob} {path}");
        }
    }

    #[test]
    fn a_filter_takes_and_leaves_out_in_order() {
        for (globs, path, is_taken) in [
            (&["! hid/**"][..], "hid/x.md", false),
            (&["! hid/**"], "a.md", true),
            (&["! HID"], "Hid/a/x.md", false),
            (&["docs/**"], "docs/a.md", true),
            (&["docs/**"], "a.md", false),
            (&["docs/**", "! docs/secret/**", "a.md"], "docs/secret/x.md", false),
            (&["docs/**", "! docs/secret/**", "a.md"], "a.md", true),
            (&[], "a.md", true),
        ] {
            let mut filter = GlobFilter::default();
            for glob in globs {
                filter.add(glob, true);
            }
            assert_eq!(filter.takes(path), is_taken, "{globs:?} {path}");
        }
    }
}
