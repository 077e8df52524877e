//! Views and their bytes, for many outputs at once or for one.

use std::sync::Arc;

use rayon::prelude::*;

use super::prepare::Prepared;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::content::asset::AssetBytes;
use crate::plan::{self, Output, View};
use crate::publish;
use crate::render::{self, Outcome, Rendered, Renderer};

/// An output that is being made.
pub struct Making<'m> {
    /// Who renders it.
    pub renderer: &'m Renderer,
    /// What it shows.
    pub view: &'m View,
    /// The key of all that it is made from.
    pub key: Digest,
}

/// Renders the outputs that `wanted` asks for, by their keys, from many threads. Each is handed to `put` as soon as it is
/// done.
pub fn render(
    prepared: &Prepared,
    wanted: impl Fn(&Renderer, &Output, Digest) -> bool + Sync,
    put: impl Fn(&Output, Making<'_>, Outcome) -> Result<(), Diagnostic> + Sync,
) -> Report {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.desk));
    let problems = prepared.plan.outputs.par_iter().filter_map(|output| {
        let view = plan::view(&prepared.desk, &prepared.plan, output);
        let key = renderer.key(&view);
        if !wanted(&renderer, output, key) {
            return None;
        }
        match renderer.render(&view) {
            Ok(outcome) => put(output, Making { renderer: &renderer, view: &view, key }, outcome)
                .err()
                .map(|problem| (None, problem)),
            Err(problem) => Some((Some(output.route.clone()), *problem)),
        }
    });
    render::group(problems.collect())
}

/// Makes a single output.
pub fn make(prepared: &Prepared, output: &Output) -> Result<Outcome, Box<Diagnostic>> {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.desk));
    renderer.render(&plan::view(&prepared.desk, &prepared.plan, output))
}

pub(super) fn content(rendered: &Rendered) -> publish::Content<'_> {
    match rendered {
        Rendered::Bytes(bytes) => publish::Content::Bytes(bytes),
        Rendered::File(AssetBytes::Builtin(bytes), _) => publish::Content::Bytes(bytes),
        Rendered::File(AssetBytes::File(file), digest) => publish::Content::File(file, *digest),
    }
}
