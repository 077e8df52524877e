//! The only chain of stages. Each is `fn(input) -> (output, Report)`; this file reads like a table of contents.

mod audit;
mod configure;
mod how;
mod lock;
mod memory;
mod now;
mod outrun;
mod unchanged;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::stages::Stages;
use crate::config::Config;
use crate::content::asset::AssetBytes;
use crate::content::gather;
use crate::plan::family::{self, Family};
use crate::plan::{self, Desk, Output, OutputKind, Plan, email};
use crate::publish::{self, Publication};
use crate::render::{self, Outcome, Rendered, Renderer, TemplateSource, Templates};
use crate::site::{self, Materials, Scope, Site};
use audit::Audit;
use configure::config_name;
use now::moment;
use unchanged::{Note, inputs, unchanged};

pub use configure::{bounds, configure};
pub use how::{Deny, Publish};
pub use lock::{Locked, lock, lock_prepared};
pub use memory::Memory;
pub use now::Now;
pub use outrun::retried;
pub use unchanged::Overview;

/// What a command asks of the pipeline.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's root: the folder of its configuration.
    pub root: PathBuf,
    /// The configuration.
    pub config: PathBuf,
    /// Another `base_url` than the configuration's.
    pub base_url: Option<String>,
    /// Another origin than that of `base_url`, such as `http://127.0.0.1:4747`; the path stays.
    pub origin: Option<String>,
    /// The instant to publish as of: RFC 3339 or any form of the front matter; the clock's when absent.
    pub now: Now,
    /// Whether drafts and future stories are shown.
    pub scope: Scope,
}

/// A site that is ready to be rendered.
pub struct Prepared {
    /// The site, and what all its pages share.
    pub desk: Arc<Desk>,
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
        &self.desk.site
    }
}

/// Reads and assembles the site.
pub fn assemble(request: &Request) -> (Option<Site>, Report) {
    assemble_again(request, &mut Memory::recall(request), &mut Stages::start())
}

fn assemble_again(request: &Request, memory: &mut Memory, stages: &mut Stages) -> (Option<Site>, Report) {
    let mut report = Report::default();
    let Some(config) = report.take(configure(request)) else { return (None, report) };
    let Some(as_of) = report.take(moment(&request.now, &config)) else { return (None, report) };
    look(request, &config, memory);
    let gathered = report.take(gather::content(&config, &mut memory.sources));
    let statics = report.take(gather::statics(render::STATICS, &mut memory.sources));
    let lock = report.take(lock::published(request));
    stages.end("read");
    let materials = Materials {
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
fn look(request: &Request, config: &Config, memory: &mut Memory) {
    let unseen = std::mem::take(&mut memory.unseen);
    gather::look(&request.root, config, &mut memory.sources, &unseen);
}

/// The sources that have changed since `memory` last looked at them: paths below the site's root.
pub fn look_again(request: &Request, memory: &mut Memory) -> Vec<String> {
    memory.sources.find_lost();
    let (config, _) = configure(request);
    if let Some(config) = &config {
        look(request, config, memory);
    }
    let (templates, _) = gather::templates(&request.root, &gather::bounds(&request.root, config.as_ref()));
    let named = templates.into_iter().map(|(name, text)| (format!("{}/{name}", gather::TEMPLATES), text));
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
    prepare_again(request, &mut Memory::recall(request), &mut Stages::start())
}

/// [`prepare`], where `memory` knows what has been read before.
pub fn prepare_again(request: &Request, memory: &mut Memory, stages: &mut Stages) -> (Option<Prepared>, Report) {
    let mut report = Report::default();
    let site = report.take(assemble_again(request, memory, stages));
    let templates = report.take(templates(request, memory));
    stages.end("templates");
    let Some(site) = site else { return (None, report) };
    let statics = Arc::clone(&site.statics);
    let desk = Arc::new(Desk::new(Arc::new(site), statics));
    let plan = report.take(plan::plan(&desk));
    stages.end("plan");
    let root = request.root.clone();
    (templates.map(|templates| Prepared { desk, plan, templates, root }), report)
}

/// Reads the templates, and parses them when one of them has changed.
fn templates(request: &Request, memory: &mut Memory) -> (Option<Arc<Templates>>, Report) {
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

/// Renders the outputs that `wanted` asks for, by their keys, from many threads. Each is handed to `put` as soon as it is
/// done.
pub fn render(
    prepared: &Prepared,
    wanted: impl Fn(&Renderer, &Output, Digest) -> bool + Sync,
    put: impl Fn(&Output, Digest, Outcome) -> Result<(), Diagnostic> + Sync,
) -> Report {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.desk));
    let problems = prepared.plan.outputs.par_iter().filter_map(|output| {
        let view = plan::view(&prepared.desk, &prepared.plan, output);
        let key = renderer.key(&view);
        if !wanted(&renderer, output, key) {
            return None;
        }
        match renderer.render(&view) {
            Ok(outcome) => put(output, key, outcome).err().map(|problem| (None, problem)),
            Err(problem) => Some((Some(output.route.clone()), *problem)),
        }
    });
    render::group(problems.collect())
}

/// Makes a single output.
pub fn make(prepared: &Prepared, output: &Output) -> Result<Outcome, Box<Diagnostic>> {
    let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.desk));
    renderer.render(&plan::view(&prepared.desk, &prepared.plan, output))
}

/// All problems of a site; nothing is written.
pub fn check(request: &Request) -> (Option<Prepared>, Report) {
    let attempt = |memory: &mut Memory| {
        let (prepared, mut report) = prepare_again(request, memory, &mut Stages::start());
        if let Some(prepared) = &prepared {
            report.extend(examine(prepared, |_, _| ()));
        }
        (prepared, report)
    };
    let mut memory = Memory::recall(request);
    let (prepared, report) = retried(&mut memory, attempt, |(_, report)| Some(report));
    (prepared, finish(report, &request.root))
}

/// Renders everything, shows it to `look`, and says what is wrong with it. Nothing is written.
pub fn examine(prepared: &Prepared, look: impl Fn(&Output, &Rendered) + Sync) -> Report {
    let audit = Audit::of(prepared);
    let sizes = Mutex::new(BTreeMap::new());
    let mut report = render(
        prepared,
        |_, _, _| true,
        |output, _, outcome| {
            let searched = audit.look(output, &outcome.rendered);
            searched.map_err(|error| outrun::unread(prepared, &outcome.rendered, error))?;
            look(output, &outcome.rendered);
            if let (OutputKind::Email(..), Rendered::Bytes(bytes)) = (&output.kind, &outcome.rendered) {
                let size = bytes.len() as u64;
                sizes.lock().unwrap_or_else(PoisonError::into_inner).insert(output.route.clone(), size);
            }
            Ok(())
        },
    );
    report.extend(audit.report(false));
    report.extend(email::check_sizes(&prepared.desk, &sizes.into_inner().unwrap_or_else(PoisonError::into_inner)));
    report
}

/// What a build did.
pub struct Built {
    /// The site; none when it could not be made, and when nothing needed to be made.
    pub prepared: Option<Prepared>,
    /// How much there is; none when the site could not be made.
    pub overview: Option<Overview>,
    /// What changed in the output folder; none when nothing was published.
    pub summary: Option<publish::Summary>,
    /// All problems.
    pub report: Report,
    /// How long each stage took.
    pub stages: Stages,
}

/// Builds a site into a folder: everything, or nothing when there is an error.
pub fn build(request: &Request, how: &Publish) -> Built {
    let mut memory = if how.clean { Memory::anew(request) } else { Memory::recall(request) };
    let built = build_again(request, how, &mut memory);
    memory.keep();
    // Giving a large site back piece by piece would only take time.
    std::mem::forget(memory);
    built
}

/// [`build`], where `memory` knows what has been read before.
pub fn build_again(request: &Request, how: &Publish, memory: &mut Memory) -> Built {
    let attempt = |memory: &mut Memory| build_once(request, how, memory);
    retried(memory, attempt, |built| Some(&built.report))
}

fn build_once(request: &Request, how: &Publish, memory: &mut Memory) -> Built {
    let mut stages = Stages::start();
    let inputs = inputs(request, memory);
    stages.end("look");
    if let Some(inputs) = inputs
        && let Some((overview, report, summary)) = unchanged(request, how, inputs)
    {
        stages.end("compare");
        return Built { prepared: None, overview: Some(overview), summary: Some(summary), report, stages };
    }
    let (prepared, mut report) = prepare_again(request, memory, &mut stages);
    let overview = prepared.as_ref().map(Overview::of);
    let mut summary = None;
    if let Some(prepared) = &prepared
        && !report.has_errors()
    {
        summary = report.take(publish(prepared, request, how, (inputs, &report.clone()), &mut stages));
        if how.verify && summary.is_some() {
            report.extend(verify(prepared, &how.output));
            stages.end("verify");
        }
    }
    Built { prepared, overview, summary, report: finish(report, &request.root), stages }
}

fn publish(
    prepared: &Prepared,
    request: &Request,
    how: &Publish,
    (inputs, so_far): (Option<Digest>, &Report),
    stages: &mut Stages,
) -> (Option<publish::Summary>, Report) {
    let mut report = Report::default();
    let mut publication = match open(request, how) {
        Ok(publication) => publication,
        Err(problem) => {
            report.push(problem);
            return (None, report);
        }
    };
    stages.end("open");
    let mut audit = Audit::of(prepared);
    let all = how.clean || !audit.remember(publication.audited());
    let wanted = |renderer: &Renderer, output: &Output, key| {
        let stale = publication.stale(&output.route, key, |asked| renderer.holds(asked)).is_some();
        match (stale, all) {
            (true, _) => {}
            (false, true) => audit.search_file(output, &publish::standing(&how.output, &output.route)),
            (false, false) => audit.recall(output),
        }
        stale
    };
    report.extend(render(prepared, wanted, |output, key, outcome| {
        let searched = audit.look(output, &outcome.rendered);
        searched.map_err(|error| outrun::unread(prepared, &outcome.rendered, error))?;
        let Family { name, rank, .. } = output.kind.family();
        let content = content(&outcome.rendered);
        let put = publication.put(&output.route, *rank, key, name, outcome.questions, content);
        put.map_err(|problem| outrun::placed(prepared, &outcome.rendered, problem))
    }));
    report.extend(audit.report(how.deny.withheld || how.deny.mentions));
    // E-mails that were kept are as large as they were.
    report.extend(email::check_sizes(&prepared.desk, &publication.sizes(family::EMAIL.name)));
    stages.end("render");
    let denied = how.deny.warnings && so_far.count(Severity::Warning) + report.count(Severity::Warning) > 0;
    let held = how.deny.withheld && !prepared.site().withheld.is_empty();
    if report.has_errors() || denied || held {
        publication.abandon();
        return (None, report);
    }
    if let Some(inputs) = inputs {
        let mut said = so_far.clone();
        said.extend(report.clone());
        let note: Note = (Overview::of(prepared), finish(said, &request.root));
        let note = serde_json::to_string(&note).expect("counts and texts can be written");
        let site = prepared.site();
        publication.settle(publish::Settled::new(inputs, site.as_of, site.stays_until(), audit.audited(), note));
    }
    let summary = match publication.commit() {
        Ok(summary) => Some(summary),
        Err(problem) => {
            report.push(problem);
            None
        }
    };
    stages.end("publish");
    (summary, report)
}

fn verify(prepared: &Prepared, folder: &Path) -> Report {
    render(
        prepared,
        |_, _, _| true,
        |output, _, outcome| {
            let compared = publish::compare(folder, &output.route, &content(&outcome.rendered));
            compared.map_err(|problem| outrun::placed(prepared, &outcome.rendered, problem))
        },
    )
}

fn content(rendered: &Rendered) -> publish::Content<'_> {
    match rendered {
        Rendered::Bytes(bytes) => publish::Content::Bytes(bytes),
        Rendered::File(AssetBytes::Builtin(bytes), _) => publish::Content::Bytes(bytes),
        Rendered::File(AssetBytes::File(file), digest) => publish::Content::File(file, *digest),
    }
}

fn open(request: &Request, how: &Publish) -> Result<Publication, Diagnostic> {
    let sources = [gather::CONTENT, gather::TEMPLATES, gather::STATIC].map(|folder| request.root.join(folder));
    let sources: Vec<PathBuf> = sources.into_iter().chain([request.config.clone()]).collect();
    let options = publish::Options { clean: how.clean, command: "build".to_owned(), protected: how.protected.clone() };
    Publication::open(&how.output, &sources, options)
}

/// Puts a report in reading order, and quotes the lines that it speaks of; of a file with very many problems of one
/// kind, the first. [`check`] and [`build`] have done so.
pub fn finish(report: Report, root: &Path) -> Report {
    let mut report = quoted(report, root);
    report.cap();
    report
}

/// Puts all of a report in reading order, and quotes the lines that it speaks of.
pub fn quoted(mut report: Report, root: &Path) -> Report {
    report.sort();
    report.quote(|file| disk::read_to_string(&disk::join(root, file)).ok());
    report
}
