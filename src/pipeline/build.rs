//! The build: renders all stale outputs and publishes them together.

use std::path::Path;

use super::ahead;
use super::audit::Audit;
use super::build_cache::BuildCache;
use super::build_options::{BuildOptions, open};
use super::content::content;
use super::finish::finish;
use super::input::configure::configure;
use super::input::request::Request;
use super::pictures;
use super::prepare::{Prepared, prepare_with};
use super::render::{Making, render};
use super::retry::{self, retried};
use super::unchanged::{Note, Overview, inputs, unchanged};
use crate::base::digest::Digest;
use crate::base::report::{Report, Severity};
use crate::base::stages::Stages;
use crate::config::Config;
use crate::plan::outputs::family::{self, Family};
use crate::plan::{Output, email};
use crate::publish;
use crate::render::Renderer;

/// The result of a build.
pub struct Built {
    /// The prepared site; none when it could not be prepared, and when nothing had changed.
    pub prepared: Option<Prepared>,
    /// The counts of the site; none when it could not be prepared.
    pub overview: Option<Overview>,
    /// The changes to the output folder; none when nothing was published.
    pub summary: Option<publish::Summary>,
    /// All problems of the site, sorted and with their source lines.
    pub report: Report,
    /// The wall-clock time of each stage.
    pub stages: Stages,
}

/// Builds a site into its output folder: all of it, or nothing when there is an error.
pub fn build(request: &Request, options: &BuildOptions) -> Built {
    build_with(request, options, || configure(request))
}

/// Like [`build`], with a configuration that the caller has read already, and the diagnostics of that.
pub fn build_configured(request: &Request, options: &BuildOptions, config: Config, report: &Report) -> Built {
    build_with(request, options, || (Some(config.clone()), report.clone()))
}

fn build_with(request: &Request, options: &BuildOptions, read: impl Fn() -> (Option<Config>, Report)) -> Built {
    let mut cache = if options.clean { BuildCache::empty(request) } else { BuildCache::load(request) };
    let attempt = |cache: &mut BuildCache| build_once(request, options, cache, read());
    let built = retried(&mut cache, attempt, |built| Some(&built.report));
    cache.save();
    built
}

/// Like [`build`], with the caches of `cache`. The caller saves them.
pub fn build_again(request: &Request, options: &BuildOptions, cache: &mut BuildCache) -> Built {
    let attempt = |cache: &mut BuildCache| build_once(request, options, cache, configure(request));
    retried(cache, attempt, |built| Some(&built.report))
}

fn build_once(
    request: &Request,
    options: &BuildOptions,
    cache: &mut BuildCache,
    configured: (Option<Config>, Report),
) -> Built {
    let mut stages = Stages::start();
    let config = configured.0.as_ref();
    let inputs = config.and_then(|config| inputs(request, config, cache));
    stages.end("scan");
    if let (Some(config), Some(inputs)) = (config, inputs)
        && let Some((overview, report, summary)) = unchanged(request, config, options, inputs)
    {
        stages.end("compare");
        return Built { prepared: None, overview: Some(overview), summary: Some(summary), report, stages };
    }
    let (prepared, mut report) = prepare_with(request, configured, cache, &mut stages);
    let overview = prepared.as_ref().map(Overview::of);
    let mut summary = None;
    if let Some(prepared) = prepared.as_ref().filter(|_| report.has_errors()) {
        report.extend(ahead::scheduled(prepared, &report));
    } else if let Some(prepared) = &prepared {
        summary = report.take(publish(prepared, request, options, (inputs, &report.clone()), &mut stages));
        if options.verify && summary.is_some() {
            report.extend(verify(prepared, &options.output));
            stages.end("verify");
        }
    }
    Built { prepared, overview, summary, report: finish(report, &request.root), stages }
}

fn publish(
    prepared: &Prepared,
    request: &Request,
    options: &BuildOptions,
    (inputs, so_far): (Option<Digest>, &Report),
    stages: &mut Stages,
) -> (Option<publish::Summary>, Report) {
    let mut report = Report::default();
    let mut publication = match open(request, options) {
        Ok(publication) => publication,
        Err(problem) => {
            report.push(problem);
            return (None, report);
        }
    };
    stages.end("open");
    let mut audit = Audit::of(prepared);
    let all = options.clean || !audit.remember(publication.audited());
    let wanted = |renderer: &Renderer, output: &Output, key| {
        let stale = publication.stale(&output.route, key, |asked| renderer.holds(asked)).is_some();
        match (stale, all) {
            (true, _) => {}
            (false, true) => audit.search_file(output, &publish::standing(&options.output, &output.route)),
            (false, false) => audit.reuse(output),
        }
        stale
    };
    report.extend(render(prepared, wanted, |output, Making { renderer, view, key }, outcome| {
        let searched = audit.search_rendered(output, &outcome.rendered);
        searched.map_err(|error| retry::unread(prepared, &outcome.rendered, error))?;
        let Family { name, rank, .. } = output.kind.family();
        let content = content(&outcome.rendered);
        publication.note(&output.route, key, |objects| renderer.record(view, &outcome.questions, objects));
        let put = publication.put(&output.route, *rank, key, name, outcome.questions, content);
        put.map_err(|problem| retry::placed(prepared, &outcome.rendered, problem))
    }));
    report.extend(audit.report(options.deny.withheld || options.deny.mentions));
    // E-mails that were not rendered again keep the sizes of their last build.
    report.extend(email::check_sizes(&prepared.context, &publication.sizes(family::EMAIL.name)));
    stages.end("render");
    let mut said = so_far.clone();
    said.extend(report.clone());
    report.extend(ahead::scheduled(prepared, &said));
    stages.end("ahead");
    let denied = options.deny.warnings && so_far.count(Severity::Warning) + report.count(Severity::Warning) > 0;
    let held = options.deny.withheld && !prepared.site().withheld.is_empty();
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
        publication.set_build_record(publish::BuildRecord::new(
            inputs,
            site.as_of,
            prepared.stays_until(),
            audit.audited(),
            note,
        ));
    }
    let summary = match publication.commit() {
        Ok(summary) => Some(summary),
        Err(problem) => {
            report.push(problem);
            None
        }
    };
    if summary.is_some() {
        pictures::tidy(prepared);
    }
    stages.end("publish");
    (summary, report)
}

fn verify(prepared: &Prepared, folder: &Path) -> Report {
    render(
        prepared,
        |_, _, _| true,
        |output, _, outcome| {
            let compared = publish::compare(folder, &output.route, &content(&outcome.rendered));
            compared.map_err(|problem| retry::placed(prepared, &outcome.rendered, problem))
        },
    )
}
