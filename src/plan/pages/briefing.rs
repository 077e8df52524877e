//! Editions: one page each, and the address of the newest.

use crate::plan::context::briefing_view::{parts, whole};
use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::views::shapes::{BriefingRef, LinkView};
use crate::plan::{BRIEFINGS, Former, Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::{Edition, EditionId};

/// The address of the newest edition.
const LATEST: &str = "/briefings/latest/";

/// The editions, and the address of the newest.
pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (index, edition) in context.site.editions.iter().enumerate() {
        let kind = OutputKind::Page(PageKind::Edition(EditionId(index)));
        outputs.push(Output { route: edition.route.clone(), kind, doc: edition.doc() });
    }
    if let Some(newest) = context.site.editions.first() {
        let moved = Former::Moved { to: newest.route.to_string(), permanent: false };
        outputs.push(Output { route: context.own_route(LATEST), kind: OutputKind::Redirect(moved), doc: None });
    }
}

pub(in crate::plan) fn edition(context: &SiteContext, id: EditionId) -> Page {
    let editions = &context.site.editions;
    let edition = context.site.edition(id);
    let view = whole(context, edition);
    let neighbor =
        |edition: Option<&Edition>| -> Option<BriefingRef> { edition.map(|edition| context.briefing_ref(edition)) };
    let mut meta = context.meta(&family::BRIEFING, edition.route.as_str(), view.title.clone()).language(&view.lang);
    meta.description.clone_from(&view.summary);
    meta.noindex = edition.file.as_ref().is_some_and(|file| file.head.noindex);
    meta.image = context.share_of(view.image.clone()).or(meta.image);
    meta.expires = edition.file.as_ref().and_then(|file| file.head.expires).map(|at| context.instant(at));
    meta.og_type = "article";
    meta.published = Some(context.instant(edition.published));
    meta.modified = edition.updated.map(|at| context.instant(at));
    meta.breadcrumbs = vec![LinkView { title: context.say("briefings"), url: context.own_link(BRIEFINGS) }];
    let items = view.items.iter().map(|item| LinkView { title: item.title.clone(), url: item.url.clone() });
    let log = parts(edition).map_or(&[][..], |(head, _)| &head.updates);
    let node = json_ld::edition(edition.number, log, &view.authors, items);
    Page::new(meta)
        .json_ld(node)
        .data("briefing", view)
        .data("previous", neighbor(editions.get(id.0 + 1)))
        .data("next", neighbor(id.0.checked_sub(1).and_then(|newer| editions.get(newer))))
}
