//! Assigns severities to findings, from the configuration and the waivers of their files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::findings::{Finding, Findings};
use super::subject::Subject;
use crate::base::codes::Code;
use crate::base::report::{Report, Severity};
use crate::base::rules::{self, Rule};
use crate::config::Config;

/// Rules for which an unused waiver cannot be detected: their findings depend on the revision, or on the answers of
/// other sites.
const UNKNOWABLE: &[Code] = &[
    rules::SILENT_CHANGE,
    rules::CORRECTION_REMOVED,
    rules::MOVED_STORY,
    rules::REMOVED_STORY,
    rules::BACKDATED,
    rules::DEAD_EXTERNAL,
    rules::MOVED_EXTERNAL,
    rules::UNSURE_EXTERNAL,
    rules::UNUSED_WAIVER,
];

/// Severity of each rule; `None` when it is off.
pub(super) struct Levels(HashMap<Code, Option<Severity>>);

impl Levels {
    pub(super) fn of(config: &Config) -> Self {
        let usual = rules::ALL.iter().map(|Rule { code, severity, .. }| (*code, Some(*severity)));
        Self(usual.chain(config.check.iter().map(|(rule, level)| (*rule, level.severity()))).collect())
    }

    fn severity(&self, rule: Code) -> Option<Severity> {
        self.0.get(&rule).copied().flatten()
    }

    /// Whether a rule is on.
    pub(super) fn is_on(&self, rule: Code) -> bool {
        self.severity(rule).is_some()
    }
}

/// Turns findings into problems. `is_wanted` selects files.
pub(super) fn pass(
    found: Findings,
    levels: &Levels,
    subjects: &[Subject<'_>],
    is_wanted: impl Fn(&str) -> bool,
) -> Report {
    let waivers: BTreeMap<&str, Vec<&str>> = subjects
        .iter()
        .map(|subject| (subject.path(), subject.document.waivers().iter().map(|waiver| waiver.rule.as_str()).collect()))
        .collect();
    let mut used: BTreeSet<(String, Code)> = BTreeSet::new();
    let mut report = Report::default();
    let mut say = |finding: Finding, report: &mut Report| {
        let Finding { mut problem, also } = finding;
        let Some(severity) = levels.severity(problem.code) else { return };
        let place = problem.place.as_ref().map(|place| place.file.as_str());
        let files = || place.into_iter().chain(also.as_deref());
        let waiver = place.filter(|file| waivers.get(file).is_some_and(|rules| rules.contains(&problem.code.0)));
        if let Some(file) = waiver {
            used.insert((file.to_owned(), problem.code));
        } else if files().any(&is_wanted) || place.is_none() {
            problem.severity = severity;
            report.push(problem);
        }
    };
    for finding in found.0 {
        say(finding, &mut report);
    }
    let mut unused = Findings::default();
    for subject in subjects {
        for waiver in subject.document.waivers() {
            let Some(Rule { code, .. }) = rules::find(&waiver.rule) else { continue };
            let is_known = levels.is_on(*code) && !UNKNOWABLE.contains(code);
            if is_known && !used.contains(&(subject.path().to_owned(), *code)) {
                let message = format!("the waiver of `{code}` has no effect");
                let place = subject.document.place(&["waive", code.0]);
                unused.push(rules::UNUSED_WAIVER, place, message, "take it out");
            }
        }
    }
    for finding in unused.0 {
        let Finding { mut problem, .. } = finding;
        let Some(severity) = levels.severity(problem.code) else { continue };
        if problem.place.as_ref().is_some_and(|place| is_wanted(&place.file)) {
            problem.severity = severity;
            report.push(problem);
        }
    }
    report
}
