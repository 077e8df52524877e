//! `waive`: the rules of `check` that a file waives.

use super::check::{Check, text};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::rules::ByRule;
use crate::base::yaml::lenient::Text;
use crate::content::head::Waiver;

impl Check<'_> {
    /// Waivers. Each needs a reason, because without one the next editor cannot tell whether it still applies.
    pub(super) fn waive(&mut self, raw: Option<ByRule<Text>>) -> Vec<Waiver> {
        let ByRule(raw) = raw.unwrap_or(ByRule(Vec::new()));
        let mut waivers = Vec::with_capacity(raw.len());
        for (rule, reason) in raw {
            if let Some(reason) = text(reason) {
                waivers.push(Waiver { rule: rule.0.to_owned(), reason });
            } else {
                let problem = Diagnostic::error(codes::MISSING_KEY, format!("the waiver of `{rule}` gives no reason"));
                self.problems.value(format!("waive/{rule}"), problem.help("say why the rule does not hold here"));
            }
        }
        waivers
    }
}
