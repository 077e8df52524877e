//! Writes `urls.lock`, the list of published addresses.

use std::path::Path;

use super::build_cache::BuildCache;
use super::finish::finish;
use super::input::configure::configure;
use super::input::request::Request;
use super::prepare::{Prepared, prepare_with};
use crate::base::disk;
use crate::base::report::Report;
use crate::base::stages::Stages;
use crate::config::Config;
use crate::plan::addresses::urls_lock::locked;
use crate::site::urls_lock;

/// The counts of an updated `urls.lock`.
pub struct Locked {
    /// The number of addresses in the list.
    pub all: usize,
    /// The number of addresses that this call added.
    pub new: usize,
}

/// Adds the addresses of the current plan to `urls.lock` and returns the counts, or none and the problems when the site
/// has errors or the file cannot be written. Warnings are dropped on success: they are the business of `build` and
/// `check`.
pub fn lock(request: &Request) -> (Option<Locked>, Report) {
    lock_with(request, configure(request))
}

/// Like [`lock`], with a configuration that the caller has read already.
pub fn lock_configured(request: &Request, config: Config) -> (Option<Locked>, Report) {
    lock_with(request, (Some(config), Report::default()))
}

fn lock_with(request: &Request, configured: (Option<Config>, Report)) -> (Option<Locked>, Report) {
    let (prepared, mut report) =
        prepare_with(request, configured, &mut BuildCache::load(request), &mut Stages::start());
    let Some(prepared) = prepared.filter(|_| !report.has_errors()) else {
        return (None, finish(report, &request.root));
    };
    let locked = report.take(lock_prepared(&prepared, &request.root));
    let report = if locked.is_some() { report.only_errors() } else { report };
    (locked, finish(report, &request.root))
}

/// Like [`lock`], for a site that is already prepared. Writes even if the site has errors, which are the caller's to
/// check.
pub fn lock_prepared(prepared: &Prepared, root: &Path) -> (Option<Locked>, Report) {
    let mut report = Report::default();
    let list = locked(&prepared.context, &prepared.plan);
    let (all, before) = (list.routes().count(), prepared.site().lock.as_ref().map_or(0, |list| list.routes().count()));
    let name = urls_lock::name(prepared.site().config.host.as_deref());
    if let Err(error) = disk::write_durably(&root.join(name), list.text().as_bytes()) {
        report.push(error.into());
        return (None, report);
    }
    (Some(Locked { all, new: all - before }), report)
}
