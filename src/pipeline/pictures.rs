//! Pictures on their way out, which leave their metadata behind.

use super::content::content;
use super::prepare::Prepared;
use super::retry;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::picture;
use crate::base::report::Diagnostic;
use crate::content::asset::AssetBytes;
use crate::render::Rendered;

/// What is published of a rendered output. A picture goes out without its metadata; one that has none, a damaged one and all
/// else go out as they are.
pub fn published(prepared: &Prepared, rendered: Rendered) -> Result<Rendered, Diagnostic> {
    let Rendered::File(AssetBytes::File(file), _) = &rendered else { return Ok(rendered) };
    if !picture::is_name(&disk::slashed(file)) {
        return Ok(rendered);
    }
    let bytes = disk::read(file).map_err(|error| retry::unread(prepared, &rendered, error))?;
    let verified = content(&rendered).verify(Digest::of(&bytes));
    verified.map_err(|problem| retry::placed(prepared, &rendered, problem))?;
    // A damaged one was reported when it was read.
    let cleaned = picture::without_metadata(&bytes).unwrap_or_default();
    Ok(cleaned.map_or(rendered, Rendered::Bytes))
}
