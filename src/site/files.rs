//! Files beside documents: pictures, sound and whatever a folder with an `index.md` carries.

use std::collections::HashSet;

use std::sync::Arc;

use super::Site;
use super::links::{Findings, Home, PathLink, Resolver, composed_path};
use super::lookup::relative;
use super::stories::is_withdrawn;
use crate::base::codes;
use crate::base::escape;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::addresses::own_path;
use crate::content::asset::{Asset, destination};
use crate::content::document::{Content, Document};
use crate::content::head::ImageHead;
use crate::content::markdown::Filling;

impl Resolver<'_> {
    /// What goes into the slot of a picture in a text. One that is not there keeps its place, as it is written.
    pub(super) fn image(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        let file = self.file(document, route, src, "picture", place, found);
        let (src, size) = file.unwrap_or_else(|| (src.to_owned(), None));
        Filling::Image { src: src.into(), size }
    }

    /// The picture of a front matter. None when it is not there, so that nothing advertises it.
    pub(super) fn picture(
        &self,
        document: &Document,
        route: &Route,
        image: &ImageHead,
        found: &mut Findings,
    ) -> Option<Filling> {
        let file = self.file(document, route, &image.src, "picture", || document.place(&["image"]), found);
        file.map(|(src, size)| Filling::Image { src: src.into(), size })
    }

    /// The address of a picture or a sound file, and a picture's size. It is written as a file beside the document, a path
    /// of the site, or an address. None: there is no such file, which has been reported.
    pub(super) fn file(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        what: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Option<(String, Option<(u32, u32)>)> {
        let base = &self.site.config.base_url;
        let src = own_path(src, base).unwrap_or(src);
        if src.contains("://") || src.starts_with("//") {
            return Some((src.to_owned(), None));
        }
        if src.starts_with('/') {
            let src = &*composed_path(src);
            found.path_links.push(PathLink { path: src.to_owned(), place: place() });
            let size = static_file(&self.site.statics, &destination(src).0).and_then(|file| file.size);
            return Some((base.link(&escape::address(src)), size));
        }
        if let Some((address, index)) = self.asset(document, route, src, found) {
            return Some((address, self.site.assets[index].size));
        }
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        found.report.push(
            Diagnostic::warning(codes::MISSING_IMAGE, format!("there is no {what} `{src}` beside this file"))
                .at(place())
                .help(format!("put it into `{folder}/`, or give a path that starts with `/` for one under `static/`")),
        );
        None
    }

    /// Publishes a file beside `document` with its page; its address, with the query and fragment of its destination, and
    /// its place among the files.
    pub(super) fn asset(
        &self,
        document: &Document,
        route: &Route,
        written: &str,
        found: &mut Findings,
    ) -> Option<(String, usize)> {
        let (path, rest) = destination(written);
        let (full, index) = self.beside(document, &path)?;
        let name = full.rsplit('/').next()?;
        let own = text::composed(&document.path);
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A file below the document's own folder keeps its place there; any other goes beside the page.
        let inner = full.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        let target = route.join(inner).ok()?;
        found.used.insert(index);
        let address = self.site.config.base_url.link(&escape::browser(target.as_str()));
        found.files.insert(target, index);
        Some((address + &escape::address(rest), index))
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
                let (message, help) = if Route::new(&format!("/{}", asset.path)).is_err() {
                    let help = "rename it without `?`, `#`, `\\` and control characters";
                    ("no address can have the name of this file, and it is not published", help)
                } else {
                    ("nothing uses this file", "link to it from a story, move it to `static/`, or delete it")
                };
                found.report.push(Diagnostic::warning(codes::UNUSED_FILE, message).at(place).help(help));
            }
        }
    }
}

fn static_file<'s>(statics: &'s [Asset], path: &str) -> Option<&'s Asset> {
    let path = text::composed(path.trim_start_matches('/'));
    let at = statics.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
    Some(&statics[at])
}

/// Takes pictures and sound that no file answers out of heads and of the configuration, so that nothing advertises them.
/// Whether a path of a head is answered is reported with all other links.
pub(super) fn leave_out_missing(site: &mut Site, report: &mut Report) {
    let Site { articles, people, statics, files, config, .. } = site;
    let base = config.base_url.clone();
    // An address that is not of this site is taken at its word.
    let is_answered = |route: &str| {
        let (path, _) = destination(route);
        !path.starts_with('/')
            || path.starts_with("//")
            || static_file(statics, &path).is_some()
            || files.binary_search_by(|(route, _)| route.as_str().cmp(&text::composed(&path))).is_ok()
            || config.redirects.iter().any(|redirect| redirect.from.as_str() == path)
    };
    // Links have the base path already.
    let is_file = |link: &str| is_answered(link.strip_prefix(base.path()).unwrap_or(link));
    let is_picture = |filling: &Filling| !matches!(filling, Filling::Image { src, .. } if !is_file(src));
    for article in articles {
        article.image = article.image.take().filter(is_picture);
        article.audio = article.audio.take().filter(|src| is_file(src));
    }
    for person in people {
        person.image = person.image.take().filter(is_picture);
    }
    let is_lost = |picture: &str| !is_answered(own_path(picture, &base).unwrap_or(picture));
    let image = config.image.clone().filter(|image| is_lost(image));
    let logo = config.publisher.as_ref().and_then(|publisher| publisher.logo.clone()).filter(|logo| is_lost(logo));
    for (key, picture) in [("image", &image), ("logo", &logo)] {
        let Some(picture) = picture else { continue };
        report.push(
            Diagnostic::warning(codes::MISSING_IMAGE, format!("there is no picture `{picture}`, which `{key}` names"))
                .at(Place::file(config.file()))
                .help("put it into `static/`, or correct the path; until then nothing shows it"),
        );
    }
    if image.is_some() || logo.is_some() {
        let config = Arc::make_mut(config);
        config.image = config.image.take().filter(|_| image.is_none());
        config.publisher.iter_mut().filter(|_| logo.is_some()).for_each(|publisher| publisher.logo = None);
    }
}
