//! What rules find.

use crate::base::codes::Code;
use crate::base::report::{Diagnostic, Place};

/// A finding, before it is known how bad it is.
#[derive(Debug)]
pub(super) struct Finding {
    /// What, where, and the way out. Its severity is not decided yet.
    pub(super) problem: Diagnostic,
    /// Another file that it is about as well.
    pub(super) also: Option<String>,
}

/// Findings.
#[derive(Debug, Default)]
pub(super) struct Found(pub(super) Vec<Finding>);

impl Found {
    /// Adds one, with what to do.
    pub(super) fn push(
        &mut self,
        rule: Code,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push_pair(rule, place, None, message, help);
    }

    /// Adds one that is about another file as well.
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

    /// Offers a text for the marked span of the finding that was added last.
    pub(super) fn replace_with(&mut self, text: &str) {
        if let Some(last) = self.0.last_mut() {
            last.problem.replacement = Some(text.to_owned());
        }
    }
}
