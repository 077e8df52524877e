//! Articles that are one in several languages: all that are joined by `translation_of`, by whatever way.

use std::collections::{BTreeMap, HashMap};

use super::ids::{ArticleId, DocId};
use super::lookup::{Meaning, ambiguous};
use super::model::Site;

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::content::document::Content;

/// Groups articles that translate each other. A group is whole: all of it name each other, since search engines leave out
/// a language that is not named back. One that is withheld joins its translations and is not among them.
pub(super) fn group(site: &mut Site, report: &mut Report) {
    let mut joined = Joined::default();
    for article in &site.articles {
        let document = site.document(article.doc);
        let Some(original) = &article.head.translation_of else { continue };
        let place = || document.place(&["translation_of"]);
        let unknown = |what: String| {
            Diagnostic::error(codes::TRANSLATION, format!("{what} is no article of this site"))
                .help("give the original’s path relative to this file, or its slug")
        };
        match site.lookup.article(&site.documents, &document.path, original) {
            Meaning::One(root) if !matches!(site.documents[root.0].content, Content::Article(..)) => {
                report.push(unknown(format!("`{}`", site.documents[root.0].path)).at(place()));
            }
            Meaning::One(root) => {
                if root == article.doc {
                    report.push(
                        Diagnostic::error(codes::TRANSLATION, "this article says that it is a translation of itself")
                            .at(place())
                            .help("name the article that it was translated from"),
                    );
                }
                joined.join(article.doc, root);
            }
            Meaning::Several(found) => report.push(ambiguous(original, &found, &site.documents).at(place())),
            Meaning::Nothing if site.is_unread(&document.path, original) => {}
            Meaning::Nothing => report.push(unknown(format!("`{original}`")).at(place())),
        }
    }
    let mut groups: BTreeMap<DocId, Vec<ArticleId>> = BTreeMap::new();
    for (index, article) in site.articles.iter().enumerate().filter(|(_, article)| article.story.is_some()) {
        if let Some(root) = joined.find(article.doc) {
            groups.entry(root).or_default().push(ArticleId(index));
        }
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        let language = |id: &ArticleId| site.language(site.document(site.article(*id).doc)).to_ascii_lowercase();
        // Of two in one language, that which is no translation comes first, and stays.
        let is_translation = |id: &ArticleId| site.article(*id).head.translation_of.is_some();
        group.sort_by_cached_key(|id| (language(id), is_translation(id), site.article(*id).route.clone()));
        for pair in group.windows(2).filter(|pair| language(&pair[0]) == language(&pair[1])) {
            let [first, second] = [pair[0], pair[1]].map(|id| site.document(site.article(id).doc));
            let message = format!(
                "this article and `{}`, which it translates, are both in `{}`",
                first.path,
                site.language(second)
            );
            report.push(
                Diagnostic::error(codes::TRANSLATION, message)
                    .at(second.place(&["translation_of"]))
                    .help("set `lang:` in the translation"),
            );
        }
        for id in &group {
            site.articles[id.0].translations.clone_from(&group);
        }
    }
}

/// Documents that were joined, by one of each group.
#[derive(Default)]
struct Joined(HashMap<DocId, DocId>);

impl Joined {
    /// The one that stands for a document's group; none when it was never joined.
    fn find(&mut self, doc: DocId) -> Option<DocId> {
        let mut root = *self.0.get(&doc)?;
        while self.0[&root] != root {
            root = self.0[&root];
        }
        // The next time the way is short.
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
