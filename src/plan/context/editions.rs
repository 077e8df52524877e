//! The editions of a site in several languages: their outputs within the plan of the whole, and pages that all have.

use super::site_context::SiteContext;
use super::translations::{TopicKey, alternate};
use crate::content::asset::AssetBytes;
use crate::plan::views::meta::{Alternate, X_DEFAULT};
use crate::plan::{FileKind, Output, OutputKind, Plan};
use crate::site::AssetId;
use crate::site::{DocId, TopicId};

impl SiteContext {
    /// The edition that an output belongs to, and the output as that edition knows it.
    pub fn resolve<'o>(&'o self, output: &'o Output) -> (&'o Self, &'o Output) {
        match &output.kind {
            OutputKind::Language(language, own) => (&self.languages[*language], own),
            _ => (self, output),
        }
    }

    /// The document that an output is made for; of an e-mail, that of its edition.
    pub fn source_of(&self, output: &Output) -> Option<DocId> {
        let (edition, output) = self.resolve(output);
        match output.kind {
            OutputKind::Email(id, _) => edition.site.edition(id).doc(),
            _ => output.doc,
        }
    }

    /// The file that an output is made of, from the root of the site: its document, or else the picture or other file that goes out.
    /// `None` of what has no single one, and of files of the default theme.
    pub fn file_of(&self, output: &Output) -> Option<String> {
        let (edition, own) = self.resolve(output);
        let site = &edition.site;
        let beside = |id: AssetId| Some(format!("content/{}", site.asset(id).path));
        match own.kind {
            OutputKind::File(FileKind::Beside(id)) => beside(id),
            OutputKind::File(FileKind::Rendition(index)) => beside(site.renditions[index].1),
            OutputKind::File(FileKind::Static(index)) => {
                let asset = &edition.statics[index];
                matches!(asset.bytes, AssetBytes::File(_)).then(|| format!("static/{}", asset.path))
            }
            _ => own.doc.map(|doc| site.document(doc).path.clone()),
        }
    }

    /// This edition and those of further languages.
    pub fn editions(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.languages.iter().map(|language| &**language))
    }

    /// The outputs of this edition in the plan of the whole site.
    pub(in crate::plan) fn own_outputs<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = &'p Output> {
        let own = self.site.config.place_below();
        plan.outputs.iter().filter_map(move |output| match (&output.kind, own) {
            (OutputKind::Language(language, output), Some(own)) => (*language == own).then_some(&**output),
            (OutputKind::Language(..), None) | (_, Some(_)) => None,
            (_, None) => Some(output),
        })
    }

    /// A page that each language of the site has, in all of them: `/topics/`. None where there is only one language.
    pub(in crate::plan) fn in_all_languages(&self, path: &str) -> Vec<Alternate> {
        let config = &self.site.config;
        if config.languages.is_empty() {
            return Vec::new();
        }
        let main = || alternate(config, &config.main_language, path);
        let others = config
            .languages
            .iter()
            .map(|edition| alternate(config, &edition.tag, &format!("{}{path}", edition.prefix)));
        let all = std::iter::once(main()).chain(others);
        all.chain([Alternate { lang: X_DEFAULT.to_owned(), ..main() }]).collect()
    }

    /// The page of a topic in all languages that have it; none where only its own does.
    pub(in crate::plan) fn topic_in_all_languages(&self, id: TopicId) -> Vec<Alternate> {
        if self.topics_elsewhere.is_empty() {
            return Vec::new();
        }
        let mut all = self.topics_elsewhere.get(&TopicKey::of(self.site.topic(id))).cloned().unwrap_or_default();
        // The main language comes first, where it has the topic.
        let default = all.first().map(|first| Alternate { lang: X_DEFAULT.to_owned(), url: first.url.clone() });
        all.extend(default);
        all
    }
}
