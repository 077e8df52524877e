//! Unique ids on a page (WHATWG HTML, section 3.2.6).

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text::did_you_mean;
use crate::base::text::near::Near;
use crate::content::head::Update;

/// Prefix of the ids in templates. Slugs never have two hyphens in a row.
const THEME: &str = "theme--";

/// The ids that a page uses.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// The last suffix given to each id, so that finding a free one takes constant time.
    numbers: HashMap<String, usize>,
    /// Prefixes of the footnotes of the texts.
    notes: Vec<String>,
    /// Ids that texts link to, with the places of the links.
    wanted: Vec<(String, Place)>,
}

impl Ids {
    /// The ids of a page whose footnotes have these prefixes.
    pub fn of<'p>(notes: impl IntoIterator<Item = &'p str>) -> Self {
        Self { notes: notes.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// Adds a footnote prefix.
    pub fn add_notes(&mut self, prefix: &str) {
        self.notes.push(prefix.to_owned());
    }

    /// Whether the page uses or may use an id like this: `main` or another one of the theme, the anchor of an entry of a
    /// change log, or one of a footnote.
    pub fn is_reserved(&self, id: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_mention = |text: &str| match text.split_once('-') {
            Some((number, mention)) => is_number(number) && is_number(mention),
            None => is_number(text),
        };
        let is_of = |prefix: &String, rest: &str| match prefix.as_str() {
            "" => is_mention(rest),
            prefix => rest.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_mention),
        };
        id == "main"
            || id.starts_with(THEME)
            || Update::is_anchor(id)
            || ["fn-", "fnref-"]
                .iter()
                .filter_map(|start| id.strip_prefix(start))
                .any(|rest| self.notes.iter().any(|prefix| is_of(prefix, rest)))
    }

    /// Records a link to an id on the page.
    pub(super) fn want(&mut self, id: String, place: Place) {
        // Browsers resolve `#top` and text fragments by themselves.
        if !id.is_empty() && id != "top" && !id.starts_with(":~:") {
            self.wanted.push((id, place));
        }
    }

    /// Reports links to ids that no text of the page has. Ids in templates are not known here.
    pub fn check(&self) -> Report {
        let mut report = Report::default();
        let near = LazyCell::new(|| Near::of(self.taken.iter().map(String::as_str)));
        for (id, place) in &self.wanted {
            if self.taken.contains(id) || self.is_reserved(id) {
                continue;
            }
            let message = format!("nothing in this text has the anchor `{id}`");
            let problem = Diagnostic::warning(codes::BROKEN_ANCHOR, message).at(place.clone()).about(format!("#{id}"));
            report.push(match near.to(id) {
                Some(known) => problem.help(did_you_mean(format!("#{known}"))),
                None => problem,
            });
        }
        report
    }

    /// Takes an id; false when it is taken already.
    pub fn take(&mut self, id: &str) -> bool {
        !self.is_reserved(id) && self.taken.insert(id.to_owned())
    }

    /// Takes an id, with a number appended if it is taken already.
    pub fn take_near(&mut self, id: &str) -> String {
        let base = if self.is_reserved(id) { format!("section-{id}") } else { id.to_owned() };
        if self.take(&base) {
            return base;
        }
        let mut number = self.numbers.get(&base).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{base}-{number}");
            if self.take(&id) {
                self.numbers.insert(base, number);
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_what_is_taken_or_the_pages_own() {
        let mut ids = Ids::of(["visit", ""]);
        for (wanted, got) in [
            ("talks", "talks"),
            ("talks", "talks-2"),
            ("talks-2", "talks-2-2"),
            ("main", "section-main"),
            ("section-main", "section-main-2"),
            ("theme--sources", "section-theme--sources"),
            ("sources", "sources"),
            ("note-1", "note-1"),
            ("note-a", "note-a"),
            ("correction-20261126T090000Z", "section-correction-20261126T090000Z"),
            ("editors-note-20261126T090000Z-2", "section-editors-note-20261126T090000Z-2"),
            ("update-2026", "update-2026"),
            ("fn-visit-1", "section-fn-visit-1"),
            ("fnref-visit-1-2", "section-fnref-visit-1-2"),
            ("fn-3", "section-fn-3"),
            ("fn-five-seven", "fn-five-seven"),
        ] {
            assert_eq!(ids.take_near(wanted), got, "{wanted}");
        }
    }
}
