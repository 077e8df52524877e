//! File system events.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::EventKind;
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::disk;
use crate::pipeline::{self, Request};

/// Most times that the watch is set up again while links change.
const ROUNDS: usize = 8;

/// An event.
#[derive(Debug)]
pub(super) enum Event {
    /// This file or folder may have changed: a path below the site's root.
    Touched(String),
    /// A path outside the site may have changed that links of the site lead through or to.
    Elsewhere(PathBuf),
    /// Events were lost, so that anything may have changed.
    Lost,
    /// Stop waiting.
    Stop,
}

/// Why the operating system cannot watch.
#[derive(Debug)]
pub(super) enum Failure {
    /// There are more folders than it can watch.
    TooMany,
    /// Any other error.
    Other(String),
}

/// The operating system's watcher.
pub(super) struct System {
    /// The site, with symbolic links above its root and configuration resolved.
    request: Request,
    names: &'static [&'static str],
    events: Sender<Event>,
    watcher: RecommendedWatcher,
    scope: Scope,
}

/// The folders that are watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Scope {
    /// Recursively: the folders of sources, and the real paths of folders that links lead to.
    folders: BTreeSet<PathBuf>,
    /// Not recursively: the parents of those, of links and of link targets.
    above: BTreeSet<PathBuf>,
    /// Paths that links lead through and to.
    trails: BTreeSet<PathBuf>,
}

impl System {
    /// Watches the folders `names` of a site, including those that do not exist yet, the configuration, and the targets
    /// of links.
    pub(super) fn start(
        request: Request,
        names: &'static [&'static str],
        events: Sender<Event>,
    ) -> Result<Self, Failure> {
        let scope = Scope::of(&request, names);
        let watcher = watcher(&request, names, &scope, events.clone())?;
        let mut system = Self { request, names, events, watcher, scope };
        system.settle(false)?;
        Ok(system)
    }

    /// Adjusts the watch to what was created, moved or relinked. Returns whether everything must be scanned again.
    pub(super) fn refresh(&mut self, touched: &BTreeSet<String>, elsewhere: &BTreeSet<PathBuf>) -> bool {
        let is_named = touched.iter().any(|path| self.names.contains(&path.as_str()));
        let may_link = |path: &String| {
            let found = disk::stat(&self.request.root.join(path));
            matches!(found, Ok(disk::FileKind::Folder | disk::FileKind::Other))
        };
        if self.scope.trails.is_empty() && !is_named && !touched.iter().any(may_link) {
            return false;
        }
        let is_replaced = elsewhere.iter().any(|path| self.scope.has(path));
        // A folder that cannot be watched is scanned now, and again when the next one changes.
        let _ = self.settle(is_named || is_replaced);
        // A file can have several names through links, and the system reports only one.
        is_named || !elsewhere.is_empty() || !self.scope.trails.is_empty()
    }

    /// Sets up the watch repeatedly until it covers the targets of all links. Each time from scratch: the system keeps
    /// one watch per folder, however many names it has, and removing the watch under one name removes it under all.
    fn settle(&mut self, mut is_replaced: bool) -> Result<(), Failure> {
        for _ in 0..ROUNDS {
            let scope = Scope::of(&self.request, self.names);
            if scope == self.scope && !is_replaced {
                break;
            }
            is_replaced = false;
            self.watcher = watcher(&self.request, self.names, &scope, self.events.clone())?;
            self.scope = scope;
        }
        Ok(())
    }
}

impl Scope {
    fn of(request: &Request, names: &[&str]) -> Self {
        let bounds = pipeline::bounds(request);
        let Request { root, config, .. } = request;
        let mut scope = Self::default();
        // Folders are watched, never single files: most editors save by moving a new file into place.
        scope.above.insert(root.clone());
        scope.above.extend(config.parent().map(Path::to_owned));
        for name in names {
            let folder = root.join(name);
            scope.trails.append(&mut disk::trails(&folder, &bounds));
            scope.folders.insert(folder);
        }
        scope.trails.append(&mut disk::trail(config));
        for path in &scope.trails {
            scope.above.extend(path.parent().map(Path::to_owned));
            scope.folders.insert(path.clone());
        }
        scope.folders.retain(|path| matches!(disk::stat(path), Ok(disk::FileKind::Folder)));
        let Self { folders, above, .. } = &mut scope;
        let is_below = |path: &Path| path.ancestors().skip(1).any(|above| folders.contains(above));
        above.retain(|path| !folders.contains(path) && !is_below(path));
        let inner: Vec<PathBuf> = folders.iter().filter(|path| is_below(path)).cloned().collect();
        folders.retain(|path| !inner.contains(path));
        scope
    }

    /// Whether a path is in a watched folder.
    fn has(&self, path: &Path) -> bool {
        self.folders.contains(path) || self.above.contains(path)
    }

    /// Whether an event outside the site's folders may concern a link target.
    fn concerns(&self, path: &Path) -> bool {
        !self.trails.is_empty()
            && (self.trails.contains(path)
                || self.has(path)
                || path.ancestors().any(|above| self.folders.contains(above)))
    }
}

fn watcher(
    request: &Request,
    names: &'static [&'static str],
    scope: &Scope,
    events: Sender<Event>,
) -> Result<RecommendedWatcher, Failure> {
    let handler = handler(request, names, scope.clone(), events);
    // Links are followed here: the watcher cannot handle two names of one folder.
    let settings = notify::Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(handler, settings)?;
    for (folders, mode) in [(&scope.above, RecursiveMode::NonRecursive), (&scope.folders, RecursiveMode::Recursive)] {
        for folder in folders.iter().filter(|folder| disk::exists(folder)) {
            match watcher.watch(folder, mode) {
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                result => result?,
            }
        }
    }
    Ok(watcher)
}

fn handler(
    request: &Request,
    names: &'static [&'static str],
    scope: Scope,
    events: Sender<Event>,
) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    let Request { root, config, .. } = request.clone();
    move |event| {
        let tell = |event: Event| {
            // The receiver is gone when nobody waits any more.
            let _ = events.send(event);
        };
        match event {
            Ok(event) if event.need_rescan() => tell(Event::Lost),
            // Reading a file does not change it.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) => {
                for path in &event.paths {
                    if let Some(path) = source(path, &root, &config, names) {
                        tell(Event::Touched(path));
                    }
                    if scope.concerns(path) {
                        tell(Event::Elsewhere(path.clone()));
                    }
                }
            }
            Err(_) => tell(Event::Lost),
        }
    }
}

/// The path of a source relative to the root; `None` when the path is no source.
fn source(path: &Path, root: &Path, config: &Path, names: &[&str]) -> Option<String> {
    if path == config {
        return Some(String::new());
    }
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    // A name that is not UTF-8 is reported with the folder it is in.
    let Some(parts) = parts else { return source(path.parent()?, root, config, names) };
    parts.first().is_some_and(|first| names.contains(first)).then(|| parts.join("/"))
}

/// `EMFILE`, too many open files, for which std has no name. It is 24 on Linux, macOS and the BSDs.
const TOO_MANY_FILES: i32 = 24;

impl From<notify::Error> for Failure {
    fn from(error: notify::Error) -> Self {
        match &error.kind {
            ErrorKind::MaxFilesWatch => Self::TooMany,
            ErrorKind::Io(io) if cfg!(unix) && io.raw_os_error() == Some(TOO_MANY_FILES) => Self::TooMany,
            _ => Self::Other(error.to_string()),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_has_no_room_for_more_watches_is_told_from_other_failures() {
        let error = std::io::Error::from_raw_os_error(TOO_MANY_FILES);
        assert!(error.to_string().to_lowercase().contains("too many open files"), "{error}");
        assert!(matches!(Failure::from(notify::Error::io(error)), Failure::TooMany));
        assert!(matches!(Failure::from(notify::Error::new(ErrorKind::MaxFilesWatch)), Failure::TooMany));
        let other = std::io::Error::from_raw_os_error(5);
        assert!(matches!(Failure::from(notify::Error::io(other)), Failure::Other(_)));
    }
}
