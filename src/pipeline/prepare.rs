//! Everything before rendering: sources → site → plan, and the compiled templates.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::build_cache::{BuildCache, DataCache};
use super::input::configure::{config_name, configure};
use super::input::now::moment;
use super::input::request::Request;
use super::kept::KeptSite;
use super::scaling::Scaling;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::disk::{self, Bounds};
use crate::base::report::{Place, Report};
use crate::base::stages::Stages;
use crate::config::Config;
use crate::content::data::Data;
use crate::content::document::Document;
use crate::content::markdown::blocks::TextBlock;
use crate::content::{folders, gather};
use crate::plan::{self, Plan, SiteContext};
use crate::render::{self, TemplateSource, Templates};
use crate::site::urls_lock::{self, UrlsLock};
use crate::site::{Site, SiteInputs};

/// A site that is ready to be rendered.
pub struct Prepared {
    /// The site with the data that all its views share.
    pub context: Arc<SiteContext>,
    /// All outputs of the site, not yet rendered.
    pub plan: Arc<Plan>,
    /// The compiled templates: the built-in theme with the site's overrides.
    pub templates: Arc<Templates>,
    /// The site's root directory, to which paths of sources are relative.
    pub root: PathBuf,
    /// The pictures that are being scaled.
    pub(super) scaling: Scaling,
}

impl Prepared {
    /// Returns the assembled site.
    pub fn site(&self) -> &Site {
        &self.context.site
    }

    /// The site in each of the languages that have this host, the one at its root first.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.context.editions().map(|edition| &*edition.site)
    }

    /// The site in the language of a document.
    pub fn site_of(&self, document: &Document) -> &Site {
        self.sites().find(|site| site.config.has_language(document.language())).unwrap_or(self.site())
    }

    /// The instant until which the same sources give the same site, in all languages; `None` for ever.
    pub fn stays_until(&self) -> Option<Moment> {
        self.sites().filter_map(Site::stays_until).min_by_key(|at| at.instant())
    }
}

/// Reads and assembles the site. Returns none when the configuration cannot be read or the instant of `--now` is
/// invalid.
pub fn assemble(request: &Request) -> (Option<Arc<Site>>, Report) {
    let mut report = Report::default();
    let Some(config) = report.take(configure(request)) else { return (None, report) };
    let site = report.take(assemble_with(request, config));
    (site, report)
}

/// Like [`assemble`], with a configuration that the caller has parsed already.
pub fn assemble_with(request: &Request, config: Config) -> (Option<Arc<Site>>, Report) {
    with_config(request, config, &mut BuildCache::load(request), &mut Stages::start())
}

/// Reads and assembles the site in all its languages, the one at the root of the host first; none when the configuration
/// cannot be read.
pub fn assemble_all(request: &Request) -> (Vec<Arc<Site>>, Report) {
    let mut report = Report::default();
    let Some(config) = report.take(configure(request)) else { return (Vec::new(), report) };
    let mut cache = BuildCache::load(request);
    let site = report.take(with_config(request, config, &mut cache, &mut Stages::start()));
    let others = cache.kept.iter().flat_map(KeptSite::others);
    (site.into_iter().chain(others).collect(), report)
}

fn with_config(
    request: &Request,
    config: Config,
    cache: &mut BuildCache,
    stages: &mut Stages,
) -> (Option<Arc<Site>>, Report) {
    let mut report = Report::default();
    let Some(as_of) = report.take(moment(&request.now, &config)) else { return (None, report) };
    rescan_sources(request, &config, cache);
    report.extend(gather::missing_folders(&request.root, &config));
    let gathered = report.take(gather::content(&config, &mut cache.sources));
    let statics = report.take(gather::statics(render::STATICS, &mut cache.sources));
    let lock = report.take(published(request, &config)).map(Arc::new);
    let data = report.take(data(request, &config, cache));
    stages.end("read");
    let others = config.others().into_iter().map(|other| {
        // Each host has a list of its own. What is wrong with that of another one, its own build says.
        let is_here = other.host == config.host;
        let lock = if is_here { lock.clone() } else { published(request, &other).0.map(Arc::new) };
        (Arc::new(other), lock)
    });
    let others = others.collect();
    let materials = SiteInputs {
        config: Arc::new(config),
        documents: gathered.documents,
        assets: gathered.assets,
        incomplete: gathered.incomplete,
        unread: gathered.unread,
        statics: statics.into(),
        data,
        lock,
        as_of,
        scope: request.scope,
    };
    let kept = KeptSite::assemble(cache.kept.take(), materials, others);
    let site = report.take(kept.site());
    cache.kept = Some(kept);
    stages.end("assemble");
    (Some(site), report)
}

/// Rescans the sources that are marked as pending in `cache`, and clears the mark.
pub(super) fn rescan_sources(request: &Request, config: &Config, cache: &mut BuildCache) {
    let pending = std::mem::take(&mut cache.pending);
    gather::rescan(&request.root, config, &mut cache.sources, &pending);
}

/// Rescans the sources and returns the paths that changed since the previous scan, sorted, relative to the site's root.
/// Covers content, static files, templates, data and the configuration.
pub fn rescan(request: &Request, cache: &mut BuildCache) -> Vec<String> {
    cache.sources.find_lost();
    let (config, _) = configure(request);
    if let Some(config) = &config {
        rescan_sources(request, config, cache);
    }
    let bounds = gather::bounds(&request.root, config.as_ref());
    let (templates, _) = gather::templates(&request.root, &bounds);
    let (data, _) = gather::data(&request.root, &bounds);
    let named = templates.into_iter().map(|(name, text)| (format!("{}/{name}", folders::TEMPLATES), text));
    let named = named.chain(data.into_iter().map(|(name, text)| (format!("{}/{name}", folders::DATA), text)));
    let named = named.chain(gather::words(&request.root, &bounds).0);
    let config = disk::read_to_string(&request.config).ok().map(|text| (config_name(request), text));
    let before = std::mem::replace(&mut cache.texts, named.chain(config).collect());
    let mut changed: BTreeSet<String> = cache.sources.take_changed().into_iter().collect();
    changed.extend(before.keys().filter(|path| !cache.texts.contains_key(*path)).cloned());
    changed.extend(
        cache.texts.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.clone()),
    );
    changed.into_iter().collect()
}

/// Reads, assembles and plans the site: everything up to rendering. Returns none when the configuration or the
/// templates cannot be parsed.
pub fn prepare(request: &Request) -> (Option<Prepared>, Report) {
    prepare_again(request, &mut BuildCache::load(request), &mut Stages::start())
}

/// Like [`prepare`], with the source cache and the compiled templates of `cache`.
pub fn prepare_again(request: &Request, cache: &mut BuildCache, stages: &mut Stages) -> (Option<Prepared>, Report) {
    prepare_with(request, configure(request), cache, stages)
}

/// Like [`prepare_again`], with the configuration and its diagnostics.
pub(super) fn prepare_with(
    request: &Request,
    (config, mut report): (Option<Config>, Report),
    cache: &mut BuildCache,
    stages: &mut Stages,
) -> (Option<Prepared>, Report) {
    let bounds = gather::bounds(&request.root, config.as_ref());
    let site = config.and_then(|config| report.take(with_config(request, config, cache, stages)));
    let templates = report.take(templates(request, &bounds, cache));
    stages.end("templates");
    let Some(site) = site else { return (None, report) };
    let statics = Arc::clone(&site.statics);
    let others = cache.kept.iter().flat_map(KeptSite::others);
    let (languages, elsewhere): (Vec<_>, Vec<_>) = others.partition(|other| other.config.host == site.config.host);
    if let Some(templates) = &templates {
        report.extend(unknown_blocks(&site, templates));
    }
    let asked = templates.as_deref().map_or_else(Vec::new, scripts);
    let context = SiteContext::new(site, statics).with_languages(languages, elsewhere.into()).with_asked(asked);
    let context = Arc::new(context);
    let plan = cache.kept.as_mut().map(|kept| report.take(kept.plan(&context))).unwrap_or_default();
    stages.end("plan");
    let root = request.root.clone();
    (templates.map(|templates| Prepared { context, plan, templates, root, scaling: Scaling::default() }), report)
}

/// The scripts of the default theme that templates of the site name.
fn scripts(templates: &Templates) -> Vec<&'static str> {
    let is_named = |script: &&'static str| templates.own().any(|(_, text)| text.contains(*script));
    plan::OPTIONAL.into_iter().filter(is_named).collect()
}

/// Reports blocks in shown texts that no component of the theme or of the site shows.
fn unknown_blocks(site: &Site, templates: &Templates) -> Report {
    let mut report = Report::default();
    let blocks = site.shown().flat_map(|document| document.content.bodies()).flat_map(|body| &body.blocks);
    for TextBlock { kind, file, line, column, .. } in blocks {
        if let Some(problem) = templates.unknown_block(kind) {
            let end = column + kind.chars().count() as u32;
            report.push(problem.at(Place::columns(file, *line, *column..end)));
        }
    }
    report
}

/// Reads the data files, unless `cache` holds what the same texts give.
fn data(request: &Request, config: &Config, cache: &mut BuildCache) -> (Arc<Data>, Report) {
    let (texts, mut report) = gather::data(&request.root, &gather::bounds(&request.root, Some(config)));
    let known = cache.data.take().filter(|known| known.texts == texts).unwrap_or_else(|| {
        let (data, said) = Data::read(&texts);
        DataCache { texts, data: Arc::new(data), said }
    });
    report.extend(known.said.clone());
    let data = Arc::clone(&known.data);
    cache.data = Some(known);
    (data, report)
}

/// Reads the templates, and compiles them unless `cache` holds the result for the same texts.
fn templates(request: &Request, bounds: &Bounds, cache: &mut BuildCache) -> (Option<Arc<Templates>>, Report) {
    let mut report = Report::default();
    let sources = report.take(gather::templates(&request.root, bounds));
    let sources: Vec<TemplateSource> = sources.into_iter().map(|(name, text)| TemplateSource { name, text }).collect();
    if let Some((known, templates)) = &cache.templates
        && *known == sources
    {
        return (Some(Arc::clone(templates)), report);
    }
    let templates = report.take(Templates::read(&sources)).map(Arc::new);
    cache.templates = templates.clone().map(|templates| (sources, templates));
    (templates, report)
}

/// Reads the list of published addresses of a host; none when there is no such file.
fn published(request: &Request, config: &Config) -> (Option<UrlsLock>, Report) {
    let mut report = Report::default();
    let name = urls_lock::name(config.host.as_deref());
    let file = request.root.join(&name);
    if !disk::exists(&file) {
        return (None, report);
    }
    let text = report.take(gather::text(&file, &name, codes::UNREADABLE));
    (text.and_then(|text| report.take(UrlsLock::read(&name, &text))), report)
}
