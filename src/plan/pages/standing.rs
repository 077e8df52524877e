//! Standing pages, and the page for addresses that lead nowhere.

use serde::Serialize;

use crate::base::date::DisplayDate;
use crate::content::markdown::{Audience, OutlineEntry, in_words};
use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::{PageId, Preview};

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (index, page) in context.site.pages.iter().enumerate() {
        outputs.push(Output {
            route: page.route.clone(),
            kind: OutputKind::Page(PageKind::Standing(PageId(index))),
            doc: Some(page.doc),
        });
    }
    outputs.push(Output {
        route: context.own_route("/404.html"),
        kind: OutputKind::Page(PageKind::NotFound),
        doc: None,
    });
}

#[derive(Serialize)]
struct StandingView {
    title: String,
    summary: Option<String>,
    body: String,
    updated: Option<DisplayDate>,
    toc: Vec<OutlineEntry>,
    preview: Option<Preview>,
    extra: serde_json::Value,
}

pub(in crate::plan) fn page(context: &SiteContext, id: PageId) -> Page {
    let page = context.site.page(id);
    let document = context.site.document(page.doc);
    let (head, body) = (&page.head, &page.body);
    let view = StandingView {
        title: head.title.clone(),
        summary: head.summary.clone(),
        body: in_words(
            body.fill(&page.fillings, Audience::Page),
            context.site.language(document),
            &context.site.config.words,
        ),
        updated: head.updated.map(|at| context.display_date(at)),
        toc: body.outline(&page.fillings),
        preview: page.preview,
        extra: head.extra.clone(),
    };
    let mut meta = context
        .meta(&family::STANDING, page.route.as_str(), head.title.clone())
        .language(context.site.language(document));
    meta.description = head.summary.clone().or_else(|| body.excerpt(&page.fillings, 200));
    meta.noindex = head.noindex;
    let page = Page::new(meta).json_ld(json_ld::JsonLdNode::Plain).data("content", view);
    match &head.template {
        Some(template) => page.template(template),
        None => page,
    }
}

pub(in crate::plan) fn not_found(context: &SiteContext) -> Page {
    let mut meta = context.meta(&family::NOT_FOUND, &context.own("/404.html"), context.say("not_found_title"));
    meta.noindex = true;
    Page::new(meta).json_ld(json_ld::JsonLdNode::Plain)
}
