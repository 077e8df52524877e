//! Former addresses that documents name, and other names of topics.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use super::conflicts::{Folders, Taken, place};
use super::{claim, former, lengths};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::plan::{Output, OutputKind, Plan, SiteContext};

/// Adds an output for each alias. One that differs from its own page, or from another alias of it, in capitals alone has no
/// file unless the site says that its disk and host tell them apart: on the disks of Windows and macOS the one would
/// overwrite the other. Reports an alias that two documents claim, or that stands in the way of a page.
pub(super) fn add(
    context: &SiteContext,
    plan: &mut Plan,
    taken: &mut Taken,
    folders: &mut Folders,
    report: &mut Report,
) {
    let Plan { outputs, unfiled, .. } = plan;
    let site = &context.site;
    let mut seen: HashSet<Route> = HashSet::new();
    let articles = site.articles.iter().map(|article| (article.doc, &article.route));
    let pages = site.pages.iter().map(|page| (page.doc, &page.route));
    let editions = site.editions.iter().filter_map(|edition| Some((edition.doc()?, &edition.route)));
    for (doc, target) in articles.chain(pages).chain(editions) {
        let document = site.document(doc);
        for (index, alias) in document.aliases().iter().enumerate() {
            let alias = former::of_alias(alias);
            let output = |route| Output { route, kind: OutputKind::moved(target.to_string()), doc: Some(doc) };
            match taken.entry(place(&alias)) {
                Entry::Vacant(free) => {
                    if folders.leave(&alias) {
                        free.insert(outputs.len());
                        outputs.push(output(alias));
                    } else {
                        let message = format!("the alias `{alias}` would be a file where a folder is, or below a file");
                        let place = document.place(&["aliases", &index.to_string()]);
                        let help = "an address with others below it ends with `/`; remove the alias";
                        report.push(Diagnostic::error(codes::ALIAS_CONFLICT, message).at(place).help(help));
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
                    let holder = claim::of(site, &outputs[*holder.get()]).name;
                    report.push(
                        Diagnostic::error(
                            codes::ALIAS_CONFLICT,
                            format!("the alias `{alias}` belongs to {holder} already"),
                        )
                        .at(document.place(&["aliases", &index.to_string()]))
                        .help("an address can lead to one place only; remove the alias here or there"),
                    );
                }
            }
        }
    }
}

/// Adds an output for each other name of a topic, where nothing answers its address: whoever knew the topic by it comes to
/// the topic's page.
pub(super) fn add_names(context: &SiteContext, outputs: &mut Vec<Output>, taken: &mut Taken) {
    for topic in context.site.topics.iter() {
        let Some(head) = topic.head() else { continue };
        for name in &head.aliases {
            let slug = text::slugify(name);
            // A name of signs alone makes no address.
            let Ok(route) = Route::new(&format!("/topics/{slug}/")) else { continue };
            if slug == topic.slug || slug.len() > lengths::NAME {
                continue;
            }
            if let Entry::Vacant(free) = taken.entry(place(&route)) {
                free.insert(outputs.len());
                outputs.push(Output { route, kind: OutputKind::moved(topic.route().to_string()), doc: None });
            }
        }
    }
}
