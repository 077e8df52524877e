//! The state of the preview server: the current version of the site, and what its last rebuild reported.

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

/// The number of pages whose last successful rendering is kept, to be shown while their template has an error.
const LAST_GOOD_PAGES: usize = 200;

/// One version of the site. Pages are rendered on request, and never change within a version.
pub(super) struct SiteVersion {
    pub(super) prepared: Prepared,
    renderer: Renderer,
    /// Pairs of topics with similar names, which may be duplicates. Computed on the first request for the desk.
    pub(super) near_topics: OnceLock<Vec<(TopicId, TopicId)>>,
}

/// The report and the statistics of a rebuild.
pub(super) struct Rebuild {
    /// The diagnostics of the site as a whole.
    pub(super) report: Report,
    pub(super) stages: Stages,
    pub(super) cause: Cause,
    /// Whether the site is published as of the clock's time, rather than of a fixed instant.
    pub(super) is_live: bool,
}

/// The answer to a request for a path.
pub(super) enum Served {
    /// A rendered output, with its media type.
    Text(Vec<u8>, String),
    /// A file that is copied unchanged, with its media type.
    File(AssetBytes, String),
    /// A redirect to another address, and whether it is permanent.
    Moved(String, bool),
    /// A page that was removed on purpose (410).
    Gone,
    /// No output has this path (404).
    Missing,
}

impl SiteVersion {
    pub(super) fn new(prepared: Prepared) -> Self {
        let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.context));
        Self { prepared, renderer, near_topics: OnceLock::new() }
    }

    /// Returns the answer for a path, which is relative to the base path. Renders the page if there is one.
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
        // A static file of that name is the page of its folder, too.
        let index = |folder: &str| self.prepared.plan.find(&format!("{folder}index.html"));
        if let Some(output) = index(&path).filter(|_| path.ends_with('/')) {
            return self.answer(output);
        }
        let folder = format!("{path}/");
        if self.prepared.plan.find(&folder).is_some() || index(&folder).is_some() {
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
        let rendered = self.renderer.render(&view)?.rendered;
        Ok(match pipeline::published(&self.prepared, rendered)? {
            Rendered::Bytes(bytes) => Served::Text(bytes, media_type),
            Rendered::File(bytes, _) | Rendered::Rendition(bytes, ..) => Served::File(bytes, media_type),
        })
    }

    /// Returns one part of the e-mail of an edition, which is given by its name in addresses.
    pub(super) fn letter(&self, edition: &str, form: EmailForm) -> Result<Served, Box<Diagnostic>> {
        let named = |output: &&Output| {
            let (context, output) = self.prepared.context.resolve(output);
            matches!(output.kind, OutputKind::Email(id, of)
                if of == form && email::name(context.site.edition(id)) == edition)
        };
        self.prepared.plan.outputs.iter().find(named).map_or(Ok(Served::Missing), |output| self.answer(output))
    }

    /// Renders the site's error page in the language of a path; empty if it has none.
    pub(super) fn not_found(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let languages = &self.prepared.context.languages;
        let own = languages.iter().find(|language| language.site.config.has_route(&decode(path)));
        let prefix = own.map_or("", |language| &language.site.config.prefix);
        match self.find(&format!("{prefix}/404.html"))? {
            Served::Text(bytes, _) => Ok(bytes),
            _ => Ok(Vec::new()),
        }
    }

    /// Returns why the page at a path is withheld from readers, such as `Embargoed until 2023-10-19 06:00 +08:00`; none
    /// for a public page.
    pub(super) fn preview(&self, path: &str) -> Option<String> {
        let (context, output) = self.prepared.context.resolve(self.prepared.plan.find(&decode(path))?);
        let site = &context.site;
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

    /// Returns the address of the page of a content file, which is given by its path from the root; none when it has no
    /// page in this version.
    pub(super) fn page_of(&self, file: &str) -> Option<String> {
        let site = self.prepared.site();
        let file = site.page_path(file);
        let is_own = |output: &&Output| {
            matches!(output.kind.plain(), OutputKind::Page(_))
                && output.doc.is_some_and(|doc| site.document(doc).path == file)
        };
        let output = self.prepared.plan.outputs.iter().find(is_own)?;
        Some(self.prepared.context.link(output.route.as_str()))
    }

    /// Renders the page at a path and returns its fingerprint, which tells an open tab whether to reload.
    pub(super) fn fingerprint(&self, path: &str) -> Result<Fingerprint, Box<Diagnostic>> {
        let bytes = match self.find(path)? {
            Served::Text(bytes, _) => bytes,
            Served::Moved(target, _) => target.into_bytes(),
            Served::Gone | Served::Missing => self.not_found(path)?,
            Served::File(..) => Vec::new(),
        };
        Ok(self.fingerprint_of(&bytes))
    }

    /// Returns the fingerprint of a rendered page: the digest of its bytes and of the files that it loads.
    pub(super) fn fingerprint_of(&self, bytes: &[u8]) -> Fingerprint {
        let (context, plan) = (&self.prepared.context, &self.prepared.plan);
        Fingerprint::of(&String::from_utf8_lossy(bytes), |address| {
            let path = address.strip_prefix(context.site.config.base_url.path())?;
            let (context, output) = context.resolve(plan.find(&decode(path.split(['?', '#']).next().unwrap_or(path)))?);
            match output.kind {
                OutputKind::File(FileKind::Beside(id)) => Some(context.site.asset(id).digest),
                OutputKind::File(FileKind::Static(index)) => Some(context.statics[index].digest),
                OutputKind::File(FileKind::Rendition(index)) => {
                    Some(context.site.asset(context.site.renditions[index].1).digest)
                }
                _ => None,
            }
        })
    }
}

/// The state that all requests share.
pub(super) struct LiveSite {
    state: RwLock<State>,
    good: Mutex<HashMap<String, Vec<u8>>>,
    /// The diagnostics of pages that failed to render, by path. They are found only when a page is requested.
    faults: Mutex<BTreeMap<String, Report>>,
    root: std::path::PathBuf,
}

/// The served version, and the last rebuild, which may have failed to make a newer one.
#[derive(Clone)]
pub(super) struct State {
    /// The last version without errors; before there is one, the first that could be assembled at all.
    pub(super) version: Option<Arc<SiteVersion>>,
    pub(super) rebuild: Arc<Rebuild>,
}

impl LiveSite {
    pub(super) fn new(root: std::path::PathBuf, rebuild: Rebuild) -> Self {
        let state = State { version: None, rebuild: Arc::new(rebuild) };
        Self { state: RwLock::new(state), good: Mutex::default(), faults: Mutex::default(), root }
    }

    /// Returns the current state. It stays as it is while a request is answered, even if the site is rebuilt.
    pub(super) fn now(&self) -> State {
        self.state.read().clone()
    }

    /// Replaces the served version, unless the new one has errors and there is an older one. Returns the version that is
    /// not served, so that the caller drops it after the lock is released: freeing a large site takes too long to keep
    /// requests waiting.
    pub(super) fn change(&self, prepared: Option<Prepared>, rebuild: Arc<Rebuild>) -> Option<Arc<SiteVersion>> {
        let version = prepared.map(|prepared| Arc::new(SiteVersion::new(prepared)));
        let mut state = self.state.write();
        let stays = rebuild.report.has_errors() && state.version.is_some();
        let spent = if stays { version } else { std::mem::replace(&mut state.version, version) };
        state.rebuild = rebuild;
        self.faults.lock().clear();
        spent
    }

    /// Records that a page failed to render. Returns whether it is the first failure of that page since the rebuild.
    pub(super) fn add_fault(&self, path: &str, report: &Report) -> bool {
        let mut faults = self.faults.lock();
        faults.insert(path.to_owned(), report.clone()).is_none()
    }

    /// Returns the pages that failed to render since the last rebuild, with their diagnostics.
    pub(super) fn faults(&self) -> BTreeMap<String, Report> {
        self.faults.lock().clone()
    }

    /// Records the bytes of a page that was rendered successfully.
    pub(super) fn remember(&self, path: &str, bytes: &[u8]) {
        let mut good = self.good.lock();
        if good.len() >= LAST_GOOD_PAGES && !good.contains_key(path) {
            good.clear();
        }
        good.insert(path.to_owned(), bytes.to_vec());
    }

    /// Returns the bytes of the last successful rendering of a page.
    pub(super) fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        self.good.lock().get(path).cloned()
    }

    /// Makes a report of one diagnostic, with its source line.
    pub(super) fn report(&self, problem: Diagnostic) -> Report {
        let mut report = Report::default();
        report.push(problem);
        pipeline::finish(report, &self.root)
    }
}
