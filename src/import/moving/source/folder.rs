//! The folder of the site that moves: its files, and its texts in parts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::values::{self, Keys};
use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::without_controls;
use crate::import::moving::migration_log::MigrationLog;

/// What editors, systems, Git and package managers leave, which nobody counts among the files of a site.
fn is_skipped(name: &str) -> bool {
    disk::is_leftover(name) || name == "node_modules" || name.ends_with('~')
}

/// All files of a site, by their path from its folder, with `/`.
pub(in crate::import::moving) struct Folder {
    /// Where each is.
    pub(in crate::import::moving) files: BTreeMap<String, PathBuf>,
}

/// A text in its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import::moving) struct Parts {
    /// The front matter; none where there is none.
    pub(in crate::import::moving) front: Option<Keys>,
    /// The text below it.
    pub(in crate::import::moving) body: String,
    /// The line on which the text begins.
    pub(in crate::import::moving) body_line: u32,
}

impl Folder {
    /// Looks at all files below `root`.
    pub(in crate::import::moving) fn read(root: &Path) -> (Self, Report) {
        // Anyone may have put a link into the other site, and what it leads to would become part of this one.
        let (entries, found) = disk::walk_names(root, ".", is_skipped, &disk::Bounds::of(root, &[]));
        let mut report = Report::default();
        for problem in found.diagnostics() {
            report.push(match &problem.place {
                Some(place) if problem.code == codes::LINK_OUTSIDE => {
                    let message =
                        "this symbolic link leads out of the folder, and what it leads to does not come along";
                    let left = Diagnostic::warning(codes::IMPORT_LEFT, message).at(place.clone());
                    left.help("put the file itself in its place, and import again")
                }
                _ => problem.clone(),
            });
        }
        let files = entries.into_iter().map(|entry| (entry.path, entry.file));
        (Self { files: files.collect() }, report)
    }

    /// The text of a file. The error is a sentence.
    pub(in crate::import::moving) fn text(&self, path: &str) -> Result<String, String> {
        let file = self.files.get(path).ok_or_else(|| "it is not there".to_owned())?;
        let bytes = disk::read(file).map_err(|error| error.to_string())?;
        let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        Ok(without_controls(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
    }

    /// The parts of a file; none where it cannot be read, which the log says then.
    pub(in crate::import::moving) fn parts(&self, path: &str, log: &mut MigrationLog) -> Option<Parts> {
        self.text(path).and_then(|text| split(&text)).map_err(|error| log.unread(path, &error)).ok()
    }

    /// Whether a file begins with the dashes of front matter.
    pub(in crate::import::moving) fn has_front_matter(&self, path: &str) -> bool {
        let start = self.files.get(path).and_then(|file| disk::read_part(file, 0, 79).ok()).unwrap_or_default();
        let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&start);
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        line.trim_ascii_end() == b"---" && start.len() > line.len()
    }

    /// Whether a file or a folder on the way to it is hidden by its name, below a folder.
    pub(in crate::import::moving) fn is_hidden(path: &str) -> bool {
        path.split('/').any(|part| part.starts_with('.'))
    }

    /// The files below a folder, by their path from the site's.
    pub(in crate::import::moving) fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f str> {
        let files = self.files.keys().map(String::as_str);
        files.filter(move |path| {
            path.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Takes a text apart: YAML between `---`, TOML between `+++`, JSON in braces.
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
