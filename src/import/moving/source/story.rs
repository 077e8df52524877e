//! One content file of the site that moves, and where it was found.

use super::folder::Parts;
use super::values::Keys;
use crate::base::report::Place;

/// The programs whose sites we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
}

/// A content file.
#[derive(Clone, Debug, Default)]
pub(in crate::import::moving) struct MovedStory {
    /// Its path from the folder of the site.
    pub(in crate::import::moving) file: String,
    /// What its front matter says, with what the site says in its place.
    pub(in crate::import::moving) front: Keys,
    /// Its text.
    pub(in crate::import::moving) body: String,
    /// The line on which its text begins.
    pub(in crate::import::moving) body_line: u32,
    /// For each line of the text the line that it was in the file, both from 0, where they differ.
    pub(in crate::import::moving) lines: Vec<u32>,
    /// Whether the text is HTML.
    pub(in crate::import::moving) is_html: bool,
    /// Where readers found it: `/2015/03/17/a/`, without the path of the site.
    pub(in crate::import::moving) address: String,
    /// The pattern of ours that gives this address, where one of the site's own gave it; none within, where ours cannot.
    #[expect(clippy::option_option, reason = "no pattern there, and none of ours for one there, are two answers")]
    pub(in crate::import::moving) pattern: Option<Option<String>>,
    /// Whether it is dated news, a draft of such included, and no standing page.
    pub(in crate::import::moving) is_post: bool,
    /// Whether it is a draft for where it is.
    pub(in crate::import::moving) is_draft: bool,
    /// The date that its name gives.
    pub(in crate::import::moving) named_date: Option<jiff::civil::Date>,
    /// Its language, when it is not the site's.
    pub(in crate::import::moving) language: Option<String>,
    /// The file that it translates.
    pub(in crate::import::moving) original: Option<String>,
    /// The path by which texts of Hugo name it.
    pub(in crate::import::moving) logical_path: Option<String>,
    /// The folder that is its own, with pictures beside it.
    pub(in crate::import::moving) bundle: Option<String>,
}

impl MovedStory {
    /// A file as it was read, of which nothing else is known yet.
    pub(in crate::import::moving) fn of(file: &str, parts: Parts, extension: &str) -> Self {
        let Parts { front, body, body_line } = parts;
        Self {
            file: file.to_owned(),
            front: front.unwrap_or_default(),
            body,
            body_line,
            is_html: extension.starts_with("htm"),
            ..Self::default()
        }
    }

    /// A line of the text, from 0, as a place in the file; `written` is what stands on it.
    pub(in crate::import::moving) fn place(&self, written: &str, line: u32) -> Place {
        let width = written.chars().count().max(1) as u32;
        let mut place = Place::line(self.file.as_str(), written, 1, 1, width);
        place.line = self.body_line + self.lines.get(line as usize).or(self.lines.last()).copied().unwrap_or(line);
        place
    }
}

/// The line that a line of a text was before others went. `gone`: a line of the text, and how many went before it, in
/// each place.
pub(in crate::import::moving) fn old_line(gone: &[(u32, u32)], line: u32) -> u32 {
    line + gone.iter().filter(|(at, _)| *at <= line).map(|(_, count)| count).sum::<u32>()
}

/// What a program's folder holds.
#[derive(Default)]
pub(in crate::import::moving) struct SourceSite {
    /// Content.
    pub(in crate::import::moving) stories: Vec<MovedStory>,
    /// Other files, by their path, with the address at which readers found them.
    pub(in crate::import::moving) files: Vec<(String, String)>,
    /// Files that come along when a story names them, by the same.
    pub(in crate::import::moving) on_demand: Vec<(String, String)>,
}

/// The folder and the name of a path.
pub(in crate::import::moving) fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The name of a file without the tag of a language at its end, `a.fr`, and that tag, where `is_language` knows it.
pub(in crate::import::moving) fn stem_and_language(
    stem: &str,
    is_language: impl Fn(&str) -> bool,
) -> (&str, Option<&str>) {
    match stem.rsplit_once('.').filter(|(_, tag)| is_language(tag)) {
        Some((name, tag)) => (name, Some(tag)),
        None => (stem, None),
    }
}

/// A name and its extension, in lower case.
pub(in crate::import::moving) fn stem_and_extension(name: &str) -> (&str, String) {
    name.rsplit_once('.').map_or((name, String::new()), |(stem, extension)| (stem, extension.to_ascii_lowercase()))
}

/// `/a/b/` of parts that may be empty or have slashes of their own.
pub(in crate::import::moving) fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().flat_map(|part| part.split('/')).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) }
}
