//! Looks ahead: what will be wrong when a withheld story appears, and which addresses will be lost when one expires. It
//! is reported while somebody can correct it, because an embargo may end at six in the morning, when nobody watches the
//! build.
//!
//! The site is assembled once more with all withheld stories, which costs nothing when there are none. Problems that
//! occur only then are checked again at the instants at which the stories appear: of two stories at one address, one
//! may have expired before the other appears. None of this reaches an output.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::prepare::Prepared;
use super::render::render;
use super::scaling::Scaling;
use crate::base::codes::{self, Code};
use crate::base::date::{Moment, Zone};
use crate::base::report::{Diagnostic, Place, Report, Severity};
use crate::base::text::plural;
use crate::plan;
use crate::site::{Change, DocId, Effect, Scope, WithheldReason};

/// The maximum number of instants that are examined, the nearest first.
const INSTANTS: usize = 24;

/// Returns warnings about problems that will occur by themselves when stories appear or expire, except those in `said`.
pub(super) fn scheduled(prepared: &Prepared, said: &Report) -> Report {
    coming(prepared, &feared(prepared, said))
}

/// Returns the feared problems that really occur at one of the coming instants, as warnings.
fn coming(prepared: &Prepared, feared: &HashSet<Identity>) -> Report {
    let mut report = Report::default();
    let site = prepared.site();
    let mut open: HashSet<&Identity> = feared.iter().collect();
    let appears = |change: &&Change| change.effect == Effect::Appears;
    // Of a story and its entries, the first.
    let opens: HashMap<&str, &Change> =
        site.upcoming.iter().rev().filter(appears).map(|change| (change.path.as_str(), change)).collect();
    let instants = site.upcoming.chunk_by(|one, next| one.at.instant() == next.at.instant());
    let mut looks = 0;
    for changes in instants {
        // A problem in a story can occur only once the story itself has appeared.
        let is_open = |problem: &&Identity| {
            let own = problem.file.as_deref().and_then(|file| opens.get(file));
            let is_there = own.is_none_or(|own| own.at.instant() <= changes[0].at.instant());
            is_there && (problem.code == codes::LOST_URL || changes.iter().any(|change| appears(&change)))
        };
        if !open.iter().any(is_open) {
            continue;
        }
        looks += 1;
        if looks > INSTANTS {
            break;
        }
        for problem in problems_at(prepared, changes[0].at, site.scope).diagnostics() {
            if open.remove(&Identity::of(problem)) {
                report.push(foretold(problem, changes, &site.config.zone));
            }
        }
    }
    report
}

/// Like `scheduled`, with notes on the errors that drafts would cause. They are only notes because a draft has no
/// date and may be half written.
pub fn ahead(prepared: &Prepared, said: &Report) -> Report {
    let feared = feared(prepared, said);
    let mut report = coming(prepared, &feared);
    let site = prepared.site();
    if site.withheld.iter().any(|withheld| withheld.reason == WithheldReason::Draft) {
        let all = problems_at(prepared, site.as_of, Scope { drafts: true, future: true });
        let known = identities(said);
        for problem in all.diagnostics().iter().filter(|problem| problem.severity == Severity::Error) {
            let identity = Identity::of(problem);
            if !known.contains(&identity) && !feared.contains(&identity) {
                let message = format!("{}; when the draft is published, this will be an error", problem.message);
                report.push(Diagnostic { severity: Severity::Note, message, ..problem.clone() });
            }
        }
    }
    report
}

/// Returns the problems that would occur if all scheduled and embargoed stories were public now.
fn feared(prepared: &Prepared, said: &Report) -> HashSet<Identity> {
    let site = prepared.site();
    let stories = site.withheld.iter().filter(|held| held.until.is_some()).map(|held| held.path.as_str());
    let entries = site.withheld.iter().filter(|held| held.until.is_some()).flat_map(|held| site.entry_paths(held.doc));
    let waiting = stories.chain(entries).chain(site.incomplete_stories().map(|(_, path)| path));
    let waiting: HashSet<&str> = waiting.collect();
    let known = identities(said);
    let mut feared = lost_by_expiry(prepared);
    feared.retain(|identity| !known.contains(identity));
    if waiting.is_empty() {
        return feared;
    }
    let report = problems_at(prepared, site.as_of, Scope { future: true, ..site.scope });
    // Counting warnings change with every story, so only warnings in the withheld stories themselves are new.
    let is_theirs = |problem: &&Diagnostic| match problem.severity {
        Severity::Error => true,
        Severity::Warning => problem.place.as_ref().is_some_and(|place| waiting.contains(place.file.as_str())),
        Severity::Note => false,
    };
    let found = report.diagnostics().iter().filter(is_theirs).map(Identity::of);
    feared.extend(found.filter(|identity| !known.contains(identity)));
    feared
}

/// Returns the addresses of `urls.lock` that nothing answers or explains after the last scheduled change, if a story
/// expires until then. An expiry can cause no other problem.
fn lost_by_expiry(prepared: &Prepared) -> HashSet<Identity> {
    let site = prepared.site();
    let expires = site.upcoming.iter().any(|change| change.effect == Effect::Expires);
    let Some(last) = site.upcoming.last().filter(|_| expires && site.lock.is_some()) else { return HashSet::new() };
    let report = problems_at(prepared, last.at, site.scope);
    report.diagnostics().iter().filter(|problem| problem.code == codes::LOST_URL).map(Identity::of).collect()
}

/// Returns the problems of the site at another instant or in another scope: those of the site as a whole, and those of
/// the pages and e-mails of documents that are withheld now.
fn problems_at(prepared: &Prepared, as_of: Moment, scope: Scope) -> Report {
    let mut report = Report::default();
    let context = prepared.context.again(|site| {
        let mut later = report.take(site.at(as_of, scope));
        // The scope is reset because lost addresses are not checked in a preview.
        later.scope = site.scope;
        later
    });
    let context = Arc::new(context);
    let mut plan = report.take(plan::plan(&context));
    let now = prepared.site();
    let held = now.withheld.iter().map(|withheld| withheld.doc).chain(now.incomplete_stories().map(|(doc, _)| doc));
    let held: HashSet<DocId> = held.collect();
    plan.outputs.retain(|output| context.source_of(output).is_some_and(|doc| held.contains(&doc)));
    let (templates, root) = (Arc::clone(&prepared.templates), prepared.root.clone());
    report.extend(render(
        &Prepared { context, plan: Arc::new(plan), templates, root, scaling: Scaling::default() },
        |_, _, _| true,
        |_, _, _| Ok(()),
    ));
    report
}

/// The identity of a problem: two diagnostics that agree in these fields are the same.
#[derive(PartialEq, Eq, Hash)]
struct Identity {
    code: Code,
    file: Option<String>,
    at: (u32, u32),
    message: String,
}

impl Identity {
    fn of(problem: &Diagnostic) -> Self {
        let Diagnostic { code, message, place, .. } = problem;
        let at = place.as_ref().map_or((0, 0), |Place { line, column, .. }| (*line, *column));
        Self { code: *code, file: place.as_ref().map(|place| place.file.clone()), at, message: message.clone() }
    }
}

fn identities(report: &Report) -> HashSet<Identity> {
    report.diagnostics().iter().map(Identity::of).collect()
}

/// Returns a warning that foretells a problem: its message, with the event and the time at which it will occur.
fn foretold(problem: &Diagnostic, changes: &[Change], zone: &Zone) -> Diagnostic {
    let appears = changes.iter().any(|change| change.effect == Effect::Appears);
    let effect = if appears { Effect::Appears } else { Effect::Expires };
    let word = effect.word();
    let changing: Vec<&str> =
        changes.iter().filter(|change| change.effect == effect).map(|change| change.path.as_str()).collect();
    let file = problem.place.as_ref().map(|place| place.file.as_str());
    let who = match changing.as_slice() {
        changing if file.is_some_and(|file| changing.contains(&file)) => format!("this file {word}"),
        [] => "that changes".to_owned(),
        [one] => format!("`{one}` {word}"),
        [first, others @ ..] => {
            format!("`{first}` {word} with {}", plural(others.len(), "other file", "other files"))
        }
    };
    let what = if problem.severity == Severity::Error { "an error" } else { "a warning" };
    let at = changes.first().map_or_else(String::new, |change| format!(" ({})", change.at.plain(zone)));
    let message = format!("{}; when {who}{at}, this will be {what}", problem.message);
    Diagnostic { severity: Severity::Warning, message, ..problem.clone() }
}
