//! Checks links to other sites.
//!
//! In: the addresses that a site links to, and what a cache has of them. Out: problems, and counts for the summary.
//!
//! Answers are cached on the disk, so that a second run soon after sends no requests. Links within the site are
//! checked by every build, and not here.

use std::collections::BTreeMap;

use super::findings::Findings;
use crate::base::report::{Place, Report};
use crate::base::rules;
use crate::base::web::address;
use crate::site::Site;

mod answers;
#[cfg(feature = "deploy")]
mod ask;
#[cfg(not(feature = "deploy"))]
#[path = "without.rs"]
mod ask;
mod gather;
mod link_state;

use answers::Answers;
pub(super) use gather::Sources;
pub use link_state::{LinkCheckOptions, LinkState};

/// Number of addresses of one host, by answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostSummary {
    /// Addresses that answer.
    pub fine: usize,
    /// Addresses that have moved.
    pub moved: usize,
    /// Addresses that are gone.
    pub dead: usize,
    /// Addresses with an inconclusive answer.
    pub unsure: usize,
}

/// Summary of all requests.
#[derive(Debug, Default)]
pub struct LinkSummary {
    /// Answers by host.
    pub hosts: BTreeMap<String, HostSummary>,
    /// Addresses that were requested.
    pub asked: usize,
    /// Addresses whose answer was cached.
    pub kept: usize,
}

/// Checks all addresses of other sites in the given files.
pub(super) fn check(
    site: &Site,
    sources: &Sources<'_>,
    options: &LinkCheckOptions,
    is_wanted: impl Fn(&str) -> bool,
    found: &mut Findings,
) -> (LinkSummary, Report) {
    let mut report = Report::default();
    let links = gather::links(site, sources, is_wanted);
    let mut answers = Answers::read(&options.kept);
    let known = |url: &&String| answers.get(url, options).is_some();
    let (at_hand, unknown): (Vec<&String>, Vec<&String>) = links.keys().partition(known);
    let mut asked = LinkSummary { hosts: BTreeMap::new(), asked: unknown.len(), kept: at_hand.len() };
    if !unknown.is_empty() {
        match ask::all(&unknown, options.timeout) {
            Ok(verdicts) => answers.add(verdicts, options.now),
            Err(problem) => {
                report.push(problem);
                return (asked, report);
            }
        }
        if let Err(error) = answers.write(&options.kept) {
            report.push(error.into());
        }
    }
    for (url, places) in &links {
        let Some(verdict) = answers.last(url) else { continue };
        let tally = asked.hosts.entry(address::host(url).unwrap_or_default()).or_default();
        match verdict {
            LinkState::Fine => tally.fine += 1,
            LinkState::Moved(_) => tally.moved += 1,
            LinkState::Dead(_) => tally.dead += 1,
            LinkState::Unsure(_) => tally.unsure += 1,
        }
        for place in places {
            say(url, place, verdict, found);
        }
    }
    (asked, report)
}

fn say(url: &str, place: &Place, verdict: &LinkState, found: &mut Findings) {
    match verdict {
        LinkState::Fine => {}
        LinkState::Moved(to) => {
            found.push(
                rules::MOVED_EXTERNAL,
                place.clone(),
                format!("`{url}` has moved to `{to}`"),
                format!("write `{to}`"),
            );
            found.replace_with(to);
        }
        LinkState::Dead(reason) => {
            let help = "link to another page, or to a copy in an archive";
            found.push(rules::DEAD_EXTERNAL, place.clone(), format!("`{url}` is gone: {reason}"), help);
        }
        LinkState::Unsure(reason) => {
            let help = "open it in a browser; if it is there, nothing needs to be done";
            found.push(rules::UNSURE_EXTERNAL, place.clone(), format!("`{url}` may be gone: {reason}"), help);
        }
    }
}
