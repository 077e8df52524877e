//! `dateline init`.

use std::path::{Path, PathBuf};

use crate::base::codes;
use crate::base::date::Moment;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::cli::args::Globals;
use crate::cli::outcome::{self, Exit, Outcome};
use crate::cli::output::print::{self, Printer};
use crate::cli::world;
#[cfg(feature = "cms")]
use crate::cli::{args::AsOf, outcome::Stop, world::SiteLocation};
use crate::scaffold::{self, ci::Host};
#[cfg(feature = "cms")]
use crate::scaffold::{
    NewFile,
    cms::{Backend, SiteFacts},
};
#[cfg(feature = "cms")]
use crate::{base::report::Report, content::folders, pipeline, site::Scope};

const ELSEWHERE: &str = "name another folder: `dateline init DIR`";
const ASIDE: &str = "keep it, or move it away and run the command again";

/// Create a site that builds: a configuration and a few short stories that explain themselves
#[derive(clap::Args)]
pub(in super::super) struct InitArgs {
    /// The folder of the new site, created when it does not exist [default: the current folder]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also copy the built-in templates and static files, to edit them. Without copies, the site uses the current
    /// version of the theme
    #[arg(long)]
    templates: bool,
    /// Write the files with which a host builds and publishes the site. In the folder of an existing site, nothing else
    /// is written
    #[arg(long, value_name = "HOST")]
    ci: Option<Ci>,
    /// Write a desk in the browser to `static/admin/`: Sveltia CMS, with a field for each key of front matter. In the folder of
    /// an existing site, nothing else is written. The repository is `github:OWNER/REPOSITORY` or `gitlab:GROUP/PROJECT`
    #[cfg(feature = "cms")]
    #[arg(long, value_name = "REPOSITORY", num_args = 0..=1, require_equals = true, value_parser = Backend::parse,
        default_missing_value = NO_REPOSITORY)]
    cms: Option<Backend>,
}

/// The repository in the configuration of the desk until somebody says which it is.
#[cfg(feature = "cms")]
const NO_REPOSITORY: &str = "github:OWNER/REPOSITORY";

/// A host that builds the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Ci {
    Github,
    Gitlab,
    Netlify,
    Cloudflare,
}

impl Ci {
    fn host(self) -> Host {
        match self {
            Self::Github => Host::Github,
            Self::Gitlab => Host::Gitlab,
            Self::Netlify => Host::Netlify,
            Self::Cloudflare => Host::Cloudflare,
        }
    }

    /// The steps that remain to be done by hand.
    fn next(self) -> &'static str {
        match self {
            Self::Github => {
                "commit and push, then choose \"GitHub Actions\" as the source of Pages in the repository's settings"
            }
            Self::Gitlab => "commit and push, then add the schedule that `.gitlab-ci.yml` names",
            Self::Netlify => {
                "commit and push, link the repository on Netlify, and add the build hook that \
                 `netlify/functions/publish.mjs` names"
            }
            Self::Cloudflare => {
                "add the secrets that `.github/workflows/cloudflare.yml` names to the repository, then commit and push"
            }
        }
    }
}

pub(super) fn run(args: InitArgs, globals: &Globals, printer: &Printer) -> Outcome {
    #[cfg(feature = "cms")]
    let cms = &args.cms;
    #[cfg(not(feature = "cms"))]
    let cms = &None::<std::convert::Infallible>;
    let named = args.folder.clone().or_else(|| globals.root.clone());
    // What adds to a site means, in its folder, that site.
    let adds = args.ci.is_some() || cms.is_some();
    let around = || if adds { world::place(globals).ok().map(|place| place.root) } else { None };
    let root = named.or_else(around).unwrap_or_else(|| PathBuf::from("."));
    let config = world::CONFIGS.into_iter().find(|name| disk::exists(&root.join(name)));
    if let Some(name) = config.filter(|_| !adds || args.templates) {
        let message = format!("`{}` is there already: this folder is a site", world::below(&root, name).display());
        return Err(Diagnostic::error(codes::EXISTS, message).help(ELSEWHERE).into());
    }
    let mut files = match config {
        Some(_) => Vec::new(),
        None => scaffold::init::site(Moment::at(world::clock()?), &world::machine_zone(), args.templates),
    };
    files.extend(args.ci.map(|ci| scaffold::ci::files(ci.host())).unwrap_or_default());
    #[cfg(feature = "cms")]
    if let Some(backend) = cms {
        let place =
            config.map(|name| SiteLocation { config: world::below(&root, name), root: root.clone(), language: None });
        match desk(place.as_ref(), backend)? {
            Ok(desk) => files.extend(desk),
            Err(report) => {
                printer.report(&report, "");
                return Ok(outcome::of(&report));
            }
        }
    }
    let report = scaffold::create(&root, &files, if config.is_some() { ASIDE } else { ELSEWHERE });
    printer.report(&report, "");
    if report.has_errors() {
        printer.closing("nothing was made");
        return Ok(outcome::of(&report));
    }
    let paths: Vec<String> = files.iter().map(|file| world::below(&root, &file.path).display().to_string()).collect();
    print::result(&format!("{}\n", paths.join("\n")))?;
    let there = if root == Path::new(".") { String::new() } else { format!(" in `{}`", root.display()) };
    let next = || if config.is_none() { "after that" } else { "next" };
    if config.is_none() {
        printer
            .closing(&format!("next: set `title` and `base_url` in `{}`, then run `dateline build`{there}", paths[0]));
    }
    if let Some(ci) = args.ci {
        printer.closing(&format!("{}: {}", next(), ci.next()));
    }
    #[cfg(feature = "cms")]
    if let Some(backend) = cms {
        if config.is_some() {
            printer.report(&losses(&root), "");
        }
        let is_known = Backend::parse(NO_REPOSITORY).as_ref() != Ok(backend);
        let set = if is_known { "" } else { "set `repo` in `static/admin/config.yml`, " };
        printer.closing(&format!("{}: {set}run `dateline serve`, and open `/admin/`", next()));
    }
    Ok(Exit::Success)
}

/// The files of the desk of a site, or of one that is to be made; a report when the site's configuration cannot be read.
#[cfg(feature = "cms")]
fn desk(place: Option<&SiteLocation>, backend: &Backend) -> Result<Result<Vec<NewFile>, Report>, Stop> {
    let Some(place) = place else {
        let site = SiteFacts { zone: world::machine_zone(), address: None, depth: NEW_DEPTH };
        return Ok(Ok(scaffold::cms::files(&site, backend)));
    };
    let request = world::request(place, AsOf { now: None }, Scope::default())?;
    let (config, report) = pipeline::configure(&request);
    let Some(config) = config else { return Ok(Err(report)) };
    let address = Some(config.base_url.absolute("/"));
    let site = SiteFacts { zone: config.zone, address, depth: depth(&place.root) };
    Ok(Ok(scaffold::cms::files(&site, backend)))
}

/// What the desk would take away from the stories of a site.
#[cfg(feature = "cms")]
fn losses(root: &Path) -> Report {
    let mut report = Report::default();
    let (files, _) = disk::walk(&disk::join(root, folders::CONTENT), folders::CONTENT);
    for file in files.iter().filter(|file| folders::is_markdown(&file.path) && !file.path.contains("/entries/")) {
        let path = format!("{}/{}", folders::CONTENT, file.path.trim_start_matches('/'));
        let text = disk::read_to_string(&file.file).unwrap_or_default();
        for problem in scaffold::cms::losses(&path, &text) {
            report.push(problem);
        }
    }
    report
}

/// The depth of the files that `dateline new article` makes: `2023/10/`.
#[cfg(feature = "cms")]
const NEW_DEPTH: usize = 2;

/// The number of folders below `content/articles/` that most articles of a site lie in.
#[cfg(feature = "cms")]
fn depth(root: &Path) -> usize {
    let (files, _) = disk::walk(&disk::join(root, "content/articles"), "");
    let mut counts = std::collections::BTreeMap::new();
    for file in files.iter().filter(|file| folders::is_markdown(&file.path)) {
        *counts.entry(file.path.trim_start_matches('/').matches('/').count()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(NEW_DEPTH, |(depth, _)| depth)
}
