//! The audit: no output may tell of what is withheld. Whatever is about to be written is searched for the addresses, names
//! and headlines of withheld documents, in each form in which formats write them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aho_corasick::AhoCorasick;

use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::asset::AssetBytes;
use crate::render::Rendered;
use crate::site::Site;
use crate::site::secrets::{Secret, What};

/// A search for everything that is withheld.
pub(super) struct Audit {
    secrets: Vec<Secret>,
    /// Which secret each pattern is a form of.
    owners: Vec<usize>,
    search: Option<AhoCorasick>,
    found: Mutex<BTreeMap<usize, Vec<Route>>>,
}

impl Audit {
    pub(super) fn of(site: &Site) -> Self {
        let secrets = site.secrets();
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (index, secret) in secrets.iter().enumerate() {
            for form in forms(&secret.text) {
                owners.push(index);
                patterns.push(form);
            }
        }
        let search = (!patterns.is_empty()).then(|| AhoCorasick::new(&patterns).ok()).flatten();
        Self { secrets, owners, search, found: Mutex::default() }
    }

    /// What tells whether the same was looked for another time.
    pub(super) fn digest(&self) -> Digest {
        let mut digester = Digester::new();
        for secret in &self.secrets {
            digester.part(secret.text.as_bytes());
        }
        digester.finish()
    }

    /// Searches an output that is about to be written.
    pub(super) fn look(&self, route: &Route, rendered: &Rendered) {
        match rendered {
            Rendered::Bytes(bytes) => self.search(route, bytes),
            // Files of the theme are those of the program.
            Rendered::File(AssetBytes::Builtin(_)) => self.search(route, b""),
            Rendered::File(AssetBytes::File(file)) => {
                if self.search.is_some() {
                    self.search(route, &disk::read(file).unwrap_or_default());
                }
            }
        }
    }

    /// Searches an output: its address, and its bytes.
    pub(super) fn search(&self, route: &Route, bytes: &[u8]) {
        let Some(search) = &self.search else { return };
        // What overlaps is one and the same mention, of the address and of the name in it.
        let matches = search.find_iter(route.as_str()).chain(search.find_iter(bytes));
        let mut seen: Vec<usize> = matches.map(|found| found.pattern().as_usize()).collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.is_empty() {
            return;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for pattern in seen {
            let routes: &mut Vec<Route> = found.entry(self.owners[pattern]).or_default();
            if !routes.contains(route) {
                routes.push(route.clone());
            }
        }
    }

    /// What was found, one problem for each thing that is told.
    pub(super) fn report(self) -> Report {
        let mut report = Report::default();
        for (index, mut routes) in self.found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let Secret { path, what, text, reason, .. } = &self.secrets[index];
            routes.sort();
            let Some(first) = routes.first() else { continue };
            let rest = match routes.len() - 1 {
                0 => String::new(),
                more => format!(" and {}", text::plural(more, "other output", "other outputs")),
            };
            let message = format!(
                "`{first}`{rest} would tell the {} of a story that is withheld ({}): `{text}`",
                what.word(),
                reason.word()
            );
            let problem = match what {
                What::Headline { long: false } => Diagnostic::warning(codes::WITHHELD_LEAK, message),
                _ => Diagnostic::error(codes::WITHHELD_LEAK, message),
            };
            report.push(problem.at(Place::file(path)).help(format!(
                "`dateline why {first}` says what that output is made from; remove the mention there, or wait until the story is public"
            )));
        }
        report
    }
}

/// A text as HTML, XML, JSON and addresses write it.
fn forms(plain: &str) -> Vec<String> {
    let mut html = String::new();
    text::escape_html(plain, &mut html);
    let json = serde_json::Value::from(plain).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let tera = html.replace('\'', "&#39;");
    let profile = plain.replace('&', "&#x26;").replace('<', "&#x3C;").replace('>', "&#x3E;");
    let mut forms = vec![plain.to_owned(), html, tera, json, profile];
    forms.sort();
    forms.dedup();
    forms
}
