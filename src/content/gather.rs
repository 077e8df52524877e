//! Gathers the sources of a site from the disk: content, the files beside it, static files and templates.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::asset::{Asset, AssetBytes, picture_size};
use super::data::ENDINGS;
use super::document::Document;
use super::folders::{CONTENT, DATA, JOINED, STATIC, SourceFolder, TEMPLATES, WORDS, is_markdown};
use super::load::{self, DocumentKind};
use super::source_cache::{Parsed, SourceCache, unreadable};
use super::unread::UnreadFile;
use crate::base::codes::{self, Code};
use crate::base::digest::Digest;
use crate::base::disk::{self, Bounds, Rescan, SourceFile};
use crate::base::picture::rendition::{MOST_PIXELS, Raster, is_huge};
use crate::base::picture::svg::{self, Malformed};
use crate::base::picture::{self, Damaged};
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;

/// Everything below `content/`.
#[derive(Debug, Default)]
pub struct Gathered {
    /// All documents, by path.
    pub documents: Vec<Arc<Document>>,
    /// All other files, by path.
    pub assets: Vec<Asset>,
    /// Documents without a usable title, name or date, by path. They have no page.
    pub incomplete: Vec<Arc<Document>>,
    /// Content files that have no page because of their errors, each with a problem in the report.
    pub unread: Vec<UnreadFile>,
}

/// Scans all sources except templates again, and parses files that are new or changed.
pub fn rescan(root: &Path, config: &Config, memory: &mut SourceCache, rescan: &Rescan) {
    memory.read_with(config);
    let bounds = &bounds(root, Some(config));
    let content = |entry: &SourceFile, bytes, digest| content_file(entry, bytes, digest, config);
    memory.rescan((root, bounds), SourceFolder::Content, rescan, content);
    memory.rescan((root, bounds), SourceFolder::Static, rescan, static_file);
}

/// The folders that symbolic links may lead into. Without a readable configuration, only the site's own.
pub fn bounds(root: &Path, config: Option<&Config>) -> Bounds {
    Bounds::of(root, config.map_or(&[], |config| &config.follow_links))
}

/// Reports folders of `follow_links` that do not exist, so that no link into them can be followed.
pub fn missing_folders(root: &Path, config: &Config) -> Report {
    let mut report = Report::default();
    for (index, folder) in config.follow_links.iter().enumerate() {
        if !disk::is_folder(&root.join(folder)) {
            let problem = Diagnostic::warning(
                codes::BAD_VALUE,
                format!("there is no folder `{folder}`, which `follow_links` names"),
            );
            let help = "correct its path, which starts at the folder of `dateline.yaml`, or remove it";
            report.push(problem.at(config.place(&["follow_links", &index.to_string()])).help(help));
        }
    }
    report
}

fn content_file(entry: &SourceFile, bytes: Option<Vec<u8>>, digest: Digest, config: &Config) -> (Parsed, Report) {
    match (DocumentKind::of(&entry.path), bytes) {
        (Some(kind), Some(bytes)) if is_markdown(&entry.path) => document(entry, bytes, kind, config),
        (None, Some(_)) if is_markdown(&entry.path) => (Parsed::Nothing, stray(entry)),
        (_, bytes) => asset(entry, CONTENT, bytes.as_deref(), digest),
    }
}

fn static_file(entry: &SourceFile, bytes: Option<Vec<u8>>, digest: Digest) -> (Parsed, Report) {
    asset(entry, STATIC, bytes.as_deref(), digest)
}

/// Everything below `content/` as of the last scan.
pub fn content(config: &Config, memory: &mut SourceCache) -> (Gathered, Report) {
    memory.unpack(SourceFolder::Content, |entry, bytes, digest| content_file(entry, bytes, digest, config));
    let mut report = memory.walked(SourceFolder::Content).clone();
    report.extend(memory.hidden(SourceFolder::Content).clone());
    let mut gathered = Gathered::default();
    for (entry, known) in memory.files(SourceFolder::Content) {
        match &known.made {
            Parsed::Document(document) if document.is_incomplete => {
                gathered.incomplete.push(Arc::clone(document));
                gathered.unread.push(unread(entry));
            }
            Parsed::Document(document) => gathered.documents.push(Arc::clone(document)),
            Parsed::Asset(asset) => gathered.assets.push(placed(asset, entry)),
            Parsed::Nothing if is_markdown(&entry.path) && !known.report.is_empty() => {
                gathered.unread.push(unread(entry));
            }
            Parsed::Nothing | Parsed::Lost | Parsed::Packed(_) => {}
        }
        report.extend(known.report.clone());
    }
    gathered.assets.sort_by(|a, b| a.path.cmp(&b.path));
    (gathered, report)
}

fn unread(entry: &SourceFile) -> UnreadFile {
    let bytes = disk::read(&entry.file).unwrap_or_default();
    UnreadFile::new(&format!("{CONTENT}/{}", entry.path), &String::from_utf8_lossy(&bytes))
}

/// Everything below `static/` as of the last scan, on top of the default theme's files.
pub fn statics(builtin: &[(&str, &'static [u8])], memory: &mut SourceCache) -> (Vec<Asset>, Report) {
    memory.unpack(SourceFolder::Static, static_file);
    let mut report = memory.walked(SourceFolder::Static).clone();
    let mut files = Vec::new();
    for (entry, known) in memory.files(SourceFolder::Static) {
        if let Parsed::Asset(asset) = &known.made {
            match unpublished(&entry.path) {
                Some(problem) => report.push(problem),
                None if JOINED.contains(&&*entry.path) => {
                    let name = format!("{STATIC}/{}", entry.path);
                    if let Some(text) = report.take(listed(&entry.file, &name)) {
                        files.push(Asset { text: Some(text), ..placed(asset, entry) });
                    }
                }
                None => files.push(placed(asset, entry)),
            }
        }
        report.extend(known.report.clone());
    }
    for (path, bytes) in builtin {
        if !files.iter().any(|file| file.path == *path) {
            let size = picture_size(path, bytes);
            files.push(Asset {
                path: (*path).to_owned(),
                bytes: AssetBytes::Builtin(bytes),
                digest: Digest::of(bytes),
                length: bytes.len() as u64,
                size,
                raster: None,
                text: None,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, report)
}

/// Why a static file is not published, judging by its name.
fn unpublished(path: &str) -> Option<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_public = |part: &str| !part.starts_with('.') || matches!(part, ".well-known" | ".htaccess" | ".nojekyll");
    let (message, help) = if !path.split('/').all(is_public) {
        (
            "this file is hidden, and is not published",
            "give it a name without a dot at its start; of hidden files `.well-known/`, `.htaccess` and `.nojekyll` go out",
        )
    } else if name.ends_with('~') {
        (
            "this file has the name of a backup, and is not published",
            "remove it, or give it a name without `~` at its end",
        )
    } else if Route::new(&format!("/{path}")).is_err() {
        (
            "no address can have the name of this file, and it is not published",
            "rename it without `?`, `#`, `\\` and control characters",
        )
    } else {
        return None;
    };
    let problem = Diagnostic::warning(codes::UNUSED_FILE, message).at(Place::file(format!("{STATIC}/{path}")));
    Some(problem.help(help))
}

/// Reads the names and texts of all files below `templates/`.
pub fn templates(root: &Path, bounds: &Bounds) -> (Vec<(String, String)>, Report) {
    let (entries, mut report) = disk::walk_within(&root.join(TEMPLATES), TEMPLATES, bounds);
    let mut templates = Vec::new();
    for entry in entries {
        let text = report.take(listed(&entry.file, &format!("{TEMPLATES}/{}", entry.path)));
        templates.extend(text.map(|text| (entry.path, text)));
    }
    (templates, report)
}

/// Reads the paths and texts of all files of words. Another file is reported, since nothing reads it.
pub fn words(root: &Path, bounds: &Bounds) -> (Vec<(String, String)>, Report) {
    let (entries, mut report) = disk::walk_within(&root.join(WORDS), WORDS, bounds);
    let mut texts = Vec::new();
    for entry in entries {
        let name = format!("{WORDS}/{}", entry.path);
        if [".yaml", ".yml"].iter().any(|ending| entry.path.ends_with(ending)) && !entry.path.contains('/') {
            let text = report.take(listed(&entry.file, &name));
            texts.extend(text.map(|text| (name, text)));
        } else {
            let problem =
                Diagnostic::warning(codes::UNUSED_FILE, "no words are read from this file").at(Place::file(name));
            report.push(problem.help(format!("words are in `{WORDS}/LANGUAGE.yaml`, such as `{WORDS}/de.yaml`")));
        }
    }
    (texts, report)
}

/// Reads the names and texts of all data files. A file of another kind is reported, since nothing reads it.
pub fn data(root: &Path, bounds: &Bounds) -> (Vec<(String, String)>, Report) {
    let (entries, mut report) = disk::walk_within(&root.join(DATA), DATA, bounds);
    let mut texts = Vec::new();
    for entry in entries {
        let name = format!("{DATA}/{}", entry.path);
        let ending = entry.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            let text = report.take(listed(&entry.file, &name));
            texts.extend(text.map(|text| (text::composed(&entry.path).into_owned(), text)));
        } else if !is_markdown(&entry.path) {
            let problem = Diagnostic::warning(codes::UNUSED_FILE, "no data of this kind is read").at(Place::file(name));
            report.push(
                problem.help(format!("save it as one of {}", ENDINGS.map(|known| format!("`.{known}`")).join(", "))),
            );
        }
    }
    (texts, report)
}

/// Reads a text file that a walk has listed. A file that is gone by now, such as an editor's draft, counts as absent.
fn listed(file: &Path, name: &str) -> (Option<String>, Report) {
    match disk::read(file) {
        Err(error) if error.is_gone() => (None, Report::default()),
        read => decoded(name, read, codes::UNREADABLE),
    }
}

/// Reads a text file, called `name` in messages.
pub fn text(file: &Path, name: &str, unreadable_as: Code) -> (Option<String>, Report) {
    let read = disk::read(file);
    if read.as_ref().is_err_and(disk::Error::is_gone) {
        let mut report = Report::default();
        let problem = Diagnostic::error(unreadable_as, format!("there is no `{name}` any more")).at(Place::file(name));
        report.push(problem.help("put it back: nothing can be made without it"));
        return (None, report);
    }
    decoded(name, read, unreadable_as)
}

fn decoded(name: &str, read: disk::Result<Vec<u8>>, unreadable_as: Code) -> (Option<String>, Report) {
    let mut report = Report::default();
    let text = match read {
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

fn document(entry: &SourceFile, bytes: Vec<u8>, kind: DocumentKind, config: &Config) -> (Parsed, Report) {
    let (document, report) = load::load(&format!("{CONTENT}/{}", entry.path), bytes, kind, config);
    (document.map_or(Parsed::Nothing, |document| Parsed::Document(Arc::new(document))), report)
}

fn asset(entry: &SourceFile, folder: &str, bytes: Option<&[u8]>, digest: Digest) -> (Parsed, Report) {
    let (mut length, mut raster, mut report) = (entry.stat.size, None, Report::default());
    if let Some(bytes) = bytes.filter(|_| picture::is_name(&entry.path)) {
        match picture::without_metadata(bytes) {
            Ok(cleaned) => {
                length = cleaned.map_or(length, |cleaned| cleaned.len() as u64);
                raster = Raster::of(bytes);
            }
            Err(damaged) => report.push(damaged_picture(&format!("{folder}/{}", entry.path), damaged)),
        }
    }
    if let Some(bytes) = bytes.filter(|_| svg::is_name(&entry.path)) {
        match svg_length(&format!("{folder}/{}", entry.path), bytes, &mut report) {
            Ok(cleaned) => length = cleaned.unwrap_or(length),
            Err(problem) => report.push(problem),
        }
    }
    let size = bytes.and_then(|bytes| picture_size(&entry.path, bytes));
    // No file under `static/` is scaled.
    if let Some(size) = size.filter(|size| folder == CONTENT && raster.is_some() && is_huge(*size)) {
        report.push(huge_picture(&format!("{folder}/{}", entry.path), size));
        raster = None;
    }
    let asset = Asset {
        path: entry.path.clone(),
        bytes: AssetBytes::File(entry.file.clone()),
        digest,
        length,
        size,
        raster,
        text: None,
    };
    (Parsed::Asset(asset), report)
}

/// The length of an SVG without what is taken out of it, which is reported; `None` where nothing is.
fn svg_length(path: &str, bytes: &[u8], report: &mut Report) -> Result<Option<u64>, Diagnostic> {
    let damaged = |why: String, place| {
        let problem = Diagnostic::error(codes::DAMAGED_PICTURE, format!("no browser shows this SVG: {why}"));
        problem.at(place).help("save it anew from a drawing program, as SVG in UTF-8")
    };
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|_| damaged("it is not in UTF-8".to_owned(), Place::file(path)))?;
    let place = |range: Range<usize>| Place::bytes(path, text, range.start, range.end);
    let cleaned = svg::cleaned(text);
    let cleaned = cleaned.map_err(|Malformed(why, at)| damaged(why, place(at..(at + 1).min(text.len()))))?;
    for (what, range) in cleaned.removed {
        let message = format!("{what} is left out of this picture: it runs code, or asks another host");
        let problem = Diagnostic::warning(codes::SVG_LEFT_OUT, message).at(place(range));
        report
            .push(problem.help("remove it; an interactive drawing belongs into a page of its own, behind `::: embed`"));
    }
    Ok(cleaned.text.map(|text| text.len() as u64))
}

/// Reports a picture that is damaged.
fn damaged_picture(path: &str, Damaged(format): Damaged) -> Diagnostic {
    let message = format!("this {format} picture is damaged or cut off, and goes out with its metadata, if it has any");
    let problem = Diagnostic::warning(codes::DAMAGED_PICTURE, message).at(Place::file(path));
    problem.help("copy it here again, or save it anew from a picture editor")
}

/// Reports a picture that is not decoded: a small file may say that it has more pixels than fit into memory.
fn huge_picture(path: &str, (width, height): (u32, u32)) -> Diagnostic {
    let message = format!(
        "this picture has {width} × {height} pixels: one of more than {} million is not scaled, and goes out as it is",
        MOST_PIXELS / 1_000_000
    );
    let problem = Diagnostic::warning(codes::HUGE_PICTURE, message).at(Place::file(path));
    problem.help("save a smaller copy from a picture editor: 4,000 pixels are enough for any screen")
}

/// An asset at its current location. Its path is in Unicode Normalization Form C like the links to it; some file
/// systems decompose names.
fn placed(asset: &Asset, entry: &SourceFile) -> Asset {
    let path = text::composed(&asset.path).into_owned();
    Asset { path, bytes: AssetBytes::File(entry.file.clone()), ..asset.clone() }
}

/// Reports a Markdown file in a folder where none are read.
fn stray(entry: &SourceFile) -> Report {
    let mut report = Report::default();
    let folder = entry.path.split_once('/').map_or("", |(folder, _)| folder);
    let known = ["articles", "briefings", "topics", "people", "pages"];
    let help = match text::nearest(folder, known) {
        Some(near) => text::did_you_mean(format!("{CONTENT}/{near}/")),
        None => format!("stories go into one of {}", known.map(|name| format!("`{CONTENT}/{name}/`")).join(", ")),
    };
    report.push(
        Diagnostic::warning(codes::UNUSED_FILE, "no kind of content lives in this folder")
            .at(Place::file(format!("{CONTENT}/{}", entry.path)))
            .help(help),
    );
    report
}
