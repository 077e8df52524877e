//! A deployment into a folder: a release for each state of the site, and a link to the one that is live.
//!
//! ```text
//! current -> releases/3f9a1c2b5d7e9f01
//! history                     the releases, in the order in which they were deployed
//! lock
//! releases/3f9a1c2b5d7e9f01/
//!     public/                 what the web server serves; a path of the site's address is folders in it
//!     hosting/                what the web server includes
//!     manifest                what is in `public`
//! ```
//!
//! A release is complete when it has its name: until then it is made beside, under a name that ends in `~`. Files that
//! are the same in the release that was live are hard links to its files, so that they cost no space and keep their times.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::changes::{Changes, Listing, changes, check_deletions};
use super::done::Done;
use super::manifest::{KnownObject, Manifest};
use super::objects::Published;
use super::options::DeployOptions;
use super::refusal::Result;
use crate::base::codes;
use crate::base::digest::Digester;
use crate::base::disk::{self, FileKind, Lock, Locking};
use crate::base::report::{Diagnostic, Report};
use crate::config::{Folder, Limit};

const RELEASES: &str = "releases";
const CURRENT: &str = "current";
const HISTORY: &str = "history";
const LOCK: &str = "lock";
const MANIFEST: &str = "manifest";
const PUBLIC: &str = "public";
const HOSTING: &str = "hosting";

/// How many releases are kept, and how many objects may be deleted.
pub(super) struct Limits {
    pub(super) keep: usize,
    pub(super) deletions: Option<Limit>,
}

pub(super) fn deploy(
    folder: &Path,
    site: &Published,
    Limits { keep, deletions }: Limits,
    options: &DeployOptions<'_>,
) -> Result<(Done, Report)> {
    check(folder)?;
    let _lock = if options.dry_run { None } else { Some(lock(folder)?) };
    let releases = folder.join(RELEASES);
    let before = Release::live(folder);
    let manifest = before.as_ref().map(|release| release.manifest.clone()).unwrap_or_default();
    let listing: Listing = manifest.0.iter().map(|(key, known)| (key.clone(), known.size.unwrap_or(0))).collect();
    let mut changes = changes(&site.objects, &manifest, &listing, &BTreeSet::new(), options.now.as_second());
    check_deletions(&changes, listing.len(), deletions)?;
    (options.show)(&changes, site);
    let name = name(site)?;
    if options.dry_run {
        return Ok((Done { changes, traffic: None, release: Some(name) }, Report::default()));
    }
    clear(&releases)?;
    if !disk::exists(&releases.join(&name).join(MANIFEST)) {
        let draft = releases.join(format!(".{name}~"));
        stage(&draft, site, before.as_ref(), &mut changes, options)?;
        disk::rename(&draft, &releases.join(&name)).map_err(Diagnostic::from)?;
    }
    switch(folder, &name)?;
    let mut history = history(folder);
    history.retain(|known| *known != name);
    history.push(name.clone());
    prune(folder, &mut history, keep)?;
    Ok((Done { changes, traffic: None, release: Some(name) }, Report::default()))
}

/// Where a folder is: from the site's folder, and without a `.` in the way.
pub(super) fn at(root: &Path, folder: &Folder) -> PathBuf {
    root.join(&folder.path).components().filter(|part| *part != Component::CurDir).collect()
}

/// What going back did: the release that was live, and the one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The release that was live.
    pub from: String,
    /// The release that is live now.
    pub to: String,
}

/// Lets the release be live that was deployed before the one that is. `fits` is asked before with the folder that would be
/// served.
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
            "how many stay is `keep` of the target; an older state comes back when its sources are deployed again";
        return Err(Box::new(Diagnostic::error(codes::NO_RELEASE, message).help(help)));
    };
    fits(&folder.join(RELEASES).join(&to).join(PUBLIC))?;
    switch(folder, &to)?;
    Ok(RolledBack { from, to })
}

/// A release that is there.
struct Release {
    public: PathBuf,
    manifest: Manifest,
}

impl Release {
    /// The one that is live.
    fn live(folder: &Path) -> Option<Self> {
        let release = folder.join(RELEASES).join(live(folder)?);
        let manifest = Manifest::decode(&disk::read(&release.join(MANIFEST)).ok()?)?;
        Some(Self { public: release.join(PUBLIC), manifest })
    }
}

/// The name of the release that is live.
fn live(folder: &Path) -> Option<String> {
    Some(disk::read_link(&folder.join(CURRENT))?.file_name()?.to_string_lossy().into_owned())
}

/// Refuses a folder that holds something else.
fn check(folder: &Path) -> Result<()> {
    let refuse = |reason: &str| {
        let message = format!("`{}` {reason}, and is no folder of releases", folder.display());
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

/// The name of the release of this state of the site.
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
    name.truncate(16);
    Ok(name)
}

/// Removes what interrupted deployments left.
fn clear(releases: &Path) -> Result<()> {
    for (name, _) in disk::list(releases).map_err(Diagnostic::from)? {
        if name.to_string_lossy().ends_with('~') {
            disk::remove_dir_all(&releases.join(name)).map_err(Diagnostic::from)?;
        }
    }
    Ok(())
}

fn stage(
    draft: &Path,
    site: &Published,
    before: Option<&Release>,
    changes: &mut Changes,
    options: &DeployOptions<'_>,
) -> Result<()> {
    let root = disk::join(&draft.join(PUBLIC), site.base.trim_start_matches('/'));
    let mut made = BTreeSet::new();
    // Fingerprinted files of the release before stay for a while: pages that readers have open still ask for them.
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
    // The same file once more: a second name for it, or where the file system knows none, a copy.
    let link = |key: &str, to: &Path| -> bool {
        let Some(old) = old_root.as_ref().map(|root| disk::join(root, key)) else { return false };
        disk::hard_link(&old, to).is_ok() || disk::copy(&old, to).is_ok()
    };
    for object in &site.objects {
        if (options.stop)() {
            return Err(super::claim::stopped());
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
    disk::write_durably(&draft.join(MANIFEST), &Manifest(entries).encode()).map_err(Diagnostic::from)?;
    Ok(())
}

fn switch(folder: &Path, name: &str) -> Result<()> {
    let target = Path::new(RELEASES).join(name);
    let link = folder.join(CURRENT);
    if disk::read_link(&link).as_deref() == Some(&target) {
        return Ok(());
    }
    disk::switch_link(&link, &target).map_err(|error| Box::new(Diagnostic::from(error)))
}

/// The releases, in the order in which they were deployed.
fn history(folder: &Path) -> Vec<String> {
    let text = disk::read_to_string(&folder.join(HISTORY)).unwrap_or_default();
    let is_name = |line: &&str| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.lines().filter(is_name).map(str::to_owned).collect()
}

/// Forgets the oldest releases. The last of the history is live.
fn prune(folder: &Path, history: &mut Vec<String>, keep: usize) -> Result<()> {
    let releases = folder.join(RELEASES);
    let old: Vec<String> = history.drain(..history.len().saturating_sub(keep)).collect();
    disk::write(&folder.join(HISTORY), format!("{}\n", history.join("\n")).as_bytes()).map_err(Diagnostic::from)?;
    for name in old {
        let (release, doomed) = (releases.join(&name), releases.join(format!(".{name}~")));
        if disk::exists(&release) {
            // What is half deleted no longer has the name of a release.
            disk::rename(&release, &doomed).map_err(Diagnostic::from)?;
            disk::remove_dir_all(&doomed).map_err(Diagnostic::from)?;
        }
    }
    Ok(())
}
