//! The comparison of a published output with a new rendering.

use std::path::{Path, PathBuf};

use super::transaction::content::Content;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::base::route::Route;

/// Fails when the file of `route` in the output folder is missing or differs from `made`; the error names the route.
pub fn compare(output: &Path, route: &Route, made: &Content<'_>) -> Result<(), Diagnostic> {
    let path = disk::join(output, &route.file());
    let standing: Option<Digest> = disk::digest(&path).ok();
    let now = made.digest().map_err(|error| super::unread(error, made))?;
    made.verify(now)?;
    if standing == Some(now) {
        return Ok(());
    }
    let what = if standing.is_none() { "is missing" } else { "is not what these sources give" };
    Err(Diagnostic::error(codes::STALE_OUTPUT, format!("`{route}` {what}")).help(
        "build with `--clean`; if nobody has edited the output folder, this is a fault of Dateline’s: please report it",
    ))
}

/// The path of the file for `route` in the output folder, whether it exists or not.
pub fn standing(output: &Path, route: &Route) -> PathBuf {
    disk::join(output, &route.file())
}
