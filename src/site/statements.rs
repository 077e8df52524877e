//! What the public stories say, in digests.

use rayon::prelude::*;

use super::model::{Edition, Site};
use crate::content::document::Document;
use crate::content::statement::Statement;

impl Site {
    /// What each article, each entry of live coverage in a file of its own and each edition with a file says, in digests, in order of their paths; without those that only a
    /// preview shows.
    pub fn statements(&self) -> Vec<Statement> {
        let articles = self.articles.iter().filter(|article| article.preview.is_none());
        let articles = articles.flat_map(|article| std::iter::once(article.doc).chain(self.entries_of(article.doc)));
        let editions = self.editions.iter().filter(|edition| edition.preview.is_none());
        let docs = articles.chain(editions.filter_map(Edition::doc)).chain(self.elsewhere_here());
        let documents: Vec<&Document> = docs.map(|doc| self.document(doc)).collect();
        let said = documents.par_iter().filter_map(|document| Statement::of(document, &self.config.zone));
        let mut said: Vec<Statement> = said.map(|said| said.digested()).collect();
        said.sort_by(|a, b| a.path.cmp(&b.path));
        said
    }
}
