//! Groups equal diagnostics, so that message and help are shown once with all places.

use std::collections::{BTreeMap, HashMap};

use super::diagnostic::{Diagnostic, Report, Severity};
use super::place::Place;
use crate::base::codes::Code;

/// Diagnostics that differ only in their place.
#[derive(Debug)]
pub struct Group<'r> {
    /// The first diagnostic.
    pub first: &'r Diagnostic,
    /// Places of the others.
    pub others: Vec<&'r Place>,
    /// Number of diagnostics.
    pub count: usize,
}

/// The fields in which equal diagnostics agree: severity, code, message, help, replacement.
type Likeness<'a> = (Severity, Code, &'a str, Option<&'a str>, Option<&'a str>);

/// Groups the diagnostics of a report: errors, then warnings, then notes, each in the order of the report.
pub fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: HashMap<Likeness<'_>, usize> = HashMap::new();
    for problem in report.diagnostics() {
        let Diagnostic { code, severity, kind: _, message, place, help, replacement, about: _, count, cause: _ } =
            problem;
        // A diagnostic without a place, or one that already stands for several, forms its own group.
        let key = (*severity, *code, message.as_str(), help.as_deref(), replacement.as_deref());
        let Some(at) = known.get(&key).copied().filter(|_| place.is_some() && *count == 1) else {
            known.insert(key, groups.len());
            groups.push(Group { first: problem, others: Vec::new(), count: *count });
            continue;
        };
        groups[at].others.extend(place);
        groups[at].count += 1;
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.first.severity));
    groups
}

/// Keeps at most `most` groups of one severity. Every code keeps a share before the commonest one takes the rest. The
/// order stays.
pub fn limit(groups: &mut Vec<Group<'_>>, severity: Severity, most: usize) {
    let mut turns: HashMap<Code, usize> = HashMap::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.first.severity == severity) {
        let turn = turns.entry(group.first.code).or_default();
        order.push((*turn, at));
        *turn += 1;
    }
    order.sort_unstable();
    let mut gone: Vec<usize> = order.into_iter().skip(most).map(|(_, at)| at).collect();
    gone.sort_unstable();
    let mut at = 0;
    groups.retain(|_| {
        at += 1;
        gone.binary_search(&(at - 1)).is_err()
    });
}

/// Number of diagnostics of each code, the most severe first, then the commonest.
pub fn tally(report: &Report) -> Vec<(Severity, Code, usize)> {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for problem in report.diagnostics() {
        *counts.entry((problem.severity, problem.code)).or_default() += problem.count;
    }
    let mut rows: Vec<_> = counts.into_iter().map(|((severity, code), count)| (severity, code, count)).collect();
    rows.sort_by_key(|(severity, code, count)| (std::cmp::Reverse((*severity, *count)), *code));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::codes;

    fn report(problems: &[(Code, &str, &str)]) -> Report {
        let mut report = Report::default();
        for (code, message, file) in problems {
            report.push(Diagnostic::warning(*code, *message).at(Place::file(*file)));
        }
        report
    }

    #[test]
    fn what_is_said_twice_is_one_group() {
        let mut report = report(&[
            (codes::DEAD_PATH, "nothing answers `/a/`", "a.md"),
            (codes::FOOTNOTE, "x", "a.md"),
            (codes::DEAD_PATH, "nothing answers `/a/`", "b.md"),
            (codes::DEAD_PATH, "nothing answers `/b/`", "b.md"),
        ]);
        report.push(Diagnostic::error(codes::CONFLICT, "y"));
        report.push(Diagnostic::error(codes::CONFLICT, "y"));
        let groups = groups(&report);
        let lines: Vec<String> = groups
            .iter()
            .map(|group| {
                let others: Vec<&str> = group.others.iter().map(|place| place.file.as_str()).collect();
                format!("{} {} {}", group.first.message, group.count, others.join(","))
            })
            .collect();
        assert_eq!(lines, ["y 1 ", "y 1 ", "nothing answers `/a/` 2 b.md", "x 1 ", "nothing answers `/b/` 1 "]);
        assert_eq!(
            tally(&report),
            [
                (Severity::Error, codes::CONFLICT, 2),
                (Severity::Warning, codes::DEAD_PATH, 3),
                (Severity::Warning, codes::FOOTNOTE, 1)
            ]
        );
    }

    #[test]
    fn every_code_is_seen_before_the_commonest_fills_the_list() {
        let report = report(&[
            (codes::DEAD_PATH, "1", "a.md"),
            (codes::DEAD_PATH, "2", "a.md"),
            (codes::DEAD_PATH, "3", "a.md"),
            (codes::FOOTNOTE, "4", "b.md"),
            (codes::FOOTNOTE, "5", "b.md"),
        ]);
        let mut groups = groups(&report);
        limit(&mut groups, Severity::Warning, 3);
        let left: Vec<&str> = groups.iter().map(|group| group.first.message.as_str()).collect();
        assert_eq!(left, ["1", "2", "4"]);
        limit(&mut groups, Severity::Note, 0);
        assert_eq!(groups.len(), 3);
    }
}
