//! Separates the shown documents by kind. Relations between them, such as stories and topics, are computed later.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::Document;
use crate::content::head::{ArticleHead, PageHead, Update};
use crate::content::markdown::Body;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::{Preview, Showing};
use crate::site::ids::DocId;
use crate::site::model::BriefingFile;

/// The shown documents that have a page of their own.
pub(in crate::site) struct ShownDocuments {
    /// Articles, newest first; the index is the [`ArticleId`](crate::site::ids::ArticleId).
    pub(in crate::site) articles: Vec<ShownArticle>,
    /// Briefings, sorted by path.
    pub(in crate::site) briefings: Vec<ShownBriefing>,
    /// Standing pages, sorted by route; the index is the [`PageId`](crate::site::ids::PageId).
    pub(in crate::site) pages: Vec<ShownPage>,
}

/// An article that is shown.
pub(in crate::site) struct ShownArticle {
    pub(in crate::site) doc: DocId,
    pub(in crate::site) head: Arc<ArticleHead>,
    pub(in crate::site) body: Arc<Body>,
    pub(in crate::site) route: Route,
    pub(in crate::site) published: Moment,
    pub(in crate::site) preview: Option<Preview>,
    /// The document with the entries that are in files of their own.
    pub(in crate::site) document: Arc<Document>,
    /// The document of each entry of live coverage; empty when all are in that of the story.
    pub(in crate::site) entry_docs: Vec<DocId>,
}

/// A briefing that is shown.
pub(in crate::site) struct ShownBriefing {
    pub(in crate::site) file: BriefingFile,
    pub(in crate::site) route: Route,
    pub(in crate::site) published: Moment,
    pub(in crate::site) preview: Option<Preview>,
}

/// A standing page that is shown.
pub(in crate::site) struct ShownPage {
    pub(in crate::site) doc: DocId,
    pub(in crate::site) head: Arc<PageHead>,
    pub(in crate::site) body: Arc<Body>,
    pub(in crate::site) route: Route,
    pub(in crate::site) preview: Option<Preview>,
}

impl ShownDocuments {
    pub(in crate::site) fn of(inputs: PassInputs<'_>) -> Self {
        let mut pages: Vec<ShownPage> = routed(inputs)
            .filter_map(|(doc, document, route, preview)| {
                let (head, body) = document.page()?;
                Some(ShownPage { doc, head: Arc::clone(head), body: Arc::clone(body), route: route.clone(), preview })
            })
            .collect();
        pages.sort_by(|a, b| a.route.cmp(&b.route));
        let briefings = routed(inputs)
            .filter_map(|(doc, document, route, preview)| {
                let (head, body) = document.briefing()?;
                let file = BriefingFile { doc, head: Arc::clone(head), body: Arc::clone(body) };
                let published = inputs.published(document)?;
                Some(ShownBriefing { file, route: route.clone(), published, preview })
            })
            .collect();
        let mut articles: Vec<ShownArticle> = routed(inputs)
            .filter_map(|(doc, document, route, preview)| {
                let (head, body) = document.article()?;
                Some(ShownArticle {
                    doc,
                    head: Arc::clone(head),
                    body: Arc::clone(body),
                    route: route.clone(),
                    published: inputs.published(document)?,
                    preview,
                    document: Arc::clone(inputs.documents.get(doc)),
                    entry_docs: Vec::new(),
                })
            })
            .collect();
        articles
            .par_sort_by(|a, b| b.published.instant().cmp(&a.published.instant()).then_with(|| a.route.cmp(&b.route)));
        Self { articles, briefings, pages }
    }

    /// Reports entries of change logs that are about an item which their edition does not have, or an entry which live
    /// coverage does not have.
    pub(in crate::site) fn check_items(&self, inputs: PassInputs<'_>, report: &mut Report) {
        for ShownBriefing { file: BriefingFile { doc, head, body }, .. } in &self.briefings {
            let anchors = body.items.iter().map(|item| item.id.as_str()).collect();
            check_items(inputs.documents.get(*doc), &head.updates, ("this edition", "item", "items"), anchors, report);
        }
        for ShownArticle { doc, head, body, .. } in &self.articles {
            let document = inputs.documents.get(*doc);
            let anchors = body.entries.iter().map(|entry| entry.id.as_str()).collect();
            check_items(document, &head.updates, ("this story", "entry", "entries"), anchors, report);
        }
    }

    /// Reports updates of published articles and editions that are dated after the instant of publication.
    pub(in crate::site) fn check_updates(&self, inputs: PassInputs<'_>, report: &mut Report) {
        let articles = self.articles.iter().map(|article| (article.doc, &article.head.updates, article.preview));
        let briefings = self.briefings.iter().map(|one| (one.file.doc, &one.file.head.updates, one.preview));
        let entries = inputs.entries.all().filter_map(|(doc, _)| match inputs.shown[doc.0] {
            Showing::Shown(preview) => Some((doc, &inputs.documents.get(doc).entry()?.0.updates, preview)),
            Showing::Withheld | Showing::Elsewhere => None,
        });
        let all = articles.chain(briefings).chain(entries);
        for (doc, updates, _) in all.filter(|(_, _, preview)| preview.is_none()) {
            let document = inputs.documents.get(doc);
            for update in updates.iter().filter(|update| update.at.instant() > inputs.as_of.instant()) {
                report.push(in_future(document, update, inputs));
            }
        }
    }
}

/// Reports entries of a change log about a part of its document that is not there. `words` are the names of the document, and
/// of one and several of its parts.
fn check_items(
    document: &Document,
    log: &[Update],
    (whole, one, several): (&str, &str, &str),
    anchors: Vec<&str>,
    report: &mut Report,
) {
    for update in log {
        let (Some(item), Some(index)) = (&update.item, update.index) else { continue };
        if anchors.contains(&item.as_str()) {
            continue;
        }
        let help = match text::nearest(item, anchors.iter().copied()) {
            Some(near) => text::did_you_mean(near),
            None if anchors.is_empty() => "remove `item`".to_owned(),
            None => {
                let known = anchors.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                format!("the {several} are {known}")
            }
        };
        let problem = Diagnostic::error(codes::BROKEN_ANCHOR, format!("{whole} has no {one} `{item}`"));
        report.push(problem.at(document.place(&["updates", &index.to_string(), "item"])).help(help));
    }
}

/// Reports an update that is dated after the instant of publication. Only a warning, because a site may be built as of a
/// past instant on purpose.
fn in_future(document: &Document, update: &Update, inputs: PassInputs<'_>) -> Diagnostic {
    let message = format!("the update of {} is in the future", update.at.rfc3339(&inputs.config.zone));
    let place = match update.index {
        Some(index) => document.place(&["updates", &index.to_string(), "at"]),
        None => document.place(&["updated"]),
    };
    Diagnostic::warning(codes::BAD_VALUE, message).at(place).help("correct its date; readers see it now")
}

/// Returns all shown documents that have a route.
fn routed(inputs: PassInputs<'_>) -> impl Iterator<Item = (DocId, &Document, &Route, Option<Preview>)> {
    inputs.documents.numbered().zip(inputs.shown).filter_map(|((doc, document), showing)| match showing {
        Showing::Shown(preview) => Some((doc, &**document, document.route.as_ref()?, *preview)),
        Showing::Withheld | Showing::Elsewhere => None,
    })
}
