//! Addresses that a host answers with 410 Gone: those under `gone` in the configuration, and those of `urls.lock` that no
//! output answers because a story is withheld, expired or withdrawn.
//!
//! Only the list decides: what an earlier build left in the output folder must not change what this one writes.

use std::collections::HashSet;

use super::former;
use super::paths::AnsweredPaths;
use crate::base::route::Route;
use crate::plan::{Plan, SiteContext};
use crate::site::{Site, UrlsLock, Withdrawals};

/// The addresses of the list that no output answers, and of which the configuration says nothing.
pub(in crate::plan) fn missing(context: &SiteContext, plan: &Plan) -> Vec<Route> {
    let site = &context.site;
    let is_answered = |route: &Route| plan.find(route.as_str()).is_some();
    let is_elsewhere = |route: &Route| site.config.elsewhere.answers(route.as_str());
    let said: HashSet<&Route> = site.config.gone.iter().collect();
    let missing = site.lock.as_deref().into_iter().flat_map(UrlsLock::routes);
    missing.filter(|route| !is_answered(route) && !said.contains(route) && !is_elsewhere(route)).cloned().collect()
}

/// The addresses under `gone` in the configuration that no output answers.
pub(in crate::plan) fn configured(context: &SiteContext, plan: &Plan) -> Vec<Route> {
    let said: HashSet<&Route> = context.site.config.gone.iter().collect();
    let answered = AnsweredPaths::by(plan, !said.is_empty());
    said.into_iter().filter(|route| answered.find(route).is_none()).cloned().collect()
}

/// Takes out of `lost` the addresses of withheld documents themselves, and returns them.
pub(in crate::plan) fn withheld(context: &SiteContext, lost: &mut Vec<Route>) -> Vec<Route> {
    explained(lost, &withheld_addresses(&context.site))
}

/// Takes out of `lost` what the site would answer if nothing were withheld, and returns it. The site is assembled and planned
/// once more for that, which is why this comes last. `plan_of` lists all outputs of a site.
pub(in crate::plan) fn pulled_back(
    context: &SiteContext,
    lost: &mut Vec<Route>,
    plan_of: impl Fn(&SiteContext) -> Plan,
) -> Vec<Route> {
    let mut gone = Vec::new();
    for withdrawals in context.site.withdrawals() {
        if !lost.is_empty() && context.site.keeps_back() {
            gone.extend(explained(lost, &addresses_in_full(context, *withdrawals, &plan_of)));
        }
    }
    gone
}

/// Takes out of `lost` what is among `known`.
fn explained(lost: &mut Vec<Route>, known: &HashSet<Route>) -> Vec<Route> {
    lost.extract_if(.., |route| known.contains(route)).collect()
}

/// The addresses of withheld documents themselves, present and former.
fn withheld_addresses(site: &Site) -> HashSet<Route> {
    let addresses = site.withheld.iter().flat_map(|withheld| {
        let former = site.withheld_document(withheld).aliases();
        site.route_of(withheld.doc).cloned().into_iter().chain(former.iter().map(former::of_alias))
    });
    addresses.collect()
}

/// All addresses of the site as it would be if nothing were withheld: pages of topics, people, threads, months and editions
/// that only such a story filled are gone with it.
fn addresses_in_full(
    context: &SiteContext,
    withdrawals: Withdrawals,
    plan_of: impl Fn(&SiteContext) -> Plan,
) -> HashSet<Route> {
    let full = context.again(|site| site.in_full(withdrawals));
    plan_of(&full).outputs.into_iter().map(|output| output.route).collect()
}
