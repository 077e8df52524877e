//! Links between documents that lead nowhere: what was probably meant.

use super::links::{Findings, Resolver};
use super::lookup::relative;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text;
use crate::content::markdown::Filling;

impl<'a> Resolver<'a> {
    pub(super) fn broken(&self, path: &str, from: &str, place: impl Fn() -> Place, found: &mut Findings) -> Filling {
        if self.site.is_unread(from, path) {
            return Filling::Withheld;
        }
        let wanted = relative(from, path).unwrap_or_default();
        let name = wanted.rsplit('/').next().unwrap_or("");
        let same_name = self.shown_paths().find(|path| path.rsplit('/').next() == Some(name));
        let known = same_name.or_else(|| text::nearest(&wanted, self.shown_paths()));
        let help = known.map_or_else(
            || "give the path of a `.md` file, relative to this one".to_owned(),
            |known| format!("did you mean `{known}`?"),
        );
        found.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("`{path}` is no file of this site")).at(place()).help(help),
        );
        Filling::Withheld
    }

    /// The paths of all documents that are shown.
    fn shown_paths(&self) -> impl Iterator<Item = &'a str> {
        let documents = self.site.documents.iter().zip(self.shown);
        documents.filter(|(_, showing)| !showing.is_withheld()).map(|(document, _)| document.path.as_str())
    }

    pub(super) fn broken_slug(&self, slug: &str, place: impl Fn() -> Place, found: &mut Findings) -> Filling {
        if self.site.is_unread("", slug) {
            return Filling::Withheld;
        }
        let lookup = &self.site.lookup;
        let mut slugs: Vec<&str> = lookup
            .slugs()
            .filter(|(_, docs)| docs.iter().any(|doc| !self.shown[doc.0].is_withheld()))
            .map(|(slug, _)| slug)
            .collect();
        slugs.sort_unstable();
        let help = match text::nearest(slug, slugs) {
            Some(near) => format!("did you mean `[[{near}]]`?"),
            None => "give the slug of a story, or write `\\[` if brackets are meant".to_owned(),
        };
        found.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("no story has the slug `{slug}`")).at(place()).help(help),
        );
        Filling::Withheld
    }
}
