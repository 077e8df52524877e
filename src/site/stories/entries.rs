//! The entries of live coverage that are in files of their own join those in the text of their story.

use std::sync::Arc;

use super::shown::ShownArticle;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Report};
use crate::content::document::Document;
use crate::content::markdown::Ids;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Showing;
use crate::site::ids::DocId;

/// Puts the entries that are shown into their stories. Reports anchors that occur twice, and entries that are older than their
/// story.
pub(in crate::site) fn join(inputs: PassInputs<'_>, articles: &mut [ShownArticle], report: &mut Report) {
    for article in articles {
        let is_shown = |doc: &&DocId| matches!(inputs.shown[doc.0], Showing::Shown(_));
        let files: Vec<DocId> = inputs.entries.of(article.doc).iter().filter(is_shown).copied().collect();
        if files.is_empty() {
            continue;
        }
        let documents: Vec<&Document> = files.iter().map(|doc| &**inputs.documents.get(*doc)).collect();
        check(inputs, article, &documents, report);
        let own = article.body.entries.iter().map(|entry| (entry.at, article.doc));
        let time = |document: &&Document| document.entry().map_or(article.head.date, |(_, entry)| entry.at);
        let mut sources: Vec<(Moment, DocId)> = own.chain(documents.iter().map(time).zip(files)).collect();
        sources.sort_by_key(|(at, _)| at.instant());
        article.entry_docs = sources.into_iter().map(|(_, doc)| doc).collect();
        let whole = article.document.with_entries(&documents);
        if let Some((head, body)) = whole.article() {
            (article.head, article.body) = (Arc::clone(head), Arc::clone(body));
        }
        article.document = Arc::new(whole);
    }
}

fn check(inputs: PassInputs<'_>, article: &ShownArticle, files: &[&Document], report: &mut Report) {
    let zone = &inputs.config.zone;
    let (story, head) = (&article.document.path, &article.head);
    let starts = head.live.and_then(|live| live.starts);
    let from = starts.into_iter().chain([head.date]).min_by_key(|at| at.instant()).unwrap_or(head.date);
    let names = article.body.entries.iter().map(|entry| &*entry.id);
    let names = names.chain(files.iter().filter_map(|file| Some(&*file.entry()?.1.id)));
    let (mut ids, own) = (Ids::of(names), Ids::default());
    let inner = article.body.entries.iter().flat_map(|entry| std::iter::once(&entry.id).chain(&entry.body.anchors));
    for id in article.body.anchors.iter().chain(inner) {
        ids.take(id);
    }
    for (file, entry) in files.iter().filter_map(|file| Some((*file, file.entry()?.1))) {
        if entry.at.date(zone) < from.date(zone) {
            let (at, from) = (entry.at.short(zone), from.short(zone));
            let message = format!("the entry of {at} is older than the story, of {from}");
            let problem = Diagnostic::error(codes::LIVE_ENTRY, message).at(file.place(&["date"]));
            let help = format!("correct its time, or say in `{story}` when coverage began: `live: {{starts: …}}`");
            report.push(problem.help(help));
        }
        // One anchor that occurs twice is told once: those within an entry start with its own.
        let is_told = |id: &String| own.is_reserved(id);
        if let Some(id) = std::iter::once(&entry.id).chain(&entry.body.anchors).find(|id| !is_told(id) && !ids.take(id))
        {
            let message = format!("the anchor `{id}` occurs twice in `{story}` and its entries");
            let problem = Diagnostic::error(codes::DUPLICATE_ANCHOR, message).at(file.place(&["anchor"]));
            let help =
                if *id == entry.id { "give the entry another `anchor`" } else { "give the heading another `{#id}`" };
            report.push(problem.help(help));
        }
    }
}
