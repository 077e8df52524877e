//! The state that all requests share.

use std::net::IpAddr;

use super::scene::LiveSite;
use crate::base::report::{Diagnostic, Report};

/// What all requests share.
pub(super) struct Server {
    pub(super) stage: LiveSite,
    pub(super) bound: IpAddr,
    /// Counts the remakings, and what shows only when a page is made. Tabs wait for it.
    pub(super) remade: tokio::sync::watch::Sender<u64>,
}

impl Server {
    /// A problem of one page as a report. The desk hears of one that is new.
    pub(super) fn fault(&self, path: &str, problem: Diagnostic) -> Report {
        let report = self.stage.report(problem);
        if self.stage.add_fault(path, &report) {
            self.remade.send_modify(|count| *count += 1);
        }
        report
    }
}
