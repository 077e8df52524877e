//! The state shared by all request handlers.

use std::net::IpAddr;

use super::live_site::LiveSite;
use crate::base::report::{Diagnostic, Report};

/// The state shared by all request handlers.
pub(super) struct Server {
    pub(super) stage: LiveSite,
    pub(super) bound: IpAddr,
    /// Counts rebuilds, and page errors that only rendering reveals. Event streams wait for it to change.
    pub(super) remade: tokio::sync::watch::Sender<u64>,
}

impl Server {
    /// Returns a page's rendering error as a report with its source line, and wakes the open tabs if the error is new,
    /// so that an open desk lists it.
    pub(super) fn fault(&self, path: &str, problem: Diagnostic) -> Report {
        let report = self.stage.report(problem);
        if self.stage.add_fault(path, &report) {
            self.remade.send_modify(|count| *count += 1);
        }
        report
    }
}
