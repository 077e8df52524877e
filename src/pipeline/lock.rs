//! The list of published addresses, read and written.

use std::path::Path;

use super::{Prepared, Request, finish, prepare};
use crate::base::codes;
use crate::base::disk;
use crate::base::report::Report;
use crate::content::gather;
use crate::plan;
use crate::site::lock::{Lock, NAME};

/// Reads the list of published addresses, where the desk keeps one.
pub(super) fn published(request: &Request) -> (Option<Lock>, Report) {
    let mut report = Report::default();
    let file = request.root.join(NAME);
    if !disk::exists(&file) {
        return (None, report);
    }
    let text = report.take(gather::text(&file, NAME, codes::UNREADABLE));
    (text.and_then(|text| report.take(Lock::read(&text))), report)
}

/// What [`lock`] did.
pub struct Locked {
    /// How many addresses the list has.
    pub all: usize,
    /// How many of them are new.
    pub new: usize,
}

/// Adds all addresses of now to the list of those that were published, unless there is an error.
pub fn lock(request: &Request) -> (Option<Locked>, Report) {
    let (prepared, mut report) = prepare(request);
    let Some(prepared) = prepared.filter(|_| !report.has_errors()) else {
        return (None, finish(report, &request.root));
    };
    let locked = report.take(lock_prepared(&prepared, &request.root));
    let report = if locked.is_some() { report.only_errors() } else { report };
    (locked, finish(report, &request.root))
}

/// [`lock`], of a site that is at hand.
pub fn lock_prepared(prepared: &Prepared, root: &Path) -> (Option<Locked>, Report) {
    let mut report = Report::default();
    let list = plan::lock::locked(&prepared.desk, &prepared.plan);
    let (all, before) = (list.routes().count(), prepared.site().lock.as_ref().map_or(0, |list| list.routes().count()));
    if let Err(error) = disk::write_durably(&root.join(NAME), list.text().as_bytes()) {
        report.push(error.into());
        return (None, report);
    }
    (Some(Locked { all, new: all - before }), report)
}
