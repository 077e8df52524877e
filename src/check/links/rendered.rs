//! Rules about rendered output: every link within the site, in every output.
//!
//! Links in Markdown are checked and reported where they are written. This looks at the result, and so finds links
//! from templates, raw HTML and settings, and fragments that only the whole page can resolve.

use std::cell::LazyCell;
use std::collections::btree_map::Entry;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::path::Path;

use serde_json::Value;

use crate::base::codes;
use crate::base::disk;
use crate::base::html::{self, Role, Token};
use crate::base::report::{Place, Report};
use crate::base::route::Route;
use crate::base::rules;
use crate::base::sync::Mutex;
use crate::base::text::near_paths::NearPaths;
use crate::base::text::{did_you_mean, plural};
use crate::base::web::address;
use crate::base::web::scheme;
use crate::check::findings::Findings;
use crate::config::BaseUrl;
use crate::content::folders::TEMPLATES;
use crate::content::markdown::decode;
use crate::pipeline::Prepared;
use crate::plan::Output;
use crate::render::Rendered;

/// The links of all outputs.
pub(in crate::check) struct Links<'p> {
    prepared: &'p Prepared,
    /// Index in the plan of each public route.
    routes: HashMap<&'p str, usize>,
    gone: HashSet<&'p str>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Hashes of the anchors of all pages.
    anchors: HashSet<u64>,
    /// Links to anchors of other pages: by index in the plan, and anchor.
    wanted: BTreeMap<(usize, String), Stand>,
    /// Links that nothing answers, by path.
    dead: BTreeMap<String, Stand>,
    /// Links to missing anchors of the page itself.
    lacking: BTreeMap<(String, String), Stand>,
}

/// The place where a link was found.
struct Stand {
    /// As written in the first output.
    written: String,
    /// Index in the plan of the first output.
    output: usize,
    /// Number of outputs that have it.
    count: usize,
}

impl Stand {
    /// Merges occurrences in further outputs.
    fn join(&mut self, other: Self) {
        self.count += other.count;
        if other.output < self.output {
            (self.output, self.written) = (other.output, other.written);
        }
    }

    fn add<K: Ord>(stands: &mut BTreeMap<K, Self>, key: K, written: &str, output: usize) {
        let stand = Self { written: written.to_owned(), output, count: 1 };
        match stands.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().join(stand),
            Entry::Vacant(new) => drop(new.insert(stand)),
        }
    }
}

impl<'p> Links<'p> {
    pub(in crate::check) fn of(prepared: &'p Prepared) -> Self {
        let outputs = prepared.plan.outputs.iter().enumerate();
        let public = outputs.filter(|(_, output)| !output.route.is_private());
        let routes = public.map(|(index, output)| (output.route.as_str(), index)).collect();
        let gone = prepared.plan.gone.iter().map(Route::as_str).collect();
        Self { prepared, routes, gone, seen: Mutex::default() }
    }

    fn base(&self) -> &'p BaseUrl {
        &self.prepared.site().config.base_url
    }

    /// Scans one output.
    pub(in crate::check) fn scan(&self, output: &Output, rendered: &Rendered) {
        let Rendered::Bytes(bytes) = rendered else { return };
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let index = self.prepared.plan.outputs.binary_search_by(|other| other.route.cmp(&output.route));
        let Ok(index) = index else { return };
        let file = output.route.file();
        let mut page = Page::default();
        match file.rsplit_once('.').map_or("", |(_, kind)| kind) {
            "html" => page.html(text, self.base()),
            "xml" => {
                page.html(&html::decode(text), self.base());
                page.elements(text, self.base());
            }
            "json" => page.json(&serde_json::from_str(text).unwrap_or_default(), self.base()),
            // Its parts are encoded, and are also outputs of their own.
            "eml" => return,
            _ => page.mentions(text, self.base()),
        }
        self.add(index, &output.route, page);
    }

    fn add(&self, output: usize, route: &Route, page: Page) {
        let mut seen = self.seen.lock();
        for link in &page.links {
            let Some((path, anchor)) = self.target(route, link) else { continue };
            let Some(path) = path else {
                if !page.anchors.contains(&anchor) {
                    Stand::add(&mut seen.lacking, (route.to_string(), anchor), link, output);
                }
                continue;
            };
            match self.answer(&path) {
                None if self.prepared.site().config.elsewhere.answers(&path) => {}
                None => Stand::add(&mut seen.dead, path, link, output),
                Some(target) if !anchor.is_empty() => Stand::add(&mut seen.wanted, (target, anchor), link, output),
                Some(_) => {}
            }
        }
        seen.anchors.extend(page.anchors.iter().map(|anchor| hash(output, anchor)));
    }

    /// The path below the site's root and the fragment of a link; no path for a link within the page. `None` for a link
    /// that leads out of the site, or to no page.
    fn target(&self, route: &Route, link: &str) -> Option<(Option<String>, String)> {
        let (before, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = before.split('?').next().unwrap_or("");
        // Browsers resolve `#top` and text fragments by themselves.
        let anchor = decode(anchor);
        let anchor = if anchor == "top" || anchor.starts_with(":~:") { String::new() } else { anchor };
        if before.is_empty() {
            return (!anchor.is_empty()).then_some((None, anchor));
        }
        let base = self.base();
        let own = if path.starts_with("//") || scheme::name(path).is_some() {
            base.path_of(path)?
        } else if route.is_private() {
            return None;
        } else if let Some(path) = path.strip_prefix('/') {
            let below = format!("/{path}");
            below.strip_prefix(base.path()).filter(|below| below.is_empty() || below.starts_with('/'))?.to_owned()
        } else {
            address::seen_from(route.as_str(), path)?
        };
        Some((Some(if own.is_empty() { "/".to_owned() } else { decode(&own) }), anchor))
    }

    /// The output that answers a path, by the rules of web hosts.
    fn answer(&self, path: &str) -> Option<usize> {
        if self.gone.contains(path) {
            return None;
        }
        let known = |path: &str| self.routes.get(path).copied();
        known(path)
            .or_else(|| if path.ends_with('/') { None } else { known(&format!("{path}/")) })
            .or_else(|| path.strip_suffix("index.html").and_then(known))
    }

    /// Reports dead links. `said` is what is already reported for the sources.
    pub(in crate::check) fn report(self, root: &Path, said: &Report, found: &mut Findings) {
        let Seen { anchors, wanted, dead, lacking } = self.seen.into_inner();
        let teller = Teller {
            prepared: self.prepared,
            root,
            said: Said::of(said),
            texts: texts(root, self.prepared.site().config.file()),
        };
        let pages = LazyCell::new(|| NearPaths::of(self.routes.keys().copied().filter(|route| route.ends_with('/'))));
        for (path, stand) in dead {
            let message = if self.gone.contains(path.as_str()) {
                format!("`{path}` is gone for good, and linked")
            } else {
                format!("this site has nothing at `{path}`")
            };
            let help = pages.to(&path).map_or_else(|| "correct the link, or add the page".to_owned(), did_you_mean);
            if !teller.said.paths.contains(path.as_str()) {
                teller.tell(rules::DEAD_LINK, &path, &stand, message, help, found);
            }
        }
        // A link within a page is an absolute address in its feeds: both count as one.
        let mut missing = lacking;
        for ((target, anchor), stand) in wanted {
            let output = &self.prepared.plan.outputs[target];
            // A redirect passes the fragment on; a static file has no known anchors.
            let is_page = output.is_page() && output.leads_to().is_none();
            if is_page && !anchors.contains(&hash(target, &anchor)) {
                match missing.entry((output.route.to_string(), anchor)) {
                    Entry::Occupied(mut known) => known.get_mut().join(stand),
                    Entry::Vacant(new) => drop(new.insert(stand)),
                }
            }
        }
        for ((page, anchor), stand) in missing {
            let message = format!("`{page}` has no anchor `{anchor}`");
            let help = "correct the link, or give a heading that name: `## Talks {#talks}`".to_owned();
            let anchor = format!("#{anchor}");
            if !teller.is_said(&page, &anchor) {
                teller.tell(rules::DEAD_ANCHOR, &anchor, &stand, message, help, found);
            }
        }
    }
}

fn hash(output: usize, anchor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (output, anchor).hash(&mut hasher);
    hasher.finish()
}

/// The links and anchors of one output, without duplicates.
#[derive(Default)]
struct Page {
    links: BTreeSet<String>,
    anchors: HashSet<String>,
}

impl Page {
    fn html(&mut self, text: &str, base: &BaseUrl) {
        let whole = base.whole();
        for (token, _) in html::tokens(text) {
            let Token::Open(tag) = token else { continue };
            for attribute in &tag.attributes {
                let value = attribute.value;
                match attribute.name.to_ascii_lowercase().as_str() {
                    "id" => drop(self.anchors.insert(html::decode(value).into_owned())),
                    "name" if tag.is("a") => drop(self.anchors.insert(html::decode(value).into_owned())),
                    "content" if value.starts_with(&whole) => self.link(value),
                    _ => {}
                }
            }
            // `preconnect` and form actions lead to no page.
            if tag.get("rel").is_some_and(|rel| rel.contains("preconnect") || rel.contains("dns-")) {
                continue;
            }
            let followed = tag.addresses().into_iter().filter(|address| address.role != Role::Endpoint);
            followed.for_each(|address| self.link(address.value));
        }
    }

    fn link(&mut self, value: &str) {
        let value = value.trim();
        if !value.is_empty() && !self.links.contains(value) {
            self.links.insert(html::decode(value).into_owned());
        }
    }

    /// Addresses of this site that are the text of an XML element.
    fn elements(&mut self, text: &str, base: &BaseUrl) {
        let start = format!(">{}", base.whole());
        for (at, _) in text.match_indices(&start) {
            self.link(text[at + 1..].split('<').next().unwrap_or(""));
        }
    }

    /// Addresses of this site among the strings of a JSON value, and links in those that are HTML.
    fn json(&mut self, value: &Value, base: &BaseUrl) {
        match value {
            Value::String(text) if text.contains('<') => self.html(text, base),
            Value::String(text) if text.starts_with(&base.whole()) => self.link(text),
            Value::Array(items) => items.iter().for_each(|item| self.json(item, base)),
            Value::Object(entries) => entries.values().for_each(|item| self.json(item, base)),
            _ => {}
        }
    }

    /// Absolute addresses of this site in plain text.
    fn mentions(&mut self, text: &str, base: &BaseUrl) {
        let whole = base.whole();
        for (at, _) in text.match_indices(&whole) {
            let rest = &text[at..];
            let end = rest
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')' | ']' | '\\' | '`' | '|' | ',')
                })
                .unwrap_or(rest.len());
            // A full stop more often ends a sentence than an address.
            let address = rest[..end].trim_end_matches(['.', ';', ':', '*']);
            if matches!(address.as_bytes().get(whole.len()), None | Some(b'/' | b'?' | b'#')) {
                self.link(address);
            }
        }
    }
}

/// Addresses that are already reported at their source.
struct Said<'r> {
    /// Paths, some with a fragment.
    paths: HashSet<&'r str>,
    /// Fragments within a file's own page.
    own: HashSet<(&'r str, &'r str)>,
}

impl<'r> Said<'r> {
    fn of(report: &'r Report) -> Self {
        let mut said = Self { paths: HashSet::new(), own: HashSet::new() };
        for problem in report.diagnostics() {
            match (problem.about.as_deref(), &problem.place) {
                (Some(anchor), Some(place)) if anchor.starts_with('#') => drop(said.own.insert((&place.file, anchor))),
                (Some(path), _) => drop(said.paths.insert(path)),
                (None, _) => {}
            }
        }
        said
    }
}

/// The settings and templates of a site, by name, in which links may be written that no story contains.
pub(in crate::check) fn texts(root: &Path, config: &str) -> Vec<(String, String)> {
    let names = [(config.to_owned(), disk::join(root, config))];
    let (templates, _) = disk::walk(&root.join(TEMPLATES), TEMPLATES);
    let templates = templates.into_iter().map(|entry| (format!("{TEMPLATES}/{}", entry.path), entry.file));
    let files = names.into_iter().chain(templates);
    files.filter_map(|(name, file)| Some((name, disk::read_to_string(&file).ok()?))).collect()
}

/// Finds where dead links are written.
struct Teller<'t> {
    prepared: &'t Prepared,
    root: &'t Path,
    said: Said<'t>,
    texts: Vec<(String, String)>,
}

impl Teller<'_> {
    /// Whether a missing anchor of a page is already reported.
    fn is_said(&self, page: &str, anchor: &str) -> bool {
        let document = self.prepared.plan.find(page).and_then(|output| output.doc);
        let file = document.map(|doc| self.prepared.site().document(doc).path.as_str());
        self.said.paths.contains(format!("{page}{anchor}").as_str())
            || file.is_some_and(|file| self.said.own.contains(&(file, anchor)))
    }

    fn tell(&self, rule: codes::Code, key: &str, stand: &Stand, message: String, help: String, found: &mut Findings) {
        let base = &self.prepared.site().config.base_url;
        let written = &stand.written;
        let below =
            written.strip_prefix(&base.whole()).or_else(|| written.strip_prefix(base.path())).unwrap_or(written);
        let output = &self.prepared.plan.outputs[stand.output];
        let document = output.doc.map(|doc| self.prepared.site().document(doc));
        let entries = output.doc.into_iter().flat_map(|doc| self.prepared.site().entry_paths(doc));
        let own = document.map(|document| &*document.path).into_iter().chain(entries);
        let own =
            own.filter_map(|path| Some((path.to_owned(), disk::read_to_string(&disk::join(self.root, path)).ok()?)));
        let own: Vec<(String, String)> = own.collect();
        let wanted = [written.as_str(), below, key];
        let place = own.iter().chain(&self.texts).find_map(|(name, text)| {
            let (at, word) = wanted.iter().find_map(|word| whole_word(text, word).map(|at| (at, word)))?;
            Some(Place::bytes(name, text, at, at + word.len()))
        });
        let others = match stand.count - 1 {
            0 => String::new(),
            more => format!(" and {}", plural(more, "other output", "other outputs")),
        };
        let message = format!("{message}: the link is in `{}`{others}", output.route);
        let also = document.map(|document| document.path.clone());
        let place = place.or_else(|| also.clone().map(Place::file));
        found.push_pair(rule, place, also, message, help);
    }
}

/// Offset of a link in a text, where it is not the start of a longer one.
fn whole_word(text: &str, link: &str) -> Option<usize> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'));
    text.match_indices(link).find(|(at, _)| ends(&text[at + link.len()..])).map(|(at, _)| at)
}
