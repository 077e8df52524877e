//! A site under search, and what the reports of all matches share: which secrets a text contains, and where.

use std::ops::Range;

use super::context::Own;
use super::search::Search;
use super::words::is_long;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::text;
use crate::pipeline::prepare::Prepared;
use crate::plan::{FileKind, OutputKind};
use crate::site::WithheldReason;
use crate::site::secrets::Secret;

/// So many places are named.
const NAMED: usize = 5;

/// A site, and what must not be told of it.
#[derive(Clone, Copy)]
pub(super) struct SearchedSite<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) secrets: &'a [Secret],
}

/// Whether it is no error to tell it: that a story expires must not stop a build that passed before, and few words may be a
/// coincidence.
pub(super) fn is_weak(secret: &Secret) -> bool {
    secret.reason == WithheldReason::Expired || (secret.what.is_title() && !is_long(&secret.text))
}

/// The source of an output that goes out as its author made it.
pub(super) fn file_of(subject: SearchedSite<'_>, route: &Route) -> Option<String> {
    let output = subject.prepared.plan.find(route.as_str())?;
    match output.kind {
        OutputKind::File(FileKind::Static(index)) => {
            Some(format!("static/{}", subject.prepared.context.statics[index].path))
        }
        OutputKind::File(FileKind::Beside(id)) => Some(format!("content/{}", subject.prepared.site().asset(id).path)),
        _ => None,
    }
}

/// A search for some of the secrets, numbered in the order of `wanted`.
pub(super) fn searching(subject: SearchedSite<'_>, wanted: &[usize]) -> Option<Search> {
    let secrets: Vec<Secret> = wanted.iter().map(|secret| subject.secrets[*secret].clone()).collect();
    let own = Own::new(&subject.prepared.site().config.base_url);
    (!secrets.is_empty()).then(|| Search::new(&secrets, own).ok()).flatten()
}

/// What is told of a withheld story: these of its secrets, at least one.
pub(super) fn message(subject: SearchedSite<'_>, secrets: &[usize]) -> Option<String> {
    let first = &subject.secrets[*secrets.first()?];
    let mut kinds: Vec<&str> = secrets.iter().map(|secret| subject.secrets[*secret].what.word()).collect();
    kinds.dedup();
    let (kinds, reason) = (kinds.join(" and the "), first.reason.word());
    Some(format!("this names the {kinds} of `{}`, which is withheld ({reason}): `{}`", first.path, first.text))
}

/// The places of finds in a text, in its order.
pub(super) fn places_of(found: impl IntoIterator<Item = Range<usize>>, source: &str, text: &str) -> Vec<Place> {
    let mut ranges: Vec<_> = found.into_iter().map(|range| (range.start, range.end)).collect();
    ranges.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut places: Vec<Place> = Vec::new();
    let mut end = 0;
    for (from, to) in ranges {
        // The name within an address is the same mention.
        if from >= end {
            places.push(Place::bytes(source, text, from, to));
            end = to;
        }
    }
    places
}

/// Where else it stands, in words.
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
