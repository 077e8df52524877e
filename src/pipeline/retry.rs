//! Handles files that disappear or change while a site is being made, such as temporary files of editors and of sync
//! programs. The site is then made again, without the missing and with the changed files.

use std::collections::BTreeSet;

use super::build_cache::BuildCache;
use super::content::content;
use super::prepare::Prepared;
use crate::base::codes;
use crate::base::disk::{self, Rescan};
use crate::base::report::{Diagnostic, Place, Report};
use crate::content::asset::AssetBytes;
use crate::publish;
use crate::render::Rendered;

/// The maximum number of attempts. Each leaves out, or reads again, at least one more file.
const TRIES: usize = 20;

/// Calls `make` until no file disappeared or changed during the call, at most `TRIES` times, and returns the last
/// result.
pub fn retried<T>(
    cache: &mut BuildCache,
    make: impl Fn(&mut BuildCache) -> T,
    report: impl Fn(&T) -> Option<&Report>,
) -> T {
    cache.sources.find_lost();
    let mut result = make(cache);
    for _ in 1..TRIES {
        let problems = report(&result).map_or(&[][..], Report::diagnostics);
        let files = |code| {
            let problems = problems.iter().filter(move |problem| problem.code == code);
            problems.filter_map(|problem| Some(problem.place.as_ref()?.file.clone()))
        };
        let (lost, changed): (Vec<String>, BTreeSet<String>) =
            (files(codes::VANISHED).collect(), files(codes::CHANGING).collect());
        if lost.is_empty() && changed.is_empty() {
            break;
        }
        for path in &lost {
            cache.sources.lose(path);
        }
        cache.touch(Rescan::Paths(changed));
        result = make(cache);
    }
    result
}

/// Returns the diagnostic of a file that the audit could not read.
pub(super) fn unread(prepared: &Prepared, rendered: &Rendered, error: disk::Error) -> Diagnostic {
    placed(prepared, rendered, publish::unread(error, &content(rendered)))
}

/// Sets the place of a diagnostic to the source file, if that file has disappeared or changed.
pub(super) fn placed(prepared: &Prepared, rendered: &Rendered, problem: Diagnostic) -> Diagnostic {
    match rendered {
        Rendered::File(AssetBytes::File(file), _) | Rendered::Rendition(AssetBytes::File(file), ..)
            if matches!(problem.code, codes::VANISHED | codes::CHANGING) =>
        {
            let below = disk::slashed(file.strip_prefix(&prepared.root).unwrap_or(file));
            problem.at(Place::file(below.trim_start_matches("./")))
        }
        _ => problem,
    }
}
