//! Pages and feeds that keep the address of a list which has lost all its stories as planned: topic, thread, month, feed.
//!
//! An expiry or a withdrawal must not turn a page that readers have bookmarked, or a feed that they subscribe to, into an
//! error: the page stands without a story and says so, the feed stands without an entry. Only addresses in `urls.lock` are
//! kept; what an earlier build left in the output folder decides nothing.

use crate::base::route::Route;
use crate::plan::outputs::family::{self, WhenEmpty};
use crate::plan::page::Page;
use crate::plan::{Emptied, Output, OutputKind, Plan, SiteContext, json_ld};

/// Adds a page or feed for each address in `lost` that would list stories if none had expired or been withdrawn, and takes
/// it out of `lost`. `plan_of` lists all outputs of a site, and `emptied` is what is left of one without its stories.
pub(in crate::plan) fn add(
    context: &SiteContext,
    plan: &mut Plan,
    lost: &mut Vec<Route>,
    plan_of: impl Fn(&SiteContext) -> Plan,
    emptied: impl Fn(&SiteContext, &Plan, &Output) -> Option<Emptied>,
) {
    for withdrawals in context.site.withdrawals() {
        if lost.is_empty() || !context.site.has_endings() {
            return;
        }
        let before = context.again(|site| site.without_endings(*withdrawals));
        let planned = plan_of(&before);
        lost.retain(|route| {
            let listed = planned.find(route.as_str()).filter(|output| lists_stories(output));
            let Some(output) = listed else { return true };
            let (edition, own) = before.resolve(output);
            let Some(emptied) = emptied(edition, &planned, own) else { return true };
            let empty = Output { route: route.clone(), kind: OutputKind::Emptied(emptied), doc: None };
            plan.outputs.push(match output.kind.language() {
                Some(language) => empty.in_language(language),
                None => empty,
            });
            false
        });
        plan.outputs.sort_by(|a, b| a.route.cmp(&b.route));
    }
}

/// Whether the address of an output stays when its stories are gone.
fn lists_stories(output: &Output) -> bool {
    match output.kind.family().when_empty {
        WhenEmpty::Goes => false,
        WhenEmpty::Stays => true,
        WhenEmpty::StaysIfComposed => output.doc.is_none(),
    }
}

/// The page, which search engines are asked to leave out.
pub(in crate::plan) fn page(context: &SiteContext, route: &Route, title: &str) -> Page {
    let mut meta = context.meta(&family::EMPTIED, route.as_str(), title);
    meta.noindex = true;
    Page::new(meta).json_ld(json_ld::JsonLdNode::Plain)
}
