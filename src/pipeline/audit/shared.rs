//! Mentions of a withheld story that apply to many pages at once: in the configuration and in templates. No author of a
//! public document is responsible for those, so each is a separate problem at its place, even if authors have typed the
//! same words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::formats::Form;
use super::searched::{self, SearchedSite, also, file_of, is_weak, places_of, searching};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::site::WithheldReason;

/// Returns the secrets that the site's own configuration and templates mention, and a diagnostic for each pair of such
/// a file and a withheld story.
pub(super) fn report(subject: SearchedSite<'_>, found: &BTreeMap<usize, BTreeSet<Route>>) -> (BTreeSet<usize>, Report) {
    let (mut explained, mut report) = (BTreeSet::new(), Report::default());
    // Files that are copied unchanged are excluded: their mentions are reported with their own source.
    let is_made = |routes: &BTreeSet<Route>| routes.iter().any(|route| file_of(subject, route).is_none());
    let wanted: Vec<usize> = found.iter().filter(|(_, routes)| is_made(routes)).map(|(secret, _)| *secret).collect();
    let Some(search) = searching(subject, &wanted) else { return (explained, report) };
    for (file, text, printed, form) in files(subject) {
        let mut stories: BTreeMap<&str, BTreeMap<usize, Vec<Range<usize>>>> = BTreeMap::new();
        for (hit, range) in search.locate(printed.as_bytes(), form) {
            let secret = wanted[hit];
            let ranges = stories.entry(&subject.secrets[secret].path).or_default().entry(secret).or_default();
            ranges.push(range);
        }
        for (_, secrets) in stories {
            let ids: Vec<usize> = secrets.keys().copied().collect();
            let Some(message) = searched::message(subject, &ids) else { continue };
            let places = places_of(secrets.into_values().flatten(), &file, &text);
            let outputs: BTreeSet<&Route> = ids.iter().filter_map(|secret| found.get(secret)).flatten().collect();
            let problem = if ids.iter().all(|secret| is_weak(&subject.secrets[*secret])) {
                Diagnostic::warning(codes::WITHHELD_LEAK, message)
            } else {
                Diagnostic::error(codes::WITHHELD_LEAK, message)
            };
            let is_expired = |secret: &usize| subject.secrets[*secret].reason == WithheldReason::Expired;
            let is_expired = ids.iter().all(is_expired);
            let way_out = if is_expired { "remove it" } else { "remove it, or wait until the story is public" };
            let count = text::plural(outputs.len(), "output", "outputs");
            let help = format!("{count} would show it{}: {way_out}", also(&places));
            let problem = problem.help(help);
            report.push(match places.into_iter().next() {
                Some(place) => problem.at(place),
                None => problem,
            });
            explained.extend(ids);
        }
    }
    (explained, report)
}

/// Returns the configuration and the site's own templates: name, text, and the text with spaces in place of parts that
/// reach no output, such as template comments.
fn files(subject: SearchedSite<'_>) -> Vec<(String, String, String, Form)> {
    let config = &subject.prepared.site().config;
    let mut files = vec![(config.file().to_owned(), config.text().to_owned(), config.values(&["gone"]), Form::PLAIN)];
    for (name, text) in subject.prepared.templates.own() {
        let file = format!("templates/{name}");
        files.push((file, text.to_owned(), text::cover_between(text, &[("{#", "#}")], ' '), Form::of(name)));
    }
    files
}
