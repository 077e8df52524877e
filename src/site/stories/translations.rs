//! Groups of translations: articles that are connected by `translation_of`, directly or through others.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::named::Listed;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::content::document::{Content, Document};
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::lookup::Meaning;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Showing;
use crate::site::ids::DocId;

/// The article that `document`, which is `doc`, is a translation of; `None` if it is none. Reports when there is no such
/// article.
fn original_of(inputs: PassInputs<'_>, document: &Document, doc: DocId, report: &mut Report) -> Option<DocId> {
    let original = document.article()?.0.translation_of.as_deref()?;
    // Versions in several languages may have one slug. It means another language's here, and not the article itself.
    let is_own = matches!(inputs.documents.of_slug(original), [own] if *own == doc);
    let others = inputs.documents.others_of_slug(original);
    let is_main = |doc: &&DocId| inputs.config.edition_of(inputs.documents.get(**doc).language()).is_none();
    match others.iter().find(is_main).or(others.first()).filter(|_| is_own) {
        Some(other) => Some(*other),
        None => named(inputs, document, original, report),
    }
}

/// The article that `translation_of` names.
fn named(inputs: PassInputs<'_>, document: &Document, original: &str, report: &mut Report) -> Option<DocId> {
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
            named(inputs, document, original, report);
        }
    }
}

/// Groups the translations of all articles. Every member of a group lists all others, because search engines ignore
/// `hreflang` links that are not returned. A withheld article connects its translations, but is not a member itself.
pub(in crate::site) fn group(inputs: PassInputs<'_>, listed: Listed<'_>, report: &mut Report) -> Vec<Vec<DocId>> {
    let documents = inputs.documents;
    let Listed { articles, neighbors, .. } = listed;
    let mut joined = Joined::default();
    for article in articles {
        let document = documents.get(article.doc);
        if let Some(root) = original_of(inputs, document, article.doc, report) {
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
    // One that is withheld still connects those that are shown, as does one of another language's edition. Its problems are
    // reported when it appears, and there.
    let others = documents.numbered().filter(|(doc, _)| !matches!(inputs.shown[doc.0], Showing::Shown(_)));
    for (doc, document) in others {
        if let Some(root) = original_of(inputs, document, doc, &mut Report::default())
            && documents.get(root).article().is_some()
        {
            joined.join(doc, root);
        }
    }
    // Files whose names differ in their language alone: `talks.md` and `talks.ar.md`.
    let mut by_name: HashMap<String, DocId> = HashMap::new();
    let several = documents.numbered().filter(|_| !inputs.config.languages.is_empty());
    for (doc, document) in several.filter(|(_, document)| document.article().is_some()) {
        let named = inputs.config.language_of_name(&document.path);
        let name = named.map_or_else(|| document.path.clone(), |(_, name)| name);
        joined.join(doc, *by_name.entry(name).or_insert(doc));
    }
    let mut groups: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
    let standing = articles.iter().zip(neighbors).filter(|(_, neighbors)| neighbors.story.is_some());
    let standing = standing.map(|(article, _)| article.doc).chain(elsewhere(inputs));
    for doc in standing {
        if let Some(root) = joined.find(doc) {
            groups.entry(root).or_default().push(doc);
        }
    }
    let mut of_doc: HashMap<DocId, Vec<DocId>> = HashMap::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        let language = |doc: &DocId| inputs.language(documents.get(*doc)).to_ascii_lowercase();
        // The original comes before another article in its language, and that translation is reported.
        let is_translation =
            |doc: &DocId| documents.get(*doc).article().is_some_and(|(head, _)| head.translation_of.is_some());
        let route = |doc: &DocId| documents.get(*doc).route.clone();
        group.sort_by_cached_key(|doc| (language(doc), is_translation(doc), route(doc)));
        for pair in group.windows(2).filter(|pair| language(&pair[0]) == language(&pair[1])) {
            let [first, second] = [pair[0], pair[1]].map(|doc| documents.get(doc));
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
        for doc in &group {
            of_doc.insert(*doc, group.clone());
        }
    }
    articles.iter().map(|article| of_doc.remove(&article.doc).unwrap_or_default()).collect()
}

/// The articles that stand in editions of other languages.
fn elsewhere(inputs: PassInputs<'_>) -> impl Iterator<Item = DocId> {
    let others = inputs.documents.numbered().filter(move |(doc, _)| inputs.shown[doc.0] == Showing::Elsewhere);
    others.filter(|(_, document)| document.article().is_some_and(|(head, _)| !is_withdrawn(head))).map(|(doc, _)| doc)
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
