//! Mentions of a withheld story that apply to many pages at once: in the configuration and in templates. No author of a
//! public document is responsible for those, so each is a separate problem at its place, even if authors have typed the
//! same words.

use std::collections::{BTreeMap, BTreeSet};

use super::formats::Form;
use super::searched::{self, Matches, SearchedSite, also, file_of, is_weak, places_of, searching};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::lines::Lines;
use crate::base::yaml::scalars::ScalarTexts;
use crate::site::WithheldReason;

/// Returns the secrets that the site's own configuration and templates mention, and a diagnostic for each pair of such
/// a file and a withheld story.
pub(super) fn report(subject: SearchedSite<'_>, found: &BTreeMap<usize, BTreeSet<Route>>) -> (BTreeSet<usize>, Report) {
    let (mut explained, mut report) = (BTreeSet::new(), Report::default());
    // Files that are copied unchanged are excluded: their mentions are reported with their own source.
    let is_made = |routes: &BTreeSet<Route>| routes.iter().any(|route| file_of(subject, route).is_none());
    let wanted: Vec<usize> = found.iter().filter(|(_, routes)| is_made(routes)).map(|(secret, _)| *secret).collect();
    let Some(search) = searching(subject, &wanted) else { return (explained, report) };
    for SharedFile { file, text, printed, form, values } in files(subject) {
        let mut matches = Matches::default();
        for (hit, range) in search.locate(printed.as_bytes(), form) {
            matches.add(wanted[hit], range);
        }
        matches.add_parsed(&search, &values, 0, |hit| wanted[hit]);
        let mut stories: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for secret in matches.secrets() {
            stories.entry(&subject.secrets[secret].path).or_default().push(secret);
        }
        let lines = Lines::of(&text);
        for ids in stories.into_values() {
            let Some(message) = searched::message(subject, &ids) else { continue };
            let places = places_of(matches.of(&ids), &file, &text, &lines);
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

/// A file that applies to many pages.
struct SharedFile {
    file: String,
    text: String,
    /// The text with spaces in place of parts that reach no output, such as template comments.
    printed: String,
    form: Form,
    /// The values of the configuration.
    values: ScalarTexts,
}

/// Returns the configuration and the site's own templates.
fn files(subject: SearchedSite<'_>) -> Vec<SharedFile> {
    let config = &subject.prepared.site().config;
    let (file, text, values) = (config.file().to_owned(), config.text().to_owned(), config.values(&["gone"]));
    let mut files = vec![SharedFile { file, text, printed: values.in_place.clone(), form: Form::PLAIN, values }];
    for (name, text) in subject.prepared.templates.own() {
        let printed = text::cover_between(text, &[("{#", "#}")], ' ');
        let (file, text, values) = (format!("templates/{name}"), text.to_owned(), ScalarTexts::default());
        files.push(SharedFile { file, text, printed, form: Form::of(name), values });
    }
    files
}
