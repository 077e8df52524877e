//! The editor's check before a site is published.
//!
//! In: a request and options. Out: everything that a build reports, and the findings of the rules in
//! [`base::rules`](crate::base::rules), with the configured severity, unless a file waives the rule. Each rule is one
//! function, in the file of its family; `rules` lists those that read one file at a time. Deliberately not here:
//! whatever a build needs to know, and writing files, except for fixes.

mod autofix;
mod duplicates;
pub mod external;
mod findings;
#[expect(clippy::disallowed_types, reason = "it asks Git what has changed")]
mod git;
mod history;
mod links;
mod rules;
mod severity;
mod subject;
mod texts;

use std::collections::HashMap;

use rayon::prelude::*;

use self::external::{LinkSummary, Sources};
use self::findings::Findings;
use self::git::Revision;
use self::history::History;
use self::links::rendered::Links;
use self::links::site_files;
use self::severity::Levels;
use self::subject::Subject;
use self::texts::topics;
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::rules as names;
use crate::base::stages::Stages;
use crate::content::document::Document;
use crate::pipeline::{self, BuildCache, Prepared, Request};

pub use autofix::Fix;
pub use history::Deployed;

/// Options of a check.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Check only files that have changed since this git revision.
    pub since: Option<String>,
    /// What was last deployed, with which stories are compared when there is no revision.
    pub deployed: Option<Deployed>,
    /// Apply safe fixes.
    pub fix: bool,
    /// Options of link checking; `None` to send no requests.
    pub external: Option<external::LinkCheckOptions>,
}

/// Result of a check.
#[derive(Debug)]
pub struct Checked {
    /// Problems that remain.
    pub report: Report,
    /// Fixes that were made.
    pub fixes: Vec<Fix>,
    /// Answers of other sites.
    pub asked: Option<LinkSummary>,
}

/// Checks a site. Writes nothing, except fixes. `Err` when the changes since a revision cannot be found.
pub fn check(request: &Request, ask: &CheckOptions) -> Result<Checked, Box<Diagnostic>> {
    let revision = ask.since.as_deref().map(|name| git::since(&request.root, name)).transpose()?;
    let (mut report, mut asked) = run_rules(request, revision.as_ref(), ask)?;
    let mut fixes = Vec::new();
    if ask.fix {
        // Replacements apply to all problems, including those that the report will cap.
        let (done, problems) = autofix::apply(request, &report);
        if !done.is_empty() {
            (report, asked) = run_rules(request, revision.as_ref(), ask)?;
        }
        fixes = done;
        report.extend(problems);
    }
    report.sort();
    report.cap();
    Ok(Checked { report, fixes, asked })
}

fn run_rules(
    request: &Request,
    revision: Option<&Revision>,
    ask: &CheckOptions,
) -> Result<(Report, Option<LinkSummary>), Box<Diagnostic>> {
    let mut cache = BuildCache::load(request);
    let once = |cache: &mut BuildCache| run_rules_once(request, revision, ask, cache);
    pipeline::retried(&mut cache, once, |result| result.as_ref().ok().map(|(report, _)| report))
}

fn run_rules_once(
    request: &Request,
    revision: Option<&Revision>,
    ask: &CheckOptions,
    cache: &mut BuildCache,
) -> Result<(Report, Option<LinkSummary>), Box<Diagnostic>> {
    let (prepared, mut report) = pipeline::prepare_again(request, cache, &mut Stages::start());
    let is_wanted = |file: &str| revision.is_none_or(|revision| revision.changed.contains_key(file));
    let (mut findings, mut asked) = (Report::default(), None);
    if let Some(prepared) = &prepared {
        let links = Links::of(prepared);
        report.extend(pipeline::examine(prepared, |output, rendered| links.scan(output, rendered)));
        report.extend(pipeline::ahead(prepared, &report));
        (findings, asked) = judge(prepared, request, revision, ask, links, &report, is_wanted)?;
    }
    // Problems that stop the build are reported wherever they are.
    let mut all = report.only(|problem| {
        let is_near = problem.place.as_ref().is_some_and(|place| is_wanted(&place.file));
        revision.is_none() || is_near || problem.severity == Severity::Error
    });
    all.extend(findings);
    Ok((pipeline::quoted(all, &request.root), asked))
}

fn judge(
    prepared: &Prepared,
    request: &Request,
    revision: Option<&Revision>,
    ask: &CheckOptions,
    links: Links<'_>,
    said: &Report,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<(Report, Option<LinkSummary>), Box<Diagnostic>> {
    let site = prepared.site();
    let levels = Levels::of(&site.config);
    let known: HashMap<&str, &Document> = site.shown().map(|document| (document.path.as_str(), document)).collect();
    let paths: Vec<String> = subject::all(site).into_iter().collect();
    let history = History::read(site, &request.root, revision, ask.deployed.as_ref())?;
    let read: Vec<_> = paths
        .par_iter()
        .filter_map(|path| {
            let document = known.get(path.as_str()).copied();
            let own = document.map_or(site, |document| prepared.site_of(document));
            let subject = Subject::read(own, &request.root, path, document)?;
            let mut found = Findings::default();
            for (rule, run) in rules::OF_FILES {
                if levels.is_on(*rule) {
                    run(&subject, &mut found);
                }
            }
            let print = if levels.is_on(names::TWIN_ARTICLES) { duplicates::print(&subject) } else { None };
            history.compare(&subject, prepared, &mut found);
            Some((subject.light(), found, print))
        })
        .collect();
    let (mut subjects, mut found, mut prints) = (Vec::new(), Findings::default(), Vec::new());
    for (subject, mut own, print) in read {
        subjects.push(subject);
        found.0.append(&mut own.0);
        prints.extend(print);
    }
    if levels.is_on(names::NEAR_TOPICS) {
        prepared.sites().for_each(|site| topics::near_topics(site, &mut found));
    }
    duplicates::twin_articles(site, prints, &mut found);
    site_files::check(site, &request.root, &levels, &mut found);
    links.report(&request.root, said, &mut found);
    found.without_refused(said);
    history.report_gone(prepared, &mut found);
    let (mut asked, mut problems) = (None, Report::default());
    if let Some(options) = &ask.external {
        let sources = Sources { root: &request.root, config: site.config.file() };
        asked = Some(problems.take(external::check(site, &sources, options, &is_wanted, &mut found)));
    }
    problems.extend(severity::pass(found, &levels, &subjects, is_wanted));
    Ok((problems, asked))
}
