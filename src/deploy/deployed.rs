//! What was last deployed, as `check` asks for it: from the manifest of a folder, and for a bucket, of which this would take
//! the network, from a copy beside the site.

use std::path::{Path, PathBuf};

use super::folder;
use super::manifest::Manifest;
use super::refusal::Result;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::config::{Destination, Target};
use crate::content::statement::Statement;

/// Where a site keeps what it has deployed to a bucket.
fn copy(target: &Target, root: &Path) -> PathBuf {
    root.join(".dateline").join("deployed").join(&target.name)
}

/// Keeps what was deployed to a bucket. Only `check` needs it.
pub(super) fn keep(target: &Target, root: &Path, stories: Option<Vec<Statement>>) -> Result<()> {
    let (Destination::Bucket(_), Some(stories)) = (&target.to, stories) else { return Ok(()) };
    let file = copy(target, root);
    let bytes = Manifest { stories: Some(stories), ..Manifest::default() }.encode();
    if disk::read(&file).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    let write = || {
        file.parent().map_or(Ok(()), disk::create_dir_all)?;
        disk::write_durably(&file, &bytes)
    };
    write().map_err(|error| Box::new(Diagnostic::from(error)))
}

/// What the stories said that were last deployed to a target; `None` when that is unknown.
pub(super) fn known(target: &Target, root: &Path) -> Option<Vec<Statement>> {
    match &target.to {
        Destination::Folder(at) => folder::stories(&folder::at(root, at)),
        Destination::Bucket(_) => Manifest::decode(&disk::read(&copy(target, root)).ok()?)?.stories,
    }
}
