//! Whether an output stands as it would be made now.

use std::path::{Path, PathBuf};

use super::content::Content;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::base::route::Route;

/// Compares what was made for `route` with the file that stands in the output folder; an error names the route.
pub fn compare(output: &Path, route: &Route, made: &Content<'_>) -> Result<(), Diagnostic> {
    let path = disk::join(output, &route.file());
    let standing: Option<Digest> = disk::digest(&path).ok();
    let now = made.digest().map_err(|error| super::unread(error, made))?;
    made.expect(now)?;
    if standing == Some(now) {
        return Ok(());
    }
    let what = if standing.is_none() { "is missing" } else { "is not what these sources give" };
    Err(Diagnostic::error(codes::STALE_OUTPUT, format!("`{route}` {what}")).help(
        "build with `--clean`; if nobody has edited the output folder, this is a fault of Dateline’s: please report it",
    ))
}

/// The file that stands in the output folder for `route`, where one does.
pub fn standing(output: &Path, route: &Route) -> PathBuf {
    disk::join(output, &route.file())
}
