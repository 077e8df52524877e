//! Groups of translations: articles that are connected by `translation_of`, directly or through others.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::named::Listed;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::content::document::{Content, Document};
use crate::site::documents::lookup::Meaning;
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{ArticleId, DocId};

/// The article that `document` is a translation of. Reports when there is none.
fn original_of(inputs: PassInputs<'_>, document: &Document, original: &str, report: &mut Report) -> Option<DocId> {
    let documents = inputs.documents;
    let place = || document.place(&["translation_of"]);
    let unknown = |what: String| {
        Diagnostic::error(codes::TRANSLATION, format!("{what} is not an article of this site"))
            .help("give the original’s path relative to this file, or its slug")
    };
    match documents.article(&document.path, original) {
        Meaning::One(root) if documents.get(root).article().is_none() => {
            report.push(unknown(format!("`{}`", documents.get(root).path)).at(place()));
        }
        Meaning::One(root) => return Some(root),
        Meaning::Several(found) => report.push(documents.ambiguous(original, &found).at(place())),
        Meaning::Nothing if documents.is_unread(&document.path, original) => {}
        Meaning::Nothing => report.push(unknown(format!("`{original}`")).at(place())),
    }
    None
}

/// Checks `translation_of` of articles that have no page because of other errors.
pub(in crate::site) fn check_incomplete(inputs: PassInputs<'_>, incomplete: &[Arc<Document>], report: &mut Report) {
    for document in incomplete {
        if let Content::Article(head, _) = &document.content
            && let Some(original) = &head.translation_of
        {
            original_of(inputs, document, original, report);
        }
    }
}

/// Groups the translations of all articles. Every member of a group lists all others, because search engines ignore
/// `hreflang` links that are not returned. A withheld article connects its translations, but is not a member itself.
pub(in crate::site) fn group(inputs: PassInputs<'_>, listed: Listed<'_>, report: &mut Report) -> Vec<Vec<ArticleId>> {
    let documents = inputs.documents;
    let Listed { articles, neighbors, .. } = listed;
    let mut joined = Joined::default();
    for article in articles {
        let document = documents.get(article.doc);
        let Some(original) = &article.head.translation_of else { continue };
        if let Some(root) = original_of(inputs, document, original, report) {
            if root == article.doc {
                report.push(
                    Diagnostic::error(codes::TRANSLATION, "this article says that it is a translation of itself")
                        .at(document.place(&["translation_of"]))
                        .help("name the article that it was translated from"),
                );
            }
            joined.join(article.doc, root);
        }
    }
    // A withheld translation still connects those that are shown; its problems are reported when it appears.
    for (doc, document) in documents.numbered().filter(|(doc, _)| inputs.shown[doc.0].is_withheld()) {
        let Some((head, _)) = document.article() else { continue };
        if let Some(original) = &head.translation_of
            && let Meaning::One(root) = documents.article(&document.path, original)
            && documents.get(root).article().is_some()
        {
            joined.join(doc, root);
        }
    }
    let mut groups: BTreeMap<DocId, Vec<ArticleId>> = BTreeMap::new();
    let standing = articles.iter().zip(neighbors).enumerate().filter(|(_, (_, neighbors))| neighbors.story.is_some());
    for (index, (article, _)) in standing {
        if let Some(root) = joined.find(article.doc) {
            groups.entry(root).or_default().push(ArticleId(index));
        }
    }
    let mut translations = vec![Vec::new(); articles.len()];
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        let document = |id: &ArticleId| documents.get(articles[id.0].doc);
        let language = |id: &ArticleId| inputs.language(document(id)).to_ascii_lowercase();
        // The original comes before another article in its language, and that translation is reported.
        let is_translation = |id: &ArticleId| articles[id.0].head.translation_of.is_some();
        group.sort_by_cached_key(|id| (language(id), is_translation(id), articles[id.0].route.clone()));
        for pair in group.windows(2).filter(|pair| language(&pair[0]) == language(&pair[1])) {
            let [first, second] = [pair[0], pair[1]].map(|id| document(&id));
            let message = format!(
                "this article and `{}`, which it translates, are both in `{}`",
                first.path,
                inputs.language(second)
            );
            report.push(
                Diagnostic::error(codes::TRANSLATION, message)
                    .at(second.place(&["translation_of"]))
                    .help("set `lang:` in the translation"),
            );
        }
        for id in &group {
            translations[id.0].clone_from(&group);
        }
    }
    translations
}

/// A disjoint-set forest of documents, by parent.
#[derive(Default)]
struct Joined(HashMap<DocId, DocId>);

impl Joined {
    /// Returns the root of a document's group; none if the document was never joined.
    fn find(&mut self, doc: DocId) -> Option<DocId> {
        let mut root = *self.0.get(&doc)?;
        while self.0[&root] != root {
            root = self.0[&root];
        }
        // Path compression.
        let mut at = doc;
        while at != root {
            at = self.0.insert(at, root).unwrap_or(root);
        }
        Some(root)
    }

    fn join(&mut self, one: DocId, other: DocId) {
        for doc in [one, other] {
            self.0.entry(doc).or_insert(doc);
        }
        if let (Some(one), Some(other)) = (self.find(one), self.find(other)) {
            self.0.insert(one.max(other), one.min(other));
        }
    }
}
