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
use crate::scaffold::{self, ci::Host};

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
}

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
    let InitArgs { folder, templates, ci } = args;
    let named = folder.or_else(|| globals.root.clone());
    // With `--ci` in the folder of a site, that site is meant.
    let around = || ci.and_then(|_| world::place(globals).ok()).map(|place| place.root);
    let root = named.or_else(around).unwrap_or_else(|| PathBuf::from("."));
    let config = world::CONFIGS.into_iter().find(|name| disk::exists(&root.join(name)));
    if let Some(name) = config.filter(|_| ci.is_none() || templates) {
        let message = format!("`{}` is there already: this folder is a site", world::below(&root, name).display());
        return Err(Diagnostic::error(codes::EXISTS, message).help(ELSEWHERE).into());
    }
    let mut files = match config {
        Some(_) => Vec::new(),
        None => scaffold::init::site(Moment::at(world::clock()?), &world::machine_zone(), templates),
    };
    files.extend(ci.map(|ci| scaffold::ci::files(ci.host())).unwrap_or_default());
    let report = scaffold::create(&root, &files, if config.is_some() { ASIDE } else { ELSEWHERE });
    printer.report(&report, "");
    if report.has_errors() {
        printer.closing("nothing was made");
        return Ok(outcome::of(&report));
    }
    let paths: Vec<String> = files.iter().map(|file| world::below(&root, &file.path).display().to_string()).collect();
    print::result(&format!("{}\n", paths.join("\n")))?;
    let there = if root == Path::new(".") { String::new() } else { format!(" in `{}`", root.display()) };
    if config.is_none() {
        printer
            .closing(&format!("next: set `title` and `base_url` in `{}`, then run `dateline build`{there}", paths[0]));
    }
    if let Some(ci) = ci {
        printer.closing(&format!("{}: {}", if config.is_none() { "after that" } else { "next" }, ci.next()));
    }
    Ok(Exit::Success)
}
