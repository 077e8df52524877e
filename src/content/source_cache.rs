//! Cache of parsed source files, invalidated by size, modification time, change time and inode.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::asset::{Asset, AssetBytes};
use super::cache_file::{self, Cache, CacheChanges, Packed};
use super::document::{Document, Keep, Kept};
use super::folders::{CONTENT, STATIC, SourceFolder, is_markdown};
use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::disk::{self, Bounds, FileStat, Node, Rescan, SourceFile, Tree};
use crate::base::picture::{self, svg};
use crate::base::report::{Diagnostic, Place, Report};
use crate::config::Config;

/// Largest file, in bytes, that is read whole for its digest; larger ones are streamed, unless they are pictures.
const WHOLE: u64 = 4 * 1024 * 1024;

/// The parsed files of a site. The cache only saves time: an empty one gives the same site.
#[derive(Debug, Default)]
pub struct SourceCache {
    /// Digest of the configuration that the documents were parsed with.
    settings: Option<Digest>,
    content: Tree<Option<CachedFile>>,
    statics: Tree<Option<CachedFile>>,
    changed: Vec<String>,
    /// The cache file, if there is one.
    file: Option<PathBuf>,
    trusted: bool,
    cache: Option<Cache>,
    /// Paths that have disappeared since the cache was saved.
    gone: Vec<String>,
    /// Whether files went away during the run.
    has_lost: bool,
}

/// A file in the cache.
#[derive(Debug)]
pub(super) struct CachedFile {
    stat: FileStat,
    /// When the file was read, in nanoseconds since 1970.
    seen: i64,
    digest: Digest,
    pub(super) made: Parsed,
    pub(super) report: Report,
    unsaved: Unsaved,
}

/// The part of a file's entry that is not saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unsaved {
    Nothing,
    Stat,
    All,
}

/// The parsed form of a file.
#[derive(Debug)]
pub(super) enum Parsed {
    /// Serialised in the cache file.
    Packed(Packed),
    /// Unreadable, or of no known kind.
    Nothing,
    /// Went away after it was read, and counts as absent until the next scan.
    Lost,
    /// A content file.
    Document(Arc<Document>),
    /// A file that is published unchanged.
    Asset(Asset),
}

impl SourceCache {
    /// Opens the cache file at `file`. Its contents are used if `trusted`, and the cache is saved there.
    pub fn kept_at(file: PathBuf, trusted: bool) -> Self {
        Self { file: Some(file), trusted, ..Self::default() }
    }

    /// Takes the paths of files that are new, changed or gone since the last call.
    pub fn take_changed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.changed)
    }

    /// Marks a file as gone that disappeared after it was read, even if a new one has replaced it by now.
    pub fn lose(&mut self, path: &str) {
        let Some((folder, path)) = path.split_once('/') else { return };
        let tree = if folder == CONTENT { &mut self.content } else { &mut self.statics };
        let Some(known) = tree.nodes_mut().iter_mut().find(|node| node.entry.path == path) else { return };
        if let Some(known) = &mut known.made {
            (known.made, known.report, known.unsaved) = (Parsed::Lost, Report::default(), Unsaved::All);
            self.has_lost = true;
        }
    }

    /// Makes the next scan look for files that were marked as gone.
    pub fn find_lost(&mut self) {
        if std::mem::take(&mut self.has_lost) {
            let nodes = self.content.nodes_mut().iter_mut().chain(self.statics.nodes_mut());
            let is_lost = |known: &Option<CachedFile>| matches!(known, Some(CachedFile { made: Parsed::Lost, .. }));
            nodes.filter(|node| is_lost(&node.made)).for_each(|node| node.made = None);
        }
    }

    /// Drops documents that were parsed with other settings.
    pub(super) fn read_with(&mut self, config: &Config) {
        // The whole configuration counts, because only the parsers know which settings matter to a document.
        let settings = Some(config.digest());
        let (Some(now), before) = (settings, self.settings) else { return };
        if before == settings {
            return;
        }
        self.settings = settings;
        if let (None, Some(file)) = (before, &self.file) {
            let (cache, entries) = if self.trusted { Cache::read(file, now) } else { (Cache::none(file), Vec::new()) };
            self.cache = Some(cache);
            self.remember(entries);
        } else {
            self.content.forget();
            if let Some(cache) = &mut self.cache {
                cache.discard();
            }
        }
    }

    fn remember(&mut self, entries: Vec<cache_file::CacheEntry<Packed>>) {
        let (mut content, mut statics) = (Vec::new(), Vec::new());
        for cache_file::CacheEntry { path, stat, seen, digest, kept } in entries {
            let Some((folder, path)) = path.split_once('/') else { continue };
            let made = Parsed::Packed(kept);
            let nodes = if folder == CONTENT { &mut content } else { &mut statics };
            let known = CachedFile { stat, seen, digest, made, report: Report::default(), unsaved: Unsaved::Nothing };
            // The next scan corrects the location.
            let entry = SourceFile { path: path.to_owned(), file: PathBuf::new(), stat };
            nodes.push(Node { entry, made: Some(known) });
        }
        self.content = Tree::remembered(content);
        self.statics = Tree::remembered(statics);
    }

    /// Saves changes for the next run.
    pub fn save(&mut self) -> disk::Result<()> {
        let Self { settings: Some(settings), cache: Some(cache), content, statics, gone, .. } = self else {
            return Ok(());
        };
        let is_packed =
            |node: &Node<Option<CachedFile>>| matches!(&node.made, Some(CachedFile { made: Parsed::Packed(_), .. }));
        // Entries that were never deserialised are not copied into a rewritten file.
        let whole = cache.is_spent() && !content.nodes().iter().chain(statics.nodes()).any(is_packed);
        let mut changes = CacheChanges { gone: std::mem::take(gone), ..CacheChanges::default() };
        for (folder, tree) in [(CONTENT, &*content), (STATIC, &*statics)] {
            for Node { entry, made } in tree.nodes() {
                let Some(known) = made else { continue };
                let path = || format!("{folder}/{}", entry.path);
                let kept = match &known.made {
                    Parsed::Document(document) if known.report.is_empty() => Keep::Document(document),
                    Parsed::Asset(asset) if known.report.is_empty() => {
                        Keep::Asset(asset.size, asset.length, asset.raster)
                    }
                    Parsed::Packed(_) => {
                        if known.unsaved == Unsaved::Stat {
                            changes.seen.push((path(), known.stat, known.seen));
                        }
                        continue;
                    }
                    _ if known.unsaved == Unsaved::Nothing || whole => continue,
                    _ => {
                        changes.gone.push(path());
                        continue;
                    }
                };
                let CachedFile { stat, seen, digest, .. } = *known;
                match known.unsaved {
                    Unsaved::Nothing if !whole => {}
                    Unsaved::Stat if !whole => changes.seen.push((path(), stat, seen)),
                    _ => changes.made.push(cache_file::CacheEntry { path: path(), stat, seen, digest, kept }),
                }
            }
        }
        if whole {
            cache.write(*settings, changes)?;
        } else if !changes.is_empty() {
            cache.append(*settings, changes)?;
        }
        for node in content.nodes_mut().iter_mut().chain(statics.nodes_mut()) {
            if let Some(known) = &mut node.made {
                known.unsaved = Unsaved::Nothing;
            }
        }
        Ok(())
    }

    /// Scans a folder. `make` parses the files whose bytes have changed; for large files it gets no bytes.
    pub(super) fn rescan(
        &mut self,
        (root, bounds): (&Path, &Bounds),
        folder: SourceFolder,
        rescan: &Rescan,
        make: impl Fn(&SourceFile, Option<Vec<u8>>, Digest) -> (Parsed, Report) + Sync,
    ) {
        let (tree, is_ignored): (_, disk::Ignored) = match folder {
            SourceFolder::Content => (&mut self.content, disk::is_ignored),
            // Whatever is in `static/` is meant for readers, so files that are not published are reported.
            SourceFolder::Static => (&mut self.statics, disk::is_leftover),
        };
        let name = folder.name();
        let gone = tree.rescan(root, name, rescan, (is_ignored, bounds));
        let read = tree.nodes_mut().par_iter_mut().filter_map(|node| {
            let Node { entry, made: known } = node;
            refresh(entry, known, name, &make).then(|| format!("{name}/{}", entry.path))
        });
        let mut changed: Vec<String> = read.collect();
        let gone: Vec<String> = gone.into_iter().map(|path| format!("{name}/{path}")).collect();
        self.gone.extend_from_slice(&gone);
        changed.extend(gone);
        self.changed.append(&mut changed);
    }

    fn tree(&self, folder: SourceFolder) -> &Tree<Option<CachedFile>> {
        match folder {
            SourceFolder::Content => &self.content,
            SourceFolder::Static => &self.statics,
        }
    }

    /// Problems of scanning a folder.
    pub(super) fn walked(&self, folder: SourceFolder) -> &Report {
        self.tree(folder).report()
    }

    /// Hidden files of a folder that may be meant as stories.
    pub(super) fn hidden(&self, folder: SourceFolder) -> &Report {
        self.tree(folder).hidden()
    }

    /// Whether all folders could be scanned, and no file went away.
    pub fn is_whole(&self) -> bool {
        !self.has_lost && self.content.report().is_empty() && self.statics.report().is_empty()
    }

    /// Adds the paths and digests of all files to a digest.
    pub fn digest(&self, digester: &mut Digester) {
        for folder in [SourceFolder::Content, SourceFolder::Static] {
            for (entry, known) in self.files(folder) {
                digester.part(entry.path.as_bytes()).value(&known.digest);
            }
        }
    }

    /// Deserialises the cached files of a folder. Entries that are damaged are parsed again.
    pub(super) fn unpack(
        &mut self,
        folder: SourceFolder,
        make: impl Fn(&SourceFile, Option<Vec<u8>>, Digest) -> (Parsed, Report) + Sync,
    ) {
        let Some(cache) = &self.cache else { return };
        let tree = match folder {
            SourceFolder::Content => &mut self.content,
            SourceFolder::Static => &mut self.statics,
        };
        let name = folder.name();
        let file = std::sync::OnceLock::new();
        tree.nodes_mut().par_iter_mut().for_each(|Node { entry, made }| {
            let Some(known) = made else { return };
            let Parsed::Packed(packed) = known.made else { return };
            match packed.unpack(file.get_or_init(|| cache.bytes())) {
                Some(Kept::Document(document)) => known.made = Parsed::Document(Arc::from(document)),
                Some(Kept::Asset(size, length, raster)) => {
                    let (path, bytes) = (entry.path.clone(), AssetBytes::File(entry.file.clone()));
                    let digest = known.digest;
                    known.made = Parsed::Asset(Asset { path, bytes, digest, length, size, raster, text: None });
                }
                None => {
                    *made = None;
                    refresh(entry, made, name, &make);
                }
            }
        });
    }

    /// The files of a folder, by path.
    pub(super) fn files(&self, folder: SourceFolder) -> impl Iterator<Item = (&SourceFile, &CachedFile)> {
        self.tree(folder).nodes().iter().filter_map(|node| Some((&node.entry, node.made.as_ref()?)))
    }
}

/// Checks a file against its stat and digest. Returns whether its bytes have changed.
fn refresh(
    entry: &SourceFile,
    known: &mut Option<CachedFile>,
    folder: &str,
    read: &(impl Fn(&SourceFile, Option<Vec<u8>>, Digest) -> (Parsed, Report) + Sync),
) -> bool {
    let is_same = |known: &CachedFile| known.stat == entry.stat && known.stat.is_settled(known.seen);
    if known.as_ref().is_some_and(|known| matches!(known.made, Parsed::Lost) || is_same(known)) {
        return false;
    }
    let (stat, seen) = (entry.stat, disk::time());
    let bytes = if stat.size > WHOLE
        && !is_markdown(&entry.path)
        && !picture::is_name(&entry.path)
        && !svg::is_name(&entry.path)
    {
        disk::digest(&entry.file).map(|digest| (None, digest))
    } else {
        disk::read_sized(&entry.file, stat.size).map(|bytes| {
            let digest = Digest::of(&bytes);
            (Some(bytes), digest)
        })
    };
    match bytes {
        Ok((_, digest)) if known.as_ref().is_some_and(|known| known.digest == digest) => {
            if let Some(known) = known {
                (known.stat, known.seen) = (stat, seen);
                known.unsaved = known.unsaved.max(Unsaved::Stat);
            }
            false
        }
        Ok((bytes, digest)) => {
            let (made, report) = read(entry, bytes, digest);
            *known = Some(CachedFile { stat, seen, digest, made, report, unsaved: Unsaved::All });
            true
        }
        Err(error) => {
            let mut report = Report::default();
            // A file that disappeared since it was listed, such as an editor's draft, counts as absent.
            if !error.is_gone() {
                report.push(unreadable(&format!("{folder}/{}", entry.path), &error));
            }
            // No stat is this old, so the next scan tries again.
            let (seen, digest, made) = (i64::MIN, Digest::of(b""), Parsed::Nothing);
            *known = Some(CachedFile { stat, seen, digest, made, report, unsaved: Unsaved::All });
            true
        }
    }
}

/// Reports a file that cannot be read.
pub(super) fn unreadable(path: &str, error: &disk::Error) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE, format!("this file cannot be read: {}", error.kind()))
        .at(Place::file(path))
        .help("check its permissions")
}
