//! Files beside documents: pictures, sound and whatever a folder with an `index.md` carries.

use std::collections::HashSet;

use super::links::{Findings, Home, PathLink, Resolver, composed_path};
use super::lookup::relative;
use super::stories::is_withdrawn;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::markdown::{Filling, decode};

impl Resolver<'_> {
    /// A picture: a file beside the document, a path of the site, or an address.
    pub(super) fn image(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        if src.contains("://") || src.starts_with("//") {
            return Filling::Image { src: src.into(), size: None };
        }
        if src.starts_with('/') {
            let statics = &self.site.statics;
            let src = &*composed_path(src);
            found.path_links.push(PathLink { path: src.to_owned(), place: place() });
            let path = decode(src.split(['?', '#']).next().unwrap_or(src));
            let at = statics.binary_search_by(|file| file.path.as_str().cmp(path.trim_start_matches('/')));
            let size = at.ok().and_then(|at| statics[at].size);
            return Filling::Image { src: self.site.config.base_url.link(src).into(), size };
        }
        if let Some(address) = self.asset(document, route, src, found) {
            let size = self.beside(document, src).and_then(|(_, index)| self.site.assets[index].size);
            Filling::Image { src: address.into(), size }
        } else {
            let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            found.report.push(
                Diagnostic::warning(codes::MISSING_IMAGE, format!("there is no picture `{src}` beside this file"))
                    .at(place())
                    .help(format!(
                        "put it into `{folder}/`, or give a path that starts with `/` for one under `static/`"
                    )),
            );
            Filling::Image { src: src.into(), size: None }
        }
    }

    pub(super) fn file_or_address(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        at: &[&str],
        found: &mut Findings,
    ) -> Box<str> {
        match self.image(document, route, src, || document.place(at), found) {
            Filling::Image { src, .. } | Filling::Href(src) => src,
            Filling::Headline { .. } | Filling::Withheld | Filling::Close => src.into(),
        }
    }

    /// Publishes a file beside `document` with its page; its address.
    pub(super) fn asset(&self, document: &Document, route: &Route, path: &str, found: &mut Findings) -> Option<String> {
        let (full, index) = self.beside(document, path)?;
        let name = full.rsplit('/').next()?;
        let own = text::composed(&document.path);
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A file below the document's own folder keeps its place there; any other goes beside the page.
        let inner = full.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        let target = route.join(inner).ok()?;
        found.used.insert(index);
        let address = self.site.config.base_url.link(target.as_str());
        found.files.insert(target, index);
        Some(address)
    }

    /// The file that a path means as seen from a document: its own path, and its place among the files.
    fn beside(&self, document: &Document, path: &str) -> Option<(String, usize)> {
        let full = text::composed(&relative(&document.path, path)?).into_owned();
        let index = *self.assets.get(full.strip_prefix("content/")?)?;
        Some((full, index))
    }

    /// A folder with an `index.md` is published with everything in it.
    pub(super) fn bundles(&self, homes: &[Home], found: &mut Findings) {
        for home in homes {
            let document = self.site.document(home.doc);
            let path = text::composed(&document.path);
            let is_withdrawn = matches!(&document.content, Content::Article(head, _) if is_withdrawn(head));
            let Some(folder) = path.strip_suffix("index.md").and_then(|folder| folder.strip_prefix("content/")) else {
                continue;
            };
            // Files are ordered by path, so that those of a folder are neighbours.
            let start = self.site.assets.partition_point(|asset| asset.path.as_str() < folder);
            let inside = self.site.assets.iter().enumerate().skip(start);
            for (index, asset) in inside.take_while(|(_, asset)| asset.path.starts_with(folder)) {
                if let Some(inner) = asset.path.strip_prefix(folder)
                    && let Ok(target) = home.route.join(inner)
                {
                    found.used.insert(index);
                    if !is_withdrawn {
                        found.files.entry(target).or_insert(index);
                    }
                }
            }
        }
    }

    /// Reports files that nothing uses. What lies beside a withheld document waits with it.
    pub(super) fn unused(&self, found: &mut Findings) {
        let withheld: Vec<_> = self
            .site
            .documents
            .iter()
            .zip(self.shown)
            .filter(|(_, showing)| showing.is_withheld())
            .map(|(document, _)| text::composed(&document.path))
            .collect();
        let folder = |path| str::rsplit_once(path, '/').map_or("", |(folder, _)| folder);
        let waiting: HashSet<&str> = withheld.iter().map(|path| folder(path)).collect();
        let bundles: HashSet<&str> = withheld.iter().filter_map(|path| path.strip_suffix("/index.md")).collect();
        for (index, asset) in self.site.assets.iter().enumerate() {
            let place = Place::file(format!("content/{}", asset.path));
            let waits = waiting.contains(place.file.rsplit_once('/').map_or("", |(folder, _)| folder))
                || place.file.match_indices('/').any(|(at, _)| bundles.contains(&place.file[..at]));
            if !found.used.contains(&index) && !waits {
                found.report.push(
                    Diagnostic::warning(codes::UNUSED_FILE, "nothing uses this file")
                        .at(place)
                        .help("link to it from a story, move it to `static/`, or delete it"),
                );
            }
        }
    }
}
