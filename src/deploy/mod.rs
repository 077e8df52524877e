//! Deployment: a built site goes to a bucket or to a folder of releases.
//!
//! In: a site, and a target of its configuration. Out: a bucket or a folder that holds exactly the public outputs, and
//! a [`Done`] with the changes and the traffic. The site is built first, so that the target gets the current state of
//! the sources. Deliberately not here: rendering, and the notifications after a deployment.
//!
//! ```text
//! output folder ─objects─▶ Object{key, headers, digest} ─changes─▶ Changes ─ship─▶ bucket
//!   (ledger, _headers, _redirects)          manifest + listing ─▲        └─folder─▶ releases/<digest>/
//! ```
//!
//! A deployment behaves like a static host: it applies `_headers` and `_redirects` of the output folder, so that a
//! desk's own versions of these files count here too. Private outputs are never deployed.
//!
//! **The protocol of buckets.** Beside the site's objects, a bucket holds two of ours: the `manifest` of all objects
//! put, and, while a deployment runs, its `claim` (see `bucket/claim.rs`) with the keys that it is about to change.
//!
//! | phase | state of the bucket if the deployment is killed in it | the next deployment |
//! |---|---|---|
//! | new objects are put, by rank | old pages, some new objects without links | takes over the claim |
//! | changed objects are put, by rank | old and new pages; all their links resolve | the same |
//! | unwanted objects are deleted | new pages; all their links resolve | the same |
//! | the manifest is put, then the claim deleted | the new site | takes over the claim, if it is there |
//!
//! At every moment all links of a page resolve: new objects are put before any page that links to them, and old
//! objects are deleted after the last page that does. The content of the keys in a claim that is taken over is unknown,
//! so these objects are put or deleted again.

use std::path::Path;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report, Severity};
use crate::base::route::Route;
use crate::base::text::{self, nearest};
use crate::config::{self, Config, Destination, Target};
use crate::content::statement::Statement;
use crate::pipeline::{self, BuildOptions, Built, Locked, Request};
use crate::site::urls_lock;
use crate::site::{Scope, Site, WithheldReason};

mod bucket;
mod changes;
mod deployed;
mod done;
mod folder;
mod manifest;
mod objects;
mod options;
mod refusal;
mod rules;
mod store;
mod stories;

pub use changes::{Changes, ObjectChange, Step};
pub use done::Done;
pub use folder::RolledBack;
pub use objects::{Headers, Object, Published};
pub use options::DeployOptions;
use refusal::Result;
pub use store::Traffic;
use stories::Stories;

/// The outcome of a deployment, with all that was determined before it ended.
pub struct Deployment {
    /// The configuration with the target's base URL; `None` when it has errors or the target does not exist.
    pub config: Option<Config>,
    /// The address of the target: `s3://bucket/prefix`, or the path of a folder. Empty until the target is known.
    pub place: String,
    /// The build that precedes the deployment.
    pub built: Option<Built>,
    /// The changes that were made, or with `dry_run` would be; `None` when nothing was deployed.
    pub done: Option<Done>,
    /// The result of updating the lock file of published addresses, if this deployment did.
    pub locked: Option<Locked>,
    /// All diagnostics except those of the build.
    pub report: Report,
}

/// The settings of the build that precedes a deployment.
#[derive(Clone, Copy)]
pub struct DeployBuild<'a> {
    /// The output folder that the user named.
    pub output: Option<&'a Path>,
    /// The settings of publishing into that folder.
    pub publish: &'a BuildOptions,
}

/// Builds a site and deploys it to the target called `name`; without a name, to the only target of the host, or to
/// `production`. The language of the target tells which host is built. Unless the user names an output folder, the site is
/// built into the usual one if readers will see exactly that build, and otherwise, because of another base URL or a preview
/// scope, into `.dateline/deploy/<target>`. Errors are in the report, and `done` is then `None`.
pub fn deploy(request: &Request, name: Option<&str>, how: DeployBuild<'_>, options: &DeployOptions<'_>) -> Deployment {
    let DeployBuild { output, publish } = how;
    let asked = request.language.clone();
    let (config, configured, request) = configure(request, name);
    let mut deployment = Deployment {
        config: None,
        place: String::new(),
        built: None,
        done: None,
        locked: None,
        report: Report::default(),
    };
    let Some(config) = config.filter(|_| !configured.has_errors()) else {
        deployment.report = pipeline::finish(configured, &request.root);
        return deployment;
    };
    let target = match target(&config, name) {
        Ok(target) => target.clone(),
        Err(problem) => {
            deployment.report.push(*problem);
            return deployment;
        }
    };
    let base_url = request.base_url.clone().or_else(|| target.base_url.clone());
    let is_public = base_url.is_none() && request.scope == Scope::default();
    let request = Request { base_url, ..request };
    let aside = || request.root.join(".dateline").join("deploy").join(&target.name);
    let own = || if request.language == asked { publish.output.clone() } else { request.output() };
    let usual = || if is_public { own() } else { aside() };
    let publish = BuildOptions { output: output.map_or_else(usual, Path::to_owned), ..publish.clone() };
    deployment.place = place(&target, &request.root);
    let mut report = Report::default();
    let at_target = report.take(config::with_base_url(Some(config), request.base_url.as_deref()));
    let Some(config) = at_target else {
        deployment.report = pipeline::finish(report, &request.root);
        return deployment;
    };
    // The configuration by which the target was chosen is also that of the build, even if the file changes meanwhile.
    let built = pipeline::build_configured(&request, &publish, config.clone(), &configured);
    let is_published = built.summary.is_some();
    deployment.config = Some(config);
    let config = deployment.config.as_ref().filter(|_| is_published);
    deployment.done = config.and_then(|config| {
        let stories = Stories::new(&request, config, &built);
        report.take(send(&target, &request.root, &publish.output, config, stories, options))
    });
    if let Some(done) = deployment.done.as_ref().filter(|_| is_public && !options.dry_run) {
        deployment.locked = config.and_then(|config| report.take(note(&request, config, &built, done)));
    }
    deployment.built = Some(built);
    deployment.report = report;
    deployment
}

/// Reads the configuration for the host that the target called `name` is for, and names that host in the request.
fn configure(request: &Request, name: Option<&str>) -> (Option<Config>, Report, Request) {
    let (config, report) = pipeline::configure(request);
    let named = config.iter().flat_map(|config| &config.deploy).find(|target| Some(&*target.name) == name);
    match named.and_then(|target| target.language.clone()) {
        Some(language) if request.language.is_none() => {
            let request = Request { language: Some(language), ..request.clone() };
            let (config, report) = pipeline::configure(&request);
            (config, report, request)
        }
        _ => (config, report, request.clone()),
    }
}

/// Makes the release live that was deployed to a folder before the current one. Returns `None` with errors in the
/// report when there is none, or when it contains a story that the sources withhold now: a rollback must not publish
/// that again. Buckets keep no releases.
pub fn rollback(request: &Request, name: Option<&str>) -> (Option<RolledBack>, Report) {
    let (config, mut report, request) = configure(request, name);
    let request = &request;
    let Some(config) = config.filter(|_| !report.has_errors()) else {
        return (None, pipeline::finish(report, &request.root));
    };
    report = Report::default();
    let rolled_back = target(&config, name).and_then(|target| match &target.to {
        Destination::Folder(folder) => folder::rollback(&folder::at(&request.root, folder), |public| {
            let base_url = request.base_url.as_deref().or(target.base_url.as_deref());
            let (at_target, _) = config::with_base_url(Some(config.clone()), base_url);
            let path = at_target.map_or_else(String::new, |config| config.base_url.path().to_owned());
            let (site, problems) = pipeline::assemble_with(request, config.clone());
            // Without a site it is unknown which stories are withheld, and a rollback could publish one.
            let Some(site) = site else { return Err(Box::new(unknown(&problems))) };
            match held(&site, &disk::join(public, path.trim_start_matches('/'))) {
                Some(problem) => Err(Box::new(problem)),
                None => Ok(()),
            }
        }),
        Destination::Bucket(bucket) => {
            let message = format!("`{}` keeps no releases to go back to", bucket.address());
            let help = "deploy an older state of the sources instead";
            Err(Box::new(Diagnostic::error(codes::NO_RELEASE, message).help(help)))
        }
    });
    match rolled_back {
        Ok(done) => (Some(done), report),
        Err(problem) => {
            report.push(*problem);
            (None, report)
        }
    }
}

/// What the public stories said, in digests, that were last deployed to the target that a deployment without a name goes to,
/// and the name of that target; `None` when nothing is known of a deployment. Asks nobody: of a bucket, it is what this machine
/// has put there.
pub fn deployed(request: &Request) -> Option<(String, Vec<Statement>)> {
    let (config, _) = pipeline::configure(request);
    let config = config?;
    let target = target(&config, None).ok()?;
    Some((target.name.clone(), deployed::known(target, &request.root)?))
}

/// The error for a release that contains pages of withheld stories; `None` when it contains none. Expired stories do
/// not count: they were public in their time, and must not block an emergency rollback.
fn held(site: &Site, public: &Path) -> Option<Diagnostic> {
    let has_page = |route: &Route| disk::exists(&disk::join(public, &route.file()));
    let shown: Vec<_> = site
        .withheld
        .iter()
        .filter(|withheld| withheld.reason != WithheldReason::Expired)
        .filter(|withheld| site.route_of(withheld.doc).is_some_and(has_page))
        .collect();
    let first = shown.first()?;
    let more = match shown.len() - 1 {
        0 => String::new(),
        more => format!(" and {}", text::plural(more, "other page", "other pages")),
    };
    let message = format!(
        "the release before would publish `{}`{more} again, which is withheld ({})",
        first.path,
        first.reason.word()
    );
    let help = "check out the sources of then, withhold the story in them, and deploy them";
    Some(Diagnostic::error(codes::WITHHELD_RELEASE, message).at(Place::file(&first.path)).help(help))
}

fn unknown(problems: &Report) -> Diagnostic {
    let message = "the release before was not made live: it is not known what is withheld now";
    let first = problems.diagnostics().iter().find(|problem| problem.severity == Severity::Error);
    let problem = Diagnostic::error(codes::WITHHELD_RELEASE, message);
    let problem = match first {
        Some(first) => problem.caused_by(first.message.clone()),
        None => problem,
    };
    problem.help("`dateline check` says what is wrong with the sources; correct it and try again")
}

/// Finds the target called `name`; without a name, the only one of the host or the one called `production`. Fails with a
/// hint when there is no such target.
fn target<'c>(config: &'c Config, name: Option<&str>) -> Result<&'c Target> {
    let (all, host) = (&config.deploy, &config.host);
    let named = all.iter().find(|target| Some(&*target.name) == name);
    if let Some(other) = named.filter(|target| target.language != *host) {
        let language = other.language.as_ref().unwrap_or(&config.main_language);
        let message = format!("the target `{}` is for the host of `{language}`", other.name);
        return Err(Box::new(Diagnostic::error(codes::NO_TARGET, message).help("leave out `--language`")));
    }
    let targets: Vec<&Target> = all.iter().filter(|target| target.language == *host).collect();
    let found = match (name, &targets[..]) {
        (Some(_), _) => named,
        (None, [only]) => Some(*only),
        (None, _) => targets.iter().find(|target| target.name == "production").copied(),
    };
    let all_names = || targets.iter().map(|target| format!("`{}`", target.name)).collect::<Vec<_>>().join(", ");
    let missing = |message: String| Diagnostic::error(codes::NO_TARGET, message);
    found.ok_or_else(|| {
        Box::new(match name {
            None if targets.is_empty() && host.is_some() => {
                let tag = host.as_deref().unwrap_or_default();
                missing(format!("the configuration names no place to deploy the edition in `{tag}` to"))
                    .help(format!("write `language: {tag}` into a target below `deploy`"))
            }
            _ if all.is_empty() => missing("the configuration names no place to deploy to".to_owned()).help(
                "write `deploy: {production: {to: \"s3://bucket\"}}` into it, or a folder in place of the bucket",
            ),
            Some(name) => {
                let near = nearest(name, targets.iter().map(|target| target.name.as_str()));
                let help = near.map_or_else(|| format!("the configuration has {}", all_names()), text::did_you_mean);
                missing(format!("there is no target `{name}`")).help(help)
            }
            None => missing("the configuration has several targets, and none is called `production`".to_owned())
                .help(format!("name one: {}", all_names())),
        })
    })
}

fn place(target: &Target, root: &Path) -> String {
    match &target.to {
        Destination::Bucket(bucket) => bucket.address(),
        Destination::Folder(folder) => folder::at(root, folder).display().to_string(),
    }
}

/// Sends the contents of the output folder to a target. Returns `None` with the error in the report on failure.
fn send(
    target: &Target,
    root: &Path,
    output: &Path,
    config: &Config,
    stories: Stories<'_>,
    options: &DeployOptions<'_>,
) -> (Option<Done>, Report) {
    let limit = options.max_deletes.or(target.max_deletes);
    let result = objects::objects(output, config, target).and_then(|site| match &target.to {
        Destination::Bucket(bucket) => bucket::deploy(bucket, &site, limit, &stories, options),
        Destination::Folder(folder) => {
            let limits = folder::Limits { keep: options.keep.unwrap_or(folder.keep), deletions: limit };
            folder::deploy(&folder::at(root, folder), &site, limits, &stories, options)
        }
    });
    match result {
        Ok((done, mut report)) => {
            if !options.dry_run
                && let Err(problem) = deployed::keep(target, root, stories.last())
            {
                report.push(*problem);
            }
            (Some(done), report)
        }
        Err(problem) => {
            let mut report = Report::default();
            report.push(*problem);
            (None, report)
        }
    }
}

/// Adds the published addresses to the lock file. When the build was skipped as unchanged and no object is new, the
/// lock file is complete already, unless it is missing.
fn note(request: &Request, config: &Config, built: &Built, done: &Done) -> (Option<Locked>, Report) {
    let is_listed = || disk::exists(&request.root.join(urls_lock::name(config.host.as_deref())));
    match &built.prepared {
        Some(prepared) => pipeline::lock_prepared(prepared, &request.root),
        None if done.changes.count(ObjectChange::Added) == 0 && is_listed() => (None, Report::default()),
        None => pipeline::lock_configured(request, config.clone()),
    }
}
