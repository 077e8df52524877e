//! Links to other sites, asked for.
//!
//! Answers are kept on the disk with their age, so that another look soon after asks nobody. Links within the site are
//! followed by every build, and are not here.

use std::collections::BTreeMap;

use super::found::Found;
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
mod verdict;

use answers::Answers;
pub(super) use gather::Sources;
pub use verdict::{LinkCheckOptions, Verdict};

/// The answers of one host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many addresses answer.
    pub fine: usize,
    /// How many have moved.
    pub moved: usize,
    /// How many are gone.
    pub dead: usize,
    /// Of how many nobody can tell.
    pub unsure: usize,
}

/// Who was asked, and what they answered.
#[derive(Debug, Default)]
pub struct Asked {
    /// The answers, by host.
    pub hosts: BTreeMap<String, Tally>,
    /// How many addresses were asked for now.
    pub asked: usize,
    /// How many answers were at hand.
    pub kept: usize,
}

/// Asks for every address of other sites that wanted files link to.
pub(super) fn look(
    site: &Site,
    sources: &Sources<'_>,
    options: &LinkCheckOptions,
    is_wanted: impl Fn(&str) -> bool,
    found: &mut Found,
) -> (Asked, Report) {
    let mut report = Report::default();
    let links = gather::links(site, sources, is_wanted);
    let mut answers = Answers::read(&options.kept);
    let known = |url: &&String| answers.get(url, options).is_some();
    let (at_hand, unknown): (Vec<&String>, Vec<&String>) = links.keys().partition(known);
    let mut asked = Asked { hosts: BTreeMap::new(), asked: unknown.len(), kept: at_hand.len() };
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
            Verdict::Fine => tally.fine += 1,
            Verdict::Moved(_) => tally.moved += 1,
            Verdict::Dead(_) => tally.dead += 1,
            Verdict::Unsure(_) => tally.unsure += 1,
        }
        for place in places {
            say(url, place, verdict, found);
        }
    }
    (asked, report)
}

fn say(url: &str, place: &Place, verdict: &Verdict, found: &mut Found) {
    match verdict {
        Verdict::Fine => {}
        Verdict::Moved(to) => {
            found.push(
                rules::MOVED_EXTERNAL,
                place.clone(),
                format!("`{url}` has moved to `{to}`"),
                format!("write `{to}`"),
            );
            found.replace_with(to);
        }
        Verdict::Dead(reason) => {
            let help = "link to another page, or to a copy in an archive";
            found.push(rules::DEAD_EXTERNAL, place.clone(), format!("`{url}` is gone: {reason}"), help);
        }
        Verdict::Unsure(reason) => {
            let help = "open it in a browser; if it is there, nothing needs to be done";
            found.push(rules::UNSURE_EXTERNAL, place.clone(), format!("`{url}` may be gone: {reason}"), help);
        }
    }
}
