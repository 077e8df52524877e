//! Floor 8: links to other sites, asked for.
//!
//! In: a site. Out: a report of links that lead nowhere or have moved, each at its place, and a summary by host. Answers
//! are kept on the disk with their age, so that another look soon after asks nobody. Deliberately not here: links within
//! the site, which every build follows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::pipeline::Prepared;

mod answers;
mod ask;
mod gather;

use answers::Answers;

/// How to ask.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration's name in messages, below the root.
    pub config: String,
    /// The file in which answers are kept.
    pub kept: PathBuf,
    /// For how long a good answer counts.
    pub max_age: Duration,
    /// How long one answer may take.
    pub timeout: Duration,
    /// The time.
    pub now: Timestamp,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It answers.
    Fine,
    /// It has moved for good, to this address.
    Moved(String),
    /// It is gone, for this reason.
    Dead(String),
    /// Nobody can tell, for this reason.
    Unsure(String),
}

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

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The answers, by host.
    pub hosts: BTreeMap<String, Tally>,
    /// How many addresses were asked for now.
    pub asked: usize,
    /// How many answers were at hand.
    pub kept: usize,
}

/// Asks for every address of other sites that a site links to.
pub fn check(prepared: &Prepared, options: &Options) -> (Found, Report) {
    let mut report = Report::default();
    let links = gather::links(prepared.site(), options);
    let mut answers = Answers::read(&options.kept);
    let known = |url: &&String| answers.get(url, options).is_some();
    let (at_hand, unknown): (Vec<&String>, Vec<&String>) = links.keys().partition(known);
    let mut found = Found { hosts: BTreeMap::new(), asked: unknown.len(), kept: at_hand.len() };
    if !unknown.is_empty() {
        match ask::all(&unknown, options.timeout) {
            Ok(verdicts) => answers.add(verdicts, options.now),
            Err(problem) => {
                report.push(problem);
                return (found, report);
            }
        }
        if let Err(error) = answers.write(&options.kept) {
            report.push(error.into());
        }
    }
    for (url, places) in &links {
        let Some(verdict) = answers.last(url) else { continue };
        let tally = found.hosts.entry(ask::host(url)).or_default();
        match verdict {
            Verdict::Fine => tally.fine += 1,
            Verdict::Moved(_) => tally.moved += 1,
            Verdict::Dead(_) => tally.dead += 1,
            Verdict::Unsure(_) => tally.unsure += 1,
        }
        for place in places {
            report.extend(problem(url, place, verdict));
        }
    }
    (found, report)
}

fn problem(url: &str, place: &Place, verdict: &Verdict) -> Report {
    let mut report = Report::default();
    let problem = match verdict {
        Verdict::Fine => return report,
        Verdict::Moved(to) => {
            let problem = Diagnostic::warning(codes::MOVED_EXTERNAL, format!("`{url}` has moved to `{to}`"));
            problem.help(format!("write `{to}`")).replace_with(to.clone())
        }
        Verdict::Dead(reason) => Diagnostic::error(codes::DEAD_EXTERNAL, format!("`{url}` is gone: {reason}"))
            .help("link to another page, or to a copy in an archive"),
        Verdict::Unsure(reason) => {
            Diagnostic::warning(codes::UNSURE_EXTERNAL, format!("`{url}` may be gone: {reason}"))
                .help("open it in a browser; if it is there, nothing needs to be done")
        }
    };
    report.push(problem.at(place.clone()));
    report
}

/// Addresses of other sites, without their anchors, each with the places that link to it.
type Links = BTreeMap<String, BTreeSet<Place>>;
