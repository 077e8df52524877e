//! A content file of the source site, with its former address.

use super::folder::Parts;
use super::values::Keys;
use crate::base::report::Place;

/// A static site generator whose sites can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
}

/// A content file of the source site.
#[derive(Clone, Debug, Default)]
pub(in crate::import::moving) struct MovedStory {
    /// The path, relative to the root of the source site.
    pub(in crate::import::moving) file: String,
    /// The front matter, with defaults of the configuration filled in.
    pub(in crate::import::moving) front: Keys,
    /// The body below the front matter.
    pub(in crate::import::moving) body: String,
    /// The line on which the body begins, from 1.
    pub(in crate::import::moving) body_line: u32,
    /// The original line of each line of the body, both from 0. Empty while they are the same.
    pub(in crate::import::moving) lines: Vec<u32>,
    /// Whether the body is HTML rather than Markdown.
    pub(in crate::import::moving) is_html: bool,
    /// The former address, such as `/2015/03/17/a/`, without the base path.
    pub(in crate::import::moving) address: String,
    /// The permalink pattern that keeps this address, for a story whose address came from a pattern of the site. The
    /// inner value is none where no pattern of ours can express it.
    #[expect(clippy::option_option, reason = "no pattern there, and none of ours for one there, are two answers")]
    pub(in crate::import::moving) pattern: Option<Option<String>>,
    /// Whether it is dated news, or a draft of such, rather than a standing page.
    pub(in crate::import::moving) is_post: bool,
    /// Whether its location makes it a draft, or it was never published.
    pub(in crate::import::moving) is_draft: bool,
    /// The date in the name of the file.
    pub(in crate::import::moving) named_date: Option<jiff::civil::Date>,
    /// The language, if it differs from that of the site.
    pub(in crate::import::moving) language: Option<String>,
    /// The path of the file that this one translates.
    pub(in crate::import::moving) original: Option<String>,
    /// The logical path by which Hugo's references name the page.
    pub(in crate::import::moving) logical_path: Option<String>,
    /// The folder of a page bundle, which holds the page and its files.
    pub(in crate::import::moving) bundle: Option<String>,
}

impl MovedStory {
    /// Creates a story from a file; all other fields have their defaults.
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

    /// Returns the place in the source file of a line of the body, from 0. `written` is the text of that line.
    fn place(&self, written: &str, line: u32) -> Place {
        let width = written.chars().count().max(1) as u32;
        let mut place = Place::line(self.file.as_str(), written, 1, 1, width);
        place.line = self.body_line + self.lines.get(line as usize).or(self.lines.last()).copied().unwrap_or(line);
        place
    }
}

/// The places of the lines of a body. The last one is kept: a single long line may have thousands of findings.
pub(in crate::import::moving) struct LinePlaces<'s> {
    story: &'s MovedStory,
    lines: Vec<&'s str>,
    /// The number of lines of the story's body before the first line of these.
    above: u32,
    last: Option<(u32, Place)>,
}

impl<'s> LinePlaces<'s> {
    /// Prepares the places of `body`, which begins `above` lines below the start of the story's body.
    pub(in crate::import::moving) fn new(story: &'s MovedStory, body: &'s str, above: u32) -> Self {
        Self { story, lines: body.lines().collect(), above, last: None }
    }

    /// Returns the place of a line of the body, from 0.
    pub(in crate::import::moving) fn of(&mut self, line: u32) -> Place {
        if let Some((_, place)) = self.last.as_ref().filter(|(known, _)| *known == line) {
            return place.clone();
        }
        let written = self.lines.get(line as usize).copied().unwrap_or_default();
        let place = self.story.place(written, line + self.above);
        self.last = Some((line, place.clone()));
        place
    }
}

/// The lines that were removed from a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import::moving) struct RemovedLines {
    /// Lines of the new text before which lines were removed, in ascending order, and how many were removed up to there.
    totals: Vec<(u32, u32)>,
}

impl RemovedLines {
    /// Adds lines that were removed before a line of the new text, which must not be above an earlier one.
    pub(in crate::import::moving) fn add(&mut self, line: u32, count: u32) {
        let before = self.totals.last().map_or(0, |(_, total)| *total);
        self.totals.push((line, before + count));
    }

    /// Returns the original number of a line of the new text.
    pub(in crate::import::moving) fn original(&self, line: u32) -> u32 {
        let before = self.totals.partition_point(|(at, _)| *at <= line);
        line + before.checked_sub(1).map_or(0, |last| self.totals[last].1)
    }
}

/// The content and the files of a source site.
#[derive(Default)]
pub(in crate::import::moving) struct SourceSite {
    /// The content files.
    pub(in crate::import::moving) stories: Vec<MovedStory>,
    /// The other files: their paths and their former addresses.
    pub(in crate::import::moving) files: Vec<(String, String)>,
    /// The files that are copied only when a story refers to them: their paths and their former addresses.
    pub(in crate::import::moving) on_demand: Vec<(String, String)>,
    /// The former addresses of feeds of sections.
    pub(in crate::import::moving) feeds: Vec<String>,
    /// The former addresses of sections that only led on, and where they led.
    pub(in crate::import::moving) leads: Vec<(String, String)>,
}

/// Splits a path into its folder and its file name.
pub(in crate::import::moving) fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Splits a language code from a file stem such as `a.fr`, if `is_language` accepts it.
pub(in crate::import::moving) fn stem_and_language(
    stem: &str,
    is_language: impl Fn(&str) -> bool,
) -> (&str, Option<&str>) {
    match stem.rsplit_once('.').filter(|(_, tag)| is_language(tag)) {
        Some((name, tag)) => (name, Some(tag)),
        None => (stem, None),
    }
}

/// Splits a file name into its stem and its extension in lower case.
pub(in crate::import::moving) fn stem_and_extension(name: &str) -> (&str, String) {
    name.rsplit_once('.').map_or((name, String::new()), |(stem, extension)| (stem, extension.to_ascii_lowercase()))
}

/// Joins path segments as `/a/b/`. A part may be empty or contain slashes.
pub(in crate::import::moving) fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().flat_map(|part| part.split('/')).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) }
}

/// The name of a story's file without its extension; of a page bundle (`folder/index.md`) that of its folder.
pub(in crate::import::moving) fn page_stem(path: &str) -> &str {
    let (dirs, name) = folder_and_name(path);
    match stem_and_extension(name).0 {
        "index" => folder_and_name(dirs).1,
        stem => stem,
    }
}
