//! Files beside documents: pictures, sound and whatever a folder with an `index.md` carries.

use std::borrow::Cow;
use std::collections::HashSet;

use super::resolver::{Findings, Home, Resolver, composed_path, page_path};
use crate::base::codes;
use crate::base::html::Role;
use crate::base::report::{Diagnostic, Place};
use crate::base::route::Route;
use crate::base::text;
use crate::base::web::{address, escape};
use crate::content::asset::{Asset, destination};
use crate::content::document::{Content, Document};
use crate::content::head::ImageHead;
use crate::content::markdown::{Filling, Span, Target};
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::lookup::relative;
use crate::site::ids::AssetId;
use crate::site::model::PathLink;

/// What a destination beside a document means.
pub(in crate::site) enum Beside {
    /// A file that is published with the page: its address, with the query and fragment of the destination, and its place
    /// among the files.
    Published(String, usize),
    /// One that is withheld with the document in whose folder it lies, which has been reported.
    Withheld,
}

/// A picture or a sound file.
pub(in crate::site) enum File {
    /// Its address, and a picture's size.
    At(String, Option<(u32, u32)>),
    /// There is none, which has been reported.
    Missing,
    /// It is withheld with another document, which has been reported.
    Withheld,
}

impl Resolver<'_> {
    /// What goes into the slot of a picture in a text. One that is not there keeps its place, as it is written.
    pub(in crate::site) fn image(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        match self.file(document, route, src, "picture", place, found) {
            File::At(src, size) => Filling::Image { src: src.into(), size },
            File::Missing => Filling::Image { src: src.into(), size: None },
            File::Withheld => Filling::Withheld,
        }
    }

    /// The picture of a front matter. None when it is not there, so that nothing advertises it.
    pub(in crate::site) fn picture(
        &self,
        document: &Document,
        route: &Route,
        image: &ImageHead,
        found: &mut Findings,
    ) -> Option<Filling> {
        match self.file(document, route, &image.src, "picture", || document.place(&["image"]), found) {
            File::At(src, size) => Some(Filling::Image { src: src.into(), size }),
            File::Missing | File::Withheld => None,
        }
    }

    /// A picture or a sound file, which is written as a file beside the document, a path of the site, or an address.
    pub(in crate::site) fn file(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        what: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> File {
        let base = &self.config.base_url;
        let own = base.path_of(src);
        let src = own.as_deref().unwrap_or(src);
        if src.contains("://") || src.starts_with("//") {
            return File::At(src.to_owned(), None);
        }
        if src.starts_with('/') {
            let src = &*composed_path(src);
            if let Some(doc) = self.held_at(src) {
                self.document_link(doc, "", place, found);
                return File::Withheld;
            }
            found.path_links.push(PathLink { path: src.to_owned(), place: place() });
            let size = static_file(self.targets.statics, &destination(src).0).and_then(|file| file.size);
            return File::At(base.link(&escape::address(src)), size);
        }
        match self.asset(document, route, src, &place, found) {
            Some(Beside::Published(address, index)) => return File::At(address, self.targets.beside[index].size),
            Some(Beside::Withheld) => return File::Withheld,
            None => {}
        }
        let folder = folder(&document.path);
        found.report.push(
            Diagnostic::warning(codes::MISSING_IMAGE, format!("there is no {what} `{src}` beside this file"))
                .at(place())
                .help(format!("put it into `{folder}/`, or give a path that starts with `/` for one under `static/`"))
                .about(page_path(route, src)),
        );
        File::Missing
    }

    /// Publishes a file beside `document` with its page.
    pub(in crate::site) fn asset(
        &self,
        document: &Document,
        route: &Route,
        written: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Option<Beside> {
        let (full, index, rest) = self.meant(document, written)?;
        if let Some(doc) = self.held.beside(&full) {
            let story = &self.documents.get(doc).path;
            found.report.push(
                Diagnostic::warning(codes::WITHHELD_LINK, format!("`{full}` is withheld for now, with `{story}`"))
                    .at(place())
                    .help("a link’s words stay as plain text, and a picture is left out, until the story is live"),
            );
            return Some(Beside::Withheld);
        }
        let name = full.rsplit('/').next()?;
        let own = text::composed(&document.path);
        let folder = folder(&own);
        // A file below the document's own folder keeps its place there; any other goes beside the page.
        let inner = full.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        let target = route.join(&publishable(inner)).ok()?;
        found.used.insert(index);
        let address = self.config.base_url.link(&escape::browser(target.as_str()));
        found.files.insert(target, AssetId(index));
        Some(Beside::Published(address + &escape::address(rest), index))
    }

    /// The file that a destination means as seen from a document: its own path, its place among the files, and the query
    /// and fragment of the destination. A name that is written as it is, without escapes, means its file too.
    fn meant<'w>(&self, document: &Document, written: &'w str) -> Option<(String, usize, &'w str)> {
        let find = |path: &str, rest: &'w str| {
            let full = text::composed(&relative(&document.path, path)?).into_owned();
            let index = *self.assets.get(full.strip_prefix("content/")?)?;
            Some((full, index, rest))
        };
        let (path, rest) = destination(written);
        find(&path, rest).or_else(|| find(&written[..written.len() - rest.len()], rest)).or_else(|| find(written, ""))
    }

    /// The picture that a text shows.
    pub(in crate::site) fn shown_picture(
        &self,
        document: &Document,
        route: &Route,
        target: &Target,
        span: Span,
        found: &mut Findings,
    ) -> Filling {
        match target {
            Target::Path(src) | Target::Relative(src) | Target::Source { path: src, .. } => {
                self.image(document, route, src, || span.place(&document.path), found)
            }
            Target::Outside(src) => Filling::Image { src: src.as_str().into(), size: None },
            Target::Slug { .. } => Filling::Withheld,
        }
    }

    /// What an attribute of raw HTML leads to. Relative addresses in raw HTML are seen from the file, as in Markdown, and
    /// else from its page, as browsers see them.
    pub(in crate::site) fn address(
        &self,
        document: &Document,
        route: &Route,
        (target, role): (&Target, Role),
        span: Span,
        found: &mut Findings,
    ) -> Filling {
        let base = &self.config.base_url;
        let place = || span.place(&document.path);
        let relative = match (target, role) {
            (Target::Path(path), Role::Endpoint) => return Filling::Href(base.link(path).into()),
            (Target::Path(_), Role::Page) => return self.link(document, route, target, place, found),
            (Target::Path(_) | Target::Outside(_) | Target::Slug { .. }, _) => {
                return self.shown_picture(document, route, target, span, found);
            }
            (Target::Source { path, .. }, Role::Page) if self.source(document, path).is_some() => {
                return self.link(document, route, target, place, found);
            }
            (Target::Source { path, anchor }, _) if anchor.is_empty() => path.clone(),
            (Target::Source { path, anchor }, _) => format!("{path}#{anchor}"),
            (Target::Relative(path), _) => path.clone(),
        };
        if role != Role::Endpoint
            && let Some(beside) = self.asset(document, route, &relative, || span.place(&document.path), found)
        {
            return match beside {
                Beside::Published(address, index) => {
                    Filling::Image { src: address.into(), size: self.targets.beside[index].size }
                }
                Beside::Withheld => Filling::Withheld,
            };
        }
        let Some(path) = address::seen_from(route.as_str(), &relative) else {
            return Filling::Href(relative.into());
        };
        match role {
            Role::Endpoint => Filling::Href(base.link(&path).into()),
            Role::Page => self.link(document, route, &Target::Path(path), place, found),
            Role::Picture if static_file(self.targets.statics, &page_path(route, &relative)).is_none() => {
                self.image(document, route, &relative, place, found)
            }
            Role::File | Role::Picture => self.shown_picture(document, route, &Target::Path(path), span, found),
        }
    }

    /// A folder with an `index.md` is published with everything in it.
    pub(in crate::site) fn bundles(&self, homes: &[Home], found: &mut Findings) {
        for home in homes {
            let document = self.documents.get(home.doc);
            let path = text::composed(&document.path);
            let is_withdrawn = matches!(&document.content, Content::Article(head, _) if is_withdrawn(head));
            let Some(folder) = path.strip_suffix("index.md").and_then(|folder| folder.strip_prefix("content/")) else {
                continue;
            };
            // Files are ordered by path, so that those of a folder are neighbours.
            let start = self.targets.beside.partition_point(|asset| asset.path.as_str() < folder);
            let inside = self.targets.beside.iter().enumerate().skip(start);
            for (index, asset) in inside.take_while(|(_, asset)| asset.path.starts_with(folder)) {
                if let Some(inner) = asset.path.strip_prefix(folder)
                    && let Ok(target) = home.route.join(&publishable(inner))
                {
                    found.used.insert(index);
                    if !is_withdrawn {
                        found.files.entry(target).or_insert(AssetId(index));
                    }
                }
            }
        }
    }

    /// Reports files that nothing uses. What lies beside a withheld document waits with it.
    pub(in crate::site) fn unused(&self, found: &mut Findings) {
        let documents = self.documents.all().iter().zip(self.shown);
        let waiting: HashSet<String> = documents
            .filter(|(_, showing)| showing.is_withheld())
            .map(|(document, _)| folder(&text::composed(&document.path)).to_owned())
            .collect();
        for (index, asset) in self.targets.beside.iter().enumerate() {
            let place = Place::file(format!("content/{}", asset.path));
            let waits = waiting.contains(folder(&place.file)) || self.held.beside(&place.file).is_some();
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

/// The folder of a file.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path under which a file is published. What would end a path in an address is escaped in the name itself, as some
/// disks do not take it either.
fn publishable(path: &str) -> Cow<'_, str> {
    if path.contains(['?', '#', '\\']) {
        path.replace('?', "%3F").replace('#', "%23").replace('\\', "%5C").into()
    } else {
        path.into()
    }
}

pub(in crate::site) fn static_file<'s>(statics: &'s [Asset], path: &str) -> Option<&'s Asset> {
    let path = text::composed(path.trim_start_matches('/'));
    let at = statics.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
    Some(&statics[at])
}
