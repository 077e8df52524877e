//! The folder of a source site: its files, and their front matter and body.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::values::{self, Keys};
use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::without_controls;
use crate::import::moving::migration_log::MigrationLog;

/// Whether a file is a leftover of an editor, the operating system, Git or a package manager, which is not part of the
/// site.
fn is_skipped(name: &str) -> bool {
    disk::is_leftover(name) || name == "node_modules" || name.ends_with('~')
}

/// All files of a site, by their paths relative to its root, with `/` as separator.
pub(in crate::import::moving) struct Folder {
    /// The location of each file on disk.
    pub(in crate::import::moving) files: BTreeMap<String, PathBuf>,
}

/// A content file, split into front matter and body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import::moving) struct Parts {
    /// The front matter; none when the file has none.
    pub(in crate::import::moving) front: Option<Keys>,
    /// The text below the front matter.
    pub(in crate::import::moving) body: String,
    /// The line on which the body begins, from 1.
    pub(in crate::import::moving) body_line: u32,
}

impl Folder {
    /// Lists all files below `root`. Symbolic links that lead out of it are reported and not followed.
    pub(in crate::import::moving) fn read(root: &Path) -> (Self, Report) {
        // Symbolic links are bounded: their targets would become part of the new site, and anyone may have put one into
        // the source.
        let (entries, found) = disk::walk_names(root, ".", is_skipped, &disk::Bounds::of(root, &[]));
        let mut report = Report::default();
        for problem in found.diagnostics() {
            report.push(match &problem.place {
                Some(place) if problem.code == codes::LINK_OUTSIDE => {
                    let message = "this symbolic link leads out of the folder, and its target is not imported";
                    let left = Diagnostic::warning(codes::IMPORT_LEFT, message).at(place.clone());
                    left.help("put the file itself in its place, and import again")
                }
                _ => problem.clone(),
            });
        }
        let files = entries.into_iter().map(|entry| (entry.path, entry.file));
        (Self { files: files.collect() }, report)
    }

    /// Reads a file as UTF-8. The error is a message for the report.
    pub(in crate::import::moving) fn text(&self, path: &str) -> Result<String, String> {
        let file = self.files.get(path).ok_or_else(|| "it is not there".to_owned())?;
        let bytes = disk::read(file).map_err(|error| error.to_string())?;
        let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        Ok(without_controls(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
    }

    /// Reads and splits a file; none when that fails, which is logged.
    pub(in crate::import::moving) fn parts(&self, path: &str, log: &mut MigrationLog) -> Option<Parts> {
        self.text(path).and_then(|text| split(&text)).map_err(|error| log.unread(path, &error)).ok()
    }

    /// Whether a file begins with the `---` of YAML front matter.
    pub(in crate::import::moving) fn has_front_matter(&self, path: &str) -> bool {
        let start = self.files.get(path).and_then(|file| disk::read_part(file, 0, 79).ok()).unwrap_or_default();
        let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&start);
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        line.trim_ascii_end() == b"---" && start.len() > line.len()
    }

    /// Whether any segment of a path begins with a dot.
    pub(in crate::import::moving) fn is_hidden(path: &str) -> bool {
        path.split('/').any(|part| part.starts_with('.'))
    }

    /// Returns the files below a folder, by their paths relative to the root of the site.
    pub(in crate::import::moving) fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f str> {
        let files = self.files.keys().map(String::as_str);
        files.filter(move |path| {
            path.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Splits a file into front matter and body. The front matter is YAML between `---`, TOML between `+++`, or a JSON
/// object. Fails when it is not closed or not valid.
pub(in crate::import::moving) fn split(text: &str) -> Result<Parts, String> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let fence = first.trim_end();
    if fence == "---" || fence == "+++" {
        let Some((front, body)) = fenced(rest, fence) else {
            return Err(format!("its front matter has no closing `{fence}`"));
        };
        let keys = if fence == "---" { values::yaml(front) } else { values::toml(front) }?;
        let body_line = front.matches('\n').count() as u32 + 3;
        return Ok(Parts { front: Some(keys), body: body.to_owned(), body_line });
    }
    if text.starts_with('{') && text[1..].trim_start().starts_with(['"', '}']) {
        let (keys, end) = values::json(text)?;
        let rest = &text[end..];
        let body = rest.split_once('\n').map_or("", |(_, body)| body);
        let body_line = text[..text.len() - body.len()].matches('\n').count() as u32 + 1;
        return Ok(Parts { front: Some(keys), body: body.to_owned(), body_line });
    }
    Ok(Parts { front: None, body: text.to_owned(), body_line: 1 })
}

fn fenced<'t>(rest: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let mut from = 0;
    loop {
        let line = &rest[from..];
        let end = line.find('\n');
        let text = &line[..end.unwrap_or(line.len())];
        if text.trim_end() == fence || (fence == "---" && text.trim_end() == "...") {
            return Some((&rest[..from], end.map_or("", |end| &line[end + 1..])));
        }
        from += end? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_of_three_kinds_is_told_from_the_text() {
        for (text, title, body, line) in [
            ("---\ntitle: A\n---\nb\n", "A", "b\n", 4),
            ("---\r\ntitle: A\r\n---\r\nb\r\n", "A", "b\r\n", 4),
            ("+++\ntitle = \"A\"\ndate = 2015-03-17\n+++\n\nb", "A", "\nb", 5),
            ("{\n\"title\": \"A\"\n}\nb\n", "A", "b\n", 4),
            ("{\"title\": \"A\"}\n\nb\n", "A", "\nb\n", 2),
        ] {
            let parts = split(text).expect(text);
            assert_eq!(parts.front.expect(text)["title"], title);
            assert_eq!((parts.body.as_str(), parts.body_line), (body, line), "{text:?}");
        }
        for text in ["# A\n", "{{ a }}\n", "{% b %}\n", ""] {
            assert_eq!(split(text), Ok(Parts { front: None, body: text.to_owned(), body_line: 1 }));
        }
        assert!(split("---\na: b\n").is_err() && split("+++\na = \n+++\n").is_err());
    }
}
