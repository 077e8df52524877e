//! What the desk has typed of a withheld story for many pages at once: in its configuration and its templates. No author of
//! a public document answers for that, so it is a problem of its own at its place, whoever else has typed the same words.

use std::collections::{BTreeMap, BTreeSet};

use super::formats::Form;
use super::searched::{SearchedSite, also, file_of, is_weak, places_in, searching};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::site::WithheldReason;

/// The problems, one for each pair of a file of the desk and a withheld story; and the secrets that they tell of.
pub(super) fn report(subject: SearchedSite<'_>, found: &BTreeMap<usize, BTreeSet<Route>>) -> (BTreeSet<usize>, Report) {
    let (mut explained, mut report) = (BTreeSet::new(), Report::default());
    // A file that goes out as it is has an author of its own.
    let is_made = |routes: &BTreeSet<Route>| routes.iter().any(|route| file_of(subject, route).is_none());
    let wanted: Vec<usize> = found.iter().filter(|(_, routes)| is_made(routes)).map(|(secret, _)| *secret).collect();
    let Some(search) = searching(subject, &wanted) else { return (explained, report) };
    for (file, text, printed, form) in files(subject) {
        let mut stories: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (hit, _) in search.locate(printed.as_bytes(), form) {
            let secret = wanted[hit];
            stories.entry(&subject.secrets[secret].path).or_default().insert(secret);
        }
        for (path, secrets) in stories {
            let ids: Vec<usize> = secrets.iter().copied().collect();
            let Some(first) = ids.first().map(|secret| &subject.secrets[*secret]) else { continue };
            let Some(only) = searching(subject, &ids) else { continue };
            let places = places_in(&only, &file, &text, &printed, form);
            let kinds: BTreeSet<&str> = ids.iter().map(|secret| subject.secrets[*secret].what.word()).collect();
            let outputs: BTreeSet<&Route> = ids.iter().filter_map(|secret| found.get(secret)).flatten().collect();
            let message = format!(
                "this names the {} of `{path}`, which is withheld ({}): `{}`",
                kinds.into_iter().collect::<Vec<_>>().join(" and the "),
                first.reason.word(),
                first.text
            );
            let problem = if ids.iter().all(|secret| is_weak(&subject.secrets[*secret])) {
                Diagnostic::warning(codes::WITHHELD_LEAK, message)
            } else {
                Diagnostic::error(codes::WITHHELD_LEAK, message)
            };
            let way_out = match first.reason {
                WithheldReason::Expired => "remove it",
                _ => "remove it, or wait until the story is public",
            };
            let count = text::plural(outputs.len(), "output", "outputs");
            let help = format!("{count} would show it{}: {way_out}", also(&places));
            let problem = problem.help(help);
            report.push(match places.into_iter().next() {
                Some(place) => problem.at(place),
                None => problem,
            });
            explained.extend(secrets);
        }
    }
    (explained, report)
}

/// The desk's files: name, text, and the text with spaces in the place of what reaches no output.
fn files(subject: SearchedSite<'_>) -> Vec<(String, String, String, Form)> {
    let config = &subject.prepared.site().config;
    let mut files = vec![(config.file().to_owned(), config.text().to_owned(), config.values(&["gone"]), Form::PLAIN)];
    for (name, text) in subject.prepared.templates.own() {
        let file = format!("templates/{name}");
        files.push((file, text.to_owned(), without_comments(text), Form::of(name)));
    }
    files
}

/// A template with spaces in the place of its comments.
fn without_comments(text: &str) -> String {
    let mut blank = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(start) = text[at..].find("{#").map(|start| at + start) {
        let end = text[start..].find("#}").map_or(text.len(), |end| start + end + 2);
        text::blank(&mut blank[start..end]);
        at = end;
    }
    String::from_utf8(blank).unwrap_or_else(|_| text.to_owned())
}
