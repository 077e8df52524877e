//! What was made of each source file, kept for as long as the file stays the same.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::asset::Asset;
use super::document::Document;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk::{self, Entry, Look, Mark, Node, Tree};
use crate::base::report::{Diagnostic, Place, Report};
use crate::config::Config;

/// Files up to this size are read whole for their digest; larger ones are streamed.
const WHOLE: u64 = 4 * 1024 * 1024;

/// What was made of the files of a site. It only saves time: with another memory, or none, the same is made.
#[derive(Debug, Default)]
pub struct Memory {
    /// The digest of the configuration that the documents were read with.
    settings: Option<Digest>,
    content: Tree<Option<Known>>,
    statics: Tree<Option<Known>>,
    changed: Vec<String>,
}

/// What is known of a file.
#[derive(Debug)]
pub(super) struct Known {
    mark: Mark,
    /// When the file was read.
    seen: i128,
    digest: Digest,
    pub(super) made: Made,
    pub(super) report: Report,
}

/// What a file is.
#[derive(Debug)]
pub(super) enum Made {
    /// It could not be read, or nothing reads it.
    Nothing,
    /// A content file.
    Document(Arc<Document>),
    /// A file to publish as it is.
    Asset(Asset),
}

/// Which files.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Those below `content/`.
    Content,
    /// Those below `static/`.
    Static,
}

impl Memory {
    /// The paths of the files that are new, different or gone since this was last asked.
    pub fn take_changed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.changed)
    }

    /// Documents that were read with other settings are forgotten.
    pub(super) fn read_with(&mut self, config: &Config) {
        // All of it: which settings matter to a document is for the readers to know.
        let settings = Some(Digest::of(format!("{config:?}").as_bytes()));
        if self.settings != settings {
            self.content.forget();
            self.settings = settings;
        }
    }

    /// Looks at a folder again. `make` is asked for the files whose bytes are new; it gets no bytes for large ones.
    pub(super) fn look(
        &mut self,
        root: &Path,
        (name, part): (&str, Part),
        look: &Look,
        make: impl Fn(&Entry, Option<Vec<u8>>, Digest) -> (Made, Report) + Sync,
    ) -> Report {
        let tree = match part {
            Part::Content => &mut self.content,
            Part::Static => &mut self.statics,
        };
        let (gone, report) = tree.look(root, name, look);
        let read = tree.nodes_mut().par_iter_mut().filter_map(|node| {
            let Node { entry, made: known } = node;
            refresh(entry, known, name, &make).then(|| format!("{name}/{}", entry.path))
        });
        let mut changed: Vec<String> = read.collect();
        changed.extend(gone.into_iter().map(|path| format!("{name}/{path}")));
        self.changed.append(&mut changed);
        report
    }

    /// What is known of the files of a folder, by path.
    pub(super) fn files(&self, part: Part) -> impl Iterator<Item = (&str, &Known)> {
        let tree = match part {
            Part::Content => &self.content,
            Part::Static => &self.statics,
        };
        tree.nodes().iter().filter_map(|node| Some((&*node.entry.path, node.made.as_ref()?)))
    }
}

/// Looks at a file; true when its bytes are not those that are known.
fn refresh(
    entry: &Entry,
    known: &mut Option<Known>,
    folder: &str,
    read: &(impl Fn(&Entry, Option<Vec<u8>>, Digest) -> (Made, Report) + Sync),
) -> bool {
    if known.as_ref().is_some_and(|known| known.mark == entry.mark && known.mark.is_settled(known.seen)) {
        return false;
    }
    let (mark, seen) = (entry.mark, disk::time());
    let bytes = if mark.size > WHOLE && !super::gather::is_markdown(&entry.path) {
        disk::digest(&entry.file).map(|digest| (None, digest))
    } else {
        disk::read_sized(&entry.file, mark.size).map(|bytes| {
            let digest = Digest::of(&bytes);
            (Some(bytes), digest)
        })
    };
    match bytes {
        Ok((_, digest)) if known.as_ref().is_some_and(|known| known.digest == digest) => {
            if let Some(known) = known {
                (known.mark, known.seen) = (mark, seen);
            }
            false
        }
        Ok((bytes, digest)) => {
            let (made, report) = read(entry, bytes, digest);
            *known = Some(Known { mark, seen, digest, made, report });
            true
        }
        Err(error) => {
            let mut report = Report::default();
            report.push(unreadable(&format!("{folder}/{}", entry.path), &error));
            // No mark is this old: the next look tries again.
            *known = Some(Known { mark, seen: i128::MIN, digest: Digest::of(b""), made: Made::Nothing, report });
            true
        }
    }
}

/// A file that cannot be read.
pub(super) fn unreadable(path: &str, error: &disk::Error) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE, format!("this file cannot be read: {}", error.kind()))
        .at(Place::file(path))
        .help("check its permissions")
}
