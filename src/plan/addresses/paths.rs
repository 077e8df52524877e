//! Checks the addresses of this site that settings and links name against the plan: those said to be gone, and dead ones.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::conflicts::place;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text::near_paths::NearPaths;
use crate::base::text::{did_you_mean, plural};
use crate::base::web::address;
use crate::base::web::media;
use crate::plan::Plan;
use crate::site::Site;

/// The route that answers for each file, without regard to case.
pub(super) struct AnsweredPaths<'p>(HashMap<String, &'p Route>);

impl<'p> AnsweredPaths<'p> {
    /// All public outputs, when anybody asks.
    pub(super) fn by(plan: &'p Plan, is_asked: bool) -> Self {
        let outputs = plan.outputs.iter().chain(&plan.unfiled).filter(|output| is_asked && !output.route.is_private());
        Self(outputs.map(|output| (place(&output.route), &output.route)).collect())
    }

    /// The route that answers an address in any of its forms: hosts show the page of a folder without its slash too, and some make
    /// no difference between capitals.
    pub(super) fn find(&self, route: &Route) -> Option<&'p Route> {
        let folder = Route::own(&format!("{}/", route.as_str().trim_end_matches('/')));
        self.0.get(&place(route)).or_else(|| self.0.get(&place(&folder))).copied()
    }
}

/// Reports routes under `gone` that an output answers. A warning: a story that comes back when its embargo is over must not
/// stop a build that passed while it was away.
pub(in crate::plan) fn check_gone(site: &Site, plan: &Plan, report: &mut Report) {
    let answered = AnsweredPaths::by(plan, !site.config.gone.is_empty());
    for (route, at) in site.config.gone.iter().zip(&site.config.gone_at) {
        let Some(live) = answered.find(route) else { continue };
        let named = if live == route { String::new() } else { format!(", as `{live}`") };
        report.push(
            Diagnostic::warning(
                codes::NOT_GONE,
                format!("`{route}` is listed under `gone`, but a page has this address{named}"),
            )
            .at(at.clone())
            .help("remove it from `gone:`: readers get the page"),
        );
    }
}

/// Reports entries of `elsewhere` that pages of this site answer: of two programs only one is asked.
pub(in crate::plan) fn check_elsewhere(site: &Site, plan: &Plan, report: &mut Report) {
    let mut answered: BTreeMap<usize, (&Route, usize)> = BTreeMap::new();
    for output in plan.outputs.iter().filter(|output| !output.route.is_private()) {
        if let Some(entry) = site.config.elsewhere.entry(output.route.as_str()) {
            answered.entry(entry).or_insert((&output.route, 0)).1 += 1;
        }
    }
    for (entry, (route, count)) in answered {
        let others = match count - 1 {
            0 => String::new(),
            more => format!(" and {}", plural(more, "other output", "other outputs")),
        };
        let message =
            format!("`{route}`{others} of this site would stand where `elsewhere` says that another program answers");
        report.push(
            Diagnostic::warning(codes::ROUTE_CONFLICT, message)
                .at(site.config.place(&["elsewhere", &entry.to_string()]))
                .help("name only paths that this site has nothing at"),
        );
    }
}

/// Reports links to paths of this site that nothing answers, those of settings among them.
pub(in crate::plan) fn check(site: &Site, plan: &Plan, report: &mut Report) {
    let gone: HashSet<&str> = plan.gone.iter().map(Route::as_str).collect();
    let pages = plan.outputs.iter().filter(|output| output.is_page()).map(|output| output.route.as_str());
    let pages = LazyCell::new(|| NearPaths::of(pages));
    let story = "link to a story by the path of its `.md` file, so that the link is checked and moves with it";
    let file = "correct the path, or put the file below `static/`, or beside the story";
    let links = site.path_links.iter().map(|link| {
        let path = address::split(&link.path).0;
        let is_file = media::is_known(path) && !media::is_page(path);
        (link.path.clone(), link.place.clone(), if is_file { file } else { story })
    });
    let setting = "correct the path, add the page, or list it under `elsewhere` when another program answers it";
    let settings = site.config.own_addresses().into_iter().map(|(path, place)| (path, place, setting));
    for (link, place, way_out) in links.chain(settings) {
        let path = address::split(&link).0;
        let decoded = crate::content::markdown::decode(path);
        let answers = |path: &str| {
            plan.find(path).is_some()
                || plan.find(&format!("{path}/")).is_some()
                || plan.find(path.strip_suffix("index.html").unwrap_or(path)).is_some()
        };
        let problem = if gone.contains(path) {
            Diagnostic::warning(codes::DEAD_PATH, format!("`{path}` is gone for good"))
        } else if answers(path)
            || answers(&decoded)
            || path.is_empty()
            || site.config.elsewhere.answers(&decoded)
            || site.may_be_unread(&decoded)
        {
            continue;
        } else {
            Diagnostic::warning(codes::DEAD_PATH, format!("this site has nothing at `{path}`"))
        };
        let help = pages.to(path).map_or_else(|| way_out.to_owned(), did_you_mean);
        report.push(problem.at(place).help(help).about(decoded));
    }
}
