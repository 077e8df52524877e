//! Creates views and renders them, for many outputs in parallel or for one.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::pictures::published;
use super::prepare::Prepared;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::plan::{self, Output, View};
use crate::render::{self, Outcome, Renderer};

/// The context of an output that is being rendered.
pub struct Making<'m> {
    /// The renderer, which also computes keys and answers of queries.
    pub renderer: &'m Renderer,
    /// The data that the output's template receives.
    pub view: &'m View,
    /// The digest of all inputs of the output; it is up to date while the key stays the same.
    pub key: Digest,
}

/// Renders the outputs that `wanted` selects by their keys, in parallel. Each is passed to `put` as soon as it is done.
/// Returns the problems of rendering and of `put`, grouped.
pub fn render(
    prepared: &Prepared,
    wanted: impl Fn(&Renderer, &Output, Digest) -> bool + Sync,
    put: impl Fn(&Output, Making<'_>, Outcome) -> Result<(), Diagnostic> + Sync,
) -> Report {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.context));
    let results = prepared.plan.outputs.par_iter().filter_map(|output| {
        let view = plan::view(&prepared.context, &prepared.plan, output);
        let (renderer, view) = renderer.resolve(&view);
        let key = renderer.key(view);
        if !wanted(renderer, output, key) {
            return None;
        }
        match renderer.render(view) {
            Ok(Outcome { rendered, questions }) => {
                let published = published(prepared, rendered);
                let put = |rendered| put(output, Making { renderer, view, key }, Outcome { rendered, questions });
                published.and_then(put).err().map(|problem| (None, problem))
            }
            Err(problem) => Some((Some(output), absent(prepared, output, view).unwrap_or(*problem))),
        }
    });
    let mut problems: Vec<(Option<Route>, Diagnostic)> = Vec::new();
    let mut failed: Vec<Failed<'_>> = Vec::new();
    for (output, problem) in results.collect::<Vec<_>>() {
        problems.push((output.map(|output| output.route.clone()), problem.clone()));
        failed.extend(output.map(|output| (output, problem)));
    }
    let further = further(prepared, failed);
    problems.extend(further.into_iter().map(|(output, problem)| (Some(output.route.clone()), problem)));
    render::group(problems)
}

/// Returns the diagnostic for a page whose front matter names a template that does not exist.
fn absent(prepared: &Prepared, output: &Output, view: &View) -> Option<Diagnostic> {
    let View::Page(page) = view else { return None };
    let document = prepared.site().document(output.doc?);
    Some(prepared.templates.absent(&page.template)?.at(document.place(&["template"])))
}

/// An output that could not be rendered, with its diagnostic.
type Failed<'p> = (&'p Output, Diagnostic);

/// The maximum number of times that failed outputs are rendered again to find further faults.
const ROUNDS: usize = 20;

/// Returns further template faults of failed outputs. Tera stops at the first fault of a page, so the faulty part is
/// removed from the templates and the page is rendered again.
fn further<'p>(prepared: &'p Prepared, failed: Vec<Failed<'p>>) -> Vec<Failed<'p>> {
    let (mut open, mut found) = (failed, Vec::new());
    // Whole diagnostics are compared: pages that share a template can fail with different messages.
    let (mut known, mut places): (HashSet<Diagnostic>, BTreeSet<Place>) = (HashSet::new(), BTreeSet::new());
    for _ in 0..ROUNDS {
        for (_, problem) in &open {
            known.insert(problem.clone());
            places.extend(problem.place.clone());
        }
        if open.is_empty() {
            break;
        }
        let Some(templates) = prepared.templates.without(&places) else { break };
        let renderer = Renderer::new(Arc::new(templates), Arc::clone(&prepared.context));
        let again = open.par_iter().filter_map(|(output, _)| {
            let view = plan::view(&prepared.context, &prepared.plan, output);
            let problem = renderer
                .render(&view)
                .err()
                .filter(|_| absent(prepared, output, renderer.resolve(&view).1).is_none())?;
            (!known.contains(&*problem)).then_some((*output, *problem))
        });
        open = again.collect();
        found.extend(open.iter().cloned());
    }
    found
}

/// Renders a single output.
pub fn make(prepared: &Prepared, output: &Output) -> Result<Outcome, Box<Diagnostic>> {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.context));
    renderer.render(&plan::view(&prepared.context, &prepared.plan, output))
}
