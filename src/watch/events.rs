//! What the system tells of changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::EventKind;
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::disk;

/// Something that happened.
#[derive(Debug)]
pub(super) enum Event {
    /// This file or folder may have changed: its path below the site's root.
    Touched(String),
    /// Events were lost.
    Lost,
    /// The waiting is to end.
    Stop,
}

/// Why the system cannot watch.
#[derive(Debug)]
pub(super) enum Failure {
    /// There are too many folders for it.
    TooMany,
    /// Another reason.
    Other(String),
}

/// The system's own watcher.
pub(super) struct System {
    watcher: RecommendedWatcher,
    root: PathBuf,
    /// The watched folders: their names, and where they really are.
    folders: BTreeMap<String, Option<PathBuf>>,
}

impl System {
    /// Watches `folders` below `root`, those that are there and those that come, and the file `config`.
    pub(super) fn start(
        root: PathBuf,
        config: PathBuf,
        folders: &[&str],
        events: Sender<Event>,
    ) -> Result<Self, Failure> {
        let names: Vec<String> = folders.iter().map(|name| (*name).to_owned()).collect();
        let handler = handler(root.clone(), config.clone(), names.clone(), events);
        let watcher = notify::recommended_watcher(handler)?;
        let folders = names.into_iter().map(|name| (name, None)).collect();
        let mut system = Self { watcher, root: root.clone(), folders };
        // Folders are watched, never single files: most editors save by moving a new file into the old one's place.
        system.watcher.watch(&root, RecursiveMode::NonRecursive)?;
        if let Some(folder) = config.parent().filter(|folder| *folder != root) {
            system.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        system.follow()?;
        Ok(system)
    }

    /// Watches the folders that have come, been moved or linked elsewhere. True when one of them has changed so that
    /// all of it must be looked at.
    pub(super) fn refresh(&mut self, touched: &BTreeSet<String>) -> bool {
        if !touched.iter().any(|path| self.folders.contains_key(path)) {
            return false;
        }
        // A folder that cannot be watched any more is looked at now, and when the next one changes.
        let _ = self.follow();
        true
    }

    fn follow(&mut self) -> Result<(), Failure> {
        for (name, known) in &mut self.folders {
            let path = self.root.join(name);
            let real = disk::resolve(&path).ok().filter(|real| real.is_dir());
            if *known == real {
                continue;
            }
            if known.take().is_some() {
                // It may be gone, and its watch with it.
                let _ = self.watcher.unwatch(&path);
            }
            if real.is_some() {
                self.watcher.watch(&path, RecursiveMode::Recursive)?;
                *known = real;
            }
        }
        Ok(())
    }
}

fn handler(
    root: PathBuf,
    config: PathBuf,
    folders: Vec<String>,
    events: Sender<Event>,
) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    move |event| {
        let tell = |event: Event| {
            // Nobody waits any more.
            let _ = events.send(event);
        };
        match event {
            Ok(event) if event.need_rescan() => tell(Event::Lost),
            // Reading a file is no reason to read it again.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) => {
                for path in &event.paths {
                    if let Some(path) = source(path, &root, &config, &folders) {
                        tell(Event::Touched(path));
                    }
                }
            }
            Err(_) => tell(Event::Lost),
        }
    }
}

/// The path of a source below the root; none when the path is no source.
fn source(path: &Path, root: &Path, config: &Path, folders: &[String]) -> Option<String> {
    if path == config {
        return Some(String::new());
    }
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    // A name that is not UTF-8 is a problem of the folder that it is in.
    let Some(parts) = parts else { return source(path.parent()?, root, config, folders) };
    folders.iter().any(|folder| parts.first() == Some(&folder.as_str())).then(|| parts.join("/"))
}

impl From<notify::Error> for Failure {
    fn from(error: notify::Error) -> Self {
        match &error.kind {
            ErrorKind::MaxFilesWatch => Self::TooMany,
            ErrorKind::Io(io) if io.raw_os_error() == Some(24) => Self::TooMany,
            _ => Self::Other(error.to_string()),
        }
    }
}
