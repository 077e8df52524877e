//! What is known while links are resolved, and what is found.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use super::briefings::ShownEdition;
use super::documents::Documents;
use super::held::Held;
use super::ids::{AssetId, DocId};
use super::model::PathLink;
use super::pass::PassInputs;
use super::people::ShownPerson;
use super::shown::{ShownArticle, ShownPage};
use super::topics::ShownTopic;
use super::visibility::Showing;
use crate::base::report::Report;
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::near::Near;
use crate::base::text::near_paths::NearPaths;
use crate::base::web::address;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::markdown::decode;

/// A shown document: its page, and what its links need.
pub(super) struct Home {
    pub(super) doc: DocId,
    /// The route of its page.
    pub(super) route: Route,
}

/// What the links of documents may lead to: all pages of documents, in their order, and files.
#[derive(Clone, Copy)]
pub(super) struct LinkTargets<'a> {
    pub(super) articles: &'a [ShownArticle],
    pub(super) standing: &'a [ShownPage],
    pub(super) people: &'a [ShownPerson],
    pub(super) topics: &'a [ShownTopic],
    pub(super) editions: &'a [ShownEdition],
    /// Files beside stories, by path.
    pub(super) beside: &'a [Asset],
    /// Static files, by path.
    pub(super) statics: &'a [Asset],
}

impl LinkTargets<'_> {
    /// The pages with a file.
    pub(super) fn homes(&self) -> Vec<Home> {
        let articles = self.articles.iter().map(|article| (article.doc, article.route.clone()));
        let standing = self.standing.iter().map(|page| (page.doc, page.route.clone()));
        let people = self.people.iter().map(|person| (person.doc, person.route.clone()));
        let topics = self.topics.iter().filter_map(|topic| Some((topic.file.as_ref()?.doc, topic.route())));
        let editions =
            self.editions.iter().filter_map(|edition| Some((edition.file.as_ref()?.doc, edition.route.clone())));
        let all = articles.chain(standing).chain(people).chain(topics).chain(editions);
        all.map(|(doc, route)| Home { doc, route }).collect()
    }
}

/// What is known while links are resolved.
pub(super) struct Resolver<'a> {
    pub(super) config: &'a Config,
    pub(super) documents: &'a Documents,
    pub(super) shown: &'a [Showing],
    pub(super) targets: LinkTargets<'a>,
    /// The page of each document that is shown.
    pub(super) homes: Vec<Option<Route>>,
    /// The anchors of each document, made when the first link names one.
    pub(super) anchors: Vec<OnceLock<Anchors>>,
    pub(super) held: Held<'a>,
    /// The indices of files beside stories.
    pub(super) assets: HashMap<&'a str, usize>,
    /// What links to files may have meant, made when the first leads nowhere.
    pub(super) meant: OnceLock<NearPaths>,
    pub(super) meant_slugs: OnceLock<Near>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(inputs: PassInputs<'a>, targets: LinkTargets<'a>) -> Self {
        let PassInputs { config, documents, shown, .. } = inputs;
        let mut homes = vec![None; documents.all().len()];
        for Home { doc, route } in targets.homes() {
            homes[doc.0] = Some(route);
        }
        Self {
            config,
            documents,
            shown,
            targets,
            homes,
            anchors: documents.all().iter().map(|_| OnceLock::new()).collect(),
            held: Held::of(documents, shown),
            assets: targets.beside.iter().enumerate().map(|(index, asset)| (asset.path.as_str(), index)).collect(),
            meant: OnceLock::new(),
            meant_slugs: OnceLock::new(),
        }
    }
}

/// The anchors of a document.
pub(super) struct Anchors {
    /// In their composed form (NFC).
    pub(super) known: HashSet<String>,
    pub(super) near: OnceLock<Near>,
}

/// What came up while links were resolved.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) files: BTreeMap<Route, AssetId>,
    pub(super) used: HashSet<usize>,
    pub(super) path_links: Vec<PathLink>,
    pub(super) report: Report,
}

impl Findings {
    pub(super) fn take<T>(&mut self, (value, other): (T, Self)) -> T {
        let Self { files, used, path_links, report } = other;
        self.files.extend(files);
        self.used.extend(used);
        self.path_links.extend(path_links);
        self.report.extend(report);
        value
    }
}

/// The path below the site's root that a relative address means on a page, decoded, without its query and anchor.
pub(super) fn page_path(route: &Route, address: &str) -> String {
    let path = address::seen_from(route.as_str(), address).unwrap_or_default();
    decode(address::split(&path).0)
}

/// A path as its file is called: servers compare bytes, and `%C3%BC` may stand for `ü` in either form.
pub(super) fn composed_path(path: &str) -> Cow<'_, str> {
    let (before, rest) = address::split(path);
    let decoded = decode(before);
    match text::composed(&decoded) {
        Cow::Borrowed(_) => Cow::Borrowed(path),
        Cow::Owned(composed) => Cow::Owned(format!("{composed}{rest}")),
    }
}
