//! All sources of a site: content, the files beside it, static files and templates, read from the disk.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::asset::{Asset, AssetBytes, picture_size};
use super::document::Document;
use super::load::{self, Kind};
use crate::base::codes::{self, Code};
use crate::base::digest::Digest;
use crate::base::disk::{self, Entry};
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text;
use crate::config::Config;

/// The folders of a site's sources, relative to its root.
pub const CONTENT: &str = "content";
/// Files that go out as they are.
pub const STATIC: &str = "static";
/// Templates.
pub const TEMPLATES: &str = "templates";

/// Files up to this size are read whole for their digest; larger ones are streamed.
const WHOLE: u64 = 4 * 1024 * 1024;
/// So much of a file tells the size of a picture.
const HEAD: usize = 64 * 1024;

/// The content of a site.
#[derive(Debug, Default)]
pub struct Gathered {
    /// All documents, by path.
    pub documents: Vec<Document>,
    /// All other files below the content folder, by path.
    pub assets: Vec<Asset>,
    /// Paths of content files that could not be read, each with its problem in the report.
    pub unread: Vec<String>,
}

/// Reads everything below `content/`.
pub fn content(root: &Path, config: &Config) -> (Gathered, Report) {
    let (entries, mut report) = disk::walk(&root.join(CONTENT), CONTENT);
    let (pages, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| is_markdown(&entry.path));
    let loaded: Vec<(Option<Document>, Report)> = pages
        .par_iter()
        .map(|entry| match Kind::of(&entry.path) {
            Some(kind) => document(entry, kind, config),
            None => (None, stray(entry)),
        })
        .collect();
    let mut gathered = Gathered::default();
    for (entry, (document, found)) in pages.iter().zip(loaded) {
        if document.is_none() {
            gathered.unread.push(format!("{CONTENT}/{}", entry.path));
        }
        gathered.documents.extend(document);
        report.extend(found);
    }
    gathered.documents.sort_by(|a, b| a.path.cmp(&b.path));
    gathered.assets = report.take(assets(others, CONTENT));
    (gathered, report)
}

/// Reads everything below `static/`, over the files of the default theme.
pub fn statics(root: &Path, builtin: &[(&str, &'static [u8])]) -> (Vec<Asset>, Report) {
    let (entries, mut report) = disk::walk(&root.join(STATIC), STATIC);
    let mut files = report.take(assets(entries, STATIC));
    for (path, bytes) in builtin {
        if !files.iter().any(|file| file.path == *path) {
            let size = picture_size(path, bytes);
            files.push(Asset {
                path: (*path).to_owned(),
                bytes: AssetBytes::Builtin(bytes),
                digest: Digest::of(bytes),
                size,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, report)
}

/// Reads all files below `templates/`: their names and texts.
pub fn templates(root: &Path) -> (Vec<(String, String)>, Report) {
    let (entries, mut report) = disk::walk(&root.join(TEMPLATES), TEMPLATES);
    let mut templates = Vec::new();
    for entry in entries {
        let text = report.take(text(&entry.file, &format!("{TEMPLATES}/{}", entry.path), codes::UNREADABLE));
        templates.extend(text.map(|text| (entry.path, text)));
    }
    (templates, report)
}

/// Reads a text file that messages call `name`.
pub fn text(file: &Path, name: &str, unreadable_as: Code) -> (Option<String>, Report) {
    let mut report = Report::default();
    let text = match disk::read(file) {
        Err(error) => Err(Diagnostic { code: unreadable_as, ..unreadable(name, &error) }),
        Ok(bytes) => super::front::decode(name, bytes),
    };
    match text {
        Ok(text) => (Some(text), report),
        Err(problem) => {
            report.push(problem);
            (None, report)
        }
    }
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn document(entry: &Entry, kind: Kind, config: &Config) -> (Option<Document>, Report) {
    let path = format!("{CONTENT}/{}", entry.path);
    match disk::read_sized(&entry.file, entry.size) {
        Ok(bytes) => load::load(&path, bytes, kind, config),
        Err(error) => {
            let mut report = Report::default();
            report.push(unreadable(&path, &error));
            (None, report)
        }
    }
}

fn assets(entries: Vec<Entry>, folder: &str) -> (Vec<Asset>, Report) {
    let read: Vec<Result<Asset, Diagnostic>> = entries
        .into_par_iter()
        .map(|entry| read_asset(&entry).map_err(|error| unreadable(&format!("{folder}/{}", entry.path), &error)))
        .collect();
    let mut report = Report::default();
    let mut files = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(asset) => files.push(asset),
            Err(problem) => report.push(problem),
        }
    }
    (files, report)
}

fn read_asset(entry: &Entry) -> Result<Asset, disk::Error> {
    let (digest, size) = if entry.size <= WHOLE {
        let bytes = disk::read(&entry.file)?;
        (Digest::of(&bytes), picture_size(&entry.path, &bytes[..bytes.len().min(HEAD)]))
    } else {
        (disk::digest(&entry.file)?, None)
    };
    Ok(Asset { path: entry.path.clone(), bytes: AssetBytes::File(PathBuf::from(&entry.file)), digest, size })
}

fn unreadable(path: &str, error: &disk::Error) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE, format!("this file cannot be read: {}", error.kind()))
        .at(Place::file(path))
        .help("check its permissions")
}

/// A Markdown file where nothing reads it.
fn stray(entry: &Entry) -> Report {
    let mut report = Report::default();
    let folder = entry.path.split_once('/').map_or("", |(folder, _)| folder);
    let known = ["articles", "briefings", "topics", "people", "pages"];
    let help = match text::nearest(folder, known) {
        Some(near) => format!("did you mean `{CONTENT}/{near}/`?"),
        None => format!("stories go into one of {}", known.map(|name| format!("`{CONTENT}/{name}/`")).join(", ")),
    };
    report.push(
        Diagnostic::warning(codes::UNUSED_FILE, "no kind of content lives in this folder")
            .at(Place::file(format!("{CONTENT}/{}", entry.path)))
            .help(help),
    );
    report
}
