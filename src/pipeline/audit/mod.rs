//! The audit: no output may reveal withheld content. All outputs are searched for the addresses, names and headlines of
//! withheld documents, ignoring punctuation, case, white space and markup.
//!
//! In: the prepared site, and the bytes of each output. Out: diagnostics, and the matches of each output, which the next
//! build reuses for outputs that it keeps. Deliberately not here: which documents are withheld (`site`,
//! `site::secrets`).
//!
//! A match that only the program can have caused is an error. One that an author of public content typed is a warning at
//! its place (see `typed.rs`), because only the newsroom knows whether it is a mistake. One in the configuration or in a
//! template is an error there (see `shared.rs`).

mod below;
mod carried;
mod context;
mod formats;
mod obscured;
mod search;
mod searched;
mod shared;
mod sources;
mod typed;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::prepare::Prepared;
use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::sync::Mutex;
use crate::base::text::{self, Utf16};
use crate::content::asset::AssetBytes;
use crate::plan::{self, Output, OutputKind, TextKind};
use crate::publish::Audited;
use crate::render::{self, Rendered};
use crate::site::Site;
use crate::site::secrets::{Secret, What};
use context::Own;
use formats::Form;
use search::Search;
use searched::{SearchedSite, is_weak};
use words::is_long;

/// The minimum number of words of a headline to search for. A single word occurs in too many texts.
const SHORT: usize = 2;
/// Files are read through a window of this size, a multiple of two bytes for the sake of UTF-16.
const WINDOW: usize = 256 * 1024;
/// The overlap of two windows, also a multiple of two. No headline takes more bytes, with the markup in and around it.
const OVERLAP: usize = 32 * 1024;

/// A running audit of one build.
pub(super) struct Audit<'p> {
    prepared: &'p Prepared,
    secrets: Vec<Secret>,
    /// Indices of secrets that public content legitimately contains, such as the headline of a public story with the same
    /// words.
    public: HashSet<usize>,
    /// Indices of addresses, and of names in them, that hosts answer with 410. The generated rules must contain them.
    gone: HashSet<usize>,
    search: Option<Search>,
    digest: Digest,
    /// The matches of kept outputs, as recorded by the build that wrote them.
    known: HashMap<String, Vec<usize>>,
    found: Mutex<BTreeMap<usize, BTreeSet<Route>>>,
    problems: Mutex<Report>,
}

impl<'p> Audit<'p> {
    pub(super) fn of(prepared: &'p Prepared) -> Self {
        let site = prepared.site();
        let mut secrets = site.secrets();
        secrets.retain(|secret| match secret.what {
            What::Headline | What::Heading => words::weight(&words::Words::plain(&secret.text)) >= SHORT,
            What::Summary => is_long(&secret.text),
            What::Address | What::Alias | What::Name => true,
        });
        below::fill(&mut secrets, &prepared.plan);
        let own = Own::new(&site.config.base_url);
        let mut digester = Digester::new();
        digester.part(own.text().as_bytes());
        let mut problems = Report::default();
        let search = if secrets.is_empty() {
            None
        } else {
            Search::new(&secrets, own).map_err(|error| problems.push(unsearchable(&error))).ok()
        };
        let public = search.as_ref().map_or_else(HashSet::new, |search| public(prepared, &secrets, search));
        for (index, secret) in secrets.iter().enumerate() {
            let is_public = public.contains(&index);
            digester.value(&(secret.what.word(), &secret.text, &secret.path, &secret.below, is_public));
        }
        let gone = gone(prepared, &secrets);
        Self {
            prepared,
            public,
            gone,
            search,
            digest: digester.finish(),
            known: HashMap::new(),
            secrets,
            found: Mutex::default(),
            problems: Mutex::new(problems),
        }
    }

    /// Loads the recorded matches of the previous build. Returns `false` if it searched for other secrets; all kept
    /// outputs must then be searched again.
    pub(super) fn remember(&mut self, audited: Option<Audited>) -> bool {
        let Some(audited) = audited.filter(|audited| audited.digest == self.digest) else {
            return self.search.is_none();
        };
        self.known = audited.found.into_iter().collect();
        true
    }

    /// Reuses the recorded matches of an output that is kept.
    pub(super) fn reuse(&self, output: &Output) {
        if let Some(secrets) = self.known.get(output.route.as_str()) {
            self.note(&output.route, secrets.iter().copied());
        }
    }

    /// Returns the record for the next build: the digest of the secrets, and the matches.
    pub(super) fn audited(&self) -> Audited {
        let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (secret, routes) in &*self.found.lock() {
            for route in routes {
                found.entry(route.to_string()).or_default().push(*secret);
            }
        }
        Audited { digest: self.digest, found: found.into_iter().collect() }
    }

    /// Searches the rendered bytes of an output.
    pub(super) fn search_rendered(&self, output: &Output, rendered: &Rendered) -> disk::Result<()> {
        match rendered {
            Rendered::Bytes(bytes) => self.search(output, bytes),
            // Files of the theme are those of the program.
            Rendered::File(AssetBytes::Builtin(_), _) | Rendered::Rendition(..) => self.search(output, b""),
            Rendered::File(AssetBytes::File(file), _) => self.windows(output, file)?,
        }
        Ok(())
    }

    /// Searches an output that is kept, in the output folder.
    pub(super) fn search_file(&self, output: &Output, file: &Path) {
        if let Err(error) = self.windows(output, file) {
            self.problems.lock().push(error.into());
        }
    }

    fn windows(&self, output: &Output, file: &Path) -> disk::Result<()> {
        let Some(search) = &self.search else { return Ok(()) };
        self.search(output, b"");
        let form = Form::of(&output.route.file());
        let is_message = formats::is_message(&output.route);
        // The first window decides about the encoding of the whole file, as its start has the byte order mark.
        let mut encoding: Option<Option<Utf16>> = None;
        disk::windows(file, WINDOW, OVERLAP, |bytes| {
            let mut found =
                if is_message { search.find(&formats::unquoted(bytes), form) } else { search.find(bytes, form) };
            // Windows begin at even offsets, and so with a whole unit.
            if let Some(encoding) = *encoding.get_or_insert_with(|| Utf16::detect(bytes)) {
                found.extend(search.find(encoding.decode_lossy(bytes).as_bytes(), form));
            }
            self.keep(output, found);
        })
    }

    /// Searches the address and the bytes of an output.
    fn search(&self, output: &Output, bytes: &[u8]) {
        let Some(search) = &self.search else { return };
        let form = Form::of(&output.route.file());
        let route = output.route.as_str();
        let mut found = search.find(route.as_bytes(), Form::PLAIN);
        if let (OutputKind::File(_), Some((_, file))) = (output.kind.plain(), route.rsplit_once('/')) {
            // The file name is searched without its extension, which would hide a slug.
            found.extend(search.find(file.split('.').next().unwrap_or(file).as_bytes(), Form::PLAIN));
        }
        found.extend(if formats::is_message(&output.route) {
            search.find(&formats::unquoted(bytes), form)
        } else {
            search.find(bytes, form)
        });
        self.keep(output, found);
    }

    fn keep(&self, output: &Output, mut found: Vec<usize>) {
        let is_rule = matches!(output.kind, OutputKind::Text(TextKind::Host(_)));
        let is_let_off = |secret: &usize| self.public.contains(secret) || is_rule && self.gone.contains(secret);
        found.retain(|secret| !is_let_off(secret));
        self.note(&output.route, found.into_iter());
    }

    fn note(&self, route: &Route, secrets: impl Iterator<Item = usize>) {
        let mut secrets = secrets.peekable();
        if secrets.peek().is_none() {
            return;
        }
        let mut found = self.found.lock();
        for secret in secrets {
            found.entry(secret).or_default().insert(route.clone());
        }
    }

    /// Returns the diagnostics for all matches. With `denied`, mentions that authors typed are errors.
    pub(super) fn report(&self, denied: bool) -> Report {
        let mut report = self.problems.lock().clone();
        let found = self.found.lock().clone();
        let subject = SearchedSite { prepared: self.prepared, secrets: &self.secrets };
        let (explained, shared) = shared::report(subject, &found);
        let (typed, mut ours) = typed::apart(subject, found);
        ours.retain(|secret, _| !explained.contains(secret));
        report.extend(typed::report(subject, &typed, denied));
        report.extend(shared);
        for (secret, routes) in ours {
            report.extend(told(&self.secrets[secret], &routes));
        }
        report
    }
}

/// Reports a secret that only the program can have put into these outputs.
fn told(secret: &Secret, routes: &BTreeSet<Route>) -> Report {
    let mut report = Report::default();
    let Some(first) = routes.first() else { return report };
    let Secret { path, what, text, reason, below: _ } = secret;
    let rest = match routes.len() - 1 {
        0 => String::new(),
        more => format!(" and {}", text::plural(more, "other output", "other outputs")),
    };
    let message = format!(
        "`{first}`{rest} would tell the {} of a story that is withheld ({}): `{text}`",
        what.word(),
        reason.word()
    );
    let problem = if is_weak(secret) {
        Diagnostic::warning(codes::WITHHELD_LEAK, message)
    } else {
        Diagnostic::error(codes::WITHHELD_LEAK, message)
    };
    report.push(problem.at(Place::file(path)).help(format!(
        "`dateline why {first}` says what that output is made from; remove the mention there, or wait until the story is public"
    )));
    report
}

fn unsearchable(error: &aho_corasick::BuildError) -> Diagnostic {
    Diagnostic::error(codes::WITHHELD_LEAK, format!("the output cannot be searched for what is withheld: {error}"))
        .help("there are too many withheld stories for one search; move drafts out of `content/`")
}

/// Returns the indices of secrets that also occur in public names, headings, templates or addresses, and therefore
/// reveal nothing.
fn public(prepared: &Prepared, secrets: &[Secret], search: &Search) -> HashSet<usize> {
    let site = prepared.site();
    let mut public: HashSet<usize> = HashSet::new();
    for name in prepared.sites().flat_map(Site::public_names) {
        public.extend(search.headlines_in(name));
    }
    if secrets.iter().any(|secret| secret.what == What::Heading) {
        for heading in site.public_headings() {
            public.extend(search.headlines_in(&heading));
        }
    }
    // Only as a whole: a summary may mention what is withheld.
    let summaries: HashSet<String> = site.public_summaries().map(words::Words::plain).collect();
    let is_summary =
        |secret: &Secret| secret.what == What::Summary && summaries.contains(&words::Words::plain(&secret.text));
    for (name, text) in render::TEMPLATES {
        public.extend(search.find(text.as_bytes(), Form::of(name)));
    }
    public.extend(search.find(plan::vocabulary(&prepared.context).as_bytes(), Form::PLAIN));
    let mut names: HashSet<&str> = HashSet::new();
    for output in &prepared.plan.outputs {
        for segment in output.route.as_str().split('/').filter(|segment| segment.contains('-')) {
            names.insert(segment);
            // The stem of a file name is not a public name: a picture may belong to the withheld story.
            if !matches!(output.kind.plain(), OutputKind::File(_)) {
                names.insert(segment.split('.').next().unwrap_or(segment));
            }
        }
    }
    let is_public = |secret: &Secret| match secret.what {
        What::Address | What::Alias => {
            let address = secret.text.trim_end_matches('/');
            [address, &format!("{address}/")].iter().any(|route| prepared.plan.find(route).is_some())
        }
        What::Name => names.contains(secret.text.as_str()),
        What::Summary => is_summary(secret),
        What::Headline | What::Heading => false,
    };
    public.extend(secrets.iter().enumerate().filter(|(_, secret)| is_public(secret)).map(|(index, _)| index));
    public
}

/// Returns the indices of addresses, and of names in them, that the rules for hosts must contain.
fn gone(prepared: &Prepared, secrets: &[Secret]) -> HashSet<usize> {
    let gone: HashSet<&str> = prepared.plan.gone.iter().map(|route| route.as_str().trim_end_matches('/')).collect();
    let is_gone = |secret: &Secret| match secret.what {
        What::Address | What::Alias => gone.contains(secret.text.trim_end_matches('/')),
        What::Name => gone.iter().any(|route| route.rsplit('/').next() == Some(secret.text.as_str())),
        What::Headline | What::Heading | What::Summary => false,
    };
    secrets
        .iter()
        .enumerate()
        .filter(|(_, secret)| !gone.is_empty() && is_gone(secret))
        .map(|(index, _)| index)
        .collect()
}
