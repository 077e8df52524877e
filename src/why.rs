//! Explains an output: what it is made from, and why it is stale.
//!
//! In: a prepared site, its output folder, and a route. Out: the inputs of the output, the questions of its template,
//! why it was last rendered, and whether the next build renders it again. Deliberately not here: building, and
//! printing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::base::digest::differences::Change;
use crate::base::digest::recording::Objects;
use crate::base::text::near_paths::NearPaths;
use crate::plan::context::questions::Question;
use crate::plan::{self, Output, Plan, SiteContext, View};
use crate::publish::Ledger;
use crate::publish::{History, Reason};
use crate::render::{Renderer, Templates};

/// Explanation of one output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Route.
    pub route: String,
    /// Page family.
    pub family: &'static str,
    /// The file that it is made of, from the root of the site, if it is one.
    pub source: Option<String>,
    /// Templates that it is rendered with.
    pub templates: Vec<String>,
    /// Questions that its template asked the site when it was last rendered.
    pub questions: Vec<String>,
    /// Why it was last rendered; `None` when it never was.
    pub made: Option<&'static str>,
    /// Inputs that had changed then.
    pub made_by: Vec<Change>,
    /// Why the next build renders it; `None` when it is up to date.
    pub stale: Option<&'static str>,
    /// Inputs that have changed since.
    pub stale_by: Vec<Change>,
}

/// Explains the output at `address`: a route with or without the base path, or the full URL. `Err` holds the nearest
/// existing route.
pub fn explain(
    context: &Arc<SiteContext>,
    plan: &Plan,
    templates: &Arc<Templates>,
    folder: &Path,
    address: &str,
) -> Result<Explanation, Option<String>> {
    let output = find(context, plan, address).ok_or_else(|| nearest(plan, address))?;
    let view = plan::view(context, plan, output);
    let renderer = Renderer::new(Arc::clone(templates), Arc::clone(context));
    let ledger = Ledger::of_folder(folder).unwrap_or_default();
    let recorded = ledger.get(output.route.as_str());
    let (renderer, view) = renderer.resolve(&view);
    let key = renderer.key(view);
    let holds = |asked: &[_]| renderer.holds(asked);
    let stale = Reason::find(recorded, key, holds, |entry| entry.stands(folder));
    let history = History::of_folder(folder);
    let of_inputs = |reason| matches!(reason, Reason::Inputs | Reason::Answers);
    let stale_by = recorded.filter(|_| stale.is_some_and(of_inputs)).map(|entry| {
        let objects = Objects::default();
        let now = renderer.record(view, &entry.questions, &objects);
        history.since(entry, &now, &objects)
    });
    let made_by = recorded.filter(|entry| of_inputs(entry.reason)).map(|entry| history.before(entry));
    Ok(Explanation {
        route: output.route.to_string(),
        family: output.kind.family().name,
        source: context.file_of(output),
        templates: match view {
            View::Page(page) => templates.made_of(&page.template),
            View::Email(email) => {
                let made_of = email.pages().flat_map(|page| templates.made_of(&page.template));
                made_of.collect::<BTreeSet<_>>().into_iter().collect()
            }
            _ => Vec::new(),
        },
        questions: recorded
            .map_or_else(Vec::new, |entry| entry.questions.iter().map(|(line, _)| written(line)).collect()),
        made: recorded.map(|entry| entry.reason.sentence()),
        made_by: made_by.unwrap_or_default(),
        stale: stale.map(Reason::sentence),
        stale_by: stale_by.unwrap_or_default(),
    })
}

/// A question of the ledger as a template asks it.
fn written(line: &str) -> String {
    Question::from_line(line).map_or_else(|| line.to_owned(), |question| question.to_call())
}

fn find<'p>(context: &SiteContext, plan: &'p Plan, address: &str) -> Option<&'p Output> {
    let base = &context.site.config.base_url;
    let path = address.strip_prefix(base.origin()).unwrap_or(address);
    let path = path.split(['?', '#']).next().unwrap_or("");
    let inner = path.strip_prefix(base.path()).filter(|inner| inner.starts_with('/'));
    let candidates = [Some(path), inner].into_iter().flatten();
    candidates
        .flat_map(|path| [path.to_owned(), format!("{path}/"), format!("/{path}"), format!("/{path}/")])
        .find_map(|path| plan.find(&path).or_else(|| plan.find_private(&path)))
}

fn nearest(plan: &Plan, address: &str) -> Option<String> {
    NearPaths::of(plan.outputs.iter().map(|output| output.route.as_str())).to(address).map(str::to_owned)
}
