//! Former addresses that documents name, and other names of topics.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use super::below::{Below, PEOPLE, Planned, TOPICS};
use super::conflicts::{Folders, Taken, place};
use super::{claim, former, lengths};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::Document;
use crate::plan::{Output, OutputKind, Plan, SiteContext};
use crate::site::DocId;

/// Adds an output for each former address. One that differs from its own page, or from another former address of it, in
/// capitals alone has no file unless the site says that its disk and host tell them apart: on the disks of Windows and macOS
/// the one would overwrite the other. Reports one that two documents claim, or that stands in the way of a page.
pub(super) fn add(
    context: &SiteContext,
    plan: &mut Plan,
    taken: &mut Taken,
    folders: &mut Folders,
    report: &mut Report,
) {
    let site = &context.site;
    let articles = site.articles.iter().map(|article| (article.doc, &article.route));
    let pages = site.pages.iter().map(|page| (page.doc, &page.route));
    let editions = site.editions.iter().filter_map(|edition| Some((edition.doc()?, &edition.route)));
    let mut seen = HashSet::new();
    for (doc, target) in articles.chain(pages).chain(editions) {
        add_of(context, (doc, target), plan, (&mut *taken, &mut *folders, &mut seen), report);
    }
    let topics = site.topics.iter().filter_map(|topic| Some((topic.doc()?, topic.route())));
    let people = site.people.iter().map(|person| (person.doc, person.route.clone()));
    let below = [Below::of(context, TOPICS), Below::of(context, PEOPLE)];
    let topics = topics.map(|(doc, route)| (doc, route, &below[0]));
    for (doc, target, below) in topics.chain(people.map(|(doc, route)| (doc, route, &below[1]))) {
        let document = site.document(doc);
        if document.aliases().is_empty() {
            continue;
        }
        add_of(context, (doc, &target), plan, (&mut *taken, &mut *folders, &mut seen), report);
        for from in document.aliases().iter().filter(|from| is_here(context, document, from)) {
            let from = former::of_alias(from);
            // What another one answers does not lead here.
            let is_own = taken.get(&place(&from)).is_some_and(|index| plan.outputs[*index].doc == Some(doc));
            if is_own && from != target {
                below.lead(&target, &from, &mut Planned { outputs: &mut plan.outputs, taken, folders });
            }
        }
    }
}

/// Whether a former address of a document leads to its page in this language. People have a page in several.
fn is_here(context: &SiteContext, document: &Document, from: &Route) -> bool {
    document.person().is_none() || context.site.config.has_route(from.as_str())
}

/// Adds the former addresses of one document, whose page is at `target`.
fn add_of(
    context: &SiteContext,
    (doc, target): (DocId, &Route),
    plan: &mut Plan,
    (taken, folders, seen): (&mut Taken, &mut Folders, &mut HashSet<Route>),
    report: &mut Report,
) {
    let Plan { outputs, unfiled, .. } = plan;
    let site = &context.site;
    let document = site.document(doc);
    let key = document.aliases_key();
    let own = document.aliases().iter().enumerate();
    for (index, alias) in own.filter(|(_, alias)| is_here(context, document, alias)) {
        let alias = former::of_alias(alias);
        let output = |route| Output { route, kind: OutputKind::moved(target.to_string()), doc: Some(doc) };
        let place_of = || document.place(&[key, &index.to_string()]);
        match taken.entry(place(&alias)) {
            Entry::Vacant(free) => {
                if folders.leave(&alias) {
                    free.insert(outputs.len());
                    outputs.push(output(alias));
                } else {
                    let message = format!("the alias `{alias}` would be a file where a folder is, or below a file");
                    let help = "an address with others below it ends with `/`; remove the alias";
                    report.push(Diagnostic::error(codes::ALIAS_CONFLICT, message).at(place_of()).help(help));
                }
            }
            // Its own address, or the same alias twice: it is answered, but perhaps not in these capitals.
            Entry::Occupied(holder) if outputs[*holder.get()].doc == Some(doc) => {
                if outputs[*holder.get()].route != alias && seen.insert(alias.clone()) {
                    let list = if site.config.hosting.case_sensitive { &mut *outputs } else { &mut *unfiled };
                    list.push(output(alias));
                }
            }
            Entry::Occupied(holder) => {
                let holder = claim::of(context, &outputs[*holder.get()]).name;
                report.push(
                    Diagnostic::error(
                        codes::ALIAS_CONFLICT,
                        format!("the alias `{alias}` belongs to {holder} already"),
                    )
                    .at(place_of())
                    .help("an address can lead to one place only; remove the alias here or there"),
                );
            }
        }
    }
}

/// Adds an output for each other name of a topic, where nothing answers its address: whoever knew the topic by it comes to
/// the topic's page.
pub(super) fn add_names(context: &SiteContext, outputs: &mut Vec<Output>, taken: &mut Taken, folders: &mut Folders) {
    let below = Below::of(context, TOPICS);
    for topic in context.site.topics.iter() {
        let Some(head) = topic.head() else { continue };
        for name in &head.aliases {
            let slug = text::slugify(name);
            // A name of signs alone makes no address.
            let Ok(route) = Route::new(&context.own(&format!("/topics/{slug}/"))) else { continue };
            if slug == topic.slug || slug.len() > lengths::NAME {
                continue;
            }
            if let Entry::Vacant(free) = taken.entry(place(&route)) {
                free.insert(outputs.len());
                outputs.push(Output {
                    route: route.clone(),
                    kind: OutputKind::moved(topic.route().to_string()),
                    doc: None,
                });
                below.lead_listed(&topic.route(), &route, &mut Planned { outputs, taken, folders });
            }
        }
    }
}
