//! Diagnostics for broken links between documents, with suggestions.

use super::files::{HIDDEN, is_hidden};
use super::resolver::{Findings, Resolver};
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text::did_you_mean;
use crate::base::text::near::Near;
use crate::base::text::near_paths::NearPaths;
use crate::content::markdown::Filling;
use crate::site::documents::lookup::relative;
use crate::site::ids::DocId;

impl<'a> Resolver<'a> {
    pub(in crate::site) fn broken(
        &self,
        path: &str,
        from: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        if self.documents.is_unread(from, path) {
            return Filling::Withheld;
        }
        let wanted = relative(from, path).unwrap_or_default();
        let known = self.meant.get_or_init(|| NearPaths::of(self.shown_paths())).to(&wanted);
        let help = match known {
            _ if is_hidden(path) => HIDDEN.to_owned(),
            Some(known) => did_you_mean(known),
            None => "give the path of a `.md` file, relative to this one".to_owned(),
        };
        found.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("`{path}` is not a file of this site"))
                .at(place())
                .help(help),
        );
        Filling::Withheld
    }

    /// The paths of all shown documents.
    fn shown_paths(&self) -> impl Iterator<Item = &'a str> {
        let documents = self.documents.all().iter().zip(self.shown);
        documents.filter(|(_, showing)| !showing.is_withheld()).map(|(document, _)| document.path.as_str())
    }

    pub(in crate::site) fn broken_slug(&self, slug: &str, place: impl Fn() -> Place, found: &mut Findings) -> Filling {
        // A slug that was itself reported where it is given is no mistake of the link's.
        let refused = self.refused_texts.get_or_init(|| {
            self.documents.all().iter().flat_map(|document| document.left_out().texts(&document.front)).collect()
        });
        if refused.contains(slug) || self.documents.is_unread("", slug) {
            return Filling::Withheld;
        }
        let slugs = self.meant_slugs.get_or_init(|| {
            let is_shown = |docs: &[DocId]| docs.iter().any(|doc| !self.shown[doc.0].is_withheld());
            Near::of(self.documents.slugs().filter(|(_, docs)| is_shown(docs)).map(|(slug, _)| slug))
        });
        let help = match slugs.to(slug) {
            Some(near) => did_you_mean(format!("[[{near}]]")),
            None => "give the slug of a story, or write `\\[` if brackets are meant".to_owned(),
        };
        found.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("no story has the slug `{slug}`")).at(place()).help(help),
        );
        Filling::Withheld
    }
}
