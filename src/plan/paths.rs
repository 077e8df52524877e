//! Addresses of this site that are named somewhere, against the plan: what is gone, and what nothing answers.

use std::collections::HashSet;

use super::Plan;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::site::Site;

/// Reports routes that are said to be gone and are not. A warning: a story that comes back when its embargo is over must not
/// stop a build that passed while it was away.
pub(super) fn check_gone(site: &Site, plan: &Plan, report: &mut Report) {
    let entries = site.config.gone.iter().zip(&site.config.gone_at);
    for (route, place) in entries.filter(|(route, _)| plan.find(route.as_str()).is_some()) {
        report.push(
            Diagnostic::warning(codes::NOT_GONE, format!("`{route}` is said to be gone, and a page answers it"))
                .at(place.clone())
                .help("remove it from `gone:`: readers get the page"),
        );
    }
}

/// Reports links to paths of this site that nothing answers.
pub(super) fn check(site: &Site, plan: &Plan, report: &mut Report) {
    let gone: HashSet<&str> = plan.gone.iter().map(Route::as_str).collect();
    for link in &site.path_links {
        let path = link.path.split(['?', '#']).next().unwrap_or("");
        let decoded = crate::content::markdown::decode(path);
        let answers = |path: &str| {
            plan.find(path).is_some()
                || plan.find(&format!("{path}/")).is_some()
                || plan.find(path.strip_suffix("index.html").unwrap_or(path)).is_some()
        };
        let problem = if gone.contains(path) {
            Diagnostic::warning(codes::DEAD_PATH, format!("`{path}` is gone for good"))
        } else if answers(path) || answers(&decoded) || path.is_empty() {
            continue;
        } else {
            Diagnostic::warning(codes::DEAD_PATH, format!("nothing on this site answers `{path}`"))
        };
        let near = text::nearest(
            path,
            plan.outputs.iter().filter(|output| output.is_page()).map(|output| output.route.as_str()),
        );
        let help = near.map_or_else(
            || {
                "link to a story by the path of its `.md` file, so that the link is checked and moves with it"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        );
        report.push(problem.at(link.place.clone()).help(help));
    }
}
