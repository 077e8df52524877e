//! Writes articles to files, except where a file exists or the same copy was imported before.

use std::path::{Path, PathBuf};

use super::Article;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report};
use crate::content::folders::{CONTENT, is_markdown};

/// The outcome of writing an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The digest of the article's copy.
    pub digest: String,
    /// The path of the article's file.
    pub path: PathBuf,
    /// Whether the file was there already, from the same copy.
    pub is_old: bool,
}

/// Returns the path for an article: directly in `folder`, or else by year and month in the site's content.
pub fn path(root: &Path, folder: Option<&Path>, article: &Article) -> PathBuf {
    let name = format!("{}.md", article.slug);
    if let Some(folder) = folder {
        return folder.join(name);
    }
    let (year, month) = (article.date.year(), article.date.month());
    let below = format!("{CONTENT}/articles/{year:04}/{month:02}/{name}");
    if root == Path::new(".") { PathBuf::from(below) } else { disk::join(root, &below) }
}

/// Writes articles, or only returns their paths with [`Dry::Run`]. An article that was imported before is noted and not
/// written again; an existing file of other copy is an error.
pub fn write(root: &Path, folder: Option<&Path>, articles: &[Article], dry: Dry) -> (Vec<Written>, Report) {
    let mut report = Report::default();
    let known = imported(root, folder, articles);
    let mut written = Vec::with_capacity(articles.len());
    for article in articles {
        let path = path(root, folder, article);
        if let Some((_, old)) = known.iter().find(|(digest, _)| *digest == article.digest) {
            let message = format!("this copy was imported already, as `{}`", old.display());
            report.push(
                Diagnostic::note(codes::ALREADY_IMPORTED, message)
                    .help("edit that file, or delete it and import the copy again"),
            );
            written.push(Written { digest: article.digest.clone(), path: old.clone(), is_old: true });
            continue;
        }
        let done = match (disk::stat(&path), dry) {
            (Ok(disk::FileKind::Missing), Dry::Run) => Ok(()),
            (Ok(disk::FileKind::Missing), Dry::Not) => create(&path, &article.text),
            (Ok(_), _) => Err(exists(&path)),
            (Err(error), _) => Err(error.into()),
        };
        match done {
            Ok(()) => written.push(Written { digest: article.digest.clone(), path, is_old: false }),
            Err(problem) => report.push(problem),
        }
    }
    (written, report)
}

/// Whether files are really written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dry {
    /// Nothing is written: a dry run.
    Run,
    /// Files are written.
    Not,
}

fn create(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        disk::create_dir_all(folder)?;
    }
    match disk::create(path, text.as_bytes()) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(exists(path)),
        Err(error) => Err(error.into()),
    }
}

fn exists(path: &Path) -> Diagnostic {
    Diagnostic::error(codes::EXISTS, format!("`{}` is there already, from other copy", path.display()))
        .help("edit that file, or give the new one another name with `--slug`")
}

/// Finds content files that were imported from the same copy. It searches for the digest as text, so that files with
/// broken front matter are found, too.
fn imported(root: &Path, folder: Option<&Path>, articles: &[Article]) -> Vec<(String, PathBuf)> {
    let content = if root == Path::new(".") { PathBuf::from(CONTENT) } else { disk::join(root, CONTENT) };
    let mut found = Vec::new();
    for place in std::iter::once(content.as_path()).chain(folder) {
        let (entries, _) = disk::walk(place, CONTENT);
        for entry in entries.into_iter().filter(|entry| is_markdown(&entry.path)) {
            let Ok(text) = disk::read_to_string(&entry.file) else { continue };
            for article in articles {
                let line =
                    |line: &str| line.trim().strip_prefix("digest:").is_some_and(|rest| rest.contains(&article.digest));
                if text.contains(&article.digest) && text.lines().any(line) {
                    found.push((article.digest.clone(), entry.file.clone()));
                }
            }
        }
    }
    found
}
