//! Writes the list of published addresses.

use std::path::Path;

use super::finish::finish;
use super::prepare::{Prepared, prepare};
use super::request::Request;
use crate::base::disk;
use crate::base::report::Report;
use crate::plan::addresses::lock::locked;
use crate::site::lock::NAME;

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
    let list = locked(&prepared.context, &prepared.plan);
    let (all, before) = (list.routes().count(), prepared.site().lock.as_ref().map_or(0, |list| list.routes().count()));
    if let Err(error) = disk::write_durably(&root.join(NAME), list.text().as_bytes()) {
        report.push(error.into());
        return (None, report);
    }
    (Some(Locked { all, new: all - before }), report)
}
