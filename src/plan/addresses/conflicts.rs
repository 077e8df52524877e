//! Outputs that want one address.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::claim;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::plan::{Output, SiteContext};

/// The index of the output that holds each file. Files are told apart without regard to case, since many disks make no difference.
pub(super) type Taken = HashMap<String, usize>;

/// The file of a route in [`Taken`].
pub(in crate::plan) fn place(route: &Route) -> String {
    let mut file = route.file();
    if file.bytes().all(|byte| byte.is_ascii()) {
        file.make_ascii_lowercase();
        return file;
    }
    file.to_lowercase()
}

/// The folders that files are in, without regard to case.
pub(super) struct Folders {
    folders: HashSet<String>,
    files: HashSet<String>,
}

impl Folders {
    pub(super) fn of(taken: &Taken) -> Self {
        let folders = taken.keys().flat_map(|file| above(file)).map(str::to_owned).collect();
        Self { folders, files: taken.keys().cloned().collect() }
    }

    /// Adds the file of this route, unless it cannot be written: a folder has its path, or a file has that of a folder that
    /// it is in. Returns whether it was added.
    pub(super) fn leave(&mut self, route: &Route) -> bool {
        let file = place(route);
        if self.folders.contains(&file) || above(&file).any(|folder| self.files.contains(folder)) {
            return false;
        }
        self.folders.extend(above(&file).map(str::to_owned));
        self.files.insert(file)
    }
}

/// The folders that a file is in.
fn above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

/// Keeps one output for each file and reports the others.
pub(in crate::plan) fn without_conflicts(
    context: &SiteContext,
    outputs: Vec<Output>,
    report: &mut Report,
) -> (Vec<Output>, Taken) {
    let places: Vec<String> = outputs.par_iter().map(|output| place(&output.route)).collect();
    let mut taken = Taken::with_capacity(outputs.len());
    let mut kept: Vec<Output> = Vec::with_capacity(outputs.len());
    let mut clashes: Vec<(usize, Output)> = Vec::new();
    for (output, place) in outputs.into_iter().zip(places) {
        match taken.entry(place) {
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(output);
            }
            Entry::Occupied(first) => clashes.push((*first.get(), output)),
        }
    }
    // Two documents that want one address want those of all that is made of them: that is one problem, of their pages.
    clashes.sort_by_key(|(_, output)| output.route.is_private());
    let mut told = HashSet::new();
    for (first, output) in clashes {
        let pair = (context.source_of(&kept[first]), context.source_of(&output));
        if matches!(pair, (None, _) | (_, None)) || told.insert(pair) {
            report.push(conflict(context, &kept[first], &output));
        }
    }
    // A file must not stand where a folder must be. That it is in the way of several is one problem.
    let blocked: Vec<(usize, &Output)> = kept
        .par_iter()
        .filter_map(|output| {
            let place = place(&output.route);
            let mut folders = place.match_indices('/').map(|(at, _)| &place[..at]);
            Some((folders.find_map(|folder| taken.get(folder).copied())?, output))
        })
        .collect();
    let mut in_the_way = HashSet::new();
    for (other, output) in blocked {
        if in_the_way.insert(other) {
            report.push(conflict(context, &kept[other], output));
        }
    }
    (kept, taken)
}

fn conflict(context: &SiteContext, first: &Output, second: &Output) -> Diagnostic {
    let (one, other) = (claim::of(context, first), claim::of(context, second));
    let composed = |name: &str| text::composed(name).into_owned();
    let message = if composed(&one.name) == composed(&other.name) {
        format!(
            "two files are called {}, with letters composed of different characters (Unicode forms NFC and NFD), and both \
             want the address `{}`",
            one.name, second.route
        )
    } else {
        format!("{} and {} both want the address `{}`", one.name, other.name, second.route)
    };
    let problem = Diagnostic::error(codes::ROUTE_CONFLICT, message);
    // An address that a file asks for can be changed; one that the program makes by itself cannot.
    let (place, help) = match (other.place, one.place) {
        (Some(place), _) => (Some(place), other.help),
        (None, place) => (place, one.help),
    };
    Diagnostic { place, ..problem.help(help) }
}
