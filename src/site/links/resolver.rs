//! The inputs and results of link resolution.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::held::Held;
use crate::base::picture::rendition::Rendition;
use crate::base::report::Report;
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::near::Near;
use crate::base::text::near_paths::NearPaths;
use crate::base::web::address;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::data::Data;
use crate::content::document::Document;
use crate::content::markdown::decode;
use crate::site::documents::entry_files::EntryFiles;
use crate::site::documents::lookup::Documents;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Showing;
use crate::site::editions::ShownEdition;
use crate::site::ids::{AssetId, DocId};
use crate::site::model::PathLink;
use crate::site::stories::people::ShownPerson;
use crate::site::stories::shown::{ShownArticle, ShownPage};
use crate::site::topics::ShownTopic;

/// A shown document and its page.
pub(in crate::site) struct Home {
    pub(in crate::site) doc: DocId,
    /// The route of its page.
    pub(in crate::site) route: Route,
}

/// The possible targets of links: all pages with a document, and files.
#[derive(Clone, Copy)]
pub(in crate::site) struct LinkTargets<'a> {
    pub(in crate::site) articles: &'a [ShownArticle],
    pub(in crate::site) standing: &'a [ShownPage],
    pub(in crate::site) people: &'a [ShownPerson],
    pub(in crate::site) topics: &'a [ShownTopic],
    pub(in crate::site) editions: &'a [ShownEdition],
    /// Files beside documents, ordered by path.
    pub(in crate::site) beside: &'a [Asset],
    /// Static files, ordered by path.
    pub(in crate::site) statics: &'a [Asset],
    pub(in crate::site) data: &'a Data,
    /// Documents with entries that are not shown yet, in full.
    pub(in crate::site) held: &'a [(DocId, Arc<Document>)],
}

impl LinkTargets<'_> {
    /// The pages that have a source document.
    pub(in crate::site) fn homes(&self) -> Vec<Home> {
        let articles = self.articles.iter().map(|article| (article.doc, article.route.clone()));
        let standing = self.standing.iter().map(|page| (page.doc, page.route.clone()));
        let people = self.people.iter().map(|person| (person.doc, person.route.clone()));
        let topics = self.topics.iter().filter_map(|topic| Some((topic.file.as_ref()?.doc, topic.route.clone())));
        let editions =
            self.editions.iter().filter_map(|edition| Some((edition.file.as_ref()?.doc, edition.route.clone())));
        let all = articles.chain(standing).chain(people).chain(topics).chain(editions);
        all.map(|(doc, route)| Home { doc, route }).collect()
    }
}

/// The indices by which links are resolved, shared between threads.
pub(in crate::site) struct Resolver<'a> {
    pub(in crate::site) config: &'a Config,
    pub(in crate::site) documents: &'a Documents,
    pub(in crate::site) shown: &'a [Showing],
    pub(in crate::site) entries: &'a EntryFiles,
    pub(in crate::site) targets: LinkTargets<'a>,
    /// The route of each document by index; `None` for one that is not shown.
    pub(in crate::site) homes: Vec<Option<Route>>,
    /// The anchors of each document by index, collected for the first link with a fragment.
    pub(in crate::site) anchors: Vec<OnceLock<Anchors>>,
    pub(in crate::site) held: Held<'a>,
    /// The indices of files beside documents, by path below `content/`.
    pub(in crate::site) assets: HashMap<&'a str, usize>,
    /// The paths of shown documents for suggestions, indexed on the first broken link.
    pub(in crate::site) meant: OnceLock<NearPaths>,
    pub(in crate::site) meant_slugs: OnceLock<Near>,
    /// Values in the front matter of all documents that were reported and left out.
    pub(in crate::site) refused_texts: OnceLock<HashSet<&'a str>>,
}

impl<'a> Resolver<'a> {
    pub(in crate::site) fn new(inputs: PassInputs<'a>, targets: LinkTargets<'a>) -> Self {
        let PassInputs { config, documents, shown, entries, .. } = inputs;
        let mut homes = vec![None; documents.all().len()];
        for Home { doc, route } in targets.homes() {
            homes[doc.0] = Some(route);
        }
        for ((doc, document), _) in
            documents.numbered().zip(shown).filter(|(_, showing)| **showing == Showing::Elsewhere)
        {
            homes[doc.0].clone_from(&document.route);
        }
        Self {
            config,
            documents,
            shown,
            entries,
            targets,
            homes,
            anchors: documents.all().iter().map(|_| OnceLock::new()).collect(),
            held: Held::of(documents, shown, config),
            assets: targets.beside.iter().enumerate().map(|(index, asset)| (asset.path.as_str(), index)).collect(),
            meant: OnceLock::new(),
            meant_slugs: OnceLock::new(),
            refused_texts: OnceLock::new(),
        }
    }
}

/// The anchors of one document.
pub(in crate::site) struct Anchors {
    /// Fragment identifiers in composed form (NFC).
    pub(in crate::site) known: HashSet<String>,
    pub(in crate::site) near: OnceLock<Near>,
}

/// The results of resolving the links of one or more documents.
#[derive(Default)]
pub(in crate::site) struct Findings {
    /// The files to publish, each with its route. Two files at one route are a conflict, which the plan reports.
    pub(in crate::site) files: BTreeSet<(Route, AssetId)>,
    /// The scaled copies of pictures to publish, each with its route.
    pub(in crate::site) renditions: BTreeSet<(Route, AssetId, Rendition)>,
    pub(in crate::site) used: HashSet<usize>,
    pub(in crate::site) path_links: Vec<PathLink>,
    pub(in crate::site) report: Report,
}

impl Findings {
    pub(in crate::site) fn take<T>(&mut self, (value, other): (T, Self)) -> T {
        let Self { files, renditions, used, path_links, report } = other;
        self.files.extend(files);
        self.renditions.extend(renditions);
        self.used.extend(used);
        self.path_links.extend(path_links);
        self.report.extend(report);
        value
    }
}

/// The percent-decoded path, without query and fragment, of a relative URL on the page at `route`.
pub(in crate::site) fn page_path(route: &Route, address: &str) -> String {
    let path = address::seen_from(route.as_str(), address).unwrap_or_default();
    decode(address::split(&path).0)
}

/// The path in composed form (NFC), in which files are published: servers compare bytes, and `%C3%BC` and `u%CC%88` are
/// both `ü`. The fragment is in this form too, like the ids of texts.
pub(in crate::site) fn composed_path(path: &str) -> Cow<'_, str> {
    let (before, rest) = address::split(path);
    let (query, fragment) = rest.find('#').map_or((rest, ""), |at| rest.split_at(at));
    match (composed(before), composed(fragment)) {
        (Cow::Borrowed(_), Cow::Borrowed(_)) => Cow::Borrowed(path),
        (before, fragment) => Cow::Owned(format!("{before}{query}{fragment}")),
    }
}

/// A part of an address in composed form; as written where it is in that form already.
fn composed(part: &str) -> Cow<'_, str> {
    let decoded = decode(part);
    match text::composed(&decoded) {
        Cow::Borrowed(_) => Cow::Borrowed(part),
        Cow::Owned(composed) => Cow::Owned(composed),
    }
}
