//! The release of drafts: `draft` is taken away, and `date` becomes the present.
//!
//! In: an assembled site, and paths of content files. Out: a [`Release`] for each, and [`write()`], which applies it. Edits
//! replace byte ranges, and the new text must parse to the old front matter with just these two keys changed. Deliberately
//! not here: the checks that follow, and printing.

mod front;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text::did_you_mean;
use crate::base::text::near::Near;
use crate::content::document::{Content, Document};
use crate::content::folders::{CONTENT, is_markdown};
use crate::content::load::{self, DocumentKind};
use crate::site::documents::appearance;
use crate::site::{Site, WithheldReason};

/// A draft that is to be released.
#[derive(Debug)]
pub struct Release {
    /// Path relative to the site's root, with `/`.
    pub path: String,
    /// What becomes of its `date`.
    pub date: Dating,
    /// When it will appear, if that is not at once.
    pub until: Option<Moment>,
    file: PathBuf,
    text: String,
    /// What the file will be.
    document: Arc<Document>,
}

/// What a release does with `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dating {
    /// It becomes this instant.
    Stamped(Moment),
    /// It stays, for this reason.
    Kept(Moment, KeptDate),
    /// There is none: a standing page has no date.
    Absent,
}

/// Why a `date` stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptDate {
    /// It lies ahead: the story was scheduled for then.
    Ahead,
    /// It names an edition, and its address.
    Edition,
    /// `urls.lock` lists the address: readers had the story before.
    Published,
}

/// Plans the release of the files at `paths`, which are relative to the site's root. The report has an error for each file
/// that cannot be released; nothing should be written then. The present is the instant as of which the site was assembled.
pub fn plan(root: &Path, site: &Site, paths: &[String]) -> (Vec<Release>, Report) {
    let (mut releases, mut report): (Vec<Release>, _) = (Vec::new(), Report::default());
    for path in paths {
        if releases.iter().any(|release| release.path == *path) {
            continue;
        }
        match release(root, site, path) {
            Ok(release) => releases.push(release),
            Err(problems) => report.extend(problems),
        }
    }
    (releases, report)
}

impl Release {
    /// What the file will be, once it is written.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }
}

/// Writes the released files. The first write error ends it and is in the report.
pub fn write(releases: &[Release]) -> (usize, Report) {
    let mut report = Report::default();
    for (done, Release { file, text, .. }) in releases.iter().enumerate() {
        // A symbolic link stays one: its target is written.
        if let Err(error) = disk::resolve(file).and_then(|file| disk::write(&file, text.as_bytes())) {
            report.push(error.into());
            return (done, report);
        }
    }
    (releases.len(), report)
}

fn release(root: &Path, site: &Site, path: &str) -> Result<Release, Report> {
    let refuse = |message: &str, help: String| {
        Err(only(Diagnostic::error(codes::NOT_RELEASED, message).at(Place::file(path)).help(help)))
    };
    let file = disk::join(root, path);
    let kind = path.strip_prefix(CONTENT).and_then(|path| DocumentKind::of(path.strip_prefix('/')?));
    let Some(kind) = kind.filter(|_| is_markdown(path) && disk::exists(&file)) else {
        return Err(only(missing(site, path)));
    };
    let bytes = disk::read(&file).map_err(|error| only(error.into()))?;
    let read = |bytes: &[u8]| load::load(path, bytes.to_vec(), kind, &site.config);
    let (document, problems) = read(&bytes);
    let Some(document) = document.filter(|_| !problems.has_errors()) else { return Err(problems.only_errors()) };
    let now = site.as_of;
    let is_ahead = |at: &Moment| at.instant() > now.instant();
    let (draft, embargo, expires) = match &document.content {
        Content::Article(head, _) => (head.draft, head.embargo, head.expires),
        Content::Briefing(head, _) => (head.draft, head.embargo, head.expires),
        Content::Entry(head, _) => (head.draft, head.embargo, None),
        Content::Page(head, _) => (head.draft, None, None),
        Content::Topic(..) | Content::Person(..) => {
            return refuse("topics and people are no drafts", "they are published with the site".to_owned());
        }
    };
    let embargo = embargo.filter(is_ahead);
    if !draft {
        return match embargo {
            Some(at) => refuse(
                &format!(
                    "this is not a draft: it appears by itself when its embargo ends, {}",
                    at.plain(&site.config.zone)
                ),
                "to publish it now, take `embargo` away".to_owned(),
            ),
            // The same command may run once more, after some of the files were released.
            None => Err(only(
                Diagnostic::note(codes::NOT_RELEASED, "this is no draft, and stays as it is")
                    .at(Place::file(path))
                    .help("`dateline list drafts` lists what can be released"),
            )),
        };
    }
    if let Some(at) = expires.filter(|at| !is_ahead(at)) {
        let message = format!("this has expired: `expires` is {}", at.short(&site.config.zone));
        return refuse(&message, "correct `expires`, or take it away".to_owned());
    }
    let date = dating(site, &document);
    let stamp = match date {
        Dating::Stamped(at) => Some(at.rfc3339(&site.config.zone)),
        Dating::Kept(..) | Dating::Absent => None,
    };
    // `load` has verified that this is UTF-8.
    let old = String::from_utf8(bytes).unwrap_or_default();
    let text = front::released(path, &old, stamp.as_deref());
    let text = text.and_then(|text| {
        let (after, problems) = read(text.as_bytes());
        let after = after.filter(|after| is_released(&document, after, stamp.as_deref(), site));
        Some((text, after.filter(|_| !problems.has_errors())?))
    });
    let Some((text, after)) = text else {
        return refuse(
            "this file is written in a way that no program can edit safely",
            "take `draft` away by hand, and set `date` to when it is published".to_owned(),
        );
    };
    let ahead = match date {
        Dating::Kept(at, KeptDate::Ahead | KeptDate::Edition) => Some(at).filter(is_ahead),
        _ => None,
    };
    let until = ahead.into_iter().chain(embargo).max_by_key(|at| at.instant());
    Ok(Release { path: path.to_owned(), date, until, file, text, document: Arc::new(as_it_will_be(document, after)) })
}

/// The document that is to be released, with the places of what is written in it now.
fn as_it_will_be(mut document: Document, after: Document) -> Document {
    match (&mut document.content, after.content) {
        (Content::Article(head, _), Content::Article(new, _)) => *head = new,
        (Content::Briefing(head, _), Content::Briefing(new, _)) => *head = new,
        (Content::Entry(head, entry), Content::Entry(new, released)) => (*head, *entry) = (new, released),
        (Content::Page(head, _), Content::Page(new, _)) => *head = new,
        (content, new) => *content = new,
    }
    (document.slug, document.route) = (after.slug, after.route);
    document
}

/// What becomes of the date of a draft.
fn dating(site: &Site, document: &Document) -> Dating {
    let date = match &document.content {
        Content::Briefing(head, _) => return Dating::Kept(head.date, KeptDate::Edition),
        Content::Article(head, _) => head.date,
        Content::Entry(head, _) => head.date,
        Content::Page(..) | Content::Topic(..) | Content::Person(..) => return Dating::Absent,
    };
    if appearance::recorded(document, &site.config, site.lock.as_deref()).is_some() {
        Dating::Kept(date, KeptDate::Published)
    } else if date.instant() > site.as_of.instant() {
        Dating::Kept(date, KeptDate::Ahead)
    } else {
        Dating::Stamped(site.as_of)
    }
}

/// Whether `after` is `before` with no more than the two keys changed.
fn is_released(before: &Document, after: &Document, stamp: Option<&str>, site: &Site) -> bool {
    let date = |old: Moment| stamp.map_or(Some(old), |stamp| Moment::parse(stamp, &site.config.zone).ok());
    match (&before.content, &after.content) {
        (Content::Article(old, _), Content::Article(new, _)) => {
            let Some(date) = date(old.date) else { return false };
            let mut head = (**old).clone();
            (head.draft, head.date) = (false, date);
            head == **new
        }
        (Content::Entry(old, _), Content::Entry(new, _)) => {
            let Some(date) = date(old.date) else { return false };
            let mut head = (**old).clone();
            (head.draft, head.date) = (false, date);
            head == **new
        }
        (Content::Briefing(old, _), Content::Briefing(new, _)) => {
            let mut head = (**old).clone();
            head.draft = false;
            head == **new
        }
        (Content::Page(old, _), Content::Page(new, _)) => {
            let mut head = (**old).clone();
            head.draft = false;
            head == **new
        }
        _ => false,
    }
}

fn only(problem: Diagnostic) -> Report {
    let mut report = Report::default();
    report.push(problem);
    report
}

fn missing(site: &Site, path: &str) -> Diagnostic {
    let problem = Diagnostic::error(codes::NOT_RELEASED, format!("no content file is called `{path}`"));
    let drafts = site.withheld.iter().filter(|held| held.reason == WithheldReason::Draft);
    match Near::of(drafts.map(|held| held.path.as_str())).to(path) {
        Some(near) => problem.help(did_you_mean(near)),
        None => problem.help("`dateline list drafts` lists what can be released"),
    }
}
