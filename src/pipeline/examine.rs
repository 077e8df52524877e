//! Renders a site for inspection, without writing anything.

use std::collections::BTreeMap;

use super::ahead::ahead;
use super::audit::Audit;
use super::build_cache::BuildCache;
use super::finish::finish;
use super::input::request::Request;
use super::prepare::{Prepared, prepare_again};
use super::render::render;
use super::retry::{self, retried};
use crate::base::report::Report;
use crate::base::stages::Stages;
use crate::base::sync::Mutex;
use crate::plan::{Output, OutputKind, email};
use crate::render::Rendered;

/// Renders the whole site and returns its problems, also those to come. Writes nothing.
pub fn check(request: &Request) -> (Option<Prepared>, Report) {
    let attempt = |cache: &mut BuildCache| {
        let (prepared, mut report) = prepare_again(request, cache, &mut Stages::start());
        if let Some(prepared) = &prepared {
            report.extend(examine(prepared, |_, _| ()));
            report.extend(ahead(prepared, &report));
        }
        (prepared, report)
    };
    let mut cache = BuildCache::load(request);
    let (prepared, report) = retried(&mut cache, attempt, |(_, report)| Some(report));
    (prepared, finish(report, &request.root))
}

/// Renders all outputs, passes each to `visit`, and returns their problems. Writes nothing. `visit` runs on several
/// threads.
pub fn examine(prepared: &Prepared, visit: impl Fn(&Output, &Rendered) + Sync) -> Report {
    let audit = Audit::of(prepared);
    let sizes = Mutex::new(BTreeMap::new());
    let mut report = render(
        prepared,
        |_, _, _| true,
        |output, _, outcome| {
            let searched = audit.search_rendered(output, &outcome.rendered);
            searched.map_err(|error| retry::unread(prepared, &outcome.rendered, error))?;
            visit(output, &outcome.rendered);
            if let (OutputKind::Email(..), Rendered::Bytes(bytes)) = (output.kind.plain(), &outcome.rendered) {
                let size = bytes.len() as u64;
                sizes.lock().insert(output.route.clone(), size);
            }
            Ok(())
        },
    );
    report.extend(audit.report(false));
    report.extend(email::check_sizes(&prepared.context, &sizes.into_inner()));
    report
}
