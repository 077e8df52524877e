//! The site as it is served.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::inject::Fingerprint;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::stages::Stages;
use crate::base::sync::{Mutex, RwLock};
use crate::content::asset::AssetBytes;
use crate::content::markdown::decode;
use crate::pipeline::{self, Prepared};
use crate::plan::{self, EmailForm, FileKind, Output, OutputKind, PageKind, email};
use crate::render::{Rendered, Renderer};
use crate::site::{Preview, TopicId};
use crate::watch::Cause;

/// So many pages are kept as they last were, for when their template breaks.
const LAST_GOOD_PAGES: usize = 200;

/// A site, ready to be asked for any of its routes.
pub(super) struct SiteVersion {
    pub(super) prepared: Prepared,
    renderer: Renderer,
    /// Pairs of topics that may be one, found when the desk is first looked at.
    pub(super) near_topics: OnceLock<Vec<(TopicId, TopicId)>>,
}

/// What the last rebuild of the site did.
pub(super) struct Rebuild {
    /// All problems.
    pub(super) report: Report,
    pub(super) stages: Stages,
    pub(super) cause: Cause,
    /// Whether the site is made as of the clock.
    pub(super) is_live: bool,
}

/// What answers a path.
pub(super) enum Served {
    /// A page or another text, with its media type.
    Text(Vec<u8>, String),
    /// A file as it stands.
    File(AssetBytes, String),
    /// Another address; whether that is for good.
    Moved(String, bool),
    /// Nothing any more.
    Gone,
    /// Nothing.
    Missing,
}

impl SiteVersion {
    pub(super) fn new(prepared: Prepared) -> Self {
        let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.context));
        Self { prepared, renderer, near_topics: OnceLock::new() }
    }

    /// What answers a path below the site's base path.
    pub(super) fn find(&self, path: &str) -> Result<Served, Box<Diagnostic>> {
        let path = decode(path);
        let link = |route: &str| self.prepared.context.link(route);
        if let Some(output) = self.prepared.plan.find(&path) {
            return self.answer(output);
        }
        if let Some(folder) = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'))
            && let Some(output) = self.prepared.plan.find(folder)
        {
            return self.answer(output);
        }
        let folder = format!("{path}/");
        if self.prepared.plan.find(&folder).is_some() {
            return Ok(Served::Moved(link(&folder), true));
        }
        let gone = &self.prepared.plan.gone;
        let is_gone = gone.iter().map(Route::as_str).any(|route| route == path || route == folder);
        Ok(if is_gone { Served::Gone } else { Served::Missing })
    }

    fn answer(&self, output: &Output) -> Result<Served, Box<Diagnostic>> {
        if let Some((target, for_good)) = output.leads_to() {
            return Ok(Served::Moved(self.prepared.context.link_to(target), for_good));
        }
        let media_type = output.media_type();
        let view = plan::view(&self.prepared.context, &self.prepared.plan, output);
        Ok(match self.renderer.render(&view)?.rendered {
            Rendered::Bytes(bytes) => Served::Text(bytes, media_type),
            Rendered::File(bytes, _) => Served::File(bytes, media_type),
        })
    }

    /// The e-mail of the edition that has this name in addresses.
    pub(super) fn letter(&self, edition: &str, form: EmailForm) -> Result<Served, Box<Diagnostic>> {
        let named = |output: &&Output| {
            matches!(output.kind, OutputKind::Email(id, of)
                if of == form && email::name(self.prepared.site().edition(id)) == edition)
        };
        self.prepared.plan.outputs.iter().find(named).map_or(Ok(Served::Missing), |output| self.answer(output))
    }

    /// The page for addresses that lead nowhere.
    pub(super) fn not_found(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        match self.find("/404.html")? {
            Served::Text(bytes, _) => Ok(bytes),
            _ => Ok(Vec::new()),
        }
    }

    /// Why readers would not see the page at a path: `Embargoed until 2023-10-19 06:00 +08:00`.
    pub(super) fn preview(&self, path: &str) -> Option<String> {
        let site = self.prepared.site();
        let output = self.prepared.plan.find(&decode(path))?;
        let preview = match output.kind {
            OutputKind::Page(PageKind::Article(id)) => site.article(id).preview,
            OutputKind::Page(PageKind::Edition(id)) => site.edition(id).preview,
            OutputKind::Page(PageKind::Standing(id)) => site.page(id).preview,
            _ => None,
        }?;
        let document = &site.document(output.doc?).path;
        let appears = site.upcoming.iter().find(|change| change.path == *document);
        let at = appears.map_or_else(String::new, |change| change.at.plain(&site.config.zone));
        Some(match preview {
            Preview::Draft => "Draft".to_owned(),
            Preview::Scheduled => format!("Scheduled for {at}"),
            Preview::Embargoed => format!("Embargoed until {at}"),
        })
    }

    /// What a tab that shows the page at `path` would see now.
    pub(super) fn fingerprint(&self, path: &str) -> Result<Fingerprint, Box<Diagnostic>> {
        let bytes = match self.find(path)? {
            Served::Text(bytes, _) => bytes,
            Served::Moved(target, _) => target.into_bytes(),
            Served::Gone | Served::Missing => self.not_found()?,
            Served::File(..) => Vec::new(),
        };
        Ok(self.fingerprint_of(&bytes))
    }

    /// The fingerprint of a page: its bytes, and those of the files that it shows.
    pub(super) fn fingerprint_of(&self, bytes: &[u8]) -> Fingerprint {
        let (context, plan) = (&self.prepared.context, &self.prepared.plan);
        Fingerprint::of(&String::from_utf8_lossy(bytes), |address| {
            let path = address.strip_prefix(context.site.config.base_url.path())?;
            match plan.find(&decode(path.split(['?', '#']).next().unwrap_or(path)))?.kind {
                OutputKind::File(FileKind::Beside(id)) => Some(context.site.asset(id).digest),
                OutputKind::File(FileKind::Static(index)) => Some(context.statics[index].digest),
                _ => None,
            }
        })
    }
}

/// What all requests share.
pub(super) struct LiveSite {
    state: RwLock<State>,
    good: Mutex<HashMap<String, Vec<u8>>>,
    /// The problems of single pages, by path, which show only when a page is made.
    faults: Mutex<BTreeMap<String, Report>>,
    root: std::path::PathBuf,
}

/// The site, and what its last rebuild found.
#[derive(Clone)]
pub(super) struct State {
    /// What is served: the last site without errors, else what could be made of the first.
    pub(super) version: Option<Arc<SiteVersion>>,
    pub(super) rebuild: Arc<Rebuild>,
}

impl LiveSite {
    pub(super) fn new(root: std::path::PathBuf, rebuild: Rebuild) -> Self {
        let state = State { version: None, rebuild: Arc::new(rebuild) };
        Self { state: RwLock::new(state), good: Mutex::default(), faults: Mutex::default(), root }
    }

    /// The site as it is now.
    pub(super) fn now(&self) -> State {
        self.state.read().clone()
    }

    /// Puts a remade site in the place of the last one. With errors the last good one stays. Returns the site that is
    /// not shown: to give a large one back takes longer than readers should wait.
    pub(super) fn change(&self, prepared: Option<Prepared>, rebuild: Arc<Rebuild>) -> Option<Arc<SiteVersion>> {
        let version = prepared.map(|prepared| Arc::new(SiteVersion::new(prepared)));
        let mut state = self.state.write();
        let stays = rebuild.report.has_errors() && state.version.is_some();
        let spent = if stays { version } else { std::mem::replace(&mut state.version, version) };
        state.rebuild = rebuild;
        self.faults.lock().clear();
        spent
    }

    /// Remembers why a page could not be made; whether that is news.
    pub(super) fn add_fault(&self, path: &str, report: &Report) -> bool {
        let mut faults = self.faults.lock();
        faults.insert(path.to_owned(), report.clone()).is_none()
    }

    /// The pages that could not be made since the last rebuild, and why.
    pub(super) fn faults(&self) -> BTreeMap<String, Report> {
        self.faults.lock().clone()
    }

    /// Remembers a page that could be made.
    pub(super) fn remember(&self, path: &str, bytes: &[u8]) {
        let mut good = self.good.lock();
        if good.len() >= LAST_GOOD_PAGES && !good.contains_key(path) {
            good.clear();
        }
        good.insert(path.to_owned(), bytes.to_vec());
    }

    /// The page as it was when it could last be made.
    pub(super) fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.good.lock().get(path).cloned()
    }

    /// A problem of one page as a report, with the line that it speaks of.
    pub(super) fn report(&self, problem: Diagnostic) -> Report {
        let mut report = Report::default();
        report.push(problem);
        pipeline::finish(report, &self.root)
    }
}
