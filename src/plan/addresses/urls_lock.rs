//! `urls.lock`, the list of published addresses: its contents as of now, and the addresses on it that were lost.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::below::{PEOPLE, THREADS, TOPICS};
use super::former;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text::near::Near;
use crate::plan::outputs::family::Lifetime;
use crate::plan::{Leaf, List, Output, OutputKind, PageKind, Plan, SiteContext};
use crate::site::DocId;
use crate::site::urls_lock::{self, Identity, UrlsLock};

/// The list to write: the addresses that were on it, and every present page, feed and former address.
pub fn locked(context: &SiteContext, plan: &Plan) -> UrlsLock {
    let mut list = context.site.lock.as_deref().cloned().unwrap_or_default();
    let base = &context.site.config.base_url;
    list.begin(base);
    for output in plan.outputs.iter().chain(&plan.unfiled).filter(|output| is_lasting(output)) {
        let (context, output) = context.resolve(output);
        let identity = identity(context, output)
            .map(|(identity, is_listed)| if is_listed { identity } else { list.identity_for(identity, base) });
        let name = match output.kind {
            OutputKind::List(List::Topic(id), Leaf::Front) => Some(context.site.topic(id).folded.clone()),
            OutputKind::Page(PageKind::Thread(id)) => Some(context.site.thread(id).folded.clone()),
            _ => None,
        };
        list.add(output.route.clone(), identity, name);
        let appeared = match output.kind {
            OutputKind::Page(PageKind::Article(id)) => Some(context.site.article(id).published),
            // A composed edition goes by its stories.
            OutputKind::Page(PageKind::Edition(id)) if output.doc.is_some() => Some(context.site.edition(id).published),
            _ => None,
        };
        if let Some(at) = appeared {
            list.add_appearance(&output.route, at, &context.site.config.zone);
        }
    }
    list
}

/// Whether an address belongs on the list: readers may come back to it, or link to it.
fn is_lasting(output: &Output) -> bool {
    output.kind.family().address != Lifetime::Passing && !output.route.is_private()
}

/// The address under which a story is known for ever.
fn identity(context: &SiteContext, output: &Output) -> Option<(Identity, bool)> {
    if output.kind.family().address != Lifetime::Identity {
        return None;
    }
    let former = output.doc.map_or(&[][..], |doc| context.site.document(doc).aliases());
    let former: Vec<Route> = former.iter().map(former::of_alias).collect();
    Some(UrlsLock::identity(context.site.lock.as_deref(), &output.route, &former))
}

/// Reports addresses on the list that nothing answers, and that nothing explains. A preview says nothing of what readers
/// will find.
pub(in crate::plan) fn check(context: &SiteContext, lost: &[Route], report: &mut Report) {
    let site = &context.site;
    let Some(published) = site.lock.as_deref().filter(|_| !lost.is_empty() && !site.scope.is_preview()) else { return };
    let lost: HashSet<&Route> = lost.iter().collect();
    let mut by_name: HashMap<Option<&str>, DocId> = HashMap::new();
    let mut by_route: HashMap<&str, DocId> = HashMap::new();
    for article in context.editions().flat_map(|edition| &edition.site.articles) {
        by_name.entry(last_name(&article.route)).or_insert(article.doc);
        by_route.insert(article.route.as_str(), article.doc);
    }
    let routes = LazyCell::new(|| Near::of(by_route.keys().copied()));
    let is_lost = |route: &&Route| lost.contains(route) && !site.may_be_unread(route.as_str());
    for lost in published.routes().filter(is_lost) {
        // An article at the lost address itself would answer it.
        let near = by_name.get(&last_name(lost)).or_else(|| by_route.get(routes.to(lost.as_str())?)).copied();
        let file = site.config.file();
        let (gone, redirects) = (site.config.key_of_host("gone"), site.config.key_of_host("redirects"));
        let gone = format!("if it is gone for good, add it to {gone} in `{file}`, so that it is answered with 410");
        let help = match (page_of_list(context, lost.as_str()), near) {
            (Some((TOPICS, page)), _) => format!(
                "if the topic has become another, add `redirect_from: [{page}]` to that topic’s file in `content/topics/`: its \
                 feeds lead on, too; {gone}"
            ),
            (Some((PEOPLE, page)), _) => format!(
                "if the person has another name by now, add `redirect_from: [{page}]` to the file in `content/people/`: the \
                 feeds lead on, too; {gone}"
            ),
            (Some((_, page)), _) => format!(
                "if the thread has another name by now, add `{page}` to {redirects} in `{file}`, with its page: its feeds lead \
                 on, too; {gone}"
            ),
            (None, Some(doc)) => {
                let path = &site.document(doc).path;
                format!("if it has become `{path}`, add `aliases: [{lost}]` there; {gone}")
            }
            // Not every page takes aliases: lists and feeds have none.
            (None, None) => format!("add `{lost}` to {redirects} in `{file}`, with the page that replaces it; {gone}"),
        };
        let width = u32::try_from(lost.as_str().chars().count()).unwrap_or(0);
        let place = Place::columns(urls_lock::name(site.config.host.as_deref()), published.line_of(lost), 1..1 + width);
        report.push(
            Diagnostic::error(codes::LOST_URL, format!("`{lost}` was published, and nothing answers it any more"))
                .at(place)
                .help(help),
        );
    }
}

/// The page of the topic, person or thread that an address belongs to, with its folder.
fn page_of_list<'r>(context: &SiteContext, route: &'r str) -> Option<(&'static str, &'r str)> {
    let folders = [TOPICS, PEOPLE, THREADS];
    let (folder, end) = context.editions().find_map(|edition| {
        folders.into_iter().find_map(|folder| {
            let own = edition.own(folder);
            Some((folder, own.len() + route.strip_prefix(&*own)?.find('/')?))
        })
    })?;
    // That of a pair names two.
    Some((folder, &route[..=end])).filter(|(_, page)| !page.contains('+'))
}

/// The last part of an address: most stories that move keep it.
fn last_name(route: &Route) -> Option<&str> {
    route.as_str().rsplit('/').nth(1)
}
