//! Everything before rendering: sources → site → plan, and the templates.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::configure::{bounds, config_name, configure};
use super::memory::BuildCache;
use super::now::moment;
use super::request::Request;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::Report;
use crate::base::stages::Stages;
use crate::config::Config;
use crate::content::{folders, gather};
use crate::plan::{self, Plan, SiteContext};
use crate::render::{self, TemplateSource, Templates};
use crate::site::lock::{Lock, NAME};
use crate::site::{self, Site, SiteInputs};

/// A site that is ready to be rendered.
pub struct Prepared {
    /// The site, and what all its pages share.
    pub context: Arc<SiteContext>,
    /// All outputs.
    pub plan: Plan,
    /// The templates.
    pub templates: Arc<Templates>,
    /// The site's root.
    pub root: PathBuf,
}

impl Prepared {
    /// The site.
    pub fn site(&self) -> &Site {
        &self.context.site
    }
}

/// Reads and assembles the site.
pub fn assemble(request: &Request) -> (Option<Site>, Report) {
    assemble_again(request, &mut BuildCache::load(request), &mut Stages::start())
}

/// [`assemble`], of a configuration that was read.
pub fn assemble_with(request: &Request, config: Config) -> (Option<Site>, Report) {
    with_config(request, config, &mut BuildCache::load(request), &mut Stages::start())
}

fn assemble_again(request: &Request, memory: &mut BuildCache, stages: &mut Stages) -> (Option<Site>, Report) {
    let mut report = Report::default();
    let Some(config) = report.take(configure(request)) else { return (None, report) };
    let site = report.take(with_config(request, config, memory, stages));
    (site, report)
}

fn with_config(
    request: &Request,
    config: Config,
    memory: &mut BuildCache,
    stages: &mut Stages,
) -> (Option<Site>, Report) {
    let mut report = Report::default();
    let Some(as_of) = report.take(moment(&request.now, &config)) else { return (None, report) };
    rescan_sources(request, &config, memory);
    report.extend(gather::missing_folders(&request.root, &config));
    let gathered = report.take(gather::content(&config, &mut memory.sources));
    let statics = report.take(gather::statics(render::STATICS, &mut memory.sources));
    let lock = report.take(published(request));
    stages.end("read");
    let materials = SiteInputs {
        config: Arc::new(config),
        documents: gathered.documents,
        assets: gathered.assets,
        unread: gathered.unread,
        statics: statics.into(),
        lock,
        as_of,
        scope: request.scope,
    };
    let site = report.take(site::assemble(materials));
    stages.end("assemble");
    (Some(site), report)
}

/// Looks where `memory` has not looked yet.
pub(super) fn rescan_sources(request: &Request, config: &Config, memory: &mut BuildCache) {
    let pending = std::mem::take(&mut memory.pending);
    gather::rescan(&request.root, config, &mut memory.sources, &pending);
}

/// The sources that have changed since `memory` last looked at them: paths below the site's root.
pub fn rescan(request: &Request, memory: &mut BuildCache) -> Vec<String> {
    memory.sources.find_lost();
    let (config, _) = configure(request);
    if let Some(config) = &config {
        rescan_sources(request, config, memory);
    }
    let (templates, _) = gather::templates(&request.root, &gather::bounds(&request.root, config.as_ref()));
    let named = templates.into_iter().map(|(name, text)| (format!("{}/{name}", folders::TEMPLATES), text));
    let config = disk::read_to_string(&request.config).ok().map(|text| (config_name(request), text));
    let before = std::mem::replace(&mut memory.texts, named.chain(config).collect());
    let mut changed: BTreeSet<String> = memory.sources.take_changed().into_iter().collect();
    changed.extend(before.keys().filter(|path| !memory.texts.contains_key(*path)).cloned());
    changed.extend(
        memory.texts.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.clone()),
    );
    changed.into_iter().collect()
}

/// Everything up to rendering.
pub fn prepare(request: &Request) -> (Option<Prepared>, Report) {
    prepare_again(request, &mut BuildCache::load(request), &mut Stages::start())
}

/// [`prepare`], where `memory` knows what has been read before.
pub fn prepare_again(request: &Request, memory: &mut BuildCache, stages: &mut Stages) -> (Option<Prepared>, Report) {
    let mut report = Report::default();
    let site = report.take(assemble_again(request, memory, stages));
    let templates = report.take(templates(request, memory));
    stages.end("templates");
    let Some(site) = site else { return (None, report) };
    let statics = Arc::clone(&site.statics);
    templates.iter().filter_map(|templates| templates.untranslated(&site.config)).for_each(|note| report.push(note));
    let context = Arc::new(SiteContext::new(Arc::new(site), statics));
    let plan = report.take(plan::plan(&context));
    stages.end("plan");
    let root = request.root.clone();
    (templates.map(|templates| Prepared { context, plan, templates, root }), report)
}

/// Reads the templates, and parses them when one of them has changed.
fn templates(request: &Request, memory: &mut BuildCache) -> (Option<Arc<Templates>>, Report) {
    let mut report = Report::default();
    let sources = report.take(gather::templates(&request.root, &bounds(request)));
    let sources: Vec<TemplateSource> = sources.into_iter().map(|(name, text)| TemplateSource { name, text }).collect();
    if let Some((known, templates)) = &memory.templates
        && *known == sources
    {
        return (Some(Arc::clone(templates)), report);
    }
    let templates = report.take(Templates::read(&sources)).map(Arc::new);
    memory.templates = templates.clone().map(|templates| (sources, templates));
    (templates, report)
}

/// Reads the list of published addresses, where the desk keeps one.
fn published(request: &Request) -> (Option<Lock>, Report) {
    let mut report = Report::default();
    let file = request.root.join(NAME);
    if !disk::exists(&file) {
        return (None, report);
    }
    let text = report.take(gather::text(&file, NAME, codes::UNREADABLE));
    (text.and_then(|text| report.take(Lock::read(&text))), report)
}
