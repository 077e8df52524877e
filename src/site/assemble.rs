//! The passes that make a site of its inputs. Each needs what those before it have made.

use std::collections::HashMap;
use std::sync::Arc;

use super::ids::DocId;
use super::lock::Lock;
use super::lookup::Lookup;
use super::model::{Site, StandingPage, Unread};
use super::registry::Registry;
use super::visibility::{self, Scope, Showing};
use super::{briefings, files, links, pairs, people, related, stories, threads, topics, translations};
use crate::base::date::Moment;
use crate::base::report::Report;
use crate::config::Config;
use crate::content::asset::Asset;
use crate::content::document::Document;

/// Everything that a site is made of.
pub struct SiteInputs {
    /// The configuration.
    pub config: Arc<Config>,
    /// All documents, by path.
    pub documents: Vec<Arc<Document>>,
    /// All files beside them, by path.
    pub assets: Vec<Asset>,
    /// Static files, by path.
    pub statics: Arc<[Asset]>,
    /// Every address that was published, where the desk keeps a list.
    pub lock: Option<Lock>,
    /// Content files that could not be read: what points at one is no mistake of its own.
    pub unread: Vec<String>,
    /// The instant to publish as of.
    pub as_of: Moment,
    /// Whether drafts and future stories are shown.
    pub scope: Scope,
}

/// Puts documents together. A pure function of its materials.
pub fn assemble(materials: SiteInputs) -> (Site, Report) {
    let SiteInputs { config, documents, assets, statics, lock, unread, as_of, scope } = materials;
    let mut report = Report::default();
    let visibility = visibility::sort_out(&documents, as_of, scope);
    let mut site = Site {
        config,
        as_of,
        scope,
        lookup: Lookup::new(&documents),
        documents,
        unread: Unread::of(&unread),
        stories: Vec::new(),
        articles: Vec::new(),
        topics: Vec::new(),
        pairs: Vec::new(),
        editions: Vec::new(),
        edition_by_doc: HashMap::new(),
        people: Vec::new(),
        threads: Vec::new(),
        pages: Vec::new(),
        files: Vec::new(),
        assets,
        statics,
        path_links: Vec::new(),
        lock,
        withheld: visibility.withheld,
        upcoming: visibility.upcoming,
    };
    let shown = visibility.shown;
    stories::add_articles(&mut site, &shown);
    pages(&mut site, &shown);
    briefings::add_files(&mut site, &shown);
    stories::check_updates(&site, &mut report);
    let registry = Registry::read(&site.documents, &shown, &mut report);
    let mut found = stories::of_articles(&site, &registry, &mut report);
    topics::check_parents(&site, &registry, &mut report);
    briefings::add_items(&site, &registry, &mut found, &mut report);
    stories::order(&mut site, found);
    topics::gather(&mut site, registry, &mut report);
    pairs::gather(&mut site, &mut report);
    briefings::compose(&mut site);
    briefings::finish(&mut site, &shown, &mut report);
    people::gather(&mut site, &mut report);
    threads::gather(&mut site, &mut report);
    related::relate(&mut site);
    translations::group(&mut site, &mut report);
    links::resolve(&mut site, &shown, &mut report);
    files::leave_out_missing(&mut site, &mut report);
    (site, report)
}

fn pages(site: &mut Site, shown: &[Showing]) {
    for (index, document) in site.documents.iter().enumerate() {
        if let (Some((head, body)), Showing::Shown(preview)) = (document.page(), shown[index]) {
            let Some(route) = document.route.clone() else { continue };
            site.pages.push(StandingPage {
                doc: DocId(index),
                head: Arc::clone(head),
                body: Arc::clone(body),
                route,
                fillings: Vec::new(),
                preview,
            });
        }
    }
    site.pages.sort_by(|a, b| a.route.cmp(&b.route));
}
