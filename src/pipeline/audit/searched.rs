//! A site under search, and what the reports of all matches share: which secrets a text contains, and where.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::Own;
use super::formats::Form;
use super::search::Search;
use super::words::is_long;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::lines::Lines;
use crate::base::yaml::scalars::ScalarTexts;
use crate::pipeline::prepare::Prepared;
use crate::plan::{FileKind, OutputKind};
use crate::site::WithheldReason;
use crate::site::secrets::Secret;

/// A name with the form of values in front matter and the configuration.
pub(super) const FRONT: &str = "front.yaml";
/// The maximum number of further places that a diagnostic lists.
const NAMED: usize = 5;

/// A prepared site and the secrets of its withheld documents.
#[derive(Clone, Copy)]
pub(super) struct SearchedSite<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) secrets: &'a [Secret],
}

/// Whether a mention is only a warning. An expired story must not fail a build that passed before, and a short headline
/// may occur by coincidence.
pub(super) fn is_weak(secret: &Secret) -> bool {
    secret.reason == WithheldReason::Expired || (secret.what.is_title() && !is_long(&secret.text))
}

/// Returns the source path of an output that is copied unchanged; none for all others.
pub(super) fn file_of(subject: SearchedSite<'_>, route: &Route) -> Option<String> {
    let output = subject.prepared.plan.find(route.as_str())?;
    match *output.kind.plain() {
        OutputKind::File(FileKind::Static(index)) => {
            Some(format!("static/{}", subject.prepared.context.statics[index].path))
        }
        OutputKind::File(FileKind::Beside(id)) => Some(format!("content/{}", subject.prepared.site().asset(id).path)),
        _ => None,
    }
}

/// Builds a search for some of the secrets; its indices refer to `wanted`. Returns none when `wanted` is empty or the
/// automaton cannot be built.
pub(super) fn searching(subject: SearchedSite<'_>, wanted: &[usize]) -> Option<Search> {
    let secrets: Vec<Secret> = wanted.iter().map(|secret| subject.secrets[*secret].clone()).collect();
    let own = Own::new(&subject.prepared.site().config.base_url);
    (!secrets.is_empty()).then(|| Search::new(&secrets, own).ok()).flatten()
}

/// Returns the message about a mention of these secrets, all of one withheld story; none when there are no secrets.
pub(super) fn message(subject: SearchedSite<'_>, secrets: &[usize]) -> Option<String> {
    let first = &subject.secrets[*secrets.first()?];
    let mut kinds: Vec<&str> = secrets.iter().map(|secret| subject.secrets[*secret].what.word()).collect();
    kinds.dedup();
    let (kinds, reason) = (kinds.join(" and the "), first.reason.word());
    Some(format!("this names the {kinds} of `{}`, which is withheld ({reason}): `{}`", first.path, first.text))
}

/// The matches of secrets in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matches(BTreeMap<usize, BTreeMap<usize, usize>>);

impl Matches {
    /// Adds a match.
    pub(super) fn add(&mut self, secret: usize, range: Range<usize>) {
        let end = self.0.entry(secret).or_default().entry(range.start).or_insert(range.end);
        *end = range.end.max(*end);
    }

    /// Adds the places of values in whose parsed form `search` finds secrets, unless such a value has a match already.
    /// `offset` is that of the YAML in the text, and `name` the secret behind an index of the search.
    pub(super) fn add_parsed(
        &mut self,
        search: &Search,
        values: &ScalarTexts,
        offset: usize,
        name: impl Fn(usize) -> usize,
    ) {
        for (hit, range) in search.locate(values.parsed.as_bytes(), Form::of(FRONT)) {
            let value = values.range(range.start);
            self.add_other(name(hit), value.start + offset..value.end + offset);
        }
    }

    /// Adds a match unless it overlaps another one of the same secret.
    pub(super) fn add_other(&mut self, secret: usize, range: Range<usize>) {
        let known = self.0.entry(secret).or_default();
        if known.range(..range.end).next_back().is_none_or(|(_, end)| *end <= range.start) {
            known.insert(range.start, range.end);
        }
    }

    /// The secrets that were found.
    pub(super) fn secrets(&self) -> impl Iterator<Item = usize> {
        self.0.keys().copied()
    }

    /// The matches of some secrets.
    pub(super) fn of(&self, secrets: &[usize]) -> impl Iterator<Item = Range<usize>> {
        secrets.iter().filter_map(|secret| self.0.get(secret)).flatten().map(|(start, end)| *start..*end)
    }
}

/// Returns the places of matches in a text, sorted, without overlaps.
pub(super) fn places_of(
    found: impl IntoIterator<Item = Range<usize>>,
    source: &str,
    text: &str,
    lines: &Lines,
) -> Vec<Place> {
    let mut ranges: Vec<_> = found.into_iter().map(|range| (range.start, range.end)).collect();
    ranges.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut places: Vec<Place> = Vec::new();
    let mut end = 0;
    for (from, to) in ranges {
        // A slug within a matched address is the same mention.
        if from >= end {
            places.push(Place::within(source, text, lines, from..to));
            end = to;
        }
    }
    places
}

/// Returns the further places as words for a help text; empty when there is only one place.
pub(super) fn also(places: &[Place]) -> String {
    let others: Vec<String> =
        places.iter().skip(1).take(NAMED).map(|place| format!("{}:{}", place.line, place.column)).collect();
    let more = places.len().saturating_sub(1 + NAMED);
    match (others.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(", also at {}", others.join(", ")),
        (false, more) => {
            format!(", also at {} and {}", others.join(", "), text::plural(more, "more place", "more places"))
        }
    }
}
