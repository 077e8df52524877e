//! Deployment to a folder: a release for each state of the site, and a symbolic link to the live one.
//!
//! ```text
//! current -> releases/3f9a1c2b5d7e9f01
//! history                     names of the releases, in the order of deployment
//! lock
//! releases/3f9a1c2b5d7e9f01/
//!     public/                 the document root; the base URL's path is folders in it
//!     hosting/                configuration snippets for web servers to include
//!     manifest                the objects in `public`
//! ```
//!
//! A release under its final name is complete: it is staged under a name that ends in `~` and renamed. Files that are
//! the same as in the live release are hard links to it, which takes no space and keeps their modification times.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::changes::{Changes, Listing, changes, check_deletions};
use super::done::Done;
use super::manifest::{KnownObject, Manifest};
use super::objects::Published;
use super::options::DeployOptions;
use super::refusal::{Result, stopped};
use super::stories::Stories;
use crate::base::codes;
use crate::base::digest::Digester;
use crate::base::disk::{self, FileKind, Lock, Locking};
use crate::base::report::{Diagnostic, Report};
use crate::config::{Folder, Limit};
use crate::content::statement::Statement;

const RELEASES: &str = "releases";
const CURRENT: &str = "current";
const HISTORY: &str = "history";
const LOCK: &str = "lock";
const MANIFEST: &str = "manifest";
const PUBLIC: &str = "public";
const HOSTING: &str = "hosting";
/// Hexadecimal digits of a release's name.
const NAME_LENGTH: usize = 16;

/// Limits of a deployment: the releases to keep, and the objects that may be deleted.
pub(super) struct Limits {
    pub(super) keep: usize,
    pub(super) deletions: Option<Limit>,
}

pub(super) fn deploy(
    folder: &Path,
    site: &Published,
    Limits { keep, deletions }: Limits,
    stories: &Stories<'_>,
    options: &DeployOptions<'_>,
) -> Result<(Done, Report)> {
    check(folder)?;
    let _lock = if options.dry_run { None } else { Some(lock(folder)?) };
    let releases = folder.join(RELEASES);
    let before = Release::live(folder);
    let manifest = before.as_ref().map(|release| release.manifest.clone()).unwrap_or_default();
    let listing: Listing = manifest.objects.iter().map(|(key, known)| (key.clone(), known.size.unwrap_or(0))).collect();
    let mut changes = changes(&site.objects, &manifest, &listing, &BTreeSet::new(), options.now.as_second());
    check_deletions(&changes, listing.len(), deletions)?;
    (options.show)(&changes, site);
    let name = name(site)?;
    if options.dry_run {
        return Ok((Done { changes, traffic: None, release: Some(name) }, Report::default()));
    }
    clear(folder, &name)?;
    let said = stories.of(&manifest, !changes.steps.is_empty());
    let known = manifest_of(&releases.join(&name));
    if let Some(known) = known {
        // The same site, of which more may be known.
        if known.stories != said {
            let known = Manifest { stories: said, ..known };
            disk::write_durably(&releases.join(&name).join(MANIFEST), &known.encode()).map_err(Diagnostic::from)?;
        }
    } else {
        let draft = releases.join(format!(".{name}~"));
        let objects = stage(&draft, site, before.as_ref(), &mut changes, options)?;
        let manifest = Manifest { objects, stories: said };
        disk::write_durably(&draft.join(MANIFEST), &manifest.encode()).map_err(Diagnostic::from)?;
        disk::rename(&draft, &releases.join(&name)).map_err(Diagnostic::from)?;
    }
    switch(folder, &name)?;
    let mut history = history(folder);
    history.retain(|known| *known != name);
    history.push(name.clone());
    prune(folder, &mut history, keep)?;
    Ok((Done { changes, traffic: None, release: Some(name) }, Report::default()))
}

/// The path of the target's folder, relative to the site's root unless absolute, without `.` components.
pub(super) fn at(root: &Path, folder: &Folder) -> PathBuf {
    root.join(&folder.path).components().filter(|part| *part != Component::CurDir).collect()
}

/// The releases before and after a rollback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The name of the release that was live.
    pub from: String,
    /// The name of the release that is live now.
    pub to: String,
}

/// Switches to the complete release that was deployed before the live one. Fails when there is none, or when `fits`,
/// called with the `public` folder of that release, refuses it.
pub(super) fn rollback(folder: &Path, fits: impl FnOnce(&Path) -> Result<()>) -> Result<RolledBack> {
    if !disk::exists(&folder.join(HISTORY)) {
        let message = format!("nothing was deployed to `{}` yet", folder.display());
        return Err(Box::new(Diagnostic::error(codes::NO_RELEASE, message).help("deploy first: `dateline deploy`")));
    }
    let _lock = lock(folder)?;
    let history = history(folder);
    let from = live(folder).unwrap_or_default();
    let at = history.iter().position(|name| *name == from).unwrap_or(history.len());
    let is_whole = |name: &&String| disk::exists(&folder.join(RELEASES).join(name).join(MANIFEST));
    let Some(to) = history[..at].iter().rev().find(is_whole).cloned() else {
        let message = format!("`{}` has no release before `{from}`", folder.display());
        let help =
            "`keep` sets how many releases are kept; to go further back, check out the old sources and deploy them";
        return Err(Box::new(Diagnostic::error(codes::NO_RELEASE, message).help(help)));
    };
    fits(&folder.join(RELEASES).join(&to).join(PUBLIC))?;
    switch(folder, &to)?;
    Ok(RolledBack { from, to })
}

/// A complete release.
struct Release {
    public: PathBuf,
    manifest: Manifest,
}

impl Release {
    /// The live release; `None` when there is none or its manifest cannot be read.
    fn live(folder: &Path) -> Option<Self> {
        let release = folder.join(RELEASES).join(live(folder)?);
        Some(Self { public: release.join(PUBLIC), manifest: manifest_of(&release)? })
    }
}

/// The manifest of a release; `None` when it cannot be read.
fn manifest_of(release: &Path) -> Option<Manifest> {
    Manifest::decode(&disk::read(&release.join(MANIFEST)).ok()?)
}

/// What the stories of the live release said, in digests; `None` when that is unknown.
pub(super) fn stories(folder: &Path) -> Option<Vec<Statement>> {
    manifest_of(&folder.join(RELEASES).join(live(folder)?))?.stories
}

/// The name of the live release, from the symbolic link.
fn live(folder: &Path) -> Option<String> {
    Some(disk::read_link(&folder.join(CURRENT))?.file_name()?.to_string_lossy().into_owned())
}

/// Fails when the folder is a file, or is not empty and not a folder of releases.
fn check(folder: &Path) -> Result<()> {
    let refuse = |reason: &str| {
        let message = format!("`{}` {reason}, and is not a folder of releases", folder.display());
        Err(Box::new(
            Diagnostic::error(codes::OUTPUT_REFUSED, message).help("name a new or empty folder in `to` of the target"),
        ))
    };
    match disk::stat(folder).map_err(Diagnostic::from)? {
        FileKind::Missing => Ok(()),
        FileKind::File(_) => refuse("is a file"),
        FileKind::Folder | FileKind::Other => {
            let names = disk::list(folder).map_err(Diagnostic::from)?;
            let ours = [RELEASES, CURRENT, HISTORY, LOCK];
            let foreign = names.iter().any(|(name, _)| !ours.iter().any(|known| name == known));
            let is_known = disk::exists(&folder.join(RELEASES));
            if foreign && !is_known { refuse("is not empty") } else { Ok(()) }
        }
    }
}

fn lock(folder: &Path) -> Result<Lock> {
    disk::create_dir_all(&folder.join(RELEASES)).map_err(Diagnostic::from)?;
    match disk::lock(&folder.join(LOCK), "").map_err(Diagnostic::from)? {
        Locking::Taken(lock) => Ok(lock),
        Locking::Held(_) => {
            let message = format!("another deployment to `{}` is running", folder.display());
            Err(Box::new(
                Diagnostic::error(codes::DEPLOY_BUSY, message).help("wait until it has ended, then deploy again"),
            ))
        }
    }
}

/// The release's name: a digest of paths, contents and snippets, so that the same site has the same name.
fn name(site: &Published) -> Result<String> {
    let mut digester = Digester::new();
    digester.value(&site.base);
    for object in &site.objects {
        digester.value(&object.key).value(&object.content);
    }
    for (name, file) in &site.snippets {
        digester.value(name).value(&disk::digest(file).map_err(Diagnostic::from)?);
    }
    let mut name = digester.finish().to_string();
    name.truncate(NAME_LENGTH);
    Ok(name)
}

/// Whether a name can be that of a release.
fn is_release(name: &str) -> bool {
    name.len() == NAME_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Removes what interrupted deployments have left: staging folders, and releases that the history does not name: they were
/// dropped from it and not deleted yet, or never went live. The live release stays, and `next`, the one to deploy.
fn clear(folder: &Path, next: &str) -> Result<()> {
    let releases = folder.join(RELEASES);
    let (history, live) = (history(folder), live(folder));
    for (name, _) in disk::list(&releases).map_err(Diagnostic::from)? {
        let name = name.to_string_lossy();
        let is_known = name == next || live.as_deref() == Some(&name) || history.iter().any(|known| *known == name);
        if name.ends_with('~') {
            disk::remove_dir_all(&releases.join(&*name)).map_err(Diagnostic::from)?;
        } else if is_release(&name) && !is_known {
            remove(&releases, &name)?;
        }
    }
    Ok(())
}

/// Copies everything but the manifest, and returns the objects for that.
fn stage(
    draft: &Path,
    site: &Published,
    before: Option<&Release>,
    changes: &mut Changes,
    options: &DeployOptions<'_>,
) -> Result<BTreeMap<String, KnownObject>> {
    let root = disk::join(&draft.join(PUBLIC), site.base.trim_start_matches('/'));
    let mut made = BTreeSet::new();
    // Retired fingerprinted files are carried over, because pages that readers have open still request them.
    let retired = changes.after.iter().filter(|(_, known)| known.retired.is_some());
    let retired: BTreeMap<String, KnownObject> = retired.map(|(key, known)| (key.clone(), known.clone())).collect();
    let mut entries = BTreeMap::new();
    let mut place = |key: &str| -> Result<PathBuf> {
        let path = disk::join(&root, key);
        let above = path.parent().unwrap_or(&root).to_owned();
        if !made.contains(&above) {
            disk::create_dir_all(&above).map_err(Diagnostic::from)?;
            made.insert(above);
        }
        Ok(path)
    };
    let old_root = before.map(|release| disk::join(&release.public, site.base.trim_start_matches('/')));
    // Takes a file over from the live release as a hard link, or as a copy where the file system has no hard links.
    let link = |key: &str, to: &Path| -> bool {
        let Some(old) = old_root.as_ref().map(|root| disk::join(root, key)) else { return false };
        disk::hard_link(&old, to).is_ok() || disk::copy(&old, to).is_ok()
    };
    for object in &site.objects {
        if (options.stop)() {
            return Err(stopped());
        }
        let to = place(&object.key)?;
        let is_same = changes.after.get(&object.key).is_some_and(|known| known.digest == Some(object.digest));
        if !(is_same && link(&object.key, &to)) {
            let (digest, _) = disk::copy(&object.file, &to).map_err(Diagnostic::from)?;
            super::store::same(digest, object.content, &object.key)?;
        }
        let known = KnownObject { digest: Some(object.digest), size: Some(object.size), retired: None };
        entries.insert(object.key.clone(), known);
    }
    for (key, known) in retired {
        if link(&key, &place(&key)?) {
            entries.insert(key, known);
        }
    }
    let hosting = draft.join(HOSTING);
    disk::create_dir_all(&hosting).map_err(Diagnostic::from)?;
    for (name, file) in &site.snippets {
        disk::copy(file, &disk::join(&hosting, name)).map_err(Diagnostic::from)?;
    }
    Ok(entries)
}

fn switch(folder: &Path, name: &str) -> Result<()> {
    let target = Path::new(RELEASES).join(name);
    let link = folder.join(CURRENT);
    if disk::read_link(&link).as_deref() == Some(&target) {
        return Ok(());
    }
    disk::switch_link(&link, &target).map_err(|error| Box::new(Diagnostic::from(error)))
}

/// The names of the releases in the order of deployment; empty when there is no history.
fn history(folder: &Path) -> Vec<String> {
    let text = disk::read_to_string(&folder.join(HISTORY)).unwrap_or_default();
    let is_name = |line: &&str| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.lines().filter(is_name).map(str::to_owned).collect()
}

/// Deletes the oldest releases beyond `keep`. The live one is the last of the history.
fn prune(folder: &Path, history: &mut Vec<String>, keep: usize) -> Result<()> {
    let releases = folder.join(RELEASES);
    let old: Vec<String> = history.drain(..history.len().saturating_sub(keep)).collect();
    disk::write(&folder.join(HISTORY), format!("{}\n", history.join("\n")).as_bytes()).map_err(Diagnostic::from)?;
    for name in old {
        if disk::exists(&releases.join(&name)) {
            remove(&releases, &name)?;
        }
    }
    Ok(())
}

/// Deletes a release. It is renamed first, so that a half-deleted one never has the name of a complete one.
fn remove(releases: &Path, name: &str) -> Result<()> {
    let doomed = releases.join(format!(".{name}~"));
    disk::rename(&releases.join(name), &doomed).map_err(Diagnostic::from)?;
    disk::remove_dir_all(&doomed).map_err(Diagnostic::from)?;
    Ok(())
}
