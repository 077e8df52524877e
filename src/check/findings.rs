//! Findings of rules.

use std::collections::HashMap;

use crate::base::codes::{self, Code};
use crate::base::report::{Diagnostic, Place, Report};

/// A finding whose severity is not decided yet.
#[derive(Debug)]
pub(super) struct Finding {
    /// Message, place and help. Its severity is a placeholder.
    pub(super) problem: Diagnostic,
    /// Another file that the finding concerns.
    pub(super) also: Option<String>,
}

/// A list of findings.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    /// Adds a finding with its help.
    pub(super) fn push(
        &mut self,
        rule: Code,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push_pair(rule, place, None, message, help);
    }

    /// Adds a finding that also concerns another file.
    pub(super) fn push_pair(
        &mut self,
        rule: Code,
        place: impl Into<Option<Place>>,
        also: Option<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic { place: place.into(), ..Diagnostic::note(rule, message).help(help) };
        self.0.push(Finding { problem, also });
    }

    /// Removes findings about values that were refused: what is wrong with such a value is already said.
    pub(super) fn without_refused(&mut self, said: &Report) {
        let mut refused: HashMap<(&str, u32), Vec<&Place>> = HashMap::new();
        let problems = said.diagnostics().iter().filter(|problem| problem.code == codes::BAD_VALUE);
        for place in problems.filter_map(|problem| problem.place.as_ref()) {
            refused.entry((&place.file, place.line)).or_default().push(place);
        }
        self.0.retain(|Finding { problem, .. }| {
            let Some(place) = &problem.place else { return true };
            let others = refused.get(&(place.file.as_str(), place.line));
            !others.is_some_and(|others| {
                others.iter().any(|other| place.column < other.end_column && other.column < place.end_column)
            })
        });
    }

    /// Adds a replacement for the marked span to the last finding.
    pub(super) fn replace_with(&mut self, text: &str) {
        if let Some(last) = self.0.last_mut() {
            last.problem.replacement = Some(text.to_owned());
        }
    }
}
