//! Pictures on their way out: they leave their metadata behind, and are scaled.

use std::collections::HashSet;
use std::path::PathBuf;

use super::content::content;
use super::prepare::Prepared;
use super::retry;
use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::disk::{self, FileKind};
use crate::base::picture::rendition::{self, Rendition};
use crate::base::picture::{self, svg};
use crate::base::report::{Diagnostic, Place};
use crate::content::asset::AssetBytes;
use crate::render::Rendered;
use crate::site::Site;

/// Scaled pictures of this and earlier runs, relative to the site's root: each under a name that says what it was made of.
const CACHE: &str = ".dateline/pictures";
/// Bytes of pictures that are kept although nothing uses them now: another branch, or a draft, may use them tomorrow.
const SPARE: u64 = 64 * 1024 * 1024;

/// What is published of a rendered output. A picture goes out without its metadata, or scaled; one that has none, a damaged one
/// and all else go out as they are.
pub fn published(prepared: &Prepared, rendered: Rendered) -> Result<Rendered, Diagnostic> {
    let file = match &rendered {
        Rendered::Rendition(AssetBytes::File(_), digest, rendition) => {
            return scaled(prepared, &rendered, *digest, *rendition).map(Rendered::Bytes);
        }
        Rendered::File(AssetBytes::File(file), _) if is_changed(&disk::slashed(file)) => file,
        _ => return Ok(rendered),
    };
    let bytes = disk::read(file).map_err(|error| retry::unread(prepared, &rendered, error))?;
    let verified = content(&rendered).verify(Digest::of(&bytes));
    verified.map_err(|problem| retry::placed(prepared, &rendered, problem))?;
    // A damaged one was reported when it was read.
    let cleaned = if svg::is_name(&disk::slashed(file)) {
        std::str::from_utf8(&bytes).ok().and_then(|text| svg::cleaned(text).ok()?.text).map(String::into_bytes)
    } else {
        picture::without_metadata(&bytes).unwrap_or_default()
    };
    Ok(cleaned.map_or(rendered, Rendered::Bytes))
}

/// Whether a file of this name may go out with other bytes than it has.
fn is_changed(path: &str) -> bool {
    picture::is_name(path) || svg::is_name(path)
}

/// The bytes of a rendition: from the cache, or made together with the others of the same picture.
fn scaled(
    prepared: &Prepared,
    rendered: &Rendered,
    digest: Digest,
    rendition: Rendition,
) -> Result<Vec<u8>, Diagnostic> {
    let Rendered::Rendition(AssetBytes::File(file), ..) = rendered else { return Ok(Vec::new()) };
    let kept = kept_at(prepared, digest, rendition);
    if let Some(known) = known(&kept) {
        return Ok(known);
    }
    let _held = prepared.scaling.hold(digest);
    if let Some(known) = known(&kept) {
        return Ok(known);
    }
    let bytes = disk::read(file).map_err(|error| retry::unread(prepared, rendered, error))?;
    let verified = content(rendered).verify(Digest::of(&bytes));
    verified.map_err(|problem| retry::placed(prepared, rendered, problem))?;
    let sites = prepared.sites();
    let all = sites.flat_map(|site| site.renditions.iter().filter(|(_, id, _)| site.asset(*id).digest == digest));
    let mut missing: Vec<Rendition> = all.map(|(_, _, rendition)| *rendition).collect();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(|other| *other == rendition || known(&kept_at(prepared, digest, *other)).is_none());
    let made = picture::scaled(&bytes, &missing).map_err(|why| undecoded(prepared, file, &why))?;
    prepared.scaling.made();
    // Without a cache the next build takes longer, and nothing else is lost.
    let _ = disk::create_dir_all(&disk::join(&prepared.root, CACHE));
    let mut asked = Vec::new();
    for (other, bytes) in missing.into_iter().zip(made) {
        let _ = disk::write(&kept_at(prepared, digest, other), &bytes);
        if other == rendition {
            asked = bytes;
        }
    }
    Ok(asked)
}

/// Removes files from the cache that this site does not use, the oldest first, until the others are no more than what it uses,
/// or than 64 MiB. Without new pictures there is nothing to do.
pub(super) fn tidy(prepared: &Prepared) {
    if !prepared.scaling.has_made() {
        return;
    }
    let names = |site: &Site| -> Vec<String> {
        let name = |(_, id, rendition): &(_, _, Rendition)| name(site.asset(*id).digest, *rendition);
        site.renditions.iter().map(name).collect()
    };
    let used: HashSet<String> = prepared.sites().flat_map(names).collect();
    let folder = disk::join(&prepared.root, CACHE);
    let mut spare = Vec::new();
    let (mut of_used, mut of_spare) = (0, 0);
    for (name, _) in disk::list(&folder).unwrap_or_default() {
        let file = folder.join(&name);
        let Ok(FileKind::File(stamp)) = disk::stat(&file) else { continue };
        if name.to_str().is_some_and(|name| used.contains(name)) {
            of_used += stamp.size;
        } else {
            of_spare += stamp.size;
            spare.push((stamp.modified, name, file, stamp.size));
        }
    }
    spare.sort();
    for (_, _, file, size) in spare {
        if of_spare <= of_used.max(SPARE) {
            break;
        }
        // What cannot be removed now is spare at the next time, too.
        let _ = disk::remove_file(&file);
        of_spare -= size;
    }
}

/// Reports a picture whose parts are whole, and whose pixels are not.
fn undecoded(prepared: &Prepared, file: &std::path::Path, why: &str) -> Diagnostic {
    let below = disk::slashed(file.strip_prefix(&prepared.root).unwrap_or(file));
    let problem = Diagnostic::error(codes::DAMAGED_PICTURE, format!("this picture cannot be decoded: {why}"));
    let help = "save it anew from a picture editor, or leave all pictures as they are, with `images: {resize: false}`";
    problem.at(Place::file(below.trim_start_matches("./"))).help(help)
}

/// A file of the cache, unless it is not there or was cut off.
fn known(path: &std::path::Path) -> Option<Vec<u8>> {
    disk::read(path).ok().filter(|bytes| picture::Format::of(bytes).is_some())
}

fn kept_at(prepared: &Prepared, digest: Digest, rendition: Rendition) -> PathBuf {
    disk::join(&prepared.root, &format!("{CACHE}/{}", name(digest, rendition)))
}

fn name(digest: Digest, rendition: Rendition) -> String {
    let of = Digester::new().value(&(rendition::VERSION, digest, rendition)).finish();
    format!("{}.{}", of.name(), rendition.encoding.ending())
}
