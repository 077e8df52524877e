//! The state shared by all request handlers.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use super::live_site::LiveSite;
use super::token::DeskToken;
use crate::base::report::{Diagnostic, Report};
use crate::base::sync::Mutex;
use crate::pipeline::Request;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The state shared by all request handlers.
pub(super) struct Server {
    /// What was asked for when the server was started.
    pub(super) request: Request,
    /// The clock; `None` when the site is made as of a fixed time.
    pub(super) clock: Option<Clock>,
    /// What a request that writes must know.
    pub(super) token: DeskToken,
    /// Held while an action is done.
    pub(super) acting: Mutex<()>,
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
