//! Redirects of `dateline.yaml`: former addresses of feeds, lists of tags, and whatever else is no story.

use std::collections::hash_map::Entry;

use super::below::{Below, PEOPLE, Planned, THREADS, TOPICS};
use super::conflicts::{Folders, Taken, place};
use super::leading::{leading_to, path};
use super::{aliases, claim, former};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::config::Redirect;
use crate::content::markdown::decode;
use crate::plan::{Output, OutputKind, Plan, SiteContext};

/// Adds all former addresses: aliases, redirects, other names of topics.
pub(in crate::plan) fn add_former(context: &SiteContext, plan: &mut Plan, taken: &mut Taken, report: &mut Report) {
    let mut folders = Folders::of(taken);
    context.editions().for_each(|edition| aliases::add(edition, plan, taken, &mut folders, report));
    add(context, plan, taken, &mut folders, report);
    context.editions().for_each(|edition| lead_below(edition, plan, taken, &mut folders));
    context.editions().for_each(|edition| aliases::add_names(edition, &mut plan.outputs, taken, &mut folders));
    plan.unfiled.sort_by(|a, b| a.route.cmp(&b.route));
}

/// Adds an output for each redirect: a page that leads on, or for a feed or another file a copy, which is of more use to
/// whoever asks a host that knows no redirects. Reports one that something else answers, and one that leads nowhere.
fn add(context: &SiteContext, plan: &mut Plan, taken: &mut Taken, folders: &mut Folders, report: &mut Report) {
    let Plan { outputs, unfiled, .. } = plan;
    for redirect in &context.site.config.redirects {
        let target = target(&redirect.to, outputs, taken);
        if target.is_none() && redirect.to.starts_with('/') && !is_answered(context, &redirect.to) {
            let path = path(&redirect.to);
            let is_gone = context.site.config.gone.iter().any(|route| route.as_str() == path);
            let problem = if is_gone { "is gone for good" } else { "is nothing on this site" };
            let message = format!("`redirects` leads `{}` to `{path}`, and that {problem}", redirect.key);
            let help = "lead it to a page or feed of the site, or list it under `gone:`";
            report.push(Diagnostic::warning(codes::DEAD_PATH, message).at(redirect.place.clone()).help(help));
        }
        let kind = match target {
            Some(index) => leading_to(&outputs[index], &redirect.to),
            None => OutputKind::moved(&redirect.to),
        };
        let route = former::of_redirect(&redirect.from);
        match taken.entry(place(&route)) {
            Entry::Vacant(free) if folders.leave(&route) => {
                free.insert(outputs.len());
                outputs.push(Output { route, kind, doc: None });
            }
            Entry::Vacant(_) => {
                let message = format!("`redirects` makes `{route}` a file where a folder is, or puts it below a file");
                let help = "an address with others below it ends with `/`; remove the redirect";
                report.push(Diagnostic::error(codes::ROUTE_CONFLICT, message).at(redirect.place.clone()).help(help));
            }
            Entry::Occupied(holder) => {
                let holder = &outputs[*holder.get()];
                let output = Output { route, kind, doc: None };
                if holder.leads_to() != output.leads_to() {
                    report.push(conflict(context, redirect, holder));
                } else if holder.route != output.route {
                    // Other capitals: the same file for some disks.
                    unfiled.push(output);
                }
            }
        }
    }
}

/// Leads on the feeds and lists below the former address of a topic, person or thread, where nothing else answers them. A thread
/// has no file that could name its former addresses.
fn lead_below(context: &SiteContext, plan: &mut Plan, taken: &mut Taken, folders: &mut Folders) {
    for below in [TOPICS, PEOPLE, THREADS].map(|folder| Below::of(context, folder)) {
        for redirect in &context.site.config.redirects {
            let from = former::of_redirect(&redirect.from);
            let target = target(&redirect.to, &plan.outputs, taken).map(|index| plan.outputs[index].route.clone());
            let Some(own) = target.filter(|own| below.slug(&from).is_some() && below.slug(own).is_some()) else {
                continue;
            };
            // What another one answers does not lead there.
            let index = taken.get(&place(&from)).copied();
            let leads = index.and_then(|index| plan.outputs[index].leads_to()).map(|(to, _)| to == own.as_str());
            if leads == Some(true) {
                below.lead(&own, &from, &mut Planned { outputs: &mut plan.outputs, taken, folders });
            }
        }
    }
}

fn conflict(context: &SiteContext, redirect: &Redirect, holder: &Output) -> Diagnostic {
    let named = claim::of(context, holder).name;
    let (message, help) = match holder.leads_to() {
        Some((to, _)) => (
            format!("`redirects` leads `{}` to `{}`, and {named} leads it to `{to}`", redirect.key, redirect.to),
            "an address can lead to one place only; remove the redirect or the alias",
        ),
        None => (
            format!("`redirects` leads `{}` on, and {named} answers `{}`", redirect.key, holder.route),
            "remove the redirect, or give what answers it another address",
        ),
    };
    Diagnostic::error(codes::ROUTE_CONFLICT, message).at(redirect.place.clone()).help(help)
}

/// Whether another program answers a target, or may a file that has errors now.
fn is_answered(context: &SiteContext, to: &str) -> bool {
    let path = decode(path(to));
    context.site.config.elsewhere.answers(&path) || context.site.may_be_unread(&path)
}

/// The output that answers a target, as hosts do.
fn target(to: &str, outputs: &[Output], taken: &Taken) -> Option<usize> {
    let path = path(to);
    let forms = [path.to_owned(), format!("{path}/"), path.strip_suffix("index.html").unwrap_or(path).to_owned()];
    let routes = forms.iter().filter_map(|form| Route::new(form).ok());
    let mut found = routes.filter_map(|route| {
        let index = *taken.get(&place(&route))?;
        (outputs[index].route == route).then_some(index)
    });
    found.next()
}
